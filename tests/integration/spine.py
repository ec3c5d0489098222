"""The whole way as real processes: broker and worker of the test's own, a database of the run's warehouse."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from apps.health import lag
from apps.hub import home, programs
from apps.hub.broker import start as start_broker
from producers.produce import Order, Report, produce
from producers.publish import Publisher, ensure_topics
from schemas.envelope import Event
from schemas.settings import Settings
from tests.conftest import ROOT
from warehouse.client import Warehouse, connect, create_tables

PATIENCE_S = 90


class Spine:
    """A hub without screens. `settings` has its addresses."""

    worker: subprocess.Popen[bytes]

    def __init__(self, settings: Settings, warehouse: Warehouse) -> None:
        self.settings = settings
        self.warehouse = warehouse

    def send(self, source: str, file: Path, municipality: str) -> Report:
        """Send a file and return when everything in it is folded."""
        report = produce(self.settings, Order(source, file, municipality=municipality))
        until(self.has_folded_all)
        return report

    def publish(self, events: Iterable[Event]) -> None:
        """Send events as they are and return when all of them are folded."""
        with Publisher(self.settings) as publisher:
            for event in events:
                publisher.send(event)
            publisher.flush()
        until(self.has_folded_all)

    def has_folded_all(self) -> bool:
        """Whether nothing waits; a worker that died is told with the end of its log."""
        log = (self.settings.home / "streams.app.log").read_text()
        assert self.worker.poll() is None, log[-2_000:]
        return lag(self.settings) == 0

    def archived(self, municipality: str) -> int:
        """Events of cases in the archive."""
        (row,) = self.warehouse.rows(
            "SELECT count() AS n FROM events FINAL WHERE topic = 'cases' AND municipality = {code:String}",
            {"code": municipality},
        )
        return int(row["n"])

    @contextmanager
    def running(self, *module: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process of the hub, ended by SIGTERM. more: of its environment."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("PULS_")}
        log = (self.settings.home / f"{module[0]}.log").open("wb")
        process = subprocess.Popen([sys.executable, "-m", *module], cwd=ROOT, stdout=log, stderr=log,
                                   env=kept | programs.variables(self.settings) | more)  # fmt: skip
        log.close()
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def spine(folder: Path, warehouse_address: str, database: str) -> Iterator[Spine]:
    """Broker, tables and worker; gone afterwards."""
    home.make(folder)
    broker = start_broker(folder / "kafka")
    settings = Settings(home=folder, kafka=broker.address, warehouse=warehouse_address, database=database)
    warehouse = connect(settings)
    try:
        ensure_topics(settings)
        create_tables(warehouse, database)
        made = Spine(settings, warehouse)
        with made.running("streams.app", "worker") as made.worker:
            yield made
    finally:
        connect(replace(settings, database="default")).command(f"DROP DATABASE IF EXISTS {database}")
        warehouse.close()
        broker.stop()


def until(holds: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait until it holds; a test that waits in vain fails here."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"did not happen within {seconds} s"
        time.sleep(0.2)
