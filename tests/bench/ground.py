"""What every way runs on: real brokers that hold the loads, one embedded warehouse, a database per run."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

import psutil
from kafka.admin import KafkaAdminClient

from apps.hub.broker import RunningBroker
from apps.hub.broker import start as start_broker
from producers.connection import connection
from producers.publish import Publisher, ensure_topics
from schemas.codec import decode_stored
from schemas.settings import PREFIX, Settings
from tests.bench import load
from tests.warehouse.starting import start as start_warehouse
from warehouse.client import Warehouse, connect, create_tables

ROOT: Final = Path(__file__).parent.parent.parent
ROWS: Final = """
SELECT count() AS cases, lower(hex(groupBitXor(cityHash64(
    entity, toString(opened_at), toString(closed_at), `spells.unit`[-1], length(`spells.unit`), events
)))) AS hash
FROM cases_now
"""


@dataclass
class Ground:
    """Where the bench happens. brokers: by name of the load that they hold."""

    plan: load.Plan
    folder: Path
    warehouse: str
    brokers: dict[str, RunningBroker] = field(default_factory=dict)
    produced_per_s: dict[str, float] = field(default_factory=dict)

    def broker(self, name: str) -> RunningBroker:
        """A broker that holds a load, and no other; started and filled when it is first asked for."""
        if name not in self.brokers:
            broker = start_broker(self.folder / f"kafka-{name}")
            self.brokers[name] = broker
            settings = Settings(home=self.folder, kafka=broker.address)
            ensure_topics(settings)
            self.produced_per_s[name] = _produce(settings, load.kept(self.plan, name, self.folder))
        return self.brokers[name]

    def settings(self, database: str, broker: str = "base") -> Settings:
        """A database beside the broker of a load."""
        return Settings(
            home=self.folder / database,
            kafka=self.broker(broker).address,
            warehouse=self.warehouse,
            database=database,
        )

    def fresh(self, database: str, broker: str = "base") -> Settings:
        """The same, and the database is made."""
        settings = self.settings(database, broker)
        (settings.home / "run").mkdir(parents=True)
        create_tables(connect(settings), database)
        return settings


@contextmanager
def ground(plan: load.Plan, folder: Path) -> Iterator[Ground]:
    """Start the warehouse; stop it and every broker at the end."""
    with start_warehouse(folder / "warehouse") as server:
        made = Ground(plan, folder, server.address)
        try:
            yield made
        finally:
            for broker in made.brokers.values():
                broker.stop()


def _produce(settings: Settings, file: Path) -> float:
    """Send a load by the hub's own producer; events/s."""
    began, count = time.monotonic(), 0
    with Publisher(settings) as publisher, file.open("rb") as lines:
        for line in lines:
            body = line.rstrip(b"\n")
            publisher.send(decode_stored(body), body)
            count += 1
    return count / (time.monotonic() - began)


def variables(settings: Settings) -> dict[str, str]:
    """The settings as environment of a child process."""
    told = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    return {
        **os.environ,
        **{PREFIX + name.upper(): str(value) for name, value in told.items() if value is not None},
    }


@contextmanager
def groups(settings: Settings) -> Iterator[KafkaAdminClient]:
    """Sees and forgets consumer groups."""
    admin = KafkaAdminClient(**connection(settings))
    try:
        yield admin
    finally:
        admin.close()


def outcome(warehouse: Warehouse) -> tuple[int, str]:
    """Number of cases, and one hash over what the rows of all cases say."""
    (row,) = warehouse.rows(ROWS)
    return row["cases"], row["hash"]


@dataclass
class Measured:
    """What one run of one way came to. seconds: from its first event to its last, written and committed."""

    events: int
    seconds: float
    outcome: tuple[int, str]
    peak_mb: float = 0.0
    after_mb: float = 0.0

    @property
    def per_s(self) -> float:
        """Events per second."""
        return self.events / self.seconds


@contextmanager
def child(
    command: list[str], settings: Settings, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process with these settings, its output in `<home>/log`; ended by its own id when the block ends."""
    variables_of_it = variables(settings) | (environment or {})
    with (settings.home / "log").open("ab") as told:
        process = subprocess.Popen(command, cwd=ROOT, env=variables_of_it, stdout=told, stderr=told)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(
    done: Callable[[], bool], process: subprocess.Popen[bytes], patience_s: float, every_s: float = 0.1
) -> float:
    """Peak resident MB of the process until it is done. RuntimeError when it ends early or takes too long."""
    peak, deadline = 0.0, time.monotonic() + patience_s
    while not done():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not done after {patience_s:.0f} s: {process.args!r}")
        if process.poll() is not None:
            if done():
                break
            raise RuntimeError(f"ended early with {process.returncode}: {process.args!r}")
        peak = max(peak, resident_mb(process.pid))
        time.sleep(every_s)
    return peak


def resident_mb(pid: int) -> float:
    """Resident memory of a process and its children, 0 when it has ended."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return float(sum(each.memory_info().rss for each in family) / 1e6)
    except psutil.Error:
        return 0.0
