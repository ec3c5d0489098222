from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from producers.gateway.limits import Rate


def test_a_minutes_worth_may_come_at_once_and_then_no_more() -> None:
    rate = Rate(60)
    assert [rate.take("a", 20, 100.0) for _ in range(3)] == [0, 0, 0]
    assert rate.take("a", 1, 100.0) == 1.0


def test_who_waits_as_long_as_was_said_is_let_in() -> None:
    rate = Rate(30)
    rate.take("a", 30, 0.0)
    wait_s = rate.take("a", 5, 1.0)
    assert wait_s == 9.0
    assert rate.take("a", 5, 1.0 + wait_s) == 0


def test_a_quiet_hour_saves_up_no_more_than_a_minute() -> None:
    rate = Rate(60)
    assert rate.take("a", 60, 0.0) == 0
    assert rate.take("a", 60, 3600.0) == 0
    assert rate.take("a", 1, 3600.0) == 1.0


def test_one_producer_takes_nothing_from_another() -> None:
    rate = Rate(1)
    assert rate.take("a", 1, 0.0) == 0
    assert rate.take("b", 1, 0.0) == 0
    assert rate.take("a", 1, 0.0) == 60


def test_a_refused_push_costs_nothing() -> None:
    rate = Rate(10)
    assert rate.take("a", 11, 0.0) > 0
    assert rate.take("a", 10, 0.0) == 0


@given(st.lists(st.tuples(st.integers(1, 20), st.floats(0, 30)), max_size=60))
def test_in_no_stretch_of_time_more_is_taken_than_was_full_and_came_since(
    asked: list[tuple[int, float]],
) -> None:
    rate, now, taken = Rate(20), 0.0, 0
    for count, pause in asked:
        now += pause
        taken += count if rate.take("a", count, now) == 0 else 0
        assert taken <= 20 + now * 20 / 60 + 1e-6
