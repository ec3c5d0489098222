"""Rates and prices by the day that they hold from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from schemas.envelope import Fact
from schemas.reference import HourlyRateSet, UnitPriceSet
from streams.folds import reference
from streams.folds.days import day_number
from streams.history import Living, micros

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def living(*facts: Fact) -> list[Living]:
    """The facts as told a day apart."""
    return [Living(micros(START + timedelta(days=number)), fact, ()) for number, fact in enumerate(facts)]


def rate(year: int, rate_kr: float) -> HourlyRateSet:
    return HourlyRateSet(from_on=date(year, 1, 1), rate_kr=rate_kr)


def price(price_kr: float, **said: Any) -> UnitPriceSet:
    return UnitPriceSet(service="home_care", from_on=date(2026, 1, 1), price_kr=price_kr, **said)


def test_an_hourly_rate_is_told_by_day_and_of_one_day_the_last_told_holds() -> None:
    row = reference.fold_hourly_rate(living(rate(2026, 1), rate(2025, 335.6), rate(2026, 347.7)))
    assert row.steps__from_on == [day_number(date(2025, 1, 1)), day_number(date(2026, 1, 1))]
    assert (row.steps__rate_kr, row.steps__most_raised) == ([335.6, 347.7], [0.12, 0.12])


def test_a_price_is_of_one_service_regi_and_measure() -> None:
    row = reference.fold_unit_price(living(price(1), price(520)))
    assert (row.steps__price_kr, row.service, row.per, row.flaws) == ([520], "home_care", "hour", [])
    assert reference.fold_unit_price(living(price(1), price(2, per="visit"))).flaws == ["several_in_one"]
