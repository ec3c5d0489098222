"""The shifts of a case's assistants as they truly went, and how they get told; before that, and of the
contracted unit, the hours of a month as one report.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import ceil
from random import Random
from typing import Final, NamedTuple

from msgspec.structs import replace

from producers.synthetic.care.assistance import MONTHLY_UNIT, Case, cases, period_on
from producers.synthetic.care.model import CHANCES, SHIFTS, begins
from producers.synthetic.care.telling import HOUR, Told, clock, dice, recorded, secret, staff, subject
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY
from schemas import hours as h
from schemas.calendar import days, later_period

TEAM: Final = 6
WEEKDAYS_ONLY: Final = 3.0  # hours a day; who has fewer has them from Monday to Friday
SCHEDULED_DAYS: Final = 7  # a shift is planned so many days ahead
SERVICE: Final = "personal_assistance"


class Shift(NamedTuple):
    """A shift as planned and as it went. times None: nobody worked it. doubled: when there were two."""

    key: str
    staff: str
    planned: tuple[datetime, datetime]
    times: tuple[datetime, datetime] | None
    doubled: tuple[datetime, datetime] | None

    @property
    def hours(self) -> float:
        """Hours of all assistants."""
        spans = [span for span in (self.times, self.doubled) if span]
        return sum((stop - start) / HOUR for start, stop in spans) if self.times else 0.0


def shifts_of(town: Town, case: Case, day: date) -> list[Shift]:
    """The shifts of a case that begin on a day, in order."""
    with_client = _hours_with_client(town, case, day)
    if with_client <= 0:
        return []
    rng = dice(town, "shifts", case.key, day)
    many = ceil(with_client / SHIFTS["longest_hours"])
    begins_at = 60 * (7.0 if many > 1 else 9 - 2 * (case.number % 2))
    length = timedelta(seconds=int(3600 * with_client / many))
    first = clock(day, begins_at)
    found = []
    for number in range(many):
        planned = first + number * length, first + (number + 1) * length
        found.append(_shift(town, rng, case, f"{case.key}/{day}/{number}", planned))
    return found


def _hours_with_client(town: Town, case: Case, day: date) -> float:
    period = period_on(town, case, day) if case.goes_on(day) else None
    if period is None:
        return 0.0
    hours = min(24.0, period.a_day * case.used / (1 + case.double))
    if hours >= WEEKDAYS_ONLY:
        return hours
    return hours * 7 / 5 if day.weekday() < 5 else 0.0


def _shift(town: Town, rng: Random, case: Case, name: str, planned: tuple[datetime, datetime]) -> Shift:
    start, stop = (at + timedelta(seconds=int(60 * rng.gauss(0, 4))) for at in planned)
    doubled = None
    if case.double:
        start_two = start + (stop - start) * 0.2
        doubled = start_two, start_two + (stop - start) * case.double
    came = rng.random() >= SHIFTS["not_done"]
    who = staff(town, f"{case.key}/{rng.randrange(TEAM)}")
    return Shift(
        secret(town, "visit", f"shift/{name}"), who, planned, (start, stop) if came else None, doubled
    )


@lru_cache(maxsize=20_000)
def month_hours(town: Town, case: Case, month: date) -> tuple[float, float]:
    """Hours that the assistants worked in a month, and those of them when they were two: by the shifts that
    began in it, where any are told of.
    """
    of_month = days(month, later_period("month", month))
    if is_monthly(town, case, month):
        whole = sum(_hours_with_client(town, case, day) for day in of_month) * (1 - SHIFTS["not_done"])
        return whole * (1 + case.double), whole * case.double
    shifts = [shift for day in of_month for shift in shifts_of(town, case, day)]
    worked = sum(shift.hours for shift in shifts)
    return worked, worked - sum((s.times[1] - s.times[0]) / HOUR for s in shifts if s.times)


def is_monthly(town: Town, case: Case, month: date) -> bool:
    """Whether the case's hours of that month are told as one report."""
    return case.unit == MONTHLY_UNIT or month < begins(town, "shifts")


def shifts_day(town: Town, day: date) -> Iterator[Told]:
    """The plan that is made on a local day for a week later, and what then becomes of it."""
    on = day + SCHEDULED_DAYS * DAY
    if on < begins(town, "shifts"):
        return
    for case in cases(town):
        if case.unit != MONTHLY_UNIT:
            rng = dice(town, "shifts told", case.key, on)
            for shift in shifts_of(town, case, on):
                yield _planned(case, shift, clock(day, rng.uniform(9 * 60, 16 * 60)))
                if shift.times:
                    yield from _performed(rng, case, shift)


def _planned(case: Case, shift: Shift, at: datetime) -> Told:
    start, stop = shift.planned
    fact = h.VisitPlanned(
        start_at=start, stop_at=stop, unit=case.unit, service=SERVICE, regi=case.regi, person=case.person,
        assistance=case.key,
    )  # fmt: skip
    return Told(subject("visit", shift.key), "", at, at, fact)


def _performed(rng: Random, case: Case, shift: Shift) -> Iterator[Told]:
    assert shift.times
    start, stop = shift.times
    fact = h.VisitPerformed(
        start_at=start, stop_at=stop, unit=case.unit, service=SERVICE, regi=case.regi, staff=(shift.staff,),
        channel="on_site", person=case.person, sex=case.sex, age_band=case.age_band, assistance=case.key,
    )  # fmt: skip
    told = recorded(rng, stop, 25, SHIFTS.get(f"late_{case.unit}", SHIFTS["late"]))
    right = Told(subject("visit", shift.key), "", stop, told, fact)
    if rng.random() < SHIFTS.get(f"stop_missing_{case.unit}", SHIFTS["stop_missing"]):
        yield right._replace(fact=replace(fact, stop_at=None), flaw="stop_missing", counts=False)
        if rng.random() >= SHIFTS["stop_mended"]:
            return
        right = right._replace(recorded=told + HOUR * rng.uniform(6, 120), reason="wrong_time")
    yield right
    if shift.doubled:
        two = h.VisitDoubleStaffed(start_at=shift.doubled[0], stop_at=shift.doubled[1])
        yield Told(right.subject, "", stop, right.recorded, two)


def reports_month(town: Town, month: date) -> Iterator[Told]:
    """Reports of a month's hours, some days into the next: of the contracted unit always, of the others until
    shifts are told of.
    """
    for case in cases(town):
        hours, double = month_hours(town, case, month)
        if is_monthly(town, case, month) and hours:
            yield from _report(town, case, month, round(hours - double, 1), round(double, 1))


def _report(town: Town, case: Case, month: date, hours: float, double: float) -> Iterator[Told]:
    rng = dice(town, case.key, "report", month)
    until = later_period("month", month)
    if rng.random() < CHANCES["report_missing"] and case.unit == MONTHLY_UNIT:
        return
    fact = h.HoursReported(
        from_on=month, until_on=until, hours=hours, double_hours=double, unit=case.unit, service=SERVICE,
        regi=case.regi, person=case.person, sex=case.sex, age_band=case.age_band, assistance=case.key,
    )  # fmt: skip
    at = clock(until, 60 * 24 * rng.uniform(2.3, 8.7))
    yield Told(subject("hours_report", secret(town, "hours_report", f"{case.key}/{month}")), "", at, at, fact)
