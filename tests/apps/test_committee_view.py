"""A committee page from published figures: sentences, states, three answers, and what is compared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apps import shown_then
from apps.boards import boards
from apps.choice import Choice, Period, period_of
from apps.committee import after, before, foot
from apps.committee_files import definitions
from apps.committee_view import View, heading
from apps.sections.made import Made
from apps.sections.registry import sections
from schemas.municipality import municipality
from tests.apps.boards import NOW, THIRD, YEAR_AGO, figure, placed
from warehouse import contracts
from warehouse.published import Figure


def view(board: str = "placeringar", figures: tuple[Figure, ...] = placed(), **chosen: Any) -> View:
    choice = Choice(chosen.pop("period", THIRD), **chosen)
    return View(boards()[board], municipality("9999"), choice, figures, contracts.load(), NOW)


def section(made: list[Made], question: str) -> Made:
    return next(each for each in made if each.section.question == question)


def words(made: Made, sheet: int = 0) -> dict[str, list[str]]:
    return {name: [cell.words for cell in cells] for name, cells in made.sheets[sheet].rows}


def test_the_heading_is_a_finding_made_from_the_figures() -> None:
    assert heading(view()) == (
        "47 personer var placerade någon gång under tredje kvartalet 2026, 6 fler än ett år tidigare"
    )
    assert heading(view(compare="nej")) == (
        "47 personer var placerade någon gång under tredje kvartalet 2026"
    )
    covered = (figure("contract_coverage", THIRD, 0.793),)
    assert heading(view("avtal", covered)) == (
        "Placeringar med påskrivet avtal tredje kvartalet 2026: 79,3\N{NO-BREAK SPACE}%"
    )


@pytest.mark.parametrize(("then", "said"), [(50, "3 färre än"), (47, "lika många som")])
def test_fewer_and_as_many_are_said_as_clearly_as_more(then: float, said: str) -> None:
    figures = (figure("placed_at_any_time", THIRD, 47), figure("placed_at_any_time", YEAR_AGO, then))
    assert said in heading(view(figures=figures))


def test_a_hidden_total_is_no_number_in_the_heading_and_why_is_said() -> None:
    figures = (figure("placed_at_any_time", THIRD, None, "suppressed", upper=4.0),)
    none = "Antalet personer under tredje kvartalet 2026 går inte att visa"
    assert heading(view(figures=figures)) == f"{none}: för få ligger bakom siffran"
    assert heading(view(figures=())) == f"{none}: siffran är inte publicerad än"


def test_thirteen_or_fifty_has_three_named_answers_side_by_side() -> None:
    made = section(sections(view()), "Hur många finns det av varje huvudorsak?")
    assert made.sheets[0].headings == ("Huvudorsak", "Sista dagen", "Nya", "Någon gång")
    assert words(made)["Kriminalitet"] == ["9", "6", "13"]
    assert words(made)["Alla"] == ["34", "11", "47"]


def test_few_hidden_zero_and_missing_read_differently() -> None:
    made = section(sections(view()), "Varför placeras människor?")
    assert words(made)["Våld i nära relation"] == ["färre än 5", "saknas"]
    assert words(made)["Annan orsak"] == ["dold", "saknas"]
    assert words(made)["saknas"] == ["0", "saknas"]
    assert made.sheets[0].headings == ("Huvudorsak", "kvartal 3, 2026", "kvartal 3, 2025")
    assert "färre än 5" in made.chart
    assert made.chart.count('class="now" style') == 2  # bars for what has a number above zero


def test_the_largest_cause_is_named_and_a_tie_is_not() -> None:
    made = section(sections(view()), "Hur många är placerade?")
    assert made.answer == "Omsorgssvikt är den vanligaste huvudorsaken: 17."
    tie = (figure("placed_at_any_time", THIRD, 9, main_cause="neglect"),
           figure("placed_at_any_time", THIRD, 9, main_cause="crime"))  # fmt: skip
    assert section(sections(view(figures=tie)), "Hur många är placerade?").answer == ""


def test_the_last_day_of_a_period_that_goes_on_is_today() -> None:
    made = section(sections(view(period=Period(date(2026, 10, 1), "quarter"))), "Hur många är placerade?")
    assert any("den 22 november 2026" in name for name in words(made))
    done = section(sections(view()), "Hur många är placerade?")
    assert any("den 30 september 2026" in name for name in words(done))


def test_placements_are_counted_instead_of_persons_when_asked() -> None:
    figures = (*placed(), figure("placements_at_any_time", THIRD, 52))
    assert heading(view(figures=figures, show="placeringar")).startswith("52 placeringar pågick någon gång")


def test_the_line_is_told_in_words_over_all_periods() -> None:
    made = section(sections(view()), "Hur har det utvecklats?")
    assert made.answer == (
        "Från 41 tredje kvartalet 2025 till 47 tredje kvartalet 2026."
        " Högst var det tredje kvartalet 2026: 47."
    )


def test_follow_up_that_nobody_made_says_so() -> None:
    figures = (figure("follow_up_rate", THIRD, 0.81, grown="adults"),
               figure("follow_up_rate", THIRD, None, "missing", grown="children_and_youth"))  # fmt: skip
    made = section(sections(view("avtal", figures)), "Följs placeringarna upp i tid?")
    assert words(made)["barn och unga"][0] == "ej gjord"
    assert words(made)["vuxna"][0] == "81,0\N{NO-BREAK SPACE}%"


def test_an_index_never_stands_without_spread_and_number() -> None:
    year = Period(date(2026, 1, 1), "year")
    figures = (figure("placement_index", year, 1.12, provider="B112", lower=0.9, upper=1.3, n=12),
               figure("placement_index", year, 1.05, provider="B112", part="quality"),
               figure("placement_index", year, None, "suppressed", provider="B113"))  # fmt: skip
    made = section(sections(view("avtal", figures)), "Vad får vi för pengarna?")
    assert words(made) == {"B112": ["1,12", "1,05", "saknas", "0,90", "1,30", "12"]}
    assert made.answer == "Gäller 2026 hittills. 1 utförare har för få uppföljningar för att visas."


def test_every_section_has_a_question_a_table_and_its_definition() -> None:
    for board in ("placeringar", "avtal"):
        asked = view(board)
        for made in sections(asked):
            html = before(asked, made) + after(asked, made)
            assert made.section.question.endswith("?")
            assert ("<table>" in html) is bool(made.sheets[0].rows)
            assert "Så räknas det" in html
            for metric in made.section.metrics:
                assert asked.contract(metric).definition in definitions(asked, [made])[2][1] or html


def test_the_foot_says_age_what_is_hidden_and_whose_data_they_are() -> None:
    text = re.sub(r"<[^>]+>", "", foot(view()))
    assert "Mittköping · påhittade uppgifter" in text
    assert "Uppgifter till kl.\N{NO-BREAK SPACE}16.04" in text
    assert "Antal under 5 visas inte" in text
    held = foot(view(figures=(figure("placed_at_any_time", THIRD, 47, held="whole"),)))
    assert "Kontrolleras:" in held


def test_every_address_of_a_period_is_read_back() -> None:
    assert period_of(THIRD.code) == THIRD


def test_a_page_as_it_was_shown_says_so_on_top_at_its_foot_and_in_its_files_and_leads_back_to_today() -> None:
    then = view(shown_on=date(2026, 3, 12))
    words, mark = "Så visades det då – 12 mars 2026", shown_then.mark(view(shown_on=date(2026, 3, 12)))
    assert words in mark
    back = "period=2026K3&amp;jamfor=ar&amp;visa=personer&amp;dela=sex"
    assert f'<a class="screen" href="/namnd?kommun=9999&amp;sida=placeringar&amp;{back}"' in mark
    assert words in foot(then)
    assert words in shown_then.paper(then)
    assert shown_then.paper(view()) == ""
    made = sections(then)
    sheets = [sheet for each in made for sheet in each.sheets]
    marked = shown_then.marked(then, sheets)
    assert all(words in sheet.title for sheet in marked)
    assert [sheet.rows for sheet in marked] == [sheet.rows for sheet in sheets]
    assert ("Visat", f"{words}.") in [(title, text.strip()) for title, text in definitions(then, made)]
    assert shown_then.stem(then) == "9999-placeringar-2026K3-visat-2026-03-12"


def test_a_page_of_today_bears_no_mark() -> None:
    now = view()
    assert (shown_then.mark(now), shown_then.title(now)) == ("", "")
    assert "visades" not in foot(now)
    assert shown_then.stem(now) == "9999-placeringar-2026K3"
    sheets = [sheet for each in sections(now) for sheet in each.sheets]
    assert shown_then.marked(now, sheets) == sheets


def test_a_metric_that_was_counted_in_another_version_then_is_named() -> None:
    figures = (replace(figure("contract_coverage", THIRD, 0.793), metric_version=0),)
    assert "Sedan dess har beräkningen ändrats för: " in shown_then.mark(
        view("avtal", figures, shown_on=date(2026, 3, 12))
    )
    assert "Inga siffror hade visats" in shown_then.mark(view("avtal", (), shown_on=date(2026, 3, 12)))
