"""Mittköping's committee: its meetings, decisions, targets and notes, always the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise, takewhile

from producers.synthetic.committee import committee_timeline, meeting_day
from producers.synthetic.generator import Town
from schemas.codec import decode, encode
from schemas.envelope import Event
from schemas.governance import EVENTS, DecisionRecorded, MeetingHeld, NoteAdded, TargetSet
from schemas.municipality import municipality
from warehouse.contracts import load

TOWN = Town(7, 1.0, datetime(2026, 11, 22, 15, tzinfo=UTC))


def told(since: datetime | None = None) -> list[Event]:
    return list(takewhile(lambda each: each.recordedtime <= TOWN.anchor, committee_timeline(TOWN, since)))


def test_all_kinds_are_told_in_order_and_the_hub_takes_them() -> None:
    events = told()
    assert {type(event.data) for event in events} == set(EVENTS)
    assert all(decode(encode(event)) == event for event in events)
    assert all(one.recordedtime <= other.recordedtime for one, other in pairwise(events))
    assert len({event.id for event in events}) == len(events)


def test_any_stretch_of_time_is_told_alone() -> None:
    middle = datetime(2026, 1, 15, 15, tzinfo=UTC)
    assert told(middle) == [event for event in told() if event.recordedtime > middle]


def test_it_meets_on_the_third_thursday_but_in_july() -> None:
    days = [event.data.on for event in told() if isinstance(event.data, MeetingHeld)]
    assert len(days) == 23
    assert date(2026, 10, 15) in days
    assert not {day for day in days if day.month == 7 or day.weekday() != 3}
    assert meeting_day(date(2026, 5, 1)) == date(2026, 5, 21)


def test_each_target_has_a_history_and_its_decision_is_told() -> None:
    events = told()
    decisions = {event.data.decision for event in events if isinstance(event.data, DecisionRecorded)}
    targets = [event for event in events if isinstance(event.data, TargetSet)]
    assert {event.data.decision for event in targets} <= decisions
    assert {event.subject for event in targets} == {
        event.subject for event in targets if event.data.from_on.year == 2026
    }
    assert len(targets) == 3 * len({event.subject for event in targets})


def test_what_is_aimed_at_and_noted_are_metrics_of_the_committee_with_parts_that_there_are() -> None:
    place = municipality("9999")
    for event in told():
        fact = event.data
        if isinstance(fact, (TargetSet, NoteAdded)):
            metric = load()[fact.metric]
            assert metric.audience == "committee"
            assert fact.dimension is None or fact.dimension in metric.dimensions
            assert fact.code is None or fact.code in place.names(fact.dimension or "")
