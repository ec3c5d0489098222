"""Bad input in a warehouse of good data: what is odd is named and watched, nothing that was refused is
stored, and no public figure moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

import msgspec
import pytest

from apps import health
from expectations import cases, placements
from producers.synthetic.everything import everything
from producers.synthetic.generator import Town
from schemas.calendar import local_day
from schemas.codec import encode, make
from schemas.doors import admit
from schemas.envelope import Event, Fact, event_id
from schemas.municipality import municipality
from schemas.registry import EVENTS
from streams.batch import Batch, Outcome, decode_all
from streams.memory import Memory
from tests.bad_input.doors import FIXTURES, NOW, heard, taken
from tests.bad_input.fixtures import (
    CODE,
    Alarmed,
    Figures,
    Fixture,
    Flawed,
    Judged,
    Message,
    Refused,
    Told,
    Watched,
)
from tests.expectations.planting import judged
from tests.placing import pseudonym
from tests.warehouse.town import fold_at
from warehouse.bands import band
from warehouse.checks import failed
from warehouse.client import Warehouse
from warehouse.compute import Computer, Slot
from warehouse.contracts import Contract, load
from warehouse.privacy import Cell, Key
from warehouse.published import NOW_ON
from warehouse.silence import tell_silent
from warehouse.watch import jumped

ANCHOR: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEAST: Final = 10_000
EACH: Final = 40  # made of a type's examples, where Mittköping tells of none
PUBLIC: Final = tuple(contract for contract in load().values() if contract.audience == "public")
WATCHED: Final = {"placement_lists_are_kept": placements, "providers_are_codes": placements,
                  "units_are_known": cases}  # fmt: skip
KEPT: Final = "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'"
HITS: Final = """
SELECT countIf(multiSearchAny(toString(tuple(*)), {{secrets:Array(String)}})) AS hits FROM {name}
"""
Tables = dict[str, dict[Slot, dict[Key, Cell]]]


def good() -> list[Event]:
    """More than ten thousand good events of every type: Mittköping's, and examples told of others."""
    town = everything(Town(7, 0.004, ANCHOR))
    events = list(takewhile(lambda event: event.recordedtime <= ANCHOR, town))
    told = {type(event.data) for event in events}
    dice = Random(5)
    for fact in EVENTS:
        if fact not in told:
            events += [_example(fact, number, dice) for number in range(EACH)]
    return events


def _example(fact: type[Fact], number: int, dice: Random) -> Event:
    said = msgspec.convert(fact.EXAMPLES[number % len(fact.EXAMPLES)], fact, strict=False)
    key = pseudonym(fact.KIND, f"{number}") if fact.SECRET_KEY else f"example-{number}"
    subject = f"9940/{fact.KIND}/{key}"
    at = ANCHOR - timedelta(seconds=dice.randrange(10**7))
    return make(said, id=event_id(subject, fact.TYPE), source="treserva", subject=subject, time=at,
                recordedtime=ANCHOR, kommunkod="9940", historical=True)  # fmt: skip


class World(NamedTuple):
    """A warehouse with good data, what is right in the fixtures, and then the fixtures."""

    hub: Warehouse
    good: list[Event]
    before: Tables
    warned: dict[str, int]
    after: Tables
    refused: Outcome


