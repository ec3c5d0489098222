"""Care days, prices, costs and shares of the first quarter of 2026 in `placement_town.py`, counted by hand.

By the contract's rule Ann has 32 days (22 at 5,000 kr, 10 at 6,000 and 100 more), again 58 at 2,000, Bo 90 of
which 60 at 1,000 and 30 without a price, and the one whom nobody names 11 at 3,000.
"""

from __future__ import annotations

from typing import Any

from tests.warehouse.golden import Golden
from tests.warehouse.golden_tables import Q1, tables

Rows = dict[str, dict[str, Any]]
ANN, AGAIN, BO, ED = 22 * 5000 + 10 * 6000, 58 * 2000, 60 * 1000, 11 * 3000
FOSTER, MOVED = 29 * 1000, 31 * 1000  # Bo's priced days before and after he moved
GIRL, DAYS = ANN + AGAIN, 32 + 58

CARE_DAYS: Rows = {
    "": {"": (191, 3)},
    "main_cause": {"crime": (32, 1), "mental_health": (58, 1), "neglect": (90, 1), "unknown": (11, 1)},
    "sex": {"woman": (90, 1), "man": (90, 1), "unknown": (11, 1)},
    "target_group": {"youth": (90, 1), "children": (90, 1), "unknown": (11, 1)},
    "care_form": {"residential_care_home": (63, 2), "supported_housing": (58, 1), "foster_home": (59, 1),
                  "unknown": (11, 1)},
    "tender_area": {"hvb": (32, 1), "supported": (58, 1), "foster": (90, 1), "unknown": (11, 1)},
    "age_band": {"13-17": (90, 1), "7-12": (90, 1), "unknown": (11, 1)},
    "unit": {"a": (90, 1), "b": (90, 1), "unknown": (11, 1)},
    "provider": {"B112": (63, 2), "B113": (59, 1), "B114": (58, 1), "B116": (11, 1)},
    "framework": {"inside": (90, 1), "outside": (101, 2)},
    # "both in" has Di's day and Fy's last one besides, "end in" that of Fy
    "day_rule": {"start_in_end_out": (191, 3), "both_in": (195, 5), "start_out_end_in": (191, 4)},
}  # fmt: skip
COST: Rows = {
    "": {"": (ANN + AGAIN + BO + ED, 3)},
    "main_cause": {"crime": (ANN, 1), "mental_health": (AGAIN, 1), "neglect": (BO, 1), "unknown": (ED, 1)},
    "sex": {"woman": (GIRL, 1), "man": (BO, 1), "unknown": (ED, 1)},
    "target_group": {"youth": (GIRL, 1), "children": (BO, 1), "unknown": (ED, 1)},
    "care_form": {"residential_care_home": (ANN + MOVED, 2), "supported_housing": (AGAIN, 1),
                  "foster_home": (FOSTER, 1), "unknown": (ED, 1)},
    "tender_area": {"hvb": (ANN, 1), "supported": (AGAIN, 1), "foster": (BO, 1), "unknown": (ED, 1)},
    "age_band": {"13-17": (GIRL, 1), "7-12": (BO, 1), "unknown": (ED, 1)},
    "unit": {"a": (GIRL, 1), "b": (BO, 1), "unknown": (ED, 1)},
    "provider": {"B112": (ANN + MOVED, 2), "B113": (FOSTER, 1), "B114": (AGAIN, 1), "B116": (ED, 1)},
    "framework": {"inside": (GIRL, 1), "outside": (BO + ED, 2)},
}  # fmt: skip


def prices(extra: int) -> Rows:
    """Kronor by priced days; extra: what Ann's ten last days cost besides."""
    ann, girl = (ANN + extra) / 32, (GIRL + extra) / DAYS
    return {
        "": {"": ((ANN + AGAIN + BO + ED + extra) / 161, 3)},
        "main_cause": {"crime": (ann, 1), "mental_health": (2000, 1), "neglect": (1000, 1),
                       "unknown": (3000, 1)},
        "sex": {"woman": (girl, 1), "man": (1000, 1), "unknown": (3000, 1)},
        "target_group": {"youth": (girl, 1), "children": (1000, 1), "unknown": (3000, 1)},
        "care_form": {"residential_care_home": ((ANN + MOVED + extra) / 63, 2),
                      "supported_housing": (2000, 1), "foster_home": (1000, 1), "unknown": (3000, 1)},
        "tender_area": {"hvb": (ann, 1), "supported": (2000, 1), "foster": (1000, 1), "unknown": (3000, 1)},
        "age_band": {"13-17": (girl, 1), "7-12": (1000, 1), "unknown": (3000, 1)},
        "unit": {"a": (girl, 1), "b": (1000, 1), "unknown": (3000, 1)},
        "provider": {"B112": ((ANN + MOVED + extra) / 63, 2), "B113": (1000, 1), "B114": (2000, 1),
                     "B116": (3000, 1)},
        "framework": {"inside": (girl, 1), "outside": ((BO + ED) / 71, 2)},
    }  # fmt: skip


