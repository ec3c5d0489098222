"""Rows as `warehouse/placed.py` gives them, for tests of what is made of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from apps.work.address import Address, read
from apps.work.placements_view import View
from apps.work.providers import Provider
from apps.work.row import Placed
from apps.work.row import read as placed
from schemas.municipality import municipality

TODAY: Final = date(2026, 11, 22)
TOWN: Final = municipality("9999")
COUNTS: Final[dict[str, Any]] = {
    "all": 3, "persons": 2, "missing": 1, "waiting": 1, "waiting_7": 1, "waiting_14": 1, "waiting_30": 0,
    "expiring_30": 1, "expiring_60": 2, "expiring_90": 2, "after_end": 0, "outside": 1, "outside_full": 1,
    "outside_care_needs": 0, "outside_other": 0, "outside_missing": 0, "invoice": 0,
    "care_forms": ["residential_care_home", "foster_home"], "target_groups": ["youth"],
    "providers": ["B112", "B113"],
}  # fmt: skip
_ROW: Final[dict[str, Any]] = {
    "entity": "9999/placement/k1.a", "key": "7F3A2C9E01AB", "who": "k1.p", "unit": "barn-unga",
    "age_band": "13-17", "sex": "woman", "law": "SoL", "target_group": "youth",
    "tender_area": "hvb_children", "main_cause": "neglect", "framework": "ra-2024-07", "award_reason": "",
    "start_on": date(2026, 3, 2), "planned_until_on": date(2026, 12, 31),
    "care_form": "residential_care_home", "is_hidden": 0, "provider": "B112", "located_in": "0484",
    "deficiencies": 0, "daily_kr": 6450.0, "extra_kr": 0.0, "papers": "signed", "is_waiting": 0,
    "waits_days": 0, "is_sent": 0, "reminders": 0, "is_after_end": 0, "last_on": date(2026, 12, 31),
    "is_open_ended": 0, "deviating": 0, "placement": "k1.a",
}  # fmt: skip


def one(**said: Any) -> Placed:
    """A row that is as this says, and in all else like the others."""
    return placed(_ROW | said)


WAITING: Final[dict[str, Any]] = {
    "key": "00B0", "care_form": "supported_housing", "provider": "B087", "located_in": "", "sex": "man",
    "age_band": "18-20", "framework": "", "award_reason": "full", "papers": "waiting", "is_waiting": 1,
    "waits_days": 16, "is_sent": 1, "daily_kr": 3210.5, "extra_kr": 50.0, "deficiencies": 2,
}  # fmt: skip
SAFE: Final[dict[str, Any]] = {
    "key": "0000", "care_form": "protected_housing", "is_hidden": 1, "provider": "", "located_in": "",
    "age_band": "30-64", "daily_kr": None, "extra_kr": None, "papers": "missing", "last_on": None,
    "main_cause": "unknown",
}  # fmt: skip
ROWS: Final = (one(), one(**WAITING), one(**SAFE))
PROVIDERS: Final = (
    Provider("B113", (("staffing", date(2026, 6, 1)), ("other", date(2026, 11, 21)))),
    Provider("B112", ()),
)


def address(**query: str) -> Address:
    """As a browser would ask."""
    return read(query)


def view(rows: tuple[Placed, ...] = ROWS, **query: str) -> View:
    """A look at these rows."""
    return View(TOWN, address(**query), TODAY, COUNTS, rows, PROVIDERS)
