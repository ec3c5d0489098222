"""LC3: an investigation of a child within 4 months, longer for special reasons until a decided day."""

from __future__ import annotations

from schemas import cases as c
from schemas import duties as d
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12"),
    "report_young": c.ReportReceived(unit="unga", law="SoL", age_band="18-20"),
    "application_lss": c.ApplicationReceived(unit="lss", law="LSS", age_band="7-12"),
    "protected_housing": d.CustodyDecided(law="2024:79"),
    "opened": c.InvestigationOpened(),
    "extended": lambda until: c.InvestigationExtended(until_on=until),
    "ended": c.InvestigationClosed(),
    "decided": c.Decided(outcome="granted"),
    "moved": c.CaseClosed(reason="moved"),
    "closed": c.CaseClosed(reason="no_service"),
}
TABLE = table("LC3", WORDS, cannot={}, text="""
An investigation is ended within four months (new_law)
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-06-15 08:00 ended
    at 2026-09-01: LC3 2026-03-03 08:00 to 2026-07-03 in_time

The last minute of the same day four months later is in time
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-07-03 23:59 ended
    at 2026-09-01: LC3 2026-03-03 08:00 to 2026-07-03 in_time

The first minute of the day after is late
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-07-04 00:00 ended
    at 2026-09-01: LC3 2026-03-03 08:00 to 2026-07-03 late

An investigation that goes on has time left on its last day
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    at 2026-07-03 23:00: LC3 2026-03-03 08:00 to 2026-07-03 running

An investigation that goes on the day after is overdue
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    at 2026-07-04 00:00: LC3 2026-03-03 08:00 to 2026-07-03 overdue

Four months from the last of October end on 29 February in a leap year (leap_year, month_end)
    2023-10-30 08:00 report
    2023-10-31 08:00 opened
    2024-02-29 20:00 ended
    at 2024-04-01: LC3 2023-10-31 08:00 to 2024-02-29 in_time

Four months from the leap day end on 29 June (leap_year)
    2024-02-28 08:00 report
    2024-02-29 08:00 opened
    2024-06-30 08:00 ended
    at 2024-08-01: LC3 2024-02-29 08:00 to 2024-06-29 late

Four months from the last of October end on 28 February in other years (month_end)
    2025-10-30 08:00 report
    2025-10-31 08:00 opened
    2026-03-01 08:00 ended
    at 2026-04-01: LC3 2025-10-31 08:00 to 2026-02-28 late

Four months from the 29th of October end on 28 February too (month_end)
    2025-10-28 08:00 report
    2025-10-29 08:00 opened
    2026-02-28 08:00 ended
    at 2026-04-01: LC3 2025-10-29 08:00 to 2026-02-28 in_time

Four months from the last of May end on the last of September (month_end)
    2026-05-30 08:00 report
    2026-05-31 08:00 opened
    at 2026-10-01: LC3 2026-05-31 08:00 to 2026-09-30 overdue

Four months from the last of February end on the 28th, not on the last of June (month_end)
    2026-02-27 08:00 report
    2026-02-28 08:00 opened
    2026-06-29 08:00 ended
    at 2026-08-01: LC3 2026-02-28 08:00 to 2026-06-28 late

A last day that lacks an hour ends at its midnight (spring_night)
    2025-11-28 08:00 report
    2025-11-29 08:00 opened
    2026-03-29 23:59 ended
    at 2026-05-01: LC3 2025-11-29 08:00 to 2026-03-29 in_time

A start just before the night that lacks an hour counts from its own day (spring_night)
    2026-03-28 08:00 report
    2026-03-28 23:59 opened
    2026-07-29 00:00 ended
    at 2026-09-01: LC3 2026-03-28 23:59 to 2026-07-28 late

A last day of 25 hours ends at its midnight (autumn_night)
    2026-06-24 08:00 report
    2026-06-25 08:00 opened
    2026-10-25 23:59 ended
    at 2026-12-01: LC3 2026-06-25 08:00 to 2026-10-25 in_time

A start in the hour that came twice counts from its own day (autumn_night)
    2026-10-24 08:00 report
    2026-10-25 02:30b opened
    2027-02-26 00:00 ended
    at 2027-04-01: LC3 2026-10-25 02:30 to 2027-02-25 late

Special reasons that were decided in time move the last day (extended_in_time)
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-07-03 15:00 extended 2026-09-30
    2026-09-30 15:00 ended
    at 2026-11-01: LC3 2026-03-03 08:00 to 2026-09-30 in_time_extended

A second extension within the first moves the last day again (extended_in_time)
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-07-03 15:00 extended 2026-08-31
    2026-08-31 15:00 extended 2026-10-31
    at 2026-09-15: LC3 2026-03-03 08:00 to 2026-10-31 extended

An extension to a day before the law's last day takes no time away (extended_in_time)
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-05-04 15:00 extended 2026-06-01
    2026-07-01 15:00 ended
    at 2026-09-01: LC3 2026-03-03 08:00 to 2026-07-03 in_time

An extended investigation that was ended before the law's last day is in time by the law (extended_in_time)
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-06-15 15:00 extended 2026-09-30
    2026-07-01 15:00 ended
    at 2026-09-01: LC3 2026-03-03 08:00 to 2026-09-30 in_time

An extension that was decided when the time had run out moves nothing (extended_too_late)
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-07-04 08:00 extended 2026-09-30
    2026-09-15 15:00 ended
    at 2026-11-01: LC3 2026-03-03 08:00 to 2026-07-03 late

A second extension after the first has run out moves nothing (extended_too_late)
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-07-03 15:00 extended 2026-08-31
    2026-09-01 15:00 extended 2026-10-31
    at 2026-09-15: LC3 2026-03-03 08:00 to 2026-08-31 overdue

An end that was told before the opening says nothing of how it went (stop_before_start)
    2026-03-02 08:00 report
    2026-03-03 08:00 ended
    2026-03-04 08:00 opened
    at 2026-09-01: LC3 2026-03-04 08:00 to 2026-07-04 ended

An opening that was earlier than was told first makes the end late (corrected_start)
    2026-02-02 08:00 report
    2026-03-03 08:00 > 2026-02-03 08:00 opened
    2026-06-15 08:00 ended
    at 2026-09-01: LC3 2026-02-03 08:00 to 2026-06-03 late

An opening that was later than was told first makes the end in time (corrected_start)
    2026-02-02 08:00 report
    2026-02-03 08:00 > 2026-02-28 08:00 opened
    2026-06-28 08:00 ended
    at 2026-09-01: LC3 2026-02-28 08:00 to 2026-06-28 in_time

An opening that was moved past an extension keeps its extension (corrected_start)
    2026-02-02 08:00 report
    2026-02-03 08:00 > 2026-03-03 08:00 opened
    2026-06-20 08:00 extended 2026-08-31
    at 2026-08-01: LC3 2026-03-03 08:00 to 2026-08-31 extended

An investigation from the last day of the old act keeps it (old_law)
    2025-06-29 08:00 report
    2025-06-30 23:59 opened
    2025-10-30 08:00 ended
    at 2026-01-01: LC3 2025-06-30 23:59 to 2025-10-30 in_time

An investigation from the first day of the new act runs by that (new_law)
    2025-06-29 08:00 report
    2025-07-01 00:00 opened
    2025-11-02 08:00 ended
    at 2026-01-01: LC3 2025-07-01 00:00 to 2025-11-01 late

A child that moves away with time left was never late
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-05-03 08:00 moved
    at 2026-09-01: LC3 2026-03-03 08:00 to 2026-07-03 ended

A case that is closed has its investigation ended
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-07-10 08:00 closed
    at 2026-09-01: LC3 2026-03-03 08:00 to 2026-07-03 late

A decision does not end an investigation
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-05-03 08:00 decided
    at 2026-06-01: LC3 2026-03-03 08:00 to 2026-07-03 running

A second opening while it goes on is no other investigation
    2026-03-02 08:00 report
    2026-03-03 08:00 opened
    2026-04-03 08:00 opened
    2026-07-10 08:00 ended
    at 2026-09-01: LC3 2026-03-03 08:00 to 2026-07-03 late

An investigation of a child in protected housing has the same four months
    2026-03-02 08:00 report
    2026-03-02 12:00 protected_housing
    2026-03-03 08:00 opened
    at 2026-07-04: LC3 2026-03-03 08:00 to 2026-07-03 overdue

Who has turned 18, or has applied under LSS, has no such clock
    2026-03-02 08:00 report_young
    2026-03-03 08:00 opened
    2026-03-04 08:00 application_lss
    2026-03-05 08:00 opened
    at 2026-09-01: nothing
""")  # fmt: skip
