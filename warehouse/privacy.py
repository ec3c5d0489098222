"""What may be shown of small numbers (domain 7.10). Pure; decided once, before a figure is published.

Counts 1–4 are hidden; a cell that could be computed from a total hides the next smallest with it, in rows
and columns; shares and means need ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Key = tuple[str, ...]


class Cell(NamedTuple):
    """A value on its way to being published. state as in table `figures`."""

    value: float | None
    n: int
    state: str = "value"
    lower: float | None = None
    upper: float | None = None


def protect_counts(cells: Mapping[Key, Cell], small: int) -> dict[Key, Cell]:
    """Counts of one table, keyed by their dimensions (none, one or two), whose totals are shown beside
    them.
    """
    values = {key: cell.value for key, cell in cells.items() if cell.value is not None}
    few = {key for key, value in values.items() if 0 < value < small}
    hidden = _with_company(values, set(few))
    return {
        key: _hide(cell, small, key in few) if key in hidden else _band(cell, small)
        for key, cell in cells.items()
    }


def protect_means(cells: Mapping[Key, Cell], least: int) -> dict[Key, Cell]:
    """Shares and means need that many behind them."""
    return {
        key: Cell(None, 0, "suppressed") if cell.value is not None and cell.n < least else cell
        for key, cell in cells.items()
    }


def _with_company(values: Mapping[Key, float], hidden: set[Key]) -> set[Key]:
    """Hide the next smallest wherever a line has exactly one hidden cell, until no line has."""
    lines = list(_lines(values))
    while True:
        lonely = [line for line in lines if len(hidden & set(line)) == 1 and len(line) > 1]
        if not lonely:
            return hidden
        visible = [key for key in lonely[0] if key not in hidden]
        hidden.add(min(visible, key=lambda key: (values[key] == 0, values[key], key)))


def _lines(values: Mapping[Key, float]) -> Iterable[list[Key]]:
    """Rows and columns of a table; all cells are one line where there is one dimension."""
    width = max((len(key) for key in values), default=0)
    if width <= 1:
        yield list(values)
        return
    for place in range(width):
        rest: dict[Key, list[Key]] = {}
        for key in values:
            rest.setdefault(key[:place] + key[place + 1 :], []).append(key)
        yield from rest.values()


def _hide(cell: Cell, small: int, few: bool) -> Cell:
    return Cell(None, 0, "suppressed", None, float(small - 1) if few else None)


def _band(cell: Cell, small: int) -> Cell:
    """A normal band that lies among small numbers would tell them."""
    if cell.upper is not None and cell.upper < small:
        return cell._replace(lower=None, upper=None)
    return cell
