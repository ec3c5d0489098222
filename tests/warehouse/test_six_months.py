"""The six-month report of assistance cases (T8) over the real warehouse: the worked example of
`tests/assisting.py`, and what is not as simple.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from apps.work.assistance_questions import counted
from schemas.assistance import AssistanceRateSet, AssistanceScheduleChanged
from schemas.envelope import Event
from tests.assisting import (
    EXAMPLE,
    MONTHS,
    PERIOD,
    TODAY,
    Case,
    Month,
    account,
    claimed,
    cost,
    example,
    overhead,
    rate,
)
from tests.warehouse.town import fold, fold_at
from warehouse import assisted, six_months
from warehouse.client import Warehouse
from warehouse.restricted import Restricted, faults

ODD = "9936"
EVERYTHING: dict[str, Any] = {
    "municipality": ODD, "every_unit": 1, "units": [], "zone": "Europe/Stockholm", "today": TODAY,
    "on": TODAY, "unit": "", "payer": "", "search": "", "question": "all",
    "at": datetime(2026, 11, 22, tzinfo=UTC),
}  # fmt: skip
NAMES = {Case(name, ODD).secret: name for name in (
    "raised", "changed", "late", "lss", "gone", "refused", "unsettled",
)}  # fmt: skip


def odd() -> Iterator[Event]:
    """Cases of two units, told of until 21 November."""
    yield rate(ODD, "2026-01-01", 300)
    yield rate(ODD, "2027-01-01", 320, on="2026-11-15")
    raised = Case(
        "raised", ODD
    )  # half of its period is in the new year; from December it has a rate of its own
    yield raised.decided("2026-10-01", "2027-04-01", 1820)
    yield raised.told(AssistanceRateSet(from_on=date(2026, 12, 1), rate_kr=336.0), "2026-11-01")
    yield raised.reported("2026-10", 400)
    changed = Case("changed", ODD)  # one hour a day, two from 16 October on
    yield changed.decided("2026-07-01", "2027-01-01", 184)
    yield changed.decided("2026-10-16", "2027-04-16", 364)
    yield changed.reported("2026-09", 30)
    yield changed.reported("2026-10", 62)
    yield from changed.money("2026-10", cost(31_000))
    late = Case("late", ODD, unit="west")  # nobody has told of August
    yield late.decided("2026-07-01", "2027-01-01", 1840)
    yield late.reported("2026-07", 310)
    yield late.reported("2026-09", 360)
    lss = Case("lss", ODD, unit="west")  # the municipality pays: no allowance
    yield lss.decided("2026-07-01", "2027-01-01", 1840, payer="municipality")
    yield lss.reported("2026-09", 120)
    gone = Case("gone", ODD, unit="west")  # hours without any decision
    yield gone.reported("2026-09", 20)
    yield from account(ODD, "west", "2026-09", cost(48_000), overhead(9_000))
    refused = Case("refused", ODD, unit="west")
    yield refused.decided("2026-05-01", "2026-11-01", 1840)
    yield refused.decided("2026-11-01", "2027-05-01", 0, on="2026-11-20")
    unsettled = Case("unsettled", ODD)
    yield unsettled.decided("2026-01-01", "2026-07-01", 1810)
    for month in ("2026-01", "2026-02", "2026-03", "2026-05", "2026-06"):
        yield from unsettled.money(month, claimed(300, 90_000))


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse of the module's own that was told of the example and of the odd cases."""
    told = [*example(), *odd()]
    fold_at(own_warehouse, told, datetime(2026, 11, 23, tzinfo=UTC))  # the last night's work has ended
    return own_warehouse


ANSWERED: dict[str, list[dict[str, Any]]] = {}
"""Answers of the module's warehouse, which does not change: each takes a fifth of a second to plan."""


def asked(hub: Warehouse, sql: str, **changed: Any) -> list[dict[str, Any]]:
    question = f"{sql} {changed}"
    if question not in ANSWERED:
        ANSWERED[question] = hub.rows(sql, EVERYTHING | changed)
    return ANSWERED[question]


def near(expected: dict[str, Any]) -> dict[str, Any]:
    """Numbers but for rounding; what is no number or missing as it is."""
    return {
        key: pytest.approx(value) if isinstance(value, int | float) else value
        for key, value in expected.items()
    }


def found(hub: Warehouse, **changed: Any) -> dict[str, dict[str, Any]]:
    """Periods that are asked for, by the name of their case."""
    return {NAMES[row["assistance"]]: row for row in asked(hub, six_months.CASES, **changed)}


def months(hub: Warehouse, name: str, **changed: Any) -> list[dict[str, Any]]:
    key = found(hub, **changed)[name]["key"]
    return asked(hub, six_months.MONTHS, key=key, **changed)


