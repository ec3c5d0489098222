"""How a table of cases is written, so that a lawyer can read it too, and what it becomes.

A case is a paragraph:

    A report on the leap day is assessed the next morning (leap_year)
        2024-02-29 10:00 report
        2024-03-01 09:00 assessed
        at 2024-04-01: LC1 2024-02-29 10:00 to 2024-03-01 10:00 in_time

First a sentence and, in brackets, the situations that it covers; then what was told, in local Swedish time
(`b` after the minute: the second time that night) and words of the table, with days if the word takes some;
last the clocks, started and due, and their states at an instant. `2026-03-02 08:00 > 2026-03-04 08:00
report` was told with the first time and corrected to the second; `report > adult` likewise, and `report >
nothing` was taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple, get_args

from schemas.envelope import Fact
from streams.clocks import State
from tests.streams.clocking import Ran

Words = Mapping[str, Fact | Callable[..., Fact]]
SITUATIONS: Final = (
    "leap_year", "month_end", "spring_night", "autumn_night", "extended_in_time", "extended_too_late",
    "stop_before_start", "corrected_start", "old_law", "new_law",
)  # fmt: skip
_WHEN: Final = r"\d{4}-\d\d-\d\d(?: \d\d:\d\db?)?"
_HEAD: Final = re.compile(r"([A-Z0-9].*?)(?: \(([a-z_, ]+)\))?")
_TOLD: Final = re.compile(rf"({_WHEN})(?: > ({_WHEN}))? ([^>]+?)(?: > ([^>]+))?")
_ASKED: Final = re.compile(rf"at ({_WHEN}): (.+)")
_RAN: Final = re.compile(rf"(LC\w+) ({_WHEN}) to ({_WHEN}) (\w+)")


class Line(NamedTuple):
    """A fact and when it happened, and the same as it was corrected; None: taken back."""

    when: str
    fact: Fact
    then: str
    corrected: Fact | None

    @property
    def is_corrected(self) -> bool:
        return (self.when, self.fact) != (self.then, self.corrected)


class Case(NamedTuple):
    """What was told, and the clocks that ran at `now`."""

    name: str
    situations: frozenset[str]
    told: tuple[Line, ...]
    now: str
    expected: tuple[Ran, ...]


class Table(NamedTuple):
    """The cases of one clock. cannot: by situation, why the clock has no such case."""

    clock: str
    kind: str
    cases: tuple[Case, ...]
    cannot: Mapping[str, str]


def table(clock: str, words: Words, text: str, cannot: Mapping[str, str], kind: str = "case") -> Table:
    """A table from its text; ValueError names a paragraph that cannot be read."""
    paragraphs = re.split(r"\n\s*\n", text.strip("\n"))
    return Table(clock, kind, tuple(_case(each, words) for each in paragraphs), cannot)


def _case(paragraph: str, words: Words) -> Case:
    first, *lines = [line.strip() for line in paragraph.strip().splitlines()]
    head = _read(_HEAD, first)
    asked = next((n for n, line in enumerate(lines) if line.startswith("at ")), len(lines))
    now, ran = _read(_ASKED, "\n".join(lines[asked : asked + 1])).groups()
    situations = frozenset((head[2] or "").split(", ")) - {""}
    if not situations <= set(SITUATIONS):
        raise ValueError(f"no such situation: {first}")
    expected = [] if ran == "nothing" else [_ran(each) for each in (ran, *lines[asked + 1 :])]
    return Case(
        head[1], situations, tuple(_line(each, words) for each in lines[:asked]), now, tuple(expected)
    )


def _line(line: str, words: Words) -> Line:
    when, then, fact, corrected = _read(_TOLD, line).groups()
    return Line(
        when,
        _fact(fact, words),
        then or when,
        None if corrected == "nothing" else _fact(corrected or fact, words),
    )


def _fact(said: str, words: Words) -> Fact:
    word, *days = said.split()
    if word not in words:
        raise ValueError(f"cannot read: {said!r}")
    found = words[word]
    return found if isinstance(found, Fact) else found(*map(date.fromisoformat, days))


def _ran(said: str) -> Ran:
    clock, started, due, state = _read(_RAN, said).groups()
    if state not in get_args(State):
        raise ValueError(f"no such state: {said}")
    return Ran(clock, started if " " in started else f"{started} 00:00", due, state)


def _read(pattern: re.Pattern[str], line: str) -> re.Match[str]:
    found = pattern.fullmatch(line)
    if found is None:
        raise ValueError(f"cannot read: {line!r}")
    return found
