"""Golden tests: events in, figures out, through the worker's own batch and a real warehouse."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from apps import figures as command
from schemas.errors import Misconfigured
from tests.telling import at
from tests.warehouse import (
    golden_assistance,
    golden_clocks,
    golden_contracts,
    golden_governance,
    golden_hours,
    golden_journeys,
    golden_providers,
    golden_staff,
)
from tests.warehouse.assistance_town import ASSISTED, HEAVY
from tests.warehouse.care_town import CARED
from tests.warehouse.contract_town import CONTRACTED
from tests.warehouse.device_town import DISPENSED
from tests.warehouse.golden import ALL, DAY_8, Days, Golden, Span, rounded
from tests.warehouse.golden_tables import Q1
from tests.warehouse.goldens import GOLDEN, TOWNS
from tests.warehouse.placement_town import CRIME, PLACED, TEAM
from tests.warehouse.town import (
    CLOCKS,
    EMPTY,
    SHORT,
    SNAPSHOTS,
    SPRING,
    STAFF,
    TOWN,
    fold,
    snapshots,
    town,
)
from warehouse.client import Warehouse
from warehouse.contracts import Contract, load
from warehouse.figures import Row, as_things_stand, at_instants, in_period, over_spans
from warehouse.told import kinds_of
from warehouse.told import told as first_days

pytestmark = pytest.mark.slow

METRICS = sorted(load())
COUNTS = sorted(name for name, contract in load().items() if contract.measure == "count")
INSTANTS = sorted(
    name for name, contract in load().items() if contract.kind == "instant" and not contract.timeless
)
TIMELESS = sorted(name for name, contract in load().items() if contract.timeless)
IN_SEVERAL_ROWS = {
    "flawed_cases",
    "flawed_hours",
    "flawed_placements",
    "placed_now",
    "newly_placed",
    "placed_at_any_time",
    "placements_at_any_time",
}
"""What is counted at each of its parts: a case with two flaws, a person with two placements, a move."""
NESTED = {"within", "over_days", "within_days", "over_minutes", "within_minutes"}
"""Limits that lie inside each other: a contract that is late by 30 days is late by 14 too."""
ABOUT_HOURS = {golden.metric for golden in golden_hours.GOLDEN}
OF_ASSISTANCE = {
    golden.metric: golden.code for golden in (*golden_staff.GOLDEN, *golden_assistance.GOLDEN[::-1])
}
ABOUT_GOVERNANCE = {golden.metric for golden in golden_governance.GOLDEN}
OF_CLOCKS = {golden.metric: golden.code for golden in (*golden_clocks.GOLDEN, *golden_journeys.GOLDEN)}
ABOUT_CONTRACTS = {golden.metric for golden in (*golden_contracts.GOLDEN, *golden_providers.GOLDEN)}


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse that was told of all towns."""
    fold(own_warehouse, [event for told in TOWNS for event in told()])
    golden_governance.publish(own_warehouse)
    return own_warehouse


def ask(hub: Warehouse, contract: Contract, code: str, when: datetime | Span | Days, *by: str) -> list[Row]:
    return answer(hub, Golden(contract.name, when, {}, by, code))


def answer(hub: Warehouse, asked: Golden) -> list[Row]:
    contract, (_, when, _, by, code, today) = load()[asked.metric], asked
    if contract.timeless:
        return as_things_stand(hub, contract, code, by)
    if isinstance(when, datetime):
        return at_instants(hub, contract, code, [when], by)
    first, until = when
    if isinstance(first, datetime) and isinstance(until, datetime):
        return in_period(hub, contract, code, (first, until), by)
    return over_spans(hub, contract, code, [(first, until)], today, by)


def some_time(contract: Contract) -> datetime | Span | Days:
    times: dict[str, datetime | Span | Days] = {
        "instant": DAY_8,
        "period": ALL,
        "span": (date(2026, 1, 1), date(2026, 4, 1)),
    }
    return times[contract.kind]


def place(contract: Contract) -> str:
    if contract.name in ABOUT_GOVERNANCE:
        return golden_governance.GOVERNED
    if contract.name in ABOUT_CONTRACTS:
        return CONTRACTED
    if contract.name in ABOUT_HOURS:
        return CARED
    if contract.name in OF_ASSISTANCE:
        return OF_ASSISTANCE[contract.name]
    if contract.name in OF_CLOCKS:
        return OF_CLOCKS[contract.name]
    if set(contract.needs) & {"devices", "hours"}:
        return DISPENSED
    return PLACED if "placements" in contract.needs else TOWN


