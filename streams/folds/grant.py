"""The life of a grant of hours (beviljade timmar): decided, decided anew, ended. Pure.

A later decision replaces the earlier from its first day on. Days are half-open local calendar days.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from schemas import hours as h
from streams.folds.days import STILL_DAY, columns, day_number
from streams.folds.decisions import Decided, decision_day, filled, has_early_schedule, laid, shortened
from streams.history import Living

MOST_A_DAY: Final = {"day": 24.0, "week": 24.0 * 7, "month": 24.0 * 31}
"""Hours of one member of staff that a day, a week and a month hold."""


class GrantRow(NamedTuple):
    """Columns of table `grants` after the key; `__` stands for the dot of an array. Days are counted since
    1970; what does not change with a decision is as decided last.
    """

    person: str
    sex: str
    age_band: str
    law: str
    end_on: int | None
    end_reason: str
    steps__from_on: list[int]
    steps__until_on: list[int]
    steps__hours: list[float]
    steps__per: list[str]
    steps__decided_on: list[int]
    steps__unit: list[str]
    steps__service: list[str]
    steps__regi: list[str]
    decisions__on: list[int]
    decisions__from_on: list[int]
    schedules__on: list[int]
    flaws: list[str]


_Step = tuple[float, str, int, str, str, str]


class _Grant:
    """A grant while its facts are told in order."""

    __slots__ = ("about", "decided", "decisions", "ended", "flaws", "schedules")

    def __init__(self) -> None:
        self.about: h.HoursGranted | None = None
        self.ended: h.GrantEnded | None = None
        self.decided: list[Decided[_Step]] = []
        self.decisions: list[tuple[int, int]] = []
        self.schedules: list[int] = []
        self.flaws: set[str] = set()


def fold(facts: Sequence[Living]) -> GrantRow:
    """The row of a grant from its living facts in order. An empty history gives an empty row (void)."""
    it = _Grant()
    for living in facts:
        it.flaws.update(living.flaws)
        _tell(it, living)
    if facts:
        _judge(it)
    return _row(it)


def _tell(it: _Grant, living: Living) -> None:
    fact = living.fact
    if isinstance(fact, h.GrantEnded):
        it.ended = fact
    elif it.ended is not None and it.about is not None:
        it.flaws.add("event_after_end")
    elif isinstance(fact, h.HoursGranted):
        _granted(it, living.occurred_at, fact)
    elif isinstance(fact, h.GrantScheduleChanged):
        it.schedules.append(day_number(fact.on))


def _granted(it: _Grant, at: int, fact: h.HoursGranted) -> None:
    first = day_number(fact.from_on)
    until = STILL_DAY if fact.until_on is None else day_number(fact.until_on)
    on = decision_day(at, fact.decided_on)
    it.about = fact = filled(fact, it.about, ("person", "sex", "age_band", "law", "regi"))
    it.decisions.append((on, first))
    if until <= first:
        it.flaws.add("last_before_first")
        return
    if fact.hours > MOST_A_DAY[fact.per]:
        it.flaws.add("hours_over_24_a_day")
    step = (fact.hours, fact.per, on, fact.unit, fact.service, fact.regi)
    it.decided = laid(it.decided, Decided(first, until, step))


def _judge(it: _Grant) -> None:
    if it.about is None:
        it.flaws.add("never_granted")
    elif it.ended is not None and it.decided and day_number(it.ended.on) < it.decided[0].from_on:
        it.flaws.add("ended_before_start_day")
    if has_early_schedule(it.decisions, it.schedules):
        it.flaws.add("schedule_before_decision")


def _row(it: _Grant) -> GrantRow:
    about, ended = it.about, it.ended
    kept = shortened(it.decided, day_number(ended.on)) if ended else it.decided
    return GrantRow._make((
        about.person or "" if about else "",
        about.sex if about else "unknown",
        about.age_band if about else "unknown",
        about.law if about else "other",
        day_number(ended.on) if ended else None,
        ended.reason if ended else "",
        *columns([(one.from_on, one.until_on, *one.said) for one in kept], 8),
        *columns(sorted(it.decisions), 2),
        sorted(it.schedules),
        sorted(it.flaws),
    ))  # fmt: skip
