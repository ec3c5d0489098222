"""What may be shown of amounts, means and shares over the same cells as protected counts. Pure.

A figure says nothing where the count behind it is hidden, where too few stand behind it, or where one
subject or provider stands for most of it; and what is hidden cannot be computed from the figures around it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal

from warehouse.lines import Name, Release, Tables, known_of, lines_of, values_of
from warehouse.masking import Mask, company, mask
from warehouse.privacy import Cell, Key, hide, is_told

DOMINANCE: Final = 0.85
Kind = Literal["sum", "mean", "median"]


def protect_dependent(
    values: Tables, counts: Release, least: int, kind: Kind, before: Release | None = None
) -> Release:
    """The tables as they may be shown; tables whose counts stand still do so too.

    least: so many must stand behind a figure (shares and means 10, kronor 5). kind: sums add up in each
    line (care days, kr), means and shares nearly do, weighted by their n; medians do not. before: what was
    shown of them last.
    """
    asked = {grain: cells for grain, cells in values.items() if grain not in counts.still}
    hidden = _hidden(asked, counts.tables, least)
    if kind != "median":
        hidden |= _with_company(asked, hidden, kind, before)
    fresh = {
        grain: {
            key: hide(cell, 0, False) if (grain, key) in hidden else cell._replace(top=None)
            for key, cell in cells.items()
        }
        for grain, cells in asked.items()
    }
    still = {
        grain: before.tables.get(grain, {}) if before else {} for grain in values if grain in counts.still
    }
    return Release({**fresh, **still}, frozenset(still))


def without_dominated(cells: Mapping[Key, Cell]) -> dict[Key, Cell]:
    """The cells of a table that stands alone, without figures that one subject stands for most of."""
    return {
        key: hide(cell, 0, few=False) if _is_dominated(cell) else cell._replace(top=None)
        for key, cell in cells.items()
    }


def _hidden(values: Tables, counts: Tables, least: int) -> set[Name]:
    return {
        (grain, key)
        for grain, cells in values.items()
        for key, cell in cells.items()
        if is_told(cell) and _is_hidden(cell, counts.get(grain, {}).get(key), least)
    }


def _is_hidden(cell: Cell, count: Cell | None, least: int) -> bool:
    if count is not None and count.state == "suppressed":
        return True
    return 0 < cell.n < least or _is_dominated(cell)


def _is_dominated(cell: Cell) -> bool:
    return cell.top is not None and cell.top > DOMINANCE


def _with_company(values: Tables, hidden: Collection[Name], kind: Kind, before: Release | None) -> set[Name]:
    amounts = values_of(values) if kind == "sum" else _weighted(values)
    lines = lines_of(values)
    seen = known_of(before.tables).limits if before else {}
    order = {name: 0 if name in seen else 1 for name in amounts}
    if kind == "mean":
        return company(amounts, lines, hidden, order)
    return set(mask(amounts, lines, 0, Mask(frozenset(hidden), frozenset()), order).hidden)


def _weighted(values: Tables) -> Mapping[Name, float]:
    return {
        (grain, key): cell.value * cell.n
        for grain, cells in values.items()
        for key, cell in cells.items()
        if cell.value is not None
    }
