from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from producers.grouping import Unit, stand_together, subjects
from producers.readers import Record
from schemas.errors import BadEvent


def records(letters: str) -> list[Record]:
    return [(line, [letter, str(line)]) for line, letter in enumerate(letters, 2)]


def groups(letters: str) -> list[Unit]:
    return list(subjects(lambda: iter(records(letters)), 0))


@given(st.text("abcdef", max_size=60))
def test_each_subject_comes_once_with_all_its_rows_in_file_order(letters: str) -> None:
    found = groups(letters)
    expected = {letter: [row for row in records(letters) if row[1][0] == letter] for letter in letters}  # type: ignore[index]
    assert len(found) == len(expected)
    assert all(unit in found for unit in expected.values())


def test_rows_that_stand_together_keep_the_order_of_the_file() -> None:
    assert [unit[0][1][0] for unit in groups("ccaab") if isinstance(unit, list)] == ["c", "a", "b"]


def test_it_is_seen_whether_rows_stand_together() -> None:
    assert stand_together(records("aabbc"), 0)
    assert not stand_together(records("aba"), 0)


def test_a_row_that_cannot_be_read_is_passed_on_by_itself() -> None:
    bad = BadEvent("bad_value")
    for letters in ("aab", "aba"):
        rows: list[Record] = [*records(letters), (9, bad)]

        def read(rows: list[Record] = rows) -> Iterator[Record]:
            return iter(rows)

        assert (9, bad) in list(subjects(read, 0))
        assert len(list(subjects(read, 0))) == 3


def test_one_number_is_one_subject_however_the_file_holds_it() -> None:
    mixed: list[Record] = [
        (n, [cell]) for n, cell in enumerate((Decimal("1.00"), 1.0, "1", 2, None, float("nan")))
    ]
    assert [len(unit) for unit in subjects(lambda: iter(mixed), 0)] == [3, 1, 2]
