"""What Mittköping's placements must be: the same each time, acceptable to the hub, varied, and plausible."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from typing import TypeVar

import pytest

from producers.synthetic.care.generator import care_history
from producers.synthetic.committee import committee_history
from producers.synthetic.everything import everything
from producers.synthetic.generator import Town, history
from producers.synthetic.placement_generator import (
    placement_history,
    placement_timeline,
    placements_alive,
)
from producers.synthetic.placement_model import PROVIDERS, SOURCE
from schemas import placements as p
from schemas.codec import check_clock, content_hash, decode, encode
from schemas.envelope import Event
from schemas.municipality import municipality
from schemas.reference import CapacitySet

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
SIZE = 0.25
F = TypeVar("F")


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return list(placement_history(7, NOW, SIZE))


def facts(events: list[Event], kind: type[F]) -> list[F]:
    return [e.data for e in events if isinstance(e.data, kind)]


def test_the_same_seed_gives_the_same_bytes(events: list[Event]) -> None:
    again = list(placement_history(7, NOW, SIZE))
    assert [encode(e) for e in again] == [encode(e) for e in events]


def test_an_earlier_hour_of_the_same_town_is_the_beginning_of_it(events: list[Event]) -> None:
    earlier = NOW - timedelta(hours=40)
    first = list(placement_history(7, earlier, SIZE, anchor=NOW))
    assert first == events[: len(first)]
    assert all(e.recordedtime > earlier for e in events[len(first) :])


def test_live_goes_on_where_history_ended_without_gap_or_overlap() -> None:
    town, middle, end = Town(7, 0.1, NOW), NOW + timedelta(hours=7), NOW + timedelta(days=9)
    whole = list(placement_history(7, end, 0.1, anchor=NOW))
    first = list(placement_history(7, middle, 0.1, anchor=NOW))
    rest = list(takewhile(lambda e: e.recordedtime <= end, placement_timeline(town, since=middle)))
    assert first + rest == whole


def test_events_come_in_the_order_in_which_they_were_recorded(events: list[Event]) -> None:
    assert all(a.recordedtime <= b.recordedtime for a, b in pairwise(events))


def test_all_systems_are_told_together_in_order() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    told = list(takewhile(lambda e: e.recordedtime <= now, everything(Town(7, 0.004, now))))
    assert all(a.recordedtime <= b.recordedtime for a, b in pairwise(told))
    systems = (history, placement_history, care_history, committee_history)
    alone = (system(7, now, 0.004) for system in systems)
    assert len(told) == sum(len(list(events)) for events in alone)


def test_every_event_is_accepted_by_the_hub(events: list[Event]) -> None:
    for event in [*events, placements_alive(NOW)]:
        assert decode(encode(event)) == event
        check_clock(event, NOW)
        assert event.time <= event.recordedtime
        assert event.source == SOURCE


def test_every_kind_of_event_occurs(events: list[Event]) -> None:
    assert {type(e.data) for e in events} == {*p.EVENTS, CapacitySet}


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
    for name in ("care_form", "target_group", "tender_area", "main_cause"):
        told = {getattr(fact, name) for fact in facts(events, p.PlacementStarted)} - {"unknown"}
        assert told <= set(town.names(name)), name
    assert {fact.unit for fact in facts(events, p.PlacementStarted)} <= set(town.units)


def test_there_are_400_providers_of_every_form_of_care_in_real_municipalities(events: list[Event]) -> None:
    told = {e.subject: e.data for e in events if isinstance(e.data, p.ProviderRegistered)}
    assert {subject.rsplit("/", 1)[1] for subject in told} == {f"B{n:03}" for n in range(1, 401)}
    assert Counter(fact.care_form for fact in told.values()) == PROVIDERS
    assert len({fact.located_in for fact in told.values()}) > 50


def test_size_two_is_about_250_contracts_a_month(events: list[Event]) -> None:
    year = [
        e.id
        for e in events
        if isinstance(e.data, p.ContractCreated)
        and datetime(2025, 9, 1, tzinfo=UTC) <= e.time < datetime(2026, 9, 1, tzinfo=UTC)
    ]
    assert 215 < len(set(year)) / 12 / SIZE * 2 < 290


def test_size_one_is_less_than_95_000_events(events: list[Event]) -> None:
    of_providers = sum("/provider/" in e.subject for e in events)  # as many at any size
    assert 60_000 < (len(events) - of_providers) / SIZE + of_providers < 95_000


def test_providers_are_asked_several_at_a_time(events: list[Event]) -> None:
    asked = Counter(fact.placement for fact in facts(events, p.RequestSent))
    assert 2 < sum(asked.values()) / len(asked) < 4


def test_about_half_of_the_contracts_come_back_late(events: list[Event]) -> None:
    sent = {e.subject: e.time for e in events if isinstance(e.data, p.ContractSent)}
    signed = [
        (e.time - sent[e.subject]) / timedelta(days=1)
        for e in events
        if isinstance(e.data, p.ContractSigned) and e.data.party == "provider" and e.subject in sent
    ]
    assert 0.4 < sum(days > 10 for days in signed) / len(signed) < 0.6


def test_in_an_early_period_half_of_the_placements_lack_a_contract(events: list[Event]) -> None:
    papered = {fact.placement for fact in facts(events, p.ContractCreated)}

    def share(first: date, until: date) -> float:
        keys = {
            e.subject.rsplit("/", 1)[1]
            for e in events
            if isinstance(e.data, p.PlacementStarted) and first <= e.data.on < until
        }
        return len(keys - papered) / len(keys)

    assert 0.3 < share(date(2024, 8, 1), date(2025, 4, 15)) < 0.6  # of some 70 placements
    assert share(date(2025, 8, 1), date(2026, 10, 1)) < 0.06


def test_causes_are_corrected_mostly_with_a_reason(events: list[Event]) -> None:
    versions: dict[str, list[Event]] = {}
    for event in events:
        if isinstance(event.data, p.PlacementStarted) and not event.retracted:
            versions.setdefault(event.id, []).append(event)
    changed = [v[1].reason for v in versions.values() if len({e.data.main_cause for e in v}) > 1]
    assert changed.count("wrong_code") > 2 * changed.count(None) > 0
