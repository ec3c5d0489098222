"""Swedish working days and office hours: when a social services office works. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Final

from schemas.calendar import from_local, midnight, zone
from schemas.errors import BadEvent

ZONE: Final = zone("Europe/Stockholm")
DAY: Final = timedelta(days=1)
OPENS_S: Final = 8 * 3600
SHUTS_S: Final = 17 * 3600
_FIXED: Final = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """Public holidays and the eves on which offices are shut (Midsummer, Christmas, New Year)."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=n) for n in (-2, 0, 1, 39, 49)}
    midsummer_eve = next(date(year, 6, d) for d in range(19, 26) if date(year, 6, d).weekday() == 4)
    all_saints = next(d for d in (date(year, 10, 31) + n * DAY for n in range(7)) if d.weekday() == 5)
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(moving | fixed | {midsummer_eve, midsummer_eve + DAY, all_saints})


@cache
def is_workday(day: date) -> bool:
    """Monday to Friday, no holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


@cache
def workday_from(day: date) -> date:
    """The day itself, else the next working day."""
    while not is_workday(day):
        day += DAY
    return day


def at_second(day: date, second: float) -> datetime:
    """A naive local time by its second of the day."""
    return datetime.combine(day, time()) + timedelta(seconds=int(second))


def office_time(rng: Random, wanted: datetime, after: datetime) -> datetime:
    """A naive local time in office hours on the wanted day or the next working day, later than `after`."""
    day = workday_from(wanted.date())
    then = at_second(day, rng.triangular(OPENS_S, SHUTS_S, 10.5 * 3600))
    if then > after:
        return then
    then = after + timedelta(seconds=int(300 + rng.random() * 5400))
    if is_workday(then.date()) and then < at_second(then.date(), SHUTS_S):
        return then
    return at_second(workday_from(after.date() + DAY), OPENS_S + rng.random() * 7200)


@cache
def _start(day: date) -> tuple[datetime, bool]:
    """A local day's start in UTC, and whether it is a plain day of 24 hours."""
    start = midnight(day, ZONE)
    return start, midnight(day + DAY, ZONE) - start == DAY


def to_utc(local: datetime) -> tuple[datetime, bool]:
    """A naive local time in UTC, and whether it occurs twice; one that does not exist is moved an hour on."""
    start, plain = _start(local.date())
    if plain:
        return start + timedelta(hours=local.hour, minutes=local.minute, seconds=local.second), False
    try:
        return from_local(local, ZONE)
    except BadEvent:
        return from_local(local + timedelta(hours=1), ZONE)


def local_date(instant: datetime) -> date:
    """The local day that an instant lies in."""
    return instant.astimezone(ZONE).date()


def start_of(day: date) -> datetime:
    """A local day's first instant, in UTC."""
    return _start(day)[0].astimezone(UTC)
