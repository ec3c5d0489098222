from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.limits import WINDOW, DeadLetterLimit


def test_good_events_with_some_bad_ones_never_stop_a_partition() -> None:
    limit = DeadLetterLimit()
    assert not any(limit.see(number % 100 == 0) for number in range(5 * WINDOW))  # 1 %, which must flow


def test_a_run_of_bad_events_stops_the_partition_at_its_limit() -> None:
    limit = DeadLetterLimit(run=50)
    seen = [limit.see(True) for _ in range(50)]
    assert seen == [False] * 49 + [True]


def test_a_good_event_ends_the_run() -> None:
    limit = DeadLetterLimit(run=3)
    assert [limit.see(bad) for bad in (True, True, False, True, True)] == [False] * 5


def test_more_than_the_share_of_the_last_thousand_stops_the_partition() -> None:
    limit = DeadLetterLimit(share=0.5)
    stopped = [limit.see(number % 5 != 0) for number in range(WINDOW)]
    assert not any(stopped[:-1])
    assert stopped[-1]


def test_what_lies_before_the_last_thousand_is_forgotten() -> None:
    limit = DeadLetterLimit(share=0.5)
    for number in range(WINDOW):
        limit.see(number % 2 == 0)
    assert not any(limit.see(False) for _ in range(WINDOW))
    assert not any(limit.see(number % 2 == 0) for number in range(WINDOW))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2 * WINDOW)), max_size=8))
def test_many_good_events_at_once_count_as_one_by_one(told: list[tuple[bool, int]]) -> None:
    at_once, singly = DeadLetterLimit(), DeadLetterLimit()
    for bad, good in told:
        for limit in (at_once, singly):
            limit.see(bad)
        at_once.see_good(good)
        for _ in range(good):
            singly.see(False)
    assert at_once == singly
