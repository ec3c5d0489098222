from __future__ import annotations

from collections.abc import Mapping

import pytest

from warehouse.dependent import protect_dependent
from warehouse.disclosure import protect_tables
from warehouse.lines import Grain, Name, Release, lines_of
from warehouse.privacy import Cell, Key

SMALL = 5
CAUSE, SEX, BOTH = ("cause",), ("sex",), ("cause", "sex")
Raw = dict[Grain, dict[Key, Cell]]


def cross(rows: Mapping[str, Mapping[str, float]]) -> Raw:
    """The cross-table with its margins and total."""
    cells: dict[Key, float] = {
        (cause, sex): value for cause, row in rows.items() for sex, value in row.items()
    }
    found: dict[Grain, dict[Key, float]] = {(): {}, CAUSE: {}, SEX: {}, BOTH: dict(cells)}
    for pair, value in cells.items():
        for grain, key in (((), ()), (CAUSE, pair[:1]), (SEX, pair[1:])):
            found[grain][key] = found[grain].get(key, 0) + value
    return {
        grain: {key: Cell(float(v), int(v)) for key, v in table.items()} for grain, table in found.items()
    }


def told(release: Release, grain: Grain) -> dict[str, float | str | None]:
    return {
        " ".join(key): cell.value if cell.state != "suppressed" else "<5" if cell.upper == 4 else "hidden"
        for key, cell in release.tables[grain].items()
    }


def test_a_small_cell_is_hidden_with_a_rectangle_of_company() -> None:
    release = protect_tables(
        cross({"a": {"k": 3, "m": 20}, "b": {"k": 30, "m": 8}, "c": {"k": 40, "m": 50}}), SMALL
    )
    assert told(release, BOTH) == {"a k": "<5", "a m": "hidden", "b k": "hidden", "b m": "hidden",
                                   "c k": 40, "c m": 50}  # fmt: skip
    assert told(release, CAUSE) == {"a": 23, "b": 38, "c": 90}
    assert release.still == frozenset()


def test_zero_is_shown_and_company_is_no_zero() -> None:
    release = protect_tables(
        cross({"a": {"k": 3, "m": 20}, "b": {"k": 0, "m": 0}, "c": {"k": 40, "m": 50}}), SMALL
    )
    assert told(release, BOTH)["b k"] == told(release, CAUSE)["b"] == 0
    assert told(release, BOTH)["c k"] == "hidden"


def test_a_small_margin_is_hidden_and_so_is_another_margin() -> None:
    release = protect_tables(
        cross({"a": {"k": 3, "m": 0}, "b": {"k": 30, "m": 8}, "c": {"k": 40, "m": 50}}), SMALL
    )
    assert told(release, CAUSE) == {"a": "<5", "b": "hidden", "c": 90}
    assert told(release, ()) == {"": 131}


def test_cells_that_their_sum_tells_are_not_even_called_few() -> None:
    """Two that are 1 to 4 and sum to 8 would both be 4."""
    release = protect_tables(cross({"a": {"k": 4, "m": 4}, "b": {"k": 4, "m": 4}}), SMALL)
    assert sorted(map(str, told(release, BOTH).values())) == ["<5", "hidden", "hidden", "hidden"]


def test_a_reader_who_knows_the_method_cannot_tell_one_from_six() -> None:
    """6 = 1 + 5 alone, when hidden cells that are not few are at least five."""
    release = protect_tables({(): {(): Cell(15, 15)}, CAUSE: {("a",): Cell(1, 1), ("b",): Cell(5, 5),
                              ("c",): Cell(9, 9)}}, SMALL)  # fmt: skip
    assert told(release, CAUSE)["c"] == "hidden"


def test_a_total_alone_is_hidden_when_it_is_small() -> None:
    assert protect_tables({(): {(): Cell(3, 3)}}, SMALL).tables == {
        (): {(): Cell(None, 0, "suppressed", None, 4)}
    }


def test_what_is_missing_is_not_hidden() -> None:
    raw = cross({"a": {"k": 7, "m": 20}, "b": {"k": 30, "m": 8}})
    raw[CAUSE][("x",)] = Cell(None, 0, "missing")
    assert protect_tables(raw, SMALL).tables[CAUSE][("x",)] == Cell(None, 0, "missing")


def test_the_same_tables_are_hidden_the_same_way() -> None:
    raw = cross({"a": {"k": 3, "m": 20}, "b": {"k": 30, "m": 8}, "c": {"k": 40, "m": 50}})
    first = protect_tables(raw, SMALL)
    assert protect_tables(raw, SMALL) == first == protect_tables(raw, SMALL, [first])


def test_a_table_stands_still_when_one_cell_alone_becomes_small() -> None:
    """A fell from 5 to 4 and nothing else moved: who remembers 7 beside it would read 4 off the total."""
    raw = cross({"a": {"k": 5, "m": 7}, "b": {"k": 30, "m": 18}})
    later = cross({"a": {"k": 4, "m": 7}, "b": {"k": 30, "m": 18}})
    first = protect_tables(raw, SMALL)
    assert told(first, BOTH)["a k"] == 5
    second = protect_tables(later, SMALL, [first])
    assert second.still == {BOTH}
    assert second.tables[BOTH] == first.tables[BOTH]
    assert told(second, ()) == {"": 59}


def test_a_table_moves_on_when_its_company_has_moved_too() -> None:
    first = protect_tables(cross({"a": {"k": 5, "m": 7}, "b": {"k": 30, "m": 18}}), SMALL)
    second = protect_tables(cross({"a": {"k": 4, "m": 9}, "b": {"k": 33, "m": 16}}), SMALL, [first])
    assert second.still == frozenset()
    assert told(second, BOTH) == {"a k": "<5", "a m": "hidden", "b k": "hidden", "b m": "hidden"}


