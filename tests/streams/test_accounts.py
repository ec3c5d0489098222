from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from streams.accounts import runs, told
from streams.lanes import Stretch
from warehouse.archive import Told


@given(st.sets(st.integers(0, 60)))
def test_runs_cover_the_offsets_and_no_other(offsets: set[int]) -> None:
    found = list(runs(sorted(offsets)))
    assert {offset for first, after in found for offset in range(first, after)} == offsets
    assert all(after < first for (_, after), (first, _) in pairwise(found))


def test_what_was_read_and_what_of_it_was_no_news_are_told_by_partition() -> None:
    stretches = [Stretch("cases", 0, [4, 5, 6, 9], [0] * 4, [b""] * 4), Stretch("hours", 1, [0], [0], [b""])]
    assert told(stretches, [("cases", 0, 6), ("cases", 0, 5)]) == [
        Told("cases", 0, "seen", 4, 7), Told("cases", 0, "seen", 9, 10), Told("hours", 1, "seen", 0, 1),
        Told("cases", 0, "duplicate", 5, 7),
    ]  # fmt: skip
