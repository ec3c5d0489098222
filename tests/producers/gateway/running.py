"""A gateway as its own process on the run's broker, and what came of a push."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from apps.hub import ports, programs
from producers.gateway import tokens
from producers.publish import end_offsets
from schemas.codec import encode
from schemas.envelope import Event
from schemas.settings import Settings
from streams.batch import Message, decode_all
from streams.history import History, micros
from tests.conftest import ROOT
from tests.producers.making import closed
from tests.producers.test_publish import messages

CODE, SOURCE, CASES = "9901", "test", "se.kommunpuls.case.*"
EVENT = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"


@dataclass
class Running:
    """The gateway's process. Further tokens may be made at any time; each has its own minute."""

    settings: Settings
    process: subprocess.Popen[bytes] = field(init=False)
    client: httpx.Client = field(init=False)

    @property
    def log(self) -> Path:
        return self.settings.home / "push.log"

    def start(self) -> None:
        """Start it and wait until it answers."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("PULS_")}
        own = programs.variables(self.settings) | {"PYTHONPATH": str(ROOT)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "producers.gateway"], env=kept | own, stdout=log, stderr=log
            )
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.settings.push_port}", timeout=20)
        until(self.answers, 20)

    def answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        return ports.answers("127.0.0.1", self.settings.push_port)

    def stop(self) -> int:
        self.client.close()
        self.process.terminate()
        return self.process.wait(20)

    def kill(self) -> None:
        self.client.close()
        self.process.kill()
        self.process.wait()

    def token(self, source: str = SOURCE, types: tuple[str, ...] = (CASES,), code: str = CODE) -> str:
        return tokens.create(tokens.folder(self.settings.home), code, source, types)[0]

    def push(self, body: Any, kind: str = EVENT, token: str | None = None, **headers: str) -> httpx.Response:
        """Push bytes as they are, and anything else as JSON; with a token of its own unless one is given."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {"Authorization": f"Bearer {self.token() if token is None else token}", "Content-Type": kind}
        return self.client.post("/events", content=content, headers=told | headers)


def gateway(home: Path, kafka: str, **limits: Any) -> Running:
    """Not started yet."""
    return Running(replace(Settings(), home=home, kafka=kafka, push_port=ports.free(1)[0], **limits))


def until(true: Any, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def document(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(encode(event))
    return found


def closings(count: int) -> list[Event]:
    """Closings of cases that no other test has."""
    return [closed(f"{n}") for n in range(count)]


def stored(settings: Settings) -> int:
    """How many records the broker has."""
    return sum(end for _, end in end_offsets(settings).values())


def heard(settings: Settings, events: list[Event]) -> list[list[str]]:
    """For each event the worker's verdict on every record of its case, in the order of the broker."""
    records = messages(settings, {event.subject.encode() for event in events})
    raws = [Message(each.topic, each.partition, each.offset, 0, each.value) for each in records]
    decoded = decode_all(raws, datetime.now(UTC))
    assert decoded.refused == []
    histories = {event.subject: History([]) for event in events}
    verdicts: dict[str, list[str]] = {event.subject: [] for event in events}
    for one in sorted(decoded.heard, key=lambda one: one.message.offset):
        verdict, _, _ = histories[one.event.subject].hear(one.event, micros(one.event.recordedtime))
        verdicts[one.event.subject].append(verdict.value)
    return [verdicts[event.subject] for event in events]
