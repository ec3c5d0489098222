"""The whole of *Listan*: every row of every sheet has a fate, and planted faults are all found."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from producers.aliases import renamed
from producers.listing import worked_out
from producers.placement_words import HEADINGS as KNOWN
from producers.pseudonym import create
from producers.report import as_text
from producers.share import Order
from producers.source import load
from producers.sources import listan
from producers.synthetic.listan import make_list
from producers.synthetic.listan_faults import FAULTS
from schemas.errors import Misconfigured
from schemas.placements import PlacementStarted
from schemas.settings import Settings
from streams.history import History
from streams.kinds import kind_of
from tests.conftest import ROOT
from tests.producers.listed import (
    CODE,
    HEADINGS,
    LATER,
    NOW,
    book,
    facts,
    faults,
    row,
    saved,
    told,
    touched,
    work,
)

LINE = [row().get(name) for name in HEADINGS]
OTHER = [row(Ärende="SN 2026-2").get(name) for name in HEADINGS]
SMALL = ROOT / "tests" / "data" / "listan_invented.xlsx"


@pytest.mark.slow
def test_of_3000_rows_with_200_planted_faults_200_are_found_and_no_row_is_lost(tmp_path: Path) -> None:
    answer = make_list(tmp_path / "listan.xlsx", seed=7, rows=3_000, faults=200)
    began = time.monotonic()
    report = work(tmp_path, touched(tmp_path / "listan.xlsx", LATER)).report
    took = time.monotonic() - began
    assert len(answer.faults) == 200 and {planted.kind for planted in answer.faults} == {
        f.kind for f in FAULTS
    }
    assert Counter(cell for cell, _ in faults(report)) == Counter(planted.cell for planted in answer.faults)
    assert report.fates == answer.fates
    assert report.fates["sent"] + report.fates["refused"] == 3_000
    assert took < 60


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_faults_and_oddities_are_found_whatever_the_dice(seed: int, tmp_path: Path) -> None:
    answer = make_list(tmp_path / "listan.xlsx", seed=seed, rows=300, faults=60)
    report = work(tmp_path, touched(tmp_path / "listan.xlsx", LATER)).report
    assert Counter(cell for cell, _ in faults(report)) == Counter(planted.cell for planted in answer.faults)
    assert report.fates == answer.fates
    refused = {(refused.cell.split("!")[0], refused.line) for refused in report.refused}
    remarks = {remark.cell for remark in report.remarks if place(remark.cell) not in refused}
    assert remarks == {planted.cell for planted in answer.remarks}


def place(cell: str) -> tuple[str, int]:
    """Sheet and row of a cell's address."""
    sheet, _, address = cell.partition("!")
    return sheet, int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def test_the_generator_makes_the_same_file_of_the_same_dice(tmp_path: Path) -> None:
    first, second = (make_list(tmp_path / f"{n}.xlsx", seed=5, rows=60, faults=10) for n in (1, 2))
    assert first == second


def test_the_committed_example_is_read_whole(tmp_path: Path) -> None:
    """An invented file, made by the generator (seed 4, 60 rows, 12 faults)."""
    answer = make_list(tmp_path / "again.xlsx", seed=4, rows=60, faults=12)
    copy = tmp_path / "listan.xlsx"
    copy.write_bytes(SMALL.read_bytes())
    report = work(tmp_path, touched(copy, LATER)).report
    assert report.fates == answer.fates
    assert {cell for cell, _ in faults(report)} == {planted.cell for planted in answer.faults}


def test_the_refused_values_are_in_no_report(tmp_path: Path) -> None:
    make_list(tmp_path / "listan.xlsx", seed=2, rows=200, faults=50)
    text = as_text(work(tmp_path, touched(tmp_path / "listan.xlsx", LATER)).report, None)
    for secret in ("Exempel", "Missbuk", "enligt avtal", "239", "Hemmet", "ring mamma", "SN 202"):
        assert secret not in text


