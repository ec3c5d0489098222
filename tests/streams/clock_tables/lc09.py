"""LC9: whether custody should move to the foster home is considered after 2 years there, then every year;
after 3 years of a placement before 1 July 2022.
"""

from __future__ import annotations

from schemas import placements as p
from tests.streams.clock_tables.reading import Words, table

WORDS: Words = {
    "home": lambda on: p.PlacementStarted(on=on, provider="F1", care_form="foster_home", age_band="0-6"),
    "young_home": lambda on: p.PlacementStarted(
        on=on, provider="F1", care_form="foster_home", age_band="18-20"
    ),
    "residential": lambda on: p.PlacementStarted(
        on=on, provider="B1", care_form="residential_care_home", age_band="13-17"
    ),
    "to_home": lambda on: p.PlacementMoved(on=on, to_provider="F2", care_form="foster_home"),
    "to_residential": lambda on: p.PlacementMoved(on=on, to_provider="B1", care_form="residential_care_home"),
    "considered": p.CustodyTransferConsidered(),
    "ended": lambda on: p.PlacementEnded(on=on),
}
CANNOT = {
    "extended_in_time": "the act knows no longer time",
    "extended_too_late": "the act knows no longer time",
}
TABLE = table("LC9", WORDS, cannot=CANNOT, kind="placement", text="""
A transfer of custody is considered within two years, then within one (new_law)
    2025-09-01 12:00 home 2025-09-01
    2027-06-10 09:00 considered
    at 2027-12-01: LC9 2025-09-01 12:00 to 2027-09-01 in_time
    LC9 2027-06-10 09:00 to 2028-06-10 running

The last minute of the same day two years later is in time
    2025-09-01 12:00 home 2025-09-01
    2027-09-01 23:59 considered
    at 2027-12-01: LC9 2025-09-01 12:00 to 2027-09-01 in_time
    LC9 2027-09-01 23:59 to 2028-09-01 running

The first minute of the day after is late
    2025-09-01 12:00 home 2025-09-01
    2027-09-02 00:00 considered
    at 2027-12-01: LC9 2025-09-01 12:00 to 2027-09-01 late
    LC9 2027-09-02 00:00 to 2028-09-02 running

Two years have not passed on the last day
    2025-09-01 12:00 home 2025-09-01
    at 2027-09-01 12:00: LC9 2025-09-01 12:00 to 2027-09-01 running

Two years have passed the day after
    2025-09-01 12:00 home 2025-09-01
    at 2027-09-02: LC9 2025-09-01 12:00 to 2027-09-01 overdue

The second time is due a year after the first, not two
    2025-09-01 12:00 home 2025-09-01
    2027-06-10 09:00 considered
    2028-06-11 09:00 considered
    at 2028-07-01: LC9 2025-09-01 12:00 to 2027-09-01 in_time
    LC9 2027-06-10 09:00 to 2028-06-10 late
    LC9 2028-06-11 09:00 to 2029-06-11 running

Two years from the leap day end on 28 February (leap_year, month_end, old_law)
    2024-02-29 12:00 home 2024-02-29
    2026-03-01 09:00 considered
    at 2026-03-02: LC9 2024-02-29 12:00 to 2026-02-28 late
    LC9 2026-03-01 09:00 to 2027-03-01 running

Two years from 28 February end on the 28th also in a leap year (leap_year)
    2026-02-28 12:00 home 2026-02-28
    at 2028-02-29: LC9 2026-02-28 12:00 to 2028-02-28 overdue

A year from the leap day ends on 28 February (leap_year)
    2026-03-10 12:00 home 2026-03-10
    2028-02-29 09:00 considered
    at 2029-03-01: LC9 2026-03-10 12:00 to 2028-03-10 in_time
    LC9 2028-02-29 09:00 to 2029-02-28 overdue

Two years from the last of a month end on the last of the same month (month_end)
    2025-08-31 12:00 home 2025-08-31
    2027-08-31 20:00 considered
    at 2027-12-01: LC9 2025-08-31 12:00 to 2027-08-31 in_time
    LC9 2027-08-31 20:00 to 2028-08-31 running

A last day that lacks an hour ends at its midnight (spring_night)
    2026-03-28 12:00 home 2026-03-28
    2027-03-28 10:00 considered
    2028-03-26 10:00 considered
    2029-03-26 23:59 considered
    at 2029-04-01: LC9 2026-03-28 12:00 to 2028-03-28 in_time
    LC9 2027-03-28 10:00 to 2028-03-28 in_time
    LC9 2028-03-26 10:00 to 2029-03-26 in_time
    LC9 2029-03-26 23:59 to 2030-03-26 running

A placement the evening before the short night counts from its own day (spring_night)
    2026-03-28 23:59 home 2026-03-28
    at 2028-03-29: LC9 2026-03-28 23:59 to 2028-03-28 overdue

A last day of 25 hours ends at its midnight (autumn_night, old_law)
    2024-10-25 12:00 home 2024-10-25
    2025-10-26 02:30b considered
    2026-10-26 23:59 considered
    at 2026-11-01: LC9 2024-10-25 12:00 to 2026-10-25 in_time
    LC9 2025-10-26 02:30 to 2026-10-26 in_time
    LC9 2026-10-26 23:59 to 2027-10-26 running

A placement in the hour that came twice counts from its own day (autumn_night)
    2026-10-25 02:30b home 2026-10-25
    at 2028-10-25 23:00: LC9 2026-10-25 02:30 to 2028-10-25 running

What was considered before the placement does not count for it (stop_before_start)
    2025-08-20 09:00 considered
    2025-09-01 12:00 home 2025-09-01
    at 2027-09-02: LC9 2025-09-01 12:00 to 2027-09-01 overdue

A placement that was earlier than was told first makes it late (corrected_start)
    2025-09-01 12:00 > 2025-07-01 12:00 home 2025-09-01 > home 2025-07-01
    2027-08-10 09:00 considered
    at 2027-12-01: LC9 2025-07-01 12:00 to 2027-07-01 late
    LC9 2027-08-10 09:00 to 2028-08-10 running

A placement that was later than was told first makes it in time (corrected_start)
    2025-07-01 12:00 > 2025-09-01 12:00 home 2025-07-01 > home 2025-09-01
    2027-08-10 09:00 considered
    at 2027-12-01: LC9 2025-09-01 12:00 to 2027-09-01 in_time
    LC9 2027-08-10 09:00 to 2028-08-10 running

A placement that was told to be after 1 July 2022 and was before has three years (corrected_start, old_law)
    2022-07-05 12:00 > 2022-06-20 12:00 home 2022-07-05 > home 2022-06-20
    at 2024-08-01: LC9 2022-06-20 12:00 to 2025-06-20 running

A placement on the last day of the oldest rule has three years (old_law)
    2022-06-30 12:00 home 2022-06-30
    2025-06-30 09:00 considered
    at 2025-07-01: LC9 2022-06-30 12:00 to 2025-06-30 in_time
    LC9 2025-06-30 09:00 to 2026-06-30 running

A placement on the first day of the two years has them (old_law)
    2022-07-01 12:00 home 2022-07-01
    2024-07-02 09:00 considered
    at 2024-08-01: LC9 2022-07-01 12:00 to 2024-07-01 late
    LC9 2024-07-02 09:00 to 2025-07-02 running

A placement on the first day of the new act has two years (new_law)
    2025-07-01 00:00 home 2025-07-01
    at 2027-07-02: LC9 2025-07-01 00:00 to 2027-07-01 overdue

A move to another foster home starts anew, for the years count in the same home
    2025-09-01 12:00 home 2025-09-01
    2026-09-01 12:00 to_home 2026-09-01
    at 2027-10-01: LC9 2025-09-01 12:00 to 2027-09-01 ended
    LC9 2026-09-01 12:00 to 2028-09-01 running

A move to an institution ends the clock
    2025-09-01 12:00 home 2025-09-01
    2026-09-01 12:00 to_residential 2026-09-01
    at 2028-10-01: LC9 2025-09-01 12:00 to 2027-09-01 ended

A move from an institution to a foster home starts the clock
    2025-09-01 12:00 residential 2025-09-01
    2026-09-01 12:00 to_home 2026-09-01
    at 2027-10-01: LC9 2026-09-01 12:00 to 2028-09-01 running

A placement that ends with time left was never to be considered
    2025-09-01 12:00 home 2025-09-01
    2026-06-30 12:00 ended 2026-06-30
    at 2027-10-01: LC9 2025-09-01 12:00 to 2027-09-01 ended

A placement that ends when two years have passed was considered too late
    2025-09-01 12:00 home 2025-09-01
    2027-10-30 12:00 ended 2027-10-30
    at 2027-12-01: LC9 2025-09-01 12:00 to 2027-09-01 late

An institution, or a person of 18, has no such clock
    2025-09-01 12:00 residential 2025-09-01
    2026-09-01 12:00 young_home 2026-09-01
    at 2028-12-01: nothing
""")  # fmt: skip
