"""The quarter's report to each receiver: the same cells in every form, and nobody's number in any."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO
from typing import Any, get_args

import pytest
from msgspec import convert
from openpyxl import load_workbook
from pypdf import PdfReader

from apps import terms
from apps.words import WORDS
from apps.work import case_facts
from apps.work.address import Address
from apps.work.facts import shown as field_shown
from apps.work.history import read as history
from apps.work.names import Names
from apps.work.unexecuted_files import KINDS, excel, name_of, pdf
from apps.work.unexecuted_report import COLUMNS, Report
from apps.work.unexecuted_view import choices, receivers, result
from schemas.cases import CaseAssigned, CaseFact
from schemas.codec import encode
from schemas.codes import DelayReason, ReportTo
from schemas.municipality import municipality
from schemas.registry import BY_TYPE
from tests.apps.work.unexecuted_samples import (
    TOWN,
    decision,
    made,
    many,
    of_csv,
    of_excel,
    of_pdf,
    of_screen,
    some,
    view,
)
from tests.telling import at, tell
from tests.warehouse.unexecuted_town import granted, noon
from warehouse.quarters import Quarter
from warehouse.unexecuted import Delivery

TOS: tuple[ReportTo, ...] = tuple(COLUMNS)
FORMS = {"some": some, "many": many}


def plain(html: str) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(text.split())


@pytest.mark.parametrize("amount", FORMS)
@pytest.mark.parametrize("to", TOS)
def test_screen_csv_excel_and_pdf_hold_the_same_cells(to: ReportTo, amount: str) -> None:
    shown = made(to, FORMS[amount]())
    cells = of_screen(shown)
    assert len(cells) == len(shown.rows) + 1 > 4
    assert cells[0] == list(shown.headings)
    assert of_csv(shown) == cells
    assert of_excel(shown) == cells
    assert of_pdf(shown)[0] == [word for row in cells[1:] for cell in row for word in cell.split()]


def test_a_long_report_has_its_headings_and_its_number_on_each_page() -> None:
    shown = made("ivo", many())
    _, pages = of_pdf(shown)
    assert pages > 2
    for number, page in enumerate(PdfReader(BytesIO(pdf(shown))).pages, 1):
        assert f"Sida {number} av {pages}" in page.extract_text()
        assert float(page.mediabox.width) > float(page.mediabox.height)


def test_the_paper_says_what_whose_when_and_how_new_with_swedish_letters_in_a_font_of_its_own() -> None:
    reader = PdfReader(BytesIO(pdf(made("council", some()))))
    told = " ".join(reader.pages[0].extract_text().split())
    for words in ("Ej verkställda beslut, till fullmäktige", "Mittköping · påhittade uppgifter",
                  "Kvartal 3 2026 (1 juli–30 september 2026)", "22 november 2026, kl. 0.30",
                  "100,0 % av kvartalet har kommit in", "Små tal", "Kön saknas"):  # fmt: skip
        assert words in told.replace("\N{NO-BREAK SPACE}", " ")
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    used = [font.get_object() for font in fonts.values()]
    embedded = [font for font in used if "FontFile2" in str(font.get("/FontDescriptor", {}))]
    assert {font["/BaseFont"].partition("+")[2] for font in embedded} >= {"BitstreamVeraSans-Roman"}


def test_the_same_rows_give_the_same_files() -> None:
    assert pdf(made("ivo", many())) == pdf(made("ivo", many()))


ROWS = {
    "ivo": "1 SoL (2025:400) 34 kap. 1–2 §§ Hemtjänst kvinna Ej verkställt 2026-05-15 138 "
           "ingen ledig plats eller resurs nej – –",
    "auditors": "1 SoL (2025:400) 34 kap. 1–2 §§ Hemtjänst kvinna Ej verkställt 2026-05-15 138 "
                "ingen ledig plats eller resurs – –",
}  # fmt: skip


@pytest.mark.parametrize("to", ROWS)
def test_a_row_says_what_its_receiver_is_to_know(to: ReportTo) -> None:
    assert " ".join(of_screen(made(to, some()))[1]) == ROWS[to]


def test_what_was_carried_out_or_ended_says_when() -> None:
    _, _, done, ended, interrupted = of_screen(made("ivo", some()))
    assert done[-3:] == ["ja", "2026-08-20", "–"]
    assert ended[-3:] == ["nej", "–", "2026-09-01"]
    assert (ended[3], ended[4], ended[8]) == ("saknas", "saknas", "skäl saknas")
    assert interrupted[1:6] == ["LSS (1993:387)", "28 f–28 h §§", "Daglig verksamhet", "man", "Avbrutet"]


def test_the_council_is_given_sums_and_no_row_of_a_decision() -> None:
    cells = of_screen(made("council", many()))
    assert cells[0] == ["Indelning", "Grupp", "Kvinnor", "Män", "Kön saknas", "Alla"]
    assert cells[1] == ["Alla beslut", "–", "86", "44", "0", "130"]
    names = [row[1] for row in cells[2:]]
    assert names == ["SoL", "LSS", "Hemtjänst", "Öppenvård", "högst 180 dagar", "181–365 dagar",
                     "366–730 dagar", "731 dagar eller fler"]  # fmt: skip
    open_care = cells[names.index("Öppenvård") + 2]
    assert open_care[2:4] == ["färre än 5", "färre än 5"]  # 4 and 2
    assert not re.search(r"20\d\d-\d\d-\d\d", str(cells))
    link = re.findall(r'href="([^"]*)"', result(view(made("council", many()))))
    assert link == ["?mottagare=ivo"]


def _everything(shown: Report) -> str:
    book: Any = load_workbook(BytesIO(excel(shown)))
    sheets = [str(row) for sheet in book for row in sheet.iter_rows(values_only=True)]
    paper = [page.extract_text() for page in PdfReader(BytesIO(pdf(shown))).pages]
    return "\n".join([KINDS["csv"].make(shown).decode(), *sheets, *paper])


@pytest.mark.parametrize("to", TOS)
def test_no_file_holds_a_key_a_pseudonym_or_a_number_of_a_person(to: ReportTo) -> None:
    told = _everything(made(to, [decision(number=n, key=f"7F3A2C{n:06X}") for n in range(1, 40)]))
    assert "7F3A2C" not in told
    assert not re.search(r"k\d+\.[A-Za-z0-9_-]{20}|\b(19|20)?\d{6}[-+]\d{4}\b|\b\d{10}\b|\b\d{12}\b", told)


def test_the_link_to_the_events_behind_a_row_stands_on_the_screen_alone() -> None:
    html = result(view(made("ivo", some())))
    assert 'href="?mottagare=ivo&amp;rad=7F3A2C9E01AB"' in html
    assert html.count("rad=") == 4


def test_the_history_of_a_row_is_told_in_swedish() -> None:
    event = tell("a", granted("2026-05-15")[1], noon("2026-05-15"))
    steps = history([{"body": encode(event).decode()}], TOWN)
    html = result(view(made("ivo", some()), history=steps, address=Address({"rad": "7F3A2C9E01AB"})))
    assert "Beslut: bifall, hemtjänst 15 maj 2026, källan test" in plain(html)
    assert "class=chosen" in html


def test_every_fact_of_a_case_has_a_title_and_every_field_a_word() -> None:
    facts = [fact for fact in BY_TYPE.values() if issubclass(fact, CaseFact)]
    assert set(facts) == set(case_facts.TITLES)
    for fact in facts:
        for example in fact.EXAMPLES:
            made_of = tell("a", convert(example, fact), at(0))
            assert history([{"body": encode(made_of).decode()}], TOWN).lines[0].title
        assert [name for name in fact.__struct_fields__ if f"f_{name}" not in WORDS] == []


def test_who_handles_a_case_is_never_shown_even_where_it_was_corrected() -> None:
    one, other = ("k1." + letter * 43 for letter in "ab")
    told = field_shown("handler", CaseAssigned, one, other, Names(TOWN))
    assert told == {"what": "handläggare", "old": "en handläggare", "new": "en annan"}


def test_every_reason_of_a_delay_has_a_word() -> None:
    assert set(terms.DELAYS) == set(get_args(DelayReason))


def test_who_is_given_the_report_when_and_whether_in_time_is_said_of_each_receiver() -> None:
    due = date(2026, 12, 31)
    given = (
        Delivery("ivo", due, noon("2026-10-12")), Delivery("auditors", due, noon("2027-01-04")),
        Delivery("council", due, None),
    )  # fmt: skip
    shown = view(made("ivo", some()), deliveries=given)
    assert plain(receivers(shown)) == (
        "IVO lämnad 12 oktober 2026 Revisorerna lämnad 4 januari 2027, efter 31 december 2026 "
        "Fullmäktige inte lämnad, senast 31 december 2026"
    )
    late = view(made("ivo", some()), deliveries=given, today=date(2027, 1, 1))
    assert "inte lämnad, skulle ha lämnats senast 31 december 2026" in plain(receivers(late))


def test_the_answer_counts_and_says_when_there_is_nothing() -> None:
    assert "4 beslut att rapportera till IVO, kvartal 3 2026" in plain(result(view(made("ivo", some()))))
    assert "1 beslut att rapportera till revisorerna" in plain(result(view(made("auditors", some()[:1]))))
    nothing = plain(result(view(made("ivo", []))))
    assert "Inget beslut att rapportera för kvartal 3 2026" in nothing
    assert of_pdf(made("ivo", []))[0] == ["Inget", "beslut", "att", "rapportera"]


def test_data_that_do_not_reach_the_quarters_end_are_preliminary_in_every_form() -> None:
    half = datetime(2026, 8, 15, 22, tzinfo=UTC)
    shown = made("ivo", some(), half)
    for told in (plain(result(view(shown))), _everything(shown)):
        words = " ".join(told.replace("\N{NO-BREAK SPACE}", " ").split())
        assert "50,0 % av kvartalet" in words and "Preliminär" in words
    assert "Preliminär" not in _everything(made("ivo", some()))
    assert "Ingen källa har sagt" in _everything(made("ivo", some(), None))


def test_who_sees_some_units_is_told_so_and_gets_no_sums_of_them() -> None:
    own = plain(result(view(made("ivo", some()), sees_all=False)))
    assert "Rapporten lämnas för hela kommunen" in own
    council = result(view(made("council", many()), sees_all=False))
    assert "<table" not in council
    assert "Talen till fullmäktige är för hela kommunen" in plain(council)


def test_a_quarter_that_is_not_over_is_refused_in_words_and_those_that_are_can_be_chosen() -> None:
    shown = view(made("ivo", some()), refused="2026Q4")
    assert "2026Q4 är inte slut" in plain(result(shown))
    assert 'value="2026Q2"' in choices(shown)
    assert "Kvartal 3 2026" in plain(choices(shown))


def test_swedish_law_does_not_hold_abroad() -> None:
    shown = made("ivo", [])
    foreign = Report("ivo", type(shown.basis)(municipality("9901"), Quarter(2026, 3), None), ())
    assert "Svensk lag gäller inte" in plain(result(view(foreign)))


def test_a_file_is_called_by_its_town_quarter_and_receiver() -> None:
    assert [name_of(made(to, some()), "pdf") for to in TOS] == [
        f"ej-verkstallda-9999-2026Q3-{name}.pdf" for name in ("ivo", "revisorer", "fullmaktige")
    ]


def test_the_workbook_says_what_each_column_means_and_how_new_it_is() -> None:
    book: Any = load_workbook(BytesIO(excel(made("ivo", some()))))
    told = dict(book["Definitioner"].iter_rows(values_only=True))
    assert {"Nr", "Lag", "Rapporterat tidigare", "Mottagare", "Kvartal", "Underlag"} <= told.keys()
    assert told["Kvartal"] == "2026Q3"
    assert book.worksheets[0]["G2"].value.date() == date(2026, 5, 15)
    assert book.worksheets[0]["H2"].value == 138
