from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas import cases as c
from schemas.envelope import Event
from schemas.settings import Settings
from streams.batch import decode_all
from streams.folding import EVER, behind
from streams.rebuild import rebuild
from streams.rows import GENERATION_STEP
from tests.streams.test_batch import FACTS, apply, new_batch, stored_rows, true_rows
from tests.telling import at, messages, tell
from warehouse import fences
from warehouse.client import Warehouse, WarehouseError, connect

TOLD = [
    tell("x", c.ReportReceived(unit="a"), at(0)),
    tell("y", c.ReportReceived(unit="b"), at(1)),
    tell("x", c.InvestigationOpened(), at(2)),
]


def test_a_rebuild_folds_every_entity_of_the_archive_anew(
    warehouse: Warehouse, warehouse_settings: Settings
) -> None:
    said: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        batch = new_batch(warehouse, pool)
        apply(batch, TOLD)
        warehouse.command("TRUNCATE TABLE cases")
        assert rebuild(warehouse_settings, said.append) == 2
        assert stored_rows(warehouse, "9999") == true_rows(TOLD)
        later = [tell("y", c.InvestigationOpened(), at(3)), tell("z", c.ReportReceived(unit="a"), at(3))]
        apply(batch, later)
    assert stored_rows(warehouse, "9999") == true_rows([*TOLD, *later])
    versions = [row["version"] // GENERATION_STEP for row in warehouse.rows("SELECT * FROM cases FINAL")]
    assert versions == [2, 2, 2], "batches write in the generation of the rebuild"
    assert said[-1].startswith("2 entities folded from the archive")
    databases = warehouse.rows("SELECT name FROM system.databases WHERE name LIKE '%\\_\\_fresh'")
    assert databases == []


class Load:
    """200 events a second into the warehouse, in batches as a worker at a trickle makes them."""

    def __init__(self, settings: Settings) -> None:
        self.told: list[Event] = []
        self.faults: list[BaseException] = []
        self.least: list[int] = []
        self._settings = settings
        self._ended = threading.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._tried, args=(do,)) for do in (self._write, self._look)]
        for thread in threads:
            thread.start()
        yield
        self._ended.set()
        for thread in threads:
            thread.join()
        assert self.faults == []

    def _tried(self, do: Callable[[], None]) -> None:
        try:
            do()
        except BaseException as error:
            self.faults.append(error)

    def _write(self) -> None:
        chance, number = random.Random(5), 0
        with ThreadPoolExecutor(2) as pool:
            batch = new_batch(connect(self._settings), pool)
            while not self._ended.is_set():
                events = [_any_event(chance, number) for number in range(number, number + 20)]
                number += len(events)
                began, now = time.monotonic(), datetime.now(UTC)
                batch.apply(decode_all(messages(events), now), now)
                self.told += events
                time.sleep(max(0.0, 0.1 - (time.monotonic() - began)))

    def _look(self) -> None:
        """What a reader sees never goes back: neither cases nor what is known of them."""
        reader = connect(self._settings)
        while not self._ended.is_set():
            (row,) = reader.rows(f"SELECT sum(version % {GENERATION_STEP}) AS seen FROM cases FINAL")
            self.least.append(row["seen"])


def _any_event(chance: random.Random, number: int) -> Event:
    """Of forty old cases and ever new ones: new facts, corrections, and the same told again."""
    case = f"old{chance.randrange(40)}" if chance.random() < 0.7 else f"new{number}"
    recorded = at(chance.randrange(9, 20), hours=chance.randrange(3))
    return tell(case, chance.choice(FACTS), at(chance.randrange(9)), recorded=recorded)


