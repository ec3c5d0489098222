"""The expectations over devices, doses and alarms hold on good data; each sees a planted fault."""

from __future__ import annotations

from datetime import date

import pytest

from expectations.devices import KINDS, suites
from expectations.judge import SUBJECTS
from schemas import devices as d
from schemas.envelope import Event
from schemas.municipality import Municipality, municipality
from tests.dispensing import at, device, due, installed, raised, tell
from tests.expectations.planting import (
    NOW,
    all_of,
    expected,
    forget,
    judged,
    of_rows,
    plant,
    publish,
)
from tests.warehouse.device_town import rented
from warehouse.client import Warehouse

GOOD, FORGOTTEN = "9900", "9901"
LISTED = Municipality(GOOD, "Prov", care_units={"a": "A"}, codes={"device_type": {"camera": "Kamera"}})
FAULTS = of_rows(KINDS) | {
    "devices_removed_after_installed": (
        "devices",
        "[`lives.from`[1] - INTERVAL 1 SECOND, `lives.until`[2]] AS `lives.until`",
    ),
    "device_lives_do_not_overlap": (
        "devices",
        "[`lives.from`[2] + INTERVAL 1 SECOND, `lives.until`[2]] AS `lives.until`",
    ),
    "removals_have_their_reason": ("devices", "['', ''] AS `lives.remove_reason`"),
    "refills_are_of_a_life": ("devices", "[toUInt16(3)] AS `refills.life`"),
    "baselines_are_not_negative": ("devices", "[NULL, -1.0] AS `lives.baseline_visits`"),
    "device_codes_are_known": ("devices", "['unknown', 'hemlig'] AS `lives.regi`"),
    "signs_in_order": ("device_days", "last_at + INTERVAL 1 SECOND AS first_at"),
    "days_have_signs": ("device_days", "0 AS signs"),
    "signs_on_their_day": ("device_days", "on_day + 2 AS on_day"),
    "dose_outcomes_are_known": ("doses", "'hemlig' AS outcome"),
    "doses_taken_have_a_time": ("doses", "NULL AS taken_at"),
    "doses_not_taken_have_no_time": ("doses", "'unknown' AS outcome"),
    "doses_taken_are_not_missed": ("doses", "'refused' AS miss_reason"),
    "dose_day_is_that_of_its_window": ("doses", "day + 1 AS day"),
    "alarms_are_raised": ("device_alarms", "NULL AS raised_at"),
    "alarms_acknowledged_after_raised": ("device_alarms", "raised_at - INTERVAL 1 SECOND AS acknowledged_at"),
    "alarms_handled_after_raised": ("device_alarms", "raised_at - INTERVAL 1 SECOND AS handled_at"),
    "alarms_handled_somehow": ("device_alarms", "'' AS how"),
    "rents_are_of_months": ("rent_months", "arrayMap(m -> m + 1, `lines.month`) AS `lines.month`"),
    "rents_are_kronor": ("rent_months", "[nan] AS `lines.kr`"),
    "few_device_flaws": ("doses", "['taken_twice'] AS flaws"),
}
PLACES = {name: str(9910 + number) for number, name in enumerate(FAULTS)}
UNLISTED = {"device_lists_are_kept", "dose_units_are_known", "alarm_lists_are_kept"}
SHOWN = {"adherence_within_bounds", "silent_within_installed", "gross_less_rent_is_net"}


def good(code: str) -> list[Event]:
    """A device that was in two homes and is in one, with a day of signs, a dose, an alarm and its rent."""
    told = [
        ("a", installed(), at(0)), ("a", d.DeviceRefilled(), at(1)), ("a", d.DeviceRemoved(), at(2)),
        ("a", installed(person="anna", baseline_visits=62.0), at(3)),
        ("a 5", d.DeviceAlive(device=device("a"), on=at(4).date()), at(4)),
        ("dose", due(at(4), of="a"), at(4)), ("dose", d.DoseTaken(), at(4, minutes=20)),
        ("alarm", raised(of="a"), at(5)), ("alarm", d.AlarmAcknowledged(), at(5, minutes=2)),
        ("alarm", d.AlarmHandled(how="phone"), at(5, minutes=9)),
    ]  # fmt: skip
    events = [tell(name, fact, when, municipality=code) for name, fact, when in told]
    return [*events, rented(code, "norr", date(2026, 3, 1), 2_800)]


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    plant(own_warehouse, good, FAULTS, PLACES | {"forgotten": FORGOTTEN}, GOOD)
    forget(own_warehouse, FORGOTTEN)
    for code, wrong in ((GOOD, 0), (FORGOTTEN, 2)):
        publish(own_warehouse, code, "adherence", 0.9 + wrong, (0.85, 0.95))
        publish(own_warehouse, code, "active_devices", 11)
        publish(own_warehouse, code, "silent_devices", 10 + wrong)
        publish(own_warehouse, code, "avoided_cost_gross", 7_800)
        publish(own_warehouse, code, "device_rent", 2_800)
        publish(own_warehouse, code, "avoided_cost_net", 5_000 + wrong)
    return own_warehouse


def test_good_devices_meet_every_expectation(hub: Warehouse) -> None:
    found = {one.expectation: one for one in all_of(hub, GOOD, suites)}
    assert [one for one in found.values() if not one.holds or one.broken] == []
    assert found.keys() == expected(suites, LISTED).keys()


@pytest.mark.parametrize("name", FAULTS)
def test_an_expectation_sees_a_planted_fault(hub: Warehouse, name: str) -> None:
    one = judged(hub, PLACES[name], suites, name)
    assert (one.holds, one.broken) == (False, 1)
    assert one.fails_the_run is (name != "few_device_flaws")


@pytest.mark.parametrize("name", sorted(UNLISTED))
def test_codes_that_are_in_no_list_of_the_municipality_are_seen(hub: Warehouse, name: str) -> None:
    one = judged(hub, GOOD, suites, name, LISTED)
    assert (one.holds, one.broken, one.fails_the_run) == (False, 1, False)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_archive_tells_of_without_a_row_is_seen(hub: Warehouse, kind: str) -> None:
    one = judged(hub, FORGOTTEN, suites, f"{kind}_told_has_a_row")
    assert (one.holds, one.broken) == (False, 1)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_published_figures_that_do_not_agree_are_seen(hub: Warehouse, name: str) -> None:
    one = judged(hub, FORGOTTEN, suites, name)
    assert (one.holds, one.broken, one.fails_the_run) == (False, 1, name == "adherence_within_bounds")


def test_bounds_without_a_value_are_no_fault(hub: Warehouse) -> None:
    publish(hub, "9902", "adherence", None, (0.8, 0.9))
    assert judged(hub, "9902", suites, "adherence_within_bounds").holds


def test_every_expectation_has_a_planted_fault() -> None:
    without_row = {f"{kind}_told_has_a_row" for kind in KINDS}
    assert expected(suites, LISTED).keys() == FAULTS.keys() | UNLISTED | SHOWN | without_row


def test_every_expectation_of_every_subject_has_a_name_and_a_sentence_of_its_own() -> None:
    every = [one.meta or {} for subject in SUBJECTS for suite in subject(municipality(GOOD), NOW)
             for one in suite.expectations]  # fmt: skip
    assert all(one["sentence"].endswith(".") for one in every)
    assert len({one["sentence"] for one in every}) == len({one["name"] for one in every}) == len(every)
