"""Random histories of every kind, doubled, in any order and cut anywhere, taken in by a worker that dies at
any numbered step of its batch: what comes of them is what plain Python says.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import cases as c
from schemas.envelope import Event
from streams.batch import Batch, decode_all
from streams.kinds import KINDS
from streams.memory import Memory
from streams.sweep import sweep
from tests.conftest import rounds
from tests.faults.histories import START, TRUTH, deliveries, unlike
from tests.telling import at, messages, tell
from warehouse.client import Warehouse

pytestmark = pytest.mark.slow

NOW: Final = datetime(2027, 6, 1, tzinfo=UTC)
FAR: Final = datetime(2100, 1, 1, tzinfo=UTC)
STEPS: Final = 10
"""A batch asks and writes this often at most; a death at a later step is one before the commit."""


class Died(Exception):
    """The worker is gone at this step."""


class Dying:
    """The real warehouse, by a connection that breaks at one numbered step: before it is done or after."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._lock = threading.Lock()
        self.taken = 0
        self.last: tuple[int, bool] | None = None

    def __getattr__(self, name: str) -> Any:
        work = getattr(self._warehouse, name)
        return lambda *given, **more: self._step(lambda: work(*given, **more))

    def _step(self, work: Callable[[], Any]) -> Any:
        with self._lock:
            self.taken += 1
            number = self.taken
        if self.last == (number, False):
            raise Died
        done = work()
        if self.last == (number, True):
            raise Died
        return done


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


@pytest.fixture
def store(warehouse: Warehouse) -> Iterator[Warehouse]:
    yield warehouse
    for kind in KINDS:
        warehouse.command(f"DROP TABLE IF EXISTS {kind.table}{TRUTH}")


def worker(warehouse: Warehouse, pool: ThreadPoolExecutor, limit: int) -> tuple[Batch, Dying]:
    """A worker that has just started."""
    dying = Dying(warehouse)
    batch = Batch(dying, Memory(limit), pool)  # type: ignore[arg-type]  # it is one, but for its end
    batch.learn_archive()
    return batch, dying


def deliver(store: Warehouse, pool: ThreadPoolExecutor, told: list[Event], data: st.DataObject) -> int:
    """Batch by batch, as a worker commits; one that dies is started anew where it had committed last."""
    limit = data.draw(st.sampled_from([1, 1_000]))
    batch, dying = worker(store, pool, limit)
    committed = deaths = 0
    while committed < len(told):
        until = committed + data.draw(st.integers(1, len(told)))
        dying.taken = 0
        dying.last = data.draw(st.one_of(st.none(), st.tuples(st.integers(1, STEPS), st.booleans())))
        dying.last = dying.last if deaths < 3 else None
        try:
            batch.apply(decode_all(messages(told[committed:until], committed), NOW), NOW)
        except Died:
            deaths += 1
            batch, dying = worker(store, pool, limit)
            continue
        if dying.last is not None and dying.last[0] > dying.taken:  # it dies before it commits
            deaths += 1
            batch, dying = worker(store, pool, limit)
            continue
        committed = until
    return deaths


def empty(store: Warehouse) -> None:
    filled = "SELECT name FROM system.tables WHERE database = currentDatabase() AND total_rows > 0"
    for row in store.rows(filled):
        store.command(f"TRUNCATE TABLE `{row['name']}`")


def test_whatever_dies_and_comes_again_the_rows_are_those_of_plain_python(
    store: Warehouse, pool: ThreadPoolExecutor, capsys: pytest.CaptureFixture[str]
) -> None:
    """A history is all that is told of one entity; each delivery has several, and they share its deaths."""
    histories = deaths = 0

    @settings(max_examples=rounds(20, 700), deadline=None)
    @given(events=deliveries(), data=st.data())
    def deliver_anyhow(events: list[Event], data: st.DataObject) -> None:
        nonlocal histories, deaths
        empty(store)
        told = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=5))))
        deaths += deliver(store, pool, told, data)
        batch, _ = worker(store, pool, 1)
        sweep(store, batch, START, FAR)
        assert unlike(store, events) == []
        assert sweep(store, batch, START, FAR) == 0
        histories += len({event.subject for event in events})

    deliver_anyhow()
    with capsys.disabled():
        print(f"\n{histories} random histories, {deaths} deaths of their worker")
    assert histories >= rounds(50, 2_000)
    assert deaths


def test_a_row_that_is_otherwise_is_seen(store: Warehouse, pool: ThreadPoolExecutor) -> None:
    events = [tell("x", c.ReportReceived(unit="a"), at(0)), tell("x", c.CaseClosed(), at(2))]
    batch, _ = worker(store, pool, 1)
    batch.apply(decode_all(messages(events), NOW), NOW)
    assert unlike(store, events) == []
    store.command(
        "INSERT INTO cases SELECT * REPLACE (version + 1 AS version, 1 - void AS void) FROM cases FINAL"
    )
    assert unlike(store, events) != []
