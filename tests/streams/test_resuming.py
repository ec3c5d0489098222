from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from apps.hub.broker import RunningBroker
from producers.publish import Publisher, ensure_topics
from schemas import cases as c
from schemas.settings import Settings
from streams.consume import Intake
from streams.history import micros
from streams.resuming import earlier
from tests.telling import at, subject, tell
from warehouse import archive
from warehouse.archive import Position
from warehouse.client import Warehouse

pytestmark = pytest.mark.broker
CODE = "9996"


def test_a_worker_begins_earlier_where_the_warehouse_ends_earlier_and_nowhere_else() -> None:
    committed = {("cases", 0): 500, ("cases", 1): 40, ("cases", 2): None, ("cases", 3): 7, ("cases", 4): 9}
    folded = {("cases", 0): 300, ("cases", 1): 900, ("cases", 2): 80, ("cases", 3): 7}
    assert earlier(committed, folded) == {("cases", 0): 300}


def run_until(settings: Settings, warehouse: Warehouse, done: Callable[[], bool]) -> bool:
    """A worker's intake until this is so, or for twenty seconds."""

    async def run() -> bool:
        intake, stop = Intake(settings, warehouse), asyncio.Event()
        await intake.start()
        going = asyncio.ensure_future(intake.run(stop.is_set))
        for _ in range(100):
            if is_done := await asyncio.to_thread(done):
                break
            await asyncio.sleep(0.2)
        stop.set()
        await going
        await intake.stop()
        return is_done

    return asyncio.run(run())


def test_a_restored_warehouse_hears_again_what_was_committed_since_its_backup(
    broker: RunningBroker, warehouse: Warehouse, warehouse_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(warehouse_settings, kafka=broker.address, lanes=1)
    for name in ("home", "warehouse", "database"):
        monkeypatch.setenv(f"PULS_{name.upper()}", str(getattr(settings, name)))
    ensure_topics(settings)

    def archived() -> set[str]:
        rows = warehouse.rows("SELECT DISTINCT entity FROM events WHERE municipality = '9996'")
        return {row["entity"] for row in rows}

    def send(*names: str) -> set[str]:
        told = [tell(name, c.ReportReceived(unit="a"), at(0), municipality=CODE) for name in names]
        with Publisher(settings) as publisher:
            for event in told:
                publisher.send(event)
        return {subject(name, CODE) for name in names}

    first = send("x", "y", "z")
    assert run_until(settings, warehouse, lambda: archived() == first)
    places = archive.folded(warehouse)
    later = datetime.now(UTC) + timedelta(seconds=1)

    def ends_at(offset: Callable[[int], int]) -> None:
        """What a restore leaves: tables as they were once, and positions of then."""
        for table in ("events", "cases", "positions"):
            warehouse.command(f"TRUNCATE TABLE {table}")
        at_ = micros(later)
        archive.write(warehouse, [Position(topic, number, offset(end), at_, 0, 0, 0)
                                  for (topic, number), end in places.items()])  # fmt: skip

    ends_at(lambda _: 0)
    assert run_until(settings, warehouse, lambda: archived() == first), "heard again, though committed"
    ends_at(lambda end: end + 1_000)  # a broker that was emptied counts lower than the warehouse
    fourth = send("w")
    assert run_until(settings, warehouse, lambda: archived() == fourth), "followed where the group stands"