@pytest.fixture(scope="module")
def world(own_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> World:
    hub, folder, events = own_warehouse, tmp_path_factory.mktemp("bad"), good()
    fold_at(hub, [*events, *(event for fixture in FIXTURES for event in _right(fixture))], NOW)
    before, warned = tables(hub), {name: broken(hub, name) for name in WATCHED}
    refused = refuse(hub)
    told = [event for fixture in FIXTURES if not fixture.counts for event in odd(fixture, folder)]
    fold_at(hub, told, NOW)
    return World(hub, events, before, warned, tables(hub), refused)


def _right(fixture: Fixture) -> tuple[Event, ...]:
    return fixture.door.events[: fixture.right] if isinstance(fixture.door, Told) else ()


def odd(fixture: Fixture, folder: Path) -> tuple[Event, ...]:
    """What a fixture brings that is taken though something is odd."""
    if not isinstance(fixture.fate, Flawed | Judged | Watched):
        return ()
    return taken(fixture, folder)[fixture.right :]


def refuse(hub: Warehouse) -> Outcome:
    """All messages that are refused, as one batch of the worker."""
    raw = [(one.door.raw, one.door.topic) for one in FIXTURES
           if isinstance(one.door, Message) and isinstance(one.fate, Refused)]  # fmt: skip
    decoded = decode_all([heard(one, topic, offset) for offset, (one, topic) in enumerate(raw)], NOW)
    assert decoded.heard == [] and len(decoded.refused) == len(raw) > 40
    with ThreadPoolExecutor(2) as pool:
        return Batch(hub, Memory(100), pool).apply(decoded, NOW)


def tables(hub: Warehouse, contracts: Iterable[Contract] = PUBLIC) -> Tables:
    """Every public figure of the municipality."""
    computer = Computer(hub, municipality(CODE))
    return {contract.name: computer.tables(contract, ANCHOR) for contract in contracts}


def broken(hub: Warehouse, name: str) -> int:
    """How many rows an expectation warns of."""
    return judged(hub, CODE, WATCHED[name].suites, name, municipality(CODE)).broken


def test_ten_thousand_good_events_of_every_type_pass_both_doors_without_a_false_alarm(world: World) -> None:
    assert len(world.good) >= LEAST
    assert {type(event.data) for event in world.good} == set(EVENTS)
    raws = [(encode(event), event.data.TOPIC) for event in world.good]
    assert decode_all([heard(raw, topic) for raw, topic in raws], NOW).refused == []
    assert [admit(raw, NOW) for raw, _ in raws] == world.good
    assert set(world.warned.values()) == {0}


def test_no_public_figure_moves_by_anything_that_is_refused_or_flagged(world: World) -> None:
    assert len(PUBLIC) > 10
    assert any(
        cell.value for slots in world.before.values() for cells in slots.values() for cell in cells.values()
    )
    moved = {name for name in world.before if world.after[name] != world.before[name]}
    assert moved == set()


def test_what_rightly_counts_though_it_is_flagged_moves_a_figure(world: World, tmp_path: Path) -> None:
    """So that the test above would see a figure move, and no fixture claims to count that does not."""
    counting = [fixture for fixture in FIXTURES if fixture.counts]
    assert counting
    balance = load()["caseload_balance"]
    shown = {balance.name: world.after[balance.name]}
    for number, fixture in enumerate(counting):
        (folder := tmp_path / str(number)).mkdir()
        fold_at(world.hub, list(odd(fixture, folder)), NOW)
        moved = tables(world.hub, [balance])
        assert moved != shown, fixture
        shown = moved


def flaws(hub: Warehouse) -> set[tuple[str, str]]:
    """Entity and flaw, of rows and of views; of a target, which no view has, its row."""
    views = ("case_flaws", "placement_flaws", "hours_flaws(zone = 'Europe/Stockholm')", "device_flaws",
             "(SELECT entity, arrayJoin(flaws) AS flaw FROM targets FINAL)")  # fmt: skip
    sql = " UNION ALL ".join(
        f"SELECT toString(entity) AS entity, toString(flaw) AS flaw FROM {view}" for view in views
    )
    return {(row["entity"], row["flaw"]) for row in hub.rows(sql)}


def test_what_is_odd_is_named_in_a_row_or_a_view(world: World, tmp_path: Path) -> None:
    found = flaws(world.hub)
    asked = [fixture for fixture in FIXTURES if isinstance(fixture.fate, Flawed)]
    assert len(asked) > 20
    for number, fixture in enumerate(asked):
        (folder := tmp_path / str(number)).mkdir()
        assert isinstance(fixture.fate, Flawed)
        entities = {event.subject for event in taken(fixture, folder)}
        assert fixture.counts or {(entity, fixture.fate.flaw) for entity in entities} & found, fixture


@pytest.mark.parametrize("name", WATCHED)
def test_what_is_in_no_list_is_warned_of(world: World, name: str, tmp_path: Path) -> None:
    asked = [one for one in FIXTURES if one.fate == Watched(name)]
    fold_at(world.hub, [event for one in asked for event in taken(one, tmp_path)], NOW)
    assert broken(world.hub, name) == len(asked)


def test_nothing_of_a_refused_message_is_stored_but_where_it_lies_and_why(world: World) -> None:
    rows = world.hub.rows("SELECT reason, field, text_sv, text_en FROM refused FINAL")
    assert len(rows) == len(world.refused.refused)
    assert {row["reason"] for row in rows} >= {"identity", "bad_value", "unknown_field", "not_json"}
    secrets = sorted({secret for one in FIXTURES if isinstance(one.fate, Refused) for secret in one.secrets})
    assert [secret for secret in secrets if secret in str(rows)] == []
    long = [secret for secret in secrets if len(secret) > 5]
    assert len(long) > 10
    for table in world.hub.rows(KEPT):
        (row,) = world.hub.rows(HITS.format(**table), {"secrets": long})
        assert row["hits"] == 0, table


def test_a_silent_source_is_an_alarm_on_monday(world: World) -> None:
    (fixture,) = (one for one in FIXTURES if isinstance(one.fate, Alarmed) and isinstance(one.door, Told))
    assert isinstance(fixture.door, Told) and isinstance(fixture.fate, Alarmed)
    fold_at(world.hub, list(fixture.door.events), NOW)
    friday = fixture.door.events[0].time
    tell_silent(world.hub, friday + timedelta(minutes=10))
    assert fixture.fate.alarm not in {row["name"] for row in health.alarms(world.hub)}
    tell_silent(world.hub, friday + timedelta(days=3))
    (alarm,) = (row for row in health.alarms(world.hub) if row["name"] == fixture.fate.alarm)
    assert "har tystnat" in alarm["text_sv"] and "is silent" in alarm["text_en"]


@pytest.mark.parametrize("fixture", [one for one in FIXTURES if isinstance(one.door, Figures)])
def test_a_figure_out_of_the_ordinary_is_an_alarm(fixture: Fixture) -> None:
    door, fate = fixture.door, fixture.fate
    assert isinstance(door, Figures) and isinstance(fate, Alarmed)
    today = local_day(NOW, municipality(CODE).zone)
    assert alarms_of(door, today, door.before[-1]) == set()
    assert fate.alarm in alarms_of(door, today, door.now)


def alarms_of(door: Figures, today: date, value: float) -> set[str]:
    """The rules that a total breaks after those of the days before."""
    contract = load()[door.metric]
    days: dict[date, float | None] = {
        today - timedelta(days=back): told for back, told in enumerate(reversed(door.before), 1)
    }
    lower, upper = band(days, today) or (None, None)
    cell = Cell(value, int(value), "value", lower, upper)
    rules: set[str] = {check.rule for check in failed(contract, [cell], [cell], max(door.before))}
    return rules | {"jump"} if jumped(contract, {Slot((), "now", NOW_ON): {(): cell}}, today) else rules
