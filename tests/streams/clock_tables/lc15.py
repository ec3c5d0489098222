"""LC15: a child placed in protected housing (lag 2024:79): the decision is submitted within a week (a),
applied for within six (b), and considered every 6 months (c).
"""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "placed": d.CustodyDecided(law="2024:79"),
    "custody_lvu": d.CustodyDecided(law="LVU"),
    "submitted": d.CustodySubmitted(),
    "applied": d.CareApplied(),
    "considered": c.Considered(),
    "ended": d.CustodyEnded(),
    "closed": c.CaseClosed(reason="service_done"),
}
CANNOT = {
    "extended_in_time": "no time of the act can be made longer, as the domain has it",
    "extended_too_late": "no time of the act can be made longer, as the domain has it",
    "new_law": "the act of 2024 is the first and holds still",
}
TABLE = table("LC15", WORDS, cannot=CANNOT, text="""
A decision is submitted in a week, applied for in six, considered in six months
    2026-03-02 10:00 placed
    2026-03-06 10:00 submitted
    2026-04-10 10:00 applied
    2026-08-20 10:00 considered
    at 2026-09-10: LC15a 2026-03-02 10:00 to 2026-03-09 in_time
    LC15b 2026-03-02 10:00 to 2026-04-13 in_time
    LC15c 2026-03-02 10:00 to 2026-09-02 in_time
    LC15c 2026-08-20 10:00 to 2027-02-20 running

The last minutes of each are in time
    2026-03-02 10:00 placed
    2026-03-09 23:59 submitted
    2026-04-13 23:59 applied
    2026-09-02 23:59 considered
    2026-09-03 10:00 ended
    at 2026-09-10: LC15a 2026-03-02 10:00 to 2026-03-09 in_time
    LC15b 2026-03-02 10:00 to 2026-04-13 in_time
    LC15c 2026-03-02 10:00 to 2026-09-02 in_time
    LC15c 2026-09-02 23:59 to 2027-03-02 ended

The first minutes of the days after are late
    2026-03-02 10:00 placed
    2026-03-10 00:00 submitted
    2026-04-14 00:00 applied
    2026-09-03 00:00 considered
    2026-09-04 10:00 ended
    at 2026-09-10: LC15a 2026-03-02 10:00 to 2026-03-09 late
    LC15b 2026-03-02 10:00 to 2026-04-13 late
    LC15c 2026-03-02 10:00 to 2026-09-02 late
    LC15c 2026-09-03 00:00 to 2027-03-03 ended

All three run while there is time left
    2026-03-02 10:00 placed
    at 2026-03-09 20:00: LC15a 2026-03-02 10:00 to 2026-03-09 running
    LC15b 2026-03-02 10:00 to 2026-04-13 running
    LC15c 2026-03-02 10:00 to 2026-09-02 running

What has not been submitted in a week is overdue
    2026-03-02 10:00 placed
    at 2026-03-10: LC15a 2026-03-02 10:00 to 2026-03-09 overdue
    LC15b 2026-03-02 10:00 to 2026-04-13 running
    LC15c 2026-03-02 10:00 to 2026-09-02 running

What has not been applied for in six weeks is overdue
    2026-03-02 10:00 placed
    2026-03-03 10:00 submitted
    at 2026-04-14: LC15a 2026-03-02 10:00 to 2026-03-09 in_time
    LC15b 2026-03-02 10:00 to 2026-04-13 overdue
    LC15c 2026-03-02 10:00 to 2026-09-02 running

What has not been considered in six months is overdue
    2026-03-02 10:00 placed
    2026-03-03 10:00 submitted
    2026-03-30 10:00 applied
    at 2026-09-03: LC15a 2026-03-02 10:00 to 2026-03-09 in_time
    LC15b 2026-03-02 10:00 to 2026-04-13 in_time
    LC15c 2026-03-02 10:00 to 2026-09-02 overdue

A week and six over the leap day end a day earlier in March and April (leap_year)
    2028-02-28 10:00 placed
    2028-03-06 20:00 submitted
    2028-04-11 10:00 applied
    at 2028-05-01: LC15a 2028-02-28 10:00 to 2028-03-06 in_time
    LC15b 2028-02-28 10:00 to 2028-04-10 late
    LC15c 2028-02-28 10:00 to 2028-08-28 running

Six months from the last of August end on 29 February in a leap year (leap_year, month_end)
    2027-08-31 10:00 placed
    2027-09-01 10:00 submitted
    2027-10-12 10:00 applied
    at 2028-02-29 20:00: LC15a 2027-08-31 10:00 to 2027-09-07 in_time
    LC15b 2027-08-31 10:00 to 2027-10-12 in_time
    LC15c 2027-08-31 10:00 to 2028-02-29 running

Six months from the last of August end on 28 February in other years (month_end)
    2026-08-31 10:00 placed
    2026-09-01 10:00 submitted
    2026-10-12 10:00 applied
    at 2027-03-01: LC15a 2026-08-31 10:00 to 2026-09-07 in_time
    LC15b 2026-08-31 10:00 to 2026-10-12 in_time
    LC15c 2026-08-31 10:00 to 2027-02-28 overdue

Last days that lack an hour end at their midnight (spring_night)
    2026-03-22 10:00 placed
    2026-03-29 23:59 submitted
    2026-05-03 23:59 applied
    at 2026-06-01: LC15a 2026-03-22 10:00 to 2026-03-29 in_time
    LC15b 2026-03-22 10:00 to 2026-05-03 in_time
    LC15c 2026-03-22 10:00 to 2026-09-22 running

A decision the evening before the short night counts from its own day (spring_night)
    2026-03-28 23:30 placed
    2026-04-05 00:00 submitted
    2026-05-10 00:00 applied
    at 2026-06-01: LC15a 2026-03-28 23:30 to 2026-04-04 late
    LC15b 2026-03-28 23:30 to 2026-05-09 late
    LC15c 2026-03-28 23:30 to 2026-09-28 running

A last day of 25 hours ends at its midnight (autumn_night)
    2026-09-13 10:00 placed
    2026-09-20 23:59 submitted
    2026-10-25 23:59 applied
    at 2026-12-01: LC15a 2026-09-13 10:00 to 2026-09-20 in_time
    LC15b 2026-09-13 10:00 to 2026-10-25 in_time
    LC15c 2026-09-13 10:00 to 2027-03-13 running

A decision in the hour that came twice counts from its own day (autumn_night)
    2026-10-25 02:30b placed
    2026-11-02 00:00 submitted
    2026-12-06 23:59 applied
    at 2026-12-10: LC15a 2026-10-25 02:30 to 2026-11-01 late
    LC15b 2026-10-25 02:30 to 2026-12-06 in_time
    LC15c 2026-10-25 02:30 to 2027-04-25 running

A submission that was told before the decision says nothing of how it went (stop_before_start)
    2026-03-01 10:00 submitted
    2026-03-02 10:00 placed
    at 2026-03-20: LC15a 2026-03-02 10:00 to 2026-03-09 ended
    LC15b 2026-03-02 10:00 to 2026-04-13 running
    LC15c 2026-03-02 10:00 to 2026-09-02 running

What was considered before the decision does not count for it (stop_before_start)
    2026-03-01 10:00 considered
    2026-03-02 10:00 placed
    2026-03-03 10:00 submitted
    2026-03-30 10:00 applied
    at 2026-09-03: LC15a 2026-03-02 10:00 to 2026-03-09 in_time
    LC15b 2026-03-02 10:00 to 2026-04-13 in_time
    LC15c 2026-03-02 10:00 to 2026-09-02 overdue

A decision that was earlier than was told first makes them late (corrected_start)
    2026-03-02 10:00 > 2026-02-23 10:00 placed
    2026-03-06 10:00 submitted
    2026-04-10 10:00 applied
    at 2026-05-01: LC15a 2026-02-23 10:00 to 2026-03-02 late
    LC15b 2026-02-23 10:00 to 2026-04-06 late
    LC15c 2026-02-23 10:00 to 2026-08-23 running

A decision that was later than was told first makes them in time (corrected_start)
    2026-02-23 10:00 > 2026-03-02 10:00 placed
    2026-03-06 10:00 submitted
    2026-04-10 10:00 applied
    at 2026-05-01: LC15a 2026-03-02 10:00 to 2026-03-09 in_time
    LC15b 2026-03-02 10:00 to 2026-04-13 in_time
    LC15c 2026-03-02 10:00 to 2026-09-02 running

A decision on the first day of the act runs by it
    2024-04-01 00:00 placed
    2024-04-08 12:00 submitted
    at 2024-05-14: LC15a 2024-04-01 00:00 to 2024-04-08 in_time
    LC15b 2024-04-01 00:00 to 2024-05-13 overdue
    LC15c 2024-04-01 00:00 to 2024-10-01 running

A decision before there was an act has no clock (old_law)
    2024-03-31 23:59 placed
    2024-04-20 10:00 submitted
    at 2024-12-01: nothing

A placement that ends with time left was never due
    2026-03-02 10:00 placed
    2026-03-05 10:00 ended
    at 2026-12-01: LC15a 2026-03-02 10:00 to 2026-03-09 ended
    LC15b 2026-03-02 10:00 to 2026-04-13 ended
    LC15c 2026-03-02 10:00 to 2026-09-02 ended

A case that is closed is considered no more, and what was not submitted stays overdue
    2026-03-02 10:00 placed
    2026-05-05 10:00 closed
    at 2026-12-01: LC15a 2026-03-02 10:00 to 2026-03-09 overdue
    LC15b 2026-03-02 10:00 to 2026-04-13 overdue
    LC15c 2026-03-02 10:00 to 2026-09-02 ended

Custody by LVU has no such clock
    2026-03-02 10:00 custody_lvu
    2026-03-03 10:00 submitted
    at 2026-12-01: nothing
""")  # fmt: skip
