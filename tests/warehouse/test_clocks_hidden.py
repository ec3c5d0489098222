"""Small numbers of legal clocks before the public: within a limit, and between two limits."""

from __future__ import annotations

import pytest

from schemas.municipality import municipality
from warehouse.compute import Slot
from warehouse.contracts import load
from warehouse.hiding import protected
from warehouse.privacy import Cell, Key
from warehouse.published import NOW_ON

PLACE = municipality("9948")
WITHIN = Slot(("within",), "now", NOW_ON)


def due_soon(today: int, in_7_days: int) -> dict[str, float | str]:
    """What is shown of clocks that run out today and within seven days, or why there is none."""
    asked: dict[Key, Cell] = {("today",): Cell(today, today), ("7_days",): Cell(in_7_days, in_7_days)}
    found = protected(load()["clocks_due_soon"], {WITHIN: asked}, PLACE, frozenset())
    return {key[0]: cell.state if cell.value is None else cell.value for (_, key), cell in found.items()}


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ((6, 12), (6, 12)),
        ((6, 6), (6, 6)),  # nothing in between is no small number
        ((6, 10), ("suppressed", 10)),  # four in between
        ((0, 9), (0, 9)),
        ((3, 30), ("suppressed", "suppressed")),
        ((2, 4), ("suppressed", "suppressed")),
    ],
)
def test_no_small_number_is_told_by_two_limits_of_which_one_holds_the_other(
    counted: tuple[int, int], shown: tuple[float | str, float | str]
) -> None:
    assert tuple(due_soon(*counted).values()) == shown


def test_what_the_lobby_tells_of_clocks_is_by_clock_alone_and_of_units_the_committee_asks() -> None:
    public = [load()[name] for name in ("clocks_overdue", "clocks_due_soon", "share_in_time_30_days")]
    grains = {dimension for each in public for one in each.publish for dimension in one.by}
    assert grains == {"clock", "within"}
    by_unit = load()["clocks_overdue_by_unit"]
    assert (by_unit.audience, {one.by for one in by_unit.publish}) == ("committee", {(), ("unit",)})
