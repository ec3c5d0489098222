"""What it takes to prove that nothing is lost: verify, rebuild under load, back up, restore so many events.

The load goes the worker's own way into an empty warehouse, and the publisher's own way into figures. Each
command then runs as a person would call it, in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import Final

import psutil

from schemas.codec import encode, make
from schemas.envelope import event_id
from schemas.reference import ProducerAlive
from schemas.settings import Settings
from streams.batch import Batch, Message, decode_all, parts
from streams.history import micros
from streams.memory import Memory
from tests.bench import load
from tests.bench.ground import ROOT
from tests.bench.load import Plan
from tests.warehouse.starting import start as start_warehouse
from warehouse import archive, contracts
from warehouse.archive import Position
from warehouse.client import Warehouse, connect, create_tables
from warehouse.places import Places

PAGE: Final = 30_000
PER_S: Final = 200


@dataclass
class Replayed:
    """Seconds and most resident MB of each command, by what it did; events that there were."""

    events: int
    entities: int = 0
    figures: int = 0
    backup_mb: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)
    mb: dict[str, float] = field(default_factory=dict)


def measured(folder: Path, plan: Plan) -> Replayed:
    """Fill a hub, then verify, back up, restore and rebuild it. Raises where a command fails."""
    found = Replayed(0)
    with start_warehouse(folder / "hub") as server, start_warehouse(folder / "other") as other:
        settings = Settings(home=folder, warehouse=server.address, database="replay")
        warehouse = connect(settings)
        create_tables(warehouse, settings.database)
        _fill(warehouse, plan)
        _publish(warehouse)
        _count(found, warehouse)
        copy = str(folder / "copy")
        _run(found, "verify, rows alone", settings, "verify", "--rows-only")
        _run(found, "verify, rows and every figure", settings, "verify")
        _run(found, "first backup", settings, "backup", copy)
        with _coming(settings):
            _run(found, f"rebuild, under {PER_S} events/s", settings, "rebuild")
        _run(found, "second backup, of what came meanwhile", settings, "backup", copy)
        _run(found, "check of every segment", settings, "backup", copy, "--check")
        found.backup_mb = sum(file.stat().st_size for file in Path(copy).iterdir()) / 1e6
        elsewhere = replace(settings, home=folder / "elsewhere", warehouse=other.address)
        _run(found, "restore, verified with every figure", elsewhere, "restore", copy)
    return found


def _fill(warehouse: Warehouse, plan: Plan) -> None:
    with ThreadPoolExecutor(2) as pool:
        batch = Batch(warehouse, Memory(300_000), pool)
        for number, part in enumerate(parts(load.base(plan), PAGE)):
            raw = [load.raw(told) for told in part]
            _apply(batch, [Message("cases", 0, number * PAGE + at, 0, one) for at, one in enumerate(raw)])
        _apply(batch, [Message("reference", 0, 0, 0, _alive())])


def _apply(batch: Batch, messages: list[Message]) -> None:
    now = datetime.now(UTC)
    refused = batch.apply(decode_all(messages, now), now).refused
    assert not refused, refused[0]


def _alive() -> bytes:
    """The source is a closed import, told until its end."""
    until = load.BEGAN + timedelta(seconds=load.SPAN_S)
    subject = f"{load.CODE}/producer/bench.{until:%Y%m%d%H}"
    fact = ProducerAlive("cases", until, historical=True)
    return encode(make(fact, id=event_id(subject, "alive"), source="bench", subject=subject, time=until,
                       recordedtime=until, kommunkod=load.CODE, historical=True))  # fmt: skip


def _publish(warehouse: Warehouse) -> None:
    now = datetime.now(UTC)
    archive.write(warehouse, [Position("cases", 0, 1, micros(now), 0, 0, 0)])
    Places(warehouse, [each for each in contracts.load().values() if each.publish]).publish(1, now)


def _count(found: Replayed, warehouse: Warehouse) -> None:
    (events,) = warehouse.rows("SELECT count() AS n, uniqExact(entity) AS entities FROM events")
    (figures,) = warehouse.rows("SELECT count() AS n FROM figures")
    found.events, found.entities, found.figures = events["n"], events["entities"], figures["n"]


@contextmanager
def _coming(settings: Settings) -> Iterator[None]:
    """New facts of the same cases, so many a second, as a worker at a trickle writes them."""
    ended = Flag()
    facts = load.LOADS["continued"](Plan(200_000))

    def write() -> None:
        with ThreadPoolExecutor(2) as pool:
            batch = Batch(connect(settings), Memory(10_000), pool)
            batch.learn_archive()
            for number, part in enumerate(parts(facts, PER_S // 10)):
                if ended.is_set():
                    return
                began = time.monotonic()
                raw = [load.raw(told) for told in part]
                first = number * len(part)
                _apply(batch, [Message("cases", 1, first + at, 0, one) for at, one in enumerate(raw)])
                time.sleep(max(0.0, 0.1 - (time.monotonic() - began)))

    thread = Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _run(found: Replayed, what: str, settings: Settings, *words: str) -> None:
    named = ("home", "warehouse", "database")
    env = os.environ | {f"PULS_{name.upper()}": str(getattr(settings, name)) for name in named}
    command = [sys.executable, "-m", "apps.cli", *words]
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=told)
        most = 0
        while process.poll() is None:
            with suppress(psutil.Error):
                most = max(most, psutil.Process(process.pid).memory_info().rss)
            time.sleep(0.05)
        found.seconds[what], found.mb[what] = time.perf_counter() - began, most / 1e6
        told.seek(0)
        said = told.read()
    print(f"{what}: {found.seconds[what]:.1f} s, {found.mb[what]:.0f} MB; {said.splitlines()[-1:]}")
    if process.returncode:
        raise RuntimeError(f"{what} failed with exit code {process.returncode}: {said}")