# of the prices 1,000, 2,000, 3,000, 5,000 and 6,000: each once, whatever its days
SPREAD: Rows = {"statistic": {"weighted": (379_000 / 161, 3), "median": (3000, 3), "p10": (1400, 3),
                              "p90": (5600, 3), "min": (1000, 3), "max": (6000, 3)}}  # fmt: skip
SPREAD_WITH_EXTRAS: Rows = {
    "statistic": SPREAD["statistic"] | {"weighted": (380_000 / 161, 3), "p90": (5660, 3), "max": (6100, 3)}
}

INVOICED: Rows = {  # 22 days; 12 less what was given back; 15 of 30 days; nobody's; one on its first day
    "": {"": (110_000 + 60_000 + 15_000 + 5_000 + 700, 3)},
    "main_cause": {"crime": (170_000, 1), "neglect": (15_000, 1), "mental_health": (700, 1),
                   "unknown": (5_000, 1)},
    "sex": {"woman": (170_700, 1), "man": (15_000, 1), "unknown": (5_000, 1)},
    "target_group": {"youth": (170_700, 1), "children": (15_000, 1), "unknown": (5_000, 1)},
    "care_form": {"residential_care_home": (170_000, 1), "foster_home": (15_000, 1),
                  "supported_housing": (700, 1), "unknown": (5_000, 1)},
    "tender_area": {"hvb": (170_000, 1), "foster": (15_000, 1), "supported": (700, 1), "unknown": (5_000, 1)},
    "age_band": {"13-17": (170_700, 1), "7-12": (15_000, 1), "unknown": (5_000, 1)},
    "unit": {"a": (170_700, 1), "b": (15_000, 1), "unknown": (5_000, 1)},
    "provider": {"B112": (170_000, 1), "B113": (15_000, 1), "B114": (700, 1), "B117": (5_000, 1)},
    "framework": {"inside": (170_700, 1), "outside": (15_000, 1), "unknown": (5_000, 1)},
    "verdict": {"accepted": (110_000, 1), "credited": (60_000, 1), "open": (20_700, 3)},
}  # fmt: skip
OF_ANN = {"main_cause": "crime", "sex": "woman", "target_group": "youth",
          "care_form": "residential_care_home", "tender_area": "hvb", "age_band": "13-17", "unit": "a",
          "provider": "B112",
          "framework": "inside"}  # fmt: skip
BOOKED: Rows = {"": {"": (170_000, 1)}} | {by: {key: (170_000, 1)} for by, key in OF_ANN.items()}

INSIDE: Rows = {
    "": {"": (90 / 191, 3)},
    "basis": {"care_days": (90 / 191, 3), "new_placements": (0.5, 3), "kr": (286 / 379, 3)},
    "tender_area": {"hvb": (1, 1), "supported": (1, 1), "foster": (0, 1), "unknown": (0, 1)},
    "care_form": {"residential_care_home": (32 / 63, 2), "supported_housing": (1, 1), "foster_home": (0, 1),
                  "unknown": (0, 1)},
    "target_group": {"youth": (1, 1), "children": (0, 1), "unknown": (0, 1)},
    "unit": {"a": (1, 1), "b": (0, 1), "unknown": (0, 1)},
}  # fmt: skip

GOLDEN: tuple[Golden, ...] = (
    *tables("care_days", Q1, CARE_DAYS),
    *tables("placement_cost", Q1, COST),
    *tables("daily_price", Q1, prices(0) | SPREAD),
    *tables("daily_price_with_extras", Q1, prices(1000) | SPREAD_WITH_EXTRAS),
    *tables("invoiced_cost", Q1, INVOICED),
    *tables("booked_cost", Q1, BOOKED),
    *tables("inside_framework_share", Q1, INSIDE),
)
