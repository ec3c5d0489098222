"""LC19: who has had support three months in a row has an activity to take part in from the fourth; the
first month that counts is October 2026.
"""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "support": lambda month: d.SupportGranted(month=month),
    "duty": d.ActivityDutySet(hours_per_week=40),
    "duty_of_a_parent": d.ActivityDutySet(hours_per_week=30),
    "closed": c.CaseClosed(reason="service_done"),
    "application": c.ApplicationReceived(unit="forsorjning", law="SoL", age_band="30-64"),
}
CANNOT = {
    "extended_in_time": "the act knows no longer time",
    "extended_too_late": "the act knows no longer time",
}
TABLE = table("LC19", WORDS, cannot=CANNOT, text="""
A duty is set before the fourth month (new_law)
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2026-12-20 08:00 duty
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 in_time

A duty is set on the first day of the fourth month
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2026-12-29 08:00 support 2027-01-01
    2027-01-01 23:59 duty
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 in_time

A duty is set later in the fourth month
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2027-01-05 08:00 support 2027-01-01
    2027-01-02 00:00 duty
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 late

Three months run
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    at 2026-12-20: LC19 2026-10-01 to 2027-01-01 running

A fourth month without a duty is overdue
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2027-01-05 08:00 support 2027-01-01
    at 2027-01-20: LC19 2026-10-01 to 2027-01-01 overdue

Four months without a duty that then end were late
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2027-01-05 08:00 support 2027-01-01
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 late

Three months that are followed by none were never due
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 ended

A month without support breaks the row
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2027-01-05 08:00 support 2027-01-01
    at 2027-01-20: LC19 2026-10-01 to 2027-01-01 ended
    LC19 2027-01-01 to 2027-04-01 running

Support that is granted twice in a month is one month
    2026-10-05 08:00 support 2026-10-01
    2026-10-20 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    at 2026-12-20: LC19 2026-10-01 to 2027-01-01 running

Months that are told afterwards are in their row still
    2026-12-05 08:00 support 2026-12-01
    2026-12-06 08:00 support 2026-10-01
    2026-12-07 08:00 support 2026-11-01
    at 2026-12-20: LC19 2026-10-01 to 2027-01-01 running

A duty holds for the months after it
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-20 08:00 duty_of_a_parent
    2026-12-05 08:00 support 2026-12-01
    2027-01-05 08:00 support 2027-01-01
    2027-02-05 08:00 support 2027-02-01
    at 2027-09-01: LC19 2026-10-01 to 2027-01-01 in_time

After a break a new duty is due
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 duty
    2027-02-05 08:00 support 2027-02-01
    2027-03-05 08:00 support 2027-03-01
    at 2027-03-20: LC19 2026-10-01 to 2027-01-01 in_time
    LC19 2027-02-01 to 2027-05-01 running

Three months with a leap day are three months (leap_year)
    2027-12-05 08:00 support 2027-12-01
    2028-01-05 08:00 support 2028-01-01
    2028-02-29 08:00 support 2028-02-01
    2028-02-29 20:00 duty
    at 2028-06-01: LC19 2027-12-01 to 2028-03-01 in_time

Support that is granted on the last day counts from the first day of its month (month_end)
    2026-10-31 08:00 support 2026-10-01
    2026-11-30 08:00 support 2026-11-01
    2026-12-31 08:00 support 2026-12-01
    2027-01-31 08:00 support 2027-01-01
    2027-01-31 09:00 duty
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 late

Support for a month that is granted in the month before counts from its own first day (month_end)
    2026-10-31 08:00 support 2026-11-01
    2026-11-30 08:00 support 2026-12-01
    2026-12-31 08:00 support 2027-01-01
    at 2027-01-20: LC19 2026-11-01 to 2027-02-01 running

A month that lacks an hour is a month (spring_night)
    2027-01-05 08:00 support 2027-01-01
    2027-02-05 08:00 support 2027-02-01
    2027-03-28 03:30 support 2027-03-01
    2027-04-01 23:59 duty
    at 2027-06-01: LC19 2027-01-01 to 2027-04-01 in_time

A month with an hour twice is a month (autumn_night)
    2026-10-25 02:30b support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2027-01-05 08:00 support 2027-01-01
    2027-01-05 09:00 duty
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 late

A row that begins in summer time ends by the day in winter time (autumn_night)
    2027-08-05 08:00 support 2027-08-01
    2027-09-05 08:00 support 2027-09-01
    2027-10-31 02:30 support 2027-10-01
    at 2027-10-31 23:00: LC19 2027-08-01 to 2027-11-01 running

A duty that was set before the first month is one already (stop_before_start)
    2026-09-20 08:00 duty
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2027-01-05 08:00 support 2027-01-01
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 ended

A first month that was another than was told first moves the row (corrected_start)
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2027-01-05 08:00 support 2027-01-01 > support 2026-10-01
    at 2026-12-20: LC19 2026-10-01 to 2027-01-01 running

A month that was taken back makes the row begin later (corrected_start)
    2026-10-05 08:00 support 2026-10-01 > nothing
    2026-11-05 08:00 support 2026-11-01
    2026-12-05 08:00 support 2026-12-01
    2027-01-05 08:00 support 2027-01-01
    at 2027-01-20: LC19 2026-11-01 to 2027-02-01 running

Months before the act have no clock (old_law)
    2026-03-05 08:00 support 2026-03-01
    2026-04-05 08:00 support 2026-04-01
    2026-05-05 08:00 support 2026-05-01
    2026-06-05 08:00 support 2026-06-01
    at 2026-09-01: nothing

Months of the act before October do not count, and the row begins with that (old_law, new_law)
    2026-08-05 08:00 support 2026-08-01
    2026-09-05 08:00 support 2026-09-01
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    at 2026-11-20: LC19 2026-10-01 to 2027-01-01 running

A case that is closed with time left was never due
    2026-10-01 08:00 application
    2026-10-05 08:00 support 2026-10-01
    2026-11-05 08:00 support 2026-11-01
    2026-11-20 08:00 closed
    at 2027-03-01: LC19 2026-10-01 to 2027-01-01 ended
""")  # fmt: skip
