"""Random lives of placements against plain Python: days one by one, any order, any repetition."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from schemas import placements as p
from schemas.envelope import Event, Fact
from streams.folds.days import STILL_DAY, day_number
from streams.folds.placement import PlacementRow, fold
from streams.history import History, micros
from tests.placing import noon, tell

FIRST = date(2026, 1, 1)
LAST = 60
days = st.integers(0, LAST)


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def event(number: int, day: int, fact: Fact) -> Event:
    return tell("a", fact, on(day).isoformat(), what=f"{type(fact).__name__} {number}")


@st.composite
def lives(draw: st.DrawFn) -> tuple[int, int | None, list[tuple[int, int, float]], list[tuple[int, str]]]:
    """Start, end, prices (told on, from, kr) and moves (day, provider)."""
    start = draw(st.integers(0, 30))
    end = draw(st.one_of(st.none(), st.integers(start, LAST)))
    prices = draw(st.lists(st.tuples(days, days, st.integers(1, 9_000).map(float)), max_size=4,
                           unique_by=lambda price: price[0]))  # fmt: skip
    last = LAST if end is None else end
    moves = draw(st.lists(st.tuples(st.integers(start, last), st.sampled_from(["B2", "B3"])), max_size=3,
                          unique_by=lambda move: move[0]))  # fmt: skip
    return start, end, sorted(prices), sorted(moves)


def told(life: tuple[int, int | None, list[tuple[int, int, float]], list[tuple[int, str]]]) -> list[Event]:
    start, end, prices, moves = life
    events = [event(0, start, p.PlacementStarted(on=on(start), provider="B1"))]
    for number, (said, since, price) in enumerate(prices):
        events.append(event(number, said, p.PriceSet(from_on=on(since), daily_price_kr=price)))
    for number, (day, provider) in enumerate(moves):
        moved = tell("a", p.PlacementMoved(on=on(day), to_provider=provider), on(day).isoformat(),
                     what=f"move {number}", sequence=1)  # fmt: skip
        events.append(moved)
    if end is not None:
        closing = p.PlacementEnded(on=on(end))
        events.append(tell("a", closing, on(end).isoformat(), sequence=2))
    return events


def folded(events: list[Event]) -> PlacementRow:
    history = History([])
    for each in events:
        history.hear(each, micros(each.recordedtime))
    return fold(history.living()[0])


def day_by_day(row: PlacementRow) -> dict[int, tuple[str, float | None]]:
    """Provider and price of each day of the row's spans; an open one until the last day of the test."""
    until = [min(end, day_number(on(LAST)) + 1) for end in row.spans__until_on]
    spans = zip(row.spans__from_on, until, row.spans__provider, row.spans__daily_kr, strict=True)
    return {day: (provider, price) for since, end, provider, price in spans for day in range(since, end)}


def truth(
    life: tuple[int, int | None, list[tuple[int, int, float]], list[tuple[int, str]]],
) -> dict[int, Any]:
    """The same, asked of each day: the last provider moved to, the newest price that holds."""
    start, end, prices, moves = life
    found: dict[int, Any] = {}
    for day in range(start, LAST + 1 if end is None else end):
        provider = ["B1", *(name for moved, name in moves if moved <= day)][-1]
        valid = [(since, place) for place, (_, since, _) in enumerate(prices) if since <= day]
        found[day_number(on(day))] = (provider, prices[max(valid)[1]][2] if valid else None)
    return found


@given(life=lives())
def test_every_day_has_the_provider_and_price_that_plain_python_says(life: Any) -> None:
    assert day_by_day(folded(told(life))) == truth(life)


@given(life=lives(), data=st.data())
def test_any_order_and_any_repetition_gives_the_same_row(life: Any, data: st.DataObject) -> None:
    events = told(life)
    again = data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events), max_size=4))]))
    assert folded(again) == folded(events)


@given(life=lives())
def test_spans_follow_each_other_and_cover_the_stay(life: Any) -> None:
    row = folded(told(life))
    assert row.spans__from_on[1:] == row.spans__until_on[:-1]
    assert row.spans__from_on[0] == row.start_on
    assert row.spans__until_on[-1] == (STILL_DAY if row.end_on is None else row.end_on)
    assert all(since <= until for since, until in zip(row.spans__from_on, row.spans__until_on, strict=True))


def test_noon_of_the_first_day_lies_in_that_day() -> None:
    assert noon(FIRST.isoformat()).date() == FIRST
