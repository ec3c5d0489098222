"""Events of a source file without a broker, and a plain fold of cases that shares no code with streams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from producers.pseudonym import Pseudonymiser, throwaway
from producers.run import Made, Refused
from producers.share import Order, outcomes
from producers.source import load
from schemas.cases import (
    CaseAssigned,
    CaseClosed,
    CaseReopened,
    CaseTransferred,
    Opening,
)
from schemas.codec import make
from schemas.envelope import Event, event_id

DATA = Path(__file__).parent.parent / "data"
SHARED = Path(__file__).parent.parent.parent.parent / "shared" / "data"
KEY = Pseudonymiser("ktest", bytes(range(32)))


def closed(number: str) -> Event:
    """A closing of a case that no other call has."""
    at = datetime(2016, 1, 5, tzinfo=UTC)
    subject = f"9901/case/{throwaway().of('case', number)}"
    return make(
        CaseClosed(), id=event_id(subject, "case.closed"), source="test", subject=subject, kommunkod="9901",
        time=at, recordedtime=at, historical=True,
    )  # fmt: skip


def run(source: str | Path, file: Path, municipality: str = "9901") -> tuple[list[Event], list[Refused]]:
    """Every event and every refusal that the file makes."""
    found = list(
        outcomes(Order(str(source), file, municipality=municipality), load(str(source)), lambda code: KEY, [])
    )
    return [one.event for one in found if isinstance(one, Made)], [
        one for one in found if isinstance(one, Refused)
    ]


def events(source: str | Path, file: Path, municipality: str = "9901") -> list[Event]:
    """The events of a file in which no row is refused."""
    made, refused = run(source, file, municipality)
    assert not refused, refused[:3]
    return made


@dataclass
class Case:
    """What the events say about one case."""

    opened: datetime | None = None
    closed: datetime | None = None
    unit: str = ""
    transfers: list[tuple[str | None, str]] = field(default_factory=list)
    broken_chain: bool = False
    handlers: int = 0
    reopenings: int = 0
    after_close: int = 0
    flaws: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Fold one event in; they come in order."""
        fact = event.data
        self.flaws |= set(event.flaws)
        self.after_close += self.closed is not None
        if isinstance(fact, Opening):
            self.opened, self.unit = event.time, fact.unit
        elif isinstance(fact, CaseClosed):
            self.closed = event.time
        elif isinstance(fact, CaseTransferred):
            self.broken_chain |= fact.from_unit != self.unit
            self.transfers.append((fact.from_unit, fact.to_unit))
            self.unit = fact.to_unit
        self.handlers += isinstance(fact, CaseAssigned)
        self.reopenings += isinstance(fact, CaseReopened)

    def open_at(self, instant: datetime) -> bool:
        """Whether the case is in the balance: opened <= t < closed."""
        return (
            self.opened is not None
            and self.opened <= instant
            and (self.closed is None or instant < self.closed)
        )


def fold(made: Iterable[Event]) -> dict[str, Case]:
    """Case by entity key, events in the order that the hub folds them."""
    histories: dict[str, list[Event]] = defaultdict(list)
    for event in made:
        histories[event.subject].append(event)
    cases = {subject: Case() for subject in histories}
    for subject, history in histories.items():
        for event in sorted(history, key=lambda e: (e.time, e.sequence, e.recordedtime, e.id)):
            cases[subject].take(event)
    return cases


def balance(cases: dict[str, Case], at: str) -> int:
    """Open cases at an instant (UTC where it names no zone); closed before opened is never open."""
    instant = datetime.fromisoformat(at)
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return sum(case.open_at(instant) for case in cases.values())
