"""Folds of the small reference entities: unit days, full-time equivalents, population, figures to compare
with, producers' hours. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from schemas.cases import BalanceObserved
from schemas.reference import (
    CapacitySet,
    ComparatorSet,
    FteSet,
    HourlyRateSet,
    PopulationSet,
    ProducerAlive,
    UnitPriceSet,
)
from schemas.reporting import ReportDelivered
from streams.folds.days import day_number
from streams.history import Living, micros


class UnitDayRow(NamedTuple):
    """Columns of table `unit_days` after the key; the latest observation of the day counts."""

    unit: str
    on_day: int | None
    observed_at: int | None
    open_cases: int | None
    flaws: list[str]


class FteRow(NamedTuple):
    """Columns of table `fte` after the key."""

    unit: str
    role: str
    steps__from_on: list[int]
    steps__fte: list[float]
    steps__told_at: list[int]
    flaws: list[str]


class CapacityRow(NamedTuple):
    """Columns of table `capacities` after the key."""

    service_type: str
    steps__from_on: list[int]
    steps__per_year: list[float]
    flaws: list[str]


class HourlyRateRow(NamedTuple):
    """Columns of table `hourly_rates` after the key."""

    steps__from_on: list[int]
    steps__rate_kr: list[float]
    steps__most_raised: list[float]
    flaws: list[str]


class UnitPriceRow(NamedTuple):
    """Columns of table `unit_prices` after the key: one service, regi and measure."""

    service: str
    regi: str
    per: str
    steps__from_on: list[int]
    steps__price_kr: list[float]
    flaws: list[str]


class PopulationRow(NamedTuple):
    """Columns of table `population` after the key."""

    year: int | None
    age_band: str
    sex: str
    persons: int | None
    flaws: list[str]


class ComparatorRow(NamedTuple):
    """Columns of table `comparators` after the key. Where the status is not `value` there is none."""

    publication: str
    table_name: str
    year: int | None
    area: str
    level: str
    dimension: str
    characteristic: str
    split_by: str
    split: str
    sex: str
    unit: str
    status: str
    value: float | None
    flaws: list[str]


class ProducerRow(NamedTuple):
    """Columns of table `producers` after the key. told_at is when the sign of life was given."""

    topic: str
    historical: int
    max_age_s: int
    beats__told_at: list[int]
    beats__complete_until: list[int]
    flaws: list[str]


def fold_unit_day(facts: Sequence[Living]) -> UnitDayRow:
    """The last observation of a unit day."""
    if not facts:
        return UnitDayRow("", None, None, None, [])
    last = facts[-1]
    assert isinstance(last.fact, BalanceObserved)
    day = day_number(last.fact.on)
    return UnitDayRow(last.fact.unit, day, last.occurred_at, last.fact.open_cases, _flaws(facts))


def fold_fte(facts: Sequence[Living]) -> FteRow:
    """The steps of a unit's and role's full-time equivalents, by the day they hold from."""
    told = [(living, living.fact) for living in facts if isinstance(living.fact, FteSet)]
    told.sort(key=lambda pair: pair[1].from_on)
    newest = told[-1][1] if told else None
    return FteRow(
        newest.unit if newest else "",
        newest.role if newest else "",
        [day_number(fact.from_on) for _, fact in told],
        [fact.fte for _, fact in told],
        [living.occurred_at for living, _ in told],
        _flaws(facts),
    )


def fold_capacity(facts: Sequence[Living]) -> CapacityRow:
    """The steps of a service's capacity, by the day they hold from; of one day the last told counts."""
    told = {fact.from_on: fact for living in facts if isinstance(fact := living.fact, CapacitySet)}
    steps = [told[day] for day in sorted(told)]
    return CapacityRow(
        steps[-1].service_type if steps else "",
        [day_number(fact.from_on) for fact in steps],
        [fact.per_year for fact in steps],
        _flaws(facts),
    )


def fold_hourly_rate(facts: Sequence[Living]) -> HourlyRateRow:
    """The steps of the hourly rate, by the day they hold from; of one day the last told counts."""
    told = {fact.from_on: fact for living in facts if isinstance(fact := living.fact, HourlyRateSet)}
    steps = [told[day] for day in sorted(told)]
    return HourlyRateRow(
        [day_number(fact.from_on) for fact in steps],
        [fact.rate_kr for fact in steps],
        [fact.most_raised for fact in steps],
        _flaws(facts),
    )


def fold_unit_price(facts: Sequence[Living]) -> UnitPriceRow:
    """The steps of a service's price, by the day they hold from; of one day the last told counts."""
    every = [fact for living in facts if isinstance(fact := living.fact, UnitPriceSet)]
    told = {fact.from_on: fact for fact in every}
    steps = [told[day] for day in sorted(told)]
    flaws = _flaws(facts)
    if len({(fact.service, fact.regi, fact.per) for fact in every}) > 1:
        flaws = sorted({*flaws, "several_in_one"})
    return UnitPriceRow(
        every[-1].service if every else "", every[-1].regi if every else "unknown",
        every[-1].per if every else "", [day_number(fact.from_on) for fact in steps],
        [fact.price_kr for fact in steps], flaws,
    )  # fmt: skip


def fold_population(facts: Sequence[Living]) -> PopulationRow:
    """Inhabitants of one year, age band and sex."""
    if not facts:
        return PopulationRow(None, "", "", None, [])
    fact = facts[-1].fact
    assert isinstance(fact, PopulationSet)
    return PopulationRow(fact.year, fact.age_band or "", fact.sex or "", fact.persons, _flaws(facts))


def fold_comparator(facts: Sequence[Living]) -> ComparatorRow:
    """One figure of an official table. One that says both why it is missing and what it is has no value."""
    if not facts:
        return ComparatorRow("", "", None, "", "", "", "", "", "", "", "", "", None, [])
    fact = facts[-1].fact
    assert isinstance(fact, ComparatorSet)
    status = "not_available" if fact.status == "value" and fact.value is None else fact.status
    return ComparatorRow(
        fact.publication, fact.table, fact.year, fact.area, fact.level, fact.dimension, fact.characteristic,
        fact.split_by or "", fact.split or "", fact.sex or "", fact.unit, status,
        fact.value if status == "value" else None, _flaws(facts),
    )  # fmt: skip


def fold_producer(facts: Sequence[Living]) -> ProducerRow:
    """The signs of life of one producer in one hour."""
    told = [(living.occurred_at, living.fact) for living in facts if isinstance(living.fact, ProducerAlive)]
    newest = told[-1][1] if told else None
    return ProducerRow(
        newest.topic if newest else "",
        int(any(fact.historical for _, fact in told)),
        newest.max_age_s if newest else 0,
        [at for at, _ in told],
        [micros(fact.complete_until) for _, fact in told],
        _flaws(facts),
    )


def _flaws(facts: Sequence[Living]) -> list[str]:
    return sorted({flaw for living in facts for flaw in living.flaws})


class ReportRow(NamedTuple):
    """Columns of table `reports` after the key: a report of a period to one receiver."""

    report: str
    to: str
    from_on: int | None
    until_on: int | None
    delivered_at: int | None
    flaws: list[str]


def fold_report(facts: Sequence[Living]) -> ReportRow:
    """The first time that it was delivered counts: one given twice is given once."""
    for living in facts:
        fact = living.fact
        assert isinstance(fact, ReportDelivered)
        days = day_number(fact.from_on), day_number(fact.until_on)
        return ReportRow(fact.report, fact.to, *days, living.occurred_at, sorted(living.flaws))
    return ReportRow("", "", None, None, None, [])
