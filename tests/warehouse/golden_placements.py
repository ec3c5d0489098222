"""What each metric of placements must say of the towns in `placement_town.py`, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.warehouse.golden import Days, Golden
from tests.warehouse.placement_town import PLACED

Q1: Days = (date(2026, 1, 1), date(2026, 4, 1))
WINTER = datetime(2026, 2, 5, 18, tzinfo=UTC)  # Ann in two homes, Bo with B113; Di came and went at noon


def of(
    metric: str, when: datetime | Days, by: str, rows: dict[str, Any], code: str = PLACED, **more: Any
) -> Golden:
    """Rows → (value, n), or one number for both; by: dimensions joined by a space."""
    told = {key: said if isinstance(said, tuple) else (said, said) for key, said in rows.items()}
    return Golden(metric, when, told, tuple(by.split()), code, **more)


PLACED_NOW = tuple(
    of("placed_now", WINTER, by, rows)
    for by, rows in {
        "": {"": 2},
        "main_cause": {"crime": 1, "mental_health": 1, "neglect": 1},
        "sex": {"woman": 1, "man": 1},
        "target_group": {"youth": 1, "children": 1},
        "care_form": {"residential_care_home": 1, "supported_housing": 1, "foster_home": 1},
        "tender_area": {"hvb": 1, "supported": 1, "foster": 1},
        "age_band": {"13-17": 1, "7-12": 1},
        "unit": {"a": 1, "b": 1},
        "law": {"LVU": 1, "SoL": 1},
        "provider": {"B112": 1, "B113": 1, "B114": 1},
        "provider_municipality": {"0484": 1, "0480": 1, "unknown": 1},
        "framework": {"inside": 1, "outside": 1},
        "main_cause sex": {"crime woman": 1, "mental_health woman": 1, "neglect man": 1},
    }.items()
)
CARE_DAYS = tuple(
    of("care_days", Q1, by, rows)
    for by, rows in {
        "": {"": (191, 3)},  # 32 (both days), 58, 90 and 11 (last day only)
        "main_cause": {"crime": (32, 1), "mental_health": (58, 1), "neglect": (90, 1), "unknown": (11, 1)},
        "sex": {"woman": (90, 1), "man": (90, 1), "unknown": (11, 1)},
        "target_group": {"youth": (90, 1), "children": (90, 1), "unknown": (11, 1)},
        "care_form": {"residential_care_home": (63, 2), "supported_housing": (58, 1),
                      "foster_home": (59, 1), "unknown": (11, 1)},
        "tender_area": {"hvb": (32, 1), "supported": (58, 1), "foster": (90, 1), "unknown": (11, 1)},
        "age_band": {"13-17": (90, 1), "7-12": (90, 1), "unknown": (11, 1)},
        "unit": {"a": (90, 1), "b": (90, 1), "unknown": (11, 1)},
        "provider": {"B112": (63, 2), "B113": (59, 1), "B114": (58, 1), "B116": (11, 1)},
        "framework": {"inside": (90, 1), "outside": (101, 2)},
        "day_rule": {"start_in_end_out": (191, 3), "both_in": (195, 5), "start_out_end_in": (191, 4)},
    }.items()
)  # fmt: skip

GOLDEN: tuple[Golden, ...] = PLACED_NOW + CARE_DAYS
