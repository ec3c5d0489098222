"""One row of a source file as its mapping sees it: cells as text, codes, numbers, days and instants.

Every cell that cannot be read is refused with its row and column, and never with its value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from zlib import crc32
from zoneinfo import ZoneInfo

from producers.times import Moment, moment, parse
from producers.units import REMEMBERED, unit_code
from schemas.errors import BadEvent
from schemas.identity import find_identity

_STOCKHOLM: Final = "Europe/Stockholm"
LONGEST: Final = 80  # characters of a local code


class BadCell(BadEvent):
    """A cell that cannot be read; `number` is its row's."""

    def __init__(self, number: int, reason: str, field: str, sv: str, en: str) -> None:
        super().__init__(reason, field, sv, en)
        self.number = number


class BadCells(BadEvent):
    """Several cells of one row that cannot be read: all are told at once."""

    def __init__(self, cells: Sequence[BadCell]) -> None:
        first = cells[0]
        super().__init__(first.reason, first.field, first.sv, first.en)
        self.cells = cells


@dataclass
class Table:
    """A source file's columns and how its cells are read. `index`: column name to position in a row.

    units: the names that were read as units so far, and their codes. names: what the municipality calls its
    codes, by list. today: the local day of the run. remarks: what is odd in a cell that is sent, by row
    number, column and Swedish text, in English. marks: what a row's colour says, by row number. sections: the
    heading that a row stands under, by row number. own_codes: by column, codes that no list has.
    """

    file: str
    index: dict[str, int]
    sheet: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(_STOCKHOLM))
    formats: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset({""})
    notices: list[tuple[str, str]] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    today: date = date.max
    remarks: dict[tuple[int, str, str], str] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)
    own_codes: dict[str, set[str]] = field(default_factory=dict)

    def columns(self) -> str:
        """The first 40 columns for a person; "?" when one holds an identity: that is a row, no heading."""
        listed = ", ".join(list(self.index)[:40])
        return "?" if any(map(find_identity, self.index)) else listed

    def address(self, number: int, column: str) -> str:
        """A cell's address as Excel shows it (`Blad1!C12`), "" where the file is no Excel file."""
        position = self.index.get(column)
        if not self.sheet or position is None:
            return ""
        return f"{self.sheet}!{letters(position)}{number}"


def letters(position: int) -> str:
    """A column's letters in Excel; the first, A, has position 0."""
    found = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        found = chr(65 + rest) + found
    return found


