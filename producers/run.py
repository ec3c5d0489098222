"""From rows to events: pseudonyms, ids, keys and envelopes, judged by the very checks that the hub makes.

Pure but for the keys it is given: the same file and the same `Context` make the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from typing import Any, Final

import msgspec

from producers.coding import coded
from producers.grouping import Unit
from producers.hiding import Secret, hidden
from producers.pseudonym import Pseudonymiser
from producers.rows import BadCell, BadCells, Row, Table
from producers.said import Passed, Said, check_kinds, check_passed
from producers.source import Source, place_in
from producers.times import Moment
from schemas.codec import encode, make
from schemas.doors import admit
from schemas.envelope import Actor, Event, Fact, event_id
from schemas.errors import BadEvent
from schemas.municipality import exists
from schemas.registry import EVENTS

_STEM: Final[dict[type, str]] = {fact: fact.TYPE.rsplit(".", 1)[0] for fact in EVENTS}


# The key of a municipality. Raises Misconfigured, which ends the run, where there is none.
Keys = Callable[[str], Pseudonymiser]


@dataclass(frozen=True)
class Context:
    """What a run adds to the rows. exported_at: when the file was made. recorded_at: overrides the rows'."""

    keys: Keys
    exported_at: datetime
    now: datetime
    municipality: str = ""
    recorded_at: datetime | None = None


class Made(msgspec.Struct, frozen=True, gc=False):
    """An event that the hub would accept, and its bytes."""

    event: Event
    raw: bytes


@dataclass(frozen=True)
class Refused:
    """A row that was not sent, where it stands and why; never what it holds."""

    file: str
    line: int
    column: str
    cell: str
    reason: str
    sv: str
    en: str


Outcome = Made | Refused | Passed


