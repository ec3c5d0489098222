"""What is told once a month of assistance: decisions, ends, reports, claims, payments, costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Any, Final

from msgspec.structs import replace

from producers.synthetic.care.assistance import (
    PERIOD_MONTHS,
    REFUSED,
    TOO_LONG,
    Case,
    Period,
    cases,
    period_on,
    regi_of,
)
from producers.synthetic.care.assistance_shifts import month_hours, reports_month
from producers.synthetic.care.model import MONEY, begins, rate_on
from producers.synthetic.care.telling import HOUR, Told, clock, dice, recorded, secret, subject
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY, local_date
from schemas import assistance as a
from schemas.calendar import later_period, period_start

PAID_ON: Final = 20  # of a month (förordning 1993:1091, 9 §)
PAID_AFTER: Final = 2  # months after the one that is paid for
TOO_LONG_PERIOD: Final = 1
REFUSED_BEFORE: Final = timedelta(hours=20)  # the first fill
REFUSED_FOR: Final = timedelta(days=4)


def assistance_day(town: Town, day: date) -> Iterator[Told]:
    """On the first of a month: decisions for periods from the next month on, the month that is over and its
    money.
    """
    first, coming, over = (
        begins(town, "assistance"),
        later_period("month", day),
        later_period("month", day, -1),
    )
    if day.day != 1 or coming < first:
        return
    for case in cases(town):
        period = period_on(town, case, coming)
        if period and period.from_on == coming and case.goes_on(coming):
            yield from _decided(town, case, period)
        gone = period_on(town, case, over)
        if gone and gone.until_on == day and case.goes_on(gone.from_on):
            yield from _settled(town, case, gone)
        if case.until_on == day:
            fact = a.AssistanceEnded(on=day, reason=case.end_reason)
            yield _told(dice(town, case.key, "ended"), case, "", clock(day, 10 * 60), fact)
        if case.raised_from(town) == over:
            rate = a.AssistanceRateSet(from_on=over, rate_kr=case.rate_kr(town, over))
            yield _told(dice(town, case.key, "raised"), case, "", clock(day, 9 * 24 * 60), rate)
    if over >= first:
        yield from reports_month(town, over)
        yield from _money(town, over)


def _told(rng: Random, case: Case, what: str, at: datetime, fact: a.AssistanceFact) -> Told:
    return Told(subject("assistance", case.key), what, at, recorded(rng, at), fact)


def _decided(town: Town, case: Case, period: Period) -> Iterator[Told]:
    rng = dice(town, case.key, "decided", period.number)
    day = max(period.decided_on, begins(town, "assistance"))
    fact = a.AssistanceDecided(
        from_on=period.from_on, until_on=period.until_on, hours=period.hours, unit=case.unit,
        decided_on=period.decided_on, regi=case.regi, payer=case.payer, person=case.person, sex=case.sex,
        age_band=case.age_band,
    )  # fmt: skip
    told = _told(rng, case, period.from_on.isoformat(), clock(day, rng.triangular(480, 960)), fact)
    if case.number == REFUSED and period.from_on == period_start("month", local_date(town.anchor)):
        yield from _refused(town, told, fact)
        return
    if (until := _told_until(case, period)) != period.until_on:
        told = told._replace(fact=replace(fact, until_on=until), flaw="period_over_six_months")
    yield told
    if period.schedule_on and period.number and case.goes_on(period.schedule_on):
        changed = a.AssistanceScheduleChanged(on=period.schedule_on)
        yield _told(rng, case, period.from_on.isoformat(), clock(period.schedule_on, 11 * 60), changed)


def _settled(town: Town, case: Case, period: Period) -> Iterator[Told]:
    """The final account of what was granted for a period: within two months, later, or never given."""
    rng = dice(town, case.key, "settled", period.number)
    if case.payer != "social_insurance" or rng.random() < MONEY["never_settled"]:
        return
    until = _told_until(case, period)
    days = rng.uniform(62, 85) if rng.random() < MONEY["settled_late"] else rng.uniform(18, 57)
    at = clock(until + timedelta(days=int(days)), rng.triangular(480, 960))
    yield _told(rng, case, until.isoformat(), at, a.AllowanceSettled(until_on=until))


def _told_until(case: Case, period: Period) -> date:
    """The end of a period as it was told: of one it was told a month too late."""
    if (case.number, period.number) == (TOO_LONG, TOO_LONG_PERIOD):
        return later_period("month", period.from_on, PERIOD_MONTHS + 1)
    return period.until_on


def _refused(town: Town, told: Told, fact: a.AssistanceDecided) -> Iterator[Told]:
    """All hours refused by mistake, the day before the first fill; mended some days later (domain B28)."""
    at = town.anchor - REFUSED_BEFORE
    wrong = replace(fact, hours=0.0, decided_on=local_date(at))
    yield told._replace(at=at, recorded=at, fact=wrong)
    yield told._replace(at=at, recorded=at + REFUSED_FOR, reason="changed_at_source",
                        fact=replace(fact, decided_on=local_date(at)))  # fmt: skip


def _money(town: Town, month: date) -> Iterator[Told]:
    """Claims, payments and costs of a month by case, and the units' overhead."""
    worked = sorted(
        (case for case in cases(town) if month_hours(town, case, month)[0]), key=attrgetter("unit")
    )
    for unit, of_unit in groupby(worked, attrgetter("unit")):
        total = 0.0
        for case in of_unit:
            kr = cost_kr(town, case, month)
            total += kr
            yield from _costs(town, case, month, kr)
            if case.payer == "social_insurance":
                yield from _allowance(town, case, month)
        at = clock(later_period("month", month), 24 * 60 * 13.4)
        fact = a.CostBooked(
            month=month,
            unit=unit,
            amount_kr=round(total * MONEY["overhead"], 2),
            kind="overhead",
            regi=regi_of(unit),
        )
        yield Told(_account(town, unit, month), "overhead", at, at + HOUR, fact)


