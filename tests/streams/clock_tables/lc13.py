"""LC13: a child taken into custody (LVU): submitted to the court within a week (a), and applied for within
four (b), longer if the court allows.
"""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "custody": d.CustodyDecided(law="LVU"),
    "custody_lvm": d.CustodyDecided(law="LVM"),
    "submitted": d.CustodySubmitted(),
    "applied": d.CareApplied(),
    "extended": lambda until: d.ApplicationTimeExtended(until_on=until),
    "custody_ended": d.CustodyEnded(),
}
CANNOT = {
    "new_law": "the act of 1990 holds still",
}
TABLE = table("LC13", WORDS, cannot=CANNOT, text="""
A decision is submitted in a week and applied for in four
    2026-03-02 10:00 custody
    2026-03-06 10:00 submitted
    2026-03-26 10:00 applied
    at 2026-06-01: LC13a 2026-03-02 10:00 to 2026-03-09 in_time
    LC13b 2026-03-02 10:00 to 2026-03-30 in_time

The last minutes of the same weekday are in time
    2026-03-02 10:00 custody
    2026-03-09 23:59 submitted
    2026-03-30 23:59 applied
    at 2026-06-01: LC13a 2026-03-02 10:00 to 2026-03-09 in_time
    LC13b 2026-03-02 10:00 to 2026-03-30 in_time

The first minutes of the days after are late
    2026-03-02 10:00 custody
    2026-03-10 00:00 submitted
    2026-03-31 00:00 applied
    at 2026-06-01: LC13a 2026-03-02 10:00 to 2026-03-09 late
    LC13b 2026-03-02 10:00 to 2026-03-30 late

Both run while there is time left
    2026-03-02 10:00 custody
    at 2026-03-09 12:00: LC13a 2026-03-02 10:00 to 2026-03-09 running
    LC13b 2026-03-02 10:00 to 2026-03-30 running

What has not been submitted in a week is overdue, and the application has time left
    2026-03-02 10:00 custody
    at 2026-03-10: LC13a 2026-03-02 10:00 to 2026-03-09 overdue
    LC13b 2026-03-02 10:00 to 2026-03-30 running

What has not been applied for in four weeks is overdue
    2026-03-02 10:00 custody
    2026-03-06 10:00 submitted
    at 2026-03-31: LC13a 2026-03-02 10:00 to 2026-03-09 in_time
    LC13b 2026-03-02 10:00 to 2026-03-30 overdue

A week and four over the leap day end a day earlier in March (leap_year)
    2024-02-26 10:00 custody
    2024-03-04 10:00 submitted
    2024-03-25 10:00 applied
    at 2024-06-01: LC13a 2024-02-26 10:00 to 2024-03-04 in_time
    LC13b 2024-02-26 10:00 to 2024-03-25 in_time

A decision on the leap day is submitted by 7 March (leap_year)
    2024-02-29 10:00 custody
    2024-03-08 10:00 submitted
    2024-03-29 10:00 applied
    at 2024-06-01: LC13a 2024-02-29 10:00 to 2024-03-07 late
    LC13b 2024-02-29 10:00 to 2024-03-28 late

Four weeks from the last of January are all February and no day more (month_end)
    2026-01-31 10:00 custody
    2026-02-07 10:00 submitted
    2026-03-01 10:00 applied
    at 2026-06-01: LC13a 2026-01-31 10:00 to 2026-02-07 in_time
    LC13b 2026-01-31 10:00 to 2026-02-28 late

A decision on New Year's Eve is submitted in the next year (month_end)
    2025-12-31 10:00 custody
    2026-01-07 20:00 submitted
    2026-01-28 20:00 applied
    at 2026-06-01: LC13a 2025-12-31 10:00 to 2026-01-07 in_time
    LC13b 2025-12-31 10:00 to 2026-01-28 in_time

A last day that lacks an hour ends at its midnight (spring_night)
    2026-03-22 10:00 custody
    2026-03-29 23:59 submitted
    2026-04-19 23:59 applied
    at 2026-06-01: LC13a 2026-03-22 10:00 to 2026-03-29 in_time
    LC13b 2026-03-22 10:00 to 2026-04-19 in_time

A decision the evening before the short night counts from its own day (spring_night)
    2026-03-28 23:30 custody
    2026-04-05 00:00 submitted
    2026-04-26 00:00 applied
    at 2026-06-01: LC13a 2026-03-28 23:30 to 2026-04-04 late
    LC13b 2026-03-28 23:30 to 2026-04-25 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-09-27 10:00 custody
    2026-10-04 23:59 submitted
    2026-10-25 23:59 applied
    at 2026-12-01: LC13a 2026-09-27 10:00 to 2026-10-04 in_time
    LC13b 2026-09-27 10:00 to 2026-10-25 in_time

A decision in the hour that came twice counts from its own day (autumn_night)
    2026-10-25 02:30b custody
    2026-11-02 00:00 submitted
    2026-11-22 23:59 applied
    at 2026-12-01: LC13a 2026-10-25 02:30 to 2026-11-01 late
    LC13b 2026-10-25 02:30 to 2026-11-22 in_time

The court allows a longer time before the four weeks are over (extended_in_time)
    2026-03-02 10:00 custody
    2026-03-06 10:00 submitted
    2026-03-27 10:00 extended 2026-04-20
    2026-04-20 10:00 applied
    at 2026-06-01: LC13a 2026-03-02 10:00 to 2026-03-09 in_time
    LC13b 2026-03-02 10:00 to 2026-04-20 in_time_extended

A longer time moves the application and not the submission (extended_in_time)
    2026-03-02 10:00 custody
    2026-03-05 10:00 extended 2026-04-20
    at 2026-04-10: LC13a 2026-03-02 10:00 to 2026-03-09 overdue
    LC13b 2026-03-02 10:00 to 2026-04-20 extended

A longer time that is allowed when four weeks are over moves nothing (extended_too_late)
    2026-03-02 10:00 custody
    2026-03-06 10:00 submitted
    2026-03-31 10:00 extended 2026-04-20
    2026-04-10 10:00 applied
    at 2026-06-01: LC13a 2026-03-02 10:00 to 2026-03-09 in_time
    LC13b 2026-03-02 10:00 to 2026-03-30 late

A submission that was told before the decision says nothing of how it went (stop_before_start)
    2026-03-01 10:00 submitted
    2026-03-02 10:00 custody
    at 2026-03-20: LC13a 2026-03-02 10:00 to 2026-03-09 ended
    LC13b 2026-03-02 10:00 to 2026-03-30 running

A decision that was earlier than was told first makes both late (corrected_start)
    2026-03-02 10:00 > 2026-02-24 10:00 custody
    2026-03-06 10:00 submitted
    2026-03-26 10:00 applied
    at 2026-06-01: LC13a 2026-02-24 10:00 to 2026-03-03 late
    LC13b 2026-02-24 10:00 to 2026-03-24 late

A decision that was later than was told first makes both in time (corrected_start)
    2026-02-24 10:00 > 2026-03-02 10:00 custody
    2026-03-06 10:00 submitted
    2026-03-26 10:00 applied
    at 2026-06-01: LC13a 2026-03-02 10:00 to 2026-03-09 in_time
    LC13b 2026-03-02 10:00 to 2026-03-30 in_time

A decision by another act that was corrected starts both (corrected_start)
    2026-03-02 10:00 custody_lvm > custody
    at 2026-03-05: LC13a 2026-03-02 10:00 to 2026-03-09 running
    LC13b 2026-03-02 10:00 to 2026-03-30 running

A decision on the first day of the act runs by it
    1990-07-01 10:00 custody
    at 1990-07-09: LC13a 1990-07-01 10:00 to 1990-07-08 overdue
    LC13b 1990-07-01 10:00 to 1990-07-29 running

A decision before the act has no clock (old_law)
    1990-06-30 10:00 custody
    at 1990-09-01: nothing

A custody that ends with time left was never to be submitted
    2026-03-02 10:00 custody
    2026-03-04 10:00 custody_ended
    at 2026-06-01: LC13a 2026-03-02 10:00 to 2026-03-09 ended
    LC13b 2026-03-02 10:00 to 2026-03-30 ended

A custody that ends after a week unsubmitted was late, and not the application
    2026-03-02 10:00 custody
    2026-03-12 10:00 custody_ended
    at 2026-06-01: LC13a 2026-03-02 10:00 to 2026-03-09 late
    LC13b 2026-03-02 10:00 to 2026-03-30 ended

A report, or custody by another act, has no such clock
    2026-03-02 08:00 report
    2026-03-02 10:00 custody_lvm
    at 2026-06-01: nothing
""")  # fmt: skip
