"""LC6: a favourable decision, or a service that was broken off, is carried out within 3 months; else it is
reported. By SoL (a, b) and by LSS (c, d).
"""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import table

WORDS = {
    "application": c.ApplicationReceived(unit="bistand", law="SoL", age_band="80+"),
    "application_lss": c.ApplicationReceived(unit="lss", law="LSS", age_band="30-64"),
    "granted": c.Decided(outcome="granted", service_follows=True, service_type="home_care"),
    "partly": c.Decided(outcome="partly_granted", service_follows=True, service_type="home_care"),
    "alarm_granted": c.Decided(outcome="granted", service_follows=True, service_type="safety_alarm"),
    "money": c.Decided(outcome="granted"),
    "refused": c.Decided(outcome="refused"),
    "housing": c.Decided(outcome="granted", service_follows=True, service_type="group_home"),
    "started": c.ServiceStarted(service_type="home_care"),
    "alarm_started": c.ServiceStarted(service_type="safety_alarm"),
    "some_service": c.ServiceStarted(),
    "delayed": d.ExecutionDelayed(reason="no_capacity"),
    "broken_off": c.ServiceInterrupted(reason="provider"),
    "service_ended": c.ServiceEnded(),
    "withdrawn": c.CaseClosed(reason="withdrawn"),
}
CANNOT = {
    "extended_in_time": "the act knows no longer time: why it waits is told, and reported",
    "extended_too_late": "the act knows no longer time: why it waits is told, and reported",
}
TABLE = table("LC6", WORDS, cannot=CANNOT, text="""
A decision by SoL is carried out within three months (new_law)
    2026-01-02 08:00 application
    2026-01-15 08:00 granted
    2026-03-01 08:00 started
    at 2026-06-01: LC6a 2026-01-15 08:00 to 2026-04-15 in_time

The last minute of the same day three months later is in time
    2026-01-02 08:00 application
    2026-01-15 08:00 granted
    2026-04-15 23:59 started
    at 2026-06-01: LC6a 2026-01-15 08:00 to 2026-04-15 in_time

The first minute of the day after is late, and reported
    2026-01-02 08:00 application
    2026-01-15 08:00 granted
    2026-04-16 00:00 started
    at 2026-06-01: LC6a 2026-01-15 08:00 to 2026-04-15 late

A decision waits while there is time left
    2026-01-02 08:00 application
    2026-01-15 08:00 partly
    at 2026-04-15 12:00: LC6a 2026-01-15 08:00 to 2026-04-15 running

A decision that waits longer is overdue, whatever its reason
    2026-01-02 08:00 application
    2026-01-15 08:00 granted
    2026-04-01 08:00 delayed
    at 2026-04-16: LC6a 2026-01-15 08:00 to 2026-04-15 overdue

Three months from the last of November end on 29 February in a leap year (leap_year, month_end)
    2023-11-02 08:00 application
    2023-11-30 08:00 granted
    2024-02-29 20:00 started
    at 2024-06-01: LC6a 2023-11-30 08:00 to 2024-02-29 in_time

Three months from the leap day end on 29 May (leap_year, old_law)
    2024-02-02 08:00 application_lss
    2024-02-29 08:00 housing
    2024-05-30 08:00 some_service
    at 2024-08-01: LC6c 2024-02-29 08:00 to 2024-05-29 late

Three months from the last of November end on 28 February in other years (month_end)
    2025-11-02 08:00 application
    2025-11-30 08:00 granted
    2026-03-01 08:00 started
    at 2026-06-01: LC6a 2025-11-30 08:00 to 2026-02-28 late

Three months from the last of January end on the last of April (month_end)
    2026-01-02 08:00 application_lss
    2026-01-31 08:00 housing
    2026-04-30 08:00 some_service
    at 2026-06-01: LC6c 2026-01-31 08:00 to 2026-04-30 in_time

A last day that lacks an hour ends at its midnight (spring_night)
    2025-12-02 08:00 application
    2025-12-29 08:00 granted
    2026-03-29 23:59 started
    at 2026-06-01: LC6a 2025-12-29 08:00 to 2026-03-29 in_time

A last day of 25 hours ends at its midnight (autumn_night)
    2026-07-02 08:00 application_lss
    2026-07-25 08:00 housing
    2026-10-25 23:59 some_service
    at 2026-12-01: LC6c 2026-07-25 08:00 to 2026-10-25 in_time

A decision in the hour that came twice counts from its own day (autumn_night)
    2026-10-02 08:00 application
    2026-10-25 02:30b granted
    2027-01-26 00:00 started
    at 2027-06-01: LC6a 2026-10-25 02:30 to 2027-01-25 late

A service that was told before its decision says nothing of how it went (stop_before_start)
    2026-01-02 08:00 application
    2026-01-14 08:00 started
    2026-01-14 20:00 service_ended
    2026-01-15 08:00 granted
    at 2026-06-01: LC6a 2026-01-15 08:00 to 2026-04-15 ended

A service that goes on when it is granted again needs no new start (stop_before_start)
    2026-01-02 08:00 application
    2026-01-14 08:00 started
    2026-01-15 08:00 granted
    at 2026-06-01: nothing

A decision that was earlier than was told first makes its start late (corrected_start)
    2026-01-02 08:00 application
    2026-01-15 08:00 > 2026-01-05 08:00 granted
    2026-04-10 08:00 started
    at 2026-06-01: LC6a 2026-01-05 08:00 to 2026-04-05 late

A decision by LSS that was later than was told first makes its start in time (corrected_start)
    2026-01-02 08:00 application_lss
    2026-01-15 08:00 > 2026-01-31 08:00 housing
    2026-04-20 08:00 some_service
    at 2026-06-01: LC6c 2026-01-31 08:00 to 2026-04-30 in_time

A refusal that was corrected to a grant starts the clock (corrected_start)
    2026-01-02 08:00 application
    2026-01-15 08:00 refused > granted
    at 2026-06-01: LC6a 2026-01-15 08:00 to 2026-04-15 overdue

A decision on the last day of the old act keeps it (old_law)
    2025-06-02 08:00 application
    2025-06-30 23:59 granted
    2025-09-30 08:00 started
    at 2026-01-01: LC6a 2025-06-30 23:59 to 2025-09-30 in_time

A decision on the first day of the new act runs by that (new_law)
    2025-06-02 08:00 application
    2025-07-01 00:00 granted
    2025-10-02 08:00 started
    at 2026-01-01: LC6a 2025-07-01 00:00 to 2025-10-01 late

A decision before there was anything to report has no clock (old_law)
    2006-06-02 08:00 application
    2006-06-30 08:00 granted
    at 2007-01-01: nothing

A service by SoL that was broken off starts again within three months (new_law)
    2026-01-02 08:00 application
    2026-01-15 08:00 granted
    2026-01-20 08:00 started
    2026-03-31 08:00 broken_off
    2026-06-30 08:00 started
    at 2026-09-01: LC6a 2026-01-15 08:00 to 2026-04-15 in_time
    LC6b 2026-03-31 08:00 to 2026-06-30 in_time

A service under the old act that was broken off is overdue after three months too (old_law)
    2025-01-02 08:00 application
    2025-01-15 08:00 granted
    2025-01-20 08:00 started
    2025-03-31 08:00 broken_off
    at 2025-07-01: LC6a 2025-01-15 08:00 to 2025-04-15 in_time
    LC6b 2025-03-31 08:00 to 2025-06-30 overdue

A service by LSS that was broken off and starts too late is late
    2026-01-02 08:00 application_lss
    2026-01-15 08:00 housing
    2026-01-20 08:00 some_service
    2026-03-31 08:00 broken_off
    2026-07-01 08:00 some_service
    at 2026-09-01: LC6c 2026-01-15 08:00 to 2026-04-15 in_time
    LC6d 2026-03-31 08:00 to 2026-06-30 late

A service that was broken off and then ended is to start no more
    2026-01-02 08:00 application_lss
    2026-01-15 08:00 housing
    2026-01-20 08:00 some_service
    2026-03-31 08:00 broken_off
    2026-04-30 08:00 service_ended
    at 2026-09-01: LC6c 2026-01-15 08:00 to 2026-04-15 in_time
    LC6d 2026-03-31 08:00 to 2026-06-30 ended

Two decisions of two services are two clocks, each stopped by its own
    2026-01-02 08:00 application
    2026-01-15 08:00 granted
    2026-01-20 08:00 alarm_granted
    2026-02-20 08:00 alarm_started
    at 2026-05-01: LC6a 2026-01-15 08:00 to 2026-04-15 overdue
    LC6a 2026-01-20 08:00 to 2026-04-20 in_time

A decision that no service follows, or that refuses, has no clock
    2026-01-02 08:00 application
    2026-01-15 08:00 money
    2026-01-20 08:00 refused
    at 2026-06-01: nothing

A case that is closed with time left was never to be carried out
    2026-01-02 08:00 application
    2026-01-15 08:00 granted
    2026-02-15 08:00 withdrawn
    at 2026-06-01: LC6a 2026-01-15 08:00 to 2026-04-15 ended
""")  # fmt: skip
