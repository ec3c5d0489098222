"""Time rules, one module for all (domain 7.9): stored in UTC, computed in the municipality's zone, half-open.

A day is a local calendar day of 23, 24 or 25 hours; weeks are ISO weeks. Pure: `now` is always a parameter.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.errors import BadEvent, Misconfigured

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2299, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The time zone of that name; Misconfigured when it does not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Misconfigured(f"{name!r} is no time zone; write e.g. Europe/Stockholm") from error


def from_local(naive: datetime, tz: ZoneInfo) -> tuple[datetime, bool]:
    """A naive local time in UTC, and whether it occurs twice that night (the first one is taken then).

    BadEvent `nonexistent_time` for a time that the clocks jump over.
    """
    first = naive.replace(tzinfo=tz, fold=0)
    utc = first.astimezone(UTC)
    if utc.astimezone(tz).replace(tzinfo=None) != naive:
        raise BadEvent(
            "nonexistent_time",
            sv=f"Tiden finns inte: klockan ställs fram då ({tz.key}). Rätta tiden i källan.",
            en=f"This local time does not exist: clocks go forward then ({tz.key}). Mend it at the source.",
        )
    return utc, first.utcoffset() != naive.replace(tzinfo=tz, fold=1).utcoffset()


def midnight(day: date, tz: ZoneInfo) -> datetime:
    """The start of a local day, in UTC (the first instant of that date, also where clocks change at
    midnight).
    """
    return datetime.combine(day, time(), tz).astimezone(UTC)


def end_of_day(day: date, tz: ZoneInfo) -> datetime:
    """The last instant of a local day, in UTC: what was shown on a day is what stood there then."""
    return midnight(day + timedelta(days=1), tz) - timedelta(microseconds=1)


def local_day(instant: datetime, tz: ZoneInfo) -> date:
    """The local calendar day that an instant lies in."""
    return instant.astimezone(tz).date()


def days(first: date, until: date) -> list[date]:
    """Every day in [first, until)."""
    return [first + timedelta(days=n) for n in range((until - first).days)]


def week(day: date) -> tuple[int, int]:
    """ISO year and week: 2027-01-01 lies in week 53 of 2026."""
    iso = day.isocalendar()
    return iso.year, iso.week


def week_start(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def month_start(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after the day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_after(first: date, count: int) -> date:
    """The same day of the month so many months later; where that month has none, the first day after it."""
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    try:
        return date(year, month + 1, first.day)
    except ValueError:
        return date(year, month + 2, 1)


PERIODS = ("week", "month", "quarter", "year")
"""Kinds of period, shortest first. Weeks, which are ISO weeks, do not add up to the others."""
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_start(period: str, day: date) -> date:
    """The first day of the week, month, quarter or year that the day lies in."""
    if period == "week":
        return week_start(day)
    step = _MONTHS[period]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def later_period(period: str, first: date, count: int = 1) -> date:
    """The first day of the period so many after the one that begins on `first`; before it, if negative."""
    if period == "week":
        return first + timedelta(weeks=count)
    months = first.year * 12 + first.month - 1 + count * _MONTHS[period]
    return date(months // 12, months % 12 + 1, 1)


def year_before(period: str, first: date) -> date:
    """The first day of the same period a year earlier; of a week that of the same number, and of week 53 the
    last of that year, which never has so many.
    """
    if period == "week":
        year, number = week(first)
        return date.fromisocalendar(year - 1, min(number, 52), 1)
    return later_period(period, first, -12 // _MONTHS[period])


def in_range(instant: datetime) -> bool:
    """Whether the store can hold the instant (years 1900 to 2298)."""
    return EARLIEST <= instant < LATEST
