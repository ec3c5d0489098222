"""The worked example of the six-month report as rows of its query, for tests of what is made of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from apps.work.address import read as address
from apps.work.assistance_look import Decision, Overdue, Report, Temps, View
from apps.work.assistance_row import Case, Month, read, read_month
from apps.work.history import History, Line
from schemas.municipality import municipality
from tests.assisting import MONTHS, PERIOD, TODAY

KEY: Final = "7F3A2C9E01AB"
OTHER: Final = "00AB34000000"
REFUSED: Final = "00CD56000000"
TOWN: Final = municipality("9999")
COUNTS: Final[dict[str, Any]] = {
    "all": 3, "over": 1, "under": 1, "candidates": 1, "loss": 1, "halved": 1, "overdue": 1,
    "outliers": 1,
    "units": ["assistans-ost", "assistans-vast"], "payers": ["municipality", "social_insurance"],
}  # fmt: skip
_CASE: Final[dict[str, Any]] = {
    "entity": "9999/assistance/k1.a", "key": KEY, "unit": "assistans-ost", "regi": "in_house",
    "payer": "social_insurance", "sex": "man", "age_band": "30-64", "period_on": date(2026, 7, 1),
    "last_on": date(2026, 12, 31), "is_over": 0, "is_under": 0, "is_dear_hour": 0, "is_dear_client": 0,
    "raised_kr": None, **PERIOD,
}  # fmt: skip
UNTOLD: Final[dict[str, Any]] = dict.fromkeys(
    ("performed_h", "double_h", "remaining_h", "share", "is_over", "is_under", "expected_kr", "claimed_kr",
     "paid_kr", "cost_kr", "result_kr", "hour_costs_kr", "rate_kr", "most_kr", "forecast_h",
     "forecast_revenue_kr", "forecast_cost_kr", "forecast_result_kr")
)  # fmt: skip


def case(**said: Any) -> Case:
    """The example's period, but for what this says."""
    told = _CASE | said
    return read(told, told["double_h"])


def months() -> list[Month]:
    """The example's six months."""
    found, done = [], 0.0
    for number, told in enumerate(MONTHS):
        first = date(2026, 7 + number, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        done += told.performed_h or 0
        is_told = told.performed_h is not None
        to_date = min((last - date(2026, 7, 1)).days + 1, 144) * 10
        row = told._asdict() | {
            "number": number + 1, "month": first, "part_on": first, "last_on": last, "hourly_kr": 347.7,
            "is_raised": 0, "claimed_h": None, "granted_to_date_h": to_date if is_told else None,
            "performed_to_date_h": done if is_told else None, "coverage": 1.0 if is_told else None,
            "hour_costs_kr": told.cost_kr / told.performed_h if told.cost_kr and told.performed_h else None,
        }  # fmt: skip
        found.append(read_month(row))
    return found


DECISIONS: Final = (
    Decision(
        date(2026, 7, 1), date(2026, 12, 31), 1840, date(2026, 6, 11), 10, True, 8, date(2026, 7, 14), 33
    ),
    Decision(date(2026, 1, 1), date(2026, 6, 30), 1448, date(2025, 12, 4), 8, False, 0, None, None),
)
OVERDUE: Final = (
    Overdue(OTHER, "assistans-vast", date(2026, 1, 1), date(2026, 6, 30), date(2026, 8, 31),
            (date(2026, 4, 1), date(2026, 5, 1))),
)  # fmt: skip
CASES: Final = (
    case(),
    case(
        key=OTHER, is_dear_hour=1, unit="assistans-vast", is_over=1, is_candidate=0, share=1.1, coverage=0.8
    ),
    case(
        **UNTOLD | {"key": REFUSED, "payer": "municipality", "is_under": 1, "is_candidate": 0, "granted_h": 0}
    ),
)


def report() -> Report:
    """Everything about the example."""
    temps = {date(2026, 7, 1): Temps(True, None), date(2026, 8, 1): Temps(False, 7)}
    temps |= {date(2026, 9, 1): Temps(False, 0)}
    kpb = {date(2026, 7 + n, 1): 412.0 * hours for n, hours in enumerate((300, 340, 250, 310, 190))}
    told = Line("told", "Beslut om 1 840 timmar", ("11 juni 2026",), datetime(2026, 6, 11, 12, tzinfo=UTC))
    return Report(case(), months(), DECISIONS, temps, dict(kpb), History("", (told,)))


def view(rows: tuple[Case, ...] = CASES, told: Report | None = None, **query: str) -> View:
    """A look at these cases."""
    listed = frozenset({REFUSED}), OVERDUE
    return View(TOWN, address(query), TODAY, TODAY, COUNTS, rows, *listed, told)
