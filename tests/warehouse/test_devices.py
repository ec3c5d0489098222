"""Views of devices, and what their figures say where something is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from schemas import devices as d
from schemas.envelope import Event
from tests.caring import visit, who
from tests.dispensing import device, due, installed, raised, tell
from tests.placing import pseudonym
from tests.warehouse.device_town import (
    COUNTED,
    DISPENSED,
    HUNDRED,
    TAKEN,
    counted,
    dispensed,
    hundred,
    priced,
    utc,
)
from tests.warehouse.golden_tables import Q1
from tests.warehouse.publishing import Town
from tests.warehouse.publishing import publisher as publisher_of
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.contracts import load
from warehouse.figures import Row, at_instants, over_spans
from warehouse.published import shown
from warehouse.told import told

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse that was told of the towns with devices."""
    fold(own_warehouse, [*dispensed(), *counted(), *hundred()])
    return own_warehouse


def rows(hub: Warehouse, columns: str, view: str, order: str) -> list[tuple[Any, ...]]:
    asked = f"SELECT {columns} FROM {view} WHERE municipality = '{DISPENSED}' ORDER BY {order}"
    return [tuple(row.values()) for row in hub.rows(asked)]


def month(hub: Warehouse, metric: str, code: str, number: int) -> Row:
    span = date(2026, number, 1), date(2026, number + 1, 1)
    (row,) = over_spans(hub, load()[metric], code, [span], TODAY)
    return row


def test_a_device_that_came_back_has_two_lives_and_each_refill_belongs_to_one(hub: Warehouse) -> None:
    lives = rows(hub, "who, unit, baseline_visits, installed_at, removed_at, remove_reason, refills",
                 "device_lives", "installed_at")  # fmt: skip
    assert len(lives) == 6
    nobody, fy, still = (
        f"{DISPENSED}/device/{device('e')}",
        pseudonym("person", "fy"),
        datetime(2299, 12, 31, tzinfo=UTC),
    )
    assert [life for life in lives if life[0] in (nobody, fy)] == [
        (nobody, "norr", 20.0, utc(2, 10), utc(3, 6), "unknown", []),
        (fy, "syd", 31.0, utc(3, 10, 5), still, "", []),
    ]
    assert [life[6] for life in lives if life[0] == pseudonym("person", "ann")] == [[utc(2, 15), utc(2, 24)]]


def test_signs_of_life_come_by_device_and_day(hub: Warehouse) -> None:
    found = rows(hub, "device, on_day, first_at, last_at, signs", "device_signs", "on_day, device")
    assert (device("c"), date(2026, 3, 10), utc(3, 10, 6), utc(3, 10, 22), 2) in found
    assert len(found) == 5


def test_a_dose_that_nobody_said_was_due_is_none_of_the_due_ones(hub: Warehouse) -> None:
    found = rows(hub, "device, due_at, window_until, outcome, taken_at, miss_reason", "doses_due", "due_at")
    assert len(found) == 10
    assert found[0] == (device("e"), utc(3, 8, 7), utc(3, 8, 8), "taken", utc(3, 8, 7, 5), "")
    assert (device("b"), utc(3, 10, 7), utc(3, 10, 8), "missed", None, "refused") in found


def test_an_alarm_that_never_went_off_is_none_and_the_others_stand_where_they_stand(hub: Warehouse) -> None:
    found = rows(hub, "raised_at, state, how", "device_alarms_now", "raised_at, how")
    assert [state for _, state, _ in found] == ["handled"] * 4 + ["acknowledged", "open", "handled"]
    assert [how for *_, how in found] == ["other", "phone", "phone", "home_visit", "", "", "phone"]


def test_the_rent_of_a_month_is_the_sum_of_its_lines(hub: Warehouse) -> None:
    found = rows(hub, "unit, regi, month, rent_kr", "rent_months_now", "rent_kr")
    march = date(2026, 3, 1)
    assert found == [
        ("norr", "contracted", march, 300), ("syd", "contracted", march, 700),
        ("norr", "in_house", date(2026, 2, 1), 1000), ("norr", "in_house", march, 2000),
    ]  # fmt: skip


def test_each_kind_of_what_devices_tell_has_a_first_day_of_its_own(hub: Warehouse) -> None:
    firsts = told(hub, DISPENSED).firsts
    assert firsts["device"] == firsts["devices"] == utc(1, 11)
    assert (firsts["dose"], firsts["alarm"]) == (utc(3, 8, 7), utc(3, 9, 12))
    assert firsts["rent"] == datetime(2026, 1, 31, 23, tzinfo=UTC)
    assert told(hub, COUNTED).firsts.keys() == {"device", "dose", "devices"}


