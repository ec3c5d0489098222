"""LC21: statistics are given to Socialstyrelsen, from 1 August 2027 to the register of social data; a month
after the period's last day is our limit.
"""

from __future__ import annotations

from schemas.reporting import ReportDelivered
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "statistics": lambda since, until: ReportDelivered(
        report="statistics", to="socialstyrelsen", from_on=since, until_on=until
    ),
    "unexecuted": lambda since, until: ReportDelivered(
        report="unexecuted_decisions", to="ivo", from_on=since, until_on=until
    ),
}
CANNOT = {
    "extended_in_time": "the limit is ours, and no event makes it longer",
    "extended_too_late": "the limit is ours, and no event makes it longer",
}
TABLE = table("LC21", WORDS, cannot=CANNOT, kind="report", text="""
The statistics of September are given in October
    2026-10-10 09:00 statistics 2026-09-01 2026-10-01
    at 2026-12-01: LC21 2026-09-30 23:59 to 2026-10-30 in_time

The last minute of the same day a month later is in time
    2026-10-30 23:59 statistics 2026-09-01 2026-10-01
    at 2026-12-01: LC21 2026-09-30 23:59 to 2026-10-30 in_time

The first minute of the day after is late
    2026-10-31 00:00 statistics 2026-09-01 2026-10-01
    at 2026-12-01: LC21 2026-09-30 23:59 to 2026-10-30 late

Before they were given, statistics had time left
    2026-10-10 09:00 statistics 2026-09-01 2026-10-01
    at 2026-10-05: LC21 2026-09-30 23:59 to 2026-10-30 running

Before they were given, late statistics were overdue
    2026-11-20 09:00 statistics 2026-09-01 2026-10-01
    at 2026-11-10: LC21 2026-09-30 23:59 to 2026-10-30 overdue

The statistics of a year are given by the last of January
    2027-01-31 20:00 statistics 2026-01-01 2027-01-01
    at 2027-03-01: LC21 2026-12-31 23:59 to 2027-01-31 in_time

The statistics of a half year are given by 30 July
    2026-07-31 09:00 statistics 2026-01-01 2026-07-01
    at 2026-09-01: LC21 2026-06-30 23:59 to 2026-07-30 late

A month from the last of January is 29 February in a leap year (leap_year, month_end, new_law)
    2028-02-29 20:00 statistics 2028-01-01 2028-02-01
    at 2028-04-01: LC21 2028-01-31 23:59 to 2028-02-29 in_time

A month from the leap day is 29 March (leap_year, new_law)
    2028-03-30 09:00 statistics 2028-02-01 2028-03-01
    at 2028-05-01: LC21 2028-02-29 23:59 to 2028-03-29 late

A month from the last of January is 28 February in other years (month_end)
    2026-03-01 09:00 statistics 2026-01-01 2026-02-01
    at 2026-04-01: LC21 2026-01-31 23:59 to 2026-02-28 late

A month from the last of October is the last of November (month_end)
    2026-11-30 20:00 statistics 2026-10-01 2026-11-01
    at 2027-01-01: LC21 2026-10-31 23:59 to 2026-11-30 in_time

A last day that lacks an hour ends at its midnight (spring_night)
    2027-03-28 23:59 statistics 2027-02-01 2027-03-01
    at 2027-05-01: LC21 2027-02-28 23:59 to 2027-03-28 in_time

The minute after a last day that lacks an hour is late (spring_night)
    2027-03-29 00:00 statistics 2027-02-01 2027-03-01
    at 2027-05-01: LC21 2027-02-28 23:59 to 2027-03-28 late

Statistics in the hour that came twice are in time for the month before (autumn_night)
    2026-10-25 02:30b statistics 2026-09-01 2026-10-01
    at 2026-12-01: LC21 2026-09-30 23:59 to 2026-10-30 in_time

A week that ended with the long day counts from that day (autumn_night)
    2026-11-25 23:59 statistics 2026-10-19 2026-10-26
    at 2026-12-01: LC21 2026-10-25 23:59 to 2026-11-25 in_time

Statistics before the period has ended say nothing of the whole of it (stop_before_start)
    2026-09-20 09:00 statistics 2026-09-01 2026-10-01
    at 2026-12-01: LC21 2026-09-30 23:59 to 2026-10-30 ended

Statistics before the end and whole ones after it are in time by the whole ones (stop_before_start)
    2026-09-20 09:00 statistics 2026-09-01 2026-10-01
    2026-10-20 09:00 statistics 2026-09-01 2026-10-01
    at 2026-12-01: LC21 2026-09-30 23:59 to 2026-10-30 in_time

Statistics of an earlier period than was told first are late (corrected_start)
    2026-10-10 09:00 statistics 2026-09-01 2026-10-01 > statistics 2026-08-01 2026-09-01
    at 2026-12-01: LC21 2026-08-31 23:59 to 2026-09-30 late

Statistics of a later period than was told first are in time (corrected_start)
    2026-10-10 09:00 statistics 2026-08-01 2026-09-01 > statistics 2026-09-01 2026-10-01
    at 2026-12-01: LC21 2026-09-30 23:59 to 2026-10-30 in_time

The last period before the register goes to Socialstyrelsen (old_law)
    2027-08-31 20:00 statistics 2027-07-01 2027-08-01
    at 2027-10-01: LC21 2027-07-31 23:59 to 2027-08-31 in_time

The first period of the register is given to that (new_law)
    2027-10-01 09:00 statistics 2027-08-01 2027-09-01
    at 2027-11-01: LC21 2027-08-31 23:59 to 2027-09-30 late

A period that ended before the act has no clock (old_law)
    2025-08-20 09:00 statistics 2025-06-01 2025-07-01
    at 2025-10-01: nothing

The first period that ended under the act has one (old_law)
    2025-08-20 09:00 statistics 2025-07-01 2025-08-01
    at 2025-10-01: LC21 2025-07-31 23:59 to 2025-08-31 in_time

Another report is no statistics
    2026-10-10 09:00 unexecuted 2026-07-01 2026-10-01
    at 2026-12-01: nothing
""")  # fmt: skip
