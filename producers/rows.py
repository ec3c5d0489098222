"""One row of a source file as its mapping sees it: cells as text, codes, numbers, days and instants.

Every cell that cannot be read is refused with its row and column, and never with its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from schemas.calendar import from_local
from schemas.errors import BadEvent

_STOCKHOLM: Final = "Europe/Stockholm"
_TWO: Final = r"(\d{1,2})"
_DIRECTIVES: Final = {"Y": r"(\d{4})", "m": _TWO, "d": _TWO, "H": _TWO, "I": _TWO, "M": r"(\d{2})",
                      "S": r"(\d{2})", "p": r"([AaPp][Mm])"}  # fmt: skip
_QUICK: Final = frozenset(
    "".join(sorted(names)) for names in ("Ymd", "YmdHM", "YmdHMS", "YmdIMp", "YmdIMSp")
)  # formats of numbers only, which are read without strptime


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
    offset = _plain_offset(found.replace(minute=0, second=0, microsecond=0), tz)
    if offset is not None:
        return Moment((found - offset).replace(tzinfo=UTC))
    return Moment(*from_local(found, tz))


@lru_cache(maxsize=50_000)
def _plain_offset(hour: datetime, tz: ZoneInfo) -> timedelta | None:
    """The offset that holds all through a local hour, None where clocks change in it."""
    last = hour.replace(minute=59, second=59, microsecond=999_999)
    try:
        (first_utc, twice), (last_utc, twice_too) = from_local(hour, tz), from_local(last, tz)
    except BadEvent:
        return None
    whole = last_utc - first_utc == last - hour
    return None if twice or twice_too or not whole else hour - first_utc.replace(tzinfo=None)


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
    if "".join(sorted(names)) not in _QUICK:
        return lambda text: datetime.strptime(text, form)
    pattern = re.sub(r"%(.)", lambda m: _DIRECTIVES[m[1]], re.escape(form).replace(r"\%", "%"))
    return _numbers(re.compile(pattern).fullmatch, names)


def _numbers(
    match: Callable[[str], re.Match[str] | None], names: list[str]
) -> Callable[[str], datetime | None]:
    """Reads what `match` finds; the place of each part is worked out once, since this runs for every time."""
    year, month, day = (names.index(name) for name in "Ymd")
    clock_places = [names.index(name) for name in ("I" if "I" in names else "H", "M", "S") if name in names]
    noon = names.index("p") if "p" in names else None

    def read(text: str) -> datetime | None:
        found = match(text)
        if found is None:
            return None
        part = found.groups()
        clock = [int(part[place]) for place in clock_places]
        if noon is not None:
            clock[0] = _hour_of_24(clock[0], part[noon])
        hour, minute, second, *_ = [*clock, 0, 0, 0]
        return datetime(int(part[year]), int(part[month]), int(part[day]), hour, minute, second)

    return read


def _hour_of_24(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError("an hour of the 12-hour clock lies between 1 and 12")
    return hour % 12 + (12 if half[0] in "Pp" else 0)
