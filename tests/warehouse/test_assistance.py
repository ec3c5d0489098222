"""Metrics of assistance and staff: what is not known of them, and what is never shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from apps.figures import Question, answer
from schemas import staffing as s
from schemas.envelope import Event
from schemas.municipality import municipality
from tests.assisting import Case, claimed, cost
from tests.placing import pseudonym
from tests.staffing import scheduled, staff
from tests.warehouse import golden_staff
from tests.warehouse.assistance_town import ASSISTED, LUDVIKA, WATCHED, assisted, ludvika, watched
from tests.warehouse.golden import Days, rounded
from tests.warehouse.golden_tables import Q1
from tests.warehouse.staff_town import STAFFED, staffed
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.committee import Committee
from warehouse.compute import Computer
from warehouse.contracts import contract
from warehouse.figures import Row, at_instants, over_spans
from warehouse.privacy import Cell, Key

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 1, 20, 11, tzinfo=UTC)
JANUARY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse of the module's own that was told of the towns."""
    fold(own_warehouse, [*assisted(), *watched(), *ludvika(), *staffed()])
    return own_warehouse


def ask(hub: Warehouse, metric: str, code: str, *spans: Days, by: tuple[str, ...] = ()) -> list[Row]:
    return over_spans(hub, contract(metric), code, spans, TODAY, by)


