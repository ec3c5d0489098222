"""Local days and their first and last instants, and the last day of a limit (domain 7.9). Pure.

Times are microseconds since 1970 UTC; a last instant is a day's last microsecond.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from schemas.calendar import local_day, midnight, months_after, next_month
from schemas.clocks import Limit
from schemas.workdays import workday_from
from streams.history import EPOCH, micros

_DAY: Final = timedelta(days=1)


def day_of(at: int, tz: ZoneInfo) -> date:
    """The local day of an instant."""
    return local_day(EPOCH + timedelta(microseconds=at), tz)


@lru_cache(maxsize=100_000)
def first_instant(day: date, tz: ZoneInfo) -> int:
    """When a local day begins."""
    return micros(midnight(day, tz))


def last_instant(day: date, tz: ZoneInfo) -> int:
    """The last microsecond of a local day."""
    return first_instant(day + _DAY, tz) - 1


@lru_cache(maxsize=100_000)
def last_of(limit: Limit, day: date, tz: ZoneInfo) -> tuple[int, int]:
    """The last instants of a limit that starts on this day: by the law, and moved to a working day."""
    last = last_day(limit, day)
    return last_instant(last, tz), last_instant(workday_from(last), tz)


def last_day(limit: Limit, start: date) -> date:
    """The last day in time: the start day is not counted; a month ends on the same day number, else on the
    month's last day. A period that counts its first day ends on the day before.
    """
    if limit.counts_first:
        return months_after(start, limit.months + 12 * limit.years) - _DAY
    day = _same_day(start, limit.months + 12 * limit.years) + timedelta(days=limit.days + 7 * limit.weeks)
    if limit.then == "end_of_quarter":
        return _same_day(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3) - _DAY
    return date(day.year + 1, 12, 31) if limit.then == "end_of_next_year" else day


def _same_day(day: date, months: int) -> date:
    """The same day number so many months later, else that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), next_month(first) - _DAY)
