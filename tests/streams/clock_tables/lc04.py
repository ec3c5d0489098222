"""LC4: an investigation is opened at once, with the day after as our limit."""

from __future__ import annotations

from schemas import cases as c
from tests.streams.clock_tables.reading import table

WORDS = {
    "application": c.ApplicationReceived(unit="bistand", law="SoL", age_band="80+"),
    "application_lss": c.ApplicationReceived(unit="lss", law="LSS", age_band="30-64"),
    "registered": c.CaseRegistered(unit="vuxen", law="SoL", age_band="30-64"),
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "investigate": c.PreliminaryAssessed(outcome="investigate"),
    "no_investigation": c.PreliminaryAssessed(outcome="no_investigation"),
    "opened": c.InvestigationOpened(),
    "ended": c.InvestigationClosed(),
    "decided": c.Decided(outcome="refused"),
    "closed": c.CaseClosed(reason="withdrawn"),
}
CANNOT = {
    "extended_in_time": "the act knows no extension of what is to be done at once",
    "extended_too_late": "the act knows no extension of what is to be done at once",
}
TABLE = table("LC4", WORDS, cannot=CANNOT, text="""
An application has its investigation the same day (new_law)
    2026-03-02 08:00 application
    2026-03-02 15:00 opened
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 in_time

The last minute of the day after is in time
    2026-03-02 08:00 application
    2026-03-03 23:59 opened
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 in_time

Two days later is late
    2026-03-02 08:00 application
    2026-03-04 00:00 opened
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 late

An application waits until the day after has passed
    2026-03-02 08:00 application
    at 2026-03-03 23:00: LC4 2026-03-02 08:00 to 2026-03-03 running

An application that nobody investigates is overdue
    2026-03-02 08:00 application
    at 2026-03-04 00:00: LC4 2026-03-02 08:00 to 2026-03-03 overdue

An application on a Friday has the Saturday as its last day
    2026-03-06 08:00 application
    2026-03-09 08:00 opened
    at 2026-04-01: LC4 2026-03-06 08:00 to 2026-03-07 late

What is decided at once needs no investigation of its own
    2026-03-02 08:00 application
    2026-03-03 08:00 decided
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 in_time

The day after 28 February is the 29th in a leap year (leap_year)
    2024-02-28 08:00 application
    2024-02-29 08:00 opened
    at 2024-04-01: LC4 2024-02-28 08:00 to 2024-02-29 in_time

The day after the leap day is 1 March (leap_year)
    2024-02-29 08:00 application
    2024-03-02 08:00 opened
    at 2024-04-01: LC4 2024-02-29 08:00 to 2024-03-01 late

The day after 28 February is 1 March in other years (month_end)
    2026-02-28 08:00 application
    2026-03-01 23:00 opened
    at 2026-04-01: LC4 2026-02-28 08:00 to 2026-03-01 in_time

The day after the last of December lies in the next year (month_end)
    2025-12-31 08:00 application
    2026-01-02 08:00 opened
    at 2026-04-01: LC4 2025-12-31 08:00 to 2026-01-01 late

A day after that lacks an hour ends at its midnight (spring_night)
    2026-03-28 08:00 application
    2026-03-29 23:59 opened
    at 2026-05-01: LC4 2026-03-28 08:00 to 2026-03-29 in_time

A day after of 25 hours ends at its midnight (autumn_night)
    2026-10-24 08:00 application
    2026-10-25 23:59 opened
    at 2026-12-01: LC4 2026-10-24 08:00 to 2026-10-25 in_time

An application in the hour that came twice counts from its own day (autumn_night)
    2026-10-25 02:30b application
    2026-10-27 00:00 opened
    at 2026-12-01: LC4 2026-10-25 02:30 to 2026-10-26 late

An investigation that was told before the application was open already (stop_before_start)
    2026-03-01 08:00 opened
    2026-03-02 08:00 application
    at 2026-04-01: nothing

A decision that was told before the application says nothing of how it went (stop_before_start)
    2026-03-01 08:00 decided
    2026-03-02 08:00 application
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 ended

An application that came in earlier than was told first makes the opening late (corrected_start)
    2026-03-02 08:00 > 2026-02-27 08:00 application
    2026-03-02 15:00 opened
    at 2026-04-01: LC4 2026-02-27 08:00 to 2026-02-28 late

An application that came in later than was told first makes the opening in time (corrected_start)
    2026-03-02 08:00 > 2026-03-05 08:00 application
    2026-03-06 15:00 opened
    at 2026-04-01: LC4 2026-03-05 08:00 to 2026-03-06 in_time

An application under the old act runs by that (old_law)
    2025-06-30 23:59 application
    2025-07-01 23:59 opened
    at 2025-08-01: LC4 2025-06-30 23:59 to 2025-07-01 in_time

An application on the first day of the new act runs by that (new_law)
    2025-07-01 00:00 application
    2025-07-03 00:00 opened
    at 2025-08-01: LC4 2025-07-01 00:00 to 2025-07-02 late

A report leads to an investigation from the decision to open one
    2026-03-02 08:00 report
    2026-03-12 08:00 investigate
    2026-03-16 08:00 opened
    at 2026-04-01: LC4 2026-03-12 08:00 to 2026-03-13 late

A report that leads to none has no such clock
    2026-03-02 08:00 report
    2026-03-12 08:00 no_investigation
    at 2026-04-01: nothing

A matter that the unit takes up itself is to be investigated at once too
    2026-03-02 08:00 registered
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 overdue

A matter that the unit takes up itself and then lets be was never to be investigated
    2026-03-02 08:00 registered
    2026-03-03 08:00 no_investigation
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 ended

An application while an investigation goes on belongs to it
    2026-03-02 08:00 application
    2026-03-02 09:00 opened
    2026-03-20 08:00 application
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 in_time

An application after the investigation has ended needs one again
    2026-03-02 08:00 application
    2026-03-02 09:00 opened
    2026-03-10 08:00 ended
    2026-03-20 08:00 application
    at 2026-03-21: LC4 2026-03-02 08:00 to 2026-03-03 in_time
    LC4 2026-03-20 08:00 to 2026-03-21 running

An application that is withdrawn in time was never to be investigated
    2026-03-02 08:00 application
    2026-03-03 08:00 closed
    at 2026-04-01: LC4 2026-03-02 08:00 to 2026-03-03 ended

An application under LSS is none under SoL
    2026-03-02 08:00 application_lss
    at 2026-04-01: nothing
""")  # fmt: skip
