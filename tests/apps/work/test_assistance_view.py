"""The worked example of the six-month report, computed by hand in `tests/assisting.py`, as it stands on the
screen and in the file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from apps.work import assistance_sheet
from apps.work.assistance_case import decision, section
from apps.work.assistance_questions import QUESTIONS
from apps.work.assistance_row import about
from apps.work.assistance_view import choices, questions, result_of, signals
from tests.apps.work.assistance_samples import CASES, DECISIONS, KEY, OTHER, case, report, view
from tests.apps.work.test_placements_view import Text, read


def months(html: str) -> dict[str, list[str]]:
    """Rows of the table of months, by their heading."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html)
    return {
        read(name): [read(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells)] for name, cells in rows
    }


ON_SCREEN = {
    "Juli 2026": "310 310 10 1 530 100,0 % 347,70 107 787 107 787 107 787 utbetald 115 000 −7 213 370,97"
    " 123 600",
    "Augusti 2026": "310 340 0 1 190 104,8 % 347,70 107 787 107 787 105 000 utbetald 120 000 −12 213 352,94"
    " 140 080",
    "September 2026": "300 250 0 940 97,8 % 347,70 97 356 97 356 saknas begärd 98 000 −644 392,00 103 000",
    "Oktober 2026": "310 310 0 630 98,4 % 347,70 107 787 saknas saknas förväntad 112 000 −4 213 361,29"
    " 127 720",
    "November 2026": "300 195 5 435 97,6 % 347,70 67 802 saknas saknas förväntad saknas – saknas 78 280",
    "December 2026": "310 – – – – 347,70 – – – – – – – –",
    "Hittills": "1 440 1 405 15 435 97,6 % 488 519 312 930 212 787 445 000 −24 283 367,77 572 680",
    "Prognos till 31 dec": "1 840 1 795,3 44,7 97,6 % 624 218 660 247 −36 029",
}
"""December has not begun. To date at the end of July 310 of 310 hours, of August 650 of 620, of September 900
of 920, of October 1,210 of 1,230, on 21 November 1,405 of 1,440. An hour costs 412 kr: 572,680 for 1,390.
"""


TEMPS = ["färre än 5", "7", "0", "saknas", "saknas", "–", "", ""]


def test_the_worked_example_equals_the_screen() -> None:
    found = months(section(view(told=report(), rad=KEY)))
    assert {name: " ".join(filter(None, cells[:-1])) for name, cells in found.items()} == {
        name: words.replace("−", "\N{MINUS SIGN}") for name, words in ON_SCREEN.items()
    }
    assert [cells[-1] for cells in found.values()] == TEMPS


def test_the_heading_says_what_is_left_and_the_lead_where_it_goes() -> None:
    words = read(section(view(told=report(), rad=KEY)))
    assert words.startswith(
        "A-7F3A2C: 1 405 av 1 840 timmar utförda, 435 kvar till och med 31 december 2026 Prognos till "
        "periodens slut: 1 795,3 timmar, 97,6 % av det beviljade. Resultat \N{MINUS SIGN}36 029 kr "
        "(intäkt 624 218 kr, kostnad 660 247 kr)."
    )


def test_the_list_shows_the_same_period_in_one_row() -> None:
    words = read(result_of(view()))
    assert (
        "A-7F3A2C Assistans Öst 1 juli–31 dec 2026 30–64, man. Försäkringskassan, egen regi 1 840 1 405 435 "
        "97,6 % 488 519 begärt 312 930 utbetalt 212 787 445 000 367,77 timbelopp 347,70 \N{MINUS SIGN}24 283 "
        "4 månader \N{MINUS SIGN}36 029 1 795,3 timmar kandidat för förhöjt timbelopp"
    ) in words


def test_what_nobody_told_is_missing_and_what_is_not_due_is_a_dash() -> None:
    words = read(result_of(view()))
    assert "kommunen, egen regi" in words.lower()
    assert "0 saknas saknas saknas – saknas saknas – – beslut om 0 timmar under 70 %" in words
    assert "preliminär" in words and "Preliminär: timmar för dagar som gått har inte kommit in." in words


@pytest.mark.parametrize(
    ("said", "is_told"),
    [({}, False), ({"last_on": date(2027, 1, 1)}, True),
     ({"last_on": date(2027, 6, 30), "payer": "municipality"}, False)],
)  # fmt: skip
def test_a_period_that_is_longer_than_the_law_allows_is_to_be_looked_at(
    said: dict[str, Any], is_told: bool
) -> None:
    words = [words for _, words in signals(case(**said), view())]
    assert ("perioden är längre än sex månader" in words) is is_told


def test_every_question_is_one_link_with_its_count() -> None:
    page = Text(questions(view(enhet="assistans-ost")) + choices(view()))
    assert {f"?visa={q.code}&enhet=assistans-ost" for q in QUESTIONS[1:]} < set(page.links)
    assert "3 Alla ärenden" in page.all and "1 Slutavräkning försenad" in page.all
    assert "Försäkringskassan" in page.all and "31 okt 2026" in page.all


