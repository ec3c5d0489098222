"""Office hours on Swedish working days: when a social services office works. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Final

from schemas.calendar import from_local, midnight, zone
from schemas.errors import BadEvent
from schemas.workdays import is_workday, workday_from

ZONE: Final = zone("Europe/Stockholm")
DAY: Final = timedelta(days=1)
OPENS_S: Final = 8 * 3600
SHUTS_S: Final = 17 * 3600


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
