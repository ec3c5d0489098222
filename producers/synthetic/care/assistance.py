"""Mittköping's cases of personal assistance: whose, where, which periods were decided with how many hours.
Nothing is told here.

Their number is given, so that it holds; the case whose hours are refused by mistake is the first one.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import exp
from random import Random
from typing import Final, NamedTuple, cast

from producers.synthetic.care.model import ASSISTANCE, MONEY, RAISED_BY, begins, rate_on
from producers.synthetic.care.telling import dice, secret
from producers.synthetic.generator import Town
from producers.synthetic.life import pick
from producers.synthetic.workdays import local_date
from schemas.calendar import later_period, period_start
from schemas.codes import AgeBand, Payer, Regi, Sex

LEAST_CASES: Final = 3
PERIOD_MONTHS: Final = 6
MONTHLY_UNIT: Final = "utforare-c"
REFUSED: Final = 0  # the case whose next period is decided with no hours by mistake
RAISED: Final = 1  # the case that was granted the raised hourly rate
TOO_LONG: Final = 2  # the case with a period that is typed in as eight months and mended


class Period(NamedTuple):
    """A decided half-year, the first one shorter. schedule_on: when staffing follows, where hours changed."""

    number: int
    from_on: date
    until_on: date
    hours: float
    decided_on: date
    schedule_on: date | None

    @property
    def a_day(self) -> float:
        """Hours of a day."""
        return self.hours / (self.until_on - self.from_on).days


class Case(NamedTuple):
    """A case; it goes on during the days [from_on, until_on), None: for ever. double: share of its hours with
    two assistants. cost_factor: dear and cheap cases.
    """

    number: int
    key: str
    person: str
    sex: Sex
    age_band: AgeBand
    unit: str
    payer: Payer
    a_week: float
    used: float
    double: float
    cost_factor: float
    offset: int
    from_on: date
    until_on: date | None
    end_reason: str

    @property
    def regi(self) -> Regi:
        """Who has it."""
        return regi_of(self.unit)

    def goes_on(self, day: date) -> bool:
        """Whether it does on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def raised_from(self, town: Town) -> date | None:
        """From when it has the raised hourly rate."""
        if self.number != RAISED:
            return None
        return later_period("month", period_start("month", local_date(town.anchor)), -7)

    def rate_kr(self, town: Town, month: date) -> float:
        """Kronor for an hour of it in a month."""
        raised = self.raised_from(town)
        return round(rate_on(month) * RAISED_BY, 2) if raised and month >= raised else rate_on(month)


def regi_of(unit: str) -> Regi:
    """Who runs a unit of assistance."""
    return "contracted" if unit == MONTHLY_UNIT else "in_house"


@lru_cache(maxsize=4)
def cases(town: Town) -> tuple[Case, ...]:
    """All of them, those that have ended last."""
    going_on = max(LEAST_CASES, round(ASSISTANCE["cases"] * town.size))
    ended = round(going_on * ASSISTANCE["ended"])
    return tuple(_case(town, number, number >= going_on) for number in range(going_on + ended))


def _case(town: Town, number: int, has_ended: bool) -> Case:
    rng = dice(town, "assistance", number)
    first, this_month = begins(town, "assistance"), period_start("month", local_date(town.anchor))
    months = (this_month.year - first.year) * 12 + this_month.month - first.month
    special = number in (REFUSED, RAISED, TOO_LONG)
    begun = 0 if special or rng.random() < 0.8 else rng.randrange(max(1, months - 2))
    until = later_period("month", first, rng.randrange(begun + 1, max(begun + 2, months - 1)))
    unit = "assistans-ost" if special else pick(rng, ASSISTANCE["units"])
    dear = rng.random() < MONEY["heavy"]
    sex: Sex = "woman" if rng.random() < ASSISTANCE["women"] else "man"
    return Case(
        number, secret(town, "assistance", number), secret(town, "person", f"assistance/{number}"), sex,
        cast(AgeBand, pick(rng, ASSISTANCE["ages"])), unit,
        "social_insurance" if special else cast(Payer, pick(rng, ASSISTANCE["payers"])),
        min(168.0, max(12.0, ASSISTANCE["hours_a_week"] * exp(0.65 * rng.gauss(0, 1)))),
        rng.uniform(0.9, 1.02), _double(rng),
        rng.uniform(1.12, 1.3) if dear or number == RAISED else rng.uniform(0.9, 1.06),
        this_month.month % PERIOD_MONTHS if number == REFUSED else rng.randrange(PERIOD_MONTHS),
        later_period("month", first, begun), until if has_ended else None, pick(rng, ASSISTANCE["ends"]),
    )  # fmt: skip


def _double(rng: Random) -> float:
    return rng.choice((0.08, 0.15, 0.25)) if rng.random() < ASSISTANCE["double"] else 0.0


def period_on(town: Town, case: Case, day: date) -> Period | None:
    """The period of a case that a day lies in, None before the first one."""
    if day < case.from_on:
        return None
    months = (case.offset - case.from_on.month) % PERIOD_MONTHS or PERIOD_MONTHS
    gone = 12 * (day.year - case.from_on.year) + day.month - case.from_on.month
    return _period(town, case, 0 if gone < months else 1 + (gone - months) // PERIOD_MONTHS, months)


@lru_cache(maxsize=5_000)
def _period(town: Town, case: Case, number: int, months: int) -> Period:
    """A period by its number; months: of the first one."""
    first = (
        later_period("month", case.from_on, months + (number - 1) * PERIOD_MONTHS) if number else case.from_on
    )
    until = later_period("month", case.from_on, months + number * PERIOD_MONTHS)
    a_week, changed = _hours_a_week(town, case, number)
    rng = dice(town, case.key, "period", number)
    days = -rng.randrange(14, 28)
    if rng.random() < ASSISTANCE["decided_late"]:
        days = rng.randrange(3, 20)
    decided = first + timedelta(days=days)
    schedule = max(decided, first) + timedelta(days=rng.randrange(1, 24)) if changed else None
    return Period(number, first, until, float(round(a_week / 7 * (until - first).days)), decided, schedule)


def _hours_a_week(town: Town, case: Case, number: int) -> tuple[float, bool]:
    """Hours of a period, and whether they were changed with it."""
    a_week, changed = case.a_week, False
    for n in range(1, number + 1):
        rng = dice(town, case.key, "hours", n)
        changed = rng.random() < ASSISTANCE["changed"]
        if changed:
            a_week = min(168.0, max(10.0, a_week * rng.choice((0.7, 0.85, 1.15, 1.3))))
    return a_week, changed
