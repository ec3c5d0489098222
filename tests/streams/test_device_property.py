"""Random lives of devices, doses and alarms against plain Python: any order, any repetition, the same row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from schemas import devices as d
from schemas.envelope import Event, Fact
from streams.folds import alarm, dose
from streams.folds.device import fold_device, fold_device_day, fold_rent_month
from streams.history import History, micros
from streams.kinds import BY_NAME
from streams.rows import fold_row, fold_rows
from tests.dispensing import at, device, due, installed, raised, tell

hours = st.integers(0, 400)
FOLDS: dict[str, Any] = {
    "device": fold_device,
    "device_day": fold_device_day,
    "dose": dose.fold,
    "alarm": alarm.fold,
    "rent_month": fold_rent_month,
}
FACTS: dict[str, tuple[Fact, ...]] = {
    "device": (
        installed(baseline_visits=80.0),
        installed("syd", "ann"),
        d.DeviceRefilled(),
        d.DeviceRemoved(),
    ),
    "device_day": (d.DeviceAlive(device=device("a"), on=date(2026, 3, 2)),),
    "dose": (due(at(0), "a"), due(at(3)), d.DoseTaken(), d.DoseTaken(late=True), d.DoseMissed()),
    "alarm": (raised("a"), d.AlarmAcknowledged(), d.AlarmHandled(how="phone")),
    "rent_month": (d.RentBooked(month=date(2026, 7, 1), unit="norr", amount_kr=100.0),),
}


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What may be told of one entity, corrections and retractions among it."""
    kind = draw(st.sampled_from(sorted(FACTS)))
    events: list[Event] = []
    for number in range(draw(st.integers(1, 5))):
        fact, told = draw(st.sampled_from(FACTS[kind])), at(0, draw(hours))
        for version in range(draw(st.integers(1, 2))):
            events.append(tell("a", fact, told, what=f"{type(fact).__name__} {number}",
                               sequence=draw(st.integers(0, 1)), recordedtime=at(20, number + version),
                               retracted=draw(st.sampled_from([False, False, True]))))  # fmt: skip
    return events


def folded(events: Sequence[Event]) -> Any:
    history = History([])
    for each in events:
        history.hear(each, micros(each.recordedtime))
    return FOLDS[events[0].data.KIND](history.living()[0])


@given(events=histories(), data=st.data())
def test_any_order_and_any_repetition_gives_the_same_row(events: list[Event], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events), max_size=4))]))
    assert folded(again) == folded(events)


@given(events=histories(), data=st.data())
def test_a_dose_has_one_row_in_the_table_whatever_day_it_was_on_before(
    events: list[Event], data: st.DataObject
) -> None:
    """The table is sorted by day: what is told in any order must leave no row on another day."""
    kind, history, entity = BY_NAME[events[0].data.KIND], History([]), events[0].subject
    stored: dict[object, tuple[Any, ...]] = {}
    for each in data.draw(st.permutations(events)):
        history.hear(each, micros(each.recordedtime))
        for row in fold_rows(kind, entity, history, 1):
            day = row[kind.columns.index("day")] if kind.day_of else None
            stored[day] = max(stored.get(day, row), row, key=lambda row: row[2])
    standing = fold_row(kind, entity, history, 1)
    assert [row for row in stored.values() if not row[3]] == ([] if standing[3] else [standing])


@given(steps=st.lists(st.tuples(hours, st.booleans()), max_size=8, unique_by=lambda step: step[0]))
def test_a_device_is_in_a_home_whenever_the_last_thing_told_was_an_installation(
    steps: list[tuple[int, bool]],
) -> None:
    facts = [(hour, installed() if comes else d.DeviceRemoved()) for hour, comes in steps]
    row = folded(
        [tell("a", fact, at(0, hour), what=f"{hour}") for hour, fact in facts]
        or [tell("a", d.DeviceRefilled(), at(0))]
    )
    for hour in range(0, 400, 7):
        now = micros(at(0, hour))
        before = [comes for told, comes in sorted(steps) if told <= hour]
        there = any(
            since <= now < until for since, until in zip(row.lives__from, row.lives__until, strict=True)
        )
        assert there is (bool(before) and before[-1])


@given(
    taken=st.none() | st.integers(-120, 300),
    missed=st.none() | st.integers(-120, 300),
    window=st.integers(0, 180),
)
def test_a_dose_is_taken_or_missed_only_where_somebody_told_so(
    taken: int | None, missed: int | None, window: int
) -> None:
    events = [tell("a", due(at(1), window_minutes=float(window)), at(0))]
    events += [] if taken is None else [tell("a", d.DoseTaken(), at(1, 0, taken))]
    events += [] if missed is None else [tell("a", d.DoseMissed(), at(1, 0, missed))]
    outcome = folded(events).outcome
    if outcome == "taken":
        assert taken is not None
        assert missed is None
        assert 0 <= taken <= window
    if outcome == "missed":
        assert missed is not None
        assert taken is None
    if taken is None and missed is None:
        assert outcome == "unknown"
