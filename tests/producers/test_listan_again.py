"""*Listan* told again: unchanged, mended, with rows missing; and what the ledger keeps."""

from __future__ import annotations

import json
import re
import stat
from collections import defaultdict
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from apps.hub.broker import RunningBroker
from producers.ledger import alone
from producers.listing import Work
from producers.produce import Order, produce
from producers.pseudonym import create
from producers.publish import ensure_topics
from producers.report import as_text, to_json
from producers.report_list import FATES
from producers.sources import listan
from producers.synthetic.listan import make_list
from schemas import source_ref
from schemas.envelope import Event
from schemas.errors import Misconfigured, Unavailable
from schemas.placements import PlacementEnded, PlacementStarted
from schemas.settings import Settings
from streams.history import History, Verdict
from tests.producers.listed import (
    LATER,
    NOW,
    book,
    faults,
    kept,
    ledger_path,
    row,
    told,
    touched,
    work,
)

WEEK = timedelta(days=1)
FIRST, SECOND, THIRD = (row(Ärende=f"SN 2026-{n}") for n in (1, 2, 3))


def twice(
    home: Path, before: list[dict[str, Any]], after: list[dict[str, Any]], **order: Any
) -> tuple[Work, Work]:
    """The list as it was, and as it is a day later."""
    first = work(home, book(home / "fil.xlsx", *before))
    return first, work(home, book(home / "fil.xlsx", *after, at=LATER + WEEK), **order)


def new(first: Work, second: Work) -> list[Event]:
    """What the second run tells that the first did not tell byte for byte."""
    before = {made.raw for made in first.events}
    return [made.event for made in second.events if made.raw not in before]


def heard(*works: Work) -> tuple[dict[str, History], list[Verdict]]:
    """What the hub makes of the runs: a history per entity, and its verdicts on the last run."""
    histories: defaultdict[str, History] = defaultdict(lambda: History([]))
    verdicts: list[Verdict] = []
    for one in works:
        verdicts = [
            histories[event.subject].hear(event, int(event.recordedtime.timestamp() * 1e6))[0]
            for event in told(one)
        ]
    return histories, verdicts


def test_the_same_list_again_is_told_byte_for_byte(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST, SECOND], [FIRST, SECOND])
    assert [made.raw for made in second.events] == [made.raw for made in first.events]
    assert second.report.fates["unchanged"] == 2
    assert set(heard(first, second)[1]) == {Verdict.DUPLICATE}


def test_a_file_that_was_only_touched_or_sorted_anew_changes_nothing(tmp_path: Path) -> None:
    first, second = twice(
        tmp_path, [FIRST, SECOND, THIRD], [THIRD, FIRST | {"Inskriven": "2 mars 2026"}, SECOND]
    )
    assert new(first, second) == [] and second.report.fates["unchanged"] == 3


def test_a_changed_cell_is_a_correction_of_the_same_fact_with_its_reason(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST, SECOND], [FIRST, SECOND | {"Huvudorsak": "Kriminalitet"}])
    (changed,) = new(first, second)
    assert (changed.data.main_cause, changed.reason) == ("crime", "changed_at_source")
    assert changed.id in {event.id for event in told(first)}
    assert changed.recordedtime == LATER + WEEK
    assert (second.report.fates["unchanged"], second.report.fates["changed"]) == (1, 1)
    assert second.report.corrected == {"se.kommunpuls.placement.started.v1": 1}
    assert second.report.between["changed"] == ["Blad1!3"]
    assert "Rättade/corrected: placement.started.v1 1" in as_text(second.report, None)
    history = heard(first, second)[0][changed.subject]
    standing = {type(v.fact): v for v in history.living()[0]}[PlacementStarted]
    assert standing.fact.main_cause == "crime" and "cause_changed_without_reason" not in standing.flaws  # type: ignore[attr-defined]


def test_a_correction_is_told_again_as_it_was_when_the_list_stays_so(tmp_path: Path) -> None:
    mended = FIRST | {"Huvudorsak": "Kriminalitet", "Dygnspris": 7_000}
    first, second = twice(tmp_path, [FIRST], [mended])
    third = work(tmp_path, book(tmp_path / "fil.xlsx", mended, at=LATER + 2 * WEEK))
    assert [made.raw for made in third.events] == [made.raw for made in second.events]
    assert third.report.fates["unchanged"] == 1
    assert set(heard(first, second, third)[1]) == {Verdict.DUPLICATE}


