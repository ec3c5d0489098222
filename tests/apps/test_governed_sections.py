"""Targets, notes, decisions and what has changed since the last meeting, on the committee's pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apps.boards import boards, read
from apps.choice import Choice, Period
from apps.committee import after
from apps.committee_chart import Beside, lines
from apps.committee_files import definitions, said_sheets
from apps.committee_view import View
from apps.sections import trend
from apps.sections.goals import history_words, judged
from apps.sections.made import Made
from apps.sections.registry import sections
from apps.sections.remarks import marks
from apps.sections.since import since_shown
from apps.sheet import as_csv
from schemas.errors import Misconfigured
from schemas.municipality import municipality
from tests.apps.boards import NOW, THIRD, YEAR_AGO, figure
from tests.apps.test_section_forms import plain, words
from warehouse import contracts
from warehouse.causes import Revision
from warehouse.governance import Decision, Governance, Note, Target
from warehouse.published import Figure

PLACE = municipality("9999")
COVERAGE, PRICE = "contract_coverage", "daily_price"
MET = date(2026, 10, 15)


def target(value: float, metric: str = COVERAGE, **said: Any) -> Target:
    common: dict[str, Any] = {"dimensions": {}, "per": "", "direction": "at_least", "owner": "director",
                              "from_on": date(2026, 1, 1), "decision": "SN 2025-12-11 § 112"}  # fmt: skip
    return Target(metric, value=value, **(common | said))


def note(text: str, metric: str = COVERAGE, **said: Any) -> Note:
    common: dict[str, Any] = {"dimensions": {}, "on": date(2026, 10, 14), "author": "head_of_department",
                              "period": "quarter", "first": date(2026, 7, 1)}  # fmt: skip
    return Note(metric, text=text, **(common | said))


def viewed(form: str, metrics: str, said: Governance, *figures: Figure, own: str = "", **more: Any) -> View:
    """A page of one section."""
    listed = ", ".join(f'"{metric}"' for metric in metrics.split())
    section = f'[[sida.sections]]\nform = "{form}"\nquestion = "Hur?"\nmetrics = [{listed}]\n{own}\n'
    board = read(f'[sida]\nid = "N0"\ntitle = "Sida"\nchooses = ["period"]\n{section}')["sida"]
    choice = Choice(more.pop("period", THIRD), more.pop("compare", "nej"))
    return View(board, PLACE, choice, figures, contracts.load(), NOW, said=said, **more)


def only(view: View) -> Made:
    (found,) = sections(view)
    return found


def of(*targets: Target) -> Governance:
    return Governance(targets=targets)


@pytest.mark.parametrize(
    ("value", "direction", "said"),
    [
        (0.95, "at_least", "når målet"), (0.9496, "at_least", "når målet"),
        (0.949, "at_least", "når inte målet"), (0.95, "at_most", "når målet"),
        (0.951, "at_most", "når inte målet"), (0.9504, "at_most", "når målet"),
    ],
)  # fmt: skip
def test_a_figure_is_compared_with_its_target_as_it_is_shown(value: float, direction: str, said: str) -> None:
    view = viewed("facts", COVERAGE, of(target(0.95, direction=direction)), figure(COVERAGE, THIRD, value))
    ((shown, goal, reached),) = words(only(view)).values()
    assert shown in ("95,0 %", "94,9 %", "95,1 %")
    assert goal == ("minst 95,0 %" if direction == "at_least" else "högst 95,0 %")
    assert reached == said


def test_what_is_hidden_or_missing_is_not_judged_and_what_is_preliminary_says_so() -> None:
    contract, goal = contracts.contract(COVERAGE), target(0.9)
    hidden, unsure = figure(COVERAGE, THIRD, None, "suppressed"), figure(COVERAGE, THIRD, 0.95, "preliminary")
    assert [judged(each, goal, contract) for each in (None, hidden, unsure)] == [
        "unknown",
        "unknown",
        "reached",
    ]
    view = viewed("facts", COVERAGE, of(goal), unsure)
    assert words(only(view)).popitem()[1][-1] == "når målet (preliminärt)"
    assert words(only(viewed("facts", COVERAGE, of(goal), hidden))).popitem()[1][-1] == "går inte att bedöma"


def test_a_table_without_targets_has_no_column_for_them() -> None:
    for said in (Governance(), of(target(0.9, "care_days")), of(target(0.9, from_on=date(2026, 10, 1)))):
        found = only(viewed("facts", COVERAGE, said, figure(COVERAGE, THIRD, 0.95)))
        assert found.sheets[0].headings == ("", "kvartal 3, 2026")


def test_a_target_of_a_unit_stands_in_its_row_alone() -> None:
    said = of(target(4_000, PRICE, dimensions={"sex": "woman"}, direction="at_most"))
    figures = [figure(PRICE, THIRD, 3_900, sex=sex) for sex in ("woman", "man")]
    found = only(viewed("columns", PRICE, said, *figures, figure(PRICE, THIRD, 3_900), own='by = "sex"'))
    assert found.sheets[0].headings[-2:] == ("Mål", "Når målet")
    assert {name: row[-2:] for name, row in words(found).items()} == {
        "kvinnor och flickor": ["högst 4 000", "når målet"], "män och pojkar": ["–", "–"], "Alla": ["–", "–"],
    }  # fmt: skip


def test_targets_of_all_stand_under_the_table_and_those_of_a_part_in_columns() -> None:
    said = of(target(4_000, PRICE, direction="at_most"), target(3_000, "care_days", direction="at_most"))
    figures = (figure(PRICE, THIRD, 3_900), figure("care_days", THIRD, 3_300))
    found = only(viewed("columns", f"care_days {PRICE}", said, *figures, own='by = "sex"'))
    assert found.sheets[0].headings == ("Kön", "Vårddygn", "Dygnspris, kr/dygn")
    assert words(found) == {
        "Alla": ["3 300", "3 900"], "Mål för alla": ["högst 3 000", "högst 4 000"],
        "Når målet": ["når inte målet", "når målet"],
    }  # fmt: skip
    part = target(2_000, "care_days", direction="at_most", dimensions={"sex": "man"})
    more = Governance(targets=(*said.targets, part))
    man = figure("care_days", THIRD, 1_900, sex="man")
    found = only(viewed("columns", f"care_days {PRICE}", more, *figures, man, own='by = "sex"'))
    assert found.sheets[0].headings[3:] == ("Mål, vårddygn", "Når målet, vårddygn")
    assert words(found) == {
        "män och pojkar": ["1 900", "saknas", "högst 2 000", "når målet"],
        "Alla": ["3 300", "3 900", "högst 3 000", "når inte målet"],
        "Mål för alla": ["–", "högst 4 000", "–", "–"], "Når målet": ["–", "når målet", "–", "–"],
    }  # fmt: skip


def test_a_line_has_its_target_from_the_day_that_it_holds() -> None:
    figures = [figure(COVERAGE, period, 0.9) for period in (YEAR_AGO, THIRD)]
    earlier = target(0.8, from_on=date(2025, 1, 1), decision="SN 2024-12-12 § 9")
    view = viewed("trend", COVERAGE, of(earlier, target(0.95)), *figures)
    found = only(view)
    assert found.sheets[0].headings[-1] == "Mål"
    assert [row[-1] for row in words(found).values()] == ["minst 80,0 %", "minst 95,0 %"]
    goals = trend.goals(view, found.section)
    assert [cell.value for _, cell in goals[COVERAGE]] == [0.8, 0.95]
    assert [cell.value for _, cell in trend.goals(viewed("trend", COVERAGE, of(target(1)), *figures),
                                                  found.section)[COVERAGE]] == [1]  # fmt: skip


def test_the_chart_draws_targets_and_the_numbers_of_notes() -> None:
    cells = [
        (THIRD, only(viewed("facts", COVERAGE, of(), figure(COVERAGE, THIRD, 0.9))).sheets[0].rows[0][1][0])
    ]
    plain_chart = lines({"Avtal": cells}, None).to_dict()
    full = lines({"Avtal": cells}, None, Beside({"Avtal": cells}, [(THIRD, "1, 2")])).to_dict()
    assert len(plain_chart["layer"]) == 3
    assert [layer["mark"]["type"] for layer in full["layer"][3:]] == ["line", "tick", "text", "rule", "text"]
    assert "1, 2" in str(full["datasets"])


def test_the_history_of_a_target_stands_in_its_definition_and_in_the_downloads() -> None:
    later = target(0.95, from_on=date(2026, 7, 1), owner="unit_head", decision="SN 2026-06-18 § 71")
    view = viewed("facts", COVERAGE, of(target(0.9), later), figure(COVERAGE, THIRD, 0.93))
    told = [plain(line) for line in history_words(view, COVERAGE)]
    assert told == [
        "Mål: minst 95,0 % från och med den 1 juli 2026. SN 2026-06-18 § 71. Ägare: enhetschef.",
        "Mål: minst 90,0 % från och med den 1 januari 2026. SN 2025-12-11 § 112. Ägare: socialchef.",
    ]
    html = plain(after(view, only(view)))
    assert all(line in html for line in told)
    (sheet,) = said_sheets(view, sections(view))
    assert sheet.title == "Mål och beslut om mål"
    csv = plain(as_csv([sheet]).decode())
    assert "Beslut;;SN 2026-06-18 § 71" in csv
    assert "Mål;0,95;minst" in csv


def test_a_note_stands_under_the_section_of_its_metric_with_role_and_date() -> None:
    view = viewed("facts", COVERAGE, Governance(notes=(note("Två <avtal> väntar."), note("Annat.", PRICE))),
                  figure(COVERAGE, THIRD, 0.9))  # fmt: skip
    html = after(view, only(view))
    assert "<h3>Tolkningar</h3>" in html
    assert "Två &lt;avtal&gt; väntar." in html
    assert "Tredje kvartalet 2026. Avdelningschef, 14 oktober 2026." in html
    assert "Annat." not in html
    (sheet,) = said_sheets(view, sections(view))
    assert [cell.words for cell in sheet.rows[0][1]] == [
        "Placeringar med påskrivet avtal", "tredje kvartalet 2026", "Avdelningschef", "Två <avtal> väntar.",
    ]  # fmt: skip


def test_notes_are_told_by_date_and_those_older_than_the_figures_are_left_out() -> None:
    notes = (note("Ny.", on=date(2026, 11, 1)), note("Gammal.", first=date(2025, 4, 1)), note("Först."))
    asked = [viewed("facts", COVERAGE, Governance(notes=notes), figure(COVERAGE, THIRD, 0.9), compare=compare)
             for compare in ("nej", "ar")]  # fmt: skip
    assert [[each.text for each in only(view).notes] for view in asked] == [["Först.", "Ny."]] * 2
    further = Governance(notes=(note("I fjol.", first=date(2025, 7, 1)),))
    counts = [
        len(only(viewed("facts", COVERAGE, further, compare=compare)).notes) for compare in ("nej", "ar")
    ]
    assert counts == [0, 1]


def test_a_note_stands_once_under_the_line_where_there_is_one() -> None:
    board = boards()["hemtjanst"]
    other = note("Om annat.", "granted_hours", dimensions={"service": "home_health_care"})
    said = Governance(notes=(note("Om timmar.", "granted_hours"), other))
    figures = [replace(figure("granted_hours", period, 900.0), dimensions={"service": "home_care"})
               for period in (YEAR_AGO, THIRD)]  # fmt: skip
    view = View(board, PLACE, Choice(THIRD), tuple(figures), contracts.load(), NOW, said=said)
    homes = [made.section for made in sections(view) if made.notes]
    assert [(home.form, home.metrics[0]) for home in homes] == [("trend", "granted_hours")]
    assert [each.text for made in sections(view) for each in made.notes] == ["Om timmar."]


def test_a_note_is_marked_in_the_line_at_the_period_where_its_own_ends() -> None:
    line = [YEAR_AGO, Period(date(2026, 4, 1), "quarter"), THIRD]
    told = [note("a", first=date(2025, 7, 1)), note("b", period="day", first=date(2026, 9, 14)), note("c"),
            note("d", period="year", first=date(2024, 1, 1))]  # fmt: skip
    assert marks(told, line) == [(YEAR_AGO, "1"), (THIRD, "2, 3")]


def before_and_now(
    then: Figure | None, now: Figure | None, *, met: date = MET, period: Period = THIRD
) -> list[str]:
    said, figures = Governance(meetings=(met,)), [now] if now else []
    metric, before = (then.metric, (then,)) if then else (COVERAGE, ())
    view = viewed("since_meeting", metric, said, *figures, before=before, period=period)
    (row,) = words(only(view)).values()
    return row


def test_a_closed_period_that_has_another_figure_now_is_a_correction() -> None:
    then, now = figure("placed_at_any_time", THIRD, 44), figure("placed_at_any_time", THIRD, 47)
    assert before_and_now(then, now) == ["44", "47", "3 fler", "rättelse"]
    assert before_and_now(now, then) == ["47", "44", "3 färre", "rättelse"]
    assert before_and_now(now, now) == ["47", "47", "0", "oförändrat"]
    shares = figure(COVERAGE, THIRD, 0.9), figure(COVERAGE, THIRD, 0.921)
    assert before_and_now(*shares) == ["90,0 %", "92,1 %", "2,1 procentenheter mer", "rättelse"]
    same = figure(COVERAGE, THIRD, 0.9), figure(COVERAGE, THIRD, 0.90001)
    assert before_and_now(*same)[-1] == "oförändrat"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([(10, 0)], "rättelse: omkring 10 rättade uppgifter"),
        ([(None, 15)], "rättelse: färre än 5 rättade uppgifter, omkring 15 sena uppgifter"),
        ([(None, None), (5, None)], "rättelse: minst 5 rättade uppgifter, några få sena uppgifter"),
        ([(0, 0)], "rättelse"),
    ],
)
def test_a_correction_names_how_many_events_were_corrected_or_late_and_no_single_one(
    told: list[tuple[int | None, int | None]], said: str
) -> None:
    then, now = figure("placed_at_any_time", THIRD, 44), figure("placed_at_any_time", THIRD, 47)
    runs = [Revision("quarter", THIRD.first, 0, 0, 1, *counts) for counts in told]
    met = Governance(meetings=(MET,))
    view = viewed("since_meeting", "placed_at_any_time", met, now, before=(then,))
    view = replace(view, revised={("placed_at_any_time", "quarter", THIRD.first): runs})
    ((_, *_, happened),) = list(words(only(view)).values())
    assert happened == said


def test_a_page_as_it_was_shown_lists_what_is_told_otherwise_today() -> None:
    then = (figure("placed_at_any_time", THIRD, 44), figure("care_days", THIRD, 9.0))
    now = (figure("placed_at_any_time", THIRD, 47), figure("care_days", THIRD, 9.0))
    view = View(boards()["placeringar"], PLACE, Choice(THIRD), now, contracts.load(), NOW, before=then)
    sheet = since_shown(view, MET)
    assert sheet is not None
    (row,) = sheet.rows
    assert (sheet.title, sheet.headings[1]) == ("Ändringar och rättelser sedan dess", "Visades 15 okt")
    assert [each.words for each in row[1]] == ["44", "47", "3 fler", "rättelse"]
    assert since_shown(replace(view, before=now), MET) is None


def test_what_is_no_correction_says_what_it_is() -> None:
    then, now = figure(COVERAGE, THIRD, 0.9), figure(COVERAGE, THIRD, 0.8)
    assert before_and_now(None, now) == ["–", "80,0 %", "–", "visades inte då"]
    assert before_and_now(then, now, met=date(2026, 9, 17))[-1] == "perioden var inte slut då"
    assert before_and_now(replace(then, state="preliminary"), now)[-1] == "var preliminär då"
    assert before_and_now(then, replace(now, metric_version=2))[-1] == "räknas på ett nytt sätt"
    hidden = figure(COVERAGE, THIRD, None, "suppressed")
    assert before_and_now(hidden, now) == ["dold", "80,0 %", "–", "doldes då"]
    assert before_and_now(then, hidden) == ["–", "dold", "–", "döljs nu"]  # not as it was, either


def test_the_answer_counts_what_has_changed_and_what_was_corrected() -> None:
    met = Governance(meetings=(date(2026, 9, 10), MET))
    then = (figure(COVERAGE, THIRD, 0.9), figure(PRICE, THIRD, 3_900))
    metrics = f"{COVERAGE} {PRICE} care_days"
    now = (figure(COVERAGE, THIRD, 0.9), figure(PRICE, THIRD, 3_950), figure("care_days", THIRD, 9.0))
    assert only(viewed("since_meeting", metrics, met, *now, before=then)).answer == (
        "Sedan sammanträdet den 15 oktober 2026 har 1 av 3 siffror ändrats. Rättelser: 1."
    )
    assert only(viewed("since_meeting", metrics, met, *now)).answer == (
        "Inga av siffrorna visades vid sammanträdet den 15 oktober 2026."
    )
    assert only(viewed("since_meeting", COVERAGE, met, *now, before=then)).answer == (
        "Inget har ändrats sedan sammanträdet den 15 oktober 2026."
    )


def test_before_the_first_meeting_nothing_is_said_of_what_has_changed_since() -> None:
    for meetings in ((), (NOW.date(),)):
        view = viewed("since_meeting", COVERAGE, Governance(meetings=meetings), figure(COVERAGE, THIRD, 0.9))
        assert sections(view) == []


def governed(*figures: Figure, before: tuple[Figure, ...] = ()) -> dict[str, Made]:
    """The page of targets and decisions, by form."""
    said = Governance(
        (target(0.95), target(4_000, PRICE, direction="at_most", dimensions={"sex": "woman"}),
         target(9, "no_such_metric"), target(1, "inflow")),
        (note("Först."), note("Sedan.", PRICE, on=date(2026, 11, 2), dimensions={"sex": "woman"})),
        (Decision("SN 2025-12-11 § 112", date(2025, 12, 11), COVERAGE, 1),
         Decision("SN 2026-10-15 § 90", MET, "", 0)),
        (MET,),
    )  # fmt: skip
    view = View(
        boards()["beslut"], PLACE, Choice(THIRD), figures, contracts.load(), NOW, said=said, before=before
    )
    return {made.section.form: made for made in sections(view)}


def test_the_page_of_targets_shows_each_with_its_outcome_owner_and_decision() -> None:
    found = governed(figure(COVERAGE, THIRD, 0.94), figure(PRICE, THIRD, 3_900, sex="woman"))["targets"]
    assert found.answer == "1 av 2 mål nås. 1 går inte att bedöma."
    assert words(found) == {
        "Dygnspris, kvinnor och flickor": [
            "högst 4 000 kr/dygn", "3 900 kr/dygn", "når målet", "1 januari 2026", "Socialchef",
            "SN 2025-12-11 § 112",
        ],
        "Inflöde": [
            "minst 1 ärenden", "saknas", "går inte att bedöma", "1 januari 2026", "Socialchef",
            "SN 2025-12-11 § 112",
        ],
        "Placeringar med påskrivet avtal": [
            "minst 95,0 %", "94,0 %", "når inte målet", "1 januari 2026", "Socialchef", "SN 2025-12-11 § 112",
        ],
    }  # fmt: skip


def test_the_page_of_targets_has_all_notes_and_the_log_of_decisions_the_newest_first() -> None:
    found = governed()
    assert [cells[-1].words for _, cells in found["notes"].sheets[0].rows] == ["Sedan.", "Först."]
    assert words(found["decisions"]) == {
        "SN 2026-10-15 § 90": ["15 oktober 2026", "inget mått angivet", "–", "–"],
        "SN 2025-12-11 § 112": [
            "11 december 2025", "Placeringar med påskrivet avtal", "1",
            "Placeringar med påskrivet avtal; Dygnspris, kvinnor och flickor; no_such_metric;"
            " Inflöde",
        ],
    }  # fmt: skip
    assert '<td class="text">' in after_of(found["notes"])


def after_of(made: Made) -> str:
    view = View(boards()["beslut"], PLACE, Choice(THIRD), (), contracts.load(), NOW)
    return after(view, made)


def test_the_page_of_targets_tells_what_has_changed_of_all_that_has_one() -> None:
    then, now = figure(PRICE, THIRD, 3_900, sex="woman"), figure(PRICE, THIRD, 3_950, sex="woman")
    found = words(governed(now, before=(then,))["since_meeting"])
    assert found["Dygnspris, kvinnor och flickor"] == ["3 900 kr/dygn", "3 950 kr/dygn", "50 mer", "rättelse"]


def test_where_nothing_was_set_said_or_decided_the_page_says_so() -> None:
    view = View(boards()["beslut"], PLACE, Choice(THIRD), (), contracts.load(), NOW)
    found = {made.section.form: made for made in sections(view)}
    assert found.keys() == {"targets", "notes", "decisions", "facts"}
    assert [found[form].answer for form in ("targets", "notes", "decisions")] == [
        "Inga mål gäller för perioden.", "Inga tolkningar har skrivits.", "Inga beslut har antecknats.",
    ]  # fmt: skip
    assert definitions(view, list(found.values()))


def test_a_section_that_shows_figures_names_their_metrics() -> None:
    with pytest.raises(Misconfigured, match="'Hur\\?' names no metric"):
        viewed("facts", "", Governance())
