"""LC12: the care plan of a child is revised for the first time within 2 years."""

from __future__ import annotations

from schemas import cases as c
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "report_adult": c.ReportReceived(unit="vuxen", law="SoL", age_band="30-64"),
    "care_plan": c.PlanMade(kind="care_plan"),
    "implementation_plan": c.PlanMade(kind="implementation_plan"),
    "revised": c.PlanRevised(kind="care_plan"),
    "some_plan_revised": c.PlanRevised(),
    "implementation_plan_revised": c.PlanRevised(kind="implementation_plan"),
    "service_ended": c.ServiceEnded(),
    "closed": c.CaseClosed(reason="service_done"),
}
CANNOT = {
    "extended_in_time": "the act knows no longer time",
    "extended_too_late": "the act knows no longer time",
}
TABLE = table("LC12", WORDS, cannot=CANNOT, text="""
A care plan is revised within two years (new_law)
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    2027-06-10 08:00 revised
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 in_time

The last minute of the same day two years later is in time
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    2028-01-15 23:59 revised
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 in_time

The first minute of the day after is late
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    2028-01-16 00:00 revised
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 late

A plan has time left on the last day
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    at 2028-01-15 20:00: LC12 2026-01-15 08:00 to 2028-01-15 running

A plan that is older and never revised is overdue
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    at 2028-01-16: LC12 2026-01-15 08:00 to 2028-01-15 overdue

Only the first revision is counted
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    2027-06-10 08:00 revised
    2029-07-10 08:00 revised
    at 2030-01-01: LC12 2026-01-15 08:00 to 2028-01-15 in_time

Two years from the leap day end on 28 February (leap_year, month_end, old_law)
    2024-01-02 08:00 report
    2024-02-29 08:00 care_plan
    2026-03-01 08:00 revised
    at 2026-04-01: LC12 2024-02-29 08:00 to 2026-02-28 late

Two years over a leap day end on the same day number (leap_year)
    2026-02-02 08:00 report
    2026-03-01 08:00 care_plan
    2028-03-01 08:00 revised
    at 2028-04-01: LC12 2026-03-01 08:00 to 2028-03-01 in_time

Two years from the last of February end on the 28th also in a leap year (leap_year)
    2026-02-02 08:00 report
    2026-02-28 08:00 care_plan
    2028-02-29 08:00 revised
    at 2028-04-01: LC12 2026-02-28 08:00 to 2028-02-28 late

Two years from the last of a month end on the last of the same month (month_end)
    2026-08-02 08:00 report
    2026-08-31 08:00 care_plan
    2028-08-31 20:00 revised
    at 2028-10-01: LC12 2026-08-31 08:00 to 2028-08-31 in_time

A last day that lacks an hour ends at its midnight (spring_night)
    2026-01-02 08:00 report
    2026-03-26 08:00 care_plan
    2028-03-26 23:59 revised
    at 2028-04-01: LC12 2026-03-26 08:00 to 2028-03-26 in_time

A plan made the evening before the short night counts from its own day (spring_night)
    2026-01-02 08:00 report
    2026-03-28 23:59 care_plan
    2028-03-29 00:00 revised
    at 2028-04-01: LC12 2026-03-28 23:59 to 2028-03-28 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-01-02 08:00 report
    2026-10-29 08:00 care_plan
    2028-10-29 23:59 revised
    at 2028-12-01: LC12 2026-10-29 08:00 to 2028-10-29 in_time

A plan made in the hour that came twice counts from its own day (autumn_night)
    2026-01-02 08:00 report
    2026-10-25 02:30b care_plan
    2028-10-26 00:00 revised
    at 2028-12-01: LC12 2026-10-25 02:30 to 2028-10-25 late

A revision that was told before the plan says nothing of how it went (stop_before_start)
    2026-01-02 08:00 report
    2026-01-14 08:00 revised
    2026-01-15 08:00 care_plan
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 ended

A plan that was made earlier than was told first is revised late (corrected_start)
    2025-10-02 08:00 report
    2026-01-15 08:00 > 2025-10-15 08:00 care_plan
    2027-12-10 08:00 revised
    at 2028-03-01: LC12 2025-10-15 08:00 to 2027-10-15 late

A plan that was made later than was told first is revised in time (corrected_start)
    2025-10-02 08:00 report
    2025-10-15 08:00 > 2026-01-15 08:00 care_plan
    2027-12-10 08:00 revised
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 in_time

A plan that was corrected to a care plan starts the clock (corrected_start)
    2026-01-02 08:00 report
    2026-01-15 08:00 implementation_plan > care_plan
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 overdue

A plan of the last day of the old act was to be revised as soon (old_law)
    2025-01-02 08:00 report
    2025-06-30 08:00 care_plan
    2027-06-30 20:00 revised
    at 2027-08-01: LC12 2025-06-30 08:00 to 2027-06-30 in_time

A plan of the first day of the new act runs by that (new_law)
    2025-01-02 08:00 report
    2025-07-01 00:00 care_plan
    2027-07-02 08:00 revised
    at 2027-08-01: LC12 2025-07-01 00:00 to 2027-07-01 late

A plan from before the act knew two years has no clock (old_law)
    2021-01-02 08:00 report
    2021-02-28 08:00 care_plan
    at 2023-04-01: nothing

A revision that does not say of which plan is one of it
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    2027-06-10 08:00 some_plan_revised
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 in_time

A revision of the other plan is none of it
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    2027-06-10 08:00 implementation_plan_revised
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 overdue

Care that ends with time left has no plan to revise
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    2026-09-10 08:00 service_ended
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 ended

A case that is closed after two years was revised too late
    2026-01-02 08:00 report
    2026-01-15 08:00 care_plan
    2028-02-10 08:00 closed
    at 2028-03-01: LC12 2026-01-15 08:00 to 2028-01-15 late

A grown person's plan, or another plan of a child, has no such clock
    2026-01-02 08:00 report
    2026-01-15 08:00 implementation_plan
    2026-02-02 08:00 report_adult
    2026-02-15 08:00 care_plan
    at 2028-03-01: nothing
""")  # fmt: skip
