"""Devices, their days, doses, alarms and rent, case by case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from schemas import devices as d
from schemas.envelope import Fact
from streams.folds import alarm, dose
from streams.folds.days import STILL, day_number
from streams.folds.device import DeviceRow, fold_device, fold_device_day, fold_rent_month
from streams.history import History, Living, micros
from tests.dispensing import at, device, due, installed, raised, tell

Told = list[tuple[datetime, Fact]]
REMOVED, REFILLED = d.DeviceRemoved(reason="moved"), d.DeviceRefilled()
TAKEN, MISSED = d.DoseTaken(), d.DoseMissed(reason="refused")
ACKNOWLEDGED, HANDLED = d.AlarmAcknowledged(), d.AlarmHandled(how="phone")


def living(facts: Told) -> list[Living]:
    """As histories give them: in order of time, openings first and closings last in the same instant."""
    ordered = sorted(facts, key=lambda told: (told[0], told[1].RANK))
    return [Living(micros(when), fact, ()) for when, fact in ordered]


def lives(row: DeviceRow) -> list[tuple[int, int, str]]:
    return list(zip(row.lives__from, row.lives__until, row.lives__remove_reason, strict=True))


# -- device


def test_a_device_lives_from_its_installation_until_it_is_removed() -> None:
    about = installed("norr", "ann", baseline_visits=80.0, regi="in_house", sex="woman", age_band="80+")
    row = fold_device(living([(at(0), about), (at(13), REFILLED), (at(20), REMOVED)]))
    assert lives(row) == [(micros(at(0)), micros(at(20)), "moved")]
    assert (row.lives__unit, row.lives__person, row.lives__sex) == (["norr"], [about.person], ["woman"])
    assert (row.lives__baseline_visits, row.lives__regi) == ([80.0], ["in_house"])
    assert (row.refills__at, row.refills__life) == ([micros(at(13))], [1])
    assert (row.flaws, row.events) == ([], 3)


def test_a_device_that_is_not_removed_is_still_there() -> None:
    row = fold_device(living([(at(0), installed())]))
    assert lives(row) == [(micros(at(0)), STILL, "")]
    assert (row.lives__person, row.lives__baseline_visits) == ([""], [None])


def test_a_removed_device_that_is_installed_again_has_another_life() -> None:
    row = fold_device(
        living([(at(0), installed("norr", "ann")), (at(9), REMOVED), (at(12), installed("syd", "bo"))])
    )
    assert lives(row) == [(micros(at(0)), micros(at(9)), "moved"), (micros(at(12)), STILL, "")]
    assert (row.lives__unit, row.flaws) == (["norr", "syd"], [])


def test_a_device_that_is_filled_before_it_is_carried_to_a_home_is_filled_for_that_home() -> None:
    facts = [
        (at(0), REFILLED),
        (at(0, 2), installed()),
        (at(9), REMOVED),
        (at(11), REFILLED),
        (at(12), installed()),
    ]
    row = fold_device(living([*facts, (at(25), REFILLED)]))
    assert row.refills__life == [1, 2, 2]
    assert row.flaws == []


@pytest.mark.parametrize(
    ("facts", "flaw"),
    [
        ([(at(0), installed()), (at(9), REMOVED), (at(10), REFILLED)], "refilled_after_removal"),
        ([(at(0), REMOVED), (at(1), installed())], "removed_before_installed"),
        ([(at(0), installed()), (at(1), installed())], "installed_twice"),
        ([(at(0), installed()), (at(1), REMOVED), (at(2), REMOVED)], "removed_twice"),
        ([(at(0), REFILLED)], "never_installed"),
        ([(at(0), REMOVED)], "never_installed"),
    ],
)  # fmt: skip
def test_a_device_whose_facts_make_no_sense_has_a_named_flaw(facts: Told, flaw: str) -> None:
    assert fold_device(living(facts)).flaws == [flaw]


def test_a_removal_before_the_installation_does_not_end_what_came_after_it() -> None:
    assert lives(fold_device(living([(at(0), REMOVED), (at(1), installed())]))) == [
        (micros(at(1)), STILL, "")
    ]


def test_of_two_installations_the_first_counts_and_a_removal_in_the_same_instant_leaves_no_time() -> None:
    row = fold_device(living([(at(0), installed("norr")), (at(1), installed("syd"))]))
    assert (row.lives__unit, row.lives__from) == (["norr"], [micros(at(0))])
    assert lives(fold_device(living([(at(0), REMOVED), (at(0), installed())]))) == [
        (micros(at(0)), micros(at(0)), "moved")
    ]


@pytest.mark.parametrize(("reason", "baseline"), [("wrong_code", 60.0), (None, 80.0)])
def test_the_baseline_is_frozen_and_changes_by_a_correction_with_a_reason(
    reason: str | None, baseline: float
) -> None:
    history = History([])
    for visits, recorded, why in ((80.0, at(0), None), (60.0, at(5), reason)):
        told = tell("a", installed(baseline_visits=visits), at(0), recordedtime=recorded, reason=why)
        history.hear(told, micros(recorded))
    row = fold_device(history.living()[0])
    assert row.lives__baseline_visits == [baseline]
    assert ("cause_changed_without_reason" in row.flaws) is (reason is None)


# -- signs of life


def alive(of: str = "a", on: date = date(2026, 3, 2)) -> d.DeviceAlive:
    return d.DeviceAlive(device=device(of), on=on)


def test_a_device_day_knows_its_first_and_last_sign_of_life_and_how_many_there_were() -> None:
    row = fold_device_day(living([(at(0, hour), alive()) for hour in (9, 1, 5)]))
    assert (row.first_at, row.last_at, row.signs) == (micros(at(0, 1)), micros(at(0, 9)), 3)
    assert (row.device, row.on_day, row.flaws) == (device("a"), day_number(date(2026, 3, 2)), [])


@pytest.mark.parametrize(
    ("facts", "flaw"),
    [
        ([(at(3), alive())], "day_not_of_time"),
        ([(at(0), alive()), (at(1), alive(on=date(2026, 3, 3)))], "several_in_one"),
        ([(at(0), alive()), (at(0, 1), alive("b"))], "several_in_one"),
    ],
)  # fmt: skip
def test_signs_of_life_of_another_day_or_device_are_a_flaw(facts: Told, flaw: str) -> None:
    assert fold_device_day(living(facts)).flaws == [flaw]


# -- dose


@pytest.mark.parametrize(
    ("facts", "outcome", "flaws"),
    [
        ([(at(0, 0, 30), TAKEN)], "taken", []),
        ([(at(0), TAKEN)], "taken", []),  # the first moment of the window
        ([(at(0, 1), TAKEN)], "taken", []),  # and its last
        ([(at(0, 1.001), TAKEN)], "late", []),
        ([(at(0, 0, 30), d.DoseTaken(late=True))], "late", []),  # the source says so itself
        ([(at(0, 5), d.DoseTaken(late=False))], "taken", []),
        ([(at(0, 2), MISSED)], "missed", []),
        ([], "unknown", []),  # never missed, never taken
        ([(at(0, -1), TAKEN)], "unknown", ["taken_before_due"]),
        ([(at(0, -1), d.DoseTaken(late=False))], "taken", ["taken_before_due"]),
        ([(at(0, 0, 30), TAKEN), (at(0, 1), MISSED)], "unknown", ["taken_and_missed"]),
        ([(at(0, 2), TAKEN), (at(0, 3), MISSED)], "unknown", ["taken_and_missed"]),
        ([(at(0, 1), MISSED), (at(0, 2), TAKEN)], "late", ["taken_and_missed"]),
        ([(at(0, 0, 10), TAKEN), (at(0, 5), TAKEN)], "taken", ["taken_twice"]),
        ([(at(0, 0, 10), TAKEN), (at(0), due(at(0, 9)))], "taken", ["due_twice"]),
    ],
)  # fmt: skip
def test_the_outcome_of_a_dose_is_what_its_facts_say_together(
    facts: Told, outcome: str, flaws: list[str]
) -> None:
    row = dose.fold(living([(at(0), due(at(0), "a")), *facts]))
    assert (row.outcome, row.flaws) == (outcome, flaws)
    assert (row.device, row.unit, row.due_at, row.window_s) == (device("a"), "norr", micros(at(0)), 3600)


def test_a_dose_keeps_when_it_was_taken_and_why_it_was_missed() -> None:
    facts: Told = [(at(0), due(at(0))), (at(0, 1), MISSED), (at(0, 2), TAKEN)]
    row = dose.fold(living(facts))
    assert (row.taken_at, row.miss_reason, row.device) == (micros(at(0, 2)), "refused", "")


@pytest.mark.parametrize(
    ("facts", "outcome", "flaws"),
    [
        ([(at(0), TAKEN)], "unknown", ["never_due"]),
        ([(at(0), d.DoseTaken(late=False))], "taken", ["never_due"]),
        ([(at(0), MISSED)], "missed", ["never_due"]),
    ],
)  # fmt: skip
def test_an_outcome_of_a_dose_that_nobody_said_was_due_is_a_flaw(
    facts: Told, outcome: str, flaws: list[str]
) -> None:
    row = dose.fold(living(facts))
    assert (row.outcome, row.flaws, row.due_at) == (outcome, flaws, None)


# -- alarm


def test_an_alarm_goes_off_is_acknowledged_and_handled() -> None:
    row = alarm.fold(living([(at(0), raised("a")), (at(0, 0, 3), ACKNOWLEDGED), (at(0, 0, 20), HANDLED)]))
    times = (row.raised_at, row.acknowledged_at, row.handled_at)
    assert times == (micros(at(0)), micros(at(0, 0, 3)), micros(at(0, 0, 20)))
    assert (row.how, row.unit, row.about, row.device, row.flaws) == (
        "phone", "norr", "missed_dose", device("a"), [],
    )  # fmt: skip


def test_an_alarm_that_nobody_has_touched_has_no_other_times() -> None:
    row = alarm.fold(living([(at(0), raised())]))
    assert (row.acknowledged_at, row.handled_at, row.how, row.flaws) == (None, None, "", [])


def test_of_several_contacts_about_one_alarm_the_first_counts() -> None:
    visit = d.AlarmHandled(how="home_visit")
    row = alarm.fold(living([(at(0), raised()), (at(0, 1), HANDLED), (at(0, 2), visit)]))
    assert (row.handled_at, row.how) == (micros(at(0, 1)), "phone")


@pytest.mark.parametrize(
    ("facts", "flaw"),
    [
        ([(at(0, -1), ACKNOWLEDGED), (at(0), raised())], "acknowledged_before_raised"),
        ([(at(0, -1), HANDLED), (at(0), raised())], "handled_before_raised"),
        ([(at(0), ACKNOWLEDGED)], "never_raised"),
        ([(at(0), HANDLED)], "never_raised"),
        ([(at(0), raised()), (at(0, 1), raised())], "raised_twice"),
    ],
)  # fmt: skip
def test_an_alarm_whose_facts_make_no_sense_has_a_named_flaw(facts: Told, flaw: str) -> None:
    assert alarm.fold(living(facts)).flaws == [flaw]


# -- rent


def test_every_line_of_the_ledger_counts_in_the_month_that_it_is_for() -> None:
    lines = [(date(2026, 7, 1), 200_000.0), (date(2026, 7, 20), 80_000.0), (date(2026, 8, 1), -1_000.0)]
    facts: Told = [
        (at(n), d.RentBooked(month=month, unit="norr", amount_kr=kr)) for n, (month, kr) in enumerate(lines)
    ]
    row = fold_rent_month(living(facts))
    july, august = day_number(date(2026, 7, 1)), day_number(date(2026, 8, 1))
    assert (row.lines__month, row.lines__kr) == ([july, july, august], [200_000.0, 80_000.0, -1_000.0])


@pytest.mark.parametrize("fold", [fold_device, fold_device_day, fold_rent_month, dose.fold, alarm.fold])
def test_an_entity_that_nothing_is_left_of_has_an_empty_row_without_flaws(fold: Any) -> None:
    assert fold([]).flaws == []
