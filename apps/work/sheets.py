"""Rows of a work view as an Excel file: numbers as numbers, days as days, and a sheet that says what each
column means and what was asked. Pure: the same rows give the same cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final, Generic, TypeVar

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from apps.wording import say

T = TypeVar("T")
Value = str | int | float | date | None
WHOLE: Final = "#,##0"
MONEY: Final = "#,##0.00"
DAY: Final = "yyyy-mm-dd"
LONGEST: Final = 60
MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Field(Generic[T]):
    """One column. meaning: what stands in the sheet of definitions."""

    word: str
    value: Callable[[T], Value]
    meaning: str
    shape: str = ""


def workbook(
    name: str, fields: Sequence[Field[T]], rows: Sequence[T], about: Sequence[tuple[str, str]]
) -> bytes:
    """The file. about: what was asked for and how new it is, told above the definitions."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    _rows(sheet, fields, rows)
    _definitions(book.create_sheet(say("x_definitions")), fields, about)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(sheet: Worksheet, fields: Sequence[Field[T]], rows: Sequence[T]) -> None:
    for number, field in enumerate(fields, 1):
        _put(sheet, 1, number, say(field.word)).font = Font(bold=True)
    for line, row in enumerate(rows, 2):
        for number, field in enumerate(fields, 1):
            _put(sheet, line, number, field.value(row)).number_format = field.shape or "General"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}{len(rows) + 1}"
    _widen(sheet)


def _definitions(sheet: Worksheet, fields: Sequence[Field[T]], about: Sequence[tuple[str, str]]) -> None:
    lines = [*about, ("", ""), *((say(field.word), say(field.meaning)) for field in fields)]
    for line, (what, meaning) in enumerate(lines, 1):
        _put(sheet, line, 1, what).font = Font(bold=True)
        _put(sheet, line, 2, meaning).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 90


def _put(sheet: Worksheet, line: int, column: int, value: Value) -> Any:
    """A text stays a text, also when it looks like a formula."""
    cell = sheet.cell(line, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _widen(sheet: Worksheet) -> None:
    for cells in sheet.iter_cols():
        longest = max(len(str(cell.value)) for cell in cells if cell.value is not None)
        sheet.column_dimensions[get_column_letter(cells[0].column or 1)].width = min(LONGEST, longest + 3)
