"""Figures of an invented official table (9976), and what the metric `comparator` must say of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from schemas.envelope import Event
from schemas.reference import ComparatorSet
from tests.telling import at
from tests.warehouse.golden import Golden
from tests.warehouse.town import about

COMPARED: Final = "9976"
TOLD_AT: Final = datetime(2024, 3, 31, tzinfo=UTC)
_NEED: Final[dict[str, Any]] = {"table": "started", "dimension": "need", "characteristic": "neglect"}
_AGE: Final[dict[str, Any]] = {"table": "change", "dimension": "age", "split_by": "reason"}
TOLD: Final[tuple[dict[str, Any], ...]] = (
    _NEED | {"value": 120.0},
    _NEED | {"value": 34.0, "unit": "percent"},
    _NEED | {"value": 130.0, "year": 2023},
    _NEED | {"value": 7.0, "area": "E1", "level": "municipality"},
    _NEED | {"characteristic": "crime", "status": "suppressed"},
    _NEED | {"characteristic": "crime", "status": "rounds_to_zero", "unit": "percent"},
    _NEED | {"characteristic": "truancy", "status": "not_available", "value": 5.0},
    _NEED | {"characteristic": "none", "status": "not_applicable"},
    _NEED | {"dimension": "gender", "characteristic": "female", "sex": "woman", "value": 0.0},
    _AGE | {"characteristic": "16", "split": "all-placements", "value": 300.0},
    _AGE | {"characteristic": "16", "split": "own-wish", "value": 40.0},
    {"table": "duration", "dimension": "length", "characteristic": "mean", "unit": "days", "value": 307.0},
)


def compared(code: str = COMPARED) -> list[Event]:
    """Twelve figures, of which four are not shown and one is a true zero."""
    common: dict[str, Any] = {"publication": "office", "area": "E0", "year": 2024}
    facts = [ComparatorSet(**(common | told)) for told in TOLD]
    return [about(f"figure.{n}", fact, TOLD_AT, code) for n, fact in enumerate(facts)]


def _of(by: str, rows: dict[str, tuple[float | None, int]]) -> Golden:
    return Golden("comparator", at(0), rows, tuple(by.split()), COMPARED)


GOLDEN: tuple[Golden, ...] = (
    _of("", {"": (None, 8)}),  # many figures are none
    _of("table", {"started": (None, 6), "change": (300, 300), "duration": (307, 1)}),
    _of("year", {"2024": (None, 7), "2023": (130, 130)}),
    _of("area", {"E0": (None, 8), "E1": (7, 7)}),
    _of("dimension", {"need": (None, 5), "gender": (0, 0), "age": (300, 300), "length": (307, 1)}),
    _of("characteristic", {"neglect": (None, 2), "crime": (None, 0), "truancy": (None, 0), "none": (None, 1),
                           "female": (0, 0), "16": (300, 300), "mean": (307, 1)}),
    _of("split", {"": (None, 7), "all-placements": (300, 300), "own-wish": (40, 40)}),
    _of("sex", {"unknown": (None, 7), "woman": (0, 0)}),
    _of("measured_in", {"count": (None, 7), "percent": (None, 2), "days": (307, 1)}),
    _of("status", {"value": (None, 5), "suppressed": (None, 0), "not_available": (None, 0),
                   "not_applicable": (None, 1)}),
    _of("table year dimension characteristic", {
        "started 2024 need neglect": (120, 120), "started 2023 need neglect": (130, 130),
        "started 2024 need crime": (None, 0), "started 2024 need truancy": (None, 0),
        "started 2024 need none": (None, 1), "started 2024 gender female": (0, 0),
        "change 2024 age 16": (300, 300), "duration 2024 length mean": (307, 1),
    }),
)  # fmt: skip
