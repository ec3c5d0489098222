"""Alarms: where, which figure, which rule, since when; and that they end by themselves."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from apps import health
from schemas.assistance import AssistanceEnded
from schemas.calendar import zone
from schemas.cases import CaseClosed
from schemas.envelope import Event
from streams.app import _raise
from tests.assisting import Case
from tests.caring import grant_ended, granted
from tests.telling import tell
from tests.warehouse.publishing import Town
from tests.warehouse.publishing import publisher as publisher_of
from warehouse import alarms, archive
from warehouse.archive import Refusal
from warehouse.client import Warehouse
from warehouse.compute import Slot
from warehouse.contracts import load
from warehouse.lease import Lease
from warehouse.places import Places
from warehouse.privacy import Cell, Key
from warehouse.publish import Publisher
from warehouse.published import NOW_ON
from warehouse.refused import Pointer, say_dismissed
from warehouse.silence import tell_silent
from warehouse.watch import jumped

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)  # a Monday, 13.00 in Mittköping
SWEDEN = zone("Europe/Stockholm")
TODAY = date(2026, 11, 16)


def emptied(town: Town, now: datetime, closed_at: datetime | None = None) -> None:
    """Six cases, all of them closed again."""
    opened = town.opened("lss", 6, (closed_at or now) - timedelta(days=9))
    town.tell(now, [*opened, *(
        tell(f"lss-{event.time:%d%H%M}-{number}", CaseClosed("service_done"), event.time + timedelta(days=1),
             municipality=town.code)
        for number, event in enumerate(opened)
    )], closed_at=closed_at)  # fmt: skip


def texts(warehouse: Warehouse) -> dict[str, tuple[str, str]]:
    return {row["name"]: (row["text_sv"], row["text_en"]) for row in health.alarms(warehouse)}


def test_an_alarm_says_where_which_figure_which_rule_and_since_when(warehouse: Warehouse) -> None:
    town = Town(warehouse)
    emptied(town, NOON)
    Publisher(warehouse, Lease(warehouse, "hub")).tick(NOON)
    assert texts(warehouse) == {"never_zero.caseload_balance.9999": (
        "Mittköping: Ärendebalans är noll fast den aldrig brukar vara det (sedan 2026-11-16 kl. 13.00)",
        "Mittköping: Caseload balance is zero and never should be (since 2026-11-16 13:00)",
    )}  # fmt: skip


def test_a_closed_import_raises_no_alarm_of_jumps_or_zeros_and_ends_those_it_had(
    warehouse: Warehouse,
) -> None:
    town = Town(warehouse, "9902")
    alarms.raise_alarm(warehouse, "jump.caseload_balance.9902", ("Se över", "Look"), NOON - timedelta(days=1))
    emptied(town, NOON, closed_at=datetime(2016, 1, 12, tzinfo=UTC))
    publisher_of(warehouse, "caseload_balance", "inflow").tick(NOON)
    assert town.figures()[""].value == 0
    assert texts(warehouse) == {}


def now_is(value: float | None) -> dict[Slot, dict[Key, Cell]]:
    return {Slot((), "now", NOW_ON): {(): Cell(value, 0, "value", 10, 20)}}


def day_is(back: int, value: float) -> dict[Slot, dict[Key, Cell]]:
    return {Slot((), "day", TODAY - timedelta(days=back)): {(): Cell(value, 0, "value", 10, 20)}}


def test_a_balance_outside_its_band_has_jumped() -> None:
    balance = load()["caseload_balance"]
    assert [jumped(balance, now_is(value), TODAY) for value in (9, 10, 20, 21)] == [True, False, False, True]
    assert not jumped(balance, now_is(None), TODAY)
    assert not jumped(balance, day_is(1, 99), TODAY)  # the balance of now is judged, not that of yesterday


def test_a_flow_is_judged_when_its_day_is_over_and_today_only_for_too_much() -> None:
    inflow = load()["inflow"]
    assert [jumped(inflow, day_is(1, value), TODAY) for value in (9, 15, 21)] == [True, False, True]
    assert [jumped(inflow, day_is(0, value), TODAY) for value in (9, 15, 21)] == [False, False, True]
    assert not jumped(inflow, day_is(2, 99), TODAY)
    of_unit: dict[Slot, dict[Key, Cell]] = {
        Slot(("unit",), "day", TODAY): {("lss",): Cell(99, 99, "value", 10, 20)}
    }
    assert not jumped(inflow, of_unit, TODAY)


def test_an_unusual_day_of_inflow_is_an_alarm(warehouse: Warehouse) -> None:
    town = Town(warehouse)
    sundays = [NOON - timedelta(days=1 + 7 * week) for week in range(9)]
    counts = {sunday: 40 if sunday == sundays[0] else 6 for sunday in sundays}
    town.tell(NOON, [event for when, count in counts.items() for event in town.opened("lss", count, when)])
    publisher_of(warehouse, "inflow").tick(NOON)
    sv, en = texts(warehouse)["jump.inflow.9999"]
    assert sv == "Mittköping: Inflöde har hoppat utanför sitt vanliga band (sedan 2026-11-16 kl. 13.00)"
    assert en == "Mittköping: Inflow has jumped out of its usual band (since 2026-11-16 13:00)"


def test_hours_that_vanish_alarm_in_one_run_and_hours_that_are_ended_do_not(warehouse: Warehouse) -> None:
    """B28: four of twenty are ended; then somebody clicks wrong and decides on no hours for twelve."""
    town, places = Town(warehouse, topic="hours"), Places(warehouse, [load()["granted_hours_accounted"]])
    clicked = [granted(str(number), "9999", 0, "day", "2026-11-16") for number in range(12)]
    told: tuple[list[Event], ...] = (
        [granted(str(number), "9999", 2, "day", "2026-01-01") for number in range(20)],
        [grant_ended(str(number), "9999", "2026-11-16") for number in range(16, 20)],
        clicked,
        [],
        [replace(one, retracted=True, recordedtime=NOON, reason="registered_by_mistake") for one in clicked],
    )
    raised = []
    for minute, events in enumerate(told):
        now = NOON + timedelta(minutes=minute)
        town.tell(now, events)
        assert places.publish(1, now) == 1
        raised.append(list(texts(warehouse)))
    name = "drop.granted_hours_accounted.9999"
    assert raised == [[], [], [name], [name], []]


def test_a_case_of_assistance_that_is_refused_by_mistake_alarms_in_one_run_and_one_that_ends_does_not(
    warehouse: Warehouse,
) -> None:
    """B28: one of two is ended; then the other one's hours are taken back, and given again."""
    town, places = Town(warehouse, topic="hours"), Places(warehouse, [load()["assistance_hours_halved"]])
    one, two = Case("one", "9999"), Case("two", "9999")
    decided = one.decided("2026-06-01", "2026-12-01", 1830)
    minutes = [NOON + timedelta(minutes=minute) for minute in range(5)]
    told: tuple[list[Event], ...] = (
        [decided, two.decided("2026-06-01", "2026-12-01", 1830)],
        [two.told(AssistanceEnded(on=date(2026, 11, 16)), "2026-11-16")],
        [replace(one.decided("2026-06-01", "2026-12-01", 0), recordedtime=minutes[2])],
        [],
        [replace(decided, recordedtime=minutes[4])],
    )
    raised = []
    for now, events in zip(minutes, told, strict=True):
        town.tell(now, events)
        assert places.publish(1, now) == 1
        raised.append(list(texts(warehouse)))
    name = "is_zero.assistance_hours_halved.9999"
    assert raised == [[], [], [name], [name], []]


