"""What the generator must be: the same each time, acceptable to the hub, varied, and plausible."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, takewhile

import pytest

from producers.synthetic import model
from producers.synthetic.generator import Town, history, timeline
from producers.synthetic.steps import STEPS
from producers.synthetic.surroundings import alive
from producers.synthetic.workdays import local_date, to_utc
from schemas.cases import EVENTS, BalanceObserved
from schemas.codec import check_clock, content_hash, decode, encode
from schemas.envelope import Event
from schemas.municipality import municipality
from schemas.reference import FteSet, PopulationSet
from schemas.workdays import is_workday

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
SIZE = 0.05


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return list(history(7, NOW, SIZE))


def test_the_same_seed_gives_the_same_bytes(events: list[Event]) -> None:
    assert [encode(e) for e in history(7, NOW, SIZE)] == [encode(e) for e in events]


def test_another_seed_gives_another_town(events: list[Event]) -> None:
    other = {e.id for e in islice(history(8, NOW, SIZE), 1000) if "/case/" in e.subject}
    assert not other & {e.id for e in events}


def test_a_later_hour_of_the_same_day_adds_at_the_end_only(events: list[Event]) -> None:
    earlier = NOW - timedelta(hours=40)
    first = list(history(7, earlier, SIZE, anchor=NOW))
    assert first == events[: len(first)]
    assert all(e.recordedtime > earlier for e in events[len(first) :])


def test_events_come_in_the_order_in_which_they_were_recorded(events: list[Event]) -> None:
    assert all(a.recordedtime <= b.recordedtime for a, b in pairwise(events))


def test_every_event_is_accepted_by_the_hub(events: list[Event]) -> None:
    for event in [*events, alive(NOW)]:
        assert decode(encode(event)) == event
        check_clock(event, NOW)
        assert event.time <= event.recordedtime


def test_every_kind_of_event_occurs_but_the_snapshot(events: list[Event]) -> None:
    assert {type(e.data) for e in events} == {*EVENTS, FteSet, PopulationSet} - {BalanceObserved}


def test_an_id_belongs_to_one_fact(events: list[Event]) -> None:
    facts: dict[str, tuple[str, type, int]] = {}
    for event in events:
        fact = (event.subject, type(event.data), event.sequence)
        assert facts.setdefault(event.id, fact) == fact


def test_there_are_late_registrations_corrections_and_retractions(events: list[Event]) -> None:
    late = sum(e.recordedtime - e.time > timedelta(days=1) for e in events if "/case/" in e.subject)
    reasons = Counter(e.reason for e in events)
    assert late > 0.03 * len(events)
    assert all(
        reasons[reason] > 5 for reason in ("wrong_time", "wrong_code", "wrong_unit", "registered_by_mistake")
    )
    assert sum(e.retracted for e in events) == reasons["registered_by_mistake"]


def test_a_later_version_says_something_else(events: list[Event]) -> None:
    latest: dict[str, Event] = {}
    for event in events:
        before = latest.get(event.id)
        assert before is None or content_hash(before) != content_hash(event)
        latest[event.id] = event


def test_what_may_follow_on_a_node_adds_up_to_all() -> None:
    for path in {kind.path for kind in (*model.TYPES, *model.ON_CALL, *model.TRICKLE)}:
        nodes = model.PATHS[path]
        for node, ways in nodes.items():
            assert sum(way.weight for way in ways) == pytest.approx(100), (path, node)
            assert all(way.step in STEPS and (way.to == "" or way.to in nodes) for way in ways)


def test_the_units_are_those_of_the_settings(events: list[Event]) -> None:
    assert {e.data.unit for e in events if getattr(e.data, "unit", None)} == set(municipality("9999").units)
    assert set(model.FTE) == set(municipality("9999").units)


def test_size_one_is_about_sixty_thousand_cases(events: list[Event]) -> None:
    cases = {e.subject for e in events if "/case/" in e.subject}
    assert 0.9 * 60_000 < len(cases) / SIZE < 1.1 * 60_000


def test_few_cases_come_in_when_offices_are_shut(events: list[Event]) -> None:
    openings = Counter(local_date(e.time) for e in events if e.sequence == 0 and "/case/" in e.subject)
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(600)]
    work = [openings[day] for day in days if is_workday(day)]
    shut = [openings[day] for day in days if not is_workday(day)]
    assert sum(shut) / len(shut) < 0.4 * sum(work) / len(work)


def test_live_goes_on_where_history_ended_without_gap_or_overlap() -> None:
    town, middle, end = Town(7, SIZE, NOW), NOW + timedelta(hours=7), NOW + timedelta(days=3)
    whole = list(history(7, end, SIZE, anchor=NOW))
    first = list(history(7, middle, SIZE, anchor=NOW))
    rest = list(takewhile(lambda e: e.recordedtime <= end, timeline(town, since=middle)))
    assert first + rest == whole


def test_something_happens_at_night_once_the_town_is_live() -> None:
    night = NOW + timedelta(hours=8)
    stream = timeline(Town(7, SIZE, NOW), since=night)
    told = list(takewhile(lambda e: e.recordedtime <= night + timedelta(hours=2), stream))
    assert len(told) > 2 * 2 * model.TRICKLE_PER_HOUR


def test_every_case_ends_within_the_lookback_of_its_type() -> None:
    longest = max(kind.lookback for kind in (*model.TYPES, *model.ON_CALL))
    assert all(kind.lookback <= max(k.lookback for k in model.TYPES) for kind in model.ON_CALL)
    spans: dict[str, list[datetime]] = {}
    for event in history(11, NOW, 0.02):
        if "/case/" in event.subject:
            spans.setdefault(event.subject, []).append(event.recordedtime)
    assert max(max(times) - min(times) for times in spans.values()) < timedelta(days=longest)


def test_local_times_on_nights_when_clocks_change() -> None:
    assert to_utc(datetime(2026, 10, 25, 2, 30)) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True)
    assert to_utc(datetime(2026, 10, 25, 3, 0)) == (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), False)
    assert to_utc(datetime(2026, 3, 29, 2, 30)) == (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), False)
    assert to_utc(datetime(2026, 7, 1, 0, 0)) == (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), False)