@dataclass
class Run:
    """One source over one table. `seen` counts equal facts where rows have no identity."""

    source: Source
    table: Table
    context: Context
    seen: Counter[str] = field(default_factory=Counter)

    def outcomes(self, units: Iterable[Unit]) -> Iterator[Outcome]:
        """Every event that the rows or subjects make, and every row that is refused or passed over."""
        for unit in units:
            if isinstance(unit, list):
                yield from self.of([Row(self.table, number, values) for number, values in unit])
            else:
                yield self.refused(*unit)

    def of(self, rows: list[Row]) -> list[Outcome]:
        """What one row, or the rows of one subject, make: either all their events or what is refused."""
        try:
            return self._told(rows)
        except BadCells as error:
            return [self.refused(cell.number, cell) for cell in error.cells]
        except BadEvent as error:
            return [self._placed(rows, error)]

    def _told(self, rows: list[Row]) -> list[Outcome]:
        code = self._municipality(rows[0])
        secret = partial(self.context.keys, code)
        return [
            said if isinstance(said, Passed) else self._made(said, rows[0], code, secret)
            for said in self._said(rows)
        ]

    def _said(self, rows: list[Row]) -> list[Said | Passed]:
        try:
            said = [*self.source.events(rows if self.source.group else rows[0])]
        except BadEvent:
            raise
        except (Exception, SystemExit) as error:  # entry to foreign code: whatever it raises is its author's
            raise self._failed(error) from error
        if not all(map(self._may_be_said, said)):
            raise BadEvent("mapping", "", "Källans funktion gav annat än Said(händelse, …).",
                           "The source's function gave something else than Said(event, …).")  # fmt: skip
        return said

    def _may_be_said(self, one: object) -> bool:
        """A fact, or a row that is passed over; a list has its own ways to say what became of a row."""
        if isinstance(one, Passed):
            check_passed(one)
            return not self.source.ledger
        return isinstance(one, Said) and type(one.fact) in _STEM

    def _failed(self, error: BaseException) -> BadEvent:
        """The place in the source's file and the kind of error; its text could hold the row's content."""
        file, kind = self.source.file, type(error).__name__
        sv = f"Källans funktion föll: {file.name}{place_in(error, file, 'rad')}: {kind}."
        en = f"The source's function failed: {file.name}{place_in(error, file, 'line')}: {kind}."
        return BadEvent("mapping", "", sv, en)

    def _municipality(self, row: Row) -> str:
        if self.context.municipality:
            return self.context.municipality
        column = self.source.municipality_column
        code = row[column]
        if not (len(code) == 4 and code.isascii() and code.isdigit() and exists(code)):
            raise BadCell(
                row.number, "unknown_municipality", column,
                "Ingen kommun har den koden. Skriv fyra siffror, inledande nolla kvar (0780).",
                "No municipality has that code. Write four digits, leading zero kept (0780).",
            )  # fmt: skip
        return code

    def _made(self, said: Said, row: Row, code: str, secret: Secret) -> Made:
        check_kinds(said)
        at, flaws = _instant(said.at)
        fact = coded(hidden(said.fact, secret), self.source.coded, secret)
        subject = f"{code}/{fact.KIND}/{self._number(said, fact, at, secret)}"
        event = make(
            fact, id=self._id(said, subject, at), source=self.source.name,
            subject=subject, time=at, recordedtime=self._recorded(said, row), kommunkod=code, flaws=flaws,
            sequence=said.sequence, retracted=said.retracted, reason=said.reason,
            historical=self.source.historical,
            actor=said.actor and Actor(said.actor[0], secret().of("handler", said.actor[1])),
        )  # fmt: skip
        return checked(event, self.context.now)

    def _number(self, said: Said, fact: Fact, at: datetime, secret: Secret) -> str:
        """The entity's part of its key; BadEvent where the row gives none."""
        key = self._own_key(said, fact, at) if said.key is None else said.key
        if not key:
            raise BadEvent("wrong_key", "", "Numret (nyckeln) saknas.", "The number (key) is missing.")
        return secret().of(fact.KIND, key) if fact.SECRET_KEY else key

    def _own_key(self, said: Said, fact: Fact, at: datetime) -> str:
        """The key of a fact without number: its content, and which of the file's equal ones it is."""
        if self.source.identity:
            sv = "Källans funktion gav Said fel slags key: None hör till källor med IDENTITY = False."
            en = "The source's function gave Said the wrong kind of key: None is for sources with"
            raise BadEvent("mapping", "", sv, f"{en} IDENTITY = False.")
        told = f"{_STEM[type(fact)]}/{said.what}/{at.isoformat()}/{said.occurrence}/".encode()
        content = blake2b(told + msgspec.json.encode(fact), digest_size=16).hexdigest()
        self.seen[content] += 1
        return f"{content}-{self.seen[content]}"

    def _id(self, said: Said, subject: str, at: datetime) -> str:
        what = said.what or _STEM[type(said.fact)]
        if self.source.identity:
            return event_id(subject, what, said.occurrence)
        first = event_id(subject, what, f"{at.isoformat()}/{said.occurrence}")
        self.seen[first] += 1
        return event_id(subject, what, f"{at.isoformat()}/{said.occurrence}/{self.seen[first]}")

    def _recorded(self, said: Said, row: Row) -> datetime:
        if self.context.recorded_at is not None:
            return self.context.recorded_at
        if said.recorded is not None:
            return _instant(said.recorded)[0]
        if self.source.recorded == "export":
            return self.context.exported_at
        return (said.row or row).time(self.source.recorded).utc

    def refused(self, number: int, error: BadEvent) -> Refused:
        """A refusal with its place."""
        address = self.table.address(number, error.field)
        return Refused(self.table.file, number, error.field, address, error.reason, error.sv, error.en)

    def _placed(self, rows: list[Row], error: BadEvent) -> Refused:
        if isinstance(error, BadCell):
            return self.refused(error.number, error)
        if error.field.startswith("$"):
            number, column = self._column(rows, error)
            error = BadEvent(error.reason, column or error.field, error.sv, error.en)
            return self.refused(number, error)
        return self.refused(rows[0].number, error)

    def _column(self, rows: list[Row], error: BadEvent) -> tuple[int, str]:
        """Row and column that a refused value came from: the pure mapping runs once more, traced."""
        value = getattr(error, "value", None)
        traced = [Row(self.table, row.number, row.values, {}) for row in rows]
        with suppress(BadEvent):  # a function that fails the second time only
            self._said(traced)
        found = ((row.number, row.read[value]) for row in traced if row.read and value in row.read)
        return next(found, (rows[0].number, ""))


def _instant(at: Moment | datetime) -> tuple[datetime, tuple[str, ...]]:
    if isinstance(at, Moment):
        return at.utc, ("ambiguous_time",) if at.ambiguous else ()
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise BadEvent("bad_time", "", "Källans funktion gav en tid utan tidszon; använd row.time(…).",
                       "The source's function gave a time without zone; use row.time(…).")  # fmt: skip
    return at.astimezone(UTC), ()


class BadField(BadEvent):
    """What the codec refused in an event of ours; `value` finds its column and is never shown."""

    def __init__(self, error: BadEvent, value: Any) -> None:
        super().__init__(error.reason, error.field, error.sv, error.en)
        self.value = value


def checked(event: Event, now: datetime) -> Made:
    """The event as bytes that the hub's own decoder accepts. BadField with its reason otherwise."""
    try:
        raw = encode(event)
        admit(raw, now)
    except BadEvent as error:
        raise BadField(error, _value(event, error.field)) from error
    except TypeError as error:
        sv = "Källans funktion gav ett värde som inte kan skrivas som JSON."
        en = "The source's function gave a value that cannot be written as JSON."
        raise BadEvent("mapping", "", sv, en) from error
    return Made(event, raw)


def _value(event: Event, path: str) -> Any:
    value: Any = event
    for name in path.split(".")[1:]:
        value = getattr(value, name, None)
    return value if isinstance(value, (str, datetime, float)) else None
