"""Forms of sections that tell of several figures at once: cards, bounds, lines; a finding in points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from apps import board_words
from apps.boards import boards, grains_of, read
from apps.choice import Choice, Period
from apps.committee import after, before
from apps.committee_chart import COLOURS, MUTED, lines
from apps.committee_view import View, heading
from apps.sections.made import Made
from apps.sections.registry import FORMS, sections
from apps.sheet import Cell
from apps.words import WORDS
from schemas.errors import Misconfigured
from schemas.municipality import municipality
from tests.apps.boards import NOW, THIRD, YEAR_AGO, figure
from tests.apps.filled import filled
from tests.apps.governed import SAID, as_before, with_targets
from warehouse import contracts
from warehouse.published import Figure

PLACE = municipality("9999")


def made(form: str, metrics: tuple[str, ...], *figures: Figure, own: str = "") -> Made:
    """The section of a page that has it alone."""
    return sections(viewed(form, metrics, *figures, own=own))[0]


def viewed(form: str, metrics: tuple[str, ...], *figures: Figure, more: str = "", own: str = "") -> View:
    """A page of one section. more: further lines of the page, own: of the section."""
    listed = ", ".join(f'"{metric}"' for metric in metrics)
    section = f'[[sida.sections]]\nform = "{form}"\nquestion = "Hur?"\nmetrics = [{listed}]\n{own}\n'
    board = read(f'[sida]\nid = "N0"\ntitle = "Sida"\nchooses = ["period"]\n{more}\n{section}')
    return View(board["sida"], PLACE, Choice(THIRD), figures, contracts.load(), NOW)


def words(found: Made) -> dict[str, list[str]]:
    return {name: [plain(cell.words) for cell in cells] for name, cells in found.sheets[0].rows}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_cards_stand_side_by_side_and_are_never_one() -> None:
    found = made("cards", ("placement_cost", "invoiced_cost", "booked_cost"),
                 figure("placement_cost", THIRD, 780_000), figure("invoiced_cost", THIRD, -280_000),
                 figure("booked_cost", THIRD, None, "suppressed"),
                 figure("placement_cost", YEAR_AGO, 400_000))  # fmt: skip
    assert found.chart.count('class="big"') == 3
    assert "--n:3" in found.chart
    assert "<b>780\N{NO-BREAK SPACE}000</b>" in found.chart
    assert '<b class="words">dold</b>' in found.chart
    assert words(found) == {
        "Beräknad kostnad, kr": ["780 000", "400 000"],
        "Fakturerad kostnad, kr": ["\N{MINUS SIGN}280 000", "saknas"],
        "Bokförd kostnad, kr": ["dold", "saknas"],
    }


def test_bounds_stand_beside_the_figure_and_alone_where_too_little_is_known() -> None:
    told = figure("contract_coverage", THIRD, 0.993, lower=0.991, upper=0.996)
    unsure = figure("contract_coverage", THIRD, None, "preliminary", lower=0.9, upper=0.97)
    hidden = figure("contract_coverage", THIRD, None, "suppressed", upper=4.0)
    rows = [words(made("bounds", ("contract_coverage",), each))["Alla"] for each in (told, unsure, hidden)]
    assert rows == [
        ["99,3 %", "99,1 %", "99,6 %"],
        ["mellan 90,0 % och 97,0 %", "90,0 %", "97,0 %"],
        ["färre än 5", "–", "–"],
    ]


def test_a_sentence_says_the_unit_before_it_says_that_the_figure_is_preliminary() -> None:
    figures = (figure("daily_price", THIRD, 3900, "preliminary"),)
    found = made("columns", ("daily_price",), *figures, own='by = "sex"')
    assert plain(found.answer) == "Dygnspris tredje kvartalet 2026: 3 900 kr/dygn (preliminär)."


def test_a_preliminary_figure_says_how_much_is_wanted() -> None:
    figures = (figure("contract_coverage", THIRD, 0.9, "preliminary"),)
    view = viewed("facts", ("contract_coverage",), *figures)
    (found,) = sections(view)
    assert words(found)["Placeringar med påskrivet avtal"][0] == "90,0 % (preliminär)"
    assert "Preliminär: mindre än 99 % av underlaget har kommit in." in plain(after(view, found))
    sure = viewed("facts", ("contract_coverage",), figure("contract_coverage", THIRD, 0.9))
    assert "Preliminär" not in after(sure, sections(sure)[0])


def test_coverage_stands_beside_a_ratio_and_nothing_beside_a_hidden_one() -> None:
    share = replace(figure("contract_coverage", THIRD, 0.9), coverage=0.97969)
    hidden = replace(figure("digital_signature_share", THIRD, None, "suppressed"), coverage=0.5)
    count = replace(figure("signed_contracts", THIRD, 9), coverage=0.5)
    figures = (share, hidden, count)
    names = ("contract_coverage", "digital_signature_share", "signed_contracts")
    found = made("facts", names, *figures, own="coverage = true")
    assert found.sheets[0].headings == ("", "kvartal 3, 2026", "Täckning", "kvartal 3, 2025")
    assert list(words(found).values()) == [["90,0 %", "97,9 %", "saknas"], ["dold", "–", "saknas"],
                                           ["9", "–", "saknas"]]  # fmt: skip
    told = made("bounds", ("contract_coverage", "signed_contracts"), *figures, own="coverage = true")
    assert told.sheets[0].headings[-2:] == ("Täckning", "Påskrivna avtal")
    assert words(told)["Alla"][-2:] == ["97,9 %", "9"]


def test_a_figure_that_is_a_coverage_itself_says_of_what() -> None:
    figures = (figure("visit_coverage", THIRD, 0.9),)
    facts = made("facts", ("visit_coverage",), *figures, own="coverage = true")
    columns = made("columns", ("visit_coverage",), *figures, own='by = "service"\ncoverage = true')
    assert words(facts)["Planerade besök med start och slut"][:2] == ["90,0 %", "av planerade besök"]
    assert words(columns)["Alla"][:2] == ["90,0 %", "av planerade besök"]


def test_a_page_about_one_service_shows_its_figures_alone() -> None:
    own = [figure("care_days", period, days) for period, days in ((YEAR_AGO, 500), (THIRD, 700))]
    own += [
        figure("care_days", period, days, sex="woman") for period, days in ((YEAR_AGO, 200), (THIRD, 300))
    ]
    view = viewed("trend", ("care_days",), *own, more='where = { sex = "woman" }')
    (found,) = sections(view)
    assert words(found) == {"kvartal 3, 2025": ["200"], "kvartal 3, 2026": ["300"]}


def test_a_definition_stands_under_each_question_and_is_printed_once() -> None:
    view = viewed("facts", ("contract_coverage", "signed_contracts"))
    (found,) = sections(view)
    html = after(view, found, {"contract_coverage"})
    assert html.count("<dt") == 2
    assert html.count('class="again"') == 2
    assert "<dt>Påskrivna avtal</dt>" in html


def test_units_with_nothing_to_tell_are_named_and_zero_is_not_missing() -> None:
    figures = (figure("visits_performed", THIRD, 40, unit="norr"), figure("visits_performed", THIRD, 40),
               figure("visits_performed", THIRD, 0, unit="ost"),
               figure("visits_performed", Period(date(2025, 1, 1), "year"), 3, unit="ost"),
               figure("visits_performed", THIRD, None, "missing", unit="vast"),
               figure("visits_performed", THIRD, None, "suppressed", unit="syd"))  # fmt: skip
    before = figure("visits_performed", Period(date(2026, 1, 1), "year"), 9, unit="vast")
    told = (*figures, before, figure("visits_performed", THIRD, 0, unit="utan"))
    view = viewed("columns", ("visits_performed",), *told, own='by = "unit"')
    (found,) = sections(view)
    assert words(found) == {"norr": ["40", "saknas"], "syd": ["dold", "saknas"], "Alla": ["40", "saknas"]}
    assert found.sheets[0].note == "Inget räknat för: ost. Uppgifter saknas för: vast."
    assert found.sheets[0].note in after(view, found)


def test_a_line_begins_where_something_was_told() -> None:
    long_ago = Period(date(2024, 7, 1), "quarter")
    found = made("trend", ("care_days",), figure("care_days", long_ago, None, "missing"),
                 figure("care_days", YEAR_AGO, None, "suppressed"),
                 figure("care_days", THIRD, 700))  # fmt: skip
    assert words(found) == {"kvartal 3, 2025": ["dold"], "kvartal 3, 2026": ["700"]}


def test_lines_of_two_metrics_share_a_table_and_each_has_its_sentence() -> None:
    found = made("trend", ("placement_cost", "booked_cost"),
                 figure("placement_cost", YEAR_AGO, 300), figure("placement_cost", THIRD, 410),
                 figure("booked_cost", THIRD, 405))  # fmt: skip
    assert found.sheets[0].headings == ("Period", "Beräknad kostnad, kr", "Bokförd kostnad, kr")
    assert words(found) == {"kvartal 3, 2025": ["300", "saknas"], "kvartal 3, 2026": ["410", "405"]}
    assert found.answer == "Beräknad kostnad: från 300 tredje kvartalet 2025 till 410 tredje kvartalet 2026."


def test_a_line_over_months_and_years_is_said_as_people_say_it() -> None:
    months = [Period(date(2026, month, 1), "month") for month in (8, 9)]
    assert [month.at for month in months] == ["i augusti 2026", "i september 2026"]
    assert Period(date(2026, 1, 1), "year").at == "år 2026"


def test_shares_outside_the_usual_are_named_and_none_is_hidden() -> None:
    figures = (figure("follow_up_rate", THIRD, 1.08, grown="adults"), figure("follow_up_rate", THIRD, 0.9),
               figure("follow_up_rate", THIRD, 0.64, grown="children_and_youth"))  # fmt: skip
    found = made("columns", ("follow_up_rate",), *figures, own='by = "grown"\nusual = [0.7, 1.05]')
    assert plain(found.answer) == (
        "Uppföljningar i tid tredje kvartalet 2026: 90,0 %."
        " Över 105 %: vuxna 108,0 %. Under 70 %: barn och unga 64,0 %."
    )
    assert [cells[0] for cells in words(found).values()] == ["108,0 %", "64,0 %", "90,0 %"]
    alone = made("columns", ("follow_up_rate",), *figures, own='by = "grown"\ntotal = false')
    assert list(words(alone)) == ["vuxna", "barn och unga"]
    assert alone.answer == ""


def test_a_chart_tells_its_lines_apart_by_more_than_colour() -> None:
    points = [
        (YEAR_AGO, Cell(1.0, "preliminary", "1 (preliminär)")),
        (THIRD, Cell(None, "missing", "saknas")),
    ]
    spec = lines({"En": points, "Två": points}, "kr").to_dict()
    line, dots, sure = spec["layer"]
    assert line["encoding"]["strokeDash"]["scale"]["domain"] == ["En", "Två"]
    assert line["encoding"]["color"]["legend"]["orient"] == "top"
    assert "filled" not in dots["mark"] and sure["transform"] == [{"filter": "datum.sure"}]
    (rows,) = spec["datasets"].values()
    assert [(row["value"], row["sure"]) for row in rows[:2]] == [(1.0, False), (None, True)]
    alone = lines({"En": points}, "kr").to_dict()["layer"][0]
    assert alone["encoding"]["color"]["legend"] is None


@pytest.mark.parametrize(("dark", "paper"), [(False, "#F7F6F3"), (True, "#0E1620")])
def test_a_charts_lines_and_words_are_seen_on_their_paper(dark: bool, paper: str) -> None:
    assert all(contrast(colour, paper) >= 3 for colour in COLOURS[dark])
    assert contrast(MUTED[dark], paper) >= 4.5


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 computes it."""
    lights = sorted(light(colour) + 0.05 for colour in (one, other))
    return lights[1] / lights[0]


