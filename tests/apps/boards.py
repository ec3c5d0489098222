"""Published figures of an invented committee's pages, made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from apps.choice import Period
from warehouse.published import Figure

NOW = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
THIRD = Period(date(2026, 7, 1), "quarter")
YEAR_AGO = Period(date(2025, 7, 1), "quarter")


def figure(metric: str, period: Period, value: float | None, state: str = "value", **said: Any) -> Figure:
    names = ("main_cause", "sex", "provider", "part", "grown", "unit")
    dimensions: dict[str, str] = {str(name): said.pop(name) for name in names if name in said}
    limits = said.get("lower"), said.get("upper"), said.get("n")
    return Figure(
        metric, dimensions, period.kind, period.first, value, *limits, state, NOW, NOW, False, None, 1,
        said.get("held", ""), NOW,
    )  # fmt: skip


def placed() -> tuple[Figure, ...]:
    return (
        figure("placed_at_any_time", THIRD, 47), figure("placed_at_any_time", YEAR_AGO, 41),
        figure("newly_placed", THIRD, 11), figure("placed_now", THIRD, 34),
        figure("placed_at_any_time", THIRD, 17, main_cause="neglect"),
        figure("placed_at_any_time", YEAR_AGO, 16, main_cause="neglect"),
        figure("placed_at_any_time", THIRD, 13, main_cause="crime"),
        figure("placed_now", THIRD, 9, main_cause="crime"),
        figure("newly_placed", THIRD, 6, main_cause="crime"),
        figure("placed_at_any_time", THIRD, None, "suppressed", main_cause="violence", upper=4.0),
        figure("placed_at_any_time", THIRD, None, "suppressed", main_cause="other"),
        figure("placed_at_any_time", THIRD, 0, main_cause="unknown"),
        figure("care_days", THIRD, 2905, "preliminary"),
    )  # fmt: skip
