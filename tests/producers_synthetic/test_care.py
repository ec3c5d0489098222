"""What Mittköping's hours and devices must be: the same each time, acceptable to the hub, plausible."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from typing import TypeVar

import pytest

from producers.synthetic.care.assistance import cases
from producers.synthetic.care.clients import present
from producers.synthetic.care.dispensers import dispensers
from producers.synthetic.care.generator import care_alive, care_history, care_timeline, told_of
from producers.synthetic.care.model import DEVICES_SOURCE, HOURS_SOURCE, begins
from producers.synthetic.care.telling import clock
from producers.synthetic.care.visits import visits_of
from producers.synthetic.generator import Town
from schemas import assistance as a
from schemas import devices as d
from schemas import hours as h
from schemas import staffing as s
from schemas.codec import check_clock, content_hash, decode, encode
from schemas.envelope import Event
from schemas.municipality import municipality
from schemas.reference import FteSet, HourlyRateSet, UnitPriceSet

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
SIZE = 0.15
WHOLE = Town(7, 1.0, NOW)
DAY = timedelta(days=1)
F = TypeVar("F")


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return list(care_history(7, NOW, SIZE))


def facts(events: list[Event], kind: type[F]) -> list[F]:
    return [e.data for e in events if isinstance(e.data, kind)]


def test_the_same_seed_gives_the_same_bytes(events: list[Event]) -> None:
    assert [encode(e) for e in care_history(7, NOW, SIZE)] == [encode(e) for e in events]


def test_an_earlier_hour_of_the_same_town_is_the_beginning_of_it() -> None:
    whole, earlier = list(care_history(3, NOW, 0.02)), NOW - timedelta(hours=40)
    first = list(care_history(3, earlier, 0.02, anchor=NOW))
    assert first == whole[: len(first)]
    assert all(e.recordedtime > earlier for e in whole[len(first) :])


def test_live_goes_on_where_history_ended_without_gap_or_overlap() -> None:
    town, middle, end = Town(7, 0.05, NOW), NOW + timedelta(hours=7), NOW + timedelta(days=45)
    whole = list(care_history(7, end, 0.05, anchor=NOW))
    first = list(care_history(7, middle, 0.05, anchor=NOW))
    rest = list(takewhile(lambda e: e.recordedtime <= end, care_timeline(town, since=middle)))
    assert first + rest == whole


def test_events_come_in_the_order_in_which_they_were_recorded(events: list[Event]) -> None:
    assert all(a.recordedtime <= b.recordedtime for a, b in pairwise(events))


def test_every_event_is_accepted_by_the_hub(events: list[Event]) -> None:
    for event in [*events, *care_alive(NOW)]:
        assert decode(encode(event)) == event
        check_clock(event, NOW)
        assert event.time <= event.recordedtime


def test_devices_and_hours_are_told_by_sources_of_their_own(events: list[Event]) -> None:
    sources = {(e.data.TOPIC, e.source) for e in events}
    assert sources == {("hours", HOURS_SOURCE), ("devices", DEVICES_SOURCE), ("reference", HOURS_SOURCE)}
    assert {(e.data.topic, e.source) for e in care_alive(NOW)} == {
        ("hours", HOURS_SOURCE), ("devices", DEVICES_SOURCE)
    }  # fmt: skip


def test_every_kind_of_event_occurs(events: list[Event]) -> None:
    every = {*h.EVENTS, *s.EVENTS, *a.EVENTS, *d.EVENTS, FteSet, HourlyRateSet, UnitPriceSet}
    assert {type(e.data) for e in events} == every


def test_an_id_belongs_to_one_fact_and_a_later_version_says_something_else(events: list[Event]) -> None:
    latest: dict[str, Event] = {}
    for event in events:
        before = latest.get(event.id)
        if before:
            assert (before.subject, type(before.data)) == (event.subject, type(event.data))
            assert content_hash(before) != content_hash(event)
            assert before.recordedtime < event.recordedtime
        latest[event.id] = event


def test_codes_are_those_of_the_settings(events: list[Event]) -> None:
    town = municipality("9999")
    told = [e.data for e in events]
    assert {fact.unit for fact in told if hasattr(fact, "unit")} == set(town.care_units)
    services = {getattr(fact, "service", None) for fact in told} - {"medication_visit", None}
    assert services == set(town.names("service"))
    purposes = {fact.purpose for fact in facts(events, h.VisitPerformed)} - {None}
    assert purposes < set(town.names("purpose"))


def test_size_one_is_less_than_160_000_events(events: list[Event]) -> None:
    as_many_at_any_size = sum(e.data.KIND in ("staff_day", "fte") for e in events)
    assert as_many_at_any_size + (len(events) - as_many_at_any_size) / SIZE < 160_000


def test_size_ten_has_thousands_of_visits_of_home_care_a_day() -> None:
    town, day = Town(7, 10.0, NOW), date(2026, 11, 18)
    assert 1_800 < sum(len(list(visits_of(town, client, day))) for client in present(town, day)) < 6_000


def test_visits_are_late_corrected_and_flawed_at_the_rates_that_were_meant(events: list[Event]) -> None:
    performed = [e for e in events if isinstance(e.data, h.VisitPerformed)]
    late = sum(e.recordedtime - e.data.start_at > DAY for e in performed if e.data.unit != "utforare-a")
    without_stop = sum(e.data.stop_at is None for e in performed)
    assert 0.02 < late / len(performed) < 0.12
    assert 0.004 < without_stop / len(performed) < 0.04
    assert {"wrong_time", "registered_twice", "changed_at_source", "wrong_code"} <= {e.reason for e in events}
    assert all(e.reason == "registered_twice" for e in events if e.retracted)


def test_one_provider_tells_no_visits_but_hours_per_month(events: list[Event]) -> None:
    visited = {fact.unit for fact in facts(events, h.VisitPerformed)}
    reported = {fact.unit for fact in facts(events, h.HoursReported) if fact.service == "home_care"}
    assert reported == {"utforare-b"} and not visited & {"utforare-b", "utforare-c"}
    assert all(fact.from_on.day == 1 or fact.person for fact in facts(events, h.HoursReported))


def test_112_dispensers_are_in_service_and_three_have_given_no_sign_for_a_day() -> None:
    in_service = [it for it in dispensers(WHOLE) if it.is_in_home(NOW)]
    told = [it for day in (NOW.date() - DAY, NOW.date()) for it in told_of(WHOLE, day)]
    alive = {t.fact.device for t in told if isinstance(t.fact, d.DeviceAlive) and NOW - DAY < t.at <= NOW}
    assert len(in_service) == 112
    assert len([it for it in in_service if it.key not in alive]) == 3


def test_there_are_as_many_dispensers_in_a_larger_town() -> None:
    assert len(dispensers(Town(7, 5.0, NOW))) == len(dispensers(WHOLE))


def test_doses_are_taken_in_their_window_as_often_as_the_source_says(events: list[Event]) -> None:
    due = {e.subject: e.data for e in events if isinstance(e.data, d.DoseDue)}
    taken = {e.subject: e.time for e in events if isinstance(e.data, d.DoseTaken) and e.subject in due}
    missed = {e.subject for e in events if isinstance(e.data, d.DoseMissed)}
    window = {key: timedelta(minutes=fact.window_minutes) for key, fact in due.items()}
    in_window = sum(due[k].due_at <= at <= due[k].due_at + window[k] for k, at in taken.items())
    assert 0.992 <= in_window / len(taken.keys() | missed) <= 0.998


def test_forty_cases_of_assistance_go_on_and_more_than_fifty_in_a_town_of_size_two() -> None:
    today = NOW.date()
    assert sum(case.goes_on(today) for case in cases(WHOLE)) == 40
    assert sum(case.goes_on(today) for case in cases(Town(7, 2.0, NOW))) > 50


def test_all_hours_of_one_case_are_refused_the_day_before_the_first_fill_and_given_back_days_later() -> None:
    decided = [e for e in care_history(7, NOW + timedelta(days=9), 0.05, anchor=NOW)
               if isinstance(e.data, a.AssistanceDecided)]  # fmt: skip
    (refused,) = [e for e in decided if e.data.hours == 0]
    (given,) = [e for e in decided if e.id == refused.id and e.data.hours > 0]
    assert NOW - DAY < refused.recordedtime < NOW < given.recordedtime
    assert refused.data.from_on == date(2026, 11, 1) and given.reason == "changed_at_source"
    assert next(e for e in decided if e.subject == refused.subject).data.hours > 0


def test_rates_of_assistance_follow_from_each_other_as_the_ordinance_says(events: list[Event]) -> None:
    told = {fact.from_on.year: fact.rate_kr for fact in facts(events, HourlyRateSet)}
    assert told == {2024: 332.6, 2025: 342.6, 2026: 347.7}
    become = [n / 10 for n in range(3_400, 3_500) if round(n * 1.015) == 3_477]
    assert become == [told[2025]]


def test_something_happens_with_devices_at_any_hour_once_the_town_is_live() -> None:
    since = NOW + timedelta(hours=9)
    stream = care_timeline(Town(7, 0.002, NOW), since=since)
    told = list(takewhile(lambda e: e.recordedtime <= since + timedelta(hours=5), stream))
    assert Counter(type(e.data) for e in told)[d.AlarmRaised] > 3


def test_a_clock_on_the_wall_is_read_also_on_nights_when_it_is_changed() -> None:
    assert clock(date(2026, 10, 25), 90) == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    assert clock(date(2026, 10, 25), 12 * 60) == datetime(2026, 10, 25, 11, 0, tzinfo=UTC)
    assert clock(date(2026, 7, 1), 25 * 60) == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)


def test_whole_months_are_told_before_that_of_the_first_fill() -> None:
    assert begins(WHOLE, "visits") == date(2026, 9, 1)
    assert begins(WHOLE, "staffing") == date(2025, 11, 1)