def month(year: int, number: int) -> Days:
    return date(year, number, 1), date(year + number // 12, number % 12 + 1, 1)


def test_the_cost_of_an_hour_fell_by_25_kronor_in_ludvika(hub: Warehouse) -> None:
    before, after = ask(hub, "hourly_cost", LUDVIKA, month(2011, 7), month(2012, 9))
    assert before.value is not None and after.value is not None
    assert after.value - before.value == pytest.approx(-25)
    assert after.value / before.value - 1 == pytest.approx(-0.284, abs=0.0005)  # domain 6, X13
    assert (before.coverage, before.state, after.state) == (1, "value", "value")


def test_a_year_of_which_months_are_missing_is_preliminary_and_none_of_them_is_zero(hub: Warehouse) -> None:
    spans = month(2010, 8), month(2010, 9), month(2012, 12), month(2013, 9)
    first, second, last, none = ask(hub, "hourly_cost", LUDVIKA, *spans)
    assert first.value == pytest.approx(100)
    assert (first.coverage, first.state) == (0.0833, "preliminary")
    assert second.value == pytest.approx(88_000 / 1_000)  # of two months, not of twelve
    assert last.value == pytest.approx((4 * 30_000 + 5 * 33_000) / 4_600)
    assert last.coverage == 0.75
    assert (none.value, none.state) == (None, "missing")


def test_hours_that_nobody_told_of_make_a_figure_preliminary(hub: Warehouse) -> None:
    """B29: of 1,800 granted hours 900 + 450 + 3 * 59 + 2 * (28 * 3 / 4 + 31) are accounted for."""
    [total] = ask(hub, "assistance_hours_share", ASSISTED, Q1)
    assert (total.state, total.coverage) == ("preliminary", round(1631 / 1800, 4))
    by_unit = {row.dimensions["unit"]: row for row in ask(hub, "assistance_performed_hours", ASSISTED, Q1,
                                                          by=("unit",))}  # fmt: skip
    assert {unit: (row.state, row.coverage) for unit, row in by_unit.items()} == {
        "east": ("value", 1), "west": ("preliminary", round((177 + 104) / 450, 4)),
    }  # fmt: skip
    [claimed] = ask(hub, "assistance_revenue_claimed", ASSISTED, Q1)
    assert claimed.coverage == round(4 / 9, 4)  # of three months of three cases


def test_what_nobody_told_of_a_unit_is_missing_and_not_zero(hub: Warehouse) -> None:
    rows = ask(hub, "assistance_revenue_paid", ASSISTED, Q1, by=("unit",))
    assert {row.dimensions["unit"]: row.state for row in rows} == {"east": "preliminary", "west": "missing"}
    april, january = ask(hub, "assistance_performed_hours", ASSISTED, month(2026, 4), month(2026, 1))
    assert (april.value, april.state) == (None, "missing")  # granted, and nothing told
    assert january.value == pytest.approx(590)
    assert january.state == "preliminary"
    [february] = ask(
        hub, "overtime_hours", STAFFED, month(2026, 2)
    )  # where nothing is counted none is told of
    assert (february.value, february.state) == (None, "missing")


def test_staff_of_whom_only_the_schedule_is_told_are_not_said_to_be_never_away(hub: Warehouse) -> None:
    """Sick leave is told of from February on, so that in March there was none; of the rest nobody tells."""
    code = "9947"
    for on in ("2026-01-05", "2026-02-05", "2026-03-05"):
        fold(hub, [scheduled("a", on, 80, 10, code=code),
                   staff("a", on, s.TimeWorked, code=code, hours=70.0, used_for="direct")])  # fmt: skip
    fold(hub, [staff("a", "2026-02-05", s.SickLeaveTaken, code=code, hours=8.0, spell="short")])
    months = [month(2026, number) for number in (1, 2, 3)]
    for metric, told in (("sick_absence_share", [None, 0.1, 0]), ("attendance_rate", [None, 0.9, 1])):
        assert [row.value for row in ask(hub, metric, code, *months)] == told, metric
    fold(hub, [Case("one", code, "a").decided("2026-01-01", "2026-07-01", 1_000)])
    for metric in ("overtime_hours", "external_staff_hours", "external_staff_share", "temp_hours_share",
                   "temps_per_case_month"):  # fmt: skip
        assert {row.state for row in ask(hub, metric, code, *months)} == {"missing"}, metric


def test_where_no_claim_was_told_of_none_is_said_to_be_in_time(hub: Warehouse) -> None:
    one, then = Case("one", "9950"), datetime(2026, 11, 1, tzinfo=UTC)
    fold(hub, [one.decided("2026-01-01", "2026-07-01", 1_000), *one.money("2026-01", cost(1_000))])
    (row,) = at_instants(hub, contract("settlements_overdue"), "9950", [then])
    assert row.state == "missing"
    fold(hub, one.money("2026-01", cost(1_000), claimed(100, 30_000)))
    (row,) = at_instants(hub, contract("settlements_overdue"), "9950", [then])
    assert (row.value, row.state) == (1, "value")


def test_where_no_rate_is_known_no_part_of_the_candidates_is_none(hub: Warehouse) -> None:
    one = Case("one", "9951")
    fold(hub, [one.decided("2026-01-01", "2026-07-01", 1_000), one.reported("2026-01", 100),
               *one.money("2026-01", cost(1_000))])  # fmt: skip
    year = date(2026, 1, 1), date(2027, 1, 1)
    found = ask(hub, "raised_rate_candidates", "9951", year, by=("above",))
    assert {row.dimensions["above"]: (row.state, row.coverage) for row in found} == {
        "within_most": ("missing", 0), "over_most": ("missing", 0)}  # fmt: skip


def test_several_spans_in_one_question_are_answered_as_each_alone(hub: Warehouse) -> None:
    asked = {
        ASSISTED: ("assistance_forecast_hours", "assistance_result", "hourly_cost", "temps_per_case_month"),
        STAFFED: ("sick_absence_share", "overtime_per_fte"), WATCHED: ("schedule_lead_time",),
    }  # fmt: skip
    spans = month(2026, 2), Q1
    for code, metrics in asked.items():
        for metric in metrics:
            alone = [row for span in spans for row in ask(hub, metric, code, span)]
            assert rounded(ask(hub, metric, code, *spans)) == rounded(alone), metric


def shown(hub: Warehouse, metric: str) -> dict[str, dict[Key, Cell]]:
    """What the committee sees of January, by dimension."""
    computer, place = Computer(hub, municipality(STAFFED)), municipality(STAFFED)
    tables = computer.tables(contract(metric), NOW)
    found = Committee(hub, place).protect(contract(metric), tables, NOW).figures
    seen: dict[str, dict[Key, Cell]] = {}
    for (slot, key), cell in found.items():
        if (slot.period, slot.on) == ("month", JANUARY):
            seen.setdefault(",".join(slot.by), {})[key] = cell
    return seen


@pytest.mark.parametrize("metric", sorted(golden_staff.METRICS))
def test_a_group_of_four_is_never_shown_nor_can_it_be_computed_from_the_others(
    hub: Warehouse, metric: str
) -> None:
    seen = shown(hub, metric)
    nurses = seen["role"][("nurse",)]
    assert (nurses.value, nurses.state) in ((None, "suppressed"), (None, "missing"))
    others = [seen[""][()], seen["role"].get(("care_worker",), Cell(None, 0))]
    if nurses.state == "suppressed" and metric != "qualified_time_share":
        assert [cell.state for cell in others].count(
            "suppressed"
        ) == 1  # all less the care workers are the nurses
    assert seen["unit"].get(("c",), Cell(None, 0)).value is None  # it might be one
    for cell in (cell for table in seen.values() for cell in table.values()):
        assert cell.value is None or cell.n >= 5, metric


def test_a_group_of_four_is_not_told_to_who_asks_the_metric_itself_either(hub: Warehouse) -> None:
    question = Question("sick_absence_share", STAFFED, ("role",), since="2026-01-01", until="2026-02-01")
    told = {row["role"]: (row["value"], row["state"]) for row in answer(hub, question, NOW)}
    assert told == {"care_worker": (0.07, "preliminary"), "nurse": (None, "suppressed")}


def test_one_to_four_temps_are_never_told_of_however_large_the_staff_is(hub: Warehouse) -> None:
    """Twelve are on the schedule of both units. The fifth temp of few comes on a day without worked time."""
    said: dict[str, Any] = {"code": "9949", "role": "assistant"}
    cases = [Case(f"{number}", "9949", "few") for number in range(12)]
    told = [case.decided("2026-01-01", "2026-07-01", 1810) for case in cases]
    for unit, temps, case in (("few", 4, cases[0].secret), ("many", 5, None)):
        told.append(scheduled(unit, "2026-03-02", 90, 12, **said))
        told.append(staff(unit, "2026-03-02", s.TimeWorked, hours=80.0, used_for="direct", **said))
        told += [temp(unit, "2026-03-02", number, assistance=case, **said) for number in range(temps)]
    fold(hub, told)
    [row] = ask(hub, "temps_per_case_month", "9949", month(2026, 3), by=("unit",))
    assert row.value == pytest.approx(4 / 12)
    assert row.n == 4
    fold(hub, [temp("few", "2026-03-03", 5, assistance=cases[0].secret, **said)])
    [row] = ask(hub, "temps_per_case_month", "9949", month(2026, 3), by=("unit",))
    assert row.value == pytest.approx(5 / 12)
    assert row.n == 12
    asked = Question("temp_hours_share", "9949", ("unit",), since="2026-03-01", until="2026-04-01")
    seen = {
        row["unit"]: (row["value"], row["n"]) for row in answer(hub, asked, datetime(2026, 5, 1, tzinfo=UTC))
    }
    assert seen["many"] == (pytest.approx(25 / 80), 12)
    assert seen["few"][0] is None


def temp(unit: str, on: str, number: int, **said: Any) -> Event:
    name = pseudonym("temp", f"{unit} {number}")
    return staff(unit, on, s.TempEngaged, what=f"{number}", hours=5.0, temp=name, **said)
