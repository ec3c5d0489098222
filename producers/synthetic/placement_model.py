"""Mittköping's placements in tables (`placement_model.toml`): kinds of placement, chances, providers.

All of it is invented.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final, NamedTuple

SOURCE: Final = "mittkoping-placeringar"


class Profile(NamedTuple):
    """A kind of placement. days: median; plan_days: how many are planned at a time; price_kr: in 2025."""

    code: str
    weight: float
    unit: str
    target_group: str
    care_form: str
    tender_area: str
    ages: dict[str, float]
    women: float
    laws: dict[str, float]
    days: float
    plan_days: int
    price_kr: float
    causes: str


_MODEL: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("placement_model.toml").read_text(encoding="utf-8")
)
PER_MONTH: Final[float] = _MODEL["per_month"]
LONG_PER_MONTH: Final[float] = _MODEL["long_per_month"]
PROFILES: Final = {code: Profile(code, **values) for code, values in _MODEL["profiles"].items()}
WEIGHTS: Final = {code: profile.weight for code, profile in PROFILES.items()}
CAUSES: Final[dict[str, dict[str, float]]] = _MODEL["causes"]
ENDS: Final[dict[str, dict[str, float]]] = _MODEL["ends"]
MOVE_CAUSES: Final[dict[str, float]] = _MODEL["move_causes"]
DAY_RULES: Final[dict[str, float]] = _MODEL["day_rules"]
AWARD_REASONS: Final[dict[str, float]] = _MODEL["award_reasons"]
ANSWERS: Final[dict[str, float]] = _MODEL["answers"]
CHANCES: Final[dict[str, float]] = _MODEL["chances"]
ODDITIES: Final[dict[str, float]] = _MODEL["oddities"]
PROVIDERS: Final[dict[str, int]] = _MODEL["providers"]
POPULAR: Final[dict[str, int]] = _MODEL["popular"]
FRAMEWORK: Final[dict[str, float]] = _MODEL["framework"]
DEFICIENCIES: Final[dict[str, Any]] = _MODEL["deficiencies"]
CAPACITY: Final[dict[str, Any]] = _MODEL["capacity"]
PLACES: Final[list[str]] = _MODEL["places"]["codes"]

TENDER_AREAS: Final = ("hvb_children", "hvb_adults", "foster_care", "supported", "protected")
LONGEST_DAYS: Final = 640  # of one placement
LONG_DAYS: Final = 900  # median of those who come to stay for years
LONGEST_YEARS: Final = 1300  # days of one of them
LONG_LOOKBACK: Final = 1620  # as LOOKBACK, of them
LOOKBACK: Final = 980  # days from the first request until everything about a person is told
EARLY_DAYS: Final = 150  # of the town's first days: many placements lack a contract
PRICE_YEAR: Final = 2025
PRICE_GROWTH: Final = 0.03
FOLLOW_UP_DAYS: Final = 182  # a placement is to be followed up every half-year
SPREAD: Final = 0.75  # sigma of the lognormal durations
