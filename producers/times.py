"""Times as sources write them: texts in declared formats, typed cells, local times in UTC. Pure.

Most of a run's work would be here without care: quick formats need no strptime, and an hour's offset is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from schemas.calendar import from_local
from schemas.errors import BadEvent

_SAMPLE: Final = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)
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
            "bad_time",
            "",
            "Cellen är tom; en tid behövs. Skriv den i källan.",
            "The cell is empty; a time is needed. Write it at the source.",
        )
    wanted = " / ".join(formats) or "2026-11-22 16:05"
    shown = _SAMPLE.strftime(formats[0] if formats else "%Y-%m-%d %H:%M")
    raise BadEvent(
        "bad_time", "", f"Cellen är ingen tid ({wanted}). Skriv den som {shown}.",
        f"The cell is no time ({wanted}). Write it as {shown}.",
    )  # fmt: skip


def _parse_text(text: str, formats: tuple[str, ...]) -> datetime | None:
    for read in map(_reader, formats or ("",)):
        try:
            found = read(text)
        except ValueError:
            continue
        if found is not None:
            return found
    return None


def form_fault(form: str) -> str:
    """Why a strptime format cannot say when something happened, "" when it can.

    A time is written and read again: its year comes back only where the format holds one.
    """
    try:
        year = datetime.strptime(_SAMPLE.strftime(form), form).year
    except (ValueError, re.error):
        return "is no time format; e.g. %Y-%m-%d %H:%M"
    return "" if year == _SAMPLE.year else "has no year; e.g. %Y-%m-%d %H:%M"


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
