"""The answer key's part for doses and alarms: outcomes, adherence with its bounds, time until contact.

`by` names dimensions of the home's device; a cell is one text per name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from statistics import median
from typing import Final, NamedTuple

from producers.synthetic.care.answer_devices import By, lives
from producers.synthetic.care.known import CareKey, Cell, Span, counted, told_first
from producers.synthetic.care.telling import MINUTE
from producers.synthetic.workdays import local_date, start_of
from schemas import devices as d

DAY: Final = timedelta(hours=24)
REACHED: Final = ("phone", "home_visit")


class DoseKnown(NamedTuple):
    """A dose that was due. outcome: taken, late, missed or unknown; taken_at as told."""

    device: str
    due_at: datetime
    window_until: datetime
    outcome: str
    taken_at: datetime | None
    reason: str


class AlarmKnown(NamedTuple):
    """An alarm that went off. how: '' while nobody has handled it."""

    about: d.AlarmRaised
    raised_at: datetime
    acknowledged_at: datetime | None
    handled_at: datetime | None
    how: str

    @property
    def minutes(self) -> float | None:
        """Minutes until the person was reached; None: nobody was, or before it went off."""
        if self.handled_at is None or self.how not in REACHED or self.handled_at < self.raised_at:
            return None
        return (self.handled_at - self.raised_at) / MINUTE

    def is_open(self, at: datetime) -> bool:
        """Whether it waits at an instant."""
        return self.raised_at <= at and (self.handled_at is None or max(self.handled_at, self.raised_at) > at)


class Adherence(NamedTuple):
    """Counts behind D2m. known: with an outcome."""

    due: int
    known: int
    taken: int

    @property
    def value(self) -> float:
        """Taken in the window ÷ due with a known outcome."""
        return self.taken / self.known

    @property
    def coverage(self) -> float:
        """Known ÷ due."""
        return self.known / self.due

    @property
    def bounds(self) -> tuple[float, float]:
        """If all that is unknown was not taken, and if all was."""
        return self.taken / self.due, (self.taken + self.due - self.known) / self.due


@lru_cache(maxsize=2)
def doses(key: CareKey) -> list[DoseKnown]:
    """Every dose that was due, judged by what was told of it."""
    found = []
    for facts in key.entities["dose"].values():
        _, due = told_first(facts, d.DoseDue)
        taken, _ = told_first(facts, d.DoseTaken)
        _, missed = told_first(facts, d.DoseMissed)
        if due is not None:
            until, outcome = (
                due.due_at + due.window_minutes * MINUTE,
                _outcome(due, taken, missed is not None),
            )
            reason = missed.reason if missed else ""
            found.append(DoseKnown(due.device or "", due.due_at, until, outcome, taken, reason))
    return found


def _outcome(due: d.DoseDue, taken: datetime | None, missed: bool) -> str:
    if taken is None:
        return "missed" if missed else "unknown"
    if missed or taken < due.due_at:
        return "unknown"  # what contradicts itself
    return "taken" if taken <= due.due_at + due.window_minutes * MINUTE else "late"


def _closed(key: CareKey, span: Span) -> Iterator[DoseKnown]:
    """Doses that fell due in the span and whose window had closed when today began."""
    begun = start_of(key.today)
    return (
        dose
        for dose in doses(key)
        if span[0] <= local_date(dose.due_at) < span[1] and dose.window_until <= begun
    )


def adherence(key: CareKey, span: Span, by: By = ()) -> dict[Cell, Adherence]:
    """How many were taken in their window, of those that fell due in the span (D2m)."""
    homes = {life.device: life for life in lives(key)}
    found: dict[Cell, list[str]] = {}
    for dose in _closed(key, span):
        found.setdefault(homes[dose.device].cell(by), []).append(dose.outcome)
    return {cell: _adherence(outcomes) for cell, outcomes in found.items()}


def adherence_last_day(key: CareKey, at: datetime) -> Adherence:
    """The same of the doses whose window closed in the 24 hours before an instant, as known then."""
    return _adherence(list(_last_day(key, at)))


def doses_last_day(key: CareKey, at: datetime) -> dict[Cell, int]:
    """How many they were, by outcome."""
    return counted((outcome,) for outcome in _last_day(key, at))


def _last_day(key: CareKey, at: datetime) -> Iterator[str]:
    for dose in doses(key):
        if at - DAY < dose.window_until <= at:
            still_out = dose.outcome == "late" and dose.taken_at is not None and dose.taken_at > at
            yield "unknown" if still_out else dose.outcome


def _adherence(outcomes: list[str]) -> Adherence:
    known = [outcome for outcome in outcomes if outcome != "unknown"]
    return Adherence(len(outcomes), len(known), known.count("taken"))


def doses_due(key: CareKey, span: Span, of: str = "outcome") -> dict[Cell, int]:
    """Doses by outcome, or by reason for those that were missed."""
    if of == "outcome":
        return counted((dose.outcome,) for dose in _closed(key, span))
    return counted(
        ("not_missed" if dose.outcome != "missed" else dose.reason or "unknown",)
        for dose in _closed(key, span)
    )


@lru_cache(maxsize=2)
def alarms(key: CareKey) -> list[AlarmKnown]:
    """Every alarm that went off."""
    found = []
    for facts in key.entities["alarm"].values():
        raised_at, about = told_first(facts, d.AlarmRaised)
        taken_on, _ = told_first(facts, d.AlarmAcknowledged)
        handled, how = told_first(facts, d.AlarmHandled)
        if raised_at and about:
            found.append(AlarmKnown(about, raised_at, taken_on, handled, how.how if how else ""))
    return found


def _of_days(key: CareKey, span: Span) -> list[AlarmKnown]:
    until = min(span[1], key.today)
    return [alarm for alarm in alarms(key) if span[0] <= local_date(alarm.raised_at) < until]


def alarms_per_1000_doses(key: CareKey, span: Span) -> float:
    """Alarms of the span per 1,000 doses that fell due in it (D3m)."""
    return 1000 * len(_of_days(key, span)) / len(list(_closed(key, span)))


def response_minutes(key: CareKey, span: Span) -> list[float]:
    """Minutes until contact of the alarms of a span, in rising order (D4m)."""
    return sorted(alarm.minutes for alarm in _of_days(key, span) if alarm.minutes is not None)


def response_by_channel(key: CareKey, span: Span) -> dict[Cell, float]:
    """The median of them by telephone and by visit."""
    found: dict[Cell, list[float]] = {}
    for alarm in _of_days(key, span):
        if alarm.minutes is not None:
            found.setdefault((alarm.how,), []).append(alarm.minutes)
    return {cell: median(minutes) for cell, minutes in found.items()}


def reached_in_time(key: CareKey, span: Span, minutes: int) -> float:
    """Share of alarms that led to contact within so many minutes; who still waits was not in time (D4m)."""
    judged = [
        alarm.minutes is not None and alarm.minutes <= minutes
        for alarm in _of_days(key, span)
        if alarm.minutes is not None
        or (alarm.handled_at is None and alarm.raised_at + minutes * MINUTE <= start_of(key.today))
    ]
    return sum(judged) / len(judged)


def open_alarms(key: CareKey, at: datetime, over_minutes: int | None = None) -> int:
    """Alarms that wait at an instant; only those that went off longer ago."""
    waited = timedelta() if over_minutes is None else over_minutes * MINUTE
    return sum(
        alarm.is_open(at) and (over_minutes is None or alarm.raised_at + waited < at) for alarm in alarms(key)
    )
