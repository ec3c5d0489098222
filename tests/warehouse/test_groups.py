"""Small groups of staff are never shown, and an attacker who knows every sum computes none of them."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from warehouse.groups import LEAST, Cell, State, states

ROLES = ("carer", "nurse", "cook", "night")
Town = dict[str, dict[str, int]]
SIZES = st.one_of(st.integers(1, 7), st.integers(5, 40))
TOWNS = st.dictionaries(
    st.sampled_from("abcdef"), st.dictionaries(st.sampled_from(ROLES), SIZES, min_size=1), min_size=1
)

BRIDGED: Town = {
    "a": {"carer": 9, "nurse": 9, "cook": 3}, "b": {"carer": 6, "nurse": 6}, "c": {"cook": 6, "night": 6},
    "d": {"cook": 9, "night": 7}, "e": {"carer": 30, "nurse": 30},
}  # fmt: skip
"""Each role of a to d is hidden twice; yet the sums of c and d and of their roles tell the three cooks."""
FEW_TOGETHER: Town = {
    "a": {"carer": 9, "nurse": 2}, "b": {"carer": 9, "nurse": 2}, "c": {"carer": 9, "nurse": 9},
    "d": {"carer": 9, "cook": 9},
}  # fmt: skip
"""Two and two nurses are hidden: together they are four."""


def judged(town: Town) -> dict[Cell, State]:
    persons = {(unit, role): size for unit, own in town.items() for role, size in own.items()}
    return states(persons | {(unit, ""): sum(own.values()) for unit, own in town.items()})


@given(TOWNS)
@example(BRIDGED)
@example(FEW_TOGETHER)
def test_nothing_small_is_shown_or_can_be_computed(town: Town) -> None:
    shown = judged(town)
    cells = [(unit, role) for unit, own in town.items() for role in own]
    size = {cell: town[cell[0]][cell[1]] for cell in cells}
    for (unit, role), state in shown.items():
        if state == "value":
            assert (size[unit, role] if role else sum(town[unit].values())) >= LEAST
    if all(shown[cell] != "value" for cell in cells if len(town[cell[0]]) > 1):
        _units_are_safe(town, shown)
        return  # no role is told of: what is left are the sums that are known elsewhere
    known = np.array(_known(town, shown, cells), dtype=float)
    for cell in cells:
        if size[cell] < LEAST:
            assert not _computes(known, np.array([float(other == cell) for other in cells])), cell
    for role in ROLES:
        dark = [size[cell] for cell in cells if cell[1] == role and shown[cell] != "value"]
        assert not dark or sum(dark) >= LEAST
    _units_are_safe(town, shown)


def _known(town: Town, shown: dict[Cell, State], cells: list[Cell]) -> list[list[bool]]:
    """What stands on the screen, and the sums of all units and of each role that are known elsewhere."""
    rows = [[other == cell for other in cells] for cell in cells if shown[cell] == "value"]
    rows += [[other[0] == unit for other in cells] for unit in town if shown[unit, ""] == "value"]
    rows += [[other[1] == role for other in cells] for role in ROLES]
    return [*rows, [True] * len(cells)]


def _computes(known: np.ndarray, wanted: np.ndarray) -> bool:
    return bool(np.linalg.matrix_rank(np.vstack([known, wanted])) == np.linalg.matrix_rank(known))


def _units_are_safe(town: Town, shown: dict[Cell, State]) -> None:
    dark = [sum(own.values()) for unit, own in town.items() if shown[unit, ""] != "value"]
    assert not dark or sum(dark) >= LEAST or len(dark) == len(town)
    assert sum(shown[unit, ""] == "beside" for unit in town) <= 1


def test_large_groups_are_all_shown() -> None:
    assert set(judged({"a": {"carer": 9, "nurse": 5}, "b": {"carer": 30}}).values()) == {"value"}


def test_a_unit_whose_one_role_is_small_takes_company_and_hides_its_roles() -> None:
    sizes = {"a": (9, 3), "b": (9, 6), "c": (9, 9)}
    found = judged({unit: dict(zip(ROLES, own, strict=False)) for unit, own in sizes.items()})
    assert [found["a", role] for role in ("", "carer", "nurse")] == ["value", "beside", "few"]
    assert [found["b", role] for role in ("", "carer", "nurse")] == ["value", "beside", "beside"]
    assert {found["c", role] for role in ("", "carer", "nurse")} == {"value"}


def test_a_group_whose_size_nobody_told_is_hidden_as_such() -> None:
    found = states({("a", ""): 9, ("a", "carer"): 9, ("a", "nurse"): 0, ("b", ""): 0, ("b", "carer"): 0})
    assert (found["a", "carer"], found["a", "nurse"], found["b", ""]) == ("beside", "unknown", "unknown")
