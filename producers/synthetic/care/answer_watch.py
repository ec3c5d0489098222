"""The answer key's part for what somebody should look at in decisions: halved hours, accounts that are not
settled, schedules that follow a decision late.

`by` names dimensions (service, unit, regi); a cell is one text per name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from producers.synthetic.care.answer_assistance import By, CaseKnown, cases_known
from producers.synthetic.care.answer_hours import grants
from producers.synthetic.care.known import CareKey, Cell, Span, cell_of, counted, grouped
from producers.synthetic.workdays import DAY, local_date
from schemas import assistance as a
from schemas.calendar import later_period, period_start

CHANGED: Final = 0.02  # of the hours a day: less is no change
LATELY: Final = timedelta(days=30)
TICK: Final = timedelta(microseconds=1)


def halved(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Cases that go on with less than half of the hours a day that were decided before, lately (H7)."""
    return counted(cell_of(fact, by) for case in cases_known(key) if (fact := _halved(case, at)))


def _halved(case: CaseKnown, at: datetime) -> a.AssistanceDecided | None:
    day = local_date(at - TICK)
    fact = case.on(day)
    before = case.on(fact.from_on - DAY) if fact else None
    if not fact or not before:
        return None
    told = next((it.at for it, other in case.decisions if other is fact), at)
    is_less = case.hours_on(day) < case.hours_on(fact.from_on - DAY) / 2
    return fact if is_less and at - LATELY < told <= at else None


def unsettled(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Decided periods whose months were not all claimed two months after they ended (LC18)."""
    claimed = {(fact.assistance, fact.month): told.at for told, fact in key.of(a.AllowanceClaimed)}
    first, day = min(month for _, month in claimed), local_date(at - TICK)
    overdue = []
    for case in cases_known(key):
        for _, fact in case.decisions:
            month, until = case.days_of(fact)
            is_due = day > _two_months_on(until - DAY) and fact.payer != "municipality" and fact.hours > 0
            months = []
            while month < until:
                months.append(claimed.get((case.key, month)))
                month = later_period("month", month)
            if is_due and fact.from_on >= first and any(told is None or told > at for told in months):
                overdue.append(cell_of(fact, by))
    return counted(overdue)


def _two_months_on(day: date) -> date:
    month = later_period("month", period_start("month", day), 2)
    last = later_period("month", month) - DAY
    return min(last, month + (day.day - 1) * DAY)


def lead_days(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """The median of days from a changed decision of the span to the schedule (T16)."""
    until = min(span[1], key.today)
    leads = grouped(
        (cell, days)
        for those in (_assistance_leads(key, by), _grant_leads(key, by))
        for on, days, cell in those
        if span[0] <= on < until
    )
    return {cell: float(median(days)) for cell, days in leads.items()}


def _assistance_leads(key: CareKey, by: By) -> Iterator[tuple[date, int, Cell]]:
    for case in cases_known(key):
        told = sorted(
            (f.decided_on or f.from_on, f.from_on, case.hours_on(f.from_on)) for _, f in case.decisions
        )
        for (_, _, before), (on, from_on, hours) in pairwise(told):
            lead = _lead(case.schedules, on, from_on)
            if abs(hours - before) > CHANGED * before and lead is not None:
                yield on, lead, cell_of(case.decisions[-1][1], by, service="personal_assistance")


def _grant_leads(key: CareKey, by: By) -> Iterator[tuple[date, int, Cell]]:
    for grant in grants(key):
        for decision in sorted(grant.decisions, key=lambda it: it.decided_on or it.from_on)[1:]:
            on = decision.decided_on or decision.from_on
            lead = _lead(grant.schedules, on, decision.from_on)
            if lead is not None:
                yield on, lead, cell_of(grant.decisions[-1], by, service="home_care")


def _lead(schedules: list[date], on: date, from_on: date) -> int | None:
    """Days until the schedule follows; None: not yet, or it was changed before it was decided."""
    after = [day for day in schedules if day >= on]
    if not after or any(from_on <= day < on for day in schedules):
        return None
    return (min(after) - on).days
