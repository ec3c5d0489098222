"""Direct awards, ends, moves and what came after a service in `placement_town.py`, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.warehouse.golden import Days, Golden
from tests.warehouse.golden_tables import Q1, tables
from tests.warehouse.placement_town import TEAM

Rows = dict[str, dict[str, Any]]

AWARDS: Rows = {  # Di's, with its reason, and one of which nothing is known
    "": {"": 2},
    "reason": {"care_needs": 1, "unknown": 1},
    "tender_area": {"protected": 1, "unknown": 1},
    "care_form": {"protected_housing": 1, "unknown": 1},
    "target_group": {"adults": 1, "unknown": 1},
    "unit": {"a": 1, "unknown": 1},
}
AWARD_SHARE: Rows = {  # of four new ones, two of them Ann's
    "": {"": (0.5, 3)},
    "basis": {"new_placements": (0.5, 3), "direct_awards": (1, 2)},
    "reason": {"full": (0, 3), "care_needs": (0.25, 3), "other": (0, 3), "unknown": (0.25, 3)},
    "basis reason": {
        "new_placements full": (0, 3), "new_placements care_needs": (0.25, 3), "new_placements other": (0, 3),
        "new_placements unknown": (0.25, 3),
        "direct_awards full": (0, 2), "direct_awards care_needs": (0.5, 2),
        "direct_awards other": (0, 2), "direct_awards unknown": (0.5, 2),
    },
    "tender_area": {"hvb": (0, 1), "supported": (0, 1), "protected": (1, 1), "unknown": (1, 1)},
    "care_form": {"residential_care_home": (0, 1), "supported_housing": (0, 1), "protected_housing": (1, 1),
                  "unknown": (1, 1)},
    "target_group": {"youth": (0, 1), "adults": (1, 1), "unknown": (1, 1)},
    "unit": {"a": (1 / 3, 2), "unknown": (1, 1)},
}  # fmt: skip
ENDS: Rows = {  # Ann's two, Di's, and Fy's on the first day
    "": {"": (4, 3)},
    "reason": {"plan_fulfilled": 1, "moved_home": 2, "unknown": 1},
    "main_cause": {"crime": 2, "mental_health": 1, "violence": 1},
    "sex": {"woman": (3, 2), "man": 1},
    "target_group": {"youth": (3, 2), "adults": 1},
    "care_form": {"residential_care_home": 2, "supported_housing": 1, "protected_housing": 1},
    "tender_area": {"hvb": 2, "supported": 1, "protected": 1},
    "age_band": {"13-17": (2, 1), "18-20": 1, "30-64": 1},
    "unit": {"a": (4, 3)},
    "provider": {"B112": 2, "B114": 1, "B115": 1},
    "framework": {"inside": (3, 2), "outside": 1},
}
OF_BO = {"cause": "breakdown", "planned": "no", "from_provider": "B113", "to_provider": "B112",
         "main_cause": "neglect", "sex": "man", "target_group": "children", "care_form": "foster_home",
         "tender_area": "foster", "age_band": "7-12", "unit": "b"}  # fmt: skip
MOVES: Rows = {"": {"": 1}} | {by: {key: 1} for by, key in OF_BO.items()}
PER_YEAR: Rows = {  # one move in 191 days: 31 and 58 of Ann, 90 of Bo, 12 of the one whom nobody names
    "": {"": (365 / 191, 3)},
    "planned": {"yes": (0, 3), "no": (365 / 191, 3), "unknown": (0, 3)},
    "care_form": {"residential_care_home": (0, 2), "supported_housing": (0, 1), "foster_home": (365 / 59, 1),
                  "unknown": (0, 1)},
    "main_cause": {"crime": (0, 1), "mental_health": (0, 1), "neglect": (365 / 90, 1), "unknown": (0, 1)},
    "target_group": {"youth": (0, 1), "children": (365 / 90, 1), "unknown": (0, 1)},
    "sex": {"woman": (0, 1), "man": (365 / 90, 1), "unknown": (0, 1)},
    "unit": {"a": (0, 1), "b": (365 / 90, 1), "unknown": (0, 1)},
}  # fmt: skip

FOLLOWED: Days = (date(2025, 1, 1), date(2026, 1, 1))
WITHOUT: Rows = {  # X4: 65 of 80
    "": {"": (0.8125, 80)},
    "service_type": {"family_team": (0.8125, 80)},
    "reason": {"goal_reached": (0.8125, 80)},
    "sex": {"woman": (0.8125, 80)},
    "age_band": {"13-17": (0.8125, 80)},
}
FIVE_YEARS: Days = (date(2020, 1, 1), date(2025, 1, 1))
CAPACITY: Rows = {"": {"": (0.8, 80)}, "service_type": {"family_team": (0.8, 80)}}  # X5: 80 of 100

GOLDEN: tuple[Golden, ...] = (
    *tables("direct_awards", Q1, AWARDS),
    *tables("direct_award_share", Q1, AWARD_SHARE),
    *tables("placement_ends", Q1, ENDS),
    *tables("placement_moves", Q1, MOVES),
    *tables("moves_per_placement_year", Q1, PER_YEAR),
    *tables("without_placement", FOLLOWED, WITHOUT, TEAM),
    *tables("without_placement", FOLLOWED, {"": {"": (None, 0)}}, TEAM, today=date(2026, 2, 2)),
    *tables(
        "without_placement", (date(2024, 1, 1), date(2025, 1, 1)), {"": {"": (None, 0)}}, TEAM
    ),  # nobody's
    *tables("without_placement", (date(2023, 1, 1), date(2024, 1, 1)), {"": {"": (None, 0)}}, TEAM),
    *tables("capacity_use", FIVE_YEARS, CAPACITY, TEAM),
    *tables("capacity_use", FIVE_YEARS, {"": {"": (34 / 40, 34)}}, TEAM, today=date(2022, 1, 1)),
)
