"""LC5: who reported by duty, and asks for it, is told of the outcome within a week."""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import table

WORDS = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12", reporter_asks=True),
    "report_silent": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "report_adult": c.ReportReceived(unit="vuxen", law="SoL", age_band="30-64", reporter_asks=True),
    "no_investigation": c.PreliminaryAssessed(outcome="no_investigation"),
    "investigate": c.PreliminaryAssessed(outcome="investigate"),
    "joined": c.PreliminaryAssessed(outcome="joined"),
    "informed": d.ReporterInformed(),
    "closed": c.CaseClosed(reason="no_investigation"),
}
CANNOT = {
    "extended_in_time": "the act knows no longer time",
    "extended_too_late": "the act knows no longer time",
}
TABLE = table("LC5", WORDS, cannot=CANNOT, text="""
A reporter who asked is told within a week of the decision (new_law)
    2026-03-02 08:00 report
    2026-03-10 08:00 no_investigation
    2026-03-12 08:00 informed
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 in_time

The last minute of the same weekday is in time
    2026-03-02 08:00 report
    2026-03-10 08:00 no_investigation
    2026-03-17 23:59 informed
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 in_time

The first minute of the day after is late
    2026-03-02 08:00 report
    2026-03-10 08:00 no_investigation
    2026-03-18 00:00 informed
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 late

The clock runs while there is time left
    2026-03-02 08:00 report
    2026-03-10 08:00 no_investigation
    at 2026-03-17 23:59: LC5 2026-03-10 08:00 to 2026-03-17 running

A reporter who has not been told in a week is overdue
    2026-03-02 08:00 report
    2026-03-10 08:00 no_investigation
    at 2026-03-18 00:00: LC5 2026-03-10 08:00 to 2026-03-17 overdue

No time runs before the decision
    2026-03-02 08:00 report
    at 2026-03-20: nothing

A reporter is told also that an investigation is opened
    2026-03-02 08:00 report
    2026-03-10 08:00 investigate
    2026-03-11 08:00 informed
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 in_time

A reporter is told also that an investigation goes on already
    2026-03-02 08:00 report
    2026-03-10 08:00 joined
    2026-03-20 08:00 informed
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 late

A reporter who has not asked has no such clock
    2026-03-02 08:00 report_silent
    2026-03-10 08:00 no_investigation
    at 2026-05-01: nothing

A week over the leap day ends a day earlier in March (leap_year)
    2028-02-20 08:00 report
    2028-02-25 08:00 no_investigation
    2028-03-03 20:00 informed
    at 2028-05-01: LC5 2028-02-25 08:00 to 2028-03-03 in_time

A week from the leap day ends on 7 March (leap_year)
    2028-02-20 08:00 report
    2028-02-29 08:00 no_investigation
    2028-03-08 08:00 informed
    at 2028-05-01: LC5 2028-02-29 08:00 to 2028-03-07 late

A week over the end of February of other years (month_end)
    2026-02-20 08:00 report
    2026-02-25 08:00 no_investigation
    2026-03-04 08:00 informed
    at 2026-05-01: LC5 2026-02-25 08:00 to 2026-03-04 in_time

A week from the last of December ends in the next year (month_end)
    2026-12-20 08:00 report
    2026-12-31 08:00 no_investigation
    2027-01-08 08:00 informed
    at 2027-05-01: LC5 2026-12-31 08:00 to 2027-01-07 late

A last day that lacks an hour ends at its midnight (spring_night)
    2026-03-15 08:00 report
    2026-03-22 08:00 no_investigation
    2026-03-29 23:59 informed
    at 2026-05-01: LC5 2026-03-22 08:00 to 2026-03-29 in_time

A week from the evening before the short night is seven days still (spring_night)
    2026-03-15 08:00 report
    2026-03-28 23:30 no_investigation
    2026-04-05 00:00 informed
    at 2026-05-01: LC5 2026-03-28 23:30 to 2026-04-04 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-10-11 08:00 report
    2026-10-18 08:00 no_investigation
    2026-10-25 23:59 informed
    at 2026-12-01: LC5 2026-10-18 08:00 to 2026-10-25 in_time

A decision in the hour that came twice counts from its own day (autumn_night)
    2026-10-11 08:00 report
    2026-10-25 02:30b no_investigation
    2026-11-02 00:00 informed
    at 2026-12-01: LC5 2026-10-25 02:30 to 2026-11-01 late

A reporter who was told before the decision: nobody knows of what (stop_before_start)
    2026-03-02 08:00 report
    2026-03-09 08:00 informed
    2026-03-10 08:00 no_investigation
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 ended

A decision that was earlier than was told first makes it late (corrected_start)
    2026-03-02 08:00 report
    2026-03-10 08:00 > 2026-03-04 08:00 no_investigation
    2026-03-12 08:00 informed
    at 2026-05-01: LC5 2026-03-04 08:00 to 2026-03-11 late

A decision that was later than was told first makes it in time (corrected_start)
    2026-03-02 08:00 report
    2026-03-04 08:00 > 2026-03-10 08:00 no_investigation
    2026-03-17 08:00 informed
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 in_time

A report that was corrected to one whose reporter asks starts the clock (corrected_start)
    2026-03-02 08:00 report_silent > report
    2026-03-10 08:00 no_investigation
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 overdue

A decision before the act set a week has no such clock (old_law)
    2026-01-02 08:00 report
    2026-01-14 23:59 no_investigation
    at 2026-05-01: nothing

A decision on the day that the week came into force has it, though the report is older (new_law)
    2026-01-02 08:00 report
    2026-01-15 00:00 no_investigation
    2026-01-22 12:00 informed
    at 2026-05-01: LC5 2026-01-15 00:00 to 2026-01-22 in_time

A case that is closed leaves the reporter to be told
    2026-03-02 08:00 report
    2026-03-10 08:00 no_investigation
    2026-03-10 09:00 closed
    2026-03-16 08:00 informed
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 in_time

A reporter of a grown person may ask too
    2026-03-02 08:00 report_adult
    2026-03-10 08:00 no_investigation
    at 2026-05-01: LC5 2026-03-10 08:00 to 2026-03-17 overdue

A second report has a week of its own when the first was answered
    2026-03-02 08:00 report
    2026-03-10 08:00 no_investigation
    2026-03-11 08:00 informed
    2026-03-20 08:00 report
    2026-03-23 08:00 no_investigation
    at 2026-03-25: LC5 2026-03-10 08:00 to 2026-03-17 in_time
    LC5 2026-03-23 08:00 to 2026-03-30 running
""")  # fmt: skip
