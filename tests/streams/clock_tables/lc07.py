"""LC7: decisions not carried out are reported each quarter; the act names no day, and ours is the end of the
next quarter. A report is heard of when it is given.
"""

from __future__ import annotations

from schemas.reporting import ReportDelivered
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "to_ivo": lambda since, until: ReportDelivered(
        report="unexecuted_decisions", to="ivo", from_on=since, until_on=until
    ),
    "to_council": lambda since, until: ReportDelivered(
        report="unexecuted_decisions", to="council", from_on=since, until_on=until
    ),
    "statistics": lambda since, until: ReportDelivered(
        report="statistics", to="socialstyrelsen", from_on=since, until_on=until
    ),
    "activity_duty": lambda since, until: ReportDelivered(
        report="activity_duty", to="ivo", from_on=since, until_on=until
    ),
}
CANNOT = {
    "extended_in_time": "the act knows no longer time for a report",
    "extended_too_late": "the act knows no longer time for a report",
}
TABLE = table("LC7", WORDS, cannot=CANNOT, kind="report", text="""
The third quarter is reported in the fourth (new_law)
    2026-11-10 09:00 to_ivo 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 in_time

The council is told of the same quarter
    2026-12-14 18:00 to_council 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 in_time

The last minute of the next quarter is in time (month_end)
    2026-12-31 23:59 to_ivo 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 in_time

The first minute after the next quarter is late (month_end)
    2027-01-01 00:00 to_ivo 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 late

Before it was given, a report had time left
    2026-11-10 09:00 to_ivo 2026-07-01 2026-10-01
    at 2026-10-20: LC7 2026-10-01 to 2026-12-31 running

Before it was given, a late report was overdue
    2027-02-10 09:00 to_ivo 2026-07-01 2026-10-01
    at 2027-01-20: LC7 2026-10-01 to 2026-12-31 overdue

The first quarter is reported by the end of June
    2026-06-30 20:00 to_ivo 2026-01-01 2026-04-01
    at 2026-09-01: LC7 2026-04-01 to 2026-06-30 in_time

The second quarter is reported by the end of September
    2026-10-01 08:00 to_ivo 2026-04-01 2026-07-01
    at 2026-12-01: LC7 2026-07-01 to 2026-09-30 late

The fourth quarter is reported by the end of March of the next year
    2027-03-31 08:00 to_ivo 2026-10-01 2027-01-01
    at 2027-06-01: LC7 2027-01-01 to 2027-03-31 in_time

A report on the leap day is in time (leap_year, old_law)
    2024-02-29 08:00 to_ivo 2023-10-01 2024-01-01
    at 2024-06-01: LC7 2024-01-01 to 2024-03-31 in_time

A quarter with the leap day in it is reported like any other (leap_year, old_law)
    2024-07-01 08:00 to_council 2024-01-01 2024-04-01
    at 2024-09-01: LC7 2024-04-01 to 2024-06-30 late

A last day that lacks an hour ends at its midnight (spring_night, old_law)
    2024-03-31 23:59 to_ivo 2023-10-01 2024-01-01
    at 2024-06-01: LC7 2024-01-01 to 2024-03-31 in_time

The day after a last day that lacks an hour is late (spring_night, old_law)
    2024-04-01 00:00 to_ivo 2023-10-01 2024-01-01
    at 2024-06-01: LC7 2024-01-01 to 2024-03-31 late

A report in the hour that came twice is in time for the quarter before (autumn_night)
    2026-10-25 02:30b to_ivo 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 in_time

A report in the hour that came twice is late for the one before that (autumn_night)
    2026-10-25 02:30 to_ivo 2026-04-01 2026-07-01
    at 2027-02-01: LC7 2026-07-01 to 2026-09-30 late

A report before its quarter has ended says nothing of the whole quarter (stop_before_start)
    2026-09-20 09:00 to_ivo 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 ended

A report before the end and a whole one after it is in time by the whole one (stop_before_start)
    2026-09-20 09:00 to_ivo 2026-07-01 2026-10-01
    2026-10-20 09:00 to_ivo 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 in_time

A report that was given twice counts the first time
    2026-12-20 09:00 to_ivo 2026-07-01 2026-10-01
    2027-01-20 09:00 to_ivo 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 in_time

A report that was of an earlier quarter than was told first is late (corrected_start)
    2026-11-10 09:00 to_ivo 2026-07-01 2026-10-01 > to_ivo 2026-04-01 2026-07-01
    at 2027-02-01: LC7 2026-07-01 to 2026-09-30 late

A report that was of a later quarter than was told first is in time (corrected_start)
    2026-11-10 09:00 to_ivo 2026-04-01 2026-07-01 > to_ivo 2026-07-01 2026-10-01
    at 2027-02-01: LC7 2026-10-01 to 2026-12-31 in_time

The last quarter under the old act that ended before the new one keeps it (old_law)
    2025-06-30 23:00 to_ivo 2025-01-01 2025-04-01
    at 2025-09-01: LC7 2025-04-01 to 2025-06-30 in_time

A quarter that ended as the new act came into force is reported by that (new_law)
    2025-10-02 09:00 to_ivo 2025-04-01 2025-07-01
    at 2025-12-01: LC7 2025-07-01 to 2025-09-30 late

A quarter before there was anything to report has no clock (old_law)
    2006-06-20 09:00 to_ivo 2006-01-01 2006-04-01
    at 2007-01-01: nothing

Other reports have no such clock
    2026-11-10 09:00 statistics 2026-07-01 2026-10-01
    2026-11-10 10:00 activity_duty 2026-07-01 2026-10-01
    at 2027-02-01: nothing

A report that was taken back was never given, and no clock tells of it
    2026-11-10 09:00 to_ivo 2026-07-01 2026-10-01 > nothing
    2026-11-10 10:00 statistics 2026-07-01 2026-10-01
    at 2027-02-01: nothing
""")  # fmt: skip
