"""What each metric of personal assistance must say of the towns in `assistance_town.py`, counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from tests.telling import at
from tests.warehouse.assistance_town import ASSISTED, HANDED, HEAVY, LUDVIKA, WATCHED
from tests.warehouse.golden import DAY_8, Days, Golden
from tests.warehouse.golden_tables import Q1, of

ABOUT: Final = "unit regi payer sex age_band"
ONE = "east in_house social_insurance woman 30-64"
TWO = "east in_house social_insurance man 65-79"
THREE = "west contracted social_insurance woman 18-20"
FOUR = "west in_house municipality man 30-64"
Told = dict[str, dict[str, dict[str, Any]]]

# staff hours by month: one 300, 280 and 310; two 200, 100 and 155; three 90 and 84, four 46 in February
HOURS: Final[Told] = {
    "assistance_granted_hours": {
        "": {"": (900 + 450 + 270 + 180, 4)},
        ABOUT: {ONE: (900, 1), TWO: (450, 1), THREE: (270, 1), FOUR: (180, 1)},
    },
    "assistance_performed_hours": {
        "": {"": (890 + 455 + 174 + 46, 4)},
        ABOUT: {ONE: (890, 1), TWO: (455, 1), THREE: (174, 1), FOUR: (3 * 14 + 4, 1)},
    },
    "assistance_client_hours": {
        "": {"": (870 + 455 + 174 + 42, 4)},
        ABOUT: {ONE: (870, 1), TWO: (455, 1), THREE: (174, 1), FOUR: (3 * 14, 1)},
    },
    "assistance_hours_share": {  # of three's days those of January and February, of four's February and March
        "": {"": (1565 / (900 + 450 + 3 * 59 + 2 * 59), 4)},
        ABOUT: {ONE: (890 / 900, 1), TWO: (455 / 450, 1), THREE: (174 / 177, 1), FOUR: (46 / 118, 1)},
    },
    "double_staffing_share": {
        "": {"": ((20 + 4) / 1541, 4)},
        ABOUT: {ONE: (20 / 870, 1), TWO: (0, 1), THREE: (0, 1), FOUR: (4 / 42, 1)},
    },
    "assistance_forecast_hours": {  # until 1 July, 181 days, at the pace of the days that are told of
        "": {"": ((890 / 90 + 455 / 90 + 174 / 59 + 46 / 59) * 181, 4)},
        "unit regi payer": {
            "east in_house social_insurance": (1345 / 90 * 181, 2),
            "west contracted social_insurance": (174 / 59 * 181, 1),
            "west in_house municipality": (46 / 59 * 181, 1),
        },
    },
    "assistance_forecast_share": {
        "": {"": ((1345 / 90 + 220 / 59) / (10 + 5 + 3 + 2), 4)},
        "unit regi payer": {
            "east in_house social_insurance": (1345 / 90 / 15, 2),
            "west contracted social_insurance": (174 / 59 / 3, 1),
            "west in_house municipality": (46 / 59 / 2, 1),
        },
    },
    "temps_per_case_month": {  # January: two with one, one with two; February: none; of west nobody tells
        "": {"": (3 / 4, 2)},
        "unit regi": {"east in_house": (3 / 4, 2)},
    },
}  # fmt: skip

# to date, one is granted 310, 590 and 900: 300, 280 and 310 are paid for at 300 kr; two 155, 295 and 450: of
# 200, 100 and 155 hours 155 at 300 kr, 140 and 155 at 330; three 90 and 84 at 300
EXPECTED_ONE, EXPECTED_TWO = 890 * 300, 155 * 300 + 295 * 330
COST_ONE, COST_TWO = 93_000 + 84_000 + 96_000, 80_000 + 40_000 + 44_000
MONEY: Final[Told] = {
    "assistance_revenue_expected": {
        "": {"": (EXPECTED_ONE + EXPECTED_TWO + 174 * 300, 3)},
        "unit regi": {"east in_house": (EXPECTED_ONE + EXPECTED_TWO, 2), "west contracted": (174 * 300, 1)},
    },
    "assistance_revenue_claimed": {
        "": {"": (267_000 + 46_500, 2)},
        "unit regi": {"east in_house": (267_000 + 46_500, 2), "west contracted": (None, 0)},
    },
    "assistance_revenue_paid": {
        "": {"": (170_000, 1)},
        "unit regi": {"east in_house": (170_000, 1), "west contracted": (None, 0)},
    },
    "assistance_cost": {  # of unit west's 10,000 kr half is three's; four is the municipality's own
        "": {"": (COST_ONE + COST_TWO + 5_000, 3)},
        "unit regi": {"east in_house": (COST_ONE + COST_TWO, 2), "west contracted": (5_000, 1)},
    },
    "assistance_result": {
        "": {"": (EXPECTED_ONE - COST_ONE + EXPECTED_TWO - COST_TWO, 2)},
        "unit regi": {
            "east in_house": (EXPECTED_ONE - COST_ONE + EXPECTED_TWO - COST_TWO, 2),
            "west contracted": (None, 0),
        },
    },
    "hourly_cost": {  # known of one in January and February, of two in January: 3,000, 4,000 and 34,000 kr
        "": {"": (41_000 / (300 + 280 + 200), 2)},
        "unit": {"east": (41_000 / 780, 2)},
    },
    "hourly_cost_with_overhead": {  # January alone has overhead: 50,000 kr
        "": {"": ((3_000 + 34_000 + 50_000) / 500, 2)},
        "unit": {"east": (87_000 / 500, 2)},
    },
    "raised_rate_candidates": {  # an hour of one costs 306.74 kr, of two 360.44; the most is 336
        "": {"": 2},
        "unit sex age_band above raised": {
            "east woman 30-64 within_most no": 1, "east man 65-79 over_most yes": 1,
            # of her cost nobody has told, so that nobody knows on which side she is
            "west woman 18-20 within_most no": (None, 0), "west woman 18-20 over_most no": (None, 0),
        },
    },
}  # fmt: skip

LEADS: Final[Told] = {  # nine 14 days, ten and eleven 4 and 10; six and eight wait, twelve's came first
    "schedule_lead_time": {
        "": {"": (10, 3)},
        "service unit regi": {
            "home_care north in_house": (7, 2), "personal_assistance west in_house": (14, 1),
            "personal_assistance east in_house": (None, 0),
        },
    },
}  # fmt: skip
HEAVIEST: Final[Told] = {
    "heavy_cases_cost_share": {  # five of fifty-two
        "": {"": (500_000 / 1_050_000, 52)},
        "unit regi": {"a in_house": (500_000 / 950_000, 50), "b contracted": (None, 2)},
    },
}


def _said(told: Told, when: datetime | Days, code: str) -> tuple[Golden, ...]:
    return tuple(
        of(metric, when, by, rows, code) for metric, asked in told.items() for by, rows in asked.items()
    )


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month + 1, 1)


GOLDEN: Final[tuple[Golden, ...]] = (
    *_said(HOURS | MONEY, Q1, ASSISTED),
    *_said(LEADS, Q1, WATCHED),
    *_said(HEAVIEST, Q1, HEAVY),
    of("double_staffing_share", Q1, "", {"": ((10 / 60 + 1 + 2) / (12 + 8), 1)}, HANDED),
    of("hourly_cost", _month(2011, 7), "", {"": (88, 1)}, LUDVIKA),  # domain 6, X13
    of("hourly_cost", _month(2012, 9), "", {"": (63, 1)}, LUDVIKA),
    of(
        "assistance_hours_halved", DAY_8, "", {"": 2}, WATCHED
    ),  # six and seven; eight is ended, nine has six of ten
    of("assistance_hours_halved", DAY_8, "unit regi", {"east in_house": 1, "west contracted": 1}, WATCHED),
    of("assistance_hours_halved", at(40), "", {"": (0, 0)}, WATCHED),  # thirty days after the decision
    of("settlements_overdue", at(56), "", {"": (0, 0)}, WATCHED),  # 27 April; five's last day was 28 February
    of("settlements_overdue", at(58), "", {"": 1}, WATCHED),
    of("settlements_overdue", at(58), "unit regi", {"east in_house": 1}, WATCHED),
    of("settlements_overdue", at(70), "", {"": (0, 0)}, WATCHED),  # claimed on 10 May
    of("settlements_overdue", at(200), "unit regi", {"east in_house": 2, "west contracted": 1}, ASSISTED),
)
METRICS: Final = {golden.metric for golden in GOLDEN}
