"""The answer key's part for assistance in sum: hours and kronor of months, cost of an hour, cases to look at.

`by` names dimensions of the decision that a month falls under (unit, regi, payer).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import mean, median
from typing import Final

from producers.synthetic.care.answer_assistance import cases_known
from producers.synthetic.care.answer_hours import grants
from producers.synthetic.care.answer_six_months import CaseMonth, case_months
from producers.synthetic.care.known import CareKey, Cell, Span
from producers.synthetic.workdays import DAY, local_date
from schemas import assistance as a
from schemas import staffing as s
from schemas.calendar import later_period, period_start
from schemas.reference import HourlyRateSet

By = Sequence[str]
BEGINNING: Final = date(2000, 1, 1)
CHANGED: Final = 0.02  # of the hours a day: less is no change
LATELY: Final = timedelta(days=30)
TICK: Final = timedelta(microseconds=1)


def _months(key: CareKey, span: Span) -> Iterator[tuple[str, date, CaseMonth]]:
    """Cases' months of a span, until the one that goes on."""
    until = min(span[1], later_period("month", period_start("month", key.today)))
    for (case, month), one in case_months(key, BEGINNING, until).items():
        if span[0] <= month < until:
            yield case, month, one


def _sum(
    key: CareKey, span: Span, by: By, value: Callable[[CaseMonth], float | None], others_pay: bool
) -> dict[Cell, float]:
    found: defaultdict[Cell, float] = defaultdict(float)
    for _, _, one in _months(key, span):
        amount = value(one)
        if amount is not None and not (others_pay and one.decision.payer == "municipality"):
            found[tuple(str(getattr(one.decision, name)) for name in by)] += amount
    return dict(found)


