"""Hours of March 2026 in `care_town.py`, counted by hand.

Persontimmar: Ann 1 + 1 + 2 · 0.75 + 7 (the night of 23 hours), Bo 1 + 1 (the parts in March) + 1 + 0.5, Dan
twice 7.5, nobody 0.5, the provider's report 110 of thirty persons. Brukartimmar: of Ann's first two 1.5, of
Bo's last two 1, of Dan's shifts 7.5. Granted: Ann 15 · 2 + 16 · 3, Bo 21 of 31 days of 31 hours, Dan 10 days
of 5.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from tests.caring import clock
from tests.warehouse.care_town import BELATED, CARED, FACES, REHAB
from tests.warehouse.golden import Days, Golden
from tests.warehouse.golden_tables import of, tables
from tests.warehouse.hours_flaw_town import ODD as STRANGE

Rows = dict[str, dict[str, Any]]
MARCH: Final[Days] = (date(2026, 3, 1), date(2026, 4, 1))
APRIL: Final[Days] = (date(2026, 4, 1), date(2026, 5, 1))
OCTOBER: Final[Days] = (date(2026, 10, 1), date(2026, 11, 1))


def day(text: str) -> Days:
    first = date.fromisoformat(text)
    return first, date.fromordinal(first.toordinal() + 1)


PERFORMED: Rows = {
    "": {"": (10.5 + 3.5 + 15 + 0.5 + 110, 34)},
    "service": {"home_care": (124.5, 33), "personal_assistance": (15, 1)},
    "unit": {
        "north": (11.5, 3),
        "south": (3, 1),
        "assist": (15, 1),
        "private": (110, 30),
        "across": (None, 0),
    },
    "regi": {"in_house": (26, 3), "contracted": (113, 31), "unknown": (0.5, 1)},
    "age_band": {"80+": (10.5, 1), "65-79": (3.5, 1), "30-64": (15, 1), "unknown": (110.5, 31)},
    "sex": {"woman": (10.5, 1), "man": (18.5, 2), "unknown": (110.5, 31)},
}
BY_START: Rows = {  # the visit of 28 February is none of March's, that of 31 March is, whole
    "": {"": (10.5 + 4.5 + 15 + 0.5 + 110, 34)},
    "service": {"home_care": (125.5, 33), "personal_assistance": (15, 1)},
    "unit": {
        "north": (11.5, 3),
        "south": (4, 1),
        "assist": (15, 1),
        "private": (110, 30),
        "across": (None, 0),
    },
    "regi": {"in_house": (26, 3), "contracted": (114, 31), "unknown": (0.5, 1)},
    "age_band": {"80+": (10.5, 1), "65-79": (4.5, 1), "30-64": (15, 1), "unknown": (110.5, 31)},
    "sex": {"woman": (10.5, 1), "man": (19.5, 2), "unknown": (110.5, 31)},
}
CLIENT: Rows = {
    "": {"": (9.25 + 3 + 7.5 + 0.5 + 100, 34)},
    "service": {"home_care": (112.75, 33), "personal_assistance": (7.5, 1)},
    "unit": {"north": (10.25, 3), "south": (3, 1), "assist": (7.5, 1), "private": (100, 30),
             "across": (None, 0)},  # Bo's half hour with both is in both
    "regi": {"in_house": (17.25, 3), "contracted": (103, 31), "unknown": (0.5, 1)},
    "age_band": {"80+": (9.25, 1), "65-79": (3, 1), "30-64": (7.5, 1), "unknown": (100.5, 31)},
    "sex": {"woman": (9.25, 1), "man": (10.5, 2), "unknown": (100.5, 31)},
}  # fmt: skip
GRANTED: Rows = {
    "": {"": (78 + 21 + 50, 3)},
    "service": {"home_care": (99, 2), "personal_assistance": (50, 1), "safety_alarm": (0, 0)},
    "unit": {"north": (78, 1), "south": (21, 1), "assist": (50, 1)},
    "regi": {"in_house": (128, 2), "contracted": (21, 1), "unknown": (None, 0)},
    "age_band": {"80+": (78, 1), "65-79": (21, 1), "30-64": (50, 1), "unknown": (None, 0)},
    "sex": {"woman": (78, 1), "man": (71, 2), "unknown": (None, 0)},
}  # of Fay's hours nobody told the act, so that they are not known to be none
SHARE: Rows = {
    "": {"": (19.75 / 149, 3)},
    "service": {"home_care": (12.25 / 99, 2), "personal_assistance": (0.15, 1)},
    "unit": {
        "north": (9.25 / 78, 1),
        "south": (3 / 21, 1),
        "assist": (0.15, 1),
    },  # Bo has no grant in the north
    "regi": {"in_house": (16.75 / 128, 2), "contracted": (3 / 21, 1)},
    "age_band": {"80+": (9.25 / 78, 1), "65-79": (3 / 21, 1), "30-64": (0.15, 1)},
    "sex": {"woman": (9.25 / 78, 1), "man": (10.5 / 71, 2)},
}
COVERAGE: Rows = {
    "": {"": (1 / 3, 2)},
    "service": {"home_care": (1 / 3, 2)},
    "unit": {"north": (1 / 2, 1), "south": (0, 1)},
    "regi": {"in_house": (1 / 2, 1), "contracted": (0, 1)},
}
MONTHS: Rows = {  # Ann, Bo, and one whose grant nobody told the act of, without an hour
    "": {"": (12.25 / 3, 3)},
    "unit": {"north": (9.75 / 3, 3), "south": (3, 1)},
    "regi": {"in_house": (9.75 / 2, 2), "contracted": (3, 1), "unknown": (None, 1)},
    "age_band": {"80+": (9.25, 1), "65-79": (3, 1), "unknown": (None, 1)},
    "sex": {"woman": (9.25, 1), "man": (3, 1), "unknown": (None, 1)},
}
KR_ANN, KR_BO, KR_DAN, KR_GUS = 1.5 * 400 + 7.75 * 500, 3 * 300 + 2 * 20 + 0.5 * 500, 7.5 * 350, 250
MIDDLE = (KR_BO + KR_DAN) / 2
COST: Rows = {
    "": {"": (MIDDLE, 4)},
    "statistic": {"median": (MIDDLE, 4), "mean": ((KR_ANN + KR_BO + KR_DAN + KR_GUS) / 4, 4),
                  "p10": (None, 4), "p90": (None, 4)},
    "service": {"home_care": ((KR_ANN + KR_BO) / 2, 2), "personal_assistance": (KR_DAN, 1),
                "safety_alarm": (KR_GUS, 1)},
    "unit": {"north": (KR_GUS, 3), "south": (940, 1), "assist": (KR_DAN, 1), "private": (None, 0)},
    "regi": {"in_house": (KR_DAN, 3), "contracted": (940, 1), "unknown": (KR_GUS, 1)},
    "age_band": {"80+": ((KR_ANN + KR_GUS) / 2, 2), "65-79": (KR_BO, 1), "30-64": (KR_DAN, 1),
                 "unknown": (None, 0)},
    "sex": {"woman": (KR_ANN, 1), "man": (KR_BO, 3), "unknown": (None, 0)},
}  # fmt: skip
VISITS: Rows = {
    "": {"": (12, 4)},
    "service": {"home_care": (10, 3), "personal_assistance": (2, 1)},
    "unit": {"north": (8, 3), "south": (2, 1), "assist": (2, 1)},
    "regi": {"in_house": (9, 3), "contracted": (2, 1), "unknown": (1, 1)},
    "age_band": {"80+": (6, 1), "65-79": (3, 1), "30-64": (2, 1), "unknown": (1, 1)},
    "sex": {"woman": (6, 1), "man": (5, 2), "unknown": (1, 1)},
    "channel": {"on_site": (11, 3), "video": (1, 1)},
    "purpose": {"care": (11, 4), "meal": (1, 1)},
}
FACE: Rows = {
    "": {"": ((3 + 2 + 6) / 3, 2)},
    "unit": {"north": (2.5, 1), "south": (6, 1)},
    "regi": {"in_house": (2.5, 1), "contracted": (6, 1)},
    "age_band": {"80+": (2.5, 1), "65-79": (6, 1)},
    "sex": {"woman": (2.5, 1), "man": (6, 1)},
}

MONTH_FIGURES = (
    *tables("performed_hours", MARCH, PERFORMED, CARED),
    *tables("performed_hours_by_start", MARCH, BY_START, CARED),
    *tables("client_hours", MARCH, CLIENT, CARED),
    *tables("granted_hours", MARCH, GRANTED, CARED),
    *tables("performed_to_granted_share", MARCH, SHARE, CARED),
    *tables("visit_coverage", MARCH, COVERAGE, CARED),
    *tables("hours_per_person_month", MARCH, MONTHS, CARED),
    *tables("cost_per_client", MARCH, COST, CARED),
    *tables("visits_performed", MARCH, VISITS, CARED),
    *tables("staff_continuity", MARCH, FACE, FACES),
)
NIGHTS = (  # by day: 23 hours, 25 hours, and none of the month's report
    of("performed_hours", day("2026-03-28"), "", {"": (2, 1)}, CARED),
    of("performed_hours", day("2026-03-29"), "", {"": (5, 1)}, CARED),
    of("performed_hours_by_start", day("2026-03-28"), "", {"": (7, 1)}, CARED),
    of("performed_hours_by_start", day("2026-03-29"), "", {"": (None, 0)}, CARED),
    of("client_hours", day("2026-10-24"), "", {"": (2, 1)}, CARED),
    of("client_hours", day("2026-10-25"), "", {"": (7 + 1, 2)}, CARED),
    of("performed_hours", OCTOBER, "", {"": (9 + 1, 2)}, CARED),
    of("performed_hours", APRIL, "", {"": (2, 1)}, CARED),
    of("granted_hours", day("2026-03-29"), "", {"": (3 + 1, 2)}, CARED),
    of("granted_hours", MARCH, "", {"": (15 * 2 + 8 * 3 + 13 + 50, 3)}, CARED, today=date(2026, 3, 23)),
)

# direct 30 of 40 hours in the north; in the south nobody told, but in 10 hours there was a visit of one
DIRECT: Rows = {
    "": {"": (31 / 50, 13)},
    "unit": {"north": (0.75, 12), "south": (0.1, 1)},
    "regi": {"in_house": (0.75, 12), "contracted": (0.1, 1)},
}
REST: Rows = {
    "": {"": (19 / 50, 13)},
    "used_for": {
        "transport": (0.1, 13),
        "staff": (0.06, 13),
        "documentation": (0.04, 13),
        "unknown": (0.18, 13),
    },
    "unit": {"north": (0.25, 12), "south": (0.9, 1)},
    "regi": {"in_house": (0.25, 12), "contracted": (0.9, 1)},
}
PAPERS: Rows = {
    "": {"": (0.05, 13)},
    "unit": {"north": (0.05, 12), "south": (None, 1)},
    "regi": {"in_house": (0.05, 12), "contracted": (None, 1)},
}
FEBRUARY: Final[Days] = (date(2026, 2, 1), date(2026, 3, 1))
STAFF = (
    *tables("client_time_share", MARCH, DIRECT, CARED),
    *tables("non_client_time_share", MARCH, REST, CARED),
    *tables("documentation_share", MARCH, PAPERS, CARED),
)
MORNING: Final[datetime] = clock("2026-03-29 04:00")  # three hours after midnight
ONE: Final = {"": 1}
LATE_MONTHS: Rows = {
    by: {key: (3 / 5, 5)}
    for by, key in (
        ("", ""),
        ("source", "test"),
        ("service", "home_care"),
        ("unit", "private"),
        ("regi", "contracted"),
    )
}
FLAWED: Rows = {
    "": {"": 18},
    "flaw": {"overlapping_visits": 3, "hours_after_death": 4, "unknown_assistance": 5, "never_decided": 1,
             "performed_over_granted": 3, "reported_twice": 1, "reported_and_visited": 2},
    "kind": {"visit": 7, "hours_report": 4, "grant": 3, "assistance": 2, "account_month": 1, "staff_day": 1},
}  # fmt: skip
ODD = (
    *tables("flawed_hours", MORNING, FLAWED, STRANGE),
    *tables(
        "visits_without_stop", MARCH, {"": ONE, "unit": {"north": 1}, "service": {"home_care": 1}}, CARED
    ),
    *tables("late_reported_share", MARCH, {"": {"": (1 / 13, 13)}, "source": {"test": (1 / 13, 13)}}, CARED),
    of("late_reported_share", MARCH, "", {"": (2 / 4, 4)}, BELATED),
    of("late_reported_share", APRIL, "", {"": (None, 0)}, BELATED),
    *tables("late_monthly_reports_share", MARCH, LATE_MONTHS, BELATED),
    of("late_monthly_reports_share", APRIL, "", {"": (0, 1)}, BELATED),
    *tables(
        "cost_outliers",
        FEBRUARY,
        {"": ONE, "service": {"home_care": 1}, "regi": {"contracted": 1}, "age_band": {"65-79": 1}},
        REHAB,
    ),
    of("cost_outliers", MARCH, "", {"": 0}, CARED),
)

NOON: Final[datetime] = clock("2026-03-10 12:45")
GRANTED_TODAY: Rows = {
    "": {"": (4, 2)},
    "service": {"home_care": (4, 2), "safety_alarm": (0, 0)},
    "unit": {"north": (3, 1), "south": (1, 1)},
    "regi": {"in_house": (3, 1), "contracted": (1, 1), "unknown": (None, 0)},
}
PERFORMED_TODAY: Rows = {
    "": {"": (3, 1)},
    "service": {"home_care": (3, 1)},
    "unit": {"north": (3, 1)},
    "regi": {"in_house": (3, 1)},
}
NOW = (
    *tables("granted_today", MORNING, GRANTED_TODAY, CARED),
    of("granted_today", datetime(2026, 3, 29, 22, tzinfo=UTC), "", {"": (4, 2)}, CARED),  # the end of the day
    *tables("performed_today", MORNING, PERFORMED_TODAY, CARED),
    of("performed_today", NOON, "unit", {"north": (0.25, 1), "south": (0.75, 1)}, CARED),
    of("performed_today", NOON, "", {"": (0.75, 1)}, CARED),
    of("granted_hours_accounted", clock("2026-03-17 12:00"), "", {"": (3 + 1 + 10 + 1 + 5, 6)}, CARED),
    of("granted_hours_accounted", clock("2026-03-18 12:00"), "", {"": (3 + 1 + 10 + 1, 5)}, CARED),
)


def trial(since: str, until: str, by: str, rows: dict[str, Any]) -> Golden:
    """Domain 6, X7: 16 and 15 hours less."""
    span = date.fromisoformat(since), date.fromisoformat(until)
    return of("hours_per_person_month", span, by, rows, REHAB)


TRIAL = (
    trial("2026-01-01", "2026-02-01", "age_band", {"65-79": (26, 1), "80+": (36, 1)}),
    trial("2026-07-01", "2026-08-01", "age_band", {"65-79": (10, 1), "80+": (21, 1)}),
    trial("2026-01-01", "2026-08-01", "sex", {"woman": (18, 1), "man": (28.5, 1), "unknown": (20, 9)}),
)
GOLDEN: tuple[Golden, ...] = (*MONTH_FIGURES, *NIGHTS, *STAFF, *ODD, *NOW, *TRIAL)
