"""What a committee sets, says and decides, from events to what its pages may read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.codec import make
from schemas.envelope import Event
from schemas.governance import DecisionRecorded, NoteAdded, TargetSet
from schemas.municipality import municipality
from tests.warehouse.golden_governance import MARCH, governed, noted
from tests.warehouse.publishing import Town
from tests.warehouse.publishing import publisher as publisher_of
from tests.warehouse.town import about, fold
from warehouse.client import Warehouse
from warehouse.compute import Computer, Slot
from warehouse.contracts import contract
from warehouse.governance import Governance, Target
from warehouse.governed import ALARM, Governed
from warehouse.published import said, shown

pytestmark = pytest.mark.slow

CODE = "9948"
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
COVERAGE = "contract_coverage"


def minute(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def again(event: Event, fact: NoteAdded | None = None, **envelope: object) -> Event:
    """The same event, told once more a day later."""
    kept = {name: getattr(event, name) for name in ("id", "source", "subject", "time", "kommunkod")}
    later = {"recordedtime": event.recordedtime + timedelta(days=1)}
    return make(fact or event.data, **kept | later | envelope)


def test_what_the_committee_said_is_published_and_read_back(warehouse: Warehouse) -> None:
    fold(warehouse, governed(CODE))
    assert said(warehouse, CODE) == Governance()  # nothing is read from entity rows
    assert Governed(warehouse).publish(1, NOON) == 15
    found = said(warehouse, CODE)
    assert (len(found.targets), len(found.notes), len(found.decisions)) == (4, 4, 6)
    assert found.meetings == (date(2026, 3, 12),)
    assert found.target(COVERAGE, {}, "month", date(2026, 2, 28)) is None
    early, late = (found.target(COVERAGE, {}, "year", date(2026, month, 31)) for month in (8, 12))
    assert early == Target(
        COVERAGE, {}, "", 0.9, "at_least", date(2026, 3, 1), "director", "SN 2026-02-19 § 12"
    )
    assert late is not None
    assert (late.value, late.decision) == (0.95, "SN 2026-08-20 § 80")
    assert found.history(COVERAGE) == (late, early)
    rests = {(each.metric, each.version) for each in found.decisions if each.decision == "SN 2026-03-12 § 45"}
    assert rests == {("care_days", 2), ("placed_now", 0)}


def test_nothing_is_written_where_nothing_changed_and_no_more_often_than_once_a_minute(
    warehouse: Warehouse,
) -> None:
    fold(warehouse, governed(CODE))
    governed_by = Governed(warehouse)
    assert governed_by.publish(1, minute(0)) == 15
    fold(warehouse, [about("new", noted("care_days", date(2026, 6, 1)), MARCH, CODE)])
    assert governed_by.publish(1, minute(0) + timedelta(seconds=59)) == 0
    assert [governed_by.publish(1, minute(1)), governed_by.publish(1, minute(2))] == [1, 0]
    assert Governed(warehouse).publish(2, minute(3)) == 0  # a publisher that takes over reads what is shown


def test_a_corrected_note_replaces_the_first_and_one_taken_back_is_gone(warehouse: Warehouse) -> None:
    first = about("a", noted("care_days", date(2026, 6, 1), "Fel."), MARCH, CODE)
    fold(warehouse, [first])
    governed_by = Governed(warehouse)
    governed_by.publish(1, minute(0))
    fold(warehouse, [again(first, noted("care_days", date(2026, 6, 1), "Rätt."))])
    governed_by.publish(1, minute(1))
    assert [note.text for note in said(warehouse, CODE).notes] == ["Rätt."]
    fold(warehouse, [again(first, retracted=True, recordedtime=MARCH + timedelta(days=2))])
    assert [governed_by.publish(1, minute(2)), governed_by.publish(1, minute(3))] == [1, 0]
    assert said(warehouse, CODE).notes == ()


def test_a_note_that_the_gate_stops_is_never_published_and_raises_an_alarm(warehouse: Warehouse) -> None:
    """As one that was taken before the gate had learnt: written past it, into the entity row."""
    fold(warehouse, [about("a", noted("care_days", date(2026, 6, 1)), MARCH, CODE)])
    warehouse.command(
        "INSERT INTO notes SELECT * REPLACE (version + 1 AS version, {text:String} AS text) FROM notes FINAL"
        " WHERE municipality = {code:String}",
        {"text": "Hon är 19 12 12 12 - 1212.", "code": CODE},
    )
    assert Governed(warehouse).publish(1, NOON) == 1
    assert said(warehouse, CODE).notes == ()
    assert warehouse.rows("SELECT text, state FROM governance") == [{"text": "", "state": "withheld"}]
    (alarm,) = warehouse.rows("SELECT name, state, text_sv FROM alarms")
    assert (alarm["name"], alarm["state"]) == (ALARM + CODE, "raised")
    assert "1212" not in alarm["text_sv"]


def test_municipalities_do_not_read_each_other(warehouse: Warehouse) -> None:
    fold(
        warehouse,
        [*governed(CODE), about("b", noted("care_days", date(2026, 6, 1), "Annan."), MARCH, "9953")],
    )
    Governed(warehouse).publish(1, NOON)
    assert [note.text for note in said(warehouse, "9953").notes] == ["Annan."]
    assert "Annan." not in {note.text for note in said(warehouse, CODE).notes}


def test_a_target_of_a_part_is_no_target_of_the_whole_and_one_for_years_none_for_months() -> None:
    def target(value: float, per: str = "", **part: str) -> Target:
        return Target(
            COVERAGE, part, per, value, "at_least", date(2026, 1, 1), "director", "SN 2025-12-11 § 1"
        )

    found = Governance(targets=(target(1), target(2, "year"), target(3, unit="a"), target(4, clock="LC3")))
    last = date(2026, 12, 31)
    parts: tuple[dict[str, str], ...] = ({}, {"unit": "a"}, {"clock": "LC3"}, {"unit": "b"})
    asked = [({}, "year"), *((part, "month") for part in parts)]
    held = [found.target(COVERAGE, part, kind, last) for part, kind in asked]
    assert [each.value if each else None for each in held] == [2, 1, 3, 4, None]


def test_the_last_meeting_is_the_one_before_today() -> None:
    found = Governance(meetings=(date(2026, 3, 12), date(2026, 4, 16)))
    asked = (date(2026, 3, 12), date(2026, 3, 13), date(2026, 4, 16), date(2026, 4, 17))
    assert [found.last_meeting(day) for day in asked] == [
        None, date(2026, 3, 12), date(2026, 3, 12), date(2026, 4, 16),
    ]  # fmt: skip


@pytest.mark.parametrize("metric", ["decisions_with_metric_share", "metrics_with_target_share"])
def test_quarters_count_from_the_first_decision_or_target_also_where_nothing_else_was_told(
    warehouse: Warehouse, metric: str
) -> None:
    target = TargetSet(metric=COVERAGE, value=1, direction="at_least", from_on=date(2026, 5, 1),
                       owner="director", decision="SN 2026-04-16 § 1")  # fmt: skip
    decision = DecisionRecorded(decision="SN 2026-05-01 § 1", on=date(2026, 5, 1))
    fold(warehouse, [about("a", target, MARCH, CODE), about("b", decision, MARCH, CODE)])
    tables = Computer(warehouse, municipality(CODE)).tables(contract(metric), NOON)
    quarters = [slot.on for slot in tables if slot.period == "quarter"]
    assert quarters == [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]
    assert Slot((), "year", date(2026, 1, 1)) in tables


def test_the_publisher_shows_figures_of_the_committee_and_what_it_said(warehouse: Warehouse) -> None:
    town = Town(warehouse, CODE)
    town.tell(NOON, town.opened("a", 6, NOON - timedelta(days=3)))
    fold(warehouse, governed(CODE))
    publisher = publisher_of(warehouse, "caseload_balance", "decisions_with_metric_share")
    publisher.tick(minute(1))
    while publisher.tick_slow(minute(1)):
        pass
    assert len(said(warehouse, CODE).targets) == 4
    (year,) = [f for f in shown(warehouse, CODE, ["decisions_with_metric_share"], audience="committee")
               if f.period == "year"]  # fmt: skip
    assert (year.value, year.n, year.state) == (2 / 4, 4, "value")
