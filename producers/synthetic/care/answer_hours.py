"""The answer key's part for hours: what was granted and performed, day by day, of home care and assistance.

`by` names dimensions (unit, service, regi, age_band, sex); a cell is one text per name. Person hours count
every member of staff; client hours count an hour once, however many came (the union of a person's visits).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from producers.synthetic.care.known import CareKey, Cell, Span, each_day, summed, told_first
from producers.synthetic.care.telling import HOUR, Told
from producers.synthetic.workdays import start_of
from schemas import hours as h
from schemas.calendar import later_period, period_start

By = Sequence[str]
Times = tuple[datetime, datetime]
_WEEK: Final = 7
_UNSAID: Final = {"service": "home_care", "purpose": "care", "regi": "unknown", "channel": "on_site"}


class Grant(NamedTuple):
    """A grant as it is known: decisions in the order in which they were made; ended_on None: it goes on."""

    decisions: list[h.HoursGranted]
    ended_on: date | None

    def on(self, day: date) -> h.HoursGranted | None:
        """The decision that holds on a day: of those that have begun the one decided last."""
        begun = [decision for decision in self.decisions if decision.from_on <= day]
        if not begun or (self.ended_on is not None and day >= self.ended_on):
            return None
        last = begun[-1]
        return last if last.until_on is None or day < last.until_on else None


class VisitKnown(NamedTuple):
    """A visit as it is known. times None: nobody came, or its hours cannot be. net: hours of one member of
    staff; doubled: of them, when there were two.
    """

    subject: str
    planned: h.VisitPlanned | None
    performed: h.VisitPerformed | None
    is_cancelled: bool
    times: Times | None
    net: float
    doubled: float

    @property
    def who(self) -> str:
        """The person, else the visit itself."""
        return self.text("person") or self.subject

    @property
    def person_hours(self) -> float:
        """Hours of all who came."""
        return self.net + self.doubled

    def text(self, name: str) -> str:
        """What is said of it: what was performed, else what was planned."""
        told = (getattr(fact, name, None) for fact in (self.performed, self.planned))
        return next((str(said) for said in told if said not in (None, "unknown")), _UNSAID.get(name, ""))

    def cell(self, by: By) -> Cell:
        """The texts of the named dimensions."""
        return tuple(self.text(name) for name in by)


def grants(key: CareKey) -> list[Grant]:
    """Every grant that was told of."""
    found = []
    for facts in key.entities["grant"].values():
        decisions = [told.fact for told in facts if isinstance(told.fact, h.HoursGranted)]
        _, ended = told_first(facts, h.GrantEnded)
        if decisions:
            found.append(Grant(decisions, ended.on if ended else None))
    return found


def hours_a_day(decision: h.HoursGranted, day: date) -> float:
    """Hours of a day: of a week a seventh, of a month its part of the days of that month."""
    if decision.per == "day":
        return decision.hours
    if decision.per == "week":
        return decision.hours / _WEEK
    month = period_start("month", day)
    return decision.hours / (later_period("month", month) - month).days


def granted(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Granted hours of the days of a span (T1)."""
    every = grants(key)
    return summed(
        (_cell(decision, by), hours_a_day(decision, day))
        for day in each_day(span)
        for grant in every
        if (decision := grant.on(day))
    )


def visits(key: CareKey) -> list[VisitKnown]:
    """Every visit and shift that was told of."""
    return [_visit(subject, facts) for subject, facts in key.entities["visit"].items()]


def _visit(subject: str, facts: list[Told]) -> VisitKnown:
    _, planned = told_first(facts, h.VisitPlanned)
    _, performed = told_first(facts, h.VisitPerformed)
    at, _ = told_first(facts, h.VisitCancelled)
    counts = all(told.counts for told in facts if told.fact is performed)
    times = (performed.start_at, performed.stop_at) if performed and performed.stop_at and counts else None
    if performed is None or times is None:
        return VisitKnown(subject, planned, performed, at is not None, None, 0.0, 0.0)
    gross = (times[1] - times[0]) / HOUR
    net = gross if performed.net_minutes is None else min(gross, performed.net_minutes / 60)
    two = [(f.start_at, f.stop_at) for t in facts if isinstance(f := t.fact, h.VisitDoubleStaffed)]
    staff = performed.staff_count or len(performed.staff) or (planned.staff_count if planned else 1)
    doubled = net if staff > 1 else min(net, length(_clip(two, times)))
    return VisitKnown(subject, planned, performed, at is not None, times, net, doubled)


def performed(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Person hours with the clients, each visit cut to the span (T2); reports are not among them."""
    return summed(
        (visit.cell(by), visit.person_hours * _share(visit.times, span))
        for visit in _direct(key)
        if visit.times
    )


def client_hours(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Hours in which somebody was with each client (T2)."""
    limits = start_of(span[0]), start_of(span[1])
    of_client: defaultdict[tuple[Cell, str], list[Times]] = defaultdict(list)
    for visit in _direct(key):
        if visit.times:
            of_client[visit.cell(by), visit.who].append(visit.times)
    return summed((cell, length(_clip(times, limits))) for (cell, _), times in of_client.items())


def reported(key: CareKey, span: Span, by: By = (), double: bool = True) -> dict[Cell, float]:
    """Hours of reports whose period lies within the span. double: those with two count twice."""
    return summed(
        (_cell(fact, by), fact.hours + (fact.double_hours if double else 0.0))
        for told, fact in key.of(h.HoursReported)
        if span[0] <= fact.from_on and fact.until_on <= span[1] and told.flaw != "hours_over_24_a_day"
    )


def _direct(key: CareKey) -> Iterator[VisitKnown]:
    return (visit for visit in visits(key) if visit.performed and visit.performed.kind == "direct")


def _share(times: Times, span: Span) -> float:
    return length(_clip([times], (start_of(span[0]), start_of(span[1])))) / ((times[1] - times[0]) / HOUR)


def _clip(times: Iterable[Times], limits: Times) -> list[Times]:
    cut = ((max(start, limits[0]), min(stop, limits[1])) for start, stop in times)
    return [(start, stop) for start, stop in cut if start < stop]


def length(times: Iterable[Times]) -> float:
    """Hours that the times cover together: what lies over each other counts once."""
    total, covered = timedelta(), None
    for start, stop in sorted(times):
        first = start if covered is None or start > covered else covered
        total += max(timedelta(), stop - first)
        covered = stop if covered is None else max(covered, stop)
    return total / HOUR


def _cell(fact: Any, by: By) -> Cell:
    return tuple(str(getattr(fact, name)) for name in by)
