from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from apps.work import staffing_row, staffing_sheet
from apps.work.staffing_look import Choices, View, months_before
from apps.work.staffing_questions import MEASURES, TILES
from apps.work.staffing_row import Staffed
from apps.work.staffing_view import answer, choices, questions, result
from schemas.municipality import municipality
from tests.apps.work.samples import address
from tests.apps.work.test_placements_view import Text, read

TOWN: Final = municipality("9999")
OCTOBER: Final = date(2026, 10, 1)
NORTH, SOUTH, NURSES = "hemtjanst-norr", "hemtjanst-soder", "hemsjukvard"
CHOICES: Final = Choices([NURSES, NORTH, SOUTH], ["care_worker", "nurse"], [date(2026, 11, 1), OCTOBER])
KNOWN: Final = Staffed(
    NORTH, "", OCTOBER, "value", "value", "value", silent_days=0, schedule_coverage=1.0, work_coverage=1.0,
    overtime_h=312.0, overtime_per_fte=2.44, sick_share=0.061, sick_short_share=0.035, sick_long_share=0.026,
    attendance_rate=0.939, external_h=20.5, external_share=0.02, temps=14, temp_share=0.08,
    temps_per_case=1.75, lead_days=9.0, double_share=0.12,
)  # fmt: skip
"""No FTE-bound figure is missing but the share of qualified time, which nobody tells of in home care."""
ROWS: Final = (
    KNOWN,
    replace(KNOWN, month=date(2026, 9, 1), sick_share=0.057, temps=None, temps_state="few"),
    replace(KNOWN, role="care_worker"),
    replace(KNOWN, role="nurse", sick_share=0.0, schedule_coverage=0.8),
    Staffed(SOUTH, "", OCTOBER, "few", "few", "few"),
    Staffed(NURSES, "", OCTOBER, "beside", "beside", "beside"),
    replace(KNOWN, unit="", sick_share=0.06),
)


def view(rows: tuple[Staffed, ...] = ROWS, month: date = OCTOBER, **query: str) -> View:
    return View(TOWN, address(**query), date(2026, 11, 22), month, CHOICES, rows)


def test_every_question_is_one_link_with_its_figure() -> None:
    page = Text(questions(view(enhet=NORTH)))
    assert {f"?visa={one.code}&enhet={NORTH}" for one in MEASURES[1:]} < set(page.links)
    for words in ("6,1 % Sjukfrånvaro", "3,5 % kort", "93,9 % Närvarograd", "312 Övertid, timmar",
                  "2,4 per årsarbetare", "14 Olika vikarier", "9 Ledtid, dagar",
                  "saknas Kvalificerad tid"):  # fmt: skip
        assert words in page.all
    assert "6,0 % Sjukfrånvaro" in read(questions(view()))  # of all that are shown


@pytest.mark.parametrize(
    ("query", "words"),
    [({}, "Sjukfrånvaron var 6,0 % i oktober 2026"),
     ({"enhet": NORTH}, "Sjukfrånvaron i Hemtjänst Norr var 6,1 % i oktober 2026, 0,4 procentenheter "
      "mer än i september 2026"),
     ({"enhet": NORTH, "visa": "overtid"}, "Övertiden i Hemtjänst Norr var 312 timmar i oktober 2026, lika "
      "mycket som i september 2026"),
     ({"enhet": NORTH, "visa": "vikarier"}, "Antalet olika vikarier i Hemtjänst Norr var 14 i oktober 2026"),
     ({"enhet": NORTH, "visa": "kvalificerad"}, "Andelen kvalificerad tid saknas för oktober 2026"),
     ({"enhet": SOUTH}, "Sjukfrånvaron visas inte för oktober 2026: gruppen är färre än fem personer"),
     ({"enhet": NURSES}, "Sjukfrånvaron visas inte för oktober 2026: den avslöjar annars en grupp som är "
      "färre än fem")],
)  # fmt: skip
def test_the_heading_is_the_answer(query: dict[str, str], words: str) -> None:
    assert answer(view(ROWS, OCTOBER, **query)).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_month_that_goes_on_is_not_compared_with_a_whole_one() -> None:
    running = replace(KNOWN, month=date(2026, 11, 1), sick_share=0.01)
    found = view((*ROWS, running), date(2026, 11, 1), enhet=NORTH)
    assert answer(found).replace("\N{NO-BREAK SPACE}", " ") == (
        "Sjukfrånvaron i Hemtjänst Norr var 1,0 % i november 2026, så långt månaden är känd (preliminärt)"
    )
    assert "Läget hittills i november 2026, preliminärt" in read(result(found))


