"""A figure that its publisher does not show says why, and is never zero."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from schemas.municipality import municipality
from schemas.reference import ComparatorSet, ProducerAlive
from streams.folds.reference import fold_comparator
from streams.history import Living
from tests.warehouse.golden_comparators import COMPARED, TOLD, TOLD_AT, compared
from tests.warehouse.publishing import publisher as publisher_of
from tests.warehouse.town import NOW, about, fold
from warehouse.client import Warehouse
from warehouse.compute import Slot
from warehouse.contracts import load
from warehouse.figures import Row, as_things_stand
from warehouse.hiding import protected
from warehouse.privacy import Cell, Key
from warehouse.published import NOW_ON, official, shown


@pytest.fixture
def hub(warehouse: Warehouse) -> Warehouse:
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


def publish(hub: Warehouse, code: str = COMPARED, now: datetime = NOW) -> None:
    beat = ProducerAlive("reference", TOLD_AT, historical=True)
    fold(hub, [about("office.2024033100", beat, TOLD_AT, code)])
    publisher = publisher_of(hub, "comparator")
    publisher.tick(now)
    while publisher.tick_slow(now):
        pass


def table(hub: Warehouse, code: str = COMPARED) -> dict[str, tuple[float | None, str]]:
    """What screens read of the table of needs, by year and row."""
    return {
        f"{f.dimensions['year']} {f.dimensions['characteristic']}": (f.value, f.state)
        for f in official(hub, code, "started", "need")
    }


def test_screens_read_one_table_with_each_marker_as_its_state(hub: Warehouse) -> None:
    publish(hub)
    assert table(hub) == {
        "2024 neglect": (120, "value"), "2023 neglect": (130, "value"), "2024 crime": (None, "suppressed"),
        "2024 truancy": (None, "missing"), "2024 none": (None, "not_applicable"),
    }  # fmt: skip


def test_a_figure_that_was_taken_back_is_gone_and_not_called_not_applicable(hub: Warehouse) -> None:
    publish(hub)
    (told,) = (event for event in compared() if event.subject.endswith("/figure.0"))
    fold(hub, [replace(told, retracted=True, recordedtime=NOW)])
    publish(hub, now=NOW + timedelta(hours=1))
    assert table(hub).keys() == {"2023 neglect", "2024 crime", "2024 truancy", "2024 none"}


def test_no_municipality_is_shown_the_tables_of_another(hub: Warehouse) -> None:
    publish(hub)
    assert table(hub, "9999") == {}
    fold(hub, compared("9999")[:1])
    publish(hub, "9999", NOW + timedelta(hours=1))
    assert table(hub, "9999") == {"2024 neglect": (120, "value")}


def test_official_figures_are_published_as_they_stand_also_small_ones(hub: Warehouse) -> None:
    publish(hub)
    found = shown(hub, COMPARED, ["comparator"], audience="committee")
    figures = {" ".join(figure.dimensions.values()): figure for figure in found}
    assert figures["started 2024 need neglect"].value == 120
    assert (figures["started 2024 gender female"].value, figures["started 2024 gender female"].n) == (0, 0)
    assert (figures["duration 2024 length mean"].value, figures["duration 2024 length mean"].n) == (307, 1)
    assert figures["started 2024 need crime"].state == "suppressed"
    assert figures["started 2024 need truancy"].state == "missing"
    assert all(figure.historical for figure in found)


def test_an_official_figure_is_not_hidden_a_second_time() -> None:
    contract = replace(load()["comparator"], audience="public")
    few: dict[Key, Cell] = {("started",): Cell(3.0, 3)}
    tables = {Slot(("table",), "now", NOW_ON): few}
    kept = protected(contract, tables, municipality(COMPARED), ())
    assert [cell.value for cell in kept.values()] == [3.0]
    masked = protected(replace(contract, persons=True), tables, municipality(COMPARED), ())
    assert [cell.state for cell in masked.values()] == ["suppressed"]


def test_a_figure_told_with_a_reason_not_to_show_it_has_no_value(hub: Warehouse) -> None:
    assert "value" in TOLD[6] and TOLD[6]["status"] == "not_available"
    rows = hub.rows("SELECT status, value FROM comparators FINAL WHERE status != 'value'")
    assert len(rows) == 4 and {row["value"] for row in rows} == {None}


def test_a_figure_that_tells_neither_value_nor_reason_is_not_available() -> None:
    fact = ComparatorSet(publication="p", table="t", year=2024, area="E0", dimension="d", characteristic="c")
    row = fold_comparator([Living(0, fact, ())])
    assert (row.status, row.value) == ("not_available", None)
