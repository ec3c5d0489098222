"""Rows of an Excel sheet, read whole. Merged cells hold their value in every row and column."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from producers.aliases import Aliases, notices
from producers.headings import LOOK, NO_ALIASES, Record, columns, heading, is_filled
from producers.packed import opened, unreadable
from producers.rows import Table, letters
from producers.text import DAMAGED
from schemas.errors import BadEvent, Misconfigured
from schemas.identity import find_identity

Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, each row and column from 0
_TOLD: Final = 20


@dataclass
class Cells:
    """A sheet as it stands: every row of its used area from A1 on, and its merged areas."""

    sheet: str
    rows: list[list[Any]]
    merged: list[Range]


def rows(
    path: Path, wanted: Sequence[str], sheet: str, aliases: Aliases = NO_ALIASES
) -> tuple[Table, Iterator[Record]]:
    """Columns and rows of one sheet, see `producers.readers.read`; rows without content are left out."""
    (cells,) = sheets(path, sheet)
    table, first = titled(path.name, cells, wanted, aliases)
    filled = ((n, row) for n, row in enumerate(cells.rows[first:], first + 1) if is_filled(row))
    return table, filled


def titled(file: str, cells: Cells, wanted: Sequence[str], aliases: Aliases) -> tuple[Table, int]:
    """The sheet's table, and how many rows stand above its data; merged cells are written out.

    Areas are written into rows that hold something else: a row that is empty stays so.
    """
    looked = _headings(cells.rows, cells.merged)
    names, rest = heading(iter(enumerate(looked, 1)), wanted, aliases)
    first = len(cells.rows) - len(list(rest))
    own = [is_filled(row) for row in cells.rows]
    spread = [area for area in cells.merged if area[0][0] >= first and _spread(cells.rows, own, area)]
    told = _notices(cells.sheet, spread)
    if aliases:
        told += [
            (f"{cells.sheet}: {sv}", f"{cells.sheet}: {en}")
            for sv, en in notices(looked[first - 1], names, aliases)
        ]
    return Table(file, columns(names), sheet=cells.sheet, notices=told), first


def sheets(path: Path, sheet: str) -> list[Cells]:
    """The sheet of that name, the first where it is left out, all for "*". BadEvent where it is not there.

    Misconfigured for a sheet whose name tells an identity, for its name stands in every address.
    """
    from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

    try:
        with opened(path) as file:
            book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        names = _worksheets(book) if sheet == "*" else [sheet or book.sheet_names[0]]
        _demand_plain(names)
        return [_cells(book, name) for name in names]
    except WorksheetNotFound as error:
        _demand_plain(book.sheet_names)
        there = ", ".join(book.sheet_names)
        raise BadEvent(
            "missing_column", sheet, f"Bladet saknas; döp ett blad så. Filen har: {there}.",
            f"The sheet is missing; name one so. The file has: {there}.",
        ) from error  # fmt: skip
    except (CalamineError, IndexError, *DAMAGED) as error:
        raise unreadable(error) from error


def _demand_plain(names: Sequence[str]) -> None:
    if any(map(find_identity, names)):
        sv = "Ett blads namn innehåller en identitetsuppgift; döp om bladet"
        raise Misconfigured(f"{sv} / A sheet's name holds an identity; rename the sheet")


def _worksheets(book: Any) -> list[str]:
    """Names of the sheets that hold cells: a diagram may have one of its own."""
    return [found.name for found in book.sheets_metadata if str(found.typ).endswith("WorkSheet")]


def _cells(book: Any, name: str) -> Cells:
    found = book.get_sheet_by_name(name)
    cells = found.to_python(skip_empty_area=False)
    return Cells(
        name, cells, sorted(area for area in found.merged_cell_ranges or () if _is_inside(area, cells))
    )


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