def told(rows: list[Row]) -> dict[str, Any]:
    return {" ".join(row.dimensions.values()): (row.value, row.n) for row in rows}


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: f"{golden.metric} {' '.join(golden.by)}")
def test_a_metric_says_what_was_counted_by_hand(hub: Warehouse, golden: Golden) -> None:
    found = told(answer(hub, golden))
    assert found.keys() == golden.rows.keys()
    for key, (value, n) in golden.rows.items():
        assert found[key] == (value if value is None else pytest.approx(value, rel=1e-12), n), key


def test_the_share_without_placement_has_wilsons_interval(hub: Warehouse) -> None:
    contract, year = load()["without_placement"], (date(2025, 1, 1), date(2026, 1, 1))
    (row,) = over_spans(hub, contract, TEAM, [year], date(2026, 11, 22))
    assert (row.value, row.n) == (0.8125, 80)
    assert row.lower == pytest.approx(0.7134, abs=0.0001)
    assert row.upper == pytest.approx(0.8829, abs=0.0001)


def test_days_without_a_price_make_price_and_cost_preliminary(hub: Warehouse) -> None:
    quarter = date(2026, 1, 1), date(2026, 4, 1)
    for name in ("daily_price", "daily_price_with_extras", "placement_cost"):
        rows = ask(hub, load()[name], PLACED, quarter, "main_cause")
        states = {row.dimensions["main_cause"]: row.state for row in rows}
        assert states == {"crime": "value", "mental_health": "value", "unknown": "value",
                          "neglect": "preliminary"}  # fmt: skip
    december = date(2025, 12, 1), date(2026, 1, 1)
    costs = told(ask(hub, load()["placement_cost"], PLACED, december, "main_cause"))
    assert costs == {"crime": (31 * 4000, 1), "neglect": (None, 0)}


@pytest.mark.parametrize(
    ("metric", "code", "top"),
    [("placement_cost", PLACED, 286 / 379), ("invoiced_cost", PLACED, 170_700 / 190_700),
     ("booked_cost", PLACED, 1),
     ("avoided_cost_gross", DISPENSED, 20_200 / 41_530), ("avoided_cost_net", DISPENSED, 20_200 / 41_530),
     ("hourly_cost", ASSISTED, 34 / 41), ("hourly_cost_with_overhead", ASSISTED, 54 / 87)],
)  # fmt: skip
def test_kronor_tell_how_much_of_them_the_largest_person_stands_for(
    hub: Warehouse, metric: str, code: str, top: float
) -> None:
    (row,) = ask(hub, load()[metric], code, Q1)
    assert row.top == pytest.approx(top)


def test_cost_that_is_booked_on_no_case_lowers_the_coverage_of_the_heaviest(hub: Warehouse) -> None:
    (row,) = ask(hub, load()["heavy_cases_cost_share"], HEAVY, Q1)
    assert (row.n, row.coverage, row.state) == (52, round(1_050 / 1_100, 4), "preliminary")


def test_what_was_invoiced_is_missing_and_not_nothing_where_no_invoice_ever_came(hub: Warehouse) -> None:
    quarter = date(2026, 1, 1), date(2026, 4, 1)
    for name in ("invoiced_cost", "booked_cost"):
        assert [row.state for row in ask(hub, load()[name], CRIME, quarter)] == ["missing"]
        early = ask(hub, load()[name], PLACED, (date(2025, 10, 1), date(2025, 12, 1)))
        assert [row.state for row in early] == ["missing"]
        later = ask(hub, load()[name], PLACED, (date(2026, 7, 1), date(2026, 10, 1)))
        assert [(row.value, row.state) for row in later] == [(0, "value")]


def test_several_spans_in_one_question_are_answered_as_each_alone(hub: Warehouse) -> None:
    spans = [(date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 4, 1), date(2026, 7, 1))]
    today = date(2026, 5, 1)
    for contract in load().values():
        of_hours = ABOUT_HOURS | OF_ASSISTANCE.keys()  # see test_hours.py and test_assistance.py
        if contract.kind == "span" and contract.name not in of_hours:
            alone = [over_spans(hub, contract, PLACED, [span], today)[0] for span in spans]
            together = over_spans(hub, contract, PLACED, spans, today)
            assert rounded(together) == rounded(alone), contract.name


def test_a_period_that_has_not_begun_has_nobody_in_it(hub: Warehouse) -> None:
    later = (date(2026, 4, 1), date(2026, 7, 1))
    for name in ("placed_at_any_time", "placements_at_any_time", "care_days", "placement_cost"):
        (row,) = over_spans(hub, load()[name], PLACED, [later], date(2026, 3, 31))
        assert row.value == 0, name


