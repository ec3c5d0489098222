"""Last days by the law, for the answer key alone: it shares no arithmetic with the hub's clocks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from producers.synthetic.workdays import DAY, local_date, start_of
from schemas.workdays import is_workday

LastDay = Callable[[date], date]
_MICRO: Final = timedelta(microseconds=1)


def in_days(count: int) -> LastDay:
    """So many days after the day that it started, which is not counted itself."""
    return lambda day: day + count * DAY


def in_months(count: int) -> LastDay:
    """On the same day of the month so many months later, else on that month's last day."""

    def last(day: date) -> date:
        year, month = day.year, day.month + count
        while month > 12:
            year, month = year + 1, month - 12
        return date(year, month, min(day.day, monthrange(year, month)[1]))

    return last


def of_months(count: int) -> LastDay:
    """The last day of so many months of which the day is the first: the day before the same one, or the last
    of a month that has no such day.
    """

    def last(day: date) -> date:
        same = in_months(count)(day)
        return same if same.day < day.day else same - DAY

    return last


def end_of_quarter(day: date) -> date:
    """The last day of the quarter that the day lies in."""
    month = {1: 3, 2: 6, 3: 9, 4: 12}[(day.month + 2) // 3]
    return date(day.year, month, monthrange(day.year, month)[1])


def disposed_by(day: date) -> date:
    """Five years later, at the latest by the end of the year after that."""
    return date(day.year + 6, 12, 31)


def end_of(day: date) -> datetime:
    """The last moment of a local day."""
    return start_of(day + DAY) - _MICRO


def ends(last: LastDay, started: datetime) -> tuple[datetime, datetime]:
    """The last moments in time: by the law, and where it moves to a day on which offices are open."""
    day = last(local_date(started))
    moved = day
    while not is_workday(moved):
        moved += DAY
    return end_of(day), end_of(moved)


def next_month(month: date) -> date:
    """The first day of the month after the one that begins on `month`."""
    return in_months(1)(month)
