"""LC16: after 6 months the party may ask that a case be decided (a), and is answered within 4 weeks (b)."""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "application": c.ApplicationReceived(unit="bistand", law="SoL", age_band="30-64"),
    "application_lss": c.ApplicationReceived(unit="lss", law="LSS", age_band="30-64"),
    "report": c.ReportReceived(unit="vuxen", law="SoL", age_band="30-64"),
    "requested": d.DecisionRequested(),
    "decided": c.Decided(outcome="granted"),
    "refused": c.Decided(outcome="refused"),
    "withdrawn": c.CaseClosed(reason="withdrawn"),
}
CANNOT = {
    "extended_in_time": "the act knows no longer time: delay is told to the party",
    "extended_too_late": "the act knows no longer time: delay is told to the party",
    "new_law": "the act of 2017 holds still",
}
TABLE = table("LC16", WORDS, cannot=CANNOT, text="""
An application is decided before the party may ask
    2026-01-15 08:00 application
    2026-04-20 08:00 decided
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 in_time

The last minute of the same day six months later is in time
    2026-01-15 08:00 application
    2026-07-15 23:59 refused
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 in_time

The first minute of the day after is late
    2026-01-15 08:00 application
    2026-07-16 00:00 decided
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 late

An application has time left on the last day
    2026-01-15 08:00 application_lss
    at 2026-07-15 20:00: LC16a 2026-01-15 08:00 to 2026-07-15 running

An application that waits longer is overdue
    2026-01-15 08:00 application
    at 2026-07-16: LC16a 2026-01-15 08:00 to 2026-07-15 overdue

A party who asks is answered within four weeks
    2026-01-15 08:00 application
    2026-08-03 08:00 requested
    2026-08-31 23:59 decided
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 late
    LC16b 2026-08-03 08:00 to 2026-08-31 in_time

A party who asks and is answered the day after four weeks is answered late
    2026-01-15 08:00 application
    2026-08-03 08:00 requested
    2026-09-01 00:00 decided
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 late
    LC16b 2026-08-03 08:00 to 2026-08-31 late

A party who asks waits while four weeks run
    2026-01-15 08:00 application
    2026-08-03 08:00 requested
    at 2026-08-20: LC16a 2026-01-15 08:00 to 2026-07-15 overdue
    LC16b 2026-08-03 08:00 to 2026-08-31 running

Six months from the last of August end on 29 February in a leap year (leap_year, month_end)
    2023-08-31 08:00 application
    2024-02-29 20:00 decided
    at 2024-06-01: LC16a 2023-08-31 08:00 to 2024-02-29 in_time

Four weeks over the leap day end a day earlier in March (leap_year)
    2023-08-01 08:00 application
    2024-02-15 08:00 requested
    2024-03-15 08:00 decided
    at 2024-06-01: LC16a 2023-08-01 08:00 to 2024-02-01 late
    LC16b 2024-02-15 08:00 to 2024-03-14 late

Six months from the last of August end on 28 February in other years (month_end)
    2025-08-31 08:00 application
    2026-03-01 08:00 decided
    at 2026-06-01: LC16a 2025-08-31 08:00 to 2026-02-28 late

Four weeks from the last of January are all February (month_end)
    2025-07-15 08:00 application
    2026-01-31 08:00 requested
    2026-02-28 20:00 decided
    at 2026-06-01: LC16a 2025-07-15 08:00 to 2026-01-15 late
    LC16b 2026-01-31 08:00 to 2026-02-28 in_time

Last days that lack an hour end at their midnight (spring_night)
    2025-08-15 08:00 application
    2026-03-01 08:00 requested
    2026-03-29 23:59 decided
    at 2026-06-01: LC16a 2025-08-15 08:00 to 2026-02-15 late
    LC16b 2026-03-01 08:00 to 2026-03-29 in_time

An application the evening before the short night counts from its own day (spring_night)
    2026-03-28 23:59 application
    2026-09-29 00:00 decided
    at 2026-12-01: LC16a 2026-03-28 23:59 to 2026-09-28 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-04-25 08:00 application
    2026-10-25 23:59 decided
    at 2026-12-01: LC16a 2026-04-25 08:00 to 2026-10-25 in_time

A request in the hour that came twice counts from its own day (autumn_night)
    2026-04-15 08:00 application
    2026-10-25 02:30b requested
    2026-11-23 00:00 decided
    at 2026-12-01: LC16a 2026-04-15 08:00 to 2026-10-15 late
    LC16b 2026-10-25 02:30 to 2026-11-22 late

A decision that was told before the application says nothing of how it went (stop_before_start)
    2026-01-14 08:00 decided
    2026-01-15 08:00 application
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 ended

A decision before the request was one of something else (stop_before_start)
    2026-01-15 08:00 application
    2026-02-15 08:00 decided
    2026-02-20 08:00 application
    2026-09-01 08:00 requested
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 in_time
    LC16a 2026-02-20 08:00 to 2026-08-20 overdue
    LC16b 2026-09-01 08:00 to 2026-09-29 overdue

An application that came in earlier than was told first is decided late (corrected_start)
    2026-01-15 08:00 > 2025-12-15 08:00 application
    2026-07-01 08:00 decided
    at 2026-10-01: LC16a 2025-12-15 08:00 to 2026-06-15 late

An application that came in later than was told first is decided in time (corrected_start)
    2025-12-15 08:00 > 2026-01-15 08:00 application
    2026-07-01 08:00 decided
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 in_time

A request that came in earlier than was told first is answered late (corrected_start)
    2026-01-15 08:00 application
    2026-08-03 08:00 > 2026-07-20 08:00 requested
    2026-08-20 08:00 decided
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 late
    LC16b 2026-07-20 08:00 to 2026-08-17 late

An application on the first day of the act runs by it
    2018-07-01 08:00 application
    at 2019-01-02: LC16a 2018-07-01 08:00 to 2019-01-01 overdue

An application before the act has no clock, and a request after it has one (old_law)
    2018-06-30 08:00 application
    2019-01-10 08:00 requested
    2019-02-07 08:00 decided
    at 2019-03-01: LC16b 2019-01-10 08:00 to 2019-02-07 in_time

An application that is withdrawn with time left was never late
    2026-01-15 08:00 application
    2026-03-15 08:00 withdrawn
    at 2026-10-01: LC16a 2026-01-15 08:00 to 2026-07-15 ended

A report is no application of a party
    2026-01-15 08:00 report
    at 2026-10-01: nothing
""")  # fmt: skip