def test_an_instant_before_the_first_opening_is_missing_and_one_after_it_is_a_true_zero(
    hub: Warehouse,
) -> None:
    contract = load()["caseload_balance"]
    before, after = at_instants(hub, contract, CLOCKS, [SPRING.replace(day=1), SPRING.replace(year=2027)])
    assert (before.value, before.n, before.state) == (None, 0, "missing")
    assert (after.value, after.state) == (5, "value")
    quiet = at(-1), at(0)
    assert [row.state for row in ask(hub, contract, SHORT, quiet[0])] == ["missing"]
    assert [(row.value, row.state) for row in ask(hub, contract, SHORT, at(2))] == [(0, "value")]
    assert [row.state for row in ask(hub, load()["balance_residual"], SHORT, quiet[0])] == ["missing"]


def test_a_period_that_ends_before_the_first_opening_is_missing(hub: Warehouse) -> None:
    inflow = load()["inflow"]
    assert [row.state for row in ask(hub, inflow, SHORT, (at(-2), at(0)))] == ["missing"]
    assert [(row.value, row.state) for row in ask(hub, inflow, SHORT, (at(-2), at(0, 1)))] == [(1, "value")]
    assert [(row.value, row.state) for row in ask(hub, inflow, SHORT, (at(1), at(2)))] == [(0, "value")]


def test_a_place_that_tells_snapshots_alone_has_a_balance_and_no_flow(hub: Warehouse) -> None:
    alone = "9988"
    fold(hub, [one for one in snapshots(alone) if one.data.KIND == "unit_day"])
    balance, inflow = load()["caseload_balance"], load()["inflow"]
    assert [row.state for row in ask(hub, balance, alone, at(3))] == ["missing"]
    assert [(row.value, row.state) for row in ask(hub, balance, alone, at(4))] == [(41, "snapshot")]
    assert [row.state for row in ask(hub, inflow, alone, ALL)] == ["not_applicable"]


def test_a_balance_that_was_told_as_a_snapshot_is_marked_as_such(hub: Warehouse) -> None:
    contract = load()["caseload_balance"]
    rows = ask(hub, contract, SNAPSHOTS, at(5), "unit")
    assert {row.dimensions["unit"]: row.state for row in rows} == {
        "a": "value",
        "c": "snapshot",
        "d": "snapshot",
    }
    assert [row.state for row in ask(hub, contract, SNAPSHOTS, at(5))] == ["snapshot"]
    assert [row.state for row in ask(hub, contract, SNAPSHOTS, at(3))] == ["value"]


def test_what_is_usual_is_told_by_the_eight_periods_before_and_by_no_fewer_than_four(hub: Warehouse) -> None:
    usual = load()["cases_open_usual"]
    months = [(date(2026, month, 1), date(2026, month + 1, 1)) for month in (6, 7, 8)]
    told = {
        row.since: (row.value, row.lower, row.upper)
        for row in over_spans(hub, usual, TOWN, months, date(2027, 1, 1))
    }
    assert told[months[0][0]] == (None, None, None)  # the ends of March to May alone are told of
    assert told[months[1][0]] == told[months[2][0]] == (3, 3, 3)


def test_every_metric_and_every_dimension_has_a_golden_case() -> None:
    asked = {(golden.metric, dimension) for golden in GOLDEN for dimension in (golden.by or ("total",))}
    wanted = {(name, dimension) for name in METRICS for dimension in ("total", *load()[name].dimensions)}
    assert asked == wanted


@pytest.mark.parametrize("code", [TOWN, SNAPSHOTS, CONTRACTED, CARED, DISPENSED])
def test_the_first_days_that_a_metric_asks_for_decide_as_all_of_them_would(hub: Warehouse, code: str) -> None:
    everything = first_days(hub, code)
    different = {tuple(kinds_of(contract)): contract for contract in load().values()}
    assert {kind for kinds in different for kind in kinds} > {
        "cases",
        "snapshots",
        "visit",
        "invoice",
        "rent",
    }
    for contract in different.values():
        some = first_days(hub, code, contract)
        for instant in (at(-9_000), DAY_8, at(400)):
            for unit, service in product({"", *everything.snapshots}, {"", *everything.services}):
                asked = contract, instant, unit, service
                assert some.unanswered(*asked) == everything.unanswered(*asked), contract.name