def test_the_worked_example_equals_what_was_computed_by_hand(hub: Warehouse) -> None:
    [period] = asked(hub, six_months.CASES, municipality=EXAMPLE)
    assert {name: period[name] for name in PERIOD if name != "double_h"} == near(
        {name: value for name, value in PERIOD.items() if name != "double_h"}
    )
    rows = asked(hub, six_months.MONTHS, municipality=EXAMPLE, key=period["key"])
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5, 6]
    [double] = asked(hub, six_months.DOUBLE, municipality=EXAMPLE)
    assert [double["double_h"], rows[0]["sum_double_h"]] == pytest.approx([PERIOD["double_h"]] * 2)
    for row, month in zip(rows, MONTHS, strict=True):
        assert {name: row[name] for name in Month._fields} == near(month._asdict()), row["month"]


def test_the_most_that_an_hour_may_be_raised_to_is_twelve_per_cent_above_the_years_rate(
    hub: Warehouse,
) -> None:
    [period] = asked(hub, six_months.CASES, municipality=EXAMPLE, question="candidates")
    assert (round(period["rate_kr"], 2), round(period["most_kr"], 2)) == (347.70, 389.42)  # domain 6, X14


def test_a_case_with_a_rate_of_its_own_is_paid_by_it_from_its_first_day(hub: Warehouse) -> None:
    rates = [row["hourly_kr"] for row in months(hub, "raised")]
    assert rates == [300, 300, 336, 336, 336, 336]
    period = found(hub)["raised"]
    assert period["expected_kr"] == 310 * 300  # of 400 hours no more than are granted
    # thirty days of November at 300 and 121 at 336: ten hours of each are still granted
    assert period["forecast_revenue_kr"] == pytest.approx(310 * 300 + 10 * (30 * 300 + 121 * 336))
    assert (period["cost_kr"], period["forecast_result_kr"]) == (None, None)


def test_a_month_with_two_decisions_is_cut_and_its_money_divided_by_hours(hub: Warehouse) -> None:
    october, *_ = months(hub, "changed")
    assert (october["part_on"], october["granted_h"], october["performed_h"]) == (date(2026, 10, 16), 32, 32)
    assert (october["expected_kr"], october["cost_kr"]) == pytest.approx((32 * 300, 16_000))
    before = months(hub, "changed", on=date(2026, 10, 15))
    assert [row["performed_h"] for row in before] == [None, None, pytest.approx(30), pytest.approx(30)]
    assert [row["granted_h"] for row in before] == pytest.approx([31, 31, 30, 15])
    assert before[3]["expected_kr"] == pytest.approx(15 * 300)  # fifteen hours too many
    assert before[3]["cost_kr"] == pytest.approx(15_000)


def test_a_month_that_nobody_told_of_is_missing_and_lowers_the_coverage(hub: Warehouse) -> None:
    told = [row["performed_h"] for row in months(hub, "late")]
    assert told == [310, None, pytest.approx(360), None, None, None]
    period = found(hub)["late"]
    assert period["performed_h"] == pytest.approx(670)
    assert period["coverage"] == pytest.approx(61 / 144)  # of 144 days are July and September known
    assert period["share"] == pytest.approx(670 / 610)
    assert period["expected_kr"] == pytest.approx(610 * 300)
    assert period["forecast_h"] == pytest.approx(670 / 61 * 184)


def test_cost_of_the_whole_unit_is_divided_by_hours_and_overhead_is_in_none(hub: Warehouse) -> None:
    periods = found(hub)
    assert periods["late"]["cost_kr"] == pytest.approx(48_000 * 360 / 500)
    assert periods["lss"]["cost_kr"] == pytest.approx(
        48_000 * 120 / 500
    )  # the rest is of hours that nobody decided


def test_what_the_municipality_pays_for_has_no_revenue_and_no_result(hub: Warehouse) -> None:
    period = found(hub)["lss"]
    assert [period[name] for name in ("expected_kr", "result_kr", "forecast_revenue_kr")] == [
        None,
        None,
        None,
    ]
    assert {row["status"] for row in months(hub, "lss")} == {""}
    assert period["is_candidate"] == 0


