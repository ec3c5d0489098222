from __future__ import annotations

from streams.limits import WINDOW, DeadLetterLimit


def test_good_events_with_some_bad_ones_never_stop_a_partition() -> None:
    limit = DeadLetterLimit()
    assert not any(limit.see(number % 3 == 0) for number in range(5 * WINDOW))


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
