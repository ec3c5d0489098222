"""What folds over calendar days share: day numbers, and the parallel arrays of an entity table. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
STILL_DAY: Final = date(2299, 12, 31).toordinal() - EPOCH_DAY  # the store's word for "still"
STILL: Final = 10_413_705_600_000_000  # the same as microseconds since 1970, UTC
NO_DAY: Final = 0  # where a row that has no day is kept
DAY_MICROS: Final = 86_400_000_000


def day_number(day: date) -> int:
    """Days since 1970-01-01, as Date32 keeps them."""
    return day.toordinal() - EPOCH_DAY


def columns(told: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """Tuples in, one column per place of the tuple out."""
    return list(map(list, zip(*told, strict=True))) if told else [[]] * width
