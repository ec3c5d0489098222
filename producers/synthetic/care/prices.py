"""What the figures of care are measured against: full-time equivalents by week, rates and prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from producers.synthetic import model
from producers.synthetic.care.model import PRICES, RATES, STAFF, STAFFING, begins
from producers.synthetic.care.telling import Told, clock, dice
from producers.synthetic.generator import Town
from schemas.codes import PriceFor
from schemas.reference import FteSet, HourlyRateSet, UnitPriceSet

FTE_SUMMER: Final = 0.84  # of it in July
PER: Final[dict[str, PriceFor]] = {"medication_visit": "visit"}


def prices_day(town: Town, day: date) -> Iterator[Told]:
    """On Mondays and the first day the full-time equivalents; on the first day rates and prices."""
    first = begins(town, "assistance")
    if day == first:
        yield from _prices(town, day)
    if day == begins(town, "staffing") or (day > begins(town, "staffing") and day.weekday() == 0):
        at = clock(day, 0)
        for unit, fte in fte_on(town, day).items():
            fact = FteSet(unit=unit, role=STAFF[unit].role, fte=fte, from_on=day)
            key = f"{model.CODE}/fte/{unit}.{fact.role}"
            yield Told(key, day.isoformat(), at, clock(day, 6 * 60), fact)


def fte_on(town: Town, day: date) -> dict[str, float]:
    """Full-time equivalents in service by unit, as told on that day."""
    rng = dice(town, "fte", day)
    share = STAFFING["fte_per_hour"] * town.size * (FTE_SUMMER if day.month == 7 else 1.0)
    return {
        unit: max(0.25, round(it.hours * share * rng.uniform(0.96, 1.03) * 4) / 4)
        for unit, it in STAFF.items()
    }


def _prices(town: Town, day: date) -> Iterator[Told]:
    at, told = clock(day, 7 * 60), clock(day, 7 * 60 + 5)
    for from_on, kr in RATES.items():
        rate = HourlyRateSet(from_on=from_on, rate_kr=kr)
        yield Told(f"{model.CODE}/hourly_rate/sfb", from_on.isoformat(), at, told, rate)
    for service, by_regi in PRICES.items():
        per = PER.get(service, "hour")
        for regi, kr in by_regi.items():
            fact = UnitPriceSet(
                service=service, price_kr=kr, from_on=day.replace(month=1, day=1), per=per, regi=regi
            )
            key = f"{model.CODE}/unit_price/{service}.{regi}.{per}"
            yield Told(key, fact.from_on.isoformat(), at, told, fact)
