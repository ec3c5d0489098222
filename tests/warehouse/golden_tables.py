"""Short ways to say what several questions to one metric must be answered by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from tests.warehouse.golden import Days, Golden
from tests.warehouse.placement_town import PLACED

Q1: Final[Days] = (date(2026, 1, 1), date(2026, 4, 1))


def tables(
    metric: str, when: datetime | Days, rows: Mapping[str, Mapping[str, Any]], code: str = PLACED, **more: Any
) -> tuple[Golden, ...]:
    """By dimensions joined by a space: rows → (value, n), or one number for both."""
    return tuple(
        Golden(
            metric,
            when,
            {key: said if isinstance(said, tuple) else (said, said) for key, said in table.items()},
            tuple(by.split()),
            code,
            **more,
        )
        for by, table in rows.items()
    )


def of(
    metric: str, when: datetime | Days, by: str, rows: Mapping[str, Any], code: str = PLACED, **more: Any
) -> Golden:
    """One question: rows → (value, n), or one number for both."""
    (golden,) = tables(metric, when, {by: rows}, code, **more)
    return golden