def performed(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Hours of assistants in the months of a span (T3a)."""
    return _sum(key, span, by, lambda one: one.performed, False)


def performed_share(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """The same by the granted hours of the days of which anything is told, of cases that have any (T3a)."""
    told = _sum(key, span, by, lambda one: one.told, False)
    done = _sum(key, span, by, lambda one: one.performed if one.told else None, False)
    return {cell: hours / told[cell] for cell, hours in done.items()}


def kronor(key: CareKey, span: Span, by: By, what: str) -> dict[Cell, float]:
    """Kronor of the months of a span, of cases that the municipality does not pay itself."""
    values: dict[str, Callable[[CaseMonth], float | None]] = {
        "expected": lambda one: one.expected_kr,
        "claimed": lambda one: one.money.claimed_kr,
        "paid": lambda one: one.money.paid_kr,
        "cost": lambda one: one.money.cost_kr,
        "result": lambda one: one.result_kr,
    }
    return _sum(key, span, by, values[what], True)


def hourly_cost(key: CareKey, span: Span, by: By = (), overhead: bool = False) -> dict[Cell, float]:
    """Cost less revenue by performed hours over the twelve months that end with the span (T7)."""
    kr: defaultdict[Cell, float] = defaultdict(float)
    hours: defaultdict[Cell, float] = defaultdict(float)
    for _, _, one in _months(key, (later_period("month", span[1], -12), span[1])):
        told = one.decision
        beside = (one.money.overhead_kr if overhead else 0.0) if one.net_kr is not None else None
        if (told.payer, told.regi) != ("social_insurance", "in_house") or one.performed is None:
            continue
        if beside is not None and one.net_kr is not None:
            cell = tuple(str(getattr(told, name)) for name in by)
            kr[cell] += one.net_kr + beside
            hours[cell] += one.performed
    return {cell: amount / hours[cell] for cell, amount in kr.items()}


def raised_rate_candidates(key: CareKey, span: Span) -> int:
    """Cases of which an hour cost more than the year's rate (T9)."""
    rates = sorted((fact.from_on, fact.rate_kr) for _, fact in key.of(HourlyRateSet))
    cost: defaultdict[str, float] = defaultdict(float)
    for case, month, one in _months(key, span):
        if one.decision.payer == "social_insurance" and one.performed and one.money.cost_kr is not None:
            rate = [kr for first, kr in rates if first <= month][-1]
            cost[case] += one.money.cost_kr - one.performed * rate
    return sum(kr > 0 for kr in cost.values())


def halved(key: CareKey, at: datetime) -> int:
    """Cases that go on with less than half of the hours a day that were decided before, lately (H7)."""
    day, found = local_date(at - TICK), 0
    for case in cases_known(key):
        fact = case.on(day)
        before = case.on(fact.from_on - DAY) if fact else None
        told = next((it.at for it, other in case.decisions if other is fact), at)
        if fact and before and at - LATELY < told <= at:
            found += case.hours_on(day) < case.hours_on(fact.from_on - DAY) / 2
    return found


def unsettled(key: CareKey, at: datetime) -> int:
    """Decided periods whose months were not all claimed two months after they ended (LC18)."""
    claimed = {(fact.assistance, fact.month): told.at for told, fact in key.of(a.AllowanceClaimed)}
    first, day = min(month for _, month in claimed), local_date(at - TICK)
    overdue = 0
    for case in cases_known(key):
        for _, fact in case.decisions:
            until = min(fact.until_on, case.ended_on or fact.until_on, _next_from(case.decisions, fact))
            month, months = fact.from_on, []
            while month < until:
                months.append(claimed.get((case.key, month)))
                month = later_period("month", month)
            is_due = day > _two_months_on(until - DAY) and fact.payer != "municipality" and fact.hours > 0
            if is_due and fact.from_on >= first:
                overdue += any(told is None or told > at for told in months)
    return overdue


def _next_from(decisions: Sequence[tuple[object, a.AssistanceDecided]], one: a.AssistanceDecided) -> date:
    return min((other.from_on for _, other in decisions if other.from_on > one.from_on), default=date.max)


def _two_months_on(day: date) -> date:
    month = later_period("month", period_start("month", day), 2)
    last = later_period("month", month) - DAY
    return min(last, month + (day.day - 1) * DAY)


def lead_days(key: CareKey, span: Span) -> dict[Cell, float]:
    """The median of days from a changed decision of the span to the schedule, by service (T16)."""
    changed = {"personal_assistance": list(_assistance_leads(key)), "home_care": list(_grant_leads(key))}
    found: dict[Cell, float] = {}
    for service, leads in changed.items():
        until = min(span[1], key.today)
        days = [days for on, days in leads if span[0] <= on < until]
        if days:
            found[(service,)] = float(median(days))
    return found


def _assistance_leads(key: CareKey) -> Iterator[tuple[date, int]]:
    for case in cases_known(key):
        told = sorted(
            (f.decided_on or f.from_on, f.from_on, case.hours_on(f.from_on)) for _, f in case.decisions
        )
        for (_, _, before), (on, _, hours) in pairwise(told):
            after = [day for day in sorted(case.schedules) if day >= on]
            if abs(hours - before) > CHANGED * before and after:
                yield on, (after[0] - on).days


def _grant_leads(key: CareKey) -> Iterator[tuple[date, int]]:
    for grant in grants(key):
        for decision in sorted(grant.decisions, key=lambda it: it.decided_on or it.from_on)[1:]:
            on = decision.decided_on or decision.from_on
            after = [day for day in sorted(grant.schedules) if day >= on]
            if after:
                yield on, (after[0] - on).days


def temps_per_case_month(key: CareKey, span: Span) -> float | None:
    """Different temps of a case in a month, in the mean, of units that tell of their staff (T18)."""
    temps: defaultdict[tuple[str | None, date], set[str]] = defaultdict(set)
    told: set[tuple[str, date]] = {
        (fact.unit, period_start("month", fact.on))
        for _, fact in key.of(s.TimeScheduled)
        if fact.on < key.today
    }
    for _, fact in key.of(s.TempEngaged):
        if fact.on < key.today:
            temps[fact.assistance, period_start("month", fact.on)].add(fact.temp)
    found = [
        len(temps.get((case, month), ()))
        for case, month, one in _months(key, span)
        if (one.decision.unit, month) in told
    ]
    return mean(found) if found else None
