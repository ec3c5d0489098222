"""A year of visits and doses of a large municipality through Kafka: how fast, how much memory, and what a
reader waits for afterwards.

Broker, worker and warehouse are the hub's own; figures are published as the publisher does it; the pages are
read and made as the screens' processes do it. While the worker runs, single alarms are sent and waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from apps.boards import boards
from apps.hub.broker import start as start_broker
from producers.publish import Publisher as Producer
from producers.publish import end_offsets, ensure_topics
from schemas.settings import Settings
from tests.bench.boards import page
from tests.bench.clicks import CARE_PAGES, clicked
from tests.bench.ground import child, resident_mb, wait_until
from tests.bench.ours import WORKER
from tests.bench.wall import waits
from tests.bench.year import CODE, UNTIL, Year, alarm, told
from tests.warehouse.starting import start as start_warehouse
from warehouse.client import Warehouse, connect, create_tables
from warehouse.contracts import load
from warehouse.lease import Lease
from warehouse.publish import Publisher

PATIENCE_S: Final = 3_600
REPEATS: Final = 10
ALARMS: Final = 20
TOLD: Final = {"hours", "devices"}
RAISED: Final = """
SELECT 1 FROM device_alarms WHERE municipality = {code:String} AND entity = {entity:String} LIMIT 1"""
ROWS: Final = "SELECT count() AS n FROM {table}"


@dataclass
class Volume:
    """What a year came to: events, seconds by what was done, resident MB by process."""

    year: Year
    events: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    mb: dict[str, float] = field(default_factory=dict)

    def timed(self, what: str, do: Callable[[], object]) -> None:
        """Do it and note how long it took."""
        began = time.perf_counter()
        do()
        self.seconds.setdefault(what, []).append(time.perf_counter() - began)


def measured(folder: Path, year: Year) -> Volume:
    """Send the year, fold it, publish its figures, read the pages."""
    found, broker = Volume(year), start_broker(folder / "kafka")
    try:
        with start_warehouse(folder / "warehouse") as server:
            settings = Settings(home=folder, kafka=broker.address, warehouse=server.address, database="year")
            (folder / "run").mkdir()
            create_tables(connect(settings), settings.database)
            ensure_topics(settings)
            found.timed("send the year to the broker", partial(_send, settings, found))
            _fold(settings, found)
            found.mb["warehouse, after the load"] = resident_mb(server.process.pid)
            _read(settings, found)
            found.mb["warehouse, after the pages"] = resident_mb(server.process.pid)
    finally:
        broker.stop()
    return found


def _send(settings: Settings, found: Volume) -> None:
    with Producer(settings) as producer:
        for event in told(found.year):
            producer.send(event)
        found.events = producer.sent


def _fold(settings: Settings, found: Volume) -> None:
    """The worker from its start to the last position, then single alarms while it runs."""
    warehouse = connect(settings)
    ends = {place: end for place, (_, end) in end_offsets(settings).items() if place[0] in TOLD}
    with child(WORKER, settings, {"MALLOC_ARENA_MAX": "2"}) as worker:  # as `./puls up` starts it
        began = time.perf_counter()
        peak = wait_until(lambda: _folded(warehouse, ends), worker, PATIENCE_S, every_s=0.5)
        found.seconds["fold the year, from the worker's start"] = [time.perf_counter() - began]
        for number in range(ALARMS):
            event = alarm(number, datetime.now(UTC))
            with Producer(settings) as producer:
                producer.send(event)
            found.timed("an alarm, from its sending to its row", partial(_wait_for, warehouse, event.subject))
        found.mb["worker with its lanes, most"] = max(peak, resident_mb(worker.pid))
    found.rows = {
        table: int(warehouse.rows(ROWS.replace("{table}", table))[0]["n"])
        for table in ("events", "visits", "doses", "device_days", "grants")
    }


def _folded(warehouse: Warehouse, ends: dict[tuple[str, int], int]) -> bool:
    rows = warehouse.rows("SELECT topic, partition, next_offset FROM positions FINAL")
    at = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
    return all(at.get(place, 0) >= end for place, end in ends.items() if end)


def _wait_for(warehouse: Warehouse, entity: str) -> None:
    while not warehouse.rows(RAISED, {"code": CODE, "entity": entity}):
        time.sleep(0.05)


def _read(settings: Settings, found: Volume) -> None:
    warehouse = connect(settings)
    now = UNTIL + timedelta(minutes=1)
    publisher = Publisher(warehouse, Lease(warehouse, "bench"))
    found.timed(
        "publish what has a beat of a minute or less, for the first time", lambda: publisher.tick(now)
    )
    found.timed("publish the slow figures for the first time", lambda: _all_slow(publisher, now))
    later = now + timedelta(seconds=20)
    found.timed("publish again after twenty seconds", lambda: publisher.tick(later))
    for name, board in boards().items():
        if any(TOLD & set(load()[metric].needs) for metric in board.metrics):
            for _ in range(REPEATS):
                found.timed(f"page {board.id}", partial(page, warehouse, name))
    for view, seconds in clicked(settings, CARE_PAGES):
        found.seconds.setdefault(f"a click in {view}, in the browser", []).append(seconds)
    for seconds in waits(settings):
        found.seconds.setdefault("today's hours, from a decision to the wall L4", []).append(seconds)


def _all_slow(publisher: Publisher, now: datetime) -> None:
    while publisher.tick_slow(now):
        pass
