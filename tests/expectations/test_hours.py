"""The expectations over hours, staff and assistance hold on good data; each sees a planted fault."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from expectations import assistance, hours
from expectations.suite import Suite
from schemas import assistance as a
from schemas.envelope import Event
from schemas.municipality import Municipality
from tests.assisting import Case, claimed, cost, paid, rate
from tests.caring import granted, planned, reported, scheduled, unit_price, visit, who, worked
from tests.expectations.planting import NOW, all_of, expected, forget, judged, of_rows, plant, publish
from tests.placing import pseudonym
from warehouse.client import Warehouse

GOOD, FORGOTTEN, LISTED = "9900", "9901", Municipality("9900", "Prov", care_units={"a": "A"}, codes={
    "service": {"cleaning": "Städning"}})  # fmt: skip
STILL = "toDate32('2299-12-31')"
FAULTS = of_rows({kind: ("hours", about[0]) for kind, about in hours.KINDS.items()}, 1) | of_rows(
    assistance.KINDS, 1
) | {
    "counted_visits_have_length": ("visits", "start_at AS stop_at"),
    "net_time_within_visit": ("visits", "net_s + 86400 AS net_s"),
    "double_time_within_net": ("visits", "net_s + 1 AS double_s"),
    "all_is_double_with_two": ("visits", "net_s - 1 AS double_s"),
    "uncounted_visits_have_no_hours": ("visits", "0 AS counted"),
    "visit_day_is_that_of_its_start": ("visits", "day + 1 AS day"),
    "cancelled_visits_are_not_performed": ("visits", "1 AS cancelled"),
    "planned_visits_have_length": ("visits", "plan_start_at - INTERVAL 1 SECOND AS plan_stop_at"),
    "visit_codes_are_known": ("visits", "'hemlig' AS regi"),
    "staff_count_reaches_the_named": ("visits", "1 AS staff_count"),
    "grant_steps_have_days": ("grants", f"[toDate32('2026-02-01'), {STILL}] AS `steps.until_on`"),
    "grant_steps_do_not_overlap": ("grants", f"[toDate32('2026-03-02'), {STILL}] AS `steps.until_on`"),
    "granted_hours_are_not_negative": ("grants", "arrayMap(h -> -h, `steps.hours`) AS `steps.hours`"),
    "grants_end_when_they_end": ("grants", "toDate32('2026-02-10') AS end_on"),
    "grant_codes_are_known": ("grants", "'hemlig' AS law"),
    "reported_periods_have_a_day": ("hours_reports", "from_on AS until_on"),
    "reported_hours_are_possible": ("hours_reports", "776 AS hours"),
    "reported_double_within_hours": ("hours_reports", "hours + 1 AS double_hours"),
    "few_hours_flaws": ("grants", "['hours_over_24_a_day'] AS flaws"),
    "staff_days_have_a_day": ("staff_days", "NULL AS on_day"),
    "staff_hours_are_not_negative": ("staff_days", "-1 AS overtime_h"),
    "schedule_within_the_day": ("staff_days", "1 AS scheduled_persons"),
    "sick_within_schedule": ("staff_days", "41 AS sick_long_h"),
    "worked_and_sick_are_reasonable": ("staff_days", "[51.0] AS `worked.hours`"),
    "assistance_periods_have_days": ("assistances", "`periods.from_on` AS `periods.until_on`"),
    "assistance_periods_do_not_overlap": (
        "assistances", "arrayMap(d -> d + 1, `periods.until_on`) AS `periods.until_on`"),
    "assistance_hours_as_decided": (
        "assistances", "arrayMap(h -> h + 1, `periods.hours`) AS `periods.hours`"),
    "assistance_ends_when_it_ends": ("assistances", "toDate32('2026-08-01') AS end_on"),
    "assistance_rates_are_possible": ("assistances", "[-1.] AS `rates.rate_kr`"),
    "assistance_codes_are_known": ("assistances", "'hemlig' AS age_band"),
    "account_months_are_months": ("account_months", "month + 1 AS month"),
    "claimed_hours_are_not_negative": ("account_months", "-1 AS claimed_h"),
    "claims_have_their_day": ("account_months", "NULL AS claimed_at"),
    "paid_within_claimed": ("account_months", "claimed_kr + 2 AS paid_kr"),
    "prices_follow_each_other": ("hourly_rates", "arrayReverse(`steps.from_on`) AS `steps.from_on`"),
    "prices_are_not_negative": ("unit_prices", "[-0.5] AS `steps.price_kr`"),
    "few_assistance_flaws": ("account_months", "['several_in_one'] AS flaws"),
}  # fmt: skip
PLACES = {name: str(9910 + number) for number, name in enumerate(FAULTS)}
UNLISTED = {
    "visit_lists_are_kept",
    "grant_lists_are_kept",
    "staff_units_are_known",
    "assistance_units_are_known",
}
WARNED = UNLISTED | {
    "staff_count_reaches_the_named", "few_hours_flaws", "schedule_within_the_day", "sick_within_schedule",
    "worked_and_sick_are_reasonable", "paid_within_claimed", "few_assistance_flaws",
    "client_hours_within_staff_hours",
}  # fmt: skip
KINDS = (*hours.KINDS, *assistance.KINDS)


def suites(place: Municipality, now: datetime) -> list[Suite]:
    return [*hours.suites(place, now), *assistance.suites(place, now)]


def good(code: str) -> list[Event]:
    """One of each kind: a grant and a case with two steps, a planned visit of two, a day of staff."""
    two = (pseudonym("person", "x"), pseudonym("person", "y"))
    case = Case("one", code)
    return [
        granted("g", code, 10, "week", "2026-02-01"), granted("g", code, 8, "week", "2026-03-01"),
        planned("v", code, "2026-03-02 08:00", "2026-03-02 08:30"),
        visit("v", code, "2026-03-02 08:05", "2026-03-02 08:35", staff=two, **who("anna")),
        reported("r", code, "2026-03-01", "2026-04-01", 40, double_hours=3, **who("bo")),
        scheduled("north", code, "2026-03-02", 40, 5), worked("north", code, "2026-03-02", "direct", 30),
        case.decided("2026-01-01", "2026-07-01", 1810), case.decided("2026-07-01", "2027-01-01", 1840),
        rate(code, "2026-01-01", 347.7), rate(code, "2026-07-01", 350),
        unit_price("home_care", code, "2026-01-01", 480),
        *case.money("2026-03", claimed(300, 104_310), paid(104_310), cost(100_000)),
        case.told(a.AssistanceRateSet(from_on=date(2026, 1, 1), rate_kr=389.42), "2026-03-05"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    plant(own_warehouse, good, FAULTS, PLACES | {"forgotten": FORGOTTEN}, GOOD)
    forget(own_warehouse, FORGOTTEN)
    for code, client, staff in ((GOOD, 10.0, 10.0), (FORGOTTEN, 10.5, 10.0)):
        publish(own_warehouse, code, "client_hours", client)
        publish(own_warehouse, code, "performed_hours", staff)
    return own_warehouse


def test_good_hours_meet_every_expectation(hub: Warehouse) -> None:
    found = {one.expectation: one for one in all_of(hub, GOOD, suites)}
    assert [one for one in found.values() if not one.holds or one.broken] == []
    assert found.keys() == expected(suites, LISTED).keys()


@pytest.mark.parametrize("name", FAULTS)
def test_an_expectation_sees_a_planted_fault(hub: Warehouse, name: str) -> None:
    one = judged(hub, PLACES[name], suites, name)
    assert (one.holds, one.broken) == (False, 1)
    assert one.fails_the_run is (name not in WARNED)


@pytest.mark.parametrize("name", sorted(UNLISTED))
def test_codes_that_are_in_no_list_of_the_municipality_are_seen(hub: Warehouse, name: str) -> None:
    one = judged(hub, GOOD, suites, name, LISTED)
    assert (one.holds, one.broken, one.fails_the_run) == (False, 1, False)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_archive_tells_of_without_a_row_is_seen(hub: Warehouse, kind: str) -> None:
    one = judged(hub, FORGOTTEN, suites, f"{kind}_told_has_a_row")
    assert (one.holds, one.broken) == (False, 1)


def test_more_client_hours_than_staff_hours_are_seen(hub: Warehouse) -> None:
    one = judged(hub, FORGOTTEN, suites, "client_hours_within_staff_hours")
    assert (one.holds, one.broken, one.fails_the_run) == (False, 1, False)


def test_every_expectation_has_a_planted_fault_and_a_sentence_of_its_own() -> None:
    every = [one.meta or {} for suite in suites(LISTED, NOW) for one in suite.expectations]
    assert all(one["sentence"].endswith(".") for one in every)
    assert len({one["sentence"] for one in every}) == len(every)
    assert {one["name"] for one in every} == FAULTS.keys() | UNLISTED | {
        "client_hours_within_staff_hours", *(f"{kind}_told_has_a_row" for kind in KINDS)
    }  # fmt: skip
