"""LC17: the social insurance grants assistance for at most 6 months, of which the first day is one."""

from __future__ import annotations

from datetime import date

from schemas.assistance import AssistanceDecided
from schemas.codes import Payer
from tests.streams.clock_tables.reading import Words, table


def _granted(since: date, until: date, payer: Payer = "social_insurance") -> AssistanceDecided:
    return AssistanceDecided(from_on=since, until_on=until, hours=900, unit="assistans", payer=payer)


WORDS: Words = {
    "granted": _granted,
    "granted_by_town": lambda since, until: _granted(since, until, "municipality"),
    "granted_by_whom": lambda since, until: _granted(since, until, "unknown"),
}
CANNOT = {
    "extended_in_time": "a longer period is another decision",
    "extended_too_late": "a longer period is another decision",
    "new_law": "the code of 2010 holds still",
}
TABLE = table("LC17", WORDS, cannot=CANNOT, kind="assistance", text="""
A period of six whole months is as long as it may be
    2026-06-11 09:00 granted 2026-07-01 2027-01-01
    at 2027-03-01: LC17 2026-07-01 to 2026-12-31 in_time

A period of a day more is too long
    2026-06-11 09:00 granted 2026-07-01 2027-01-02
    at 2027-03-01: LC17 2026-07-01 to 2026-12-31 late

A shorter period is in time
    2026-06-11 09:00 granted 2026-07-01 2026-10-01
    at 2027-03-01: LC17 2026-07-01 to 2026-12-31 in_time

A period that goes on has time left
    2026-06-11 09:00 granted 2026-07-01 2027-01-01
    at 2026-10-15: LC17 2026-07-01 to 2026-12-31 running

A period that goes on when six months are over is overdue
    2026-06-11 09:00 granted 2026-07-01 2027-03-01
    at 2027-01-15: LC17 2026-07-01 to 2026-12-31 overdue

A period from the middle of a month ends the day before in the sixth after
    2026-01-10 09:00 granted 2026-01-15 2026-07-15
    at 2026-09-01: LC17 2026-01-15 to 2026-07-14 in_time

A period from the last of August covers 29 February of a leap year (leap_year, month_end)
    2023-08-10 09:00 granted 2023-08-31 2024-03-01
    at 2024-06-01: LC17 2023-08-31 to 2024-02-29 in_time

A period from the leap day ends on 28 August (leap_year)
    2024-02-10 09:00 granted 2024-02-29 2024-08-30
    at 2024-12-01: LC17 2024-02-29 to 2024-08-28 late

A period from the last of August covers 28 February of other years (month_end)
    2025-08-10 09:00 granted 2025-08-31 2026-03-01
    at 2026-06-01: LC17 2025-08-31 to 2026-02-28 in_time

A period from the last of August may not cover 1 March (month_end)
    2025-08-10 09:00 granted 2025-08-31 2026-03-02
    at 2026-06-01: LC17 2025-08-31 to 2026-02-28 late

A period from the first of March ends with August (month_end)
    2026-02-10 09:00 granted 2026-03-01 2026-09-01
    at 2026-10-01: LC17 2026-03-01 to 2026-08-31 in_time

A last day before the short night ends at its midnight (spring_night)
    2025-09-10 09:00 granted 2025-09-29 2026-03-29
    at 2026-06-01: LC17 2025-09-29 to 2026-03-28 in_time

A last day that lacks an hour is a whole day too many (spring_night)
    2025-09-10 09:00 granted 2025-09-29 2026-03-30
    at 2026-06-01: LC17 2025-09-29 to 2026-03-28 late

A first day that lacks an hour is a day (spring_night)
    2026-03-10 09:00 granted 2026-03-29 2026-09-29
    at 2026-12-01: LC17 2026-03-29 to 2026-09-28 in_time

A last day of 25 hours ends at its midnight (autumn_night)
    2026-04-10 09:00 granted 2026-04-26 2026-10-26
    at 2026-12-01: LC17 2026-04-26 to 2026-10-25 in_time

A first day of 25 hours is one day, told in the hour that came twice (autumn_night)
    2026-10-25 02:30b granted 2026-10-25 2027-04-26
    at 2027-06-01: LC17 2026-10-25 to 2027-04-24 late

A period that ends before it begins says nothing of how long it is (stop_before_start)
    2026-06-11 09:00 granted 2026-07-01 2026-06-15
    at 2027-03-01: LC17 2026-07-01 to 2026-12-31 ended

A period that began earlier than was told first is too long (corrected_start)
    2026-06-11 09:00 granted 2026-07-01 2027-01-01 > granted 2026-06-15 2027-01-01
    at 2027-03-01: LC17 2026-06-15 to 2026-12-14 late

A period that began later than was told first is not too long (corrected_start)
    2026-06-11 09:00 granted 2026-06-15 2027-01-01 > granted 2026-07-01 2027-01-01
    at 2027-03-01: LC17 2026-07-01 to 2026-12-31 in_time

A payer that was corrected starts the clock (corrected_start)
    2026-06-11 09:00 granted_by_town 2026-07-01 2027-02-01 > granted 2026-07-01 2027-02-01
    at 2027-03-01: LC17 2026-07-01 to 2026-12-31 late

Each of two periods in a row has a clock of its own
    2026-06-11 09:00 granted 2026-07-01 2027-01-01
    2026-12-11 09:00 granted 2027-01-01 2027-07-01
    at 2027-03-01: LC17 2026-07-01 to 2026-12-31 in_time
    LC17 2027-01-01 to 2027-06-30 running

A period from the first day of the code runs by it
    2010-12-11 09:00 granted 2011-01-01 2011-07-02
    at 2011-09-01: LC17 2011-01-01 to 2011-06-30 late

A period from before the code has no clock (old_law)
    2010-12-11 09:00 granted 2010-12-31 2011-12-31
    at 2012-03-01: nothing

What the municipality grants has no such limit
    2026-06-11 09:00 granted_by_town 2026-07-01 2027-07-01
    at 2027-09-01: nothing

A payer that nobody told has no such clock
    2026-06-11 09:00 granted_by_whom 2026-07-01 2027-07-01
    at 2027-09-01: nothing
""")  # fmt: skip
