"""What is published of days and units that nobody has told of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schemas.cases import BalanceObserved
from tests.warehouse.publishing import Town
from tests.warehouse.publishing import publisher as publisher_of
from tests.warehouse.town import about
from warehouse.client import Warehouse
from warehouse.published import Figure, shown

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
CODE = "9990"


@pytest.fixture
def town(warehouse: Warehouse) -> Town:
    return Town(warehouse, CODE)


def published(town: Town, metric: str, now: datetime = NOON) -> list[Figure]:
    publisher_of(town.warehouse, metric).tick(now)
    return shown(town.warehouse, CODE, [metric])


def of_days(figures: list[Figure], unit: str = "") -> dict[str, tuple[float | None, str]]:
    return {
        f"{figure.period_on:%m-%d}": (figure.value, figure.state)
        for figure in figures
        if figure.period == "day" and figure.dimensions.get("unit", "") == unit
    }


def jumps(town: Town) -> list[str]:
    rows = town.warehouse.rows("SELECT name FROM alarms WHERE state = 'raised' AND startsWith(name, 'jump.')")
    return [row["name"] for row in rows]


def test_the_days_before_a_municipality_was_connected_are_missing_and_raise_no_alarm(town: Town) -> None:
    town.tell(NOON, town.opened("a", 30, NOON - timedelta(days=2)))
    balances = of_days(published(town, "caseload_balance"))
    assert len(balances) == 70
    assert {day: cell for day, cell in balances.items() if cell[1] == "value"} == {
        "11-14": (30, "value"), "11-15": (30, "value")
    }  # fmt: skip
    assert {cell for day, cell in balances.items() if day < "11-14"} == {(None, "missing")}
    flows = of_days(published(town, "inflow"))
    assert [flows[day] for day in ("11-13", "11-14", "11-15", "11-16")] == [
        (None, "missing"), (30, "value"), (0, "value"), (0, "value")
    ]  # fmt: skip
    assert jumps(town) == []


def test_a_stage_that_no_case_can_stand_in_is_not_shown_as_zero(town: Town) -> None:
    town.tell(NOON, town.opened("a", 30, NOON - timedelta(days=2)))
    stages = {figure.dimensions["stage"]: figure.value for figure in published(town, "caseload_by_stage")}
    assert stages == {"intake": 30, "investigation": 0, "decision": 0, "service": 0, "follow_up": 0}


def test_a_case_told_late_moves_the_first_day_that_is_known(town: Town) -> None:
    town.tell(NOON, town.opened("a", 30, NOON - timedelta(days=2)))
    publisher = publisher_of(town.warehouse, "caseload_balance")
    publisher.tick(NOON)
    late = NOON + timedelta(minutes=16)
    town.tell(late, town.opened("a", 6, NOON - timedelta(days=4)))
    publisher.tick(late)
    balances = of_days(shown(town.warehouse, CODE, ["caseload_balance"]))
    assert [balances[day] for day in ("11-11", "11-12", "11-13", "11-14")] == [
        (None, "missing"), (6, "value"), (6, "value"), (36, "value")
    ]  # fmt: skip


def test_a_snapshot_unit_is_published_with_its_balance_as_a_snapshot_and_nothing_else(town: Town) -> None:
    day = NOON - timedelta(days=1)
    balance = about(f"c.{day:%Y%m%d}", BalanceObserved("c", day.date(), 41), day, CODE)
    town.tell(NOON, [balance, *town.opened("a", 30, NOON - timedelta(days=2))])
    figures = published(town, "caseload_balance")
    now = {f.dimensions.get("unit", ""): (f.value, f.state) for f in figures if f.period == "now"}
    assert now == {"": (71, "snapshot"), "a": (30, "value"), "c": (41, "snapshot")}
    assert [of_days(figures, "c")[day] for day in ("11-14", "11-15")] == [(None, "missing"), (41, "snapshot")]
    flows = published(town, "inflow")
    assert (of_days(flows, "a")["11-14"], of_days(flows, "c")) == ((30, "value"), {})
    ages = published(town, "open_case_age")
    assert {f.dimensions.get("unit", "") for f in ages} == {"", "a"}


def test_the_age_of_a_silent_source_grows_with_the_clock_and_is_published_on_its_beat(town: Town) -> None:
    town.tell(NOON, town.opened("a", 30, NOON - timedelta(days=2)))
    publisher = publisher_of(town.warehouse, "producer_freshness")
    ages: list[float | None] = []
    for second in (5, 15, 700):
        publisher.tick(NOON + timedelta(seconds=second))
        (figure,) = shown(town.warehouse, CODE, ["producer_freshness"], audience="engineer")
        ages.append(figure.value)
        assert figure.dimensions == {"source": "register"}
    assert ages == [5, 15, 700]


def test_a_closed_import_has_no_age_that_grows(town: Town) -> None:
    then = NOON - timedelta(days=300)
    town.tell(NOON, town.opened("a", 30, then - timedelta(days=2)), closed_at=then)
    publisher = publisher_of(town.warehouse, "caseload_balance", "producer_freshness")
    assert publisher.tick(NOON) > 0
    assert shown(town.warehouse, CODE, ["producer_freshness"], audience="engineer") == []
    for second in (40, 80):
        publisher.tick(NOON + timedelta(seconds=second))
    assert publisher.tick(NOON + timedelta(seconds=100)) == 0
