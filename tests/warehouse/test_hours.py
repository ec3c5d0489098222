"""Hours beyond the golden cases: what nothing told means, what is preliminary, and visits by plain Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.caring import clock, granted, planned, reported, unit_price, visit, who, worked
from tests.warehouse.care_town import CARED, cared, rehab
from tests.warehouse.golden import rounded
from tests.warehouse.golden_hours import GOLDEN, MARCH, OCTOBER
from tests.warehouse.plain_hours import NIGHTS, VISITS, Known, by_unit, client_hours, staff_hours, told_of
from tests.warehouse.publishing import Town
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.contracts import load
from warehouse.figures import Row, at_instants, over_spans
from warehouse.places import Places
from warehouse.published import shown
from warehouse.told import told

TODAY = date(2026, 11, 22)
CODES = iter(f"99{number}" for number in range(10, 30))
ABOUT_HOURS = sorted({golden.metric for golden in GOLDEN if load()[golden.metric].kind == "span"})


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    fold(own_warehouse, [*cared(), *rehab()])
    return own_warehouse


def ask(hub: Warehouse, metric: str, code: str, *spans: tuple[date, date], by: tuple[str, ...] = (),
        today: date = TODAY) -> list[Row]:  # fmt: skip
    return over_spans(hub, load()[metric], code, spans, today, by)


def states(rows: list[Row]) -> dict[str, str]:
    return {" ".join(row.dimensions.values()): row.state for row in rows}


def test_each_kind_of_hours_has_a_first_day_of_its_own(hub: Warehouse) -> None:
    code = "9931"
    assert told(hub, code).firsts == {}
    fold(hub, [planned("later", code, "2026-05-01 08:00", "2026-05-01 09:00")])
    assert told(hub, code).firsts == {"plan": clock("2026-05-01 08:00")}
    fold(hub, [reported("march", code, "2026-03-01", "2026-04-01", 40)])
    march = clock("2026-03-01 00:00")
    assert told(hub, code).firsts == {
        "plan": clock("2026-05-01 08:00"), "hours_report": march, "performed": march, "hours": march,
    }  # fmt: skip
    fold(hub, [granted("ann", code, 2, "day", "2026-02-01"),
               visit("one", code, "2026-02-11 08:00", "2026-02-11 09:00")])  # fmt: skip
    firsts = told(hub, code).firsts
    assert firsts["visit"] == firsts["performed"] == clock("2026-02-11 08:00")
    assert firsts["grant"] == firsts["hours"] == clock("2026-02-01 00:00")
    assert firsts.keys() == {"plan", "hours_report", "visit", "grant", "performed", "hours"}


def test_assistance_that_was_told_of_makes_no_home_care_zero(hub: Warehouse) -> None:
    code = "9935"
    fold(hub, [visit("shift", code, "2026-01-11 08:00", "2026-01-11 09:00", service="personal_assistance"),
               visit("one", code, "2026-03-11 08:00", "2026-03-11 09:00"),
               granted("ann", code, 2, "day", "2026-02-01", service="personal_assistance")])  # fmt: skip
    found, hours, february = told(hub, code), load()["client_hours"], clock("2026-02-28 23:00")
    states = [
        found.unanswered(hours, february, service=name) for name in ("", "personal_assistance", "home_care")
    ]
    assert states == ["value", "value", "missing"]
    assert found.unanswered(hours, clock("2026-03-31 23:00"), service="home_care") == "value"
    assert (
        found.unanswered(load()["granted_hours"], clock("2026-03-31 23:00"), service="home_care") == "missing"
    )


def test_a_visit_that_nobody_planned_is_not_among_the_planned_ones(hub: Warehouse) -> None:
    code = "9934"
    fold(hub, [planned("one", code, "2026-05-01 08:00", "2026-05-01 09:00"),
               visit("two", code, "2026-05-01 08:00", "2026-05-01 09:00")])  # fmt: skip
    asked = "SELECT plan_start_at FROM visits_planned WHERE municipality = {code:String}"
    assert hub.rows(asked, {"code": code}) == [{"plan_start_at": clock("2026-05-01 08:00")}]


def test_hours_that_nobody_told_of_are_missing_and_never_none_at_all(hub: Warehouse) -> None:
    code = "9932"
    fold(
        hub,
        [
            granted("ann", code, 2, "day", "2026-02-01", **who("ann")),
            planned("one", code, "2026-03-03 08:00", "2026-03-03 09:00", **{"person": who("ann")["person"]}),
        ],
    )
    for metric in ("performed_hours", "client_hours", "visits_performed", "performed_to_granted_share",
                   "hours_per_person_month", "cost_per_client", "client_time_share"):  # fmt: skip
        assert [row.state for row in ask(hub, metric, code, MARCH)] == ["missing"], metric
    assert [(row.value, row.state) for row in ask(hub, "granted_hours", code, MARCH)] == [(62, "value")]
    before = ask(hub, "granted_hours", code, (date(2026, 1, 1), date(2026, 2, 1)))
    assert [row.state for row in before] == ["missing"]
    assert [row.value for row in ask(hub, "visit_coverage", code, MARCH)] == [0]


def test_granted_hours_whose_act_nobody_told_are_not_none_at_all(hub: Warehouse) -> None:
    code, noon = "9937", clock("2026-03-10 12:00")
    fold(hub, [granted("ann", code, 2, "day", "2026-02-01", law="other", **who("ann"))])
    assert [row.state for row in ask(hub, "granted_hours", code, MARCH)] == ["missing"]
    (now,) = at_instants(hub, load()["granted_today"], code, [noon])
    assert (now.state, now.coverage) == ("missing", 0)
    fold(hub, [granted("bo", code, 6, "day", "2026-02-01", **who("bo"))])
    (now,) = at_instants(hub, load()["granted_today"], code, [noon])
    assert (now.value, now.state, now.coverage) == (6, "preliminary", 0.75)


@pytest.mark.parametrize("metric", ["granted_today", "performed_today"])
def test_todays_hours_whose_regi_nobody_told_are_not_none_of_any_regi(hub: Warehouse, metric: str) -> None:
    """The wall of home care shows those in-house alone."""
    code, noon = {"granted_today": "9951", "performed_today": "9952"}[metric], clock("2026-03-10 12:00")
    fold(hub, [granted("ann", code, 2, "day", "2026-02-01", **who("ann")),
               visit("one", code, "2026-03-10 06:00", "2026-03-10 08:00", **who("ann"))])  # fmt: skip
    by_regi = {
        row.dimensions["regi"]: row for row in at_instants(hub, load()[metric], code, [noon], ("regi",))
    }
    assert {regi: (row.state, row.coverage) for regi, row in by_regi.items()} == {
        "unknown": ("value", 1), "in_house": ("missing", 0), "contracted": ("missing", 0),
    }  # fmt: skip
    bo = who("bo") | {"regi": "in_house"}
    fold(hub, [granted("bo", code, 6, "day", "2026-02-01", **bo),
               visit("two", code, "2026-03-10 02:00", "2026-03-10 08:00", **bo)])  # fmt: skip
    rows = at_instants(hub, load()[metric], code, [noon], ("regi",))
    (own,) = [row for row in rows if row.dimensions["regi"] == "in_house"]
    assert (own.value, own.state, own.coverage) == (6, "preliminary", 0.75)


def test_hours_are_preliminary_while_visits_lack_a_start_or_a_stop(hub: Warehouse) -> None:
    """Of the north's two planned visits one has both; the south's single one has neither."""
    for metric in ("performed_hours", "client_hours"):
        found = states(ask(hub, metric, CARED, MARCH, by=("unit",)))
        assert found == {"north": "preliminary", "south": "preliminary", "assist": "value",
                         "private": "value", "across": "missing"}, metric  # fmt: skip
        assert states(ask(hub, metric, CARED, MARCH, by=("sex",))) == dict.fromkeys(
            ("woman", "man", "unknown"), "preliminary"
        )  # of those who were planned and did not come nobody knows the sex
    assert states(ask(hub, "performed_to_granted_share", CARED, MARCH, by=("unit",))) == {
        "north": "preliminary", "south": "preliminary", "assist": "value"}  # fmt: skip
    assert states(ask(hub, "granted_hours", CARED, MARCH, by=("unit",))) == {
        "north": "preliminary", "south": "value", "assist": "value"}  # fmt: skip


def test_a_provider_that_has_not_reported_yet_makes_the_month_preliminary(hub: Warehouse) -> None:
    months = [(date(2026, month, 1), date(2026, month + 1, 1)) for month in (3, 4, 7, 8)]
    rows = ask(hub, "performed_hours", CARED, *months, by=("unit",), today=date(2026, 9, 1))
    private = {row.since: row.state for row in rows if row.dimensions["unit"] == "private" and row.since}
    assert private == {months[0][0]: "value", months[1][0]: "missing", months[2][0]: "missing"}
    total = {row.since: (round(row.value or 0, 9), row.state)
             for row in ask(hub, "performed_hours", CARED, *months)}  # fmt: skip
    assert total[months[1][0]] == (2, "preliminary")
    assert total[months[3][0]] == (0, "value")  # 92 days later nobody waits any more


def test_a_report_counts_in_whole_months_and_longer_and_never_in_shorter_spans(hub: Warehouse) -> None:
    spans = {
        (date(2026, 3, 1), date(2026, 3, 31)): None,
        (date(2026, 2, 28), date(2026, 4, 1)): 110,
        (date(2026, 3, 2), date(2026, 4, 2)): None,
        (date(2026, 1, 1), date(2027, 1, 1)): 110,
    }
    for span, value in spans.items():
        (row,) = [
            row
            for row in ask(hub, "performed_hours", CARED, span, by=("unit",))
            if row.dimensions["unit"] == "private"
        ]
        assert row.value == value, span


def test_units_that_tell_hours_without_persons_are_not_compared_with_grants(hub: Warehouse) -> None:
    code, private = "9933", {"unit": "private", "regi": "contracted"}
    fold(hub, [granted("ann", code, 2, "day", "2026-03-01", **private, **who("ann")),
               granted("bo", code, 1, "day", "2026-03-01", **who("bo")),
               visit("one", code, "2026-03-02 08:00", "2026-03-02 11:06", **who("bo")),
               reported("march", code, "2026-03-01", "2026-04-01", 50)])  # fmt: skip
    (row,) = ask(hub, "performed_to_granted_share", code, MARCH)
    assert row.value == pytest.approx(0.1)
    assert row.n == 1
    assert states(ask(hub, "performed_to_granted_share", code, MARCH, by=("unit",))) == {"north": "value"}
    (row,) = ask(hub, "hours_per_person_month", code, MARCH)
    assert row.value == pytest.approx(3.1)
    assert (row.n, row.state) == (1, "preliminary")


def test_a_month_that_is_not_reported_yet_makes_figures_per_person_preliminary(hub: Warehouse) -> None:
    """Bo's visits are all there; Ann's provider reports her by the month, and has not come to March."""
    code, private = "9938", {"unit": "private", "regi": "contracted", **who("ann")}
    fold(hub, [granted("ann", code, 1, "day", "2026-01-01", **private),
               granted("bo", code, 1, "day", "2026-01-01", **who("bo")),
               reported("february", code, "2026-02-01", "2026-03-01", 28, **private),
               *(visit(f"{day}", code, f"2026-03-{day:02} 08:00", f"2026-03-{day:02} 09:00", **who("bo"))
                 for day in range(1, 32)),
               unit_price("home_care", code, "2026-01-01", 400)])  # fmt: skip
    for metric in ("performed_to_granted_share", "hours_per_person_month", "cost_per_client"):
        (row,) = ask(hub, metric, code, MARCH, today=date(2026, 4, 2))
        assert (row.state, row.coverage) == ("preliminary", 0.5), metric
    fold(hub, [reported("march", code, "2026-03-01", "2026-04-01", 31, **private)])
    for metric, value in (("performed_to_granted_share", 1), ("hours_per_person_month", 31),
                          ("cost_per_client", 31 * 400)):  # fmt: skip
        (row,) = ask(hub, metric, code, MARCH, today=date(2026, 4, 2))
        assert row.value == pytest.approx(value), metric
        assert row.state == "value", metric


def test_a_period_that_goes_on_is_compared_until_yesterday(hub: Warehouse) -> None:
    (row,) = ask(hub, "performed_to_granted_share", "9933", MARCH, today=date(2026, 3, 3))
    assert row.value == pytest.approx(3.1 / 2)
    (row,) = ask(hub, "performed_to_granted_share", "9933", MARCH, today=date(2026, 3, 2))
    assert row.state == "missing"  # the visit was today


def test_a_day_of_which_only_the_direct_time_is_told_is_not_all_client_time(hub: Warehouse) -> None:
    code = "9939"
    fold(hub, [worked("north", code, "2026-03-02", "direct", 30)])
    for metric in ("client_time_share", "non_client_time_share"):
        (row,) = ask(hub, metric, code, MARCH)
        assert row.state == "missing", metric
    fold(hub, [worked("north", code, "2026-03-03", "direct", 30),
               worked("north", code, "2026-03-03", "transport", 10)])  # fmt: skip
    for metric, value in (("client_time_share", 0.75), ("non_client_time_share", 0.25)):
        (row,) = ask(hub, metric, code, MARCH)
        assert (row.value, row.state) == (value, "preliminary"), metric


def test_percentiles_of_few_persons_tell_of_single_ones_and_are_hidden(hub: Warehouse) -> None:
    rows = ask(hub, "cost_per_client", CARED, MARCH, by=("statistic",))
    assert states(rows) == {"median": "preliminary", "mean": "preliminary", "p10": "suppressed",
                            "p90": "suppressed"}  # fmt: skip


def test_what_is_published_of_hours_hides_few_persons_and_says_what_is_preliminary(hub: Warehouse) -> None:
    code, now = "9936", datetime(2026, 11, 16, 12, tzinfo=UTC)
    Town(hub, code, "hours").tell(now, cared(code))
    names = ["performed_hours", "granted_today"]
    assert Places(hub, [load()[name] for name in names]).publish(1, now) == 2
    found = shown(hub, code, names, audience="committee")
    march = [figure for figure in found if figure.period == "month" and figure.period_on == MARCH[0]]
    (total,) = [figure for figure in march if not figure.dimensions]
    assert (total.value, total.state, total.n) == (139.5, "preliminary", 34)
    assert total.coverage is not None
    assert total.coverage < 0.99
    hidden = {figure.dimensions["unit"] for figure in march
              if "unit" in figure.dimensions and figure.state == "suppressed"}  # fmt: skip
    assert hidden >= {"south", "assist"}
    assert {figure.value for figure in shown(hub, code, names, audience="staff")} <= {None, 0.0}


def test_several_spans_in_one_question_are_answered_as_each_alone(hub: Warehouse) -> None:
    spans = [MARCH, OCTOBER]
    for metric in ABOUT_HOURS:
        alone = [ask(hub, metric, CARED, span)[0] for span in spans]
        assert rounded(ask(hub, metric, CARED, *spans)) == rounded(alone), metric


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nights=st.lists(VISITS, min_size=3, max_size=3))
def test_hours_of_random_visits_are_those_of_plain_python(hub: Warehouse, nights: list[list[Known]]) -> None:
    """Three nights (of 23, 25 and 24 hours) in one municipality, one fold and few questions."""
    code, weeks = next(CODES), list(zip(NIGHTS, nights, strict=True))
    fold(hub, [event for first, visits in weeks for event in told_of(code, first, visits)])
    days = [first + timedelta(days=number) for first in NIGHTS for number in range(5)]
    wholes = [(first, first + timedelta(days=5)) for first in NIGHTS]
    for metric, hours in (("performed_hours", staff_hours), ("client_hours", client_hours)):
        of_days = {
            one: hours(first, visits, one)
            for first, visits in weeks
            for one in days
            if 0 <= (one - first).days < 5
        }
        found = ask(hub, metric, code, *((one, one + timedelta(days=1)) for one in days))
        assert {row.since: row.value or 0 for row in found} == pytest.approx(of_days, abs=1e-9), metric
        for row, first in zip(ask(hub, metric, code, *wholes), NIGHTS, strict=True):
            inside = sum(value for one, value in of_days.items() if 0 <= (one - first).days < 5)
            assert row.value == pytest.approx(inside), metric
        rows = ask(hub, metric, code, *wholes, by=("unit",))
        of_units = {(row.since, row.dimensions["unit"]): row.value for row in rows}
        assert of_units == pytest.approx(dict(by_unit(weeks, hours))), metric