def test_each_sheet_is_read_and_its_name_may_be_the_target_group(tmp_path: Path) -> None:
    sheets = {"Vuxna": [list(HEADINGS), LINE], "Info": [["Läs mig"]], "Ungdomar": [list(HEADINGS), OTHER]}
    done = work(tmp_path, saved(tmp_path / "fil.xlsx", sheets))
    assert [started.target_group for started in facts(done, PlacementStarted)] == ["adults", "youth"]
    assert done.report.between["unread"] == ["Info!1"]
    assert any("Bladet Info läses inte" in sv for sv, _ in done.report.notices)


def test_headings_read_as_another_column_and_columns_left_out_are_told(tmp_path: Path) -> None:
    lines = [[*HEADINGS[:7], "Utförare", *HEADINGS[8:], "Skostorlek"], [*LINE, 43]]
    notices = [sv for sv, _ in work(tmp_path, saved(tmp_path / "fil.xlsx", {"Blad1": lines})).report.notices]
    assert "Blad1: Rubriker som lästs: Utförare → Aktör." in notices
    assert "Blad1: Kolumner som inte läses: Skostorlek." in notices


def test_a_heading_between_the_rows_may_be_the_target_group(tmp_path: Path) -> None:
    lines = [list(HEADINGS), ["Barn"], LINE, [], ["Vuxna"], OTHER]
    done = work(tmp_path, saved(tmp_path / "fil.xlsx", {"2026": lines}))
    assert [started.target_group for started in facts(done, PlacementStarted)] == ["children", "adults"]
    assert done.report.between["section"] == ["2026!2", "2026!5"]


def test_titles_headings_again_gaps_and_sums_are_told_and_are_no_rows(tmp_path: Path) -> None:
    sums = [None] * 8 + [12_900]
    lines = [["Listan"], [], list(HEADINGS), LINE, [], list(HEADINGS), OTHER, ["Summa", *sums[1:]], sums]
    report = work(tmp_path, saved(tmp_path / "fil.xlsx", {"Blad1": lines})).report
    assert report.fates == {"title": 1, "empty": 2, "heading": 2, "sent": 2, "sum": 2}
    assert report.between == {
        "title": ["Blad1!1"],
        "heading": ["Blad1!3", "Blad1!6"],
        "sum": ["Blad1!8", "Blad1!9"],
    }


def test_a_row_with_nothing_but_a_number_is_refused_and_not_taken_for_a_heading(tmp_path: Path) -> None:
    report = work(
        tmp_path, saved(tmp_path / "fil.xlsx", {"Blad1": [list(HEADINGS), LINE, ["SN 2026-77"]]})
    ).report
    assert {cell for cell, _ in faults(report)} == {"Blad1!D3", "Blad1!H3"}


def test_a_number_in_two_rows_that_differ_is_refused_in_both(tmp_path: Path) -> None:
    report = work(
        tmp_path, book(tmp_path / "fil.xlsx", row(), row(Dygnspris=1_000), row(Ärende="SN 3"))
    ).report
    assert faults(report) == [("Blad1!A2", "id_reused"), ("Blad1!A3", "id_reused")]
    assert "Blad1!A3" in report.refused[0].sv and "Blad1!A2" in report.refused[1].sv


def test_two_rows_that_say_the_same_are_sent_once(tmp_path: Path) -> None:
    done = work(tmp_path, book(tmp_path / "fil.xlsx", row(), row(Inskriven="2/3 2026", Namn="Exempel Två")))
    assert len(facts(done, PlacementStarted)) == 1
    assert (done.report.fates["sent"], done.report.between["double"]) == (1, ["Blad1!3"])


def test_of_sheets_per_year_the_newest_tells_a_row_that_was_carried_over(tmp_path: Path) -> None:
    ended = [row(Utskriven="2026-04-01").get(name) for name in HEADINGS]
    sheets = {"2025": [list(HEADINGS), LINE], "2026": [list(HEADINGS), ended]}
    report = work(tmp_path, saved(tmp_path / "fil.xlsx", sheets)).report
    assert (report.fates["older"], report.fates["sent"], report.refusals) == (1, 1, 0)
    assert report.between["older"] == ["2025!2"]


