from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from warehouse.privacy import Cell, Key, protect_counts, protect_groups, protect_means, protect_parts

SMALL = 5
ROWS, COLUMNS = ("a", "b", "c"), ("x", "y", "z")
counts = st.one_of(st.integers(0, 9), st.integers(0, 60))


def table(values: Mapping[str, float]) -> dict[Key, Cell]:
    return {tuple(name.split()): Cell(float(value), int(value)) for name, value in values.items()}


def shown(cells: dict[Key, Cell]) -> dict[str, float | str]:
    """Value, "<5" or "hidden" by key."""
    return {
        " ".join(key): "<5" if cell.upper == 4 else "hidden" if cell.value is None else cell.value
        for key, cell in cells.items()
    }


def test_one_to_four_are_hidden_and_zero_and_five_are_shown() -> None:
    protected = protect_counts(table({"a": 0, "b": 1, "c": 4, "d": 5}), SMALL)
    assert shown(protected) == {"a": 0, "b": "<5", "c": "<5", "d": 5}
    assert protected[("b",)] == Cell(None, 0, "suppressed", None, 4)


def test_a_hidden_count_takes_the_next_smallest_with_it_and_zero_last() -> None:
    assert shown(protect_counts(table({"a": 0, "b": 3, "c": 30, "d": 7}), SMALL)) == {
        "a": 0, "b": "<5", "c": 30, "d": "hidden"
    }  # fmt: skip
    assert shown(protect_counts(table({"a": 0, "b": 3}), SMALL)) == {"a": 0, "b": "<5"}  # so is the total


def test_counts_that_their_sum_tells_get_company_too() -> None:
    assert shown(protect_counts(table({"a": 1, "b": 1, "c": 9}), SMALL)) == {
        "a": "<5", "b": "<5", "c": "hidden"
    }  # fmt: skip
    assert shown(protect_counts(table({"a": 1, "b": 5, "c": 9}), SMALL))["c"] == "hidden"  # 6 = 1 + 5 alone
    assert shown(protect_counts(table({"a": 4, "b": 4}), SMALL)) == {"a": "hidden", "b": "hidden"}


def test_a_total_is_hidden_alone() -> None:
    assert shown(protect_counts({(): Cell(3, 3)}, SMALL)) == {"": "<5"}
    assert shown(protect_counts({(): Cell(7, 7)}, SMALL)) == {"": 7}


def test_what_is_missing_is_not_hidden() -> None:
    cells = protect_counts(table({"a": 3, "b": 9}) | {("c",): Cell(None, 0, "missing")}, SMALL)
    assert cells[("c",)] == Cell(None, 0, "missing")


def test_a_normal_band_among_small_numbers_is_left_out() -> None:
    cells = protect_counts({("a",): Cell(9, 9, "value", 0, 4.9), ("b",): Cell(9, 9, "value", 1, 12)}, SMALL)
    assert cells == {("a",): Cell(9, 9), ("b",): Cell(9, 9, "value", 1, 12)}
    few = protect_counts({(): Cell(2, 2, "value", 6, 12)}, SMALL)
    assert few[()] == Cell(None, 0, "suppressed", None, 4)


def test_a_secret_of_another_table_is_hidden_here_and_its_own_row_needs_no_company() -> None:
    values = {"a x": 9, "a y": 0, "b x": 20, "b y": 6, "c x": 2, "c y": 0}
    cells = protect_counts(table(values), SMALL, {("a", "x"), ("a", "y"), ("c", "x"), ("c", "y")})
    assert shown(cells) == {"a x": "hidden", "a y": 0, "b x": 20, "b y": 6, "c x": "<5", "c y": 0}


def test_a_mean_needs_ten_behind_it_and_does_not_tell_a_secret_count() -> None:
    cells: dict[Key, Cell] = {("a",): Cell(0.0, 10), ("b",): Cell(3.5, 9), ("c",): Cell(3.5, 50),
             ("d",): Cell(None, 3, "missing"), ("e",): Cell(None, 30, "missing")}  # fmt: skip
    assert protect_means(cells, 10, {("c",), ("e",)}) == {
        ("a",): Cell(0.0, 10), ("b",): Cell(None, 0, "suppressed"), ("c",): Cell(None, 0, "suppressed"),
        ("d",): Cell(None, 0, "missing"), ("e",): Cell(None, 0, "missing"),
    }  # fmt: skip


def of_groups(persons: Mapping[str, int]) -> dict[Key, Cell]:
    """Ten hours for each person."""
    return {tuple(name.split()): Cell(10.0 * n, n) for name, n in persons.items()}