def test_everything_stands_still_when_a_margin_would_tell() -> None:
    first = protect_tables(cross({"a": {"k": 6, "m": 0}, "b": {"k": 30, "m": 18}}), SMALL)
    second = protect_tables(cross({"a": {"k": 4, "m": 0}, "b": {"k": 30, "m": 18}}), SMALL, [first])
    assert second == Release(first.tables, frozenset(first.tables))


def test_a_hidden_cell_stays_hidden_while_showing_it_would_tell_what_it_was() -> None:
    first = protect_tables(cross({"a": {"k": 4, "m": 9}, "b": {"k": 33, "m": 16}}), SMALL)
    second = protect_tables(cross({"a": {"k": 5, "m": 9}, "b": {"k": 33, "m": 16}}), SMALL, [first])
    assert [value for value in told(second, BOTH).values() if value != "hidden"] == []


def test_a_person_in_two_cells_is_counted_once_in_the_total() -> None:
    """The causes sum to more than the total; nothing breaks, and no cell is alone."""
    raw = cross({"a": {"k": 3, "m": 20}, "b": {"k": 30, "m": 8}, "c": {"k": 40, "m": 50}})
    raw[()][()] = Cell(140, 140)
    raw[SEX][("k",)] = Cell(66, 66)
    release = protect_tables(raw, SMALL, overlapping=["cause"])
    assert [list(told(release, BOTH).values()).count(mark) for mark in ("<5", "hidden")] == [1, 3]


@pytest.mark.parametrize("overlapping", [[], ["cause"]])
def test_every_line_of_linked_tables_is_known(overlapping: list[str]) -> None:
    lines = lines_of(cross({"a": {"k": 3, "m": 20}, "b": {"k": 30, "m": 8}}), overlapping)
    totals: dict[Name, bool] = {line.total: line.exact for line in lines if line.total[0]}
    assert totals == {(CAUSE, ("a",)): True, (CAUSE, ("b",)): True, (SEX, ("k",)): not overlapping,
                      (SEX, ("m",)): not overlapping}  # fmt: skip
    assert [line.exact for line in lines if not line.total[0]] == [not overlapping, True]


def test_margins_that_no_table_shows_link_the_tables_all_the_same() -> None:
    raw = cross({"a": {"k": 3, "m": 20}, "b": {"k": 30, "m": 8}})
    release = protect_tables({(): raw[()], BOTH: raw[BOTH]}, SMALL)
    assert list(told(release, BOTH).values()).count("hidden") == 1


DAYS = {"a": {"k": 90, "m": 600}, "b": {"k": 900, "m": 240}, "c": {"k": 1200, "m": 1500}}
PERSONS = {"a": {"k": 3, "m": 20}, "b": {"k": 30, "m": 8}, "c": {"k": 40, "m": 50}}


def amounts() -> Raw:
    persons, days = cross(PERSONS), cross(DAYS)
    return {
        grain: {key: Cell(cell.value, persons[grain][key].n) for key, cell in table.items()}
        for grain, table in days.items()
    }


def test_amounts_are_hidden_where_the_count_is() -> None:
    release = protect_dependent(amounts(), protect_tables(cross(PERSONS), SMALL), 5, "sum")
    assert told(release, BOTH) == {"a k": "hidden", "a m": "hidden", "b k": "hidden", "b m": "hidden",
                                   "c k": 1200, "c m": 1500}  # fmt: skip
    assert told(release, CAUSE) == {"a": 690, "b": 1140, "c": 2700}


def test_an_amount_that_one_provider_stands_for_is_hidden_with_company() -> None:
    raw = amounts()
    raw[BOTH]["c", "k"] = raw[BOTH]["c", "k"]._replace(top=0.86)
    raw[CAUSE][("b",)] = raw[CAUSE][("b",)]._replace(top=0.85)
    release = protect_dependent(raw, Release({}), 5, "sum")
    assert told(release, BOTH)["c k"] == told(release, BOTH)["c m"] == "hidden"
    assert list(told(release, BOTH).values()).count("hidden") == 4
    assert release.tables[CAUSE][("b",)] == Cell(1140, 38)


def test_a_mean_over_fewer_than_ten_is_hidden_with_company_and_a_median_alone() -> None:
    raw = amounts()
    assert told(protect_dependent(raw, Release({}), 10, "median"), BOTH) == {
        "a k": "hidden", "a m": 600, "b k": 900, "b m": "hidden", "c k": 1200, "c m": 1500
    }  # fmt: skip
    shown = told(protect_dependent(raw, Release({}), 10, "mean"), BOTH)
    assert list(shown.values()).count("hidden") == 4


def test_bounds_without_a_value_are_hidden_where_too_few_stand_behind_them() -> None:
    few = Cell(None, 9, "preliminary", 0.9, 1)
    release = protect_dependent({(): {(): few}, CAUSE: {("a",): few._replace(n=10)}}, Release({}), 10, "mean")
    assert release.tables[()][()].state == "suppressed"
    assert release.tables[()][()].lower is None
    assert release.tables[CAUSE][("a",)] == few._replace(n=10)


def test_amounts_stand_still_with_their_counts() -> None:
    first = protect_dependent(amounts(), Release({}), 5, "sum")
    counts = Release(cross(PERSONS), frozenset({BOTH}))
    raw = amounts()
    raw[BOTH]["c", "m"] = Cell(1501, 50)
    second = protect_dependent(raw, counts, 5, "sum", first)
    assert second.tables[BOTH] == first.tables[BOTH]
    assert second.still == {BOTH}