def test_a_cell_that_is_filled_in_later_is_a_new_fact_without_reason(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST], [FIRST | {"Utskriven": "2026-08-01"}])
    (ended,) = new(first, second)
    assert (type(ended.data), ended.reason, ended.retracted) == (PlacementEnded, None, False)
    assert second.report.fates["changed"] == 1


def test_every_event_names_the_line_that_it_comes_from(tmp_path: Path) -> None:
    first, second = twice(
        tmp_path, [FIRST, SECOND | {"Utskriven": "2026-08-01"}], [FIRST, SECOND | {"Dygnspris": 7_000}]
    )
    lines = {made.raw: made.source_ref for made in first.events}
    assert set(lines.values()) == {"fil.xlsx:2", "fil.xlsx:3"}
    changed = {made.event.retracted: made.source_ref for made in second.events if made.raw not in lines}
    assert changed == {False: "fil.xlsx:3", True: "fil.xlsx:3"}, "a correction and what is taken back"


def test_a_cell_that_is_emptied_takes_its_fact_back(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST | {"Utskriven": "2026-08-01"}], [FIRST])
    (back,) = new(first, second)
    assert (type(back.data), back.reason, back.retracted) == (PlacementEnded, "changed_at_source", True)
    assert back.data.reason == "unknown"
    assert "Tillbakatagna/taken back: placement.ended.v1 1" in as_text(second.report, None)
    histories, _ = heard(first, second)
    assert not [v for v in histories[back.subject].living()[0] if isinstance(v.fact, PlacementEnded)]


def test_a_fact_that_comes_back_stands_again(tmp_path: Path) -> None:
    ended = FIRST | {"Utskriven": "2026-08-01"}
    first, second = twice(tmp_path, [ended], [FIRST])
    third = work(tmp_path, book(tmp_path / "fil.xlsx", ended, at=LATER + 2 * WEEK))
    histories, _ = heard(first, second, third)
    subject = told(first)[0].subject
    assert [v for v in histories[subject].living()[0] if isinstance(v.fact, PlacementEnded)]


def test_a_row_that_is_mended_is_sent_and_the_others_stay(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST, SECOND | {"Dygnspris": "tolv"}], [FIRST, SECOND])
    assert faults(first.report) == [("Blad1!I3", "bad_value")]
    assert (second.report.fates["sent"], second.report.fates["unchanged"], second.report.refusals) == (
        1,
        1,
        0,
    )


def test_a_row_that_is_refused_now_keeps_what_it_told_before_and_is_not_missing(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST, SECOND], [FIRST, SECOND | {"Dygnspris": "tolv"}])
    assert (second.report.missing, new(first, second)) == ([], [])
    third = work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, SECOND, at=LATER + 2 * WEEK))
    assert new(first, third) == [] and third.report.fates["unchanged"] == 2


def test_a_row_that_is_gone_is_named_by_its_last_cell_and_never_taken_back_in_silence(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST, SECOND, THIRD], [FIRST, THIRD])
    (missing,) = second.report.missing
    assert missing.cell == "Blad1!A3" and second.report.exit_code == 1
    assert new(first, second) == []
    text = as_text(second.report, None)
    assert (
        "Blad1!A3" in text
        and "--missing-ok" in text
        and "--retract-missing" in text
        and "SN 2026" not in text
    )
    third = work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, THIRD, at=LATER + 2 * WEEK))
    assert third.report.missing == [missing]


def test_a_missing_row_that_is_right_is_kept_and_not_asked_about_again(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST, SECOND], [FIRST], missing_ok=("Blad1!A3",))
    assert (second.report.missing, second.report.exit_code, new(first, second)) == ([], 0, [])
    third = work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, at=LATER + 2 * WEEK))
    assert third.report.missing == []
    back = work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, SECOND, at=LATER + 3 * WEEK))
    assert back.report.fates["unchanged"] == 2


def test_missing_rows_are_taken_back_for_a_reason_when_the_person_says_so(tmp_path: Path) -> None:
    first, second = twice(tmp_path, [FIRST, SECOND], [FIRST], retract_missing="registered_by_mistake")
    taken = new(first, second)
    assert {event.reason for event in taken} == {"registered_by_mistake"}
    assert all(event.retracted for event in taken)
    assert {event.id for event in taken} == {event.id for event in told(first)} - {
        event.id for event in told(second) if not event.retracted
    }
    histories, _ = heard(first, second)
    assert not any(histories[event.subject].living()[0] for event in taken)
    third = work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, at=LATER + 2 * WEEK))
    assert third.report.missing == [] and [made.raw for made in third.events] == [
        made.raw for made in second.events
    ]