def test_what_one_regi_tells_no_visits_of_is_not_avoided(hub: Warehouse) -> None:
    """Domain 4.10, row 9.10: with one side's visits alone there is half an effect. A way is no visit."""
    code, since = "9945", utc(6, 30)
    kept: dict[str, Any] = {"baseline_visits": 31.0}
    seen: dict[str, Any] = {
        "unit": "norr", "regi": "in_house", "purpose": "medication", "person": pseudonym("person", "ann")
    }  # fmt: skip
    fold(hub, [tell("a", installed("norr", "ann", regi="in_house", **kept), since, municipality=code),
               tell("b", installed("norr", "bo", regi="contracted", **kept), since, municipality=code),
               visit("first", code, "2026-06-30 06:00", "2026-06-30 06:30", **seen),
               visit("one", code, "2026-07-02 08:00", "2026-07-02 08:30", **seen),
               visit("way", code, "2026-07-02 07:45", "2026-07-02 08:00", kind="transport", **seen),
               priced(code, 100, "2026-01-01")])  # fmt: skip
    for metric, each in (("avoided_visits", 1), ("avoided_cost_gross", 100)):
        row = month(hub, metric, code, 7)
        assert (row.value, row.coverage, row.state) == (30 * each, 0.5, "preliminary"), metric
    fold(hub, [visit("his", code, "2026-07-03 08:00", "2026-07-03 08:30", unit="norr", regi="contracted",
                     purpose="medication", person=pseudonym("person", "bo"))])  # fmt: skip
    row = month(hub, "avoided_visits", code, 7)
    assert (row.value, row.state) == (60, "value")


def test_a_lost_event_widens_the_bounds_and_does_not_raise_adherence(hub: Warehouse) -> None:
    """X11: of 500 doses one lost event moves the figure, at 0.2 per cent of them; six leave bounds alone."""
    whole, one_lost, six_lost = (month(hub, "adherence", COUNTED, number) for number in (3, 4, 5))
    assert (whole.value, whole.lower, whole.upper, whole.state) == (0.992, 0.992, 0.992, "value")
    assert one_lost.value is not None
    assert one_lost.value < 0.992
    assert (one_lost.lower, one_lost.upper, one_lost.state) == (0.99, 0.992, "value")
    assert (six_lost.value, six_lost.lower, six_lost.upper) == (None, 0.98, 0.992)
    assert (six_lost.state, six_lost.n) == ("preliminary", 112)


def test_money_is_preliminary_where_baseline_price_or_rent_is_not_known_for_all(hub: Warehouse) -> None:
    for metric in ("avoided_visits", "avoided_cost_gross", "device_rent", "avoided_cost_net"):
        contract = load()[metric]
        assert [row.state for row in over_spans(hub, contract, DISPENSED, [Q1], TODAY)] == ["preliminary"]
        assert month(hub, metric, HUNDRED, 7).state == "value"


def test_net_is_missing_and_not_gross_where_no_rent_was_told(hub: Warehouse) -> None:
    assert month(hub, "avoided_cost_gross", HUNDRED, 8).value == pytest.approx(780_000)
    assert [month(hub, name, HUNDRED, 8).state for name in ("device_rent", "avoided_cost_net")] == [
        "missing"
    ] * 2


def test_nothing_is_avoided_where_no_visit_can_be_tied_to_anybody_with_a_device(hub: Warehouse) -> None:
    """Sources that make pseudonyms with keys of their own tell of the same persons by other names."""
    code = "9959"
    told = [each for each in hundred(code) if each.data.KIND != "visit"]
    fold(hub, [*told, visit("first", code, "2026-06-30 08:00", "2026-06-30 08:30", **who("somebody"))])
    for name in ("avoided_visits", "avoided_cost_gross", "avoided_cost_net"):
        assert month(hub, name, code, 7).state == "missing"
    assert month(hub, "device_rent", code, 7).value == 280_000


def test_nothing_is_avoided_before_anybody_told_of_visits(hub: Warehouse) -> None:
    assert [month(hub, name, COUNTED, 3).state for name in ("avoided_visits", "avoided_cost_gross")] == [
        "missing"
    ] * 2


def test_doses_of_a_closed_import_are_due_in_any_year_and_its_devices_need_not_be_known(
    hub: Warehouse,
) -> None:
    code, then = "9960", datetime(2150, 5, 4, 7, tzinfo=UTC)
    told: dict[str, Any] = {"municipality": code, "historical": True, "recordedtime": NOW}
    closed = due(then, "somebody", window_minutes=0.0)
    for name, fact in (("one", closed), ("two", closed), ("waits", due(then, "somebody"))):
        fold(hub, [tell(name, fact, then, **told), tell(name, d.DoseTaken(late=name == "two"), then, **told)])
    span = date(2150, 5, 1), date(2150, 6, 1)
    (row,) = over_spans(hub, load()["adherence"], code, [span], TODAY)
    assert (row.value, row.n, row.state) == (0.5, 1, "value")
    assert hub.rows("SELECT flaw FROM device_flaws WHERE municipality = {code:String}", {"code": code}) == []