def test_a_silent_source_is_told_with_its_municipality_and_its_last_sign_of_life(
    warehouse: Warehouse,
) -> None:
    Town(warehouse).tell(NOON)
    tell_silent(warehouse, NOON + timedelta(hours=1))
    assert texts(warehouse)["silent.9999.register"] == (
        "Mittköping: källan register har tystnat (sedan 2026-11-16 kl. 13.00)",
        "Mittköping: source register is silent (since 2026-11-16 13:00)",
    )


def refuse(warehouse: Warehouse, offsets: range, now: datetime) -> None:
    """The worker refuses messages and tells of them, as its dead letter agent would."""
    at = int(now.timestamp() * 1_000_000)
    archive.write(
        warehouse, [Refusal("cases", 0, offset, "not_json", "", "", "", "", at, at) for offset in offsets]
    )
    _raise(warehouse, Counter({("cases", "not_json"): len(offsets)}), now)


def test_refused_events_are_told_in_words_and_counted_since_the_first(warehouse: Warehouse) -> None:
    refuse(warehouse, range(1), NOON)
    assert texts(warehouse)["refused.cases.not_json"] == (
        "1 händelse i cases har nekats: Går inte att läsa som JSON (sedan 2026-11-16 kl. 13.00)",
        "1 event of cases refused: Cannot be read as JSON (since 2026-11-16 13:00)",
    )
    refuse(warehouse, range(1, 3), NOON + timedelta(hours=2))
    assert texts(warehouse)["refused.cases.not_json"] == (
        "3 händelser i cases har nekats: Går inte att läsa som JSON (sedan 2026-11-16 kl. 13.00)",
        "3 events of cases refused: Cannot be read as JSON (since 2026-11-16 13:00)",
    )
    (alarm,) = health.alarms(warehouse)
    assert (alarm["since"], alarm["changed_at"]) == (NOON, NOON + timedelta(hours=2))


def test_an_alarm_of_refused_events_ends_when_a_working_day_brought_none(warehouse: Warehouse) -> None:
    refuse(warehouse, range(3), NOON)
    publisher = publisher_of(warehouse, "inflow")
    publisher.tick(NOON + timedelta(hours=23))
    assert "refused.cases.not_json" in texts(warehouse)
    publisher.tick(NOON + timedelta(hours=24))
    assert texts(warehouse) == {}
    later = NOON + timedelta(days=2)
    refuse(warehouse, range(7, 8), later)
    assert texts(warehouse)["refused.cases.not_json"][0].startswith("1 händelse i cases")
    assert health.alarms(warehouse)[0]["since"] == later


def test_an_alarm_of_refused_events_ends_when_all_are_dealt_with(warehouse: Warehouse) -> None:
    refuse(warehouse, range(2), NOON)
    for offset, left in ((0, 1), (1, 0)):
        say_dismissed(warehouse, Pointer("cases", 0, offset), "engineer", "test_data", "")
        alarms.end_old(warehouse, NOON)
        assert sum(row["events"] for row in health.refused(warehouse)) == left
        assert ("refused.cases.not_json" in texts(warehouse)) == bool(left)


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        ("2026-11-16T13:00", "2026-11-17T13:00"),  # Monday
        ("2026-11-20T15:00", "2026-11-23T15:00"),  # Friday: over the weekend
        ("2026-11-21T10:00", "2026-11-24T00:00"),  # Saturday: the whole Monday
        ("2026-11-22T23:00", "2026-11-24T00:00"),
    ],
)
def test_a_working_day_is_not_a_weekend(last: str, ends: str) -> None:
    started = datetime.fromisoformat(last).replace(tzinfo=SWEDEN)
    assert alarms.after_a_working_day(started) == datetime.fromisoformat(ends).replace(tzinfo=SWEDEN)