def test_each_question_gives_its_cases_and_the_tile_counts_them(hub: Warehouse) -> None:
    answers = {
        "all": {"raised", "changed", "late", "lss", "refused"}, "over": {"raised", "late"}, "under": {"lss"},
        "candidates": {"changed"}, "loss": {"changed"},
    }  # fmt: skip
    counts = counted(asked(hub, six_months.COUNTS)[0])
    for question, names in answers.items():
        assert (question, set(found(hub, question=question))) == (question, names)
        assert (question, counts[question]) == (question, len(names))
        assert counted(next(iter(found(hub, question=question).values()))) == counts
    assert (counts["units"], counts["payers"]) == (["east", "west"], ["municipality", "social_insurance"])
    assert set(found(hub, unit="west", payer="municipality")) == {"lss"}


def test_a_unit_head_sees_cases_of_the_own_units_alone(hub: Warehouse) -> None:
    east = {"every_unit": 0, "units": ["east"]}
    assert set(found(hub, **east)) == {"raised", "changed"}
    key = found(hub)["late"]["key"]
    for sql in (six_months.MONTHS, six_months.HISTORY):
        assert asked(hub, sql, key=key, **east) == []
    assert asked(hub, six_months.HALVED, **east) == []


def test_a_refusal_by_mistake_and_an_account_that_was_not_settled_are_listed(hub: Warehouse) -> None:
    keys = {row["key"]: name for name, row in found(hub).items()}
    assert [keys[row["key"]] for row in asked(hub, six_months.HALVED)] == ["refused"]
    [overdue] = asked(hub, six_months.OVERDUE)
    assert (overdue["due_on"], overdue["months"]) == (date(2026, 8, 30), [date(2026, 4, 1)])


def test_cases_whose_cost_stands_out_are_listed_and_compared_with_all_units(hub: Warehouse) -> None:
    """Ten cases of 300 hours at 300 to 310 kr; an hour of dear costs 900 kr, much has 900 hours."""
    code, told = "9951", []
    for name, unit, hours, kr in (
        *((f"usual {n}", "east", 300 - n, 300 + n) for n in range(10)),
        ("dear", "west", 100, 900), ("much", "west", 720, 305),
    ):  # fmt: skip
        case = Case(name, code, unit)
        told += [case.decided("2026-07-01", "2027-01-01", 4000), case.reported("2026-10", hours)]
        told += case.money("2026-10", cost(hours * kr))
    fold(hub, told)
    keys = {row["key"]: row["assistance"] for row in asked(hub, six_months.CASES, municipality=code)}
    names = {Case(name, code).secret: name for name in ("dear", "much")}
    for seen in ({}, {"every_unit": 0, "units": ["west"]}):
        rows = asked(hub, six_months.CASES, municipality=code, question="outliers", **seen)
        assert {names[keys[row["key"]]]: (row["is_dear_hour"], row["is_dear_client"]) for row in rows} == {
            "dear": (1, 0), "much": (0, 1),
        }  # fmt: skip
        assert {counted(row)["outliers"] for row in rows} == {2}
    east = {"every_unit": 0, "units": ["east"], "question": "outliers"}
    assert asked(hub, six_months.CASES, municipality=code, **east) == []
    assert counted(asked(hub, six_months.COUNTS, municipality=code, **east)[0])["outliers"] == 0
    assert asked(hub, six_months.CASES, question="outliers") == []  # of two cases none stands out


def test_a_schedule_that_changed_before_its_decision_gives_no_lead_time(hub: Warehouse) -> None:
    code = "9952"
    case = Case("early", code)
    told = [case.decided("2026-01-01", "2026-07-01", 1810)]
    told.append(case.decided("2026-07-01", "2027-01-01", 3680, on="2026-07-10"))
    for day in ("2026-07-05", "2026-08-01"):
        told.append(case.told(AssistanceScheduleChanged(on=date.fromisoformat(day)), day))
    fold(hub, told)
    [row] = asked(hub, six_months.CASES, municipality=code)
    last, first = asked(hub, assisted.DECISIONS, municipality=code, key=row["key"])
    assert (last["early_on"], last["schedule_on"], last["lead_days"]) == (date(2026, 7, 5), None, None)
    assert (first["is_changed"], first["early_on"]) == (0, None)


def test_the_history_holds_decisions_money_and_reports(hub: Warehouse) -> None:
    key = found(hub)["changed"]["key"]
    kinds = [row["entity"].split("/")[1] for row in asked(hub, six_months.HISTORY, key=key)]
    assert sorted(kinds) == ["account_month", "assistance", "assistance", "hours_report", "hours_report"]
    assert asked(hub, six_months.HISTORY, key="") == asked(hub, six_months.MONTHS, key="") == []


def test_every_question_is_limited_to_the_logins_municipality_and_units() -> None:
    texts = ("MONTHS", "CASES", "COUNTS", "DOUBLE", "HALVED", "OVERDUE", "HISTORY")
    assert faults({name: Restricted(getattr(six_months, name)) for name in texts}) == []
