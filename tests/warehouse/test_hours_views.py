"""The views over hours: what several rows tell together, nights when clocks change, and rows that move to
another day. Brukartimmar are held against plain Python in `test_hours.py`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from schemas import assistance as a
from schemas import hours as h
from schemas import staffing as s
from schemas.envelope import Event
from schemas.reference import HourlyRateSet, UnitPriceSet
from tests.caring import WALL, cancelled, clock, granted, planned, reported, visit, who
from tests.placing import pseudonym, tell
from tests.warehouse.hours_flaw_town import FLAWED, ODD, flawed_hours, of
from tests.warehouse.town import about, fold
from warehouse.client import Warehouse

NIGHTS, MOVED, TOLD = "9936", "9937", "9938"
STILL = date(2299, 12, 31)


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    fold(own_warehouse, [*flawed_hours(), *nights(), *told()])
    return own_warehouse


def rows(hub: Warehouse, sql: str, code: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in hub.rows(sql, {"code": code})]


def test_every_flaw_between_entities_is_found_and_nothing_beside_it(hub: Warehouse) -> None:
    asked = (
        "SELECT kind, entity, flaw FROM hours_flaws(zone = 'Europe/Stockholm')"
        " WHERE municipality = {code:String}"
    )
    found = rows(hub, asked, ODD)
    assert sorted(found) == sorted((kind, of(kind, name), flaw) for kind, name, flaw in FLAWED)


def nights() -> list[Event]:
    """One person is with staff around the clock, in shifts from eight to eight, over both nights."""
    events = []
    for eve in (
        date(2026, 3, 27),
        date(2026, 3, 28),
        date(2026, 3, 29),
        date(2026, 10, 24),
        date(2026, 10, 25),
    ):
        start, stop = (datetime.combine(eve + timedelta(days), time(8), WALL) for days in (0, 1))
        events.append(visit(f"from {eve}", NIGHTS, start, stop, **who("p")))
    return events


@pytest.mark.parametrize(("on", "hours"), [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_with_staff_around_the_clock_has_as_many_hours_as_it_truly_had(
    hub: Warehouse, on: str, hours: int
) -> None:
    asked = (
        "WITH toDateTime64({on:Date32}, 6, 'Europe/Stockholm') AS a,"
        " toDateTime64({on:Date32} + 1, 6, 'Europe/Stockholm') AS b"
        " SELECT sum(dateDiff('second', greatest(start_at, a), least(stop_at, b))) / 3600 AS hours"
        " FROM visit_times WHERE municipality = {code:String}"
        " AND day BETWEEN {on:Date32} - 2 AND {on:Date32} + 1 AND start_at < b AND stop_at > a"
    )
    assert hub.rows(asked, {"on": on, "code": NIGHTS}) == [{"hours": hours}]


def held(hub: Warehouse) -> list[tuple[date, bool, bool]]:
    """Day, whether its hours count and whether it was planned, of each visit of the town that holds."""
    of_town = "FROM visits FINAL WHERE municipality = {code:String} AND void = 0 ORDER BY day"
    return rows(hub, f"SELECT day, counted, plan_start_at IS NOT NULL {of_town}", MOVED)


def test_a_visit_that_moves_to_another_day_is_on_that_day_alone(hub: Warehouse) -> None:
    fold(hub, [planned("one", MOVED, "2026-03-02 08:00", "2026-03-02 09:00")])
    assert held(hub) == [(date(2026, 3, 2), False, True)]
    fold(hub, [visit("one", MOVED, "2026-03-03 08:00", "2026-03-03 09:00")])
    assert held(hub) == [(date(2026, 3, 3), True, True)]
    without_stop = h.VisitPerformed(start_at=clock("2026-03-04 08:00"), unit="north")
    later = datetime(2026, 3, 9, tzinfo=UTC)
    fold(hub, [tell("one", without_stop, "2026-03-03", municipality=MOVED, recordedtime=later)])
    assert held(hub) == [(date(2026, 3, 4), False, True)]
    fold(hub, [cancelled("two", MOVED, "2026-03-02")])
    fold(hub, [planned("two", MOVED, "2026-03-05 08:00", "2026-03-05 09:00")])
    assert held(hub) == [(date(2026, 3, 4), False, True), (date(2026, 3, 5), False, True)]
    asked = "SELECT performed, has_stop, cancelled FROM visits_planned WHERE municipality = {code:String}"
    assert rows(hub, f"{asked} ORDER BY day", MOVED) == [(1, 0, 0), (0, 0, 1)]


CASE: dict[str, Any] = {"unit": "assistance", "regi": "in_house", "payer": "social_insurance"}


def told() -> list[Event]:
    """One of each that has steps, periods or parts."""

    def say(name: str, fact: Any, on: str, **more: Any) -> Event:
        return tell(name, fact, on, municipality=TOLD, **more)

    return [
        granted("g", TOLD, 10, "week", "2026-02-01", decided_on=date(2026, 1, 20),
                **who("ann", "woman", "80+")),
        reported("r", TOLD, "2026-03-01", "2026-04-01", 40, double_hours=4,
                 assistance=pseudonym("assistance", "c")),
        say("c", a.AssistanceDecided(from_on=date(2026, 1, 1), until_on=date(2026, 7, 1), hours=1810, **CASE),
            "2025-12-01"),
        say("c", a.AssistanceDecided(from_on=date(2026, 5, 1), until_on=date(2026, 7, 1), hours=305, **CASE),
            "2026-04-10"),
        say("c", a.AssistanceScheduleChanged(on=date(2026, 4, 9)), "2026-04-09"),
        say("c", a.AssistanceScheduleChanged(on=date(2026, 4, 24)), "2026-04-24"),
        say("c", a.AssistanceRateSet(from_on=date(2026, 1, 1), rate_kr=380), "2026-03-01"),
        say("c", a.AssistanceRateSet(from_on=date(2026, 6, 1), rate_kr=389.42), "2026-05-01"),
        say("north.nurse.20260302", s.TimeWorked(unit="north", role="nurse", on=date(2026, 3, 2), hours=6,
            used_for="direct", qualified=True), "2026-03-02"),
        say("north.nurse.20260302", s.TempEngaged(unit="north", role="nurse", on=date(2026, 3, 2), hours=7,
            temp=pseudonym("temp", "t")), "2026-03-02"),
        say("m", a.CostBooked(month=date(2026, 3, 1), unit="assistance", amount_kr=100), "2026-03-31"),
        about("rate", HourlyRateSet(from_on=date(2025, 1, 1), rate_kr=335.6), clock("2025-01-01"), TOLD),
        about("rate", HourlyRateSet(from_on=date(2026, 1, 1), rate_kr=347.7), clock("2026-01-01"), TOLD),
        about("price", UnitPriceSet(service="home_care", from_on=date(2026, 1, 1), price_kr=520),
              clock("2026-01-01"), TOLD),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("from_on, until_on, hours, per, decided_on, sex, age_band, service, law FROM grant_steps",
         [(date(2026, 2, 1), STILL, 10, "week", date(2026, 1, 20), "woman", "80+", "home_care", "SoL")]),
        ("from_on, until_on, hours, double_hours, who FROM hours_reports_now",
         [(date(2026, 3, 1), date(2026, 4, 1), 40, 4, pseudonym("assistance", "c"))]),
        ("from_on, until_on, round(hours, 6), decided_hours, decided_on, unit, regi, payer, ended_on"
         " FROM assistance_periods",
         [(date(2026, 1, 1), date(2026, 5, 1), 1200, 1810, date(2025, 12, 1), *CASE.values(), None),
          (date(2026, 5, 1), date(2026, 7, 1), 305, 305, date(2026, 4, 10), *CASE.values(), None)]),
        ("from_on, until_on, rate_kr FROM assistance_rates",
         [(date(2026, 1, 1), date(2026, 6, 1), 380), (date(2026, 6, 1), STILL, 389.42)]),
        ("decided_on, schedule_on, hours_a_day, hours_a_day_before, is_changed FROM assistance_changes",
         [(date(2026, 4, 10), date(2026, 4, 24), 5, 10, 1)]),
        ("role, on_day, used_for, qualified, hours FROM staff_worked",
         [("nurse", date(2026, 3, 2), "direct", "yes", 6)]),
        ("on_day, temp, assistance, hours FROM staff_temps",
         [(date(2026, 3, 2), pseudonym("temp", "t"), "", 7)]),
        ("scheduled_h, scheduled_persons, sick_persons, overtime_h FROM staff_days_now",
         [(None, None, 0, 0)]),
        ("assistance, month, cost_kr, overhead_kr, claimed_h, paid_kr, revenue_kr FROM account_months_now",
         [("", date(2026, 3, 1), 100, None, None, None, None)]),
        ("from_on, until_on, rate_kr, most_raised FROM hourly_rate_steps",
         [(date(2025, 1, 1), date(2026, 1, 1), 335.6, 0.12), (date(2026, 1, 1), STILL, 347.7, 0.12)]),
        ("service, regi, per, from_on, until_on, price_kr FROM unit_price_steps",
         [("home_care", "unknown", "hour", date(2026, 1, 1), STILL, 520)]),
    ],
)  # fmt: skip
def test_a_view_has_a_row_for_each_part(hub: Warehouse, asked: str, expected: list[tuple[Any, ...]]) -> None:
    assert rows(hub, f"SELECT {asked} WHERE municipality = {{code:String}} ORDER BY ALL", TOLD) == expected
