"""Who is placed, new, and there at any time in the towns of `placement_town.py`, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.warehouse import golden_days, golden_outcomes
from tests.warehouse.golden import Days, Golden
from tests.warehouse.golden_tables import Q1, tables
from tests.warehouse.placement_town import CRIME

WINTER = datetime(2026, 2, 5, 18, tzinfo=UTC)  # Ann in two homes, Bo with B113; Di came and went at noon
Rows = dict[str, dict[str, Any]]

STOCK: Rows = {
    "": {"": (2, 2)},
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
}
# Ann's two placements are two; n is still the persons
PLACEMENTS: Rows = STOCK | {
    "": {"": (3, 2)},
    "sex": {"woman": (2, 1), "man": 1},
    "target_group": {"youth": (2, 1), "children": 1},
    "age_band": {"13-17": (2, 1), "7-12": 1},
    "unit": {"a": (2, 1), "b": 1},
    "law": {"LVU": (2, 1), "SoL": 1},
    "framework": {"inside": (2, 1), "outside": 1},
}
EVERY_CARE_FORM = {"residential_care_home": 1, "supported_housing": 1, "protected_housing": 1, "unknown": 1}
NEW: Rows = {  # Ann twice, Di for no whole day, and one whom nobody names
    "": {"": (4, 3)},
    "main_cause": {"crime": 1, "mental_health": 1, "violence": 1, "unknown": 1},
    "sex": {"woman": (3, 2), "unknown": 1},
    "target_group": {"youth": (2, 1), "adults": 1, "unknown": 1},
    "care_form": EVERY_CARE_FORM,
    "tender_area": {"hvb": 1, "supported": 1, "protected": 1, "unknown": 1},
    "age_band": {"13-17": (2, 1), "30-64": 1, "unknown": 1},
    "unit": {"a": (3, 2), "unknown": 1},
    "law": {"LVU": (2, 1), "SoL": 1, "other": 1},
    "provider": {"B112": 1, "B114": 1, "B115": 1, "B116": 1},
    "framework": {"inside": (2, 1), "outside": 2},
}
NEW_PERSONS: Rows = NEW | {
    "": {"": 3},
    "sex": {"woman": 2, "unknown": 1},
    "target_group": {"youth": 1, "adults": 1, "unknown": 1},
    "age_band": {"13-17": 1, "30-64": 1, "unknown": 1},
    "unit": {"a": 2, "unknown": 1},
    "law": {"LVU": 1, "SoL": 1, "other": 1},
    "framework": {"inside": 1, "outside": 2},
}
ANY_TIME: Rows = {  # Bo besides, in both of his homes; Fy left on the first day and is not there
    "": {"": (5, 4)},
    "main_cause": NEW["main_cause"] | {"neglect": 1},
    "sex": NEW["sex"] | {"man": 1},
    "target_group": NEW["target_group"] | {"children": 1},
    "care_form": EVERY_CARE_FORM | {"residential_care_home": 2, "foster_home": 1},
    "tender_area": NEW["tender_area"] | {"foster": 1},
    "age_band": NEW["age_band"] | {"7-12": 1},
    "unit": NEW["unit"] | {"b": 1},
    "law": NEW["law"] | {"SoL": 2},
    "provider": NEW["provider"] | {"B112": 2, "B113": 1},
    "framework": NEW["framework"] | {"outside": 3},
}
ANY_TIME_PERSONS: Rows = ANY_TIME | {
    "": {"": 4},
    "sex": NEW_PERSONS["sex"] | {"man": 1},
    "target_group": NEW_PERSONS["target_group"] | {"children": 1},
    "age_band": NEW_PERSONS["age_band"] | {"7-12": 1},
    "unit": NEW_PERSONS["unit"] | {"b": 1},
    "law": NEW_PERSONS["law"] | {"SoL": 2},
    "framework": NEW_PERSONS["framework"] | {"outside": 3},
}
BEFORE_CHRISTMAS = datetime(2025, 12, 15, tzinfo=UTC)  # Bo and Fy; the inhabitants of 2024
PER_1000 = (
    *tables("placed_per_1000", WINTER,
            {"": {"": (2000 / 900, 2)}, "sex": {"woman": (2.5, 1), "man": (2, 1)}}),
    *tables("placed_per_1000", BEFORE_CHRISTMAS,
            {"": {"": (2, 2)}, "sex": {"woman": (0, 0), "man": (2000 / 700, 2)}}),
    *tables("placed_per_1000", WINTER, {"": {"": (None, 33)}, "sex": {"man": (None, 33)}}, CRIME),
)  # fmt: skip

IN_2025: Days = (date(2025, 1, 1), date(2026, 1, 1))
NEW_YEAR = datetime(2025, 12, 31, 23, tzinfo=UTC)
THIRTEEN_OR_FIFTY = (
    *tables("placed_now", NEW_YEAR, {"main_cause": {"crime": 13, "neglect": 20}}, CRIME),
    *tables("newly_placed", IN_2025, {"main_cause": {"crime": 7}}, CRIME),
    *tables("placed_at_any_time", IN_2025, {"main_cause": {"crime": 50, "neglect": 20}}, CRIME),
)
"""Is it 13 or 50? Both, and 7: three questions."""

GOLDEN: tuple[Golden, ...] = (
    *tables("placed_now", WINTER, STOCK),
    *tables("placements_now", WINTER, PLACEMENTS),
    *PER_1000,
    *tables("new_placements", Q1, NEW),
    *tables("newly_placed", Q1, NEW_PERSONS),
    *tables("placements_at_any_time", Q1, ANY_TIME),
    *tables("placed_at_any_time", Q1, ANY_TIME_PERSONS),
    *THIRTEEN_OR_FIFTY,
    *golden_days.GOLDEN,
    *golden_outcomes.GOLDEN,
)
