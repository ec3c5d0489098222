from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import product
from random import Random

import pytest

from tests.warehouse.attacker import (
    Spot,
    Where,
    alone,
    by_one_line,
    remembering,
    sums,
)
from warehouse.disclosure import protect_tables
from warehouse.lines import Grain, Release
from warehouse.privacy import Cell, Key, hide

SMALL = 5
DOMAINS = {"cause": 5, "sex": 2, "form": 4}
GRAINS: list[Grain] = [(), ("cause",), ("sex",), ("form",), ("cause", "sex"), ("cause", "form")]
TOWNS = [(12, 2), (40, 3), (90, 8), (200, 60)]
"""Persons, and how many of them come, leave or are corrected between two publications."""

Person = dict[str, str]
Raw = dict[Grain, dict[Key, Cell]]


def newcomer(chance: Random) -> Person:
    """Skewed, so that tables have large cells, small ones and empty ones."""
    return {
        name: str(chance.choices(range(size), [1 / (at + 1) ** 1.5 for at in range(size)])[0])
        for name, size in DOMAINS.items()
    }


def tables(persons: Sequence[Person]) -> Raw:
    found: Raw = {}
    for grain in GRAINS:
        counted = Counter(tuple(person[name] for name in grain) for person in persons)
        keys = product(*[[str(at) for at in range(DOMAINS[name])] for name in grain])
        found[grain] = {key: Cell(float(counted[key]), counted[key]) for key in keys}
    return found


def live(persons: list[Person], moves: int, chance: Random) -> None:
    for _ in range(moves):
        fate, at = chance.random(), chance.randrange(len(persons))
        if fate < 0.35 and len(persons) > 3:
            persons.pop(at)
        elif fate < 0.75:
            persons.append(newcomer(chance))
        else:
            persons[at] = persons[at] | {"form": newcomer(chance)["form"]}  # moved, or corrected


@cache
def ten_publications(people: int, moves: int, seed: int = 0) -> tuple[list[Raw], list[Release]]:
    """What was true and what was shown, ten times."""
    chance = Random(1000 * people + 10 * moves + seed)
    persons = [newcomer(chance) for _ in range(people)]
    true: list[Raw] = []
    shown: list[Release] = []
    for _ in range(10):
        true.append(tables(persons))
        shown.append(protect_tables(true[-1], SMALL, shown))
        live(persons, moves, chance)
    return true, shown


def right(told: dict[Spot, int], true: Sequence[Raw]) -> dict[Spot, int]:
    return {
        (at, where): value
        for (at, where), value in told.items()
        if true[at][where[0]][where[1]].value == value
    }


@pytest.mark.parametrize(("people", "moves"), TOWNS)
def test_no_publication_tells_a_hidden_cell(people: int, moves: int) -> None:
    _, shown = ten_publications(people, moves)
    assert [alone(release) for release in shown] == [{}] * 10


@pytest.mark.parametrize(("people", "moves"), TOWNS)
def test_ten_publications_together_tell_no_hidden_cell(people: int, moves: int) -> None:
    true, shown = ten_publications(people, moves)
    assert right(by_one_line(shown), true) == {}
    assert right(remembering(shown), true) == {}


def only_small_hidden(raw: Raw) -> Release:
    return Release({
        grain: {
            key: hide(cell, SMALL, True) if 0 < (cell.value or 0) < SMALL else cell
            for key, cell in cells.items()
        }
        for grain, cells in raw.items()
    })  # fmt: skip


@pytest.mark.parametrize(("people", "moves"), TOWNS)
def test_the_attacks_succeed_where_only_small_cells_are_hidden(people: int, moves: int) -> None:
    true, _ = ten_publications(people, moves)
    shown = [only_small_hidden(raw) for raw in true]
    assert sum(len(alone(release)) for release in shown) > 0
    assert len(right(by_one_line(shown), true)) > 0
    assert len(right(remembering(shown), true)) > 0


def test_the_attacks_succeed_where_each_publication_forgets_the_earlier() -> None:
    recovered = 0
    for people, moves in TOWNS:
        true, _ = ten_publications(people, moves)
        shown = [protect_tables(raw, SMALL) for raw in true]
        assert [alone(release) for release in shown] == [{}] * 10
        recovered += len(right(by_one_line(shown), true)) + len(right(remembering(shown), true))
    assert recovered > 0


def test_totals_and_margins_go_on_while_cross_tables_stand_still_at_times() -> None:
    for town in TOWNS:
        fresh = Counter(
            grain for release in ten_publications(*town)[1] for grain in GRAINS if grain not in release.still
        )
        assert {grain: fresh[grain] for grain in GRAINS if len(grain) < 2} == dict.fromkeys(GRAINS[:4], 10)
        assert min(fresh.values()) >= (5 if town[0] >= 90 else 1)


def counted_once(persons: Sequence[Person], seconds: Sequence[Person]) -> Raw:
    """Tables where some persons stand under two causes, and once in each total over causes."""
    both = [
        [first, first | {"cause": second["cause"]}] for first, second in zip(persons, seconds, strict=False)
    ]
    spells = both + [[person] for person in persons[len(seconds) :]]
    found = tables([])
    for grain, cells in found.items():
        keys = Counter(
            key for of_one in spells for key in {tuple(spell[name] for name in grain) for spell in of_one}
        )
        found[grain] = {key: Cell(float(keys[key]), keys[key]) for key in cells}
    return found


@pytest.mark.parametrize("people", [15, 40, 90])
def test_persons_under_two_causes_are_safe_from_a_reader_who_knows_where_nobody_does(people: int) -> None:
    chance = Random(people)
    persons = [newcomer(chance) for _ in range(people)]
    raw = counted_once(persons, [newcomer(chance) for _ in range(people // 6)])
    assert sum(cell.value or 0 for cell in raw["cause",].values()) > people
    release = protect_tables(raw, SMALL, overlapping=["cause"])
    exact = [line for line in sums(release) if adds_up(raw, *line)]
    assert alone(release, "cause") == alone(release, "cause", exact) == {}
    assert alone(only_small_hidden(raw), "cause", exact)


def adds_up(raw: Raw, total: Where, parts: Sequence[Where]) -> bool:
    return sum(raw[grain][key].n for grain, key in parts) == raw[total[0]][total[1]].n
