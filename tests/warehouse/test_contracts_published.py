"""What is published of contracts, follow-ups and providers: every table that their metrics declare."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.municipality import municipality
from tests.warehouse import golden_contracts, golden_providers
from tests.warehouse.contract_town import CONTRACTED, contracted
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.compute import Computer, Slot
from warehouse.contracts import contract
from warehouse.privacy import Cell, Key
from warehouse.published import NOW_ON

APRIL = datetime(2026, 4, 20, 10, tzinfo=UTC)
Tables = dict[Slot, dict[Key, Cell]]
METRICS = sorted({golden.metric for golden in (*golden_contracts.GOLDEN, *golden_providers.GOLDEN)})


@pytest.fixture
def computer(warehouse: Warehouse) -> Computer:
    fold(warehouse, contracted())
    return Computer(warehouse, municipality(CONTRACTED))


def test_every_declared_table_is_computed_and_holds_what_the_metric_says(computer: Computer) -> None:
    found = {name: computer.tables(contract(name), APRIL) for name in METRICS}
    for name, tables in found.items():
        asked = {(each.by, each.period) for each in contract(name).publish}
        assert {(slot.by, slot.period) for slot in tables} == asked, name
    quarter = Slot((), "quarter", date(2026, 1, 1))
    values = {name: tables[quarter][()].value for name, tables in found.items() if quarter in tables}
    assert values["signed_contracts"] == 4
    assert values["contract_coverage_days"] == pytest.approx(230 / 410)
    assert values["contract_coverage"] == pytest.approx(2 / 5)  # at its end: one and six of five
    assert values["follow_up_rate"] is None  # nothing was due: missing


def test_a_limit_that_no_contract_has_passed_is_zero_and_a_group_with_nothing_due_is_missing(
    computer: Computer,
) -> None:
    waiting = computer.tables(contract("unsigned_contracts"), datetime(2026, 1, 28, 10, tzinfo=UTC))
    late = waiting[Slot(("over_days",), "now", NOW_ON)]
    assert {key: cell.value for key, cell in late.items()} == {("7",): 0, ("14",): 0, ("30",): 0}
    done = computer.tables(contract("follow_up_rate"), APRIL)
    groups = done[Slot(("grown",), "quarter", date(2026, 1, 1))]
    assert {key: cell.state for key, cell in groups.items()} == {
        ("adults",): "missing",
        ("children_and_youth",): "missing",
    }
