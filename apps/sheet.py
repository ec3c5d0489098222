"""One table of figures, once: as HTML, as CSV and as Excel, the same masked cells in all. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from apps.page import bounds_of, state, value_of
from apps.wording import number, say, share
from warehouse.contracts import Contract
from warehouse.published import Figure

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
EXCEL_NAME: Final = 31
"""Letters that Excel allows in a sheet's name."""


class Cell(NamedTuple):
    """A figure as read: its value where it may be shown, its state, and the words that stand in the cell.

    bounds: least and most, where too little is known for a value.
    """

    value: float | None
    state: str
    words: str
    decimals: int = 0
    is_share: bool = False
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True)
class Sheet:
    """A table with a title. rows: the row's name and its cells, one per heading after the first. note: what
    stands under it.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    note: str = ""


def cell(figure: Figure | None, contract: Contract, none: str = "") -> Cell:
    """A published figure as a cell. none: what is said where nothing was due, as "ej gjord"."""
    value, name, bounds = value_of(figure), state(figure), bounds_of(figure)
    if bounds:
        low, high = (_number(end, contract) for end in bounds)
        return Cell(None, "preliminary", say("bounds", low=low, high=high), bounds=bounds)
    if value is None:
        limit = round(figure.upper) + 1 if figure and figure.upper is not None else 0
        words = none if name == "missing" and none else say(name, limit=limit)
        return Cell(None, name, words)
    is_share = contract.measure == "share"
    text = _number(value, contract)
    if name == "preliminary":
        text = f"{text} ({say('preliminary')})"
    return Cell(value, name, text, contract.decimals, is_share)


def _number(value: float, contract: Contract) -> str:
    return share(value) if contract.measure == "share" else number(value, contract.decimals)


def as_html(sheet: Sheet) -> str:
    """A real table: the first heading names the rows; nothing where it has none."""
    if not sheet.rows:
        return ""
    head = "".join(f'<th scope="col"{_right(n)}>{escape(text)}</th>' for n, text in enumerate(sheet.headings))
    body = "".join(_tr(name, cells) for name, cells in sheet.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(sheet.title)}"><table>'
        f"<caption>{escape(sheet.title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _tr(name: str, cells: Sequence[Cell]) -> str:
    look = ' class="all"' if name == say("row_all") else ""
    return f'<tr{look}><th scope="row">{escape(name)}</th>{"".join(map(_td, cells))}</tr>'


def _right(column: int) -> str:
    return ' class="num"' if column else ""


def _td(cell: Cell) -> str:
    look = "num" if cell.value is not None else "num words"
    return f'<td class="{look}">{escape(cell.words)}</td>'


def as_csv(sheets: Iterable[Sheet]) -> bytes:
    """All tables in one file that Swedish Excel opens: semicolons, decimal commas, one line per cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([say(key) for key in ("csv_table", "csv_row", "csv_column", "csv_value", "csv_state")])
    for sheet in sheets:
        for name, cells in sheet.rows:
            for heading, found in zip(sheet.headings[1:], cells, strict=True):
                writer.writerow([sheet.title, name, heading, _plain(found), state_words(found)])
    return (BOM + text.getvalue()).encode()


def _plain(found: Cell) -> str:
    """The value with a decimal comma and no blanks, "" where there is none."""
    return "" if found.value is None else f"{found.value:.10g}".replace(".", ",")


def state_words(found: Cell) -> str:
    """What the state column says: `värde`, `preliminär`, or the words that stand instead of a number."""
    if found.value is None:
        return found.words
    return say("preliminary") if found.state == "preliminary" else say("csv_is_value")


def as_excel(sheets: Sequence[Sheet], definitions: Sequence[tuple[str, str]]) -> bytes:
    """A workbook: a sheet per table with real numbers, and one of definitions."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    del book["Sheet"]
    for sheet in sheets:
        page = book.create_sheet(_name(sheet.title, book.sheetnames))
        page.append([sheet.title])
        page.append(list(sheet.headings))
        for name, cells in sheet.rows:
            page.append([name, *(found.words if found.value is None else found.value for found in cells)])
            for place, found in enumerate(cells, 2):
                page.cell(page.max_row, place).number_format = _format(found)
        for row in (1, 2):
            for each in page[row]:
                each.font = Font(bold=True)
        page.column_dimensions["A"].width = 34
        page.freeze_panes = "B3"
    page = book.create_sheet(_name(say("definitions"), book.sheetnames))
    for term, text in definitions:
        page.append([term, text])
        page.cell(page.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 100
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _format(found: Cell) -> str:
    if found.is_share:
        return "0.0%"
    return "#,##0" + ("." + "0" * found.decimals if found.decimals else "")


def _name(title: str, taken: Sequence[str]) -> str:
    """A sheet's name that Excel takes, each once."""
    plain = "".join(letter for letter in title if letter not in "[]:*?/\\")[:EXCEL_NAME]
    if plain not in taken:
        return plain
    return f"{plain[: EXCEL_NAME - 3]} {len(taken)}"
