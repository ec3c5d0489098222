"""Mittköping's hours and devices in tables (`model.toml`): units, chances, volumes. All of it is invented."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from producers.synthetic.generator import Town
from producers.synthetic.workdays import local_date
from schemas.calendar import later_period, period_start
from schemas.codes import Regi

HOURS_SOURCE: Final = "mittkoping-tid"
DEVICES_SOURCE: Final = "mittkoping-givare"
SMALL_TOWN: Final = 0.1
WEEKS_A_MONTH: Final = 365.25 / 12 / 7


class CareUnit(NamedTuple):
    """A unit of home care: its share of the clients, and who runs it."""

    share: float
    regi: Regi


class StaffUnit(NamedTuple):
    """A unit's staff of one role: hours on a weekday's schedule at size 1."""

    role: str
    hours: float


_MODEL: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("model.toml").read_text(encoding="utf-8")
)
UNITS: Final = {code: CareUnit(**values) for code, values in _MODEL["units"].items()}
MONTHLY_UNIT: Final = list(UNITS)[-1]
CLIENTS: Final[dict[str, Any]] = _MODEL["clients"]
CHANCES: Final[dict[str, float]] = _MODEL["chances"]
ODDITIES: Final[dict[str, float]] = _MODEL["oddities"]
MENDED: Final[dict[str, float]] = _MODEL["mended"]
PURPOSES: Final[dict[int, list[tuple[int, str]]]] = {
    int(many): [(minute, purpose) for minute, purpose in slots] for many, slots in _MODEL["purposes"].items()
}
WEEKLY_PURPOSES: Final[dict[str, float]] = _MODEL["weekly"]["purposes"]
STAFF: Final = {code: StaffUnit(**values) for code, values in _MODEL["staff"].items()}
USES: Final[dict[str, dict[str, float]]] = _MODEL["uses"]
STAFFING: Final[dict[str, float]] = _MODEL["staffing"]
ASSISTANCE: Final[dict[str, Any]] = _MODEL["assistance"]
SHIFTS: Final[dict[str, float]] = _MODEL["shifts"]
MONEY: Final[dict[str, float]] = _MODEL["money"]
DISPENSERS: Final[dict[str, Any]] = _MODEL["dispensers"]
DOSES: Final[dict[str, Any]] = _MODEL["doses"]
ALARMS: Final[dict[str, Any]] = _MODEL["alarms"]
PRICES: Final[dict[str, dict[Regi, float]]] = _MODEL["prices"]
HEALTH_UNIT: Final = "hemsjukvard"

RATES: Final = {date(2024, 1, 1): 332.6, date(2025, 1, 1): 342.6, date(2026, 1, 1): 347.7}
"""Kronor for an hour of assistance (förordning 1993:1091, 5 §): 2024 by SFS 2023:578, 2026 by SFS 2025:1045.
That of 2025 follows from both: only 342.60 becomes 347.70 when 1.5 per cent are added and rounded to 10 öre.
"""
RAISED_BY: Final = 1.12  # most that the rate may be raised by (SFB 51:11)


def rate_on(day: date) -> float:
    """The rate of an hour of assistance on a day."""
    return [kr for first, kr in RATES.items() if first <= day][-1]


@lru_cache(maxsize=64)
def begins(town: Town, part: str) -> date:
    """The first day that a part is told of: the first of a month, so that whole months can be compared."""
    past = _MODEL["past_of_small" if town.size < SMALL_TOWN else "past"]
    return later_period("month", period_start("month", local_date(town.anchor)), -past[part])