def test_merged_cells_hold_for_every_row(tmp_path: Path) -> None:
    import openpyxl

    path = book(tmp_path / "fil.xlsx", row(), row(Ärende="SN 2", Aktör=None))
    made = openpyxl.load_workbook(path)
    made.worksheets[0].merge_cells("H2:H3")
    made.save(path)
    started = facts(work(tmp_path, touched(path, LATER)), PlacementStarted)
    assert [one.provider for one in started] == ["B112", "B112"]


@pytest.mark.parametrize(("columns", "others"), list(KNOWN.items()))
def test_every_synonym_of_a_heading_is_known(columns: str, others: tuple[str, ...]) -> None:
    for name in (columns, *others, columns.upper(), f" {columns}: "):
        assert renamed([name], listan.ALIASES) == [columns]


def test_a_list_saved_as_csv_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text(
        "Dnr;Fr o m;Utförare;Vårdform\nSN 1;2/3 2026;B112;stödb.\nSN 2;snart;B113;HVB\n", encoding="cp1252"
    )
    report = work(tmp_path, touched(path, LATER)).report
    assert [(refused.line, refused.column) for refused in report.refused] == [(3, "Inskriven")]
    assert report.fates == {"sent": 1, "refused": 1}


def test_a_file_without_the_columns_says_what_it_has_and_lacks(tmp_path: Path) -> None:
    report = work(tmp_path, saved(tmp_path / "fil.xlsx", {"Blad1": [["Ärende", "Datum"], ["1", "2"]]})).report
    (refused,) = report.refused
    assert refused.reason == "missing_column" and "Inskriven" in refused.column and "Datum" in refused.sv


def test_an_empty_document_is_refused_and_takes_nothing_back(tmp_path: Path) -> None:
    work(tmp_path, book(tmp_path / "fil.xlsx", row()))
    empty = work(tmp_path, saved(tmp_path / "tom.xlsx", {"Blad1": []}, LATER.replace(day=21)))
    assert [refused.reason for refused in empty.report.refused] == ["no_rows"]
    assert told(empty) == []


def test_the_lists_events_fold_without_flaws_but_for_prices_of_nothing(tmp_path: Path) -> None:
    make_list(tmp_path / "listan.xlsx", seed=9, rows=200, faults=0)
    histories: defaultdict[str, History] = defaultdict(lambda: History([]))
    for event in told(work(tmp_path, touched(tmp_path / "listan.xlsx", LATER))):
        histories[event.subject].hear(event, int(event.recordedtime.timestamp() * 1e6))
    rows: list[Any] = [kind_of(entity).fold(history.living()[0]) for entity, history in histories.items()]
    assert {flaw for row in rows for flaw in row.flaws} <= {"price_zero"}
    assert {entity.split("/")[1] for entity in histories} == {"placement", "contract"}


def test_a_sheet_named_by_a_persons_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="sheet's name"):
        work(tmp_path, book(tmp_path / "fil.xlsx", row(), sheet="20170101-2393"))


def test_a_municipality_without_lists_has_its_own_texts_as_codes_but_no_slips(tmp_path: Path) -> None:
    create(tmp_path / "keys", "0780", "placements")
    path = book(tmp_path / "fil.xlsx", row(Huvudorsak="Eget skäl"), row(Ärende="SN 2", Huvudorsak="Missbuk"))
    order = Order("listan", path, municipality="0780")
    done = worked_out(Settings(home=tmp_path), load("listan"), order, NOW)
    (started,) = facts(done, PlacementStarted)
    assert started.main_cause == "eget-skal" and faults(done.report) == [("Blad1!G3", "bad_value")]
    assert any("Huvudorsak: 1 texter blev egna koder" in sv for sv, _ in done.report.notices)


def text_of(report: Any) -> str:
    return as_text(report, None)


def test_the_report_names_every_fate_and_its_rows(tmp_path: Path) -> None:
    lines = [["Listan"], list(HEADINGS), LINE, ["Barn"], OTHER[:3], ["Summa"]]
    text = text_of(work(tmp_path, saved(tmp_path / "fil.xlsx", {"Blad1": lines})).report)
    assert "Rader/rows: 6" in text and "mellanrubriker / headings between: Blad1!4" in text
    assert "summarader / sum rows: Blad1!6" in text and CODE not in text
