"""Legal clocks as data: what starts and stops each, how long it runs, and which law says so.

The clocks of the law stand in `streams/clocks.toml`, one entry each and a new one whenever the law changes;
a municipality's own service targets in its settings, in the same form. `streams/clocks.py` runs them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from schemas.envelope import TYPE_PREFIX, Fact
from schemas.errors import Misconfigured
from schemas.registry import BY_TYPE

FILE: Final = Path(__file__).parents[1] / "streams" / "clocks.toml"
Kind = Literal["case", "placement", "assistance", "report"]


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a clock may run: calendar time from its start, the end of a quarter, or a time that its start
    tells in a field.

    at_once: the statute says *genast*; the rest is the threshold that we work with, not the law's.
    then: what is added when the time has run, as "by the end of the next calendar year".
    """

    hours: int = 0
    days: int = 0
    weeks: int = 0
    months: int = 0
    years: int = 0
    at_once: bool = False
    then: Literal["", "end_of_quarter", "end_of_next_year"] = ""
    field: str = ""


class Mark(Struct, frozen=True, forbid_unknown_fields=True):
    """An event that does something to a clock.

    event: its type without prefix and version, as `case.decided`. where: values of its fields, each one of
    several; what the event does not say itself is what the history said last. at: the field that tells when,
    where that is not the event's own time.
    """

    event: str
    where: dict[str, tuple[str | bool, ...]] = {}
    at: str = ""

    @property
    def fact(self) -> type[Fact]:
        """The event type, of its newest version."""
        return _facts()[self.event]


class Clock(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One clock by one law.

    id: of domain 9, `LC3`; part: a letter where one id has several. start, stop: what starts and ends it in
    time or late; end: after which it no longer runs, and was never late if it had time left; extend: what
    moves its last day, in `until`. each: a start while it runs is another clock. oldest: a stop ends one
    clock, the oldest, else all. recurs: its stop may have happened before its start, as a service that is
    interrupted has begun. pairs: the field that a stop shares with its start. repeats: each stop starts
    it again, with limit `next` if there is one. inside, outside: events between which a start counts, or does
    not. unbroken: the field that tells a month, of which the next in a row goes on with the clock.
    delayed: events that tell, in `reason`, why it waits. about: the field that says what it is of.
    starts_from: the first start that counts, where it is later than the law came into force.
    own: not a law but a target that the municipality has set.
    """

    id: str
    part: str = ""
    name: str
    statute: str
    section: str
    kind: Kind = "case"
    start: tuple[Mark, ...]
    stop: tuple[Mark, ...]
    end: tuple[Mark, ...] = ()
    extend: tuple[Mark, ...] = ()
    until: str = ""
    limit: Limit
    next: Limit | None = None
    each: bool = False
    oldest: bool = False
    recurs: bool = False
    pairs: str = ""
    repeats: bool = False
    inside: tuple[tuple[Mark, ...], tuple[Mark, ...]] | None = None
    outside: tuple[tuple[Mark, ...], tuple[Mark, ...]] | None = None
    unbroken: str = ""
    delayed: tuple[Mark, ...] = ()
    about: str = ""
    extension: str = ""
    exceptions: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    valid_from: date
    valid_until: date | None = None
    starts_from: date | None = None
    confirmed: bool = False
    note: str = ""
    own: bool = False

    @property
    def code(self) -> str:
        """What figures call it: `LC3`, `LC13a`."""
        return self.id + self.part

    def holds_on(self, day: date) -> bool:
        """Whether a clock that starts on this day runs by this entry."""
        first = self.starts_from or self.valid_from
        return first <= day and (self.valid_until is None or day < self.valid_until)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every event that it looks at."""
        stretches = [marks for pair in (self.inside, self.outside) if pair for marks in pair]
        own = (self.start, self.stop, self.end, self.extend, self.delayed)
        return tuple(mark for marks in (*own, *stretches) for mark in marks)


@cache
def law() -> tuple[Clock, ...]:
    """Every clock of the law, in the file's order. Misconfigured names every fault."""
    return read(FILE.name, tomllib.loads(FILE.read_text(encoding="utf-8")).get("clock", []))


def read(name: str, entries: list[dict[str, Any]]) -> tuple[Clock, ...]:
    """Clocks of a TOML array of tables; Misconfigured names the file and every fault."""
    found: list[Clock] = []
    faults: list[str] = []
    for number, entry in enumerate(entries, 1):
        try:
            clock = msgspec.convert(entry, Clock)
        except msgspec.ValidationError as error:
            faults.append(f"clock {entry.get('id', number)}: {error}")
            continue
        faults += [f"clock {clock.code} from {clock.valid_from}: {fault}" for fault in _faults(clock)]
        found.append(clock)
    faults += list(_overlaps(found))
    if faults:
        raise Misconfigured(f"{name}: " + "; ".join(faults))
    return tuple(found)


def _faults(clock: Clock) -> Iterator[str]:
    for mark in clock.marks:
        if mark.event not in _facts():
            yield f"no event is called {mark.event}"
        else:
            known = _fields(clock.kind)
            yield from (f"no event of a {clock.kind} has a field {f}" for f in mark.where if f not in known)
            if mark.at and mark.at not in mark.fact.__struct_fields__:
                yield f"{mark.event} has no field {mark.at}"
            if clock.kind != mark.fact.KIND:
                yield f"{mark.event} is no event of a {clock.kind}"
    if bool(clock.extend) is not bool(clock.until):
        yield "extend and until belong together"
    if clock.limit == Limit():
        yield "limit is empty"
    yield from (
        f"{key} is empty" for key in ("name", "statute", "section") if not getattr(clock, key).strip()
    )


def _overlaps(clocks: list[Clock]) -> Iterator[str]:
    """No day may have two entries of one clock."""
    for number, one in enumerate(clocks):
        for other in clocks[number + 1 :]:
            if one.code == other.code and (one.holds_on(other.valid_from) or other.holds_on(one.valid_from)):
                yield f"clock {one.code}: entries from {one.valid_from} and {other.valid_from} overlap"


@cache
def _facts() -> dict[str, type[Fact]]:
    """Event types by their name without prefix and version; the newest version of each."""
    return {name.removeprefix(TYPE_PREFIX).rpartition(".")[0]: fact for name, fact in BY_TYPE.items()}


@cache
def _fields(kind: str) -> frozenset[str]:
    return frozenset(
        field for fact in BY_TYPE.values() if kind == fact.KIND for field in fact.__struct_fields__
    )
