"""LC11: the follow-up of a child after care lasts at most 6 months."""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="13-17"),
    "report_young": c.ReportReceived(unit="unga", law="SoL", age_band="18-20"),
    "foster_home": c.ServiceStarted(service_type="foster_home"),
    "supported_housing": c.ServiceStarted(service_type="supported_housing"),
    "contact_family": c.ServiceStarted(service_type="contact_family"),
    "care_ended": c.ServiceEnded(reason="goal_reached"),
    "followed_up": c.FollowedUp(),
    "follow_up_ended": d.FollowUpEnded(),
    "closed": c.CaseClosed(reason="service_done"),
    "reopened": c.CaseReopened(),
}
CANNOT = {
    "extended_in_time": "six months are the most that the act allows",
    "extended_too_late": "six months are the most that the act allows",
}
TABLE = table("LC11", WORDS, cannot=CANNOT, text="""
A follow-up ends within six months of the care (new_law)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 care_ended
    2026-06-10 08:00 follow_up_ended
    at 2026-12-01: LC11 2026-03-10 08:00 to 2026-09-10 in_time

The last minute of the same day six months later is in time
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 care_ended
    2026-09-10 23:59 follow_up_ended
    at 2026-12-01: LC11 2026-03-10 08:00 to 2026-09-10 in_time

The first minute of the day after is late
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 care_ended
    2026-09-11 00:00 follow_up_ended
    at 2026-12-01: LC11 2026-03-10 08:00 to 2026-09-10 late

A follow-up may go on through its last day
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 care_ended
    at 2026-09-10 22:00: LC11 2026-03-10 08:00 to 2026-09-10 running

A follow-up that goes on longer is overdue
    2026-01-02 08:00 report
    2026-01-15 08:00 supported_housing
    2026-03-10 08:00 care_ended
    at 2026-09-11: LC11 2026-03-10 08:00 to 2026-09-10 overdue

Each follow-up in between ends nothing
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 care_ended
    2026-06-10 08:00 followed_up
    at 2026-07-01: LC11 2026-03-10 08:00 to 2026-09-10 running

Six months from the last of August end on 29 February in a leap year (leap_year, month_end)
    2027-01-02 08:00 report
    2027-01-15 08:00 foster_home
    2027-08-31 08:00 care_ended
    2028-02-29 20:00 follow_up_ended
    at 2028-04-01: LC11 2027-08-31 08:00 to 2028-02-29 in_time

Six months from the leap day end on 29 August (leap_year)
    2028-01-02 08:00 report
    2028-01-15 08:00 foster_home
    2028-02-29 08:00 care_ended
    2028-08-30 08:00 follow_up_ended
    at 2028-12-01: LC11 2028-02-29 08:00 to 2028-08-29 late

Six months from the last of August end on 28 February in other years (month_end)
    2025-07-02 08:00 report
    2025-07-15 08:00 foster_home
    2025-08-31 08:00 care_ended
    2026-03-01 08:00 follow_up_ended
    at 2026-04-01: LC11 2025-08-31 08:00 to 2026-02-28 late

Six months from the last of May end on the last of November (month_end)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-05-31 08:00 care_ended
    at 2026-12-01: LC11 2026-05-31 08:00 to 2026-11-30 overdue

A last day that lacks an hour ends at its midnight (spring_night)
    2025-07-02 08:00 report
    2025-07-15 08:00 foster_home
    2025-09-29 08:00 care_ended
    2026-03-29 23:59 follow_up_ended
    at 2026-04-01: LC11 2025-09-29 08:00 to 2026-03-29 in_time

An end the evening before the short night counts from its own day (spring_night)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-28 23:59 care_ended
    2026-09-29 00:00 follow_up_ended
    at 2026-12-01: LC11 2026-03-28 23:59 to 2026-09-28 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-04-25 08:00 care_ended
    2026-10-25 23:59 follow_up_ended
    at 2026-12-01: LC11 2026-04-25 08:00 to 2026-10-25 in_time

An end in the hour that came twice counts from its own day (autumn_night)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-10-25 02:30b care_ended
    2027-04-26 00:00 follow_up_ended
    at 2027-05-01: LC11 2026-10-25 02:30 to 2027-04-25 late

A follow-up that was told to have ended before the care says nothing of how it went (stop_before_start)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-09 08:00 follow_up_ended
    2026-03-10 08:00 care_ended
    at 2026-12-01: LC11 2026-03-10 08:00 to 2026-09-10 ended

An end of care that was earlier than was told first makes it late (corrected_start)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 > 2026-02-10 08:00 care_ended
    2026-09-01 08:00 follow_up_ended
    at 2026-12-01: LC11 2026-02-10 08:00 to 2026-08-10 late

An end of care that was later than was told first makes it in time (corrected_start)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-02-10 08:00 > 2026-03-10 08:00 care_ended
    2026-09-01 08:00 follow_up_ended
    at 2026-12-01: LC11 2026-03-10 08:00 to 2026-09-10 in_time

A service at home that was corrected to a foster home starts the clock (corrected_start)
    2026-01-02 08:00 report
    2026-01-15 08:00 contact_family > foster_home
    2026-03-10 08:00 care_ended
    at 2026-07-01: LC11 2026-03-10 08:00 to 2026-09-10 running

Care that ended under the old act has no clock of the new (old_law)
    2025-01-02 08:00 report
    2025-01-15 08:00 foster_home
    2025-06-30 23:59 care_ended
    at 2026-03-01: nothing

Care that ended on the first day of the new act has one (new_law)
    2025-01-02 08:00 report
    2025-01-15 08:00 foster_home
    2025-07-01 00:00 care_ended
    2026-01-01 20:00 follow_up_ended
    at 2026-03-01: LC11 2025-07-01 00:00 to 2026-01-01 in_time

A case that is closed has its follow-up ended
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 care_ended
    2026-09-20 08:00 closed
    at 2026-12-01: LC11 2026-03-10 08:00 to 2026-09-10 late

A case that was closed before the care says nothing of the follow-up
    2025-11-02 08:00 report
    2025-12-02 08:00 closed
    2026-01-02 08:00 reopened
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 care_ended
    at 2026-12-01: LC11 2026-03-10 08:00 to 2026-09-10 overdue

A service at home is not followed up so
    2026-01-02 08:00 report
    2026-01-15 08:00 contact_family
    2026-03-10 08:00 care_ended
    at 2026-12-01: nothing

A young person of 18 has no such clock
    2026-01-02 08:00 report_young
    2026-01-15 08:00 foster_home
    2026-03-10 08:00 care_ended
    at 2026-12-01: nothing
""")  # fmt: skip
