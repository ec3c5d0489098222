"""How a fixture of bad input is declared: its case in domain 5.2, the door that it comes to, and its fate.

What comes as a message comes by HTTP push as well: both doors judge the same bytes by `schemas.doors.admit`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from schemas.contracts import examples
from schemas.envelope import Event, Fact
from tests.placing import tell

CODE: Final = "9999"


class Refused(NamedTuple):
    """Not taken. at: JSON path of a message's field, column of a file's; line: of the file."""

    reason: str
    at: str
    line: int = 2


class Flawed(NamedTuple):
    """Taken, and named in its row or in a view of what does not add up."""

    flaw: str


class Judged(NamedTuple):
    """Taken for what it is beside its history: the verdict over the last event."""

    verdict: str


class Watched(NamedTuple):
    """Taken; the scheduled expectation of that name warns."""

    expectation: str


class Alarmed(NamedTuple):
    """An alarm whose name begins so."""

    alarm: str


class Remarked(NamedTuple):
    """Taken, with a remark on the column."""

    column: str


class Noticed(NamedTuple):
    """Taken, with a notice about the file that says this."""

    sv: str
    en: str


class NotRead(NamedTuple):
    """The file is not opened at all; the command says this."""

    said: str


class Taken(NamedTuple):
    """Right as it is. data: what the last event holds; flaws may not appear."""

    data: dict[str, Any] = {}  # noqa: RUF012 a tuple's default is never written to


Fate = Refused | Flawed | Judged | Watched | Alarmed | Remarked | Noticed | NotRead | Taken


class Message(NamedTuple):
    """Bytes as they are pushed, or lie on a topic."""

    raw: bytes
    topic: str


class Told(NamedTuple):
    """Events that the doors let in; what they come to shows when they are folded."""

    events: tuple[Event, ...]


@dataclass(frozen=True)
class File:
    """A file for `./puls produce`: its text, or the cells of a workbook's sheet."""

    content: str | bytes | list[list[Any]]
    source: str = "besok"
    name: str = "fil.csv"
    merged: str = ""
    sheet: str = "Blad1"
    saved_at: str = "2026-11-20T08:00+00:00"


class Figures(NamedTuple):
    """A metric's total as it was in the days before, and as it is now."""

    metric: str
    before: Sequence[float]
    now: float


Door = Message | Told | File | Figures


@dataclass(frozen=True)
class Fixture:
    """One bad input. secrets: what none may tell that says why it was refused. right: how many of its first
    events are right in themselves. counts: why public figures rightly move by the rest.
    """

    case: str
    door: Door
    fate: Fate
    secrets: tuple[str, ...] = ()
    right: int = 0
    counts: str = ""


def message(
    fact: type[Fact], data: dict[str, Any] | None = None, drop: str = "", extra: dict[str, Any] | None = None,
    **envelope: Any,
) -> Message:  # fmt: skip
    """The type's first example with something else in it; drop: a field of its data that is left out; extra:
    fields beside those of the envelope.
    """
    good = examples(fact)[0]
    told = {name: value for name, value in (good["data"] | (data or {})).items() if name != drop}
    return Message(
        json.dumps(good | {"data": told} | envelope | (extra or {}), ensure_ascii=False).encode(), fact.TOPIC
    )


def told(*events: Event) -> Told:
    """Events that the doors let in."""
    return Told(events)


def placed(name: str, fact: Fact, on: str, **more: Any) -> Event:
    """The fact of an entity of our municipality, at noon of the day."""
    return tell(name, fact, on, municipality=CODE, **more)