@pytest.mark.parametrize("name", METRICS)
def test_a_municipality_that_has_told_nothing_has_no_figures_not_even_zero(hub: Warehouse, name: str) -> None:
    """Neither at a time that is asked for, nor at the one that `./puls figures` takes by itself."""
    contract = load()[name]
    (row,) = command.answer(hub, command.Question(name, EMPTY), datetime(2026, 11, 16, 12, tzinfo=UTC))
    assert (row["value"], row["n"], row["state"]) == (None, 0, "missing")
    if contract.dimensions:
        assert ask(hub, contract, EMPTY, some_time(contract), *contract.dimensions) == []


@pytest.mark.parametrize("name", sorted(set(COUNTS) - IN_SEVERAL_ROWS))
def test_the_parts_of_a_count_add_up_to_its_total(hub: Warehouse, name: str) -> None:
    contract = load()[name]
    (total,) = ask(hub, contract, place(contract), some_time(contract))
    for dimension in sorted(set(contract.dimensions) - NESTED):
        rows = ask(hub, contract, place(contract), some_time(contract), dimension)
        assert sum(row.value or 0 for row in rows) == total.value
        # n is the persons there, of whom one may be in two rows
        persons = bool({"placements", "devices", "hours"} & set(contract.needs)) or "person" in contract.sql
        assert sum(row.n for row in rows) >= total.n if persons else sum(row.n for row in rows) == total.n


@pytest.mark.parametrize("name", INSTANTS)
def test_several_instants_in_one_question_are_answered_as_each_alone(hub: Warehouse, name: str) -> None:
    contract, instants = load()[name], [at(3), DAY_8, at(40)]
    alone = [ask(hub, contract, place(contract), instant)[0] for instant in instants]
    assert at_instants(hub, contract, place(contract), instants) == alone


@pytest.mark.parametrize("name", TIMELESS)
def test_a_metric_without_times_refuses_to_tell_of_an_instant(hub: Warehouse, name: str) -> None:
    for instant in (at(-9_000), DAY_8):
        with pytest.raises(Misconfigured, match=f"{name} tells how things stand now"):
            at_instants(hub, load()[name], TOWN, [instant])


@pytest.mark.parametrize("name", INSTANTS)
def test_a_metric_at_an_instant_tells_something_else_at_another(hub: Warehouse, name: str) -> None:
    code = STAFF if name in ("cases_per_fte", "producer_freshness") else place(load()[name])
    then, now = at_instants(hub, load()[name], code, [at(-9_000), DAY_8])
    assert (then.value, then.state) == (None, "missing")
    assert now.state != "missing"  # of bounds alone the value is None


def test_an_index_of_quality_and_price_has_its_spread_and_too_few_scores_are_hidden(hub: Warehouse) -> None:
    rows = ask(hub, load()["placement_index"], CONTRACTED, Q1, "provider", "part")
    found = {tuple(row.dimensions.values()): row for row in rows}
    quality, index = found["B201", "quality"], found["B201", "index"]
    price = found["B201", "price"].value or 0
    assert [quality.lower, quality.upper] == pytest.approx([3.4 / 3, 4.6 / 3])
    assert [index.lower, index.upper] == pytest.approx([3.4 / 3 / price, 4.6 / 3 / price])
    assert {found["B202", part][1:] for part in ("index", "quality", "price")} == {
        (None, 1, None, "suppressed", Q1[0], None, None, None, None)
    }


def test_the_residual_is_not_zero_when_an_entity_row_was_tampered_with(hub: Warehouse) -> None:
    code = "9985"
    fold(hub, town(code))
    residual, flows = load()["balance_residual"], load()["balance_flow_residual"]
    assert [row.value for row in ask(hub, residual, code, DAY_8)] == [0]
    hub.command(
        "INSERT INTO cases SELECT * REPLACE (version + 1 AS version, [] AS `spells.from`,"
        " [] AS `spells.until`, [] AS `spells.opened_at`, [] AS `spells.unit`, [] AS `spells.stage`,"
        " [] AS `spells.handler_known`)"
        " FROM cases FINAL WHERE municipality = {code:String} AND has(flaws, 'reopened_while_open')",
        {"code": code},
    )
    assert [row.value for row in ask(hub, residual, code, DAY_8)] == [1]
    assert [row.value for row in ask(hub, flows, code, ALL)] == [-1]
    assert [row.value for row in ask(hub, residual, TOWN, DAY_8)] == [0]


def test_a_metric_that_nobody_made_has_no_file() -> None:
    folder = Path(__file__).parent.parent.parent / "warehouse" / "metrics"
    assert sorted(file.stem for file in folder.glob("*.sql")) == METRICS
