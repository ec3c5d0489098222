"""The assistance cases and the staffing of the year's load (`tests/bench/year.py`). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from schemas import assistance as a
from schemas import hours as h
from schemas import staffing as s
from schemas.codes import Regi
from schemas.envelope import Fact
from tests.bench.load import pseudonym

UNITS: Final = ("assistans-ost", "assistans-vast", "utforare-c")
HALF_A_YEAR: Final = 183
SHIFTS: Final = 3
"""That cover the whole day of a case."""
ROLES: Final = {"care_worker": 60, "nurse": 12}
"""How many of each work in a unit."""

Told = tuple[str, Fact, datetime]
"""Entity, what happened to it, when."""


def cases(count: int, until: datetime, days: int) -> Iterator[Told]:
    """Every case's decisions, the last of which goes on for months, and the money of its months."""
    first = (until - timedelta(days=days)).date()
    begun_on = [until.date() - timedelta(days=62 + HALF_A_YEAR * back) for back in (2, 1, 0)]
    for number in range(count):
        key, unit = pseudonym("assistance", number), UNITS[number % len(UNITS)]
        for begun in begun_on:
            period = a.AssistanceDecided(
                from_on=begun, until_on=begun + timedelta(days=HALF_A_YEAR),
                hours=HALF_A_YEAR * 24.0 - number,
                unit=unit, regi=_regi(unit), payer="social_insurance", person=pseudonym("assisted", number),
                sex="woman" if number % 2 else "man", age_band="30-64",
            )  # fmt: skip
            yield f"assistance/{key}", period, until - (until.date() - begun) - timedelta(days=20)
        for month in _months(first, until.date()):
            booked = a.CostBooked(month=month, unit=unit, assistance=key, amount_kr=230_000.0 + number * 100)
            at = until - timedelta(minutes=number)
            yield f"account_month/{pseudonym(f'account{month}', number)}", booked, at


def shifts(count: int, day: datetime) -> Iterator[Told]:
    """A day's shifts of every case. day: its end."""
    for number in range(count):
        unit = UNITS[number % len(UNITS)]
        for nth in range(SHIFTS):
            start = day + timedelta(hours=8 * nth - 24)
            shift = h.VisitPerformed(
                start_at=start, stop_at=start + timedelta(hours=8), unit=unit, service="personal_assistance",
                regi=_regi(unit), assistance=pseudonym("assistance", number),
                person=pseudonym("assisted", number), sex="woman" if number % 2 else "man", age_band="30-64",
            )  # fmt: skip
            yield f"visit/{pseudonym(f'shift{day:%j}.{nth}', number)}", shift, start


def staff(units: tuple[str, ...], day: datetime) -> Iterator[Told]:
    """A day's staff of the units. day: its end."""
    on = day.date()
    for unit in (*units, *UNITS):
        for role, persons in ROLES.items():
            told: tuple[Fact, ...] = (
                s.TimeScheduled(unit=unit, on=on, role=role, hours=persons * 8.0, persons=persons),
                s.TimeWorked(unit=unit, on=on, role=role, hours=persons * 5.0, used_for="direct"),
                s.SickLeaveTaken(unit=unit, on=on, role=role, hours=persons * 0.5, spell="short"),
            )
            for fact in told:
                yield f"staff_day/{unit}.{role}.{on}", fact, day


def _months(first: date, until: date) -> list[date]:
    """First days of the whole months in between."""
    months, month = [], first.replace(day=1)
    while month < until:
        months.append(month)
        month = (month + timedelta(days=31)).replace(day=1)
    return months[1:-1]


def _regi(unit: str) -> Regi:
    return "contracted" if unit.startswith("utforare") else "in_house"
