"""One row of a source file as its mapping sees it: cells as text, codes, numbers, days and instants.

Every cell that cannot be read is refused with its row and column, and never with its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from schemas.calendar import from_local
from schemas.errors import BadEvent

_STOCKHOLM: Final = "Europe/Stockholm"
_TWO: Final = r"(\d{1,2})"
_DIRECTIVES: Final = {"Y": r"(\d{4})", "m": _TWO, "d": _TWO, "H": _TWO, "I": _TWO, "M": r"(\d{2})",
                      "S": r"(\d{2})", "p": r"([AaPp][Mm])"}  # fmt: skip


class Moment(NamedTuple):
    """An instant, and whether its local time occurs twice that night."""

    utc: datetime
    ambiguous: bool = False


class BadCell(BadEvent):
    """A cell that cannot be read; `number` is its row's."""

    def __init__(self, number: int, reason: str, field: str, sv: str, en: str) -> None:
        super().__init__(reason, field, sv, en)
        self.number = number


@dataclass
class Table:
    """A source file's columns and how its cells are read. `index`: column name to position in a row."""

    file: str
    index: dict[str, int]
    sheet: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(_STOCKHOLM))
    formats: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset({""})
    notices: list[tuple[str, str]] = field(default_factory=list)


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

    def raw(self, column: str) -> Any:
        """The cell as the file holds it: text, number, date, None. BadCell when the column is missing."""
        position = self._table.index.get(column)
        if position is None:
            there = ", ".join(list(self._table.index)[:40])
            raise BadCell(self.number, "missing_column", column, f"Kolumnen saknas. Filen har: {there}",
                          f"The column is missing. The file has: {there}")  # fmt: skip
        return self.values[position] if position < len(self.values) else None

    def __getitem__(self, column: str) -> str:
        value = self.raw(column)
        text = value.strip() if type(value) is str else _text(value)
        return self._traced(column, "" if text in self._table.missing else text)

    def _traced(self, column: str, value: str) -> str:
        if self.read is not None:
            self.read[value] = column
        return value

    def code(self, column: str) -> str:
        """The cell as a local code: lower case, what is no letter or digit as `-`; `unknown` when empty."""
        return self._traced(column, slug(self[column]) or "unknown")

    def unit(self, column: str) -> str:
        """The cell as a unit code: blanks as `_`; `unknown` when empty."""
        return self._traced(column, self[column].replace(" ", "_") or "unknown")

    def time(self, column: str) -> Moment:
        """The cell as an instant, in the source's zone and formats. BadCell when it is empty or no time."""
        value = self.raw(column)
        value = value.strip() if type(value) is str else value
        try:
            return moment(value, self._table.zone, self._table.formats)
        except BadEvent as error:
            raise self._bad(column, error.reason, error.sv, error.en) from None

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
        if type(value) in (int, float):
            return float(value)
        text = re.sub(r"[\s\u00a0\u202f]", "", self[column])
        if not re.fullmatch(r"[-\u2212]?\d+(?:[.,]\d+)?", text):
            raise self._bad(column, "bad_value", "Cellen är inte ett tal.", "The cell is no number.")
        return float(text.replace(",", ".").replace("\u2212", "-"))

    def _bad(self, column: str, reason: str, sv: str, en: str) -> BadCell:
        return BadCell(self.number, reason, column, sv, en)


def _text(value: Any) -> str:
    """A typed cell as a person reads it in the sheet: 780.0 is 780."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


@lru_cache(maxsize=10_000)
def slug(text: str) -> str:
    """Lower case, Swedish letters without rings and dots, all else one `-`; at most 80 characters."""
    plain = text.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:80]


def moment(value: Any, tz: ZoneInfo, formats: tuple[str, ...] = ()) -> Moment:
    """A cell as an instant: what has a zone keeps it, what has none is local time in `tz`.

    BadEvent `bad_time` when it is no time, `nonexistent_time` when clocks jump over it.
    """
    found = parse(value, formats)
    if found.tzinfo is not None:
        return Moment(found.astimezone(UTC))
    return Moment(*from_local(found, tz))


def parse(value: Any, formats: tuple[str, ...]) -> datetime:
    """A cell as date and time, naive where it names no zone. No `formats`: ISO 8601. BadEvent `bad_time`."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, str) and value:
        found = _parse_text(value, formats)
        if found is not None:
            return found
    if value is None or value == "":
        raise BadEvent(
            "bad_time", "", "Cellen är tom; en tid behövs.", "The cell is empty; a time is needed."
        )
    wanted = " / ".join(formats) or "2026-11-22 16:05"
    raise BadEvent("bad_time", "", f"Cellen är ingen tid ({wanted}).", f"The cell is no time ({wanted}).")


def _parse_text(text: str, formats: tuple[str, ...]) -> datetime | None:
    for read in map(_reader, formats or ("",)):
        try:
            found = read(text)
        except ValueError:
            continue
        if found is not None:
            return found
    return None


@lru_cache(maxsize=64)
def _reader(form: str) -> Callable[[str], datetime | None]:
    """A reader of one strptime format, several times quicker where the format has numbers only."""
    if not form:
        return datetime.fromisoformat
    names = re.findall(r"%(.)", form)
    if not {"Y", "m", "d"} <= set(names) <= _DIRECTIVES.keys() or len(set(names)) < len(names):
        return lambda text: datetime.strptime(text, form)
    pattern = re.compile(
        re.sub(r"%(.)", lambda m: _DIRECTIVES[m[1]], re.escape(form).replace(r"\%", "%"))
    ).fullmatch
    return lambda text: _numbers(names, pattern(text))


def _numbers(names: list[str], match: re.Match[str] | None) -> datetime | None:
    if match is None:
        return None
    part = dict(zip(names, match.groups(), strict=True))
    hour = int(part.get("H", 0))
    if "I" in part:
        hour = int(part["I"])
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part.get("p", "am")[0] in "Pp" else 0)
    return datetime(
        int(part["Y"]), int(part["m"]), int(part["d"]), hour, int(part.get("M", 0)), int(part.get("S", 0))
    )
