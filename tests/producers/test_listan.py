"""One row of *Listan*: what is sent, what is refused where, what is only remarked on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from producers.fills import hue, marks
from producers.pseudonym import load as load_key
from schemas.codec import encode
from schemas.placements import (
    ContractCreated,
    ContractSent,
    ContractSigned,
    DirectAwardJustified,
    PlacementEnded,
    PlacementStarted,
    PriceSet,
)
from tests.producers.listed import (
    HEADINGS,
    LATER,
    book,
    facts,
    fates,
    faults,
    row,
    saved,
    told,
    touched,
    work,
)
from tests.producers.making import DATA


def one(home: Path, **changed: Any) -> Any:
    """The placement that one row tells."""
    return several(home, row(**changed))[0]


def several(home: Path, *rows: dict[str, Any]) -> list[Any]:
    """The placements that rows tell, each with a number of its own."""
    done = work(home, book(home / "fil.xlsx", *({**cells, "Ärende": n} for n, cells in enumerate(rows, 1))))
    assert faults(done.report) == []
    return facts(done, PlacementStarted)


def test_a_row_tells_the_placement_its_price_and_its_contract(tmp_path: Path) -> None:
    done = work(tmp_path, book(tmp_path / "fil.xlsx", row()))
    (started,), (price,) = facts(done, PlacementStarted), facts(done, PriceSet)
    assert (started.on, started.provider, started.care_form) == (
        date(2026, 3, 2),
        "B112",
        "residential_care_home",
    )
    assert (started.main_cause, started.framework, started.unit) == ("neglect", "ramavtal", "barn-unga")
    assert (price.from_on, price.daily_price_kr) == (date(2026, 3, 2), 6450)
    (created,) = facts(done, ContractCreated)
    assert (created.from_on, created.until_on, created.daily_price_kr) == (
        date(2026, 3, 2),
        date(2026, 9, 1),
        6450,
    )
    assert [fact.party for fact in facts(done, ContractSigned)] == ["municipality", "provider"]
    assert len(facts(done, ContractSent)) == 1 and not facts(done, PlacementEnded)
    assert fates(done) == {"sent": 1}


def test_events_happen_at_the_local_days_beginning(tmp_path: Path) -> None:
    events = told(work(tmp_path, book(tmp_path / "fil.xlsx", row(Utskriven="1 juli 2026"))))
    at = {type(event.data): event.time for event in events}
    assert at[PlacementStarted] == datetime(2026, 3, 1, 23, tzinfo=UTC)
    assert at[PlacementEnded] == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert at[ContractSigned] == datetime(2026, 3, 9, 23, tzinfo=UTC)


def test_names_numbers_and_remarks_never_leave(tmp_path: Path) -> None:
    lines = [
        [*HEADINGS, "Anmärkning", "Handläggare"],
        [row().get(name) for name in HEADINGS] + ["ring mamma", "Eva Ek"],
    ]
    done = work(tmp_path, saved(tmp_path / "fil.xlsx", {"Blad1": lines}))
    sent = b"".join(encode(event) for event in told(done))
    for secret in (b"Exempel", b"2393", b"20170101", b"SN 2026", b"SN2026", b"mamma", b"Eva"):
        assert secret not in sent
    key = load_key(tmp_path / "keys", "9999", "placements")
    (started,) = facts(done, PlacementStarted)
    assert started.person == key.of("person", "201701012393")
    (created,) = facts(done, ContractCreated)
    assert told(done)[0].subject == f"9999/placement/{created.placement}"


@pytest.mark.parametrize("written", ["170101-2393", "201701012393", "20170101-2393", "1701012393"])
def test_a_person_is_the_same_however_the_number_is_written(written: str, tmp_path: Path) -> None:
    first, second = several(tmp_path, row(Personnummer=written), row(Personnummer="170101 2393"))
    assert first.person == second.person


def test_sex_and_age_at_enrolment_come_from_the_personal_number(tmp_path: Path) -> None:
    started = one(tmp_path)
    assert (started.sex, started.age_band) == ("man", "7-12")


@pytest.mark.parametrize(
    ("said", "band"), [(17, "13-17"), ("17 år", "13-17"), (2009, "13-17"), (None, "unknown")]
)
def test_without_a_personal_number_the_column_tells_the_age(said: Any, band: str, tmp_path: Path) -> None:
    lines = [
        [*HEADINGS, "Ålder", "Kön"],
        [row(Personnummer="skyddad").get(name) for name in HEADINGS] + [said, "flicka"],
    ]
    (started,) = facts(work(tmp_path, saved(tmp_path / "fil.xlsx", {"Blad1": lines})), PlacementStarted)
    assert (started.person, started.age_band, started.sex) == (None, band, "woman")


@pytest.mark.parametrize(
    ("text", "code"),
    [("HVB-hem", "residential_care_home"), ("Fam.hem", "foster_home"), ("stödb.", "supported_housing"),
     ("JOURHEM", "emergency_foster_home"), ("foster_home", "foster_home"), (None, "unknown")],
)  # fmt: skip
def test_care_forms_are_known_by_code_name_and_abbreviation(text: Any, code: str, tmp_path: Path) -> None:
    assert one(tmp_path, Vårdform=text).care_form == code


def test_an_unknown_text_is_refused_with_the_list_and_a_guess_and_never_shown(tmp_path: Path) -> None:
    report = work(tmp_path, book(tmp_path / "fil.xlsx", row(Huvudorsak="Missbuk"))).report
    (refused,) = report.refused
    assert (refused.cell, refused.column, refused.reason) == ("Blad1!G2", "Huvudorsak", "bad_value")
    assert "Kriminalitet" in refused.sv and "Menade du Missbruk?" in refused.sv
    assert "Did you mean Missbruk?" in refused.en and "Missbuk" not in refused.sv + refused.en


def test_an_empty_main_cause_is_unknown_and_no_fault(tmp_path: Path) -> None:
    assert one(tmp_path, Huvudorsak=None).main_cause == "unknown"


@pytest.mark.parametrize(("said", "code"), [("Ja", "ramavtal"), ("RA 2024-07", "ra-2024-07"), ("nej", None)])
def test_the_framework_is_yes_no_or_a_number(said: str, code: str | None, tmp_path: Path) -> None:
    assert one(tmp_path, Ramavtal=said).framework == code


def test_a_reason_outside_the_framework_is_a_direct_award(tmp_path: Path) -> None:
    done = work(tmp_path, book(tmp_path / "fil.xlsx", row(Ramavtal="Nej", Skäl_utanför="Fullt")))
    assert [fact.reason for fact in facts(done, DirectAwardJustified)] == ["full"]


def test_a_providers_code_is_kept_and_its_name_becomes_a_code(tmp_path: Path) -> None:
    coded, first, again = several(
        tmp_path, row(Aktör="b 112"), row(Aktör="Hemmet  Solsidan"), row(Aktör="hemmet solsidan ")
    )
    assert coded.provider == "B112"
    assert first.provider == again.provider
    assert first.provider.startswith("X-") and "sol" not in first.provider.lower()


def test_every_fault_of_a_row_is_told_at_once_by_its_cell(tmp_path: Path) -> None:
    bad = row(
        Inskriven="31/2 2026", Aktör=None, Dygnspris="tolv", Vårdform="Villa", Personnummer="20170101-2394"
    )
    report = work(tmp_path, book(tmp_path / "fil.xlsx", row(Ärende="SN 1"), bad)).report
    assert faults(report) == [
        ("Blad1!B3", "bad_value"),
        ("Blad1!D3", "bad_time"),
        ("Blad1!F3", "bad_value"),
        ("Blad1!H3", "missing_field"),
        ("Blad1!I3", "bad_value"),
    ]
    assert report.fates["sent"] == report.fates["refused"] == 1


@pytest.mark.parametrize(
    ("changed", "cell", "reason"),
    [
        ({"Utskriven": date(2026, 3, 1)}, "E2", "bad_time"),
        ({"Avtal_t.o.m.": "2026-03-01"}, "L2", "bad_time"),
        ({"Inskriven": date(2030, 1, 1)}, "D2", "future_time"),
        ({"Påskrivet": "ja"}, "N2", "bad_time"),
        ({"Dygnspris": -1}, "I2", "bad_value"),
        ({"Dygnspris": "6,45"}, "I2", "bad_value"),
        ({"Dygnspris": 195_000}, "I2", "bad_value"),
        ({"Ärende": None}, "A2", "missing_field"),
        ({"Ärende": "20170101-2393"}, "A2", "identity"),
        ({"Ramavtal": "kanske"}, "J2", "bad_value"),
        ({"Inskriven": "2016-12-31", "Avtal_t.o.m.": None}, "B2", "bad_value"),
    ],
)
def test_a_fault_is_refused_at_its_cell_in_both_languages(
    changed: dict[str, Any], cell: str, reason: str, tmp_path: Path
) -> None:
    report = work(tmp_path, book(tmp_path / "fil.xlsx", row(**changed))).report
    assert faults(report) == [(f"Blad1!{cell}", reason)]
    assert report.refused[0].sv and report.refused[0].en


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        ({"Ramavtal": None}, "J2"),
        ({"Skäl_utanför": "Fullt"}, "K2"),
        ({"Dygnspris": 0}, "I2"),
    ],
)
def test_what_is_odd_is_remarked_on_and_sent(changed: dict[str, Any], cell: str, tmp_path: Path) -> None:
    report = work(tmp_path, book(tmp_path / "fil.xlsx", row(**changed))).report
    assert [remark.cell for remark in report.remarks] == [f"Blad1!{cell}"]
    assert report.fates["sent"] == 1


def test_a_contract_until_further_notice_has_no_last_day(tmp_path: Path) -> None:
    done = work(tmp_path, book(tmp_path / "fil.xlsx", row(**{"Avtal_t.o.m.": "tills vidare"})))
    assert [fact.until_on for fact in facts(done, ContractCreated)] == [None]


def test_a_row_without_any_contract_cell_has_no_contract(tmp_path: Path) -> None:
    bare = row(**{"Avtal_t.o.m.": None, "Avtal_skickat": None, "Påskrivet": None})
    assert facts(work(tmp_path, book(tmp_path / "fil.xlsx", bare)), ContractCreated) == []


def painted(path: Path, colour: Any) -> Path:
    made = openpyxl.load_workbook(path)
    for cell in made.worksheets[0][2]:
        cell.fill = PatternFill("solid", fgColor=colour)
    made.save(path)
    return touched(path, LATER)


@pytest.mark.parametrize("colour", ["FFFF0000", "FFFFC7CE", "FFC00000", Color(indexed=10), Color(theme=5)])
def test_a_red_row_without_an_end_is_told(colour: Any, tmp_path: Path) -> None:
    report = work(tmp_path, painted(book(tmp_path / "fil.xlsx", row()), colour)).report
    assert [remark.cell for remark in report.remarks] == ["Blad1!E2"]
    assert any("röd = avslutad (1 rader)" in sv for sv, _ in report.notices)


@pytest.mark.parametrize("colour", ["FFFFFF00", "FFFFEB9C"])
def test_a_yellow_row_that_is_signed_is_told(colour: Any, tmp_path: Path) -> None:
    report = work(tmp_path, painted(book(tmp_path / "fil.xlsx", row()), colour)).report
    assert [remark.cell for remark in report.remarks] == ["Blad1!N2"]


def test_a_row_that_is_struck_out_without_an_end_is_told(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", row())
    made = openpyxl.load_workbook(path)
    for cell in made.worksheets[0][2]:
        cell.font = Font(strike=True)
    made.save(path)
    report = work(tmp_path, touched(path, LATER)).report
    assert [remark.cell for remark in report.remarks] == ["Blad1!E2"]


def test_colours_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    assert marks(DATA / "servicedesk_form.csv") is None


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!"])
def test_a_cell_with_an_error_of_excel_is_refused(error: str, tmp_path: Path) -> None:
    report = work(tmp_path, book(tmp_path / "fil.xlsx", row(Dygnspris=error))).report
    assert faults(report) == [("Blad1!I2", "bad_value")]


def test_a_unit_by_its_name_or_another_is_a_code(tmp_path: Path) -> None:
    found = several(
        tmp_path, *(row(Enhet=unit) for unit in ("Barn och unga", "barn-unga", "Nya enheten", None))
    )
    assert [started.unit for started in found] == ["barn-unga", "barn-unga", "Nya_enheten", None]


def test_a_colour_without_meaning_is_told_too(tmp_path: Path) -> None:
    report = work(tmp_path, painted(book(tmp_path / "fil.xlsx", row()), "FF00B050")).report
    assert any("grön = betyder inget här (1 rader)" in sv for sv, _ in report.notices)


def test_colours_have_names_and_white_has_none(tmp_path: Path) -> None:
    named = {"FF0000": "red", "FFC7CE": "red", "FFFF00": "yellow", "00B050": "green", "4472C4": "blue",
             "D9D9D9": "grey", "FFFFFF": "", "000000": "", "none": ""}  # fmt: skip
    assert {rgb: hue(rgb) for rgb in named} == named
    assert marks(book(tmp_path / "fil.xlsx", row())) == {"Blad1": ({}, {})}