def test_devices_of_which_no_refill_was_told_yet_are_not_all_late(hub: Warehouse) -> None:
    """On 30 January only c is in a home, since the eleventh; the first refill of all is in February."""
    (row,) = at_instants(hub, load()["refilled_on_time_share"], DISPENSED, [utc(1, 30)])
    assert (row.value, row.coverage, row.state) == (None, 0, "missing")


def test_where_no_alarm_ever_came_there_are_not_none_per_thousand_doses(hub: Warehouse) -> None:
    assert month(hub, "alarms_per_1000_doses", COUNTED, 3).state == "missing"
    for number in (4, 5):
        name, when = f"{number}", utc(number, 3)
        fold(hub, [tell(name, due(when), when, municipality="9946"),
                   tell(name, TAKEN, when, municipality="9946")])  # fmt: skip
    fold(hub, [tell("one", raised(), utc(5, 2), municipality="9946")])
    assert month(hub, "alarms_per_1000_doses", "9946", 4).state == "missing"
    assert month(hub, "alarms_per_1000_doses", "9946", 5).value == 1_000


def test_alarms_tell_how_many_of_them_they_are_made_from(hub: Warehouse) -> None:
    """Two of six alarms reached somebody, two wait, two cannot be judged; one dose of nine is unknown."""
    told = {
        name: over_spans(hub, load()[name], DISPENSED, [Q1], TODAY)[0]
        for name in (
            "alarm_response_minutes",
            "alarm_response_p90",
            "alarms_reached_in_time",
            "alarms_per_1000_doses",
        )
    }
    assert {name: (row.coverage, row.state) for name, row in told.items()} == {
        "alarm_response_minutes": (0.3333, "preliminary"), "alarm_response_p90": (0.3333, "preliminary"),
        "alarms_reached_in_time": (0.6667, "preliminary"), "alarms_per_1000_doses": (0.8889, "preliminary"),
    }  # fmt: skip


def test_a_device_that_no_refill_is_told_of_lowers_the_coverage(hub: Warehouse) -> None:
    before, after = at_instants(
        hub, load()["refilled_on_time_share"], DISPENSED, [utc(3, 10, 20), utc(3, 20)]
    )
    assert (before.coverage, before.state) == (1, "value")
    assert (after.value, after.coverage, after.state) == (
        2 / 4,
        3 / 4,
        "preliminary",
    )  # b, installed on the 1st


def test_staff_see_what_happens_at_once_small_groups_hidden_and_an_unexpected_zero_is_an_alarm(
    warehouse: Warehouse,
) -> None:
    town = Town(warehouse, "9999", "devices")
    told: list[Event] = []
    for number in range(20):
        name, when = f"{number}", NOW - timedelta(hours=30)
        told.append(tell(name, installed("hemsjukvard", name), NOW - timedelta(days=3), municipality="9999"))
        told.append(tell(name, due(when, name, "hemsjukvard"), when, municipality="9999"))
        told.append(tell(name, d.DoseTaken(), when + timedelta(minutes=30), municipality="9999"))
    alarm = tell("1", raised("1", "hemsjukvard"), NOW - timedelta(minutes=1), municipality="9999")
    then = NOW - timedelta(hours=20)
    publisher = publisher_of(warehouse, *SEEN)
    town.tell(then, told)
    publisher.tick(then)
    assert seen(warehouse, "doses_last_day") == {"": (20, "value"), "hemsjukvard": (20, "value")}
    assert seen(warehouse, "adherence_last_day")[""] == (1, "value")
    town.tell(NOW, [alarm])
    publisher.tick(NOW)
    assert seen(warehouse, "active_devices") == {"": (20, "value"), "hemsjukvard": (20, "value")}
    assert seen(warehouse, "silent_devices")["hemsjukvard"] == (20, "value")
    for metric in ("open_alarms", "oldest_open_alarm_minutes"):  # one alarm among twenty is nobody's secret
        assert seen(warehouse, metric)[""] == (1, "value")
    assert seen(warehouse, "open_alarms")["hemsjukvard"] == (1, "value")
    assert raised_alarms(warehouse) == ["never_zero.doses_last_day.9999"]


SEEN = ("doses_last_day", "adherence_last_day", "active_devices", "silent_devices", "open_alarms",
        "oldest_open_alarm_minutes")  # fmt: skip


def seen(warehouse: Warehouse, metric: str) -> dict[str, tuple[float | None, str]]:
    """Figures of now by unit, '' for all; other units of Mittköping have none."""
    found = shown(warehouse, "9999", [metric], audience="staff")
    units = [f for f in found if f.period == "now" and f.dimensions.keys() <= {"unit"}]
    return {
        f.dimensions.get("unit", ""): (f.value, f.state)
        for f in units
        if f.value != 0 and f.state != "missing"
    }


def raised_alarms(warehouse: Warehouse) -> list[str]:
    asked = "SELECT name FROM alarms WHERE state = 'raised' AND startsWith(name, 'never_zero')"
    return [row["name"] for row in warehouse.rows(asked)]
