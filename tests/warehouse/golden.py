"""What each metric must say of the towns in `town.py`, counted by hand; every metric and dimension."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from tests.telling import at
from tests.warehouse.town import AGES, AUTUMN, CLOCKS, REASONS, SNAPSHOTS, SPRING, STAFF, TOWN
from warehouse.figures import Row

Span = tuple[datetime, datetime]
Days = tuple[date, date]
DAY_8 = at(8, 12)  # open: one (a, investigation), two (b, service), four (a, reopened), seven (a)
ALL: Span = (at(-1), at(30))


class Golden(NamedTuple):
    """Rows of one question: dimension values, joined by a space, → (value, n); "" where there are none.
    today: of a span metric, whose `when` are whole days.
    """

    metric: str
    when: datetime | Span | Days
    rows: dict[str, Any]
    by: tuple[str, ...] = ()
    code: str = TOWN
    today: date = date(2026, 11, 22)


def counted(metric: str, when: datetime | Span, by: str, **rows: int) -> Golden:
    """Rows that count what stands behind them. A dash in a value is written as two underscores."""
    found = {key.replace("__", "-").lstrip("_"): (value, value) for key, value in rows.items()}
    return Golden(metric, when, found, (by,) if by else ())


def total(metric: str, when: datetime | Span, value: float | None, n: int, code: str = TOWN) -> Golden:
    """The one row without dimensions."""
    return Golden(metric, when, {"": (value, n)}, (), code)


BALANCES = (
    total("caseload_balance", DAY_8, 4, 4),
    total("caseload_balance", at(0), 1, 1),  # from ≤ t
    total("caseload_balance", at(10), 3, 3),  # t < until
    total("caseload_balance", at(1), 2, 2),  # three lives for no time
    counted("caseload_balance", at(5), "unit", a=1, b=1),  # transferred at this instant
    counted("caseload_balance", DAY_8, "unit", a=3, b=1),
    counted("caseload_balance", DAY_8, "stage", intake=2, investigation=1, service=1),
    counted("caseload_balance", DAY_8, "law", SoL=2, LSS=1, other=1),
    counted("caseload_balance", DAY_8, "case_type", child=1, financial_support=1, adult=2),
    counted("caseload_balance", DAY_8, "sex", woman=1, man=1, unknown=2),
    Golden("caseload_balance", DAY_8, {"7-12": (1, 1), "30-64": (1, 1), "unknown": (2, 2)}, ("age_band",)),
    counted("caseload_balance", DAY_8, "handler_known", yes=1, no=3),
    Golden("caseload_balance", DAY_8, {"a investigation": (1, 1), "a intake": (2, 2), "b service": (1, 1)},
           ("unit", "stage")),
    total("caseload_balance", at(4, 1), 2 + 41, 43, SNAPSHOTS),
    Golden("caseload_balance", at(5), {"a": (2, 2), "c": (43, 43), "d": (7, 7)}, ("unit",), SNAPSHOTS),
    Golden("caseload_balance", at(5), {"intake": (2, 2)}, ("stage",), SNAPSHOTS),
    Golden("caseload_balance", at(5), {"a intake": (2, 2)}, ("unit", "stage"), SNAPSHOTS),
    total("balance_residual", at(6), 0, 0, SNAPSHOTS),
    total("caseload_by_stage", DAY_8, 4, 4),
    counted("caseload_by_stage", at(9), "stage", intake=2, decision=1, service=1),
    counted("caseload_by_stage", DAY_8, "unit", a=3, b=1),
    total("unassigned_cases", DAY_8, 3, 3),
    total("unassigned_cases", at(0, 3), 2, 2),
    counted("unassigned_cases", DAY_8, "unit", a=2, b=1),
    counted("unassigned_cases", DAY_8, "law", SoL=1, LSS=1, other=1),
    counted("unassigned_cases", DAY_8, "case_type", financial_support=1, adult=2),
    total("balance_residual", DAY_8, 0, 0),
    total("balance_residual", at(1), 0, 0),
    total("balance_flow_residual", ALL, 0, 14),
    Golden("balance_flow_residual", (at(2), at(9)), {"a": (0, 8), "b": (0, 4)}, ("unit",)),
    total("cases_with_handler", DAY_8, 1, 6),
    Golden("cases_with_handler", DAY_8, {"child": (1, 1), "financial_support": (0, 1), "short": (0, 1),
                                         "adult": (0, 2), "backwards": (0, 1)}, ("case_type",)),
    total("reopenings", DAY_8, 2, 2),
    Golden("reopenings", DAY_8, {"child": (0, 0), "financial_support": (0, 0), "short": (0, 0),
                                 "adult": (2, 2), "backwards": (0, 0)}, ("case_type",)),
    total("reopenings", at(6), 1, 1),
    total("reopenings", at(5, 23), 0, 0),
    total("flawed_cases", DAY_8, 2, 2),
    counted("flawed_cases", DAY_8, "flaw", closed_before_opened=1, reopened_while_open=1),
)  # fmt: skip

FLOWS = (
    total("inflow", ALL, 6, 6),
    total("inflow", (at(0), at(7)), 5, 5),  # [since, until)
    counted("inflow", ALL, "unit", a=4, b=2),
    counted("inflow", ALL, "kind", report=3, application=1, own_initiative=1, reopened=1),
    counted("inflow", ALL, "law", SoL=2, LSS=2, other=2),
    counted("inflow", ALL, "case_type", child=1, financial_support=1, short=1, adult=3),
    counted("inflow", (at(0), at(2)), "day", _2026__03__02=2, _2026__03__03=1),
    Golden("inflow", (SPRING.replace(day=20), SPRING.replace(month=4)),
           {"2026-03-28": (1, 1), "2026-03-29": (2, 2), "2026-03-30": (1, 1)}, ("day",), CLOCKS),
    Golden("inflow", (AUTUMN.replace(day=20), AUTUMN.replace(month=11)),
           {"2026-10-25": (2, 2), "2026-10-26": (1, 1)}, ("day",), CLOCKS),
    total("outflow", ALL, 3, 3),
    total("outflow", (at(1), at(4)), 1, 1),
    counted("outflow", ALL, "unit", a=1, b=2),
    counted("outflow", ALL, "reason", service_done=1, no_service=1, other=1),
    counted("outflow", ALL, "group", service_done=1, no_service=1, other=1),
    Golden("outflow", ALL,
           {"no_service": (3, 3), "handed_over": (2, 2), "service_done": (1, 1), "other": (3, 3)},
           ("group",), REASONS),
    counted("outflow", ALL, "law", SoL=1, LSS=1, other=1),
    counted("outflow", ALL, "case_type", child=1, adult=1, short=1),
    counted("outflow", ALL, "day", _2026__03__03=1, _2026__03__06=1, _2026__03__12=1),
    total("transfers", ALL, 1, 1),
    counted("transfers", ALL, "from_unit", a=1),
    counted("transfers", ALL, "to_unit", b=1),
    counted("transfers", ALL, "day", _2026__03__07=1),
    total("transfers_in", ALL, 1, 1),
    counted("transfers_in", ALL, "unit", b=1),
    counted("transfers_in", ALL, "day", _2026__03__07=1),
    total("net_flow", ALL, 3, 9),
    Golden("net_flow", ALL, {"2026-03-02": (3, 7), "2026-03-09": (0, 2)}, ("week",)),
    Golden("net_flow", ALL, {"a": (3, 5), "b": (0, 4)}, ("unit",)),
    total("source_in_time_share", ALL, 1 / 2, 2),  # the source has no verdict on the others
    Golden("source_in_time_share", ALL, {"a": (1, 1), "b": (0, 1)}, ("unit",)),
)  # fmt: skip

TWO_HOURS = 2 / 24
SPRING_NIGHT: Span = (SPRING.replace(day=28), SPRING.replace(day=30))
DURATIONS = (
    total("handling_time", ALL, 2, 3),  # 10, 2 and 0 days
    Golden("handling_time", ALL, {"mean": (4, 3), "median": (2, 3), "p90": (8.4, 3)}, ("statistic",)),
    Golden("handling_time", ALL, {"a": (10, 1), "b": (1, 2)}, ("unit",)),
    Golden("handling_time", ALL, {"child": (10, 1), "adult": (2, 1), "short": (0, 1)}, ("case_type",)),
    Golden("handling_time", ALL, {"lead_time": (2, 3), "investigation": (7, 1),
                                  "application_to_decision": (3 - TWO_HOURS, 1),
                                  "first_contact_to_decision": (3 - TWO_HOURS, 1)}, ("variant",)),
    total("handling_time", SPRING_NIGHT, 23 / 24, 1, CLOCKS),
    total("handling_time", (AUTUMN.replace(day=24), AUTUMN.replace(day=26)), 25 / 24, 1, CLOCKS),
    total("closed_cases_by_duration", ALL, 3, 3),
    Golden("closed_cases_by_duration", ALL, {"none": (1, 1), "1-6-days": (1, 1), "7-29-days": (1, 1)},
           ("duration",)),
    counted("closed_cases_by_duration", ALL, "clock_change", no=3),
    Golden("closed_cases_by_duration", SPRING_NIGHT, {"yes under-1-day": (1, 1)},
           ("clock_change", "duration"), CLOCKS),
    total("open_case_age", DAY_8, (2.5 + 8.5 - TWO_HOURS) / 2, 4),  # 8.5, 8.4167, 2.5 and 1.5 days
    Golden("open_case_age", DAY_8, {"mean": ((21 - TWO_HOURS) / 4, 4), "median": (5.5 - TWO_HOURS / 2, 4),
                                    "p90": (8.5 - 0.3 * TWO_HOURS, 4)}, ("statistic",)),
    Golden("open_case_age", DAY_8, {"a": (2.5, 3), "b": (8.5 - TWO_HOURS, 1)}, ("unit",)),
    Golden("open_case_age", DAY_8, {"SoL": (8.5 - TWO_HOURS / 2, 2), "LSS": (2.5, 1), "other": (1.5, 1)},
           ("law",)),
    Golden("open_case_age", DAY_8, {"child": (8.5, 1), "adult": (2, 2),
                                    "financial_support": (8.5 - TWO_HOURS, 1)}, ("case_type",)),
    total("open_cases_by_age", DAY_8, 4, 4),
    Golden("open_cases_by_age", at(200), {"0-14": (1, 1), "15-30": (1, 1), "31-60": (2, 2), "61-120": (2, 2),
                                          "over-120": (1, 1)}, ("age_days",), AGES),
    counted("open_cases_by_age", DAY_8, "unit", a=3, b=1),
)  # fmt: skip

REFERENCES = (
    total("cases_per_fte", DAY_8, 3 / 6.5, 3, STAFF),
    Golden("cases_per_fte", DAY_8, {"a": (3 / 2.5, 3), "b": (0, 0)}, ("unit",), STAFF),
    Golden("cases_per_fte", DAY_8, {"caseworker": (3 / 6, 3), "coordinator": (3 / 0.5, 3)}, ("role",), STAFF),
    Golden("cases_per_fte", DAY_8, {"a caseworker": (3 / 2, 3), "a coordinator": (3 / 0.5, 3),
                                    "b caseworker": (0, 0)}, ("unit", "role"), STAFF),
    Golden("cases_per_fte", at(12, 12), {"caseworker": (None, 3), "coordinator": (None, 3)}, ("role",),
           STAFF),
    total("cases_per_fte", at(9, 2), None, 3, STAFF),  # told on day 2: older than seven days
    Golden("cases_per_fte", at(12, 12), {"a": (None, 3), "b": (None, 0)}, ("unit",), STAFF),
    total("cases_per_fte", at(1, 12), None, 2, STAFF),  # nothing told yet
    total("cases_per_fte", at(6), 2 / 4, 2, SNAPSHOTS),  # a snapshot unit has neither part of it
    Golden("cases_per_fte", at(6), {"a": (2 / 4, 2)}, ("unit",), SNAPSHOTS),
    total("producer_freshness", DAY_8, 12 * 3600, 2, STAFF),
    Golden("producer_freshness", DAY_8, {"personal": (12 * 3600, 1), "annan": (13 * 3600, 1)},
           ("source",), STAFF),
)  # fmt: skip

GOLDEN: tuple[Golden, ...] = BALANCES + FLOWS + DURATIONS + REFERENCES


def rounded(rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    """The rows without the last digits, which depend on the order in which a store adds them up."""
    return [tuple(round(one, 9) if isinstance(one, float) else one for one in row) for row in rows]