def test_an_amount_about_few_persons_is_hidden_and_the_next_smallest_group_with_it() -> None:
    protected = protect_groups(of_groups({"a": 3, "b": 9, "c": 20, "d": 0}), SMALL)
    assert shown(protected) == {"a": "hidden", "b": "hidden", "c": 200, "d": 0}
    assert {cell.n for cell in protected.values()} == {0, 20}


def test_groups_that_are_hidden_together_are_enough_persons_together() -> None:
    protected = protect_groups(of_groups({"a": 1, "b": 2, "c": 6, "d": 20}), SMALL)
    assert shown(protected) == {"a": "hidden", "b": "hidden", "c": "hidden", "d": 200}
    enough = protect_groups(of_groups({"a": 3, "b": 2, "c": 6}), SMALL)
    assert shown(enough) == {"a": "hidden", "b": "hidden", "c": 60}


def test_only_what_stands_under_one_total_keeps_company() -> None:
    protected = protect_groups(of_groups({"care a": 3, "care b": 9, "health a": 30, "health b": 7}), SMALL)
    assert shown(protected) == {"care a": "hidden", "care b": "hidden", "health a": 300, "health b": 70}
    assert shown(protect_groups(of_groups({"a": 0, "b": 0}), SMALL)) == {"a": 0, "b": 0}
    alone = protect_groups(of_groups({"care a": 3, "care b": 9}), SMALL, has_totals=False)
    assert shown(alone) == {"care a": "hidden", "care b": 90}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1))
def test_no_total_tells_what_so_few_persons_had(persons: dict[str, int]) -> None:
    protected = protect_groups(of_groups(persons), SMALL)
    dark = [persons[name] for (name,), cell in protected.items() if cell.value is None]
    assert all(cell.value is None or not 0 < cell.n < SMALL for cell in protected.values())
    assert not dark or sum(dark) >= SMALL or all(persons[n] in (0, *dark) for n in persons)


def test_a_small_part_of_a_large_group_is_shown_and_of_a_small_one_is_not() -> None:
    cells = table({"a": 3, "b": 3, "c": 0, "d": 2})
    protected = protect_parts(cells, {("a",): 112, ("b",): 4, ("c",): None, ("d",): None}, SMALL)
    assert shown(protected) == {"a": 3, "b": "hidden", "c": 0, "d": "hidden"}


def test_bounds_without_a_value_need_as_many_behind_them_as_a_value() -> None:
    enough, few = Cell(None, 10, "preliminary", 0.9, 1), Cell(None, 9, "preliminary", 0.9, 1)
    assert protect_means({("a",): enough, ("b",): few}, 10) == {
        ("a",): enough, ("b",): Cell(None, 0, "suppressed"),
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from("abcdefg"), counts, min_size=2))
def test_nobody_can_compute_a_hidden_count_from_the_total(values: dict[str, float]) -> None:
    assert_protected(table(values), [[(name,) for name in sorted(values)]])


@given(st.lists(counts, min_size=9, max_size=9))
def test_nobody_can_compute_a_hidden_count_from_the_totals_of_rows_and_columns(values: list[float]) -> None:
    keys: list[Key] = list(product(ROWS, COLUMNS))
    cells = {key: Cell(value, int(value)) for key, value in zip(keys, values, strict=True)}
    rows: list[list[Key]] = [[(row, column) for column in COLUMNS] for row in ROWS]
    columns: list[list[Key]] = [[(row, column) for row in ROWS] for column in COLUMNS]
    assert_protected(cells, rows + columns)


def assert_protected(cells: dict[Key, Cell], lines: list[list[Key]]) -> None:
    protected = protect_counts(cells, SMALL)
    for line in lines:
        if 0 < sum(cells[key].value or 0 for key in line) < SMALL:
            continue  # this total is not shown
        dark = [key for key in line if protected[key].state == "suppressed"]
        assert len(dark) != 1
        rest = sum(int(cells[key].value or 0) for key in dark)
        for key in dark:
            assert protected[key][:2] == (None, 0)
            if 0 < (cells[key].value or 0) < SMALL:
                told = [protected[other].upper == 4 for other in dark if other != key]
                assert len(possible(rest, protected[key].upper == 4, told)) > 1, (cells, protected)
    few = {key for key, cell in cells.items() if 0 < (cell.value or 0) < SMALL}
    assert few <= {key for key, cell in protected.items() if cell.state == "suppressed"}


def possible(rest: int, is_few: bool, others: list[bool]) -> list[int]:
    """What a reader can believe of a hidden count: the others are few, or zero or many."""
    sums = {0}
    for few in others:
        steps: Iterable[int] = range(1, SMALL) if few else [0, *range(SMALL, rest + 1)]
        sums = {total + step for total in sums for step in steps if total + step <= rest}
    own = range(1, SMALL) if is_few else range(rest + 1)
    return [value for value in own if rest - value in sums]
