"""The answer key's part for personal assistance: decisions, hours and money of each case and month, lead
times of schedules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from producers.synthetic.care.known import CareKey, Cell, Span, cell_of, each_day, told_first
from producers.synthetic.care.telling import Told
from schemas import assistance as a
from schemas.reference import HourlyRateSet

By = Sequence[str]


class CaseKnown(NamedTuple):
    """A case as it is known: decisions in the order in which they were made."""

    key: str
    decisions: list[tuple[Told, a.AssistanceDecided]]
    schedules: list[date]
    rates: list[a.AssistanceRateSet]
    ended_on: date | None

    def on(self, day: date) -> a.AssistanceDecided | None:
        """The decision that holds on a day: of those that have begun the one decided last."""
        begun = [fact for _, fact in self.decisions if fact.from_on <= day]
        if not begun or (self.ended_on is not None and day >= self.ended_on):
            return None
        return begun[-1] if day < begun[-1].until_on else None

    def days_of(self, fact: a.AssistanceDecided) -> tuple[date, date]:
        """The days that a decision holds: until the case ends or the next one begins."""
        after = (other.from_on for _, other in self.decisions if other.from_on > fact.from_on)
        until = min(fact.until_on, self.ended_on or fact.until_on, *after)
        return fact.from_on, until

    def hours_on(self, day: date) -> float:
        """Granted hours of a day: those of the whole period spread over it."""
        fact = self.on(day)
        return fact.hours / (fact.until_on - fact.from_on).days if fact else 0.0


class Money(NamedTuple):
    """The money of a case, or of a unit's overhead, in a month. None: nobody told."""

    claimed_hours: float | None
    claimed_kr: float | None
    paid_kr: float | None
    cost_kr: float | None
    overhead_kr: float | None
    revenue_kr: float | None


@lru_cache(maxsize=2)
def cases_known(key: CareKey) -> list[CaseKnown]:
    """Every case that anything was decided of."""
    found = []
    for subject, facts in key.entities["assistance"].items():
        decisions = [(told, told.fact) for told in facts if isinstance(told.fact, a.AssistanceDecided)]
        schedules = [told.fact.on for told in facts if isinstance(told.fact, a.AssistanceScheduleChanged)]
        rates = [told.fact for told in facts if isinstance(told.fact, a.AssistanceRateSet)]
        _, ended = told_first(facts, a.AssistanceEnded)
        found.append(
            CaseKnown(subject.split("/")[2], decisions, schedules, rates, ended.on if ended else None)
        )
    return found


def granted(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Granted hours of the days of a span, until yesterday; `by` may name the case itself: `assistance`."""
    found: defaultdict[Cell, float] = defaultdict(float)
    for case in cases_known(key):
        for day in each_day((span[0], min(span[1], key.today))):
            fact = case.on(day)
            if fact:
                found[cell_of(fact, by, assistance=case.key)] += case.hours_on(day)
    return dict(found)


@lru_cache(maxsize=200)
def money(key: CareKey, month: date) -> dict[str, Money]:
    """The money of a month by case; under a unit's code that unit's overhead."""
    found: defaultdict[str, list[a.AccountFact]] = defaultdict(list)
    for facts in key.entities["account_month"].values():
        for told in facts:
            if isinstance(told.fact, a.AccountFact) and told.fact.month == month:
                found[told.fact.assistance or told.fact.unit].append(told.fact)
    return {of: _added(facts) for of, facts in found.items()}


def _added(facts: Sequence[a.AccountFact]) -> Money:
    claims = [fact for fact in facts if isinstance(fact, a.AllowanceClaimed)]
    costs = [fact for fact in facts if isinstance(fact, a.CostBooked)]
    return Money(
        claims[-1].hours if claims else None,
        claims[-1].amount_kr if claims else None,
        _kr([fact.amount_kr for fact in facts if isinstance(fact, a.AllowancePaid)]),
        _kr([fact.amount_kr for fact in costs if fact.kind == "influenceable"]),
        _kr([fact.amount_kr for fact in costs if fact.kind == "overhead"]),
        _kr([fact.amount_kr for fact in facts if isinstance(fact, a.RevenueBooked)]),
    )


def _kr(amounts: list[float]) -> float | None:
    return round(sum(amounts), 2) if amounts else None


def rate_kr(key: CareKey, case: CaseKnown, day: date) -> float:
    """Kronor for an hour of the case on a day: its own raised rate, else the year's."""
    own = [rate for rate in case.rates if rate.from_on <= day]
    return own[-1].rate_kr if own else year_rate(key, day).rate_kr


def year_rate(key: CareKey, day: date) -> HourlyRateSet:
    """The rate that holds for all cases on a day."""
    begun = (fact for _, fact in key.of(HourlyRateSet) if fact.from_on <= day)
    return max(begun, key=lambda fact: fact.from_on)
