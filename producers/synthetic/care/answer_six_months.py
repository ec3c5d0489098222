"""The answer key's part for the six-month report (T8): each case and month with what was granted, performed
and may be charged, and its money. None: nobody told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from producers.synthetic.care.answer_assistance import CaseKnown, Money, cases_known, money, rate_kr
from producers.synthetic.care.answer_hours import visits
from producers.synthetic.care.known import CareKey, each_day
from producers.synthetic.care.times import Times, clip, length, length_of_two
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas import assistance as a
from schemas import hours as h
from schemas.calendar import later_period, period_start

Months = dict[tuple[str, date], float]
STILL_TOLD: Final = timedelta(days=7)  # after the last shift nothing is known of what came then


class CaseMonth(NamedTuple):
    """A case in a month, with the decision that it falls under. told: granted hours of the days of which
    anything is told; client: the hours that somebody was there, two: those of them with two.
    """

    decision: a.AssistanceDecided
    granted: float
    told: float
    told_days: int
    performed: float | None
    client: float | None
    two: float | None
    chargeable: float | None
    expected_kr: float | None
    money: Money

    @property
    def result_kr(self) -> float | None:
        """Expected revenue less cost, where both are known."""
        if self.expected_kr is None or self.money.cost_kr is None:
            return None
        return self.expected_kr - self.money.cost_kr

    @property
    def net_kr(self) -> float | None:
        """Cost less revenue, where both are booked (T7)."""
        if self.money.cost_kr is None or self.money.revenue_kr is None:
            return None
        return self.money.cost_kr - self.money.revenue_kr


class _Told(NamedTuple):
    """Hours of assistants by case and month, with the client and of two, the months that anything is told of,
    and until when by case.
    """

    hours: Months
    client: Months
    two: Months
    known: set[tuple[str, date]]
    until: dict[str, date]


@lru_cache(maxsize=4)
def case_months(key: CareKey, first: date, until: date) -> dict[tuple[str, date], CaseMonth]:
    """Every case and month from `first` on, until yesterday."""
    told = _told(key)
    found: dict[tuple[str, date], CaseMonth] = {}
    for case in cases_known(key):
        sums: dict[date, tuple[float, float]] = {}
        month = case.decisions[0][1].from_on if case.decisions else until
        while month < until:
            fact = case.on(month)
            if fact:
                before = sums.get(fact.from_on, (0.0, 0.0))
                one, after = _month(key, case, month, told, before)
                sums[fact.from_on] = after
                if month >= first:
                    found[case.key, month] = one
            month = later_period("month", month)
    return _with_overhead(key, found)


def _month(
    key: CareKey, case: CaseKnown, month: date, told: _Told, before: tuple[float, float]
) -> tuple[CaseMonth, tuple[float, float]]:
    """The month, and what was performed and granted since the period began."""
    after_it = later_period("month", month)
    fact = case.on(month)
    assert fact
    known = min(after_it, told.until.get(case.key, month)) if (case.key, month) in told.known else month
    days = [case.hours_on(day) for day in each_day((month, after_it))]
    told_days = max(0, (known - month).days)
    performed, client, two = (
        hours.get((case.key, month), 0.0) if told_days else None
        for hours in (told.hours, told.client, told.two)
    )
    sums = before[0] + (performed or 0.0), before[1] + sum(days[:told_days])
    chargeable = None
    if performed is not None and fact.payer != "municipality" and fact.hours:
        chargeable = min(sums) - min(before)
    kr = None if chargeable is None else chargeable * rate_kr(key, case, month)
    own = money(key, month).get(case.key, Money(None, None, None, None, None, None))
    granted, of_told = sum(days), sum(days[:told_days])
    return CaseMonth(
        fact, granted, of_told, told_days, performed, client, two, chargeable, kr, own
    ), sums  # fmt: skip


def _told(key: CareKey) -> _Told:
    hours, client, two = _hours_of_shifts(key)
    last_shift: dict[str, date] = {}
    reported: dict[str, date] = {}
    for visit in visits(key):
        case = visit.text("assistance")
        if case and visit.times and visit.times[0] < start_of(key.today):
            day = local_date(min(visit.times[1], start_of(key.today)) - timedelta(microseconds=1))
            last_shift[case] = max(day, last_shift.get(case, day))
    for _, fact in key.of(h.HoursReported):
        if fact.assistance:
            case_month = fact.assistance, fact.from_on
            hours[case_month] += fact.hours + fact.double_hours
            client[case_month] += fact.hours
            two[case_month] += fact.double_hours
            reported[fact.assistance] = max(fact.until_on, reported.get(fact.assistance, fact.until_on))
    until = {}
    for case in {case for case, _ in hours}:
        shift = last_shift.get(case)
        by_shift = date.min
        if shift is not None:
            by_shift = key.today if shift >= key.today - STILL_TOLD else shift + DAY
        until[case] = min(key.today, max(by_shift, reported.get(case, date.min)))
    return _Told(hours, client, two, set(hours), until)


def _hours_of_shifts(key: CareKey) -> tuple[Months, Months, Months]:
    """Hours of assistants by case and month, those with the client, and those of two at once."""
    hours: Months = defaultdict(float)
    first: defaultdict[tuple[str, date], list[Times]] = defaultdict(list)
    second: defaultdict[tuple[str, date], list[Times]] = defaultdict(list)
    for visit in visits(key):
        case = visit.text("assistance")
        if case and visit.times and visit.times[0] < start_of(key.today):
            for month, limits, share in _by_month(visit.times, key.today):
                hours[case, month] += visit.person_hours * share
                first[case, month] += clip([visit.times], limits)
                second[case, month] += clip(visit.two, limits)
    client = {case_month: length(times) for case_month, times in first.items()}
    two = {case_month: length_of_two(times + second[case_month]) for case_month, times in first.items()}
    return hours, defaultdict(float, client), defaultdict(float, two)


def _by_month(times: Times, today: date) -> Iterator[tuple[date, Times, float]]:
    """The months that a shift lies in, with their limits and shares of it; nothing of today."""
    month = period_start("month", local_date(times[0]))
    while start_of(month) < times[1]:
        after_it = later_period("month", month)
        limits = start_of(month), min(start_of(after_it), start_of(today))
        inside = length(clip([times], limits)) / length([times])
        if inside > 0:
            yield month, limits, inside
        month = after_it


def _with_overhead(
    key: CareKey, found: dict[tuple[str, date], CaseMonth]
) -> dict[tuple[str, date], CaseMonth]:
    """A unit's overhead is spread over its cases by hours."""
    units = {(case.key, month): fact.unit for case in cases_known(key) for (of, month) in found
             if of == case.key and (fact := case.on(month))}  # fmt: skip
    whole: defaultdict[tuple[str, date], float] = defaultdict(float)
    for (case, month), one in found.items():
        whole[units[case, month], month] += one.performed or 0.0
    spread = {}
    for (case, month), one in found.items():
        unit = units[case, month]
        booked = money(key, month).get(unit)
        if booked and booked.overhead_kr is not None and whole[unit, month]:
            share = (one.performed or 0.0) / whole[unit, month]
            one = one._replace(money=one.money._replace(overhead_kr=booked.overhead_kr * share))
        spread[case, month] = one
    return spread
