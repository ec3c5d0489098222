"""LC2: förhandsbedömning within 14 days, longer for exceptional reasons; none during an investigation."""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "report_adult": c.ReportReceived(unit="vuxen", law="SoL", age_band="30-64"),
    "no_investigation": c.PreliminaryAssessed(outcome="no_investigation"),
    "investigate": c.PreliminaryAssessed(outcome="investigate"),
    "extended": lambda until: d.AssessmentExtended(until_on=until),
    "opened": c.InvestigationOpened(),
    "ended": c.InvestigationClosed(),
    "moved": c.CaseClosed(reason="moved"),
    "closed": c.CaseClosed(reason="no_investigation"),
}
TABLE = table("LC2", WORDS, cannot={}, text="""
A report is assessed within 14 days (new_law)
    2026-03-02 08:00 report
    2026-03-10 09:00 no_investigation
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-16 in_time

The last minute of the fourteenth day is in time
    2026-03-02 08:00 report
    2026-03-16 23:59 no_investigation
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-16 in_time

The first minute of the fifteenth day is late
    2026-03-02 08:00 report
    2026-03-17 00:00 no_investigation
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-16 late

A report just before midnight has that day as its day of start
    2026-03-02 23:59 report
    at 2026-03-16 23:59: LC2 2026-03-02 23:59 to 2026-03-16 running

The clock is overdue when the fourteenth day has passed
    2026-03-02 08:00 report
    at 2026-03-17 00:00: LC2 2026-03-02 08:00 to 2026-03-16 overdue

A last day that is a Sunday does not move by itself
    2026-03-08 08:00 report
    2026-03-23 08:00 investigate
    at 2026-04-01: LC2 2026-03-08 08:00 to 2026-03-22 late

14 days in a February of 29 days end a day earlier in March (leap_year)
    2024-02-20 08:00 report
    2024-03-05 16:00 no_investigation
    at 2024-04-01: LC2 2024-02-20 08:00 to 2024-03-05 in_time

A report on the leap day is due on 14 March (leap_year)
    2024-02-29 08:00 report
    2024-03-15 08:00 no_investigation
    at 2024-04-01: LC2 2024-02-29 08:00 to 2024-03-14 late

A report before the end of a February of 28 days is due in March (month_end)
    2026-02-20 08:00 report
    2026-03-06 08:00 no_investigation
    at 2026-04-01: LC2 2026-02-20 08:00 to 2026-03-06 in_time

A report at the end of a year is due in the next (month_end)
    2025-12-31 08:00 report
    2026-01-14 08:00 no_investigation
    at 2026-04-01: LC2 2025-12-31 08:00 to 2026-01-14 in_time

A last day that lacks an hour ends at its midnight (spring_night)
    2026-03-15 08:00 report
    2026-03-29 23:59 no_investigation
    at 2026-04-01: LC2 2026-03-15 08:00 to 2026-03-29 in_time

Days over the night that lacks an hour are days still (spring_night)
    2026-03-28 23:30 report
    2026-04-12 00:00 no_investigation
    at 2026-05-01: LC2 2026-03-28 23:30 to 2026-04-11 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-10-11 08:00 report
    2026-10-25 23:59 no_investigation
    at 2026-11-01: LC2 2026-10-11 08:00 to 2026-10-25 in_time

A report in the hour that came twice has that day as its day of start (autumn_night)
    2026-10-25 02:30b report
    2026-11-09 00:00 no_investigation
    at 2026-12-01: LC2 2026-10-25 02:30 to 2026-11-08 late

Exceptional reasons that were decided in time move the last day (extended_in_time)
    2026-03-02 08:00 report
    2026-03-16 15:00 extended 2026-03-30
    2026-03-27 08:00 no_investigation
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-30 in_time_extended

A clock with a longer time shows so while it runs (extended_in_time)
    2026-03-02 08:00 report
    2026-03-10 15:00 extended 2026-03-30
    at 2026-03-20: LC2 2026-03-02 08:00 to 2026-03-30 extended

A longer time that has run out too is overdue (extended_in_time)
    2026-03-02 08:00 report
    2026-03-10 15:00 extended 2026-03-30
    at 2026-03-31: LC2 2026-03-02 08:00 to 2026-03-30 overdue

An extension that was decided when the time had run out moves nothing (extended_too_late)
    2026-03-02 08:00 report
    2026-03-17 08:00 extended 2026-03-30
    2026-03-27 08:00 no_investigation
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-16 late

A report under the old act could be assessed longer for the same reasons (old_law, extended_in_time)
    2025-06-02 08:00 report
    2025-06-13 08:00 extended 2025-06-30
    2025-06-30 08:00 no_investigation
    at 2025-08-01: LC2 2025-06-02 08:00 to 2025-06-30 in_time_extended

A report on the last day of the old act keeps it until it is assessed (old_law)
    2025-06-30 23:59 report
    2025-07-15 08:00 no_investigation
    at 2025-08-01: LC2 2025-06-30 23:59 to 2025-07-14 late

A report on the first day of the new act runs by that (new_law)
    2025-07-01 00:00 report
    2025-07-15 08:00 no_investigation
    at 2025-08-01: LC2 2025-07-01 00:00 to 2025-07-15 in_time

A report before the act had a limit has no clock (old_law)
    2012-12-31 08:00 report
    2013-02-01 08:00 no_investigation
    at 2013-03-01: nothing

An assessment that was told before the report says nothing of how it went (stop_before_start)
    2026-03-01 08:00 no_investigation
    2026-03-02 08:00 report
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-16 ended

A report that came in earlier than was told first makes the assessment late (corrected_start)
    2026-03-02 08:00 > 2026-02-20 08:00 report
    2026-03-10 09:00 no_investigation
    at 2026-04-01: LC2 2026-02-20 08:00 to 2026-03-06 late

A report that came in later than was told first makes the assessment in time (corrected_start)
    2026-03-02 08:00 > 2026-03-05 08:00 report
    2026-03-18 09:00 no_investigation
    at 2026-04-01: LC2 2026-03-05 08:00 to 2026-03-19 in_time

An extension in time is too late when the report came in earlier (corrected_start, extended_too_late)
    2026-03-02 08:00 > 2026-02-20 08:00 report
    2026-03-10 09:00 extended 2026-03-30
    2026-03-20 09:00 no_investigation
    at 2026-04-01: LC2 2026-02-20 08:00 to 2026-03-06 late

An investigation that is opened at once stands for the assessment
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-16 in_time

A report while an investigation goes on needs no assessment
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-03-20 08:00 report
    at 2026-06-01: LC2 2026-03-02 08:00 to 2026-03-16 in_time

A report after the investigation was ended needs one again
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-05-04 08:00 ended
    2026-05-20 08:00 report
    at 2026-06-01: LC2 2026-03-02 08:00 to 2026-03-16 in_time
    LC2 2026-05-20 08:00 to 2026-06-03 running

A child who moves away with time left was never to be assessed
    2026-03-02 08:00 report
    2026-03-09 08:00 moved
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-16 ended

A case that is closed without an assessment stays overdue
    2026-03-02 08:00 report
    2026-03-09 08:00 closed
    at 2026-04-01: LC2 2026-03-02 08:00 to 2026-03-16 overdue

A report of a grown person has no limit
    2026-03-02 08:00 report_adult
    at 2026-04-01: nothing
""")  # fmt: skip
