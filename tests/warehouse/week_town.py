"""Doses on both sides of the midnights between weeks (9963): of the clock changes of 2020, and of the new
year, which lies in week 53.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from schemas.calendar import later_period, midnight, zone
from schemas.devices import DoseMissed, DoseTaken
from schemas.envelope import Event
from tests.dispensing import due, installed, tell
from tests.warehouse.golden import Days

WEEKLY: Final = "9963"
STOCKHOLM: Final = zone("Europe/Stockholm")
FIRST: Final = date(2020, 3, 2)
"""Monday of week 10, when the devices come."""
DOSES: Final = (  # device, local time, whether it was taken, and the week that it belongs to
    ("a", "2020-03-22 23:30", True),  # 12
    ("a", "2020-03-23 00:30", True),  # 13
    ("b", "2020-03-29 23:30", False),  # 13, an hour after which the UTC day changes first
    ("b", "2020-03-30 00:30", True),  # 14
    ("c", "2020-10-25 01:30", True),  # 43
    ("a", "2020-10-25 23:30", False),  # 43
    ("b", "2020-10-26 00:30", True),  # 44
    ("a", "2020-12-31 12:00", True),  # 53
    ("b", "2021-01-01 12:00", False),  # 53
    ("c", "2021-01-03 23:30", True),  # 53
    ("a", "2021-01-04 00:30", False),  # 1
)


def weekly(code: str = WEEKLY) -> list[Event]:
    """Three devices and their doses."""
    lives = [
        tell(name, installed("norr", name), midnight(FIRST, STOCKHOLM), municipality=code) for name in "abc"
    ]
    return [*lives, *(event for dose in DOSES for event in given(*dose, code))]


def given(of: str, local: str, is_taken: bool, code: str = WEEKLY) -> list[Event]:
    """A dose of a device, due at that local time, and what became of it."""
    when = datetime.fromisoformat(local).replace(tzinfo=STOCKHOLM)
    fact = DoseTaken() if is_taken else DoseMissed()
    return [tell(f"{of} {local}", one, when, municipality=code) for one in (due(when, of), fact)]


def week_of(year: int, number: int) -> Days:
    """The days of an ISO week."""
    monday = date.fromisocalendar(year, number, 1)
    return monday, later_period("week", monday)
