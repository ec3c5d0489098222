"""Quarters and years of placements as the publisher computes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.envelope import Event
from schemas.municipality import Municipality
from tests.placing import PLACES, ended, noon, priced, pseudonym, started, tell
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.compute import Computer, Slot
from warehouse.contracts import Publication, contract
from warehouse.figures import over_spans

PLACE = Municipality(
    PLACES, "Prov", "invented", codes={"main_cause": {"crime": "Kriminalitet", "other": "Annat"}}
)


def stay(name: str, since: str, until: str = "", cause: str = "crime") -> list[Event]:
    person = pseudonym("person", name)
    told = [tell(name, started(since, main_cause=cause, person=person, sex="man"), since),
            tell(name, priced(since, 1000), since)]  # fmt: skip
    return told + ([tell(name, ended(until), until)] if until else [])


def tables_of(
    computer: Computer, metric: str, by: tuple[str, ...], now: datetime
) -> dict[date, dict[str, float | None]]:
    published = (Publication(by, "quarter", count=4),)
    asked = contract(metric)
    found = computer.tables(type(asked)(**{name: getattr(asked, name) for name in asked.__struct_fields__}
                                        | {"publish": published}), now)  # fmt: skip
    return {
        slot.on: {"/".join(key): cell.value for key, cell in table.items()} for slot, table in found.items()
    }


def test_quarters_count_from_the_first_that_anything_was_told_of(warehouse: Warehouse) -> None:
    fold(warehouse, [*stay("a", "2026-05-01", "2026-07-11"), *stay("b", "2026-06-01", cause="other")])
    computer = Computer(warehouse, PLACE)
    found = tables_of(computer, "care_days", ("main_cause",), noon("2026-08-01"))
    assert found == {
        date(2026, 4, 1): {"crime": 61, "other": 30, "unknown": 0},
        date(2026, 7, 1): {"crime": 10, "other": 31, "unknown": 0},
    }
    stock = tables_of(computer, "placed_now", (), noon("2026-08-01"))
    assert stock == {date(2026, 4, 1): {"": 2}, date(2026, 7, 1): {"": 1}}


def test_what_was_touched_is_computed_again_and_the_rest_remembered(warehouse: Warehouse) -> None:
    fold(warehouse, stay("a", "2026-02-01", "2026-05-11"))
    computer = Computer(warehouse, PLACE)
    now = datetime(2026, 8, 1, 10, tzinfo=UTC)
    before = tables_of(computer, "care_days", (), now)
    assert before == {date(2026, 1, 1): {"": 59}, date(2026, 4, 1): {"": 40}, date(2026, 7, 1): {"": 0}}
    fold(warehouse, stay("late", "2026-03-31", "2026-04-02"))
    assert tables_of(computer, "care_days", (), now) == before
    computer.touched(date(2026, 3, 31), [contract("care_days")])
    assert tables_of(computer, "care_days", (), now) == {
        date(2026, 1, 1): {"": 60}, date(2026, 4, 1): {"": 41}, date(2026, 7, 1): {"": 0},
    }  # fmt: skip


def test_a_new_day_looks_at_every_period_again(warehouse: Warehouse) -> None:
    fold(warehouse, stay("a", "2026-02-01", "2026-05-11"))
    computer = Computer(warehouse, PLACE)
    tables_of(computer, "care_days", (), noon("2026-08-01"))
    fold(warehouse, stay("late", "2026-03-31", "2026-04-02"))
    found = tables_of(computer, "care_days", (), noon("2026-08-02"))
    assert found[date(2026, 1, 1)] == {"": 60}


def test_slots_say_their_kind_of_period(warehouse: Warehouse) -> None:
    fold(warehouse, stay("a", "2026-02-01"))
    asked = contract("placed_now")
    slots = Computer(warehouse, PLACE).tables(asked, noon("2026-08-01"))
    assert Slot((), "quarter", date(2026, 7, 1)) in slots


@pytest.mark.parametrize(("price", "mkr"), [(3000, 2.19), (8000, 5.84)])
def test_two_placements_of_a_whole_year_cost_what_a_team_costs(
    warehouse: Warehouse, price: float, mkr: float
) -> None:
    """X6: at 3,000 to 8,000 kr a day, 2.19 to 5.84 Mkr."""
    day = "2024-12-30"
    facts = (started(day), priced(day, price))
    fold(warehouse, [tell(name, fact, day) for name in ("one", "two") for fact in facts])
    year = [(date(2025, 1, 1), date(2026, 1, 1))]
    (row,) = over_spans(warehouse, contract("placement_cost"), PLACES, year, date(2026, 2, 1))
    assert (row.value, row.state) == (mkr * 1_000_000, "value")
