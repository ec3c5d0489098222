"""`./puls figures`: what it refuses, and why it says so instead of giving another answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from apps import figures as command
from apps.figures import Question, answer
from schemas.codec import make
from schemas.errors import Misconfigured
from tests.warehouse.publishing import Town, publisher
from warehouse.client import Warehouse
from warehouse.contracts import contract

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture
def town(warehouse: Warehouse) -> Town:
    """Mittköping with 20 cases, published."""
    town = Town(warehouse)
    town.tell(NOON, [*town.opened("vuxen", 12, NOON - timedelta(days=9)),
                     *town.opened("lss", 8, NOON - timedelta(days=9))])  # fmt: skip
    publisher(warehouse, "caseload_balance", "open_case_age").tick(NOON + timedelta(minutes=1))
    return town


def refusal(town: Town, metric: str = "caseload_balance", **asked: object) -> str:
    question = Question(metric, town.code, **asked)  # type: ignore[arg-type]  # the fields of Question
    with pytest.raises(Misconfigured) as refused:
        answer(town.warehouse, question, NOON)
    return str(refused.value)


def test_published_figures_cannot_be_asked_for_an_instant_and_the_refusal_says_what_to_ask(
    town: Town,
) -> None:
    for how in ({"published": True}, {"known_at": "2026-11-16"}):
        told = refusal(town, at="2026-11-10", **how)
        assert "--at" in told
        assert "--known-at" in told
        assert "--since" in told
    told = refusal(town, published=True, since="2026-11-16", until="2026-11-10")
    assert "--since must lie before --until" in told


def test_a_published_figure_by_an_unknown_or_unpublished_dimension_is_refused(town: Town) -> None:
    assert "has no dimension unt" in refusal(town, published=True, by=("unt",))
    assert "caseload_balance is not published by law; it is by unit" in refusal(
        town, published=True, by=("law",)
    )
    days = refusal(town, "open_case_age", published=True, since="2026-11-10")
    assert "open_case_age is not published by day" in days


def test_a_kind_of_period_that_is_not_published_is_refused_with_those_that_are(town: Town) -> None:
    told = refusal(town, published=True, period="week")
    assert told == "caseload_balance is not published by week; give --period day"
    told = refusal(town, "adherence", published=True)
    assert told == ("adherence is not published by now or day; give --period week, month, quarter, year")
    assert "add --published" in refusal(town, "inflow", period="week")


def test_a_metric_that_publishes_nothing_says_so(town: Town) -> None:
    assert "balance_flow_residual is not published" in refusal(town, "balance_flow_residual", published=True)


def test_what_is_published_is_told(town: Town) -> None:
    (total,) = answer(town.warehouse, Question("caseload_balance", town.code, published=True), NOON)
    assert (total["value"], total["state"]) == (20, "value")
    days = Question("caseload_balance", town.code, since="2026-11-10", until="2026-11-12", published=True)
    assert [day["value"] for day in answer(town.warehouse, days, NOON)] == [20, 20]


@pytest.mark.parametrize(
    "time",
    [
        "9999-01-01",
        "2299-12-31",
        "0001-01-01",
        "1899-12-31",
        "9999-12-31T23:00-05:00",
        "0001-01-01T00:00+01:00",
    ],
)
def test_a_time_that_the_store_cannot_hold_is_refused(warehouse: Warehouse, time: str) -> None:
    town = Town(warehouse)
    for asked in ({"at": time}, {"known_at": time}):
        assert "1900" in refusal(town, **asked)
    assert "1900" in refusal(town, "inflow", until=time)


def test_a_local_time_that_clocks_jump_over_is_refused_with_what_to_write(warehouse: Warehouse) -> None:
    told = refusal(Town(warehouse), at="2026-03-29T02:30")
    assert "2026-03-29T02:30" in told
    assert "offset" in told


def test_a_day_alone_asks_for_what_stood_there_when_it_ended_and_no_correction_changes_the_answer(
    town: Town,
) -> None:
    """Value and state, of the total and by unit, of now and of the days before."""
    asked = [
        Question("caseload_balance", town.code, known_at="2026-11-16", by=by, since=since)
        for by in ((), ("unit",))
        for since in ("", "2026-11-10")
    ]
    then = [answer(town.warehouse, each, NOON) for each in asked]
    later = NOON + timedelta(days=1)
    mistaken = [
        make(
            each.data, id=each.id, source=each.source, subject=each.subject, time=each.time,
            recordedtime=later, kommunkod=each.kommunkod, retracted=True, reason="registered_by_mistake",
        )
        for each in town.opened("lss", 8, NOON - timedelta(days=9))
    ]  # fmt: skip
    town.tell(later, mistaken)
    later_publisher = publisher(town.warehouse, "caseload_balance")
    for minutes in (0, 16):  # few move: on the quarter hour
        later_publisher.tick(later + timedelta(minutes=minutes))
    now = [answer(town.warehouse, replace(each, known_at="2026-11-17"), later) for each in asked]
    assert [row["value"] for row in (then[0][0], now[0][0])] == [20, 12]
    assert {row["unit"]: row["value"] for row in then[2] if row["unit"] in ("lss", "vuxen")} == {
        "lss": 8, "vuxen": 12
    }  # fmt: skip
    assert [answer(town.warehouse, each, later) for each in asked] == then
    assert all(a != b for a, b in zip(then, now, strict=True))
    assert answer(town.warehouse, replace(asked[0], known_at="2026-11-15"), later) == []


def test_an_answer_of_many_parts_is_told_part_by_part_and_one_of_few_as_a_table(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Eighty columns cut every heading of a table with fourteen."""
    asked = contract("caseload_balance")
    many = {name: None if name == "lower" else f"{name} told" for name in ("value", "lower", *"abcdefgh")}
    command._print(asked, [many])
    told = capsys.readouterr().out
    assert "value  value told\n" in told and "\nlower\n" in told and asked.definition in told
    command._print(asked, [{"unit": "vuxen", "value": 3.0, "n": 3, "state": "value"}])
    assert "vuxen" in (table := capsys.readouterr().out) and "│" in table