class Row:
    """One row. `row["Column"]` is the cell's text without outer blanks, "" when it is empty."""

    __slots__ = ("_table", "number", "read", "values")

    def __init__(
        self, table: Table, number: int, values: Sequence[Any], read: dict[Any, str] | None = None
    ) -> None:
        self._table = table
        self.values = values
        self.number = number
        self.read = read  # filled where a refused value's column is looked for: value to column

    @property
    def file(self) -> str:
        """The name of the file that the row stands in."""
        return self._table.file

    @property
    def table(self) -> Table:
        """The table that the row stands in."""
        return self._table

    def has(self, column: str) -> bool:
        """Whether the file has the column."""
        return column in self._table.index

    def raw(self, column: str) -> Any:
        """The cell as the file holds it: text, number, date, None (also for NaN, which is no number).

        BadCell when the column is missing.
        """
        position = self._table.index.get(column)
        if position is None:
            there = self._table.columns()
            raise BadCell(self.number, "missing_column", column, f"Kolumnen saknas. Filen har: {there}",
                          f"The column is missing. The file has: {there}")  # fmt: skip
        value = self.values[position] if position < len(self.values) else None
        return value if type(value) is str else plain(value)

    def __getitem__(self, column: str) -> str:
        value = self.raw(column)
        text = value.strip() if type(value) is str else self._written(column, value)
        return self._traced(column, "" if text in self._table.missing else text)

    def _written(self, column: str, value: Any) -> str:
        if isinstance(value, (bytes, bytearray, list, tuple, dict)) or value in (math.inf, -math.inf):
            sv = "Cellen håller varken text, tal eller tid (binärt, sammansatt eller oändligt)."
            en = "The cell holds neither text, number nor time (binary, composite or infinite)."
            raise self._bad(column, "bad_value", sv, en)
        return written(value)

    def _traced(self, column: str, value: str) -> str:
        if self.read is not None:
            self.read[value] = column
        return value

    def code(self, column: str) -> str:
        """The cell as a local code: lower case, what is no letter or digit as `-`; `unknown` when empty."""
        return self._traced(column, slug(self[column]) or "unknown")

    def unit(self, column: str) -> str:
        """The cell as a unit code, see `producers/units.py`; `unknown` when empty. BadCell where none is."""
        name = self[column]
        code = self._table.units.get(name)
        if code is None:
            code = self._unit(column, name)
        return self._traced(column, code)

    def _unit(self, column: str, name: str) -> str:
        try:
            code = unit_code(name) if name else "unknown"
        except BadEvent as error:
            raise self._bad(column, error.reason, error.sv, error.en) from None
        if name and len(self._table.units) < REMEMBERED:
            self._table.units[name] = code
        return code

    def time(self, column: str) -> Moment:
        """The cell as an instant, in the source's zone and formats. BadCell when it is empty or no time."""
        value = self.raw(column)
        value = value.strip() if type(value) is str else value
        try:
            found = moment(value, self._table.zone, self._table.formats)
        except BadEvent as error:
            raise self._bad(column, error.reason, error.sv, error.en) from None
        if self.read is not None:
            self.read[found.utc] = column
        return found

    def deadline(self, column: str) -> datetime | None:
        """A planned instant, None when empty. A local time that clocks jump over is read as if they had not.

        A deadline is no event: one that falls in the jump must not cost us the case, so it is not refused.
        """
        text = self[column]
        if not text:
            return None
        try:
            naive = parse(
                self.raw(column) if type(self.raw(column)) is not str else text, self._table.formats
            )
        except BadEvent as error:
            raise self._bad(column, error.reason, error.sv, error.en) from None
        return (naive if naive.tzinfo else naive.replace(tzinfo=self._table.zone)).astimezone(UTC)

    def day(self, column: str) -> date:
        """The cell as a calendar day. BadCell when it is empty or none."""
        value = self.raw(column)
        try:
            return parse(value.strip() if type(value) is str else value, self._table.formats).date()
        except BadEvent as error:
            raise self._bad(column, error.reason, error.sv, error.en) from None

    def number_in(self, column: str) -> float:
        """The cell as a number, with decimal comma and blanks between thousands. BadCell when it is none."""
        value = self.raw(column)
        if type(value) in (int, float, Decimal) and math.isfinite(value):
            found = float(value)
        else:
            text = re.sub(r"[\s\u00a0\u202f]", "", self[column])
            if not re.fullmatch(r"[-\u2212]?\d+(?:[.,]\d+)?", text):
                raise self._bad(column, "bad_value", "Cellen är inte ett tal. Skriv siffror, som 347,70.",
                                "The cell is no number. Write digits, as 347,70.")  # fmt: skip
            found = float(text.replace(",", ".").replace("\u2212", "-"))
        self.trace(found, column)
        return found

    def trace(self, value: Any, column: str) -> None:
        """Remember which column a value was made of, for the hub may refuse it."""
        if self.read is not None:
            self.read[value] = column

    def _bad(self, column: str, reason: str, sv: str, en: str) -> BadCell:
        return BadCell(self.number, reason, column, sv, en)


def plain(value: Any) -> Any:
    """A typed cell without its store's ways: NaN is an empty cell, an exact whole number (1.00) an int."""
    if type(value) is float:
        return None if math.isnan(value) else value
    if type(value) is Decimal:
        if value.is_nan():
            return None
        return int(value) if value.is_finite() and value == value.to_integral_value() else value
    return value


def written(value: Any) -> str:
    """A cell as a person reads it in the sheet, without outer blanks: 780.0 is 780."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value).strip()


@lru_cache(maxsize=10_000)
def slug(text: str) -> str:
    """Lower case, Swedish letters without rings and dots, all else one `-`; at most 80 characters.

    What is longer ends with a check sum, so that two texts with the same beginning stay two codes.
    """
    plain = text.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    code = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")
    return code if len(code) <= LONGEST else f"{code[: LONGEST - 9]}-{crc32(code.encode()):08x}"
