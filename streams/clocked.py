"""An entity's clocks as columns of its row: by the law and the municipality's own targets. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

from schemas.clocks import law
from schemas.municipality import municipality
from streams.clocks import ClockRow, Engine
from streams.folds.days import DAY_MICROS, columns
from streams.history import Living

COLUMNS: Final = tuple(f"clocks.{name}" for name in ClockRow._fields)
"""Columns of every entity table whose kind has clocks, after its own."""


@cache
def engine_of(code: str) -> Engine:
    """The engine of a municipality: its own targets, and the law where it is Swedish."""
    place = municipality(code)
    of_law = () if place.kind == "foreign" else law()
    return Engine((*of_law, *place.clocks), place.zone, place.weekend_shift)


def columns_of(code: str, facts: Sequence[Living], row: tuple[Any, ...]) -> tuple[list[list[Any]], list[str]]:
    """The clocks of an entity as columns, in the order of `COLUMNS`, and the flaws that they found."""
    if "closed_before_opened" in row.flaws:  # type: ignore[attr-defined]
        return columns((), len(COLUMNS)), []
    rows, flaws = engine_of(code).run(facts)
    return columns(placed(rows, unit_at(row)), len(COLUMNS)), sorted(flaws)


def unit_at(row: tuple[Any, ...]) -> Callable[[int], str]:
    """Who has the matter at an instant, of an entity row with spells, with periods, or with one unit."""
    for name, step in (("spells__from", 1), ("periods__from_on", DAY_MICROS)):
        begins: list[int] | None = getattr(row, name, None)
        if begins is not None:
            units: list[str] = getattr(row, name.partition("__")[0] + "__unit")
            return lambda at: units[max(0, bisect_right(begins, at // step) - 1)] if units else "unknown"
    unit: str = getattr(row, "unit", "")
    return lambda at: unit


def placed(rows: Sequence[ClockRow], unit_at: Callable[[int], str]) -> list[ClockRow]:
    """The rows with the unit that had the matter when each stopped, ended or fell due."""
    return [row._replace(unit=unit_at(min(row.stopped_at, row.ended_at, row.due_at))) for row in rows]
