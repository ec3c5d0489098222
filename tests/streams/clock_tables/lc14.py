"""LC14: custody by LVM: submitted by the day after (a), tried by the court within 4 days (b), applied for
within a week (c); and care by LVM lasts at most 6 months (d).
"""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "registered": c.CaseRegistered(unit="vuxen", law="LVM", age_band="30-64"),
    "registered_sol": c.CaseRegistered(unit="vuxen", law="SoL", age_band="30-64"),
    "custody": d.CustodyDecided(law="LVM"),
    "custody_lvu": d.CustodyDecided(law="LVU"),
    "submitted": d.CustodySubmitted(),
    "tried": d.CourtTried(stands=True),
    "applied": d.CareApplied(),
    "custody_ended": d.CustodyEnded(),
    "care": c.ServiceStarted(service_type="residential_care_home"),
    "care_ended": c.ServiceEnded(),
    "closed": c.CaseClosed(reason="service_done"),
}
CANNOT = {
    "extended_in_time": "no time of the act can be made longer",
    "extended_too_late": "no time of the act can be made longer",
    "new_law": "the act of 1988 holds still",
}
TABLE = table("LC14", WORDS, cannot=CANNOT, text="""
A decision is submitted, tried and applied for in time
    2026-03-02 10:00 custody
    2026-03-03 10:00 submitted
    2026-03-06 10:00 tried
    2026-03-08 10:00 applied
    at 2026-06-01: LC14a 2026-03-02 10:00 to 2026-03-03 in_time
    LC14c 2026-03-02 10:00 to 2026-03-09 in_time
    LC14b 2026-03-03 10:00 to 2026-03-07 in_time

The last minutes of each are in time
    2026-03-02 10:00 custody
    2026-03-03 23:59 submitted
    2026-03-07 23:59 tried
    2026-03-09 23:59 applied
    at 2026-06-01: LC14a 2026-03-02 10:00 to 2026-03-03 in_time
    LC14c 2026-03-02 10:00 to 2026-03-09 in_time
    LC14b 2026-03-03 23:59 to 2026-03-07 in_time

The first minutes of the days after are late
    2026-03-02 10:00 custody
    2026-03-04 00:00 submitted
    2026-03-09 00:00 tried
    2026-03-10 00:00 applied
    at 2026-06-01: LC14a 2026-03-02 10:00 to 2026-03-03 late
    LC14c 2026-03-02 10:00 to 2026-03-09 late
    LC14b 2026-03-04 00:00 to 2026-03-08 late

A decision has time left until the day after has passed
    2026-03-02 10:00 custody
    at 2026-03-03 20:00: LC14a 2026-03-02 10:00 to 2026-03-03 running
    LC14c 2026-03-02 10:00 to 2026-03-09 running

A decision that is not submitted by the day after is overdue
    2026-03-02 10:00 custody
    at 2026-03-04: LC14a 2026-03-02 10:00 to 2026-03-03 overdue
    LC14c 2026-03-02 10:00 to 2026-03-09 running

What the court has not tried in four days is overdue
    2026-03-02 10:00 custody
    2026-03-02 15:00 submitted
    at 2026-03-07: LC14a 2026-03-02 10:00 to 2026-03-03 in_time
    LC14c 2026-03-02 10:00 to 2026-03-09 running
    LC14b 2026-03-02 15:00 to 2026-03-06 overdue

The day after 28 February is the 29th in a leap year (leap_year)
    2024-02-28 10:00 custody
    2024-02-29 10:00 submitted
    2024-03-04 10:00 tried
    2024-03-06 10:00 applied
    at 2024-06-01: LC14a 2024-02-28 10:00 to 2024-02-29 in_time
    LC14c 2024-02-28 10:00 to 2024-03-06 in_time
    LC14b 2024-02-29 10:00 to 2024-03-04 in_time

Care from the last of August ends by 29 February in a leap year (leap_year, month_end)
    2023-08-01 08:00 registered
    2023-08-31 10:00 care
    2024-02-29 20:00 care_ended
    at 2024-06-01: LC14d 2023-08-31 10:00 to 2024-02-29 in_time

Care from the last of August ends by 28 February in other years (month_end)
    2025-08-01 08:00 registered
    2025-08-31 10:00 care
    2026-03-01 10:00 care_ended
    at 2026-06-01: LC14d 2025-08-31 10:00 to 2026-02-28 late

The day after the last of a month lies in the next (month_end)
    2026-04-30 10:00 custody
    2026-05-02 00:00 submitted
    at 2026-05-03: LC14a 2026-04-30 10:00 to 2026-05-01 late
    LC14c 2026-04-30 10:00 to 2026-05-07 running
    LC14b 2026-05-02 00:00 to 2026-05-06 running

A day after that lacks an hour ends at its midnight (spring_night)
    2026-03-28 10:00 custody
    2026-03-29 23:59 submitted
    2026-04-02 23:59 tried
    2026-04-04 23:59 applied
    at 2026-06-01: LC14a 2026-03-28 10:00 to 2026-03-29 in_time
    LC14c 2026-03-28 10:00 to 2026-04-04 in_time
    LC14b 2026-03-29 23:59 to 2026-04-02 in_time

Four days over the short night are days still (spring_night)
    2026-03-26 10:00 custody
    2026-03-26 12:00 submitted
    2026-03-31 00:00 tried
    2026-04-02 12:00 applied
    at 2026-06-01: LC14a 2026-03-26 10:00 to 2026-03-27 in_time
    LC14c 2026-03-26 10:00 to 2026-04-02 in_time
    LC14b 2026-03-26 12:00 to 2026-03-30 late

A day after of 25 hours ends at its midnight (autumn_night)
    2026-10-24 10:00 custody
    2026-10-25 23:59 submitted
    2026-10-29 10:00 tried
    2026-11-01 00:00 applied
    at 2026-12-01: LC14a 2026-10-24 10:00 to 2026-10-25 in_time
    LC14c 2026-10-24 10:00 to 2026-10-31 late
    LC14b 2026-10-25 23:59 to 2026-10-29 in_time

A decision in the hour that came twice counts from its own day (autumn_night)
    2026-10-25 02:30b custody
    2026-10-27 00:00 submitted
    2026-10-31 10:00 tried
    2026-11-01 10:00 applied
    at 2026-12-01: LC14a 2026-10-25 02:30 to 2026-10-26 late
    LC14c 2026-10-25 02:30 to 2026-11-01 in_time
    LC14b 2026-10-27 00:00 to 2026-10-31 in_time

Care from the hour that came twice ends by the same day number (autumn_night)
    2026-10-01 08:00 registered
    2026-10-25 02:30 care
    2027-04-25 23:59 care_ended
    at 2027-06-01: LC14d 2026-10-25 02:30 to 2027-04-25 in_time

A submission that was told before the decision says nothing of how it went (stop_before_start)
    2026-03-01 08:00 registered
    2026-03-01 10:00 submitted
    2026-03-02 10:00 custody
    at 2026-03-04: LC14b 2026-03-01 10:00 to 2026-03-05 running
    LC14a 2026-03-02 10:00 to 2026-03-03 ended
    LC14c 2026-03-02 10:00 to 2026-03-09 running

A decision that was earlier than was told first makes the submission late (corrected_start)
    2026-03-02 10:00 > 2026-02-28 10:00 custody
    2026-03-03 10:00 submitted
    at 2026-03-04: LC14a 2026-02-28 10:00 to 2026-03-01 late
    LC14c 2026-02-28 10:00 to 2026-03-07 running
    LC14b 2026-03-03 10:00 to 2026-03-07 running

A submission that was later than was told first gives the court until later (corrected_start)
    2026-03-02 10:00 custody
    2026-03-02 15:00 > 2026-03-03 15:00 submitted
    2026-03-07 10:00 tried
    at 2026-03-08: LC14a 2026-03-02 10:00 to 2026-03-03 in_time
    LC14c 2026-03-02 10:00 to 2026-03-09 running
    LC14b 2026-03-03 15:00 to 2026-03-07 in_time

Care that began earlier than was told first lasted too long (corrected_start)
    2026-01-02 08:00 registered
    2026-02-02 10:00 > 2026-01-12 10:00 care
    2026-07-20 10:00 care_ended
    at 2026-09-01: LC14d 2026-01-12 10:00 to 2026-07-12 late

Care that goes on has time left on its last day
    2026-01-02 08:00 registered
    2026-01-12 10:00 care
    at 2026-07-12 20:00: LC14d 2026-01-12 10:00 to 2026-07-12 running

Care that goes on longer than six months is overdue
    2026-01-02 08:00 registered
    2026-01-12 10:00 care
    at 2026-07-13: LC14d 2026-01-12 10:00 to 2026-07-12 overdue

Care ends when its case is closed
    2026-01-02 08:00 registered
    2026-01-12 10:00 care
    2026-06-12 10:00 closed
    at 2026-09-01: LC14d 2026-01-12 10:00 to 2026-07-12 in_time

A custody that ends with time left was never to be submitted
    2026-03-02 10:00 custody
    2026-03-02 20:00 custody_ended
    at 2026-06-01: LC14a 2026-03-02 10:00 to 2026-03-03 ended
    LC14c 2026-03-02 10:00 to 2026-03-09 ended

A decision on the first day of the act runs by it
    1989-01-01 10:00 custody
    at 1989-01-03: LC14a 1989-01-01 10:00 to 1989-01-02 overdue
    LC14c 1989-01-01 10:00 to 1989-01-08 running

A decision before the act has no clock (old_law)
    1988-12-31 10:00 custody
    1988-12-31 12:00 submitted
    at 1989-02-01: nothing

Custody by LVU, and care by SoL, have no such clock
    2026-01-02 08:00 registered_sol
    2026-01-12 10:00 care
    2026-03-02 10:00 custody_lvu
    2026-03-03 10:00 submitted
    at 2026-09-01: nothing
""")  # fmt: skip
