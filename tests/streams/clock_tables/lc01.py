"""LC1: skyddsbedömning at once, with 24 hours as our limit, which elapse whatever a wall clock says."""

from __future__ import annotations

from schemas import cases as c
from tests.streams.clock_tables.reading import table

WORDS = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "report_lvu": c.ReportReceived(unit="barn-unga", law="LVU", age_band="13-17"),
    "report_young": c.ReportReceived(unit="unga", law="SoL", age_band="18-20"),
    "report_adult": c.ReportReceived(unit="vuxen", law="SoL", age_band="30-64"),
    "report_ageless": c.ReportReceived(unit="vuxen", law="SoL"),
    "application": c.ApplicationReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "assessed": c.SafetyAssessed(protection_needed=False),
    "opened": c.InvestigationOpened(),
    "moved": c.CaseClosed(reason="moved"),
    "deceased": c.CaseClosed(reason="deceased"),
    "closed": c.CaseClosed(reason="no_investigation"),
}
CANNOT = {
    "extended_in_time": "the act knows no extension of what is to be done at once",
    "extended_too_late": "the act knows no extension of what is to be done at once",
}
TABLE = table("LC1", WORDS, cannot=CANNOT, text="""
A report of a child is assessed within the hour (new_law)
    2026-03-02 08:00 report
    2026-03-02 08:45 assessed
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 in_time

An assessment at the very end of 24 hours is in time
    2026-03-02 08:00 report
    2026-03-03 08:00 assessed
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 in_time

An assessment a minute after 24 hours is late
    2026-03-02 08:00 report
    2026-03-03 08:01 assessed
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 late

The clock runs while there is time left
    2026-03-02 08:00 report
    at 2026-03-03 07:59: LC1 2026-03-02 08:00 to 2026-03-03 08:00 running

The clock is overdue when nobody has assessed
    2026-03-02 08:00 report
    at 2026-03-03 08:01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 overdue

A report on a Friday has its last moment on the Saturday
    2026-03-06 16:30 report
    2026-03-09 08:00 assessed
    at 2026-04-01: LC1 2026-03-06 16:30 to 2026-03-07 16:30 late

A report on 28 February of a leap year is due on the 29th (leap_year)
    2024-02-28 15:00 report
    2024-02-29 14:00 assessed
    at 2024-04-01: LC1 2024-02-28 15:00 to 2024-02-29 15:00 in_time

A report on the leap day is due on 1 March (leap_year)
    2024-02-29 10:00 report
    2024-03-01 11:00 assessed
    at 2024-04-01: LC1 2024-02-29 10:00 to 2024-03-01 10:00 late

A report on the last day of a year is due in the next (month_end)
    2025-12-31 23:30 report
    2026-01-01 22:00 assessed
    at 2026-04-01: LC1 2025-12-31 23:30 to 2026-01-01 23:30 in_time

A report on the last day of a month is due in the next (month_end)
    2026-04-30 09:00 report
    at 2026-05-01 08:00: LC1 2026-04-30 09:00 to 2026-05-01 09:00 running

24 hours over the night when an hour is missing end an hour later on the wall (spring_night)
    2026-03-28 10:00 report
    2026-03-29 10:59 assessed
    at 2026-04-01: LC1 2026-03-28 10:00 to 2026-03-29 11:00 in_time

24 hours over the night with an hour twice end an hour earlier on the wall (autumn_night)
    2026-10-24 10:00 report
    2026-10-25 09:30 assessed
    at 2026-11-01: LC1 2026-10-24 10:00 to 2026-10-25 09:00 late

A report in the second of two hours called two is due by the hour that passed (autumn_night)
    2026-10-25 02:30b report
    2026-10-26 02:15 assessed
    at 2026-11-01: LC1 2026-10-25 02:30 to 2026-10-26 02:30 in_time

A report in the first of two hours called two is due an hour before that on the wall (autumn_night)
    2026-10-25 02:30 report
    2026-10-26 02:15 assessed
    at 2026-11-01: LC1 2026-10-25 02:30 to 2026-10-26 01:30 late

An assessment that was told before the report says nothing of how it went (stop_before_start)
    2026-03-01 08:00 assessed
    2026-03-02 08:00 report
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 ended

An assessment before the report and one after it is in time by the one after (stop_before_start)
    2026-03-01 08:00 assessed
    2026-03-02 08:00 report
    2026-03-02 12:00 assessed
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 in_time

A report that came in a day earlier than was told first makes the assessment late (corrected_start)
    2026-03-02 08:00 > 2026-03-01 08:00 report
    2026-03-02 09:00 assessed
    at 2026-04-01: LC1 2026-03-01 08:00 to 2026-03-02 08:00 late

A report that came in a day later than was told first makes the assessment in time (corrected_start)
    2026-03-02 08:00 > 2026-03-03 08:00 report
    2026-03-03 12:00 assessed
    at 2026-04-01: LC1 2026-03-03 08:00 to 2026-03-04 08:00 in_time

A report of a grown person has no such clock, also when the age was corrected (corrected_start)
    2026-03-02 08:00 report > report_adult
    at 2026-04-01: nothing

A report that was taken back has no clock
    2026-03-02 08:00 report > nothing
    2026-03-02 09:00 opened
    at 2026-04-01: nothing

A report on the last day of the old act runs by it (old_law)
    2025-06-30 23:30 report
    2025-07-01 10:00 assessed
    at 2025-08-01: LC1 2025-06-30 23:30 to 2025-07-01 23:30 in_time

A report on the first day of the new act runs by that (new_law)
    2025-07-01 00:00 report
    at 2025-08-01: LC1 2025-07-01 00:00 to 2025-07-02 00:00 overdue

A report before there was such an assessment in the act has no clock (old_law)
    2012-12-31 10:00 report
    at 2013-02-01: nothing

Each report of a child is assessed by itself, and one assessment is of all that lie there
    2026-03-02 08:00 report
    2026-03-02 20:00 report_lvu
    2026-03-03 12:00 assessed
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 late
    LC1 2026-03-02 20:00 to 2026-03-03 20:00 in_time

A report of a young person up to 20 is assessed as that of a child
    2026-03-02 08:00 report_young
    at 2026-03-02 12:00: LC1 2026-03-02 08:00 to 2026-03-03 08:00 running

A person of unknown age has no such clock
    2026-03-02 08:00 report_ageless
    at 2026-04-01: nothing

An application is no report
    2026-03-02 08:00 application
    at 2026-04-01: nothing

A child who moves away with time left was never to be assessed
    2026-03-02 08:00 report
    2026-03-02 15:00 moved
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 ended

A child who moves away when the time has run out was assessed too late
    2026-03-02 08:00 report
    2026-03-05 15:00 moved
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 late

A case that is closed without an assessment stays overdue
    2026-03-02 08:00 report
    2026-03-02 15:00 closed
    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 overdue
""")  # fmt: skip