def cost_kr(town: Town, case: Case, month: date) -> float:
    """What the hours of a month cost, without overhead: less over the rate as time goes, dear cases more."""
    first = begins(town, "assistance")
    months = (month.year - first.year) * 12 + month.month - first.month
    over = 0.0
    if case.regi == "in_house":
        over = max(0.12, MONEY["cost_over_rate"] - MONEY["cost_falls"] * months)
    noise = dice(town, case.key, "cost", month).uniform(0.985, 1.015)
    hours, _ = month_hours(town, case, month)
    return round(hours * rate_on(month) * (1 + over) * case.cost_factor * noise, 2)


def _account(town: Town, of: str, month: date) -> str:
    return subject("account_month", secret(town, "account_month", f"{of}/{month}"))


def _head(case: Case, month: date) -> dict[str, Any]:
    return {"month": month, "unit": case.unit, "assistance": case.key, "regi": case.regi}


def _costs(town: Town, case: Case, month: date, kr: float) -> Iterator[Told]:
    rng = dice(town, case.key, "booked", month)
    at = clock(later_period("month", month), 24 * 60 * rng.uniform(11.4, 16.6))
    wages = round(kr * 0.88, 2)
    for what, amount in (("wages", wages), ("other", round(kr - wages, 2))):
        fact = a.CostBooked(amount_kr=amount, **_head(case, month))
        yield Told(_account(town, case.key, month), what, at, at + HOUR, fact)


def _allowance(town: Town, case: Case, month: date) -> Iterator[Told]:
    """The claim in the month after, the payment on the 20th of the next one; later, or neither of them."""
    rng = dice(town, case.key, "allowance", month)
    if rng.random() < MONEY["never_claimed"]:
        return
    key, hours = _account(town, case.key, month), round(month_hours(town, case, month)[0], 1)
    kr = round(hours * case.rate_kr(town, month), 2)
    at = clock(later_period("month", month), 24 * 60 * rng.uniform(2.4, 9.6))
    yield Told(key, "", at, at, a.AllowanceClaimed(hours=hours, amount_kr=kr, **_head(case, month)))
    if rng.random() < MONEY["never_paid"]:
        return
    late = rng.randrange(1, 3) if rng.random() < MONEY["paid_late"] else 0
    paid = round(kr * 0.9, 2) if rng.random() < MONEY["paid_less"] else kr
    at = clock(_paid_on(later_period("month", month, PAID_AFTER + late)), 7 * 60)
    yield Told(key, "", at, at, a.AllowancePaid(amount_kr=paid, **_head(case, month)))
    booked = at + HOUR * rng.uniform(20, 70)
    yield Told(key, "allowance", booked, booked, a.RevenueBooked(amount_kr=paid, **_head(case, month)))


def _paid_on(month: date) -> date:
    day = month.replace(day=PAID_ON)
    return day - max(0, day.weekday() - 4) * DAY
