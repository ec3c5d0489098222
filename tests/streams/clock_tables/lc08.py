"""LC8: whether a child's care is still needed is considered every 6 months, from the placement and then from
the last time.
"""

from __future__ import annotations

from schemas import cases as c
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "report_young": c.ReportReceived(unit="unga", law="SoL", age_band="18-20"),
    "foster_home": c.ServiceStarted(service_type="foster_home"),
    "emergency_home": c.ServiceStarted(service_type="emergency_foster_home"),
    "residential": c.ServiceStarted(service_type="residential_care_home"),
    "supported_housing": c.ServiceStarted(service_type="supported_housing"),
    "contact_family": c.ServiceStarted(service_type="contact_family"),
    "considered": c.Considered(),
    "service_ended": c.ServiceEnded(),
    "closed": c.CaseClosed(reason="service_done"),
}
CANNOT = {
    "extended_in_time": "the act knows no longer time",
    "extended_too_late": "the act knows no longer time",
}
TABLE = table("LC8", WORDS, cannot=CANNOT, text="""
A placement is considered within six months, and another six run (new_law)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-06-10 08:00 considered
    at 2026-07-01: LC8 2026-01-15 08:00 to 2026-07-15 in_time
    LC8 2026-06-10 08:00 to 2026-12-10 running

The last minute of the same day six months later is in time
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-07-15 23:59 considered
    at 2026-08-01: LC8 2026-01-15 08:00 to 2026-07-15 in_time
    LC8 2026-07-15 23:59 to 2027-01-15 running

The first minute of the day after is late, and the next six run from there
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-07-16 00:00 considered
    at 2026-08-01: LC8 2026-01-15 08:00 to 2026-07-15 late
    LC8 2026-07-16 00:00 to 2027-01-16 running

A placement that nobody has considered is overdue
    2026-01-02 08:00 report
    2026-01-15 08:00 residential
    at 2026-07-16: LC8 2026-01-15 08:00 to 2026-07-15 overdue

The second time counts from the first
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-03-01 08:00 considered
    2026-09-02 08:00 considered
    at 2026-10-01: LC8 2026-01-15 08:00 to 2026-07-15 in_time
    LC8 2026-03-01 08:00 to 2026-09-01 late
    LC8 2026-09-02 08:00 to 2027-03-02 running

Six months from the last of August end on 29 February in a leap year (leap_year, month_end)
    2023-08-02 08:00 report
    2023-08-31 08:00 foster_home
    2024-02-29 20:00 considered
    at 2024-04-01: LC8 2023-08-31 08:00 to 2024-02-29 in_time
    LC8 2024-02-29 20:00 to 2024-08-29 running

Six months from the last of August end on 28 February in other years (month_end)
    2025-08-02 08:00 report
    2025-08-31 08:00 foster_home
    at 2026-03-01: LC8 2025-08-31 08:00 to 2026-02-28 overdue

Six months from the last of February end on the 28th of August (month_end)
    2026-02-02 08:00 report
    2026-02-28 08:00 supported_housing
    2026-08-29 08:00 considered
    at 2026-09-01: LC8 2026-02-28 08:00 to 2026-08-28 late
    LC8 2026-08-29 08:00 to 2027-02-28 running

Six months from the last of March end on the last of September (month_end)
    2026-03-02 08:00 report
    2026-03-31 08:00 foster_home
    at 2026-09-30 23:59: LC8 2026-03-31 08:00 to 2026-09-30 running

A last day that lacks an hour ends at its midnight (spring_night)
    2025-09-02 08:00 report
    2025-09-29 08:00 foster_home
    2026-03-29 23:59 considered
    at 2026-04-01: LC8 2025-09-29 08:00 to 2026-03-29 in_time
    LC8 2026-03-29 23:59 to 2026-09-29 running

A placement the evening before the short night counts from its own day (spring_night)
    2026-03-02 08:00 report
    2026-03-28 23:59 foster_home
    at 2026-09-29: LC8 2026-03-28 23:59 to 2026-09-28 overdue

A last day of 25 hours ends at its midnight (autumn_night)
    2026-04-02 08:00 report
    2026-04-25 08:00 foster_home
    2026-10-26 00:00 considered
    at 2026-11-01: LC8 2026-04-25 08:00 to 2026-10-25 late
    LC8 2026-10-26 00:00 to 2027-04-26 running

A placement in the hour that came twice counts from its own day (autumn_night)
    2026-10-02 08:00 report
    2026-10-25 02:30b emergency_home
    at 2027-04-25 12:00: LC8 2026-10-25 02:30 to 2027-04-25 running

What was considered before the placement does not count for it (stop_before_start)
    2026-01-02 08:00 report
    2026-01-10 08:00 considered
    2026-01-15 08:00 foster_home
    at 2026-08-01: LC8 2026-01-15 08:00 to 2026-07-15 overdue

A placement that was earlier than was told first makes it late (corrected_start)
    2025-12-02 08:00 report
    2026-01-15 08:00 > 2025-12-15 08:00 foster_home
    2026-07-01 08:00 considered
    at 2026-08-01: LC8 2025-12-15 08:00 to 2026-06-15 late
    LC8 2026-07-01 08:00 to 2027-01-01 running

A placement that was later than was told first makes it in time (corrected_start)
    2025-12-02 08:00 report
    2025-12-15 08:00 > 2026-01-15 08:00 foster_home
    2026-07-01 08:00 considered
    at 2026-08-01: LC8 2026-01-15 08:00 to 2026-07-15 in_time
    LC8 2026-07-01 08:00 to 2027-01-01 running

A time of considering that was corrected moves the next start (corrected_start)
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-06-10 08:00 > 2026-05-10 08:00 considered
    at 2026-11-11: LC8 2026-01-15 08:00 to 2026-07-15 in_time
    LC8 2026-05-10 08:00 to 2026-11-10 overdue

A placement under the old act was considered as often (old_law)
    2025-06-02 08:00 report
    2025-06-30 08:00 foster_home
    2025-12-30 08:00 considered
    at 2026-01-10: LC8 2025-06-30 08:00 to 2025-12-30 in_time
    LC8 2025-12-30 08:00 to 2026-06-30 running

A placement under the old act goes on under the new one, and is considered as often (old_law)
    2025-04-02 08:00 report
    2025-04-15 08:00 foster_home
    2025-09-10 08:00 considered
    2026-03-11 08:00 considered
    2026-04-01 08:00 service_ended
    at 2026-05-01: LC8 2025-04-15 08:00 to 2025-10-15 in_time
    LC8 2025-09-10 08:00 to 2026-03-10 late
    LC8 2026-03-11 08:00 to 2026-09-11 ended

A placement on the first day of the new act runs by that (new_law)
    2025-06-02 08:00 report
    2025-07-01 00:00 foster_home
    2026-01-02 08:00 considered
    at 2026-01-10: LC8 2025-07-01 00:00 to 2026-01-01 late
    LC8 2026-01-02 08:00 to 2026-07-02 running

A placement that ends with time left is to be considered no more
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-04-15 08:00 service_ended
    at 2026-08-01: LC8 2026-01-15 08:00 to 2026-07-15 ended

A placement that ends after its day was late
    2026-01-02 08:00 report
    2026-01-15 08:00 foster_home
    2026-08-15 08:00 closed
    at 2026-09-01: LC8 2026-01-15 08:00 to 2026-07-15 late

A new placement after one that ended has its own six months
    2026-01-02 08:00 report
    2026-01-15 08:00 emergency_home
    2026-04-15 08:00 service_ended
    2026-04-16 08:00 foster_home
    at 2026-08-01: LC8 2026-01-15 08:00 to 2026-07-15 ended
    LC8 2026-04-16 08:00 to 2026-10-16 running

A service at home is no care that is considered
    2026-01-02 08:00 report
    2026-01-15 08:00 contact_family
    at 2026-08-01: nothing

A young person of 18 has no such clock
    2026-01-02 08:00 report_young
    2026-01-15 08:00 foster_home
    at 2026-08-01: nothing
""")  # fmt: skip
