"""A figure that its publisher does not show says why, and is never zero."""

from __future__ import annotations

import pytest

from schemas.reference import ComparatorSet
from schemas.settings import Settings
from streams.folds.reference import fold_comparator
from streams.history import Living
from tests.warehouse.golden_comparators import COMPARED, TOLD, compared
from tests.warehouse.town import fold
from warehouse.client import Warehouse, create_tables
from warehouse.contracts import load
from warehouse.figures import Row, as_things_stand


@pytest.fixture
def hub(warehouse: Warehouse, warehouse_settings: Settings) -> Warehouse:
    create_tables(warehouse, warehouse_settings.database)
    fold(warehouse, compared())
    return warehouse


def ask(hub: Warehouse, *by: str) -> dict[str, Row]:
    rows = as_things_stand(hub, load()["comparator"], COMPARED, by)
    return {" ".join(row.dimensions.values()): row for row in rows}


def test_each_marker_has_its_state_and_no_value(hub: Warehouse) -> None:
    states = {key: (row.value, row.state) for key, row in ask(hub, "characteristic", "measured_in").items()}
    assert states["crime count"] == (None, "suppressed")
    assert states["crime percent"] == (None, "rounds_to_zero")
    assert states["truancy count"] == (None, "missing")
    assert states["none count"] == (None, "not_applicable")
    assert states["female count"] == (0, "value")


def test_what_rounds_to_zero_lies_below_a_half(hub: Warehouse) -> None:
    found = ask(hub, "characteristic", "measured_in")["crime percent"]
    assert (found.lower, found.upper) == (0, 0.5)


def test_several_figures_behind_one_row_are_not_applicable(hub: Warehouse) -> None:
    assert {key: row.state for key, row in ask(hub, "table").items()} == {
        "started": "not_applicable", "change": "value", "duration": "value"
    }  # fmt: skip


def test_a_figure_told_with_a_reason_not_to_show_it_has_no_value(hub: Warehouse) -> None:
    assert "value" in TOLD[6] and TOLD[6]["status"] == "not_available"
    rows = hub.rows("SELECT status, value FROM comparators FINAL WHERE status != 'value'")
    assert len(rows) == 4 and {row["value"] for row in rows} == {None}


def test_a_figure_that_tells_neither_value_nor_reason_is_not_available() -> None:
    fact = ComparatorSet(publication="p", table="t", year=2024, area="E0", dimension="d", characteristic="c")
    row = fold_comparator([Living(0, fact, ())])
    assert (row.status, row.value) == ("not_available", None)
