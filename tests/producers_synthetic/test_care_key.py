"""The answer key to Mittköping's hours and devices against the hub's own folds, and what was planted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from producers.synthetic.care import answer_assistance as assistance
from producers.synthetic.care import answer_devices as devices
from producers.synthetic.care import answer_doses as doses
from producers.synthetic.care import answer_hours as hours
from producers.synthetic.care import answer_money as money
from producers.synthetic.care import answer_six_months as six_months
from producers.synthetic.care import answer_staff as staff
from producers.synthetic.care import answer_watch as watch
from producers.synthetic.care.generator import care_history
from producers.synthetic.care.grants import grants_day
from producers.synthetic.care.known import CareKey, care_key
from producers.synthetic.care.model import begins
from producers.synthetic.care.times import length, length_of_two
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY, start_of
from schemas import hours as h
from schemas import staffing as s
from streams.history import History, micros
from streams.kinds import KINDS

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
SIZE = 0.2
MONTH = (date(2026, 10, 1), date(2026, 11, 1))  # clocks go back in it
SECOND = 1_000_000
Rows = dict[str, list[tuple[str, Any]]]


@pytest.fixture(scope="module")
def key() -> CareKey:
    return care_key(7, NOW, SIZE)


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Each entity as the hub folds it: by kind, key and row."""
    events = list(care_history(7, NOW, SIZE)) * 2
    Random(1).shuffle(events)
    histories: dict[str, History] = {}
    for event in events:
        histories.setdefault(event.subject, History([])).hear(event, micros(event.recordedtime))
    folds = {kind.name: kind.fold for kind in KINDS}
    found: Rows = defaultdict(list)
    for subject, history in histories.items():
        living = history.living()[0]
        kind = subject.split("/")[1]
        if living:
            found[kind].append((subject, folds[kind](living)))
    return found


def day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def limits(span: tuple[date, date]) -> tuple[int, int]:
    return micros(start_of(span[0])), micros(start_of(span[1]))


def test_granted_hours_are_those_of_the_hubs_decisions(key: CareKey, rows: Rows) -> None:
    first, until = day_number(MONTH[0]), day_number(MONTH[1])
    a_day = {"day": 1.0, "week": 1 / 7, "month": 1 / 31}
    found: Counter[tuple[str, ...]] = Counter()
    for _, row in rows["grant"]:
        steps = zip(row.steps__from_on, row.steps__until_on, row.steps__hours, row.steps__per,
                    row.steps__unit, strict=True)  # fmt: skip
        for since, end, many, per, unit in steps:
            found[(unit,)] += max(0, min(end, until) - max(since, first)) * many * a_day[per]
    assert hours.granted(key, MONTH, ("unit",)) == pytest.approx({c: v for c, v in found.items() if v})
    assert sum(found.values()) > 500


def test_person_hours_are_those_of_the_hubs_visits_cut_to_the_month(key: CareKey, rows: Rows) -> None:
    first, until = limits(MONTH)
    found: Counter[tuple[str, ...]] = Counter()
    for _, row in rows["visit"]:
        if row.counted and row.kind == "direct":
            inside = max(0, min(row.stop_at, until) - max(row.start_at, first))
            share = inside / (row.stop_at - row.start_at)
            found[row.service, row.unit] += (row.net_s + row.double_s) / 3600 * share
    for _, row in rows["hours_report"]:
        if row.counted and row.from_on >= day_number(MONTH[0]) and row.until_on <= day_number(MONTH[1]):
            found[row.service, row.unit] += row.hours + row.double_hours
    told = hours.performed(key, MONTH, ("service", "unit"))
    assert {cell: value for cell, value in told.items() if value} == pytest.approx(
        {cell: value for cell, value in found.items() if value}
    )