@pytest.fixture
def slow_folding(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few entities at a time that much happens meanwhile."""
    monkeypatch.setattr("streams.folding._CHUNK", 10)


def test_nothing_is_lost_at_the_swap_and_nothing_goes_back_while_events_come(
    warehouse: Warehouse, warehouse_settings: Settings, slow_folding: None
) -> None:
    load = Load(warehouse_settings)
    with load.running():
        time.sleep(0.6)
        rebuild(warehouse_settings, lambda _: None)
        time.sleep(0.3)
    assert len(load.told) > 200
    assert stored_rows(warehouse, "9999") == true_rows(load.told)
    assert not any(behind(warehouse, EVER))
    assert load.least == sorted(load.least), "a reader saw fewer versions than before"


def test_a_batch_that_sleeps_over_the_swap_loses_nothing(
    warehouse: Warehouse, warehouse_settings: Settings
) -> None:
    """Frozen between the archive and its rows, in the generation before: a sweep folds what it left."""
    with ThreadPoolExecutor(2) as pool:
        frozen = new_batch(warehouse, pool)
        apply(frozen, TOLD[:2])
        rows: list[Any] = []
        write = frozen.write_rows
        frozen.write_rows = lambda *given: rows.append(given)  # type: ignore[method-assign]
        apply(frozen, TOLD[2:])
        rebuild(warehouse_settings, lambda _: None)
        for given in rows:
            write(*given)
    assert stored_rows(warehouse, "9999") == true_rows(TOLD)
    (version,) = {row["version"] // GENERATION_STEP for row in warehouse.rows("SELECT * FROM cases FINAL")}
    assert version == 2, "what was folded before the rebuild does not cover what it folded"


def test_no_batch_begins_while_intake_pauses_and_the_pause_ends_by_itself(warehouse: Warehouse) -> None:
    with ThreadPoolExecutor(3) as pool:
        batch = new_batch(warehouse, pool)
        with fences.paused(warehouse, "rebuild"):
            applied = pool.submit(apply, batch, TOLD)
            time.sleep(0.3)
            assert not applied.done() and warehouse.rows("SELECT 1 FROM events") == []
        applied.result(timeout=10)
        assert stored_rows(warehouse, "9999") == true_rows(TOLD)
    fences._write(warehouse, 1, 0.2, "rebuild")  # by a command that was killed
    began = time.monotonic()
    assert fences.generation(warehouse) == 1
    assert 0.1 < time.monotonic() - began < 5


def _half_a_swap(warehouse: Warehouse, hub: str, fresh: str) -> None:
    warehouse.command(f"EXCHANGE TABLES {hub}.cases AND {fresh}.cases, {hub}.none AND {fresh}.none")


def test_a_swap_that_breaks_off_in_its_midst_leaves_every_table_whole(
    warehouse: Warehouse, warehouse_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadPoolExecutor(2) as pool:
        apply(new_batch(warehouse, pool), TOLD)
        with monkeypatch.context() as broken, pytest.raises(WarehouseError, match="none"):
            broken.setattr("streams.rebuild._swap", _half_a_swap)
            rebuild(warehouse_settings, lambda _: None)
    assert stored_rows(warehouse, "9999") == true_rows(TOLD)
    assert fences.read(warehouse).pause_s == 0


def test_what_was_told_again_is_known_to_who_reads_the_archive_meanwhile(
    warehouse: Warehouse, warehouse_settings: Settings
) -> None:
    """A late version is archived after the confirmation that it was judged by, never before."""
    fact, late = c.ReportReceived(unit="a"), c.ReportReceived(unit="b")
    with ThreadPoolExecutor(2) as pool:
        batch = new_batch(warehouse, pool)
        apply(batch, [tell("x", fact, at(0), recorded=at(0))])
        seen: list[int] = []
        archive = batch._archive

        def look_first(*given: Any) -> None:
            seen.append(len(warehouse.rows("SELECT 1 FROM confirmations")))
            archive(*given)

        batch._archive = look_first  # type: ignore[method-assign,assignment]
        apply(
            batch,
            [tell("x", fact, at(0), recorded=at(9)), tell("x", late, at(0), recorded=at(5))],
        )
    assert seen == [1]
