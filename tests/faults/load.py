"""A load of case events that goes on while parts of the hub die, and what it must come to."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from producers.publish import Publisher
from schemas import cases as c
from schemas.codec import content_hash, make
from schemas.envelope import Event, Fact, event_id
from schemas.errors import Unavailable
from schemas.reference import ProducerAlive
from schemas.settings import Settings
from tests.streams.test_batch import true_rows
from tests.telling import tell

CODE: Final = "9990"
CASES: Final = 3_000
CHUNK: Final = 250
UNITS: Final = ("a", "b", "c", "d")
BEGAN: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)


def case_events(seed: int = 7, code: str = CODE, cases: int = CASES) -> list[Event]:
    """About four deliveries of each case: lives, corrections, retractions, and one in fifty twice."""
    chance = random.Random(seed)
    told = [event for number in range(cases) for event in _life(f"case{number}", chance, code)]
    told += chance.sample(told, len(told) // 50)
    told.sort(key=lambda event: (event.recordedtime, chance.random()))
    return told


def _life(name: str, chance: random.Random, code: str) -> Iterator[Event]:
    opened = BEGAN + timedelta(minutes=chance.randrange(100_000))
    facts: list[Fact] = [c.ReportReceived(unit=chance.choice(UNITS), law="SoL"),
                         c.CaseAssigned(c.EXAMPLE_PERSON), c.InvestigationOpened()]  # fmt: skip
    if chance.random() < 0.3:
        facts.append(c.CaseTransferred(to_unit=chance.choice(UNITS)))
    if chance.random() < 0.5:
        facts.append(c.CaseClosed("service_done"))
    for day, fact in enumerate(facts):
        when = opened + timedelta(days=day)
        yield tell(name, fact, when, municipality=code)
        if chance.random() < 0.02:
            yield tell(name, fact, when + timedelta(hours=1), municipality=code,
                       recorded=when + timedelta(days=9), reason="wrong_time")  # fmt: skip
        if chance.random() < 0.01:
            yield tell(name, fact, when, municipality=code, recorded=when + timedelta(days=12),
                       retracted=True, reason="registered_by_mistake")  # fmt: skip


def versions(events: list[Event]) -> int:
    """How many rows the archive must hold: every version once, however often it was sent."""
    return len({(event.id, event.recordedtime, content_hash(event)) for event in events})


def truth(events: list[Event]) -> list[tuple[object, ...]]:
    """The rows of table `cases` by plain Python, ordered by entity."""
    by_case: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_case[event.subject].append(event)
    return [row for subject in sorted(by_case) for row in true_rows(by_case[subject])]


def alive(now: datetime, code: str = CODE) -> Event:
    """The source has told everything until now."""
    subject = f"{code}/producer/load.{now:%Y%m%d%H}"
    return make(ProducerAlive("cases", now), id=event_id(subject, "alive"), source="load", subject=subject,
                time=now, recordedtime=now, kommunkod=code)  # fmt: skip


@dataclass
class Load:
    """Sends the events in the background, slowly until told to hurry; again what is not acknowledged.

    Until then the pauses grow as the events run out, so that a slow machine, too, dies under load.
    """

    settings: Settings
    events: list[Event]
    hurry: threading.Event = field(default_factory=threading.Event)
    sent: int = 0
    failure: BaseException | None = None

    def __enter__(self) -> Load:
        self._thread = threading.Thread(target=self._run, name="load")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.hurry.set()
        self._thread.join(timeout=200)

    def _run(self) -> None:
        try:
            for start in range(0, len(self.events), CHUNK):
                self._send(self.events[start : start + CHUNK])
                self.sent = start + CHUNK
                self.hurry.wait(min(len(self.events) / max(len(self.events) - self.sent, CHUNK), 10))
        except BaseException as error:  # told to the test, which fails on it
            self.failure = error

    def _send(self, chunk: list[Event]) -> None:
        for _ in range(20):
            try:
                with Publisher(self.settings) as publisher:
                    for event in chunk:
                        publisher.send(event)
            except Unavailable:
                self.hurry.wait(1)
            else:
                return
        raise Unavailable("the broker did not come back")
