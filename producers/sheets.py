"""All sheets of a list as they stand: tables, every row with its kind, and what colours say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from producers.aliases import renamed
from producers.excel import Cells, sheets, titled
from producers.fates import Kind, Sheet, Sorter
from producers.fills import Marks, Places, marks
from producers.headings import LOOK
from producers.readers import demand, is_excel, read
from producers.rows import Table
from producers.source import Source
from schemas.errors import BadEvent

Notices = list[tuple[str, str]]
NO_MARKS: Final = Marks({}, {})
_SV: Final = {
    "red": "röd",
    "orange": "orange",
    "yellow": "gul",
    "green": "grön",
    "blue": "blå",
    "purple": "lila",
    "grey": "grå",
    "struck": "struken",
}


def read_list(file: Path, source: Source, notices: Notices) -> list[Sheet]:
    """Every sheet that the source reads. Raises BadEvent where the file, or each of its sheets, has no list.

    Misconfigured for a sheet whose name tells an identity.
    """
    if not is_excel(file):
        return [_of_text(file, source, notices)]
    found = sheets(file, source.sheet)
    if not any(_has_heading(cells, source) for cells in found):
        raise _no_heading(file, found, source)
    seen = marks(file)
    if seen is None:
        notices.append(("Färger och felvärden (#SAKNAS) kan inte läsas i filen; spara den som .xlsx.",
                        "Colours and errors (#N/A) cannot be read here; save it as .xlsx."))  # fmt: skip
    return [
        _of_cells(file, cells, source, (seen or {}).get(cells.sheet, NO_MARKS), notices) for cells in found
    ]


def _of_text(file: Path, source: Source, notices: Notices) -> Sheet:
    """A list that was saved as CSV or the like: rows below the heading only."""
    table, records = read(file, source.wanted, "", source.aliases)
    notices += table.notices
    sheet = Sheet(table, list(records))
    _sort(sheet, 0, source)
    return sheet


def _has_heading(cells: Cells, source: Source) -> bool:
    wanted = set(source.wanted)
    return any(wanted <= set(renamed(row, source.aliases)) for row in cells.rows[:LOOK])


def _no_heading(file: Path, found: Sequence[Cells], source: Source) -> BadEvent:
    """Why no sheet is a list: the columns that the first filled one lacks."""
    try:
        filled = next((cells for cells in found if any(map(any, cells.rows))), found[0])
        demand(titled(file.name, filled, source.wanted, source.aliases)[0], source.wanted)
    except BadEvent as error:
        return error
    return BadEvent("no_rows", "", "Filen är tom. Exportera den igen.", "The file is empty. Export it again.")


def _of_cells(file: Path, cells: Cells, source: Source, seen: Marks, notices: Notices) -> Sheet:
    if not _has_heading(cells, source):
        return _unread(file, cells, source, notices)
    _write_errors(cells, seen.errors)
    table, first = titled(file.name, cells, source.wanted, source.aliases)
    notices += table.notices
    sheet = Sheet(table, list(enumerate(cells.rows, 1)))
    _sort(sheet, first, source)
    if source.colours:
        _mark(sheet, source, seen.hues, notices)
    return sheet


def _write_errors(cells: Cells, errors: Places) -> None:
    """A formula that failed is no empty cell: its error stands as text, and is refused where it counts."""
    for number, places in errors.items():
        for place, text in places.items():
            if number <= len(cells.rows) and place < len(cells.rows[number - 1]):
                cells.rows[number - 1][place] = text


def _sort(sheet: Sheet, first: int, source: Source) -> None:
    Sorter(sheet.table, first, source.ledger, source.wanted, source.aliases).sort(sheet)


def _unread(file: Path, cells: Cells, source: Source, notices: Notices) -> Sheet:
    """A sheet of something else: its rows are told to be left out."""
    kinds: list[Kind] = [
        "unread" if any(cell not in (None, "") for cell in row) else "empty" for row in cells.rows
    ]
    if "unread" in kinds:
        there = ", ".join(source.wanted)
        notices.append(
            (
                f"Bladet {cells.sheet} läses inte: ingen rubrikrad med {there}.",
                f"The sheet {cells.sheet} is not read: it has no heading row with {there}.",
            )
        )
    table = Table(file.name, {}, sheet=cells.sheet)
    return Sheet(table, list(enumerate(cells.rows, 1)), kinds)


def _mark(sheet: Sheet, source: Source, hues: Places, notices: Notices) -> None:
    """Give each data row what its colour says by the source's legend, and tell what was seen."""
    seen: Counter[str] = Counter()
    key = sheet.table.index[source.ledger]
    for (number, cells), kind in zip(sheet.records, sheet.kinds, strict=True):
        if kind == "data" and number in hues and not isinstance(cells, BadEvent):
            hue = _hue_of_row(cells, hues[number], key)
            seen[hue] += bool(hue)
            sheet.table.marks[number] = source.colours.get(hue, "")
    if told := [(hue, count) for hue, count in seen.most_common() if count]:
        notices.append(_colours(sheet.table.sheet, told, source))


def _hue_of_row(cells: Sequence[Any], hues: dict[int, str], key: int) -> str:
    """The colour of the row: of most of its filled cells, else of its number's."""
    filled = [hues.get(position, "") for position, cell in enumerate(cells) if cell not in (None, "")]
    hue, count = Counter(filled).most_common(1)[0]
    return hue if hue and 2 * count > len(filled) else hues.get(key, "")


def _colours(sheet: str, told: list[tuple[str, int]], source: Source) -> tuple[str, str]:
    sv = ", ".join(f"{_SV[h]} = {source.colours.get(h) or 'betyder inget här'} ({n} rader)" for h, n in told)
    en = ", ".join(f"{h} = {source.colours.get(h) or 'says nothing here'} ({n} rows)" for h, n in told)
    return f"{sheet}, radernas färg: {sv}.", f"{sheet}, colours of rows: {en}."