def test_hidden_missing_and_zero_look_different_and_are_explained() -> None:
    words = read(result(view()))
    assert "Hemtjänst Söder färre än 5 färre än 5" in words
    assert "Hemsjukvård dold dold" in words
    assert "Färre än 5: gruppen är så liten" in words and "Dold: skulle tillsammans" in words
    assert "Okänd grupp" not in words
    assert "Ingen uppgift gäller en enskild medarbetare." in words


def test_a_unit_shows_its_roles_and_whole_units_figures_are_a_dash_there() -> None:
    words = read(result(view(enhet=NORTH)))
    assert "Sjuksköterska 0,0 % preliminär 3,5 %" in words
    assert "Omvårdnadspersonal 6,1 %" in words
    assert "– – – – saknas –" in words
    assert "Alla som visas" not in words


def test_a_role_of_every_unit_can_be_compared() -> None:
    found = view(roll="nurse")
    assert found.lines == [(NORTH, "nurse")]
    assert answer(found).startswith("Sjukfrånvaron i Hemtjänst Norr var 0,0")
    assert "Andelen dubbel assistans räknas bara för hela enheter" in answer(
        view(roll="nurse", visa="dubbel")
    )


@pytest.mark.parametrize(
    ("said", "is_unsure"),
    [({}, False), ({"silent_days": 5}, False), ({"silent_days": 6}, True),
     ({"schedule_coverage": 0.98}, True), ({"month": date(2026, 11, 1)}, True)],
)  # fmt: skip
def test_a_month_that_goes_on_or_is_not_told_whole_is_preliminary(
    said: dict[str, Any], is_unsure: bool
) -> None:
    row = replace(KNOWN, **said)
    assert staffing_row.is_preliminary(row, MEASURES[0], date(2026, 11, 1)) is is_unsure


def test_a_month_without_a_figure_is_a_gap_in_the_line_of_bars() -> None:
    html = result(view(enhet=NORTH, visa="vikarier"))
    bars = html.split('class="spark"')[1].split("</span>")[0]
    assert (bars.count("gap"), bars.count("--h:1.000")) == (11, 1)
    assert "lägst 14, högst 14" in bars


def test_rows_are_ordered_by_a_link_and_the_sum_stays_last() -> None:
    html = result(view(ordning="-enhet"))
    names = [
        name
        for name in ("Hemtjänst Söder", "Hemtjänst Norr", "Hemsjukvård", "Alla som visas")
        if name in html
    ]
    places = [html.index(f">{name}") for name in names]
    assert places == sorted(places) and len(places) == 4


def test_the_chosen_stand_in_the_filters_and_the_last_whole_month_is_none() -> None:
    page = Text(choices(view(manad="2026-11")))
    assert "senaste hela november 2026 oktober 2026" in page.all
    assert "Omvårdnadspersonal" in page.all and "Sök ärende" not in page.all


def test_months_are_counted_over_the_new_year() -> None:
    assert months_before(date(2026, 1, 1), 1) == date(2025, 12, 1)
    assert months_before(date(2025, 12, 1), -1) == date(2026, 1, 1)
    assert view().months[0] == date(2025, 11, 1)


def test_a_town_that_tells_of_no_staff_says_so() -> None:
    assert "Ingen har berättat om bemanningen" in read(result(view(())))


def test_no_cell_lets_a_text_through_as_html() -> None:
    html = result(view((replace(KNOWN, unit="<b>x"),))) + questions(view((replace(KNOWN, unit="<b>x"),)))
    assert "<b>x" not in html


def test_the_file_holds_every_month_and_leaves_empty_what_is_hidden() -> None:
    book: Any = load_workbook(BytesIO(staffing_sheet.file(view(), "nu")))
    head, *found = book["Bemanning"].iter_rows(values_only=True)
    rows = [dict(zip(head, row, strict=True)) for row in found]
    assert len(rows) == 5  # of whole units and of all that are shown
    north = next(row for row in rows if (row["Enhet"], row["Månad"].month) == ("Hemtjänst Norr", 10))
    assert (north["Sjukfrånvaro"], north["Olika vikarier"], north["Varför inget visas"]) == (0.061, 14, None)
    south = next(row for row in rows if row["Enhet"] == "Hemtjänst Söder")
    assert (south["Sjukfrånvaro"], south["Övertid, timmar"], south["Varför inget visas"]) == (
        None,
        None,
        "färre än 5",
    )
    meanings = {row[0] for row in book["Definitioner"].iter_rows(values_only=True)}
    assert {"Enhet", "Ledtid beslut till schema, dagar"} < meanings


def test_every_measure_is_a_figure_of_the_row() -> None:
    assert all(hasattr(KNOWN, one.column) and hasattr(KNOWN, one.state) for one in MEASURES)
    assert len({one.code.replace("-", "") for one in MEASURES}) == len(MEASURES) and len(TILES) == 8
