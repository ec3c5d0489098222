"""Random lives of visits and grants against plain Python: minutes and days one by one, any order, any
repetition.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from schemas import hours as h
from schemas.envelope import Event, Fact
from streams.folds import grant
from streams.folds.days import STILL_DAY, day_number
from streams.history import History, Living, micros
from streams.kinds import BY_NAME
from streams.rows import days_ever, fold_row, fold_rows
from tests.placing import tell

EVE = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
FIRST = date(2026, 1, 1)
VISIT = BY_NAME["visit"]
minutes = st.integers(0, 240)


def at(minute: int) -> datetime:
    """Minutes after eleven in the evening, so that some visits lie over midnight."""
    return EVE + timedelta(minutes=minute)


def planned(start: int, length: int) -> Fact:
    return h.VisitPlanned(start_at=at(start), stop_at=at(start + length), unit="north")


def performed(start: int, length: int) -> Fact:
    return h.VisitPerformed(start_at=at(start), stop_at=at(start + length), unit="north", net_minutes=20)


def doubled(start: int, length: int) -> Fact:
    return h.VisitDoubleStaffed(start_at=at(start), stop_at=at(start + length))


def said(fact: Fact, number: int, recorded: int, retracted: bool) -> Event:
    """A version of the fact of that type and number, as it was recorded on a day of March."""
    return tell("a", fact, "2026-03-01", what=f"{type(fact).__name__} {number}", retracted=retracted,
                recordedtime=datetime(2026, 4, recorded, tzinfo=UTC))  # fmt: skip


facts = st.one_of(
    st.builds(planned, minutes, minutes),
    st.builds(performed, minutes, minutes),
    st.builds(doubled, minutes, minutes),
    st.just(h.VisitCancelled()),
)
lives = st.lists(
    st.builds(said, facts, st.integers(0, 1), st.integers(1, 4), st.sampled_from([False] * 3 + [True])),
    min_size=1, max_size=8,
)  # fmt: skip


def history_of(events: list[Event]) -> History:
    history = History([])
    for event in events:
        history.hear(event, micros(event.recordedtime))
    return history


def shuffled(data: st.DataObject, events: list[Event]) -> list[Event]:
    """In any order, some of them twice."""
    return data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events), max_size=3))]))


@given(events=lives, data=st.data())
def test_any_order_and_any_repetition_gives_a_visit_the_same_row(
    events: list[Event], data: st.DataObject
) -> None:
    one, other = history_of(events), history_of(shuffled(data, events))
    # how many versions are archived may depend on the order; what the row says may not
    assert fold_row(VISIT, "9985/visit/a", one, 1)[3:] == fold_row(VISIT, "9985/visit/a", other, 1)[3:]
    assert days_ever(VISIT, one) == days_ever(VISIT, other)


@given(events=lives, data=st.data())
def test_whatever_was_written_on_the_way_one_row_alone_holds(
    events: list[Event], data: st.DataObject
) -> None:
    kept: dict[int, tuple[Any, ...]] = {}  # as the store keeps the newest version of each day
    history = History([])
    for event in shuffled(data, events):
        history.hear(event, micros(event.recordedtime))
        for row in fold_rows(VISIT, event.subject, history, 1):
            if row[4] not in kept or kept[row[4]][2] <= row[2]:
                kept[row[4]] = row
    holds = fold_row(VISIT, events[0].subject, history, 1)
    assert [row for row in kept.values() if not row[3]] == ([] if holds[3] else [holds])


@given(start=minutes, length=st.integers(1, 240), pieces=st.lists(st.tuples(minutes, minutes), max_size=5))
def test_doubled_minutes_are_those_that_plain_python_counts(
    start: int, length: int, pieces: list[tuple[int, int]]
) -> None:
    visit = h.VisitPerformed(start_at=at(start), stop_at=at(start + length), unit="north")
    row = VISIT.fold([Living(0, fact, ()) for fact in [visit, *(doubled(*piece) for piece in pieces)]])
    there = {minute for begin, long in pieces for minute in range(begin, begin + long)}
    assert row.double_s == 60 * len(there & set(range(start, start + length)))  # type: ignore[attr-defined]
    outside = any(long == 0 or begin < start or begin + long > start + length for begin, long in pieces)
    assert ("double_staffed_outside" in row.flaws) is outside  # type: ignore[attr-defined]


days = st.integers(0, 60)
decisions = st.lists(
    st.tuples(days, st.one_of(st.none(), st.integers(1, 40)), st.integers(0, 20)), max_size=6
)


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def granted(first: int, length: int | None, hours: int) -> h.HoursGranted:
    until = None if length is None else on(first + length)
    return h.HoursGranted(
        service="home_care", unit="north", hours=hours, per="day", from_on=on(first), until_on=until
    )


def truth(told: list[tuple[int, int | None, int]], end: int | None) -> dict[int, int]:
    """Hours of each day until day 101: a later decision takes the days of those that it lies over, from its
    first day on.
    """
    owner: dict[int, int] = {}
    for number, (first, length, _) in enumerate(told):
        own = range(first, 101 if length is None else first + length)
        under = {owner[day] for day in own if day in owner}
        owner = {day: other for day, other in owner.items() if other not in under or day < first}
        owner |= dict.fromkeys(own, number)
    return {day: told[number][2] for day, number in owner.items() if end is None or day < end}


@given(told=decisions, end=st.one_of(st.none(), days))
def test_every_day_has_the_hours_that_plain_python_says(
    told: list[tuple[int, int | None, int]], end: int | None
) -> None:
    facts: list[Fact] = [granted(*decision) for decision in told]
    if end is not None:
        facts.append(h.GrantEnded(on=on(end)))
    row = grant.fold([Living(number, fact, ()) for number, fact in enumerate(facts)])
    zero, last = day_number(FIRST), day_number(on(101))
    stretches = zip(row.steps__from_on, row.steps__until_on, row.steps__hours, strict=True)
    found = {day - zero: hours for first, until, hours in stretches for day in range(first, min(until, last))}
    assert found == truth(told, end)
    assert row.steps__from_on == sorted(row.steps__from_on)
    assert all(until == STILL_DAY or until <= last for until in row.steps__until_on)
