"""How far figures moved after they were first shown as complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from apps.choice import Period
from apps.figures import movement
from schemas.errors import Misconfigured
from schemas.municipality import Municipality
from tests.apps.boards import figure
from tests.browser.stage import publish
from tests.placing import noon
from tests.warehouse.test_periods import PLACE, stay
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.compute import Computer, Slot
from warehouse.contracts import check_limits, contract
from warehouse.movement import DAY_MICROS, Series, moved_between, movements, ninth, settled_after

FIRST = Slot((), "quarter", date(2026, 1, 1))
QUARTER = Period(date(2026, 7, 1), "quarter")
OVER = datetime(2026, 9, 30, 22, tzinfo=UTC)


def series(*shown: tuple[float, float | None], last: float = 40) -> Series:
    """(days after it was first shown complete, value)."""
    runs = [int(days * DAY_MICROS) for days, _ in shown]
    return Series("month", runs, [value for _, value in shown], 0, int(last * DAY_MICROS))


def test_a_figure_moves_by_its_share_of_what_was_first_shown() -> None:
    told = series((-3, 70.0), (0, 100.0), (0.5, 104.0), (6, 110.0), (29, 90.0))
    assert [moved_between(told, 0, days) for days in (1, 7, 30)] == pytest.approx([0.04, 0.1, 0.1])
    assert moved_between(told, 7, 30) == pytest.approx(20 / 110)
    assert moved_between(series((0, 0.0), (2, 4.0)), 0, 7) == 1
    assert moved_between(series((0, 0.0)), 0, 30) == 0


def test_what_is_not_followed_long_enough_or_was_hidden_is_not_counted() -> None:
    young = series((0, 100.0), (0.5, 104.0), last=6.9)
    assert [moved_between(young, 0, days) is None for days in (1, 7, 30)] == [False, True, True]
    assert moved_between(series((0, None), (1, 9.0)), 0, 7) is None
    assert moved_between(series((0, 9.0), (1, None)), 0, 7) is None
    assert settled_after([young]) == {"month": None}


def test_movement_is_told_by_its_median_ninth_tenth_and_most() -> None:
    many = [series((0, 100.0), (3, 100.0 + n)) for n in range(11)]
    after_week = movements(many)[1]
    assert after_week[:3] == ("month", 7, 11)
    assert after_week[3:] == pytest.approx((0.05, 0.09, 0.1))
    assert ninth([0.3]) == 0.3


@pytest.mark.parametrize(("moves_on", "days"), [(None, 0), (0.5, 1), (6, 7), (20, 30)])
def test_a_limit_is_the_fewest_days_after_which_nine_of_ten_hardly_move(
    moves_on: float | None, days: int
) -> None:
    moved = [] if moves_on is None else [(moves_on, 120.0)]
    assert settled_after([series((0, 100.0), *moved) for _ in range(5)]) == {"month": days}


def test_it_is_read_from_what_was_published(warehouse: Warehouse) -> None:
    for days, value in ((-5, 50.0), (1, 100.0), (5, 110.0), (40, 90.0)):
        at = OVER + timedelta(days=days)
        one = replace(figure("contract_coverage", QUARTER, value), told_until=at, known_at=at, as_of=at)
        old = replace(one, period_on=date(2025, 7, 1), value=value * 2)  # imported: shown long after its end
        publish(warehouse, "9999", [one, old], at, audience="committee")
    rows = movement(warehouse, "contract_coverage", "9999")
    assert [(row["period"], row["after_days"], row["n"], row["max"]) for row in rows] == [
        ("quarter", 1, 1, 0), ("quarter", 7, 1, pytest.approx(0.1)), ("quarter", 30, 1, pytest.approx(0.1))
    ]  # fmt: skip
    assert {(row["settled_after_days"], row["preliminary_days"]) for row in rows} == {(7, 0)}
    with pytest.raises(Misconfigured, match="not published"):
        movement(warehouse, "balance_flow_residual", "9999")


def test_a_period_is_preliminary_as_long_after_its_end_as_its_municipality_says(warehouse: Warehouse) -> None:
    fold(warehouse, stay("a", "2026-02-01"))
    place = replace(PLACE, preliminary_days={"care_days": 7})
    states = [
        Computer(warehouse, place).tables(contract(metric), noon(day))[FIRST][()].state
        for metric, day in (
            ("care_days", "2026-03-31"), ("care_days", "2026-04-01"), ("care_days", "2026-04-07"),
            ("care_days", "2026-04-08"), ("placements_at_any_time", "2026-04-01"),
        )
    ]  # fmt: skip
    assert states == ["value", "preliminary", "preliminary", "value", "value"]


def test_a_limit_of_no_metric_is_refused() -> None:
    place = Municipality("9999", "Mittköping", "invented", preliminary_days={"contract_covrage": 7})
    with pytest.raises(Misconfigured, match="contract_covrage"):
        check_limits([place])