def test_client_hours_count_an_hour_once_however_many_came(key: CareKey, rows: Rows) -> None:
    """Second by second, for some clients."""
    first, until = limits(MONTH)
    seconds: defaultdict[str, set[int]] = defaultdict(set)
    of_some = sorted({row.person for _, row in rows["visit"] if row.service == "home_care"})[:6]
    for _, row in rows["visit"]:
        if row.counted and row.kind == "direct" and row.person in of_some:
            inside = max(row.start_at, first), min(row.stop_at, until)
            seconds[row.person].update(range(inside[0] // SECOND, inside[1] // SECOND))
    told = hours.client_hours(key, MONTH, ("person",))
    for person in of_some:
        assert told.get((person,), 0) == pytest.approx(len(seconds[person]) / 3600, abs=0.02)
    assert hours.client_hours(key, MONTH)[()] < hours.performed(key, MONTH)[()]


def test_union_of_times_by_hand() -> None:
    nine = datetime(2026, 10, 1, 9, tzinfo=UTC)
    hour = timedelta(hours=1)
    assert length([(nine, nine + hour), (nine + hour / 2, nine + 2 * hour), (nine, nine + hour / 4)]) == 2
    assert length([(nine, nine + hour), (nine + 3 * hour, nine + 4 * hour)]) == 2
    assert length([]) == 0
    twice = [(nine, nine + 2 * hour), (nine + hour, nine + 3 * hour), (nine + 1.5 * hour, nine + 4 * hour)]
    assert length_of_two(twice) == 2
    assert length_of_two([*twice[:1], (nine + 2 * hour, nine + 3 * hour)]) == 0


def test_outcomes_of_doses_are_the_hubs(key: CareKey, rows: Rows) -> None:
    told = Counter(dose.outcome for dose in doses.doses(key))
    assert told == Counter(row.outcome for _, row in rows["dose"] if row.due_at)
    assert min(told[name] for name in ("taken", "late", "missed", "unknown")) > 0


def test_adherence_has_its_bounds_and_lies_where_the_source_says(key: CareKey) -> None:
    (of_month,) = doses.adherence(key, MONTH).values()
    assert 0.99 < of_month.value < 1 and of_month.coverage > 0.98
    assert of_month.bounds[0] <= of_month.value <= of_month.bounds[1]
    (last_day,) = doses.adherence_last_day(key, NOW).values()
    assert last_day.coverage < of_month.coverage, "a silent device lowers the coverage"


def test_devices_in_homes_and_silent_ones_are_the_hubs(key: CareKey, rows: Rows) -> None:
    signs = [row for _, row in rows["device_day"]]
    for at in (NOW, NOW - timedelta(days=20, hours=5)):
        since = {
            subject.split("/")[2]: first
            for subject, row in rows["device"]
            for first, last in zip(row.lives__from, row.lives__until, strict=True)
            if first <= micros(at) < last
        }
        alive = {row.device for row in signs if micros(at - DAY) < row.last_at <= micros(at)}
        alive |= {row.device for row in signs if micros(at - DAY) < row.first_at <= micros(at)}
        whole_day = {device for device, first in since.items() if first <= micros(at - DAY)}
        assert devices.active(key, at) == {(): len(since)}
        assert devices.silent(key, at).get((), 0) == len(whole_day - alive)
    assert devices.silent(key, NOW) == {(): 1}


def test_a_baseline_changes_only_with_its_reason(key: CareKey, rows: Rows) -> None:
    hub = {subject.split("/")[2]: row.lives__baseline_visits for subject, row in rows["device"]}
    told = {life.device: [life.about.baseline_visits] for life in devices.lives(key)}
    assert told == hub
    assert key.planted()["device", "cause_changed_without_reason"] == 1


def test_hours_of_staff_are_the_hubs(key: CareKey, rows: Rows) -> None:
    year = (date(2025, 11, 1), date(2026, 11, 22))
    days = [row for _, row in rows["staff_day"]]
    for kind, name in ((s.TimeScheduled, "scheduled_h"), (s.OvertimeWorked, "overtime_h"),
                       (s.ExternalStaffHired, "external_h")):  # fmt: skip
        found = Counter[tuple[str, ...]]()
        for row in days:
            found[(row.unit,)] += getattr(row, name) or 0
        told = staff.hours(key, kind, year, ("unit",))
        assert told == {cell: many for cell, many in found.items() if many}
    assert staff.sick(key, year, "short")[()] == sum(row.sick_short_h for row in days)
    assert staff.sick(key, year)[()] == sum(row.sick_short_h + row.sick_long_h for row in days)
    assert staff.worked(key, year)[()] == sum(sum(row.worked__hours) for row in days)


def test_granted_hours_of_assistance_are_those_of_the_hubs_periods(key: CareKey, rows: Rows) -> None:
    for month in ((date(2026, 6, 1), date(2026, 7, 1)), MONTH, (date(2026, 11, 1), date(2026, 12, 1))):
        first, until = day_number(month[0]), day_number(min(month[1], NOW.date()))
        found = Counter[tuple[str, ...]]()
        for subject, row in rows["assistance"]:
            periods = zip(row.periods__from_on, row.periods__until_on, row.periods__hours, strict=True)
            for since, end, many in periods:
                inside = max(0, min(end, until) - max(since, first))
                found[(subject.split("/")[2],)] += many * inside / (end - since)
        told = assistance.granted(key, month, ("assistance",))
        assert {cell: value for cell, value in told.items() if value} == pytest.approx(
            {cell: value for cell, value in found.items() if value}
        )


def test_money_of_a_month_is_the_hubs(key: CareKey, rows: Rows) -> None:
    month = date(2026, 7, 1)
    found = {
        row.assistance or row.unit: (row.claimed_h, row.claimed_kr, row.paid_kr, row.cost_kr, row.overhead_kr,
                                     row.revenue_kr)
        for _, row in rows["account_month"]
        if row.month == day_number(month)
    }  # fmt: skip
    assert assistance.money(key, month) == found
    assert len(found) > 6


def test_one_case_goes_on_without_hours_that_are_refused_by_mistake(key: CareKey) -> None:
    (refused,) = [
        case for case in assistance.cases_known(key) if (it := case.on(NOW.date())) and it.hours == 0
    ]
    assert refused.hours_on(date(2026, 10, 20)) > 0
    assert (watch.halved(key, NOW), watch.halved(key, NOW - 2 * DAY)) == ({(): 1}, {})


def test_the_cost_of_an_hour_falls_as_it_did_in_ludvika(key: CareKey) -> None:
    """Cost less revenue, of the cases of which all was paid, early and late."""
    early, late = (_net_of_paid(key, month) for month in (date(2025, 7, 1), date(2026, 7, 1)))
    assert 30 < late < early < 140


def _net_of_paid(key: CareKey, month: date) -> float:
    whole = [
        one
        for (_, of), one in six_months.case_months(key, month, month + DAY).items()
        if of == month and one.money.revenue_kr and one.money.revenue_kr == one.money.claimed_kr
    ]
    return sum(one.net_kr or 0 for one in whole) / sum(one.performed or 0 for one in whole)


def test_performed_hours_of_assistance_are_those_of_shifts_and_reports(key: CareKey) -> None:
    ended = (date(2026, 7, 1), date(2026, 8, 1))
    assert money.performed(key, ended)[()] == pytest.approx(
        hours.performed(key, ended, ("service",))[("personal_assistance",)]
    )
    assert money.performed(key, MONTH)[()] == pytest.approx(
        hours.performed(key, MONTH, ("service",))[("personal_assistance",)]
    )


def test_flaws_are_those_that_were_planted_and_no_other(key: CareKey, rows: Rows) -> None:
    between = ("unknown_device", "alive_after_removal")  # no single entity tells of them
    planted = key.planted()
    assert Counter(_flaws(rows)) == {what: many for what, many in planted.items() if what[1] not in between}
    assert all(planted[kind, flaw] for kind, flaw in (("alarm", between[0]), ("device_day", between[1])))


def _flaws(rows: Rows) -> Iterator[tuple[str, str]]:
    return ((kind, flaw) for kind, told in rows.items() for _, row in told for flaw in row.flaws)


def test_only_a_grant_that_was_told_of_ends_but_for_those_planted() -> None:
    """Also on the first day, when those who have home care then are told of."""
    for seed in range(8):
        town = Town(seed, 1.0, NOW)
        told = [one for one in grants_day(town, begins(town, "visits")) if not one.flaw]
        granted = {one.subject for one in told if isinstance(one.fact, h.HoursGranted)}
        assert {one.subject for one in told if isinstance(one.fact, h.GrantEnded)} <= granted