@pytest.mark.parametrize(
    ("visa", "words"),
    [("", "3 ärenden med beslut om assistans"),
     ("over", "1 ärende där mer än 105 % av det beviljade hittills är utfört"),
     ("kandidat", "1 ärende som kostar mer per timme än timbeloppet"),
     ("halverad", "1 ärende som förlorat mer än hälften av timmarna utan att assistansen upphört")],
)  # fmt: skip
def test_the_heading_is_the_answer(visa: str, words: str) -> None:
    assert words in read(result_of(view(visa=visa)))


def test_an_account_that_is_not_settled_in_time_is_named_with_its_months() -> None:
    page = Text(result_of(view(visa="avrakning")))
    assert "A-00AB34 Assistans Väst 1 jan–30 juni 2026 31 augusti 2026 april 2026, maj 2026" in page.all
    assert f"?visa=avrakning&dag=2026-06-30&rad={OTHER}" in page.links
    assert "slutavräkning försenad sedan 31 aug" in read(result_of(view()))


def test_a_cost_that_stands_out_is_one_click_away_and_marked_in_the_list() -> None:
    page = Text(questions(view()) + result_of(view(visa="ytterfall")))
    assert "?visa=ytterfall" in page.links
    assert "1 Ytterfall i kostnad" in page.all
    assert "1 ärende vars kostnad sticker ut så mycket att uppgifterna bör kontrolleras" in page.all
    assert "ytterfall: kostnad per timme" in page.all and "per brukare" not in page.all


def test_a_decision_is_told_with_the_schedule_that_followed() -> None:
    changed, same = (decision(one).replace("\N{NO-BREAK SPACE}", " ") for one in DECISIONS)
    assert changed == (
        "1 juli–31 dec 2026: 1 840 timmar, 10,0 om dagen, beslutat 11 juni 2026 (ändrat från 8,0 om dagen). "
        "Schemat följde 14 juli 2026, 33 dagar efter beslutet"
    )
    assert "Schemat" not in same
    assert decision(replace(DECISIONS[0], schedule_on=None)).endswith("Schemat har inte följt efter")


def test_a_schedule_that_changed_before_its_decision_is_told_as_such() -> None:
    early = replace(DECISIONS[0], schedule_on=None, lead_days=None, early_on=date(2026, 7, 2))
    told = decision(early).replace("\N{NO-BREAK SPACE}", " ")
    assert told.endswith("Schemat ändrades 2 juli 2026, före beslutet: ledtiden går inte att räkna")


def test_a_case_of_another_unit_is_not_there() -> None:
    words = read(result_of(view(rad=KEY)))
    assert "A-7F3A2C Ärendet finns inte bland dina" in words
    empty = replace(report(), case=None, months=())
    assert "Inget beslut gäller den valda dagen" in read(section(view(told=empty, rad=KEY)))


def test_the_period_before_is_one_click_away_and_none_lies_ahead() -> None:
    page = Text(section(view(told=report(), rad=KEY)))
    assert f"?dag=2026-06-30&rad={KEY}" in page.links
    assert "Perioden efter" not in page.all


def test_no_cell_lets_a_text_through_as_html() -> None:
    html = result_of(view((case(unit="<b>x", age_band="<i>y"),)))
    assert "<b>x" not in html and "<i>y" not in html


def sheet(**query: str) -> list[dict[str, Any]]:
    told = report() if "rad" in query else None
    book: Any = load_workbook(BytesIO(assistance_sheet.file(view(CASES, told, **query), "nu")))
    head, *found = book["Assistans"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_the_file_of_a_list_holds_its_rows_with_numbers() -> None:
    first, _, third = sheet(ordning="nothing")
    assert (first["Ärende"], first["Beviljat, timmar"], first["Kostnad, kr"]) == ("A-7F3A2C", 1840, 445_000)
    assert first["Prognos, resultat"] == pytest.approx(-36_029, abs=0.5)
    assert (third["Utfört, timmar"], third["Att se över"]) == (None, "beslut om 0 timmar, under 70 %")
    assert len(sheet()) == len(CASES)


def test_the_file_of_a_case_holds_its_months() -> None:
    july, *_, december = sheet(rad=KEY)
    assert (july["Månad"].date(), july["Utfört, timmar"], july["Olika vikarier"]) == (
        date(2026, 7, 1), 310, "färre än 5",
    )  # fmt: skip
    assert (july["Resultat, kr"], december["Utfört, timmar"]) == (pytest.approx(-7_213), None)


@pytest.mark.parametrize(
    ("payer", "regi", "words"),
    [
        ("social_insurance", "in_house", "Försäkringskassan, egen regi"),
        ("unknown", "contracted", "Betalare saknas, extern regi"),
        ("unknown", "unknown", "Betalare saknas, regi saknas"),
    ],
)
def test_who_pays_and_whose_regi_says_what_is_missing(payer: str, regi: str, words: str) -> None:
    assert about(case(payer=payer, regi=regi)) == words