@pytest.mark.parametrize(
    ("order", "said"),
    [({"missing_ok": ("Blad1!A9",)}, "Blad1!A9"), ({"retract_missing": "because"}, "registered_by_mistake")],
)
def test_a_wrong_answer_about_missing_rows_is_refused_and_nothing_changes(
    order: dict[str, Any], said: str, tmp_path: Path
) -> None:
    work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, SECOND))
    before = ledger_path(tmp_path).read_bytes()
    with pytest.raises(Misconfigured, match=said):
        work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, at=LATER + WEEK), **order)
    assert ledger_path(tmp_path).read_bytes() == before


def test_rows_without_a_number_may_be_the_missing_ones_and_nothing_is_taken_back(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no number"):
        twice(
            tmp_path, [FIRST, SECOND], [FIRST, SECOND | {"Ärende": None}], retract_missing="registered_twice"
        )


def test_a_list_that_lost_most_of_its_rows_takes_nothing_back(tmp_path: Path) -> None:
    many = [row(Ärende=f"SN {n}") for n in range(30)]
    with pytest.raises(Misconfigured, match="25 of 30"):
        twice(tmp_path, many, many[:5], retract_missing="registered_by_mistake")


def test_a_list_that_lost_most_of_its_rows_says_so_first(tmp_path: Path) -> None:
    many = [row(Ärende=f"SN {n}") for n in range(30)]
    report = twice(tmp_path, many, many[:5])[1].report
    assert (
        len(report.missing) == 25
        and "25 rader från förra filen saknas" in as_text(report, 5).split("Rader/rows")[0]
    )


def test_a_report_for_programs_has_fates_and_missing_rows(tmp_path: Path) -> None:
    report = json.loads(to_json(twice(tmp_path, [FIRST, SECOND], [FIRST])[1].report))
    assert report["fates"] == {"heading": 1, "unchanged": 1, "missing": 1} and report["exit_code"] == 1
    assert report["missing"][0][0] == "Blad1!A3"


def test_an_older_copy_of_the_list_is_refused_unless_its_time_is_said(tmp_path: Path) -> None:
    work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, SECOND))
    old = book(tmp_path / "gammal.xlsx", FIRST | {"Dygnspris": 1_000}, SECOND, at=LATER - WEEK)
    with pytest.raises(Misconfigured, match="older copy"):
        work(tmp_path, old)
    restored = work(tmp_path, old, recorded_at=LATER + WEEK)
    assert restored.report.fates["changed"] == 1


