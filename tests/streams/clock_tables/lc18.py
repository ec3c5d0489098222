"""LC18: a period of assistance is settled within 2 months of its last day."""

from __future__ import annotations

from datetime import date

from schemas.assistance import AllowanceSettled, AssistanceDecided
from schemas.codes import Payer
from tests.streams.clock_tables.reading import Words, table


def _granted(since: date, until: date, payer: Payer = "social_insurance") -> AssistanceDecided:
    return AssistanceDecided(from_on=since, until_on=until, hours=900, unit="assistans", payer=payer)


WORDS: Words = {
    "granted": _granted,
    "granted_by_town": lambda since, until: _granted(since, until, "municipality"),
    "settled": lambda until: AllowanceSettled(until_on=until),
}
CANNOT = {
    "extended_in_time": "the code knows no longer time",
    "extended_too_late": "the code knows no longer time",
    "new_law": "the code of 2010 holds still",
}
TABLE = table("LC18", WORDS, cannot=CANNOT, kind="assistance", text="""
A period that ended with August is settled in October
    2026-02-11 09:00 granted 2026-03-01 2026-09-01
    2026-10-04 09:00 settled 2026-09-01
    at 2026-12-01: LC18 2026-08-31 23:59 to 2026-10-31 in_time

The last minute of the same day two months later is in time
    2025-12-11 09:00 granted 2026-01-01 2026-06-16
    2026-08-15 23:59 settled 2026-06-16
    at 2026-12-01: LC18 2026-06-15 23:59 to 2026-08-15 in_time

The first minute of the day after is late
    2025-12-11 09:00 granted 2026-01-01 2026-06-16
    2026-08-16 00:00 settled 2026-06-16
    at 2026-12-01: LC18 2026-06-15 23:59 to 2026-08-15 late

A period has time left on the last day
    2025-12-11 09:00 granted 2026-01-01 2026-06-16
    at 2026-08-15 20:00: LC18 2026-06-15 23:59 to 2026-08-15 running

A period that nobody has settled is overdue
    2025-12-11 09:00 granted 2026-01-01 2026-06-16
    at 2026-08-16: LC18 2026-06-15 23:59 to 2026-08-15 overdue

A period that ended with the year before a leap year is settled by 29 February (leap_year, month_end)
    2023-06-11 09:00 granted 2023-07-01 2024-01-01
    2024-02-29 20:00 settled 2024-01-01
    at 2024-06-01: LC18 2023-12-31 23:59 to 2024-02-29 in_time

A period that ended on the leap day is settled by 29 April (leap_year)
    2023-08-11 09:00 granted 2023-09-01 2024-03-01
    2024-04-30 09:00 settled 2024-03-01
    at 2024-06-01: LC18 2024-02-29 23:59 to 2024-04-29 late

A period that ended with another year is settled by 28 February (month_end)
    2026-06-11 09:00 granted 2026-07-01 2027-01-01
    2027-03-01 09:00 settled 2027-01-01
    at 2027-06-01: LC18 2026-12-31 23:59 to 2027-02-28 late

A period that ended with June is settled by 30 August (month_end)
    2025-12-11 09:00 granted 2026-01-01 2026-07-01
    2026-08-30 20:00 settled 2026-07-01
    at 2026-12-01: LC18 2026-06-30 23:59 to 2026-08-30 in_time

A period that ended with July is settled by the last of September (month_end)
    2026-01-11 09:00 granted 2026-02-01 2026-08-01
    2026-10-01 09:00 settled 2026-08-01
    at 2026-12-01: LC18 2026-07-31 23:59 to 2026-09-30 late

A last day that lacks an hour ends at its midnight (spring_night)
    2025-07-11 09:00 granted 2025-08-01 2026-01-30
    2026-03-29 23:59 settled 2026-01-30
    at 2026-06-01: LC18 2026-01-29 23:59 to 2026-03-29 in_time

A period that ended with the short day counts from that day (spring_night)
    2025-09-11 09:00 granted 2025-10-01 2026-03-30
    2026-05-30 00:00 settled 2026-03-30
    at 2026-06-01: LC18 2026-03-29 23:59 to 2026-05-29 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-02-11 09:00 granted 2026-03-01 2026-08-26
    2026-10-25 23:59 settled 2026-08-26
    at 2026-12-01: LC18 2026-08-25 23:59 to 2026-10-25 in_time

A period that ended with the long day counts from that day (autumn_night)
    2026-04-11 09:00 granted 2026-05-01 2026-10-26
    2026-12-26 00:00 settled 2026-10-26
    at 2027-01-01: LC18 2026-10-25 23:59 to 2026-12-25 late

A settlement before the period has ended says nothing of the whole of it (stop_before_start)
    2026-02-11 09:00 granted 2026-03-01 2026-09-01
    2026-08-20 09:00 settled 2026-09-01
    at 2026-12-01: LC18 2026-08-31 23:59 to 2026-10-31 ended

A settlement of a period before, of which nobody told, is none of this one
    2026-02-11 09:00 granted 2026-03-01 2026-09-01
    2026-04-20 09:00 settled 2026-03-01
    at 2026-12-01: LC18 2026-08-31 23:59 to 2026-10-31 overdue

A period that ended earlier than was told first is settled late (corrected_start)
    2026-02-11 09:00 granted 2026-03-01 2026-09-01 > granted 2026-03-01 2026-08-01
    2026-10-20 09:00 settled 2026-08-01
    at 2026-12-01: LC18 2026-07-31 23:59 to 2026-09-30 late

A period that ended later than was told first is settled in time (corrected_start)
    2026-02-11 09:00 granted 2026-03-01 2026-08-01 > granted 2026-03-01 2026-09-01
    2026-10-20 09:00 settled 2026-09-01
    at 2026-12-01: LC18 2026-08-31 23:59 to 2026-10-31 in_time

A payer that was corrected starts the clock (corrected_start)
    2026-02-11 09:00 granted_by_town 2026-03-01 2026-09-01 > granted 2026-03-01 2026-09-01
    at 2026-10-01: LC18 2026-08-31 23:59 to 2026-10-31 running

Two periods are settled each by its own account
    2025-12-11 09:00 granted 2026-01-01 2026-04-01
    2026-03-11 09:00 granted 2026-04-01 2026-07-01
    2026-08-20 09:00 settled 2026-07-01
    at 2026-12-01: LC18 2026-03-31 23:59 to 2026-05-31 overdue
    LC18 2026-06-30 23:59 to 2026-08-30 in_time

A period that ended in the first days of the code runs by it
    2010-12-11 09:00 granted 2010-12-15 2011-01-02
    2011-03-02 09:00 settled 2011-01-02
    at 2011-06-01: LC18 2011-01-01 23:59 to 2011-03-01 late

A period that ended before the code has no clock (old_law)
    2010-06-11 09:00 granted 2010-07-01 2011-01-01
    2011-04-02 09:00 settled 2011-01-01
    at 2011-06-01: nothing

What the municipality grants is settled with nobody
    2026-02-11 09:00 granted_by_town 2026-03-01 2026-09-01
    at 2026-12-01: nothing

A period that was taken back is not to be settled
    2026-02-11 09:00 granted 2026-03-01 2026-09-01 > nothing
    2026-10-04 09:00 settled 2026-09-01
    at 2026-12-01: nothing
""")  # fmt: skip
