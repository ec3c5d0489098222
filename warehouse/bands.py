"""The normal band: median ± 2 × scaled MAD of the same weekday in the eight weeks before (domain C6).
Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median
from typing import Final

WEEKS: Final = 8
LEAST: Final = 4
_SCALE: Final = 1.4826


def band(values: Mapping[date, float | None], day: date) -> tuple[float, float] | None:
    """Lower and upper end for that day, None where fewer than four of the eight weekdays are known."""
    before = (values.get(day - timedelta(weeks=week)) for week in range(1, WEEKS + 1))
    known = [value for value in before if value is not None]
    if len(known) < LEAST:
        return None
    middle = median(known)
    spread = 2 * _SCALE * median(abs(value - middle) for value in known)
    return max(0.0, middle - spread), middle + spread
