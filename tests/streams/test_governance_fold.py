"""Targets, notes, decisions and meetings: what their rows say, in any order and after any correction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from schemas.codec import make
from schemas.envelope import Event, Fact, event_id
from schemas.governance import DecisionRecorded, MeetingHeld, NoteAdded, TargetSet
from streams.folds import governance
from streams.folds.days import day_number
from streams.history import History, Living, micros
from streams.kinds import BY_NAME
from streams.rows import fold_row

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
NEW_YEAR, SUMMER = date(2026, 1, 1), date(2026, 7, 1)


def living(*facts: Fact) -> list[Living]:
    """The facts as told a day apart."""
    return [Living(micros(START + timedelta(days=number)), fact, ()) for number, fact in enumerate(facts)]


def target(value: float, from_on: date = NEW_YEAR, **said: Any) -> TargetSet:
    common: dict[str, Any] = {"metric": "contract_coverage", "direction": "at_least", "owner": "director"}
    return TargetSet(value=value, from_on=from_on, **(common | {"decision": "SN 2025-12-11 § 112"} | said))


def note(text: str = "Klart.", **said: Any) -> NoteAdded:
    common: dict[str, Any] = {"metric": "contract_coverage", "on": date(2026, 3, 2), "author": "economist"}
    return NoteAdded(text=text, **(common | said))


def decision(metric: str = "", version: int = 0, on: date = date(2026, 3, 12)) -> DecisionRecorded:
    return DecisionRecorded(
        decision="SN 2026-03-12 § 45", on=on, metric=metric or None, metric_version=version or None
    )


def test_a_later_target_is_the_history_of_the_same() -> None:
    later = target(0.95, SUMMER, owner="unit_head", decision="SN 2026-06-18 § 71")
    row = governance.fold_target(living(later, target(0.8), target(0.9)))
    assert row.steps__from_on == [day_number(NEW_YEAR), day_number(SUMMER)]
    assert (row.steps__value, row.steps__owner) == ([0.9, 0.95], ["director", "unit_head"])
    assert row.steps__decision == ["SN 2025-12-11 § 112", "SN 2026-06-18 § 71"]
    assert (row.metric, row.unit, row.dimension, row.code, row.per, row.flaws) == (
        "contract_coverage", "", "", "", "", [],
    )  # fmt: skip


def test_a_target_is_of_one_part_of_one_metric_and_one_kind_of_period() -> None:
    for other in (target(1, metric="care_days"), target(1, unit="a"), target(1, per="year")):
        assert governance.fold_target(living(target(1), other)).flaws == ["several_in_one"]
    one = governance.fold_target(living(target(1, dimension="clock", code="LC3", unit="vuxen", per="year")))
    assert one[:5] == ("contract_coverage", "vuxen", "clock", "LC3", "year")


def test_half_a_pair_of_dimension_and_code_is_none_and_flawed() -> None:
    halves: tuple[dict[str, Any], ...] = {"dimension": "clock"}, {"code": "LC3"}
    for half in halves:
        row = governance.fold_target(living(target(1, **half)))
        assert (row.dimension, row.code, row.flaws) == ("", "", ["dimension_without_code"])
        said = governance.fold_note(living(note(**half)))
        assert (said.dimension, said.code, said.flaws) == ("", "", ["dimension_without_code"])


def test_a_note_that_names_no_period_speaks_of_its_own_day() -> None:
    row = governance.fold_note(living(note()))
    assert (row.on_day, row.period, row.period_on) == (day_number(date(2026, 3, 2)), "day", row.on_day)
    told = governance.fold_note(living(note(period="month", period_on=date(2026, 2, 1))))
    assert (told.period, told.period_on) == ("month", day_number(date(2026, 2, 1)))


def test_a_decision_rests_on_several_metrics_each_in_its_last_version() -> None:
    row = governance.fold_decision(
        living(decision(), decision("care_days", 2), decision("answer_rate"), decision("care_days", 3))
    )
    assert (row.rests__metric, row.rests__version) == (["answer_rate", "care_days"], [0, 3])
    assert row.flaws == []
    moved = governance.fold_decision(living(decision(), decision(on=SUMMER)))
    assert moved.flaws == ["several_in_one"]


def test_what_was_taken_back_leaves_an_empty_row() -> None:
    for kind in ("target", "note", "decision", "meeting"):
        history = told([(facts()[kind][0], 0, 0, False), (facts()[kind][0], 0, 1, True)])
        row = fold_row(BY_NAME[kind], f"9999/{kind}/a", history, 1)
        assert row[3] == 1, kind


def facts() -> dict[str, Sequence[Fact]]:
    return {
        "target": (target(0.8), target(0.9, SUMMER), target(1, unit="a"), target(1, dimension="clock")),
        "note": (note(), note("Ändrat."), note(author="director")),
        "decision": (decision(), decision("care_days", 1), decision("care_days"), decision("answer_rate", 2)),
        "meeting": (MeetingHeld(on=NEW_YEAR), MeetingHeld(on=SUMMER)),
    }


def told(said: Sequence[tuple[Fact, int, int, bool]]) -> History:
    """Facts with their number, the day when recorded and whether taken back, as one history."""
    history = History([])
    for fact, number, recorded, is_out in said:
        event = _event(fact, number, recorded, is_out)
        history.hear(event, micros(event.recordedtime))
    return history


def _event(fact: Fact, number: int, recorded: int, is_out: bool) -> Event:
    key = f"9999/{fact.KIND}/a"
    return make(
        fact, id=event_id(key, type(fact).__name__, number), source="test", subject=key,
        time=START + timedelta(hours=number), recordedtime=START + timedelta(days=recorded), kommunkod="9999",
        retracted=is_out,
    )  # fmt: skip


@given(data=st.data(), kind=st.sampled_from(["target", "note", "decision", "meeting"]))
def test_any_order_and_any_repetition_gives_the_same_row(data: st.DataObject, kind: str) -> None:
    one = st.tuples(
        st.sampled_from(facts()[kind]),
        st.integers(0, 2),
        st.integers(0, 3),
        st.sampled_from([False, False, True]),
    )
    lives = data.draw(st.lists(one, min_size=1, max_size=6))
    again = data.draw(st.permutations([*lives, *lives[:2]]))
    rows = [fold_row(BY_NAME[kind], f"9999/{kind}/a", told(each), 1)[3:] for each in (lives, again)]
    assert rows[0] == rows[1]
