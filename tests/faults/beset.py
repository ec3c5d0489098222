"""A broker, a worker and a warehouse of a test's own, each reached through a proxy that can fail."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from typer.testing import CliRunner

from apps.cli import app
from apps.health import lag
from apps.hub import broker as hub_broker
from apps.hub import home, ports, programs
from producers.publish import Publisher, ensure_topics
from schemas.errors import Unavailable
from schemas.settings import Settings
from schemas.source_ref import HEADER
from tests.faults.load import Load, case_events, truth, versions
from tests.faults.proxy import Proxy
from tests.integration.spine import Spine, until
from tests.streams.test_batch import stored_rows
from tests.warehouse.starting import Started, start
from warehouse import archive
from warehouse.alarms import end_old
from warehouse.client import Warehouse, connect, create_tables
from warehouse.refused import Pointer, say_dismissed

MAX_POLL_S: Final = 12
"""So long a worker may be silent before the broker gives its partitions away; 300 in a hub."""


@dataclass
class Beset:
    """settings: by the proxies; direct: past them, for the test's own questions."""

    settings: Settings
    direct: Settings
    store: Proxy
    kafka: Proxy
    server: Started
    spine: Spine
    warehouse: Warehouse
    broker: subprocess.Popen[bytes]
    extra: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def load(self, code: str, cases: int) -> Load:
        """Events of so many cases of a municipality that no other load has."""
        return Load(self.direct, case_events(seed=int(code), code=code, cases=cases))

    def end(self, load: Load) -> list[str]:
        """What is otherwise than undisturbed after the load: lost, doubled, or another row; [] is right."""
        assert load.failure is None, load.failure
        until(self.is_folded, 120)
        code = load.events[0].kommunkod
        (row,) = self.warehouse.rows(
            "SELECT count() AS n, uniqExact(id) AS facts FROM events FINAL"
            " WHERE municipality = {code:String}",
            {"code": code},
        )
        wanted = versions(load.events), len({event.id for event in load.events})
        faults = [] if (row["n"], row["facts"]) == wanted else [f"archive {row}, not {wanted}"]
        rows = truth(load.events)
        with suppress(AssertionError):  # the sweeper comes once a minute
            until(lambda: stored_rows(self.warehouse, code) == rows, 100)
        return faults if stored_rows(self.warehouse, code) == rows else [*faults, "rows differ"]

    def is_folded(self) -> bool:
        """Whether nothing waits."""
        try:
            return lag(self.direct) == 0
        except Unavailable:
            return False

    def send_raw(
        self, topic: str, key: str, payloads: list[bytes], partition: int | None = None, file: str = ""
    ) -> None:
        """Messages as no producer of ours would send them. file: whose lines they are."""
        with Publisher(self.direct) as publisher:
            for line, payload in enumerate(payloads, 2):
                headers = [(HEADER, f"{file}:{line}".encode())] if file else None
                publisher._producer.send(topic, payload, key.encode(), headers, partition)
            publisher._producer.flush()

    def puls(self, *words: str) -> str:
        """What a command of the hub says."""
        told = CliRunner().invoke(app, words, env=programs.variables(self.direct))
        if told.exception is not None:
            raise told.exception
        return told.output

    def restart_broker(self) -> None:
        """Ended by SIGTERM, and started anew on what it had written."""
        self.broker.terminate()
        self.broker.wait(60)
        again = subprocess.Popen(
            self.broker.args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.broker = again
        until(lambda: ports.answers("127.0.0.1", self.kafka.target), 60)

    def folded(self, partition: int) -> int:
        """Up to which offset a partition of the cases is folded."""
        return archive.folded(self.warehouse).get(("cases", partition), 0)

    def alarm_states(self, name: str) -> list[str]:
        """What an alarm has come through, oldest first: a renewed one once."""
        rows = self.warehouse.rows(
            "SELECT state FROM alarms WHERE name = {name:String} ORDER BY changed_at", {"name": name}
        )
        return [state for state, _ in groupby(row["state"] for row in rows)]

    def dismiss_all(self, reason: str) -> None:
        """What was refused for the reason needs no more work; its alarm is over then."""
        for row in open_cases(self.warehouse, reason):
            at = Pointer(row["topic"], row["partition"], row["offset"])
            say_dismissed(self.warehouse, at, "engineer", "test_data", "")
        end_old(self.warehouse, datetime.now(UTC))


def open_cases(warehouse: Warehouse, reason: str) -> list[dict[str, Any]]:
    """Refused events of cases that wait for somebody."""
    return warehouse.rows(
        "SELECT * FROM refused_now WHERE topic = 'cases' AND reason = {reason:String} AND status = 'open'"
        " ORDER BY partition, offset",
        {"reason": reason},
    )


def advertised_broker(folder: Path, proxy: Proxy, port: int) -> subprocess.Popen[bytes]:
    """A broker on the port that sends its clients to the proxy."""
    folder.mkdir(parents=True, exist_ok=True)
    command = hub_broker.prepared(folder, port, ports.free(1)[0])
    config = folder / "server.properties"
    own = f"advertised.listeners=PLAINTEXT://127.0.0.1:{port}"
    text = config.read_text()
    assert own in text
    config.write_text(text.replace(own, f"advertised.listeners=PLAINTEXT://{proxy.address}"))
    log = (folder / "broker.log").open("ab")
    with log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    until(lambda: ports.answers("127.0.0.1", port), 60)
    return process


@contextmanager
def beset(folder: Path, data: Path | None = None) -> Iterator[Beset]:
    """All of it, gone afterwards. data: where the warehouse keeps its files, if not in the folder."""
    home.make(folder)
    kafka_port = ports.free(1)[0]
    kafka = Proxy(kafka_port)
    broker = advertised_broker(folder / "kafka", kafka, kafka_port)
    begun: list[Beset] = []
    try:
        with start(data or folder / "store") as server:
            store = Proxy(server.port)
            direct = Settings(home=folder, kafka=kafka.address, warehouse=server.address)
            settings = replace(direct, warehouse=f"http://{store.address}", max_poll_s=MAX_POLL_S)
            warehouse = connect(direct)
            ensure_topics(direct)
            create_tables(warehouse, direct.database)
            made = Spine(settings, warehouse)
            with made.running("streams.app", "worker") as made.worker:
                until(lambda: bool(archive.folded(warehouse)))  # one that is starting may end without a store
                begun.append(Beset(settings, direct, store, kafka, server, made, warehouse, broker))
                yield begun[0]
            warehouse.close()
            store.close()
    finally:
        last = begun[0].broker if begun else broker
        last.terminate()
        last.wait(20)
        kafka.close()
