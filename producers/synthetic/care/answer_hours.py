"""The answer key's part for hours: what was granted and performed, day by day, of home care and assistance.

`by` names dimensions (unit, service, regi, age_band, sex); a cell is one text per name. Person hours count
every member of staff; client hours count an hour once, however many came (the union of a person's visits).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from producers.synthetic.care.known import CareKey, Cell, Span, cell_of, each_day, summed, told_first
from producers.synthetic.care.telling import HOUR, Told
from producers.synthetic.care.times import Times, clip, length
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas import hours as h
from schemas.calendar import later_period, period_start

By = Sequence[str]
_WEEK: Final = 7
_UNSAID: Final = {"service": "home_care", "purpose": "care", "regi": "unknown", "channel": "unknown"}


class Grant(NamedTuple):
    """A grant as it is known: decisions in the order in which they were made; ended_on None: it goes on."""

    subject: str
    decisions: list[h.HoursGranted]
    schedules: list[date]
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
    staff; doubled: of them, when there were two, and two: when that was told of a part of the visit.
    """

    subject: str
    planned: h.VisitPlanned | None
    performed: h.VisitPerformed | None
    is_cancelled: bool
    times: Times | None
    net: float
    doubled: float
    two: tuple[Times, ...] = ()

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


@lru_cache(maxsize=2)
def grants(key: CareKey) -> list[Grant]:
    """Every grant that was told of."""
    found = []
    for subject, facts in key.entities["grant"].items():
        decisions = [told.fact for told in facts if isinstance(told.fact, h.HoursGranted)]
        schedules = [told.fact.on for told in facts if isinstance(told.fact, h.GrantScheduleChanged)]
        _, ended = told_first(facts, h.GrantEnded)
        if decisions:
            found.append(Grant(subject, decisions, schedules, ended.on if ended else None))
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
    """Granted hours of the days of a span, today among them and none to come (T1)."""
    every, span = grants(key), (span[0], min(span[1], key.today + DAY))
    return summed(
        (cell_of(decision, by), hours_a_day(decision, day))
        for day in each_day(span)
        for grant in every
        if (decision := grant.on(day))
    )


@lru_cache(maxsize=2)
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
    inside = tuple(clip(two, times))
    doubled = net if staff > 1 else min(net, length(inside))
    return VisitKnown(subject, planned, performed, at is not None, times, net, doubled, inside)


def performed(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Person hours with the clients, each visit cut to the span, and hours of the reports that lie in it
    (T2).
    """
    return _joined(_by_visits(key, span, by), _reported(key, span, by, double=True))


def performed_by_start(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """The same with each visit whole on the day that it began."""
    begun = summed(
        (visit.cell(by), visit.person_hours)
        for visit in _direct(key)
        if visit.times and span[0] <= local_date(visit.times[0]) < span[1]
    )
    return _joined(begun, _reported(key, span, by, double=True))


def client_hours(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Hours in which somebody was with each client, one time however many came, and those of reports (T2)."""
    of_days = client_hours_between(key, (start_of(span[0]), start_of(span[1])), by)
    return _joined(of_days, _reported(key, span, by, double=False))


def client_hours_between(key: CareKey, limits: Times, by: By = ()) -> dict[Cell, float]:
    """The same between two instants, without reports."""
    parts: defaultdict[tuple[Cell, str, date], list[tuple[Times, float]]] = defaultdict(list)
    for visit in _direct(key):
        share = visit.net / ((visit.times[1] - visit.times[0]) / HOUR) if visit.times else 0.0
        for times in clip([visit.times] if visit.times else (), limits):
            for day, part in _by_day(times):
                parts[visit.cell(by), visit.who, day].append((part, share))
    return summed((cell, _client_time(those)) for (cell, *_), those in parts.items())


def _client_time(parts: list[tuple[Times, float]]) -> float:
    """Hours of a day: where only visits with breaks were, as much as those are long without them."""
    whole = length(times for times, share in parts if share >= 1)
    broken = [(length([times]), share) for times, share in parts if share < 1]
    beside = length(times for times, _ in parts) - whole
    left = (
        sum(hours * share for hours, share in broken) / sum(hours for hours, _ in broken) if broken else 0.0
    )
    return whole + beside * left


def coverage(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Planned visits of days before today, not cancelled, that have a start and a stop (H2)."""
    found: defaultdict[Cell, list[bool]] = defaultdict(list)
    for visit in visits(key):
        if visit.planned is None or (visit.is_cancelled and visit.performed is None):
            continue
        begun = visit.performed.start_at if visit.performed else visit.planned.start_at
        if span[0] <= local_date(begun) < min(span[1], key.today):
            found[visit.cell(by)].append(visit.performed is not None and visit.performed.stop_at is not None)
    return {cell: sum(told) / len(told) for cell, told in found.items()}


def _by_visits(key: CareKey, span: Span, by: By) -> dict[Cell, float]:
    return summed(
        (visit.cell(by), visit.person_hours * _share(visit.times, span))
        for visit in _direct(key)
        if visit.times
    )


def _reported(key: CareKey, span: Span, by: By, double: bool) -> dict[Cell, float]:
    """Hours of reports whose period lies within a span of at least a whole month. double: those with two
    count twice.
    """
    first = span[0] if span[0].day == 1 else later_period("month", span[0])
    if later_period("month", first) > span[1]:
        return {}
    return summed(
        (cell_of(fact, by), fact.hours + (fact.double_hours if double else 0.0))
        for told, fact in key.of(h.HoursReported)
        if span[0] <= fact.from_on and fact.until_on <= span[1] and told.flaw != "hours_over_24_a_day"
    )


def _joined(*parts: dict[Cell, float]) -> dict[Cell, float]:
    return summed(pair for part in parts for pair in part.items())


def _direct(key: CareKey) -> Iterator[VisitKnown]:
    return (visit for visit in visits(key) if visit.performed and visit.performed.kind == "direct")


def _share(times: Times, span: Span) -> float:
    return length(clip([times], (start_of(span[0]), start_of(span[1])))) / ((times[1] - times[0]) / HOUR)


def _by_day(times: Times) -> Iterator[tuple[date, Times]]:
    """The parts of it by local day."""
    day = local_date(times[0])
    while start_of(day) < times[1]:
        for part in clip([times], (start_of(day), start_of(day + DAY))):
            yield day, part
        day += DAY
