"""The answer key's part for assistance in sum: hours and kronor of months, cost of an hour, cases to look at.

`by` names dimensions of the decision that a month falls under (unit, regi, payer).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from statistics import mean
from typing import Final

from producers.synthetic.care.answer_assistance import cases_known, rate_kr, year_rate
from producers.synthetic.care.answer_six_months import CaseMonth, case_months
from producers.synthetic.care.known import CareKey, Cell, Span, cell_of, grouped
from schemas import staffing as s
from schemas.calendar import later_period, period_start

By = Sequence[str]
BEGINNING: Final = date(2000, 1, 1)


def months(key: CareKey, span: Span) -> Iterator[tuple[str, date, CaseMonth]]:
    """Cases' months of a span, until the one that goes on."""
    until = min(span[1], later_period("month", period_start("month", key.today)))
    for (case, month), one in case_months(key, BEGINNING, until).items():
        if span[0] <= month < until:
            yield case, month, one


def _sum(
    key: CareKey, span: Span, by: By, value: Callable[[CaseMonth], float | None], others_pay: bool
) -> dict[Cell, float]:
    found: defaultdict[Cell, float] = defaultdict(float)
    for _, _, one in months(key, span):
        amount = value(one)
        if amount is not None and not (others_pay and one.decision.payer == "municipality"):
            found[cell_of(one.decision, by)] += amount
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
    for _, _, one in months(key, (later_period("month", span[1], -12), span[1])):
        told = one.decision
        beside = (one.money.overhead_kr if overhead else 0.0) if one.net_kr is not None else None
        if (told.payer, told.regi) != ("social_insurance", "in_house") or one.performed is None:
            continue
        if beside is not None and one.net_kr is not None:
            cell = cell_of(told, by)
            kr[cell] += one.net_kr + beside
            hours[cell] += one.performed
    return {cell: amount / hours[cell] for cell, amount in kr.items()}


def raised_rate_candidates(key: CareKey, span: Span, by: By = ()) -> dict[Cell, int]:
    """Cases of which an hour cost more than the year's rate; `by` may name whether it cost more than the rate
    may be raised to, and whether the case's own rate was raised (T9).
    """
    of_case: defaultdict[str, list[tuple[date, CaseMonth]]] = defaultdict(list)
    for case, month, one in months(key, span):
        if one.decision.payer == "social_insurance" and one.granted:
            of_case[case].append((month, one))
    found: Counter[Cell] = Counter()
    for case, those in of_case.items():
        over, over_most = (_over_rate(key, those, raised) for raised in (False, True))
        raised = any(rate_kr(key, known, month) > year_rate(key, month).rate_kr
                     for known in cases_known(key) if known.key == case for month, _ in those)  # fmt: skip
        above, said = "over_most" if over_most else "within_most", "yes" if raised else "no"
        found[cell_of(those[0][1].decision, by, above=above, raised=said)] += over
    return dict(found)


def _over_rate(key: CareKey, those: Sequence[tuple[date, CaseMonth]], raised: bool) -> bool:
    """Whether the months of which all is known cost more than the year's rate, or the most of it."""
    kr = 0.0
    for month, one in those:
        if one.performed and one.money.cost_kr is not None:
            rate = year_rate(key, month)
            most = 1 + rate.most_raised if raised else 1.0
            kr += one.money.cost_kr - one.performed * rate.rate_kr * most
    return kr > 0


def temps_per_case_month(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
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
    found = grouped(
        (cell_of(one.decision, by), len(temps.get((case, month), ())))
        for case, month, one in months(key, span)
        if (one.decision.unit, month) in told
    )
    return {cell: mean(those) for cell, those in found.items()}
