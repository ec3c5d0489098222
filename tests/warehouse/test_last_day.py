"""The day of the end, with a price that begins on that very day: a care day at that price where the day rule
counts the last day, and no day at all where it does not.
"""

from __future__ import annotations

from datetime import date

import pytest

from schemas import placements as p
from schemas.codes import DayRule
from tests.placing import PLACES, ended, priced, pseudonym, started, tell
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.contracts import load
from warehouse.figures import over_spans

MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def told(warehouse: Warehouse, rule: DayRule, *prices: tuple[str, float], until: str = "2026-03-09") -> None:
    about = p.ContractCreated(placement=pseudonym("placement", "x"), provider="B112", day_rule=rule,
                              contract_type="new_admission", from_on=date(2026, 3, 2))  # fmt: skip
    fold(warehouse, [
        tell("x", started("2026-03-02"), "2026-03-02"), tell("x-1", about, "2026-03-02"),
        *(tell("x", priced(on, kr), "2026-03-02", what=f"{kr}") for on, kr in prices),
        tell("x", ended(until), until),
    ])  # fmt: skip


def value(warehouse: Warehouse, metric: str, *by: str) -> dict[str, float | None]:
    rows = over_spans(warehouse, load()[metric], PLACES, [MARCH], date(2026, 4, 2), by)
    return {" ".join(row.dimensions.values()): row.value for row in rows}


@pytest.mark.parametrize(
    ("rule", "days", "kr"),
    [
        ("start_in_end_out", 7, 7 * 5000),
        ("both_in", 8, 7 * 5000 + 6000),
        ("start_out_end_in", 7, 6 * 5000 + 6000),
    ],
)
def test_the_last_day_has_the_price_that_begins_on_it(
    warehouse: Warehouse, rule: DayRule, days: int, kr: float
) -> None:
    told(warehouse, rule, ("2026-03-02", 5000), ("2026-03-09", 6000))
    assert value(warehouse, "care_days") == {"": days}
    assert value(warehouse, "placement_cost") == {"": kr}
    assert value(warehouse, "daily_price") == {"": pytest.approx(kr / days)}
    assert value(warehouse, "placed_at_any_time", "provider") == {"B112": 1}


def test_every_rule_counts_the_last_day_once(warehouse: Warehouse) -> None:
    told(warehouse, "both_in", ("2026-03-02", 5000), ("2026-03-09", 6000))
    assert value(warehouse, "care_days", "day_rule") == {
        "start_in_end_out": 7, "both_in": 8, "start_out_end_in": 7
    }  # fmt: skip


def test_a_placement_of_one_day_has_its_price_once(warehouse: Warehouse) -> None:
    told(warehouse, "both_in", ("2026-03-02", 5000), until="2026-03-02")
    assert (value(warehouse, "care_days"), value(warehouse, "placement_cost")) == ({"": 1}, {"": 5000})
