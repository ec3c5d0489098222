"""What may be shown of small numbers (domain 7.10). Pure; decided once, before a figure is published.

Counts 1–4 are hidden; where one could be computed from a total, the next smallest in its row or column is
hidden too; shares and means need ten. What one table hides, no other table tells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

Key = tuple[str, ...]


class Cell(NamedTuple):
    """A value on its way to being published. state as in table `figures`.

    top: the share of the value that its largest subject or provider stands for, where that matters; never
    shown. coverage: how much of what it should be made from was known, 0..1.
    """

    value: float | None
    n: int
    state: str = "value"
    lower: float | None = None
    upper: float | None = None
    top: float | None = None
    coverage: float | None = None


def protect_counts(cells: Mapping[Key, Cell], small: int, secret: Collection[Key] = ()) -> dict[Key, Cell]:
    """Counts of one table, keyed by their dimensions (none, one or two), whose totals are shown beside them.

    secret: keys whose count would tell what another table hides.
    """
    values = {key: cell.value for key, cell in cells.items() if cell.value is not None}
    few = {key for key, value in values.items() if 0 < value < small}
    hidden = few | {key for key in secret if values.get(key)}
    lines = [line for line in _lines(values) if not set(line) <= set(secret)]  # of others no total is shown
    hidden, unsaid = _with_company(lines, values, few, hidden, small)
    return {
        key: hide(cell, small, key in few - unsaid) if key in hidden else without_small_band(cell, small)
        for key, cell in cells.items()
    }


def protect_groups(cells: Mapping[Key, Cell], small: int, *, has_totals: bool = True) -> dict[Key, Cell]:
    """Amounts about groups of persons: none of fewer than `small`. Where totals over the last dimension are
    shown beside them, what is hidden under one total is of at least two groups, and of so many persons
    together.
    """
    hidden = {key for key, cell in cells.items() if is_told(cell) and 0 < cell.n < small}
    lines: dict[Key, list[Key]] = {}
    for key in cells:
        lines.setdefault(key[:-1], []).append(key)
    for line in lines.values() if has_totals else ():
        hidden |= _with_persons(line, cells, hidden, small)
    return {key: hide(cell, small, few=False) if key in hidden else cell for key, cell in cells.items()}


def _with_persons(line: list[Key], cells: Mapping[Key, Cell], hidden: set[Key], small: int) -> set[Key]:
    """What is hidden of a line, with the next smallest until it is enough or nothing is left."""
    dark = {key for key in line if key in hidden}
    others = sorted((key for key in line if key not in dark and cells[key].n), key=lambda key: cells[key].n)
    for key in others:
        if not dark or (len(dark) > 1 and sum(cells[one].n for one in dark) >= small):
            break
        dark.add(key)
    return dark


def protect_parts(
    cells: Mapping[Key, Cell], groups: Mapping[Key, float | None], small: int
) -> dict[Key, Cell]:
    """Parts of groups: shown where the group is no small one, however small the part is.

    groups: how many each key's group is, None where that is hidden or not known.
    """
    return {
        key: cell
        if not is_told(cell) or cell.value == 0 or (groups[key] or 0) >= small
        else hide(cell, small, few=False)
        for key, cell in cells.items()
    }


def protect_means(cells: Mapping[Key, Cell], least: int, secret: Collection[Key] = ()) -> dict[Key, Cell]:
    """Shares and means need that many behind them; their n must not tell a secret count."""
    return {
        key: cell if cell.n >= least and key not in secret else _without_n(cell)
        for key, cell in cells.items()
    }


def _without_n(cell: Cell) -> Cell:
    return Cell(None, 0, "suppressed") if is_told(cell) else cell._replace(n=0)


def is_told(cell: Cell) -> bool:
    """Whether the cell says anything: a value, or bounds alone where too little is known for a value."""
    return cell.value is not None or (cell.state == "preliminary" and cell.lower is not None)


def _with_company(
    lines: list[list[Key]], values: Mapping[Key, float], few: set[Key], hidden: set[Key], small: int
) -> tuple[set[Key], set[Key]]:
    """Hide the next smallest wherever a line tells a hidden count, until no line does.

    Where a line has nothing left to hide, its counts are not even called few: the second set.
    """
    unsaid: set[Key] = set()
    while True:
        telling = [line for line in lines if _tells(line, values, few - unsaid, hidden, small)]
        if not telling:
            return hidden, unsaid
        visible = [key for key in telling[0] if key not in hidden]
        if visible:
            hidden.add(min(visible, key=lambda key: (values[key] == 0, values[key], key)))
        else:
            unsaid |= set(telling[0])


def _tells(line: list[Key], values: Mapping[Key, float], few: set[Key], hidden: set[Key], small: int) -> bool:
    """Whether the line's total and its visible counts leave one possible value for a hidden one.

    Known of a hidden count: those called few are 1 to small - 1, others 0 or at least small.
    """
    if 0 < sum(values[key] for key in line) < small:
        return False  # the total is hidden itself
    dark = [key for key in line if key in hidden]
    if len(dark) < 2:
        return len(dark) == 1 and len(line) > 1
    others = len([key for key in dark if key in few]) - 1
    if others < 0:
        return False
    rest = sum(values[key] for key in dark)
    company = len(dark) > others + 1
    possible = [
        value
        for value in range(1, small)
        if others <= rest - value <= others * (small - 1) or (company and rest - value - others >= small)
    ]
    return len(possible) < 2


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


def hide(cell: Cell, small: int, few: bool) -> Cell:
    """The cell without its number; few: that it is 1 to small - 1 is said."""
    return Cell(None, 0, "suppressed", None, float(small - 1) if few else None)


def without_small_band(cell: Cell, small: int) -> Cell:
    """The cell as it is: a normal band that lies among small numbers would tell them, and is left out."""
    if cell.upper is not None and cell.upper < small:
        return cell._replace(lower=None, upper=None)
    return cell
