"""Offsets seen = archived + duplicates + refused, whatever a crash made the worker tell twice."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from apps import health
from schemas import cases as c
from schemas.codec import encode
from streams.accounts import told
from streams.batch import Batch, decode_all
from streams.lanes import Stretch
from streams.memory import Memory
from tests.telling import at, tell
from warehouse import archive
from warehouse.client import Warehouse
from warehouse.reconcile import reconcile

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PLACE = ("cases", 0)
ONE = encode(tell("x", c.ReportReceived(unit="a"), at(0)))
LATER = encode(tell("x", c.ReportReceived(unit="a"), at(0), recorded=at(9)))
OTHER = encode(tell("y", c.ReportReceived(unit="b"), at(1)))
TOPIC = [ONE, OTHER, ONE, b"{}", LATER, OTHER, b"nothing", encode(tell("x", c.InvestigationOpened(), at(2)))]
"""New, new, told twice, refused, confirmed, told twice, refused, new."""


@pytest.fixture
def worker(warehouse: Warehouse) -> Worker:
    return Worker(warehouse)


class Worker:
    """Reads stretches of the topic, as often and in what pieces a test wants."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._pool = ThreadPoolExecutor(2)

    def reads(self, first: int, after: int, *, dies: bool = False) -> None:
        """A batch by a worker that has just started; one that dies has written and not told."""
        batch = Batch(self._warehouse, Memory(100), self._pool)
        batch.learn_archive()
        stretch = Stretch(*PLACE, list(range(first, after)), [0] * (after - first), TOPIC[first:after])
        outcome = batch.apply(decode_all(list(stretch.messages()), NOW), NOW, again=True)
        if not dies:
            archive.write(self._warehouse, told([stretch], outcome.duplicates))


def account(warehouse: Warehouse) -> Sequence[int]:
    (row,) = health.reconciled(warehouse)
    return [row[name] for name in ("seen", "archived", "duplicates", "refused", "difference", "next_offset")]


WHOLE = [8, 3, 3, 2, 0, 8]


def test_what_was_read_adds_up_with_what_became_of_it(warehouse: Warehouse, worker: Worker) -> None:
    worker.reads(0, 5)
    reconcile(warehouse, {PLACE: 5}, NOW)
    assert account(warehouse) == [5, 2, 2, 1, 0, 5]
    worker.reads(5, 8)
    reconcile(warehouse, {PLACE: 8}, NOW)
    assert account(warehouse) == WHOLE
    assert health.alarms(warehouse) == []


def test_what_comes_again_in_other_pieces_counts_once(warehouse: Warehouse, worker: Worker) -> None:
    worker.reads(0, 6, dies=True)
    worker.reads(0, 4)
    worker.reads(2, 7)
    worker.reads(4, 8)
    for _ in range(2):
        reconcile(warehouse, {PLACE: 8}, NOW, step=3)
    assert account(warehouse) == WHOLE


def test_an_event_that_is_gone_is_an_alarm_until_it_is_read_again(
    warehouse: Warehouse, worker: Worker
) -> None:
    worker.reads(0, 8)
    warehouse.command("ALTER TABLE events DELETE WHERE offset = 1 SETTINGS mutations_sync = 2")
    reconcile(warehouse, {PLACE: 8}, NOW)
    assert health.reconciled(warehouse)[0]["difference"] == 1
    assert health.reconciled(warehouse)[0]["broken_at"] == 1
    (alarm,) = health.alarms(warehouse)
    assert alarm["name"] == "reconciliation.cases.0"
    assert alarm["text_en"].endswith("from offset 1")
    worker.reads(0, 8)
    reconcile(warehouse, {PLACE: 8}, NOW.replace(hour=1))
    assert account(warehouse) == WHOLE
    assert health.alarms(warehouse) == []


def test_an_offset_that_was_committed_and_never_told_is_an_alarm(
    warehouse: Warehouse, worker: Worker
) -> None:
    worker.reads(0, 3)
    worker.reads(3, 8, dies=True)
    reconcile(warehouse, {PLACE: 8}, NOW)
    assert [alarm["name"] for alarm in health.alarms(warehouse)] == ["reconciliation.cases.0"]
