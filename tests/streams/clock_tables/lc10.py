"""LC10: a child moves from an emergency foster home (jourhem) within 2 months of the investigation's end."""

from __future__ import annotations

from schemas import cases as c
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "opened": c.InvestigationOpened(),
    "ended": c.InvestigationClosed(),
    "emergency_home": c.ServiceStarted(service_type="emergency_foster_home"),
    "foster_home": c.ServiceStarted(service_type="foster_home"),
    "residential": c.ServiceStarted(service_type="residential_care_home"),
    "moved": c.ServiceEnded(reason="other"),
    "closed": c.CaseClosed(reason="service_done"),
}
CANNOT = {
    "extended_in_time": "whether special reasons give longer is not confirmed, and no event tells of it",
    "extended_too_late": "whether special reasons give longer is not confirmed, and no event tells of it",
    "stop_before_start": "a move before the investigation ended leaves no emergency home to move from",
}
TABLE = table("LC10", WORDS, cannot=CANNOT, text="""
A child moves within two months of the end of the investigation (new_law)
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-10 08:00 ended
    2026-04-20 08:00 moved
    at 2026-06-01: LC10 2026-03-10 08:00 to 2026-05-10 in_time

The last minute of the same day two months later is in time
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-10 08:00 ended
    2026-05-10 23:59 moved
    at 2026-06-01: LC10 2026-03-10 08:00 to 2026-05-10 in_time

The first minute of the day after is late
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-10 08:00 ended
    2026-05-11 00:00 moved
    at 2026-06-01: LC10 2026-03-10 08:00 to 2026-05-10 late

A child who lives there has time left on the last day
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-10 08:00 ended
    at 2026-05-10 20:00: LC10 2026-03-10 08:00 to 2026-05-10 running

A child who lives there still is overdue
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-10 08:00 ended
    at 2026-05-11: LC10 2026-03-10 08:00 to 2026-05-10 overdue

No time runs while the investigation goes on
    2026-01-02 08:00 report
    2026-01-03 08:00 opened
    2026-01-03 09:00 emergency_home
    at 2026-05-11: nothing

Two months from the last of December end on 29 February in a leap year (leap_year, month_end)
    2027-11-02 08:00 report
    2027-11-03 08:00 emergency_home
    2027-12-31 08:00 ended
    2028-02-29 20:00 moved
    at 2028-04-01: LC10 2027-12-31 08:00 to 2028-02-29 in_time

Two months from the leap day end on 29 April (leap_year)
    2028-01-02 08:00 report
    2028-01-03 08:00 emergency_home
    2028-02-29 08:00 ended
    2028-04-30 08:00 moved
    at 2028-06-01: LC10 2028-02-29 08:00 to 2028-04-29 late

Two months from the last of December end on 28 February in other years (month_end)
    2025-11-02 08:00 report
    2025-11-03 08:00 emergency_home
    2025-12-31 08:00 ended
    2026-03-01 08:00 moved
    at 2026-04-01: LC10 2025-12-31 08:00 to 2026-02-28 late

Two months from the last of July end on the last of September (month_end)
    2026-05-02 08:00 report
    2026-05-03 08:00 emergency_home
    2026-07-31 08:00 ended
    2026-09-30 08:00 moved
    at 2026-10-01: LC10 2026-07-31 08:00 to 2026-09-30 in_time

A last day that lacks an hour ends at its midnight (spring_night)
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-01-29 08:00 ended
    2026-03-29 23:59 moved
    at 2026-06-01: LC10 2026-01-29 08:00 to 2026-03-29 in_time

An end the evening before the short night counts from its own day (spring_night)
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-28 23:59 ended
    2026-05-29 00:00 moved
    at 2026-06-01: LC10 2026-03-28 23:59 to 2026-05-28 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-06-02 08:00 report
    2026-06-03 08:00 emergency_home
    2026-08-25 08:00 ended
    2026-10-25 23:59 moved
    at 2026-12-01: LC10 2026-08-25 08:00 to 2026-10-25 in_time

An end in the hour that came twice counts from its own day (autumn_night)
    2026-06-02 08:00 report
    2026-06-03 08:00 emergency_home
    2026-10-25 02:30b ended
    2026-12-26 00:00 moved
    at 2027-01-01: LC10 2026-10-25 02:30 to 2026-12-25 late

An end of the investigation that was earlier than was told first makes the move late (corrected_start)
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-10 08:00 > 2026-02-10 08:00 ended
    2026-04-20 08:00 moved
    at 2026-06-01: LC10 2026-02-10 08:00 to 2026-04-10 late

An end of the investigation that was later than was told first makes the move in time (corrected_start)
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-02-10 08:00 > 2026-03-10 08:00 ended
    2026-04-20 08:00 moved
    at 2026-06-01: LC10 2026-03-10 08:00 to 2026-05-10 in_time

A home that was corrected to an emergency home starts the clock (corrected_start)
    2026-01-02 08:00 report
    2026-01-03 08:00 residential > emergency_home
    2026-03-10 08:00 ended
    at 2026-06-01: LC10 2026-03-10 08:00 to 2026-05-10 overdue

An investigation that ended under the old act has no clock of the new (old_law)
    2025-05-02 08:00 report
    2025-05-03 08:00 emergency_home
    2025-06-30 23:59 ended
    at 2025-12-01: nothing

An investigation that ended on the first day of the new act has one (new_law)
    2025-05-02 08:00 report
    2025-05-03 08:00 emergency_home
    2025-07-01 00:00 ended
    at 2025-09-02: LC10 2025-07-01 00:00 to 2025-09-01 overdue

A move is known by the next home too
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-10 08:00 ended
    2026-05-20 08:00 foster_home
    at 2026-06-01: LC10 2026-03-10 08:00 to 2026-05-10 late

A child who had moved when the investigation ended has no such clock
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-02-10 08:00 foster_home
    2026-03-10 08:00 ended
    at 2026-06-01: nothing

A child who had gone home when the investigation ended has no such clock
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-02-10 08:00 moved
    2026-03-10 08:00 ended
    at 2026-06-01: nothing

A child who left another home before the emergency home has not moved from this one
    2026-01-02 08:00 report
    2026-01-03 08:00 residential
    2026-02-01 08:00 moved
    2026-02-02 08:00 emergency_home
    2026-03-10 08:00 ended
    at 2026-06-01: LC10 2026-03-10 08:00 to 2026-05-10 overdue

A case that is closed with time left was never late
    2026-01-02 08:00 report
    2026-01-03 08:00 emergency_home
    2026-03-10 08:00 ended
    2026-04-10 08:00 closed
    at 2026-06-01: LC10 2026-03-10 08:00 to 2026-05-10 ended
""")  # fmt: skip