def light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("value", "before", "said"),
    [
        (0.874, 0.853, "87,4 % av provet, 2,1 procentenheter mer än ett år tidigare"),
        (0.853, 0.874, "85,3 % av provet, 2,1 procentenheter mindre än ett år tidigare"),
        (0.8741, 0.8739, "87,4 % av provet, lika stor andel som ett år tidigare"),
    ],
)
def test_a_finding_that_is_a_share_is_compared_in_points(
    value: float, before: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WORDS, "finding_contract_coverage", "{value} av provet")
    figures = (figure("contract_coverage", THIRD, value), figure("contract_coverage", YEAR_AGO, before))
    view = viewed("facts", ("contract_coverage",), *figures, more='finding = "contract_coverage"')
    assert plain(heading(view)) == said


def test_every_form_has_a_maker_and_every_word_of_the_pages_is_in_the_catalogue() -> None:
    used = {section.form for board in boards().values() for section in board.sections}
    assert used <= FORMS.keys()
    assert board_words.BOARDS.items() <= WORDS.items()


@pytest.mark.parametrize("name", boards())
def test_every_cell_of_a_page_is_a_figure_that_the_registry_publishes(name: str) -> None:
    board = boards()[name]
    figures = with_targets(PLACE) if board.follows_targets else filled(board, PLACE)
    for kind, first in (("month", date(2026, 10, 1)), ("quarter", THIRD.first), ("year", date(2026, 1, 1))):
        if kind not in board.periods:
            continue
        official = tuple(f for f in figures if f.metric == "comparator")
        choice, then = Choice(Period(first, kind)), tuple(as_before(figures))
        view = View(board, PLACE, choice, figures, contracts.load(), NOW, official, SAID, then)
        for found in sections(view):
            html = before(view, found) + after(view, found)
            assert found.sheets[0].rows, found.section.question
            for sheet in found.sheets:
                gaps = [name for name, cells in sheet.rows for cell in cells if cell.state == "missing"]
                assert not gaps, (found.section.question, gaps)
            assert "<table>" in html


def test_a_page_may_not_show_what_is_not_published_for_one_of_its_periods() -> None:
    text = 'form = "facts"\nquestion = "Hur?"\nmetrics = ["contract_coverage"]\n'
    head = '[sida]\nid = "N0"\ntitle = "Sida"\nchooses = ["period"]\nperiods = ["month", "quarter"]\n'
    with pytest.raises(Misconfigured, match="contract_coverage by nothing per month: 0 of 14 are published"):
        read(f"{head}[[sida.sections]]\n{text}")


def test_an_index_is_read_with_its_parts() -> None:
    index = next(s for s in boards()["avtal"].sections if s.form == "interval")
    assert list(grains_of(index, "sex")) == [("provider",), ("provider", "part")]
