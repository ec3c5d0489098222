"""Why published figures were changed, as it is written down when they are: by the publisher's own runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from apps.figures import Question, answer
from schemas.codec import make
from schemas.envelope import Event
from schemas.errors import Misconfigured
from tests.warehouse.publishing import Town
from warehouse.client import Warehouse
from warehouse.contracts import contract
from warehouse.places import Places
from warehouse.published import revisions

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
THEN = NOON - timedelta(days=9)
METRIC = "caseload_balance"


def taken_back(event: Event) -> Event:
    return make(
        event.data, id=event.id, source=event.source, subject=event.subject, time=event.time,
        recordedtime=LATER, kommunkod=event.kommunkod, retracted=True, reason="registered_by_mistake",
    )  # fmt: skip


def rows(town: Town, *days: date) -> list[tuple[Any, ...]]:
    about = {(METRIC, "day", day) for day in days}
    found = revisions(town.warehouse, town.code, "public", about, (NOON, None))
    return [tuple(row[3:]) for key in sorted(found) for row in found[key]]


@pytest.fixture
def town(warehouse: Warehouse) -> Town:
    """Mittköping, published; then eight cases are taken back, two are told of late, and it is published."""
    town = Town(warehouse)
    lss = town.opened("lss", 30, THEN)
    town.tell(NOON, [*town.opened("vuxen", 40, THEN), *lss])
    publisher = Places(warehouse, [contract(METRIC)])
    publisher.publish(1, NOON + timedelta(minutes=1))
    assert warehouse.rows("SELECT 1 FROM revisions LIMIT 1") == []
    late = town.opened("vuxen", 2, THEN + timedelta(days=4))
    town.tell(LATER, [*(taken_back(event) for event in lss[:8]), *late, *town.opened("lss", 6, LATER)])
    publisher.publish(1, LATER)
    publisher.publish(1, LATER + timedelta(minutes=16))
    return town


def test_a_run_that_changes_what_had_been_told_as_complete_says_what_was_told_meanwhile(town: Town) -> None:
    before, after = (THEN + timedelta(days=n) for n in (1, 6))
    assert rows(town, before.date()) == [(0, 2, 10, 0)]  # the total and lss; none was late by then
    assert rows(town, after.date()) == [(0, 3, 10, None)]
    assert rows(town, (THEN - timedelta(days=3)).date()) == []
    assert rows(town, NOON.date()) == []  # it was not over
    _explained_and_unchanged(town)


def _explained_and_unchanged(town: Town) -> None:
    """The difference to today is explained, and the answer of then stands."""
    asked = Question(METRIC, town.code, since="2026-11-08", until="2026-11-14", known_at="2026-11-16")
    plain = answer(town.warehouse, asked, LATER)
    assert [row["value"] for row in plain] == [70] * 6
    question = Question(METRIC, town.code, since="2026-11-08", until="2026-11-14", known_at="2026-11-16",
                        explain=True)  # fmt: skip
    told = answer(town.warehouse, question, LATER)
    assert [row["value"] for row in told] == [70] * 6
    why = [(row["value_now"], row["why"], row["corrections"], row["late"]) for row in told]
    assert why == [(62, "events", 10, 0)] * 3 + [(64, "events", 10, "<5")] * 3
    with pytest.raises(Misconfigured, match="--known-at"):
        answer(town.warehouse, Question(METRIC, town.code, published=True, explain=True), LATER)


def test_a_new_publisher_knows_what_was_shown_and_a_new_version_of_the_metric_is_named(town: Town) -> None:
    town.warehouse.command(
        "INSERT INTO publications SELECT * REPLACE (run + 1 AS run, toUInt16(metric_version + 7)"
        " AS metric_version) FROM publications WHERE metric = {metric:String} ORDER BY run DESC LIMIT 1",
        {"metric": METRIC},
    )
    late = LATER + timedelta(hours=1)
    town.tell(late, town.opened("lss", 9, THEN + timedelta(hours=1)))
    assert Places(town.warehouse, [contract(METRIC)]).publish(2, late)
    day = (THEN + timedelta(days=6)).date()
    about = {(METRIC, "day", day)}
    found = revisions(town.warehouse, town.code, "public", about, (LATER + timedelta(minutes=30), None))
    (told,) = found[METRIC, "day", day]
    assert (told.from_version, told.moved, told.late) == (contract(METRIC).version + 7, 0, 0)
