"""Rows of an Excel sheet, read whole. Merged cells hold their value in every row and column."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from producers.headings import LOOK, Record, columns, heading, is_filled
from producers.packed import opened, unreadable
from producers.rows import Table, letters
from producers.text import DAMAGED
from schemas.errors import BadEvent

Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, each row and column from 0
_TOLD: Final = 20


def rows(path: Path, wanted: Sequence[str], sheet: str) -> tuple[Table, Iterator[Record]]:
    """Columns and rows of one sheet, see `producers.readers.read`; rows without content are left out."""
    name, cells, merged = _sheet(path, sheet)
    names, rest = heading(iter(enumerate(_headings(cells, merged), 1)), wanted)
    first = len(cells) - len(list(rest))
    own = [is_filled(row) for row in cells]
    spread = [area for area in merged if area[0][0] >= first and _spread(cells, own, area)]
    table = Table(path.name, columns(names), sheet=name, notices=_notices(name, spread))
    return table, ((n, row) for n, row in enumerate(cells[first:], first + 1) if own[n - 1])


def _sheet(path: Path, sheet: str) -> tuple[str, list[list[Any]], list[Range]]:
    from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

    try:
        with opened(path) as file:
            book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        name = sheet or book.sheet_names[0]
        found = book.get_sheet_by_name(name)
        cells = found.to_python(skip_empty_area=False)
        merged = sorted(area for area in found.merged_cell_ranges or () if _is_inside(area, cells))
        return name, cells, merged
    except WorksheetNotFound as error:
        there = ", ".join(book.sheet_names)
        raise BadEvent("missing_column", sheet, f"Bladet saknas. Filen har: {there}",
                       f"The sheet is missing. The file has: {there}") from error  # fmt: skip
    except (CalamineError, IndexError, *DAMAGED) as error:
        raise unreadable(error) from error


def _is_inside(area: Range, cells: list[list[Any]]) -> bool:
    top, left = area[0]
    return top < len(cells) and left < len(cells[top])


def _headings(cells: list[list[Any]], merged: list[Range]) -> list[list[Any]]:
    """The rows as the heading is looked for: cells merged downwards stand in each row (headings of two rows).

    Not sideways: a title over all columns is no heading of each.
    """
    copied = [list(row) for row in cells[:LOOK]]
    for (top, left), (bottom, _) in merged:
        for row in copied[top + 1 : bottom + 1]:
            row[left] = copied[top][left]
    return copied + cells[LOOK:]


def _spread(cells: list[list[Any]], own: list[bool], area: Range) -> bool:
    """Write an area's value into its empty cells, in rows that hold something else; whether any was."""
    (top, left), (bottom, right) = area
    value, changed = cells[top][left], False
    for row, there in zip(cells[top : bottom + 1], own[top : bottom + 1], strict=True):
        for column in range(left, min(right + 1, len(row))) if there else ():
            if row[column] == "" != value:
                row[column], changed = value, True
    return changed


def _notices(sheet: str, spread: list[Range]) -> list[tuple[str, str]]:
    if not spread:
        return []
    areas = [
        f"{sheet}!{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        for (top, left), (bottom, right) in spread
    ]
    there, more = ", ".join(areas[:_TOLD]), len(areas) - _TOLD
    sv = f"Sammanslagna celler läses med sitt värde i varje rad och kolumn: {there}"
    en = f"Merged cells are read with their value in every row and column: {there}"
    return [(f"{sv} och {more} till.", f"{en} and {more} more.") if more > 0 else (f"{sv}.", f"{en}.")]