def test_a_source_that_reads_the_same_file_otherwise_corrects_what_it_told(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", FIRST)
    first = work(tmp_path, path)
    text = Path(listan.__file__).read_text().replace("framework=_framework(cells)", "framework=None")
    (tmp_path / "listan.py").write_text(text)
    second = work(tmp_path, path, str(tmp_path / "listan.py"))
    (changed,) = new(first, second)
    assert changed.recordedtime == NOW and changed.reason == "changed_at_source"
    assert heard(first, second)[1].count(Verdict.CORRECTION) == 1


def test_the_ledger_keeps_the_files_hash_each_rows_fate_and_no_plain_value(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", FIRST, SECOND | {"Dygnspris": "tolv"})
    work(tmp_path, path)
    file, raw = ledger_path(tmp_path), ledger_path(tmp_path).read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    for secret in ("SN2026", "SN 2026", "Exempel", "tolv", "B112", "2026-03-02", "Omsorg"):
        assert secret not in raw
    for number in ("2393", "6450"):  # hashes and times hold any four signs
        assert not re.search(rf"(?<![0-9a-f]){number}(?![0-9a-f])", raw)
    found = kept(tmp_path)
    assert found.imports[-1].sha256 == sha256(path.read_bytes()).hexdigest()
    assert [(one.sheet, one.row, one.fate) for one in found.rows] == [
        ("Blad1", 1, "heading"), ("Blad1", 2, "sent"), ("Blad1", 3, "refused"),
    ]  # fmt: skip
    assert set(found.imports[-1].fates) <= FATES.keys()


def test_a_ledger_of_another_key_is_refused(tmp_path: Path) -> None:
    work(tmp_path, book(tmp_path / "fil.xlsx", FIRST))
    (tmp_path / "keys" / "9999-placements.key").unlink()
    with pytest.raises(Misconfigured, match="pseudonym key"):
        work(tmp_path, book(tmp_path / "fil.xlsx", FIRST, at=LATER + WEEK))


def test_a_list_that_is_being_read_is_not_read_by_another(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", FIRST)
    with alone(ledger_path(tmp_path)), pytest.raises(Misconfigured, match=r"Another \./puls"):
        produce(Settings(home=tmp_path), Order("listan", path, municipality="9999"))


def test_what_changes_and_changes_back_is_the_first_again_in_the_hub(tmp_path: Path) -> None:
    other = FIRST | {"Huvudorsak": "Kriminalitet", "Dygnspris": 1_000}
    works = [
        work(tmp_path, book(tmp_path / "fil.xlsx", cells, at=LATER + n * WEEK))
        for n, cells in enumerate((FIRST, other, FIRST, FIRST))
    ]
    histories, verdicts = heard(*works)
    standing = [v.fact for v in histories[told(works[0])[0].subject].living()[0]]
    assert standing == [event.data for event in told(works[0]) if event.subject == told(works[0])[0].subject]
    assert set(verdicts) == {Verdict.DUPLICATE}


def test_a_ledger_that_is_damaged_is_refused(tmp_path: Path) -> None:
    work(tmp_path, book(tmp_path / "fil.xlsx", FIRST))
    ledger_path(tmp_path).write_bytes(b'{"source"')
    with pytest.raises(Misconfigured, match="kept copy"):
        work(tmp_path, book(tmp_path / "fil.xlsx", FIRST))


def test_a_big_list_again_after_mending_counts_every_row(tmp_path: Path) -> None:
    path = tmp_path / "listan.xlsx"
    answer = make_list(path, seed=3, rows=300, faults=40)
    first = work(tmp_path, touched(path, LATER))
    make_list(path, seed=3, rows=300, faults=0)
    second = work(tmp_path, touched(path, LATER + WEEK))
    assert second.report.refusals == 0 and first.report.fates["sent"] == len(answer.numbers)
    rows = ("sent", "unchanged", "changed")
    assert sum(second.report.fates[fate] for fate in rows) == 300


def test_a_run_that_broke_before_it_sent_is_simply_run_again(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", FIRST)
    create(tmp_path / "keys", "9999", "placements")
    with pytest.raises(Unavailable):
        produce(Settings(home=tmp_path), Order("listan", path, municipality="9999"))
    again = work(tmp_path, path)
    assert len(again.events) == 6 and not any(event.reason for event in told(again))


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", FIRST)
    produce(Settings(home=tmp_path), Order("listan", path, dry_run=True, municipality="9999"))
    assert not ledger_path(tmp_path).exists()


@pytest.mark.parametrize("more", [{"limit": 1}, {"municipality": ""}])
def test_a_list_is_read_whole_for_one_municipality(more: dict[str, Any], tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", FIRST)
    order = {"dry_run": True, "municipality": "9999", **more}
    with pytest.raises(Misconfigured, match="municipality"):
        produce(Settings(home=tmp_path), Order("listan", path, **order))


def test_answers_about_missing_rows_are_for_lists_only(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", FIRST)
    with pytest.raises(Misconfigured, match="told whole"):
        produce(
            Settings(home=tmp_path), Order("boston311", path, municipality="9901", missing_ok=("Blad1!A1",))
        )


@pytest.mark.broker
def test_a_real_run_sends_the_list_and_keeps_its_ledger(broker: RunningBroker, tmp_path: Path) -> None:
    from tests.producers.test_publish import messages

    settings = Settings(home=tmp_path, kafka=broker.address)
    ensure_topics(settings)
    report = produce(
        settings, Order("listan", book(tmp_path / "fil.xlsx", FIRST, SECOND), municipality="9999")
    )
    assert (report.fates["sent"], report.refusals) == (2, 0)
    again = produce(settings, Order("listan", tmp_path / "fil.xlsx", municipality="9999"))
    assert again.fates["unchanged"] == 2 and again.sent == report.sent
    subjects = {
        told.subject.encode() for known in kept(tmp_path).known.values() for told in known.facts.values()
    }
    records = messages(settings, subjects, "placements")
    assert {source_ref.read(record.headers) for record in records} == {"fil.xlsx:2", "fil.xlsx:3"}
    values = [record.value for record in records]
    assert len(values) == 2 * report.sent and len(set(values)) == report.sent
