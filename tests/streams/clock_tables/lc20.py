"""LC20: a case file is disposed of five years after its last note, by the end of the next calendar year; that
of a child's investigation is kept.
"""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "application": c.ApplicationReceived(unit="bistand", law="SoL", age_band="80+"),
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "report_young": c.ReportReceived(unit="unga", law="SoL", age_band="18-20"),
    "opened": c.InvestigationOpened(),
    "closed": c.CaseClosed(reason="service_done"),
    "reopened": c.CaseReopened(),
    "disposed": d.CaseDisposed(),
}
CANNOT = {
    "extended_in_time": "no time of the act can be made longer",
    "extended_too_late": "no time of the act can be made longer",
}
TABLE = table("LC20", WORDS, cannot=CANNOT, text="""
A file is disposed of in the year after five years (new_law)
    2026-01-02 08:00 application
    2026-03-01 08:00 closed
    2032-02-10 08:00 disposed
    at 2033-06-01: LC20 2026-03-01 08:00 to 2032-12-31 in_time

The last minute of the year is in time
    2026-01-02 08:00 application
    2026-03-01 08:00 closed
    2032-12-31 23:59 disposed
    at 2033-06-01: LC20 2026-03-01 08:00 to 2032-12-31 in_time

The first minute of the year after is late
    2026-01-02 08:00 application
    2026-03-01 08:00 closed
    2033-01-01 00:00 disposed
    at 2033-06-01: LC20 2026-03-01 08:00 to 2032-12-31 late

A file has time left in its last year
    2026-01-02 08:00 application
    2026-03-01 08:00 closed
    at 2032-12-31 12:00: LC20 2026-03-01 08:00 to 2032-12-31 running

A file that lies there longer is overdue
    2026-01-02 08:00 application
    2026-03-01 08:00 closed
    at 2033-01-01: LC20 2026-03-01 08:00 to 2032-12-31 overdue

A case that is open has no file to dispose of
    2026-01-02 08:00 application
    at 2033-01-01: nothing

Five years from the leap day lie in the same year as those from the day before (leap_year, old_law)
    2024-01-02 08:00 application
    2024-02-29 08:00 closed
    2030-12-31 20:00 disposed
    at 2031-06-01: LC20 2024-02-29 08:00 to 2030-12-31 in_time

A file of a leap year is kept no day longer (leap_year, old_law)
    2024-01-02 08:00 application
    2024-12-31 08:00 closed
    2031-01-01 08:00 disposed
    at 2031-06-01: LC20 2024-12-31 08:00 to 2030-12-31 late

A case that was closed on the last day of a year is disposed of a year before the next day's (month_end)
    2025-11-02 08:00 application
    2025-12-31 23:59 closed
    at 2032-01-01: LC20 2025-12-31 23:59 to 2031-12-31 overdue

A case that was closed on the first day of a year has a year more (month_end)
    2025-11-02 08:00 application
    2026-01-01 00:00 closed
    at 2032-01-01: LC20 2026-01-01 00:00 to 2032-12-31 running

A case that was closed the evening before the short night (spring_night)
    2026-01-02 08:00 application
    2026-03-28 23:59 closed
    2032-12-31 23:59 disposed
    at 2033-06-01: LC20 2026-03-28 23:59 to 2032-12-31 in_time

A case that was closed in the hour after the missing one (spring_night)
    2026-01-02 08:00 application
    2026-03-29 03:00 closed
    2033-01-01 00:00 disposed
    at 2033-06-01: LC20 2026-03-29 03:00 to 2032-12-31 late

A case that was closed in the first hour called two (autumn_night)
    2026-01-02 08:00 application
    2026-10-25 02:30 closed
    2032-12-31 23:59 disposed
    at 2033-06-01: LC20 2026-10-25 02:30 to 2032-12-31 in_time

A case that was closed in the second hour called two (autumn_night)
    2026-01-02 08:00 application
    2026-10-25 02:30b closed
    2033-01-01 00:00 disposed
    at 2033-06-01: LC20 2026-10-25 02:30 to 2032-12-31 late

A file that was told to be gone before the case was closed: nobody knows of what (stop_before_start)
    2026-01-02 08:00 application
    2026-02-10 08:00 disposed
    2026-03-01 08:00 closed
    at 2033-06-01: LC20 2026-03-01 08:00 to 2032-12-31 ended

A case that was closed a year earlier than was told first is disposed of late (corrected_start)
    2024-01-02 08:00 application
    2026-03-01 08:00 > 2025-03-01 08:00 closed
    2032-02-10 08:00 disposed
    at 2033-06-01: LC20 2025-03-01 08:00 to 2031-12-31 late

A case that was closed a year later than was told first is disposed of in time (corrected_start)
    2024-01-02 08:00 application
    2025-03-01 08:00 > 2026-03-01 08:00 closed
    2032-02-10 08:00 disposed
    at 2033-06-01: LC20 2026-03-01 08:00 to 2032-12-31 in_time

A case that was closed on the last day of the old act (old_law)
    2025-01-02 08:00 application
    2025-06-30 23:59 closed
    2031-12-31 20:00 disposed
    at 2033-06-01: LC20 2025-06-30 23:59 to 2031-12-31 in_time

A case that was closed on the first day of the new act (new_law)
    2025-01-02 08:00 application
    2025-07-01 00:00 closed
    2032-01-01 08:00 disposed
    at 2033-06-01: LC20 2025-07-01 00:00 to 2031-12-31 late

A case that was closed before the old act has no clock (old_law)
    2001-01-02 08:00 application
    2001-12-31 08:00 closed
    at 2010-01-01: nothing

The file of a child's investigation is kept
    2026-01-02 08:00 report
    2026-01-10 08:00 opened
    2026-03-01 08:00 closed
    at 2033-06-01: nothing

A report of a child that no investigation followed is disposed of
    2026-01-20 08:00 report
    2026-01-30 08:00 closed
    at 2033-06-01: LC20 2026-01-30 08:00 to 2032-12-31 overdue

The file of an investigation of a young person of 18 is disposed of
    2026-01-02 08:00 report_young
    2026-01-10 08:00 opened
    2026-03-01 08:00 closed
    2032-03-01 08:00 disposed
    at 2033-06-01: LC20 2026-03-01 08:00 to 2032-12-31 in_time

A case that is opened again has new notes, and five years from its next closing
    2026-01-02 08:00 application
    2026-03-01 08:00 closed
    2028-03-01 08:00 reopened
    2028-06-01 08:00 closed
    at 2033-06-01: LC20 2026-03-01 08:00 to 2032-12-31 ended
    LC20 2028-06-01 08:00 to 2034-12-31 running
""")  # fmt: skip
