"""Official statistics beside own figures: two tables, the publisher's markers in words, none for others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apps.boards import boards, read
from apps.choice import Period
from apps.committee import after, before, defined_above
from apps.committee_files import definitions
from apps.committee_view import View
from apps.sections.made import Made
from apps.sections.registry import sections
from schemas.errors import Misconfigured
from tests.apps.boards import NOW, figure, placed
from tests.apps.test_committee_view import section, view
from warehouse.published import NOW_ON, Figure

QUESTION = "Hur ser det ut i officiell statistik?"
YEAR = Period(date(2026, 1, 1), "year")
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0"


def told(row: str, value: float | None, state: str = "value", **said: str) -> Figure:
    asked = {"table": "started", "year": "2024", "dimension": "category-of-need", "characteristic": row}
    return Figure(
        "comparator", asked | said, "now", NOW_ON, value, None, None, 1, state, NOW, NOW, True, None, 1, "",
        NOW,
    )  # fmt: skip


TABLE = (
    told("n1-abuse-or-neglect", 18510), told("n2-child-s-disability", None, "suppressed"),
    told("n3-parental-illness-or-disability", None, "not_applicable"),
    told("n4-family-in-acute-stress", None, "missing"), told("n7-low-income", None, "rounds_to_zero"),
    told("n8-absent-parenting", 0), told("a-new-need", 5), told("total-children", 33050),
    told("n1-abuse-or-neglect", 18490, year="2023"), told("female", 12900, dimension="gender"),
    told("n1-abuse-or-neglect", 7, table="ceased"),
)  # fmt: skip
OWN = (
    figure("newly_placed", YEAR, 40, "preliminary"),
    figure("newly_placed", YEAR, 22, "preliminary", main_cause="neglect"),
    figure("newly_placed", YEAR, 0, main_cause="school"),
    figure("newly_placed", YEAR, None, "suppressed", main_cause="violence", upper=4.0),
)


def shown(official: tuple[Figure, ...] = TABLE, own: tuple[Figure, ...] = OWN) -> View:
    return replace(view(figures=(*placed(), *own)), official=official)


def made(**changes: Any) -> Made:
    return section(sections(shown(**changes)), QUESTION)


def words(found: Made, sheet: int) -> dict[str, list[str]]:
    return {
        name: [cell.words.replace("\N{NO-BREAK SPACE}", " ") for cell in cells]
        for name, cells in found.sheets[sheet].rows
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Barnets funktionsnedsättning", "dold av källan"),
        ("Förälders sjukdom eller funktionsnedsättning", "ej tillämpligt"),
        ("Familj i akut kris", "saknas"),
        ("Låg inkomst", "avrundas till noll"),
    ],
)
def test_each_marker_is_said_in_words_and_is_never_zero(row: str, said: str) -> None:
    cells = dict(made().sheets[1].rows)[row]
    assert [(cell.value, cell.words) for cell in cells] == [(None, said)] * 2


def test_a_true_zero_stays_zero() -> None:
    assert words(made(), 1)["Förälder saknas"] == ["0", "0,0 %"]


def test_the_newest_year_of_the_one_table_is_shown_with_shares_and_its_total_last() -> None:
    found = made().sheets[1]
    assert found.title == "Barn som började vara placerade i England, året till den 31 mars 2024"
    assert found.headings == ("Behovskategori", "Antal", "Andel av alla")
    rows = words(made(), 1)
    assert rows["Övergrepp eller omsorgssvikt"] == ["18 510", "56,0 %"]
    assert rows["a-new-need"][0] == "5"  # a row that nobody has named yet
    assert list(rows.items())[-1] == ("Alla", ["33 050", "100,0 %"])
    assert len(rows) == 8


def test_own_figures_of_the_year_stand_in_a_table_of_their_own() -> None:
    found = made()
    assert found.sheets[0].title == "Personer med ny placering i Mittköping, 2026 (pågår), efter huvudorsak"
    assert words(found, 0) == {
        "Omsorgssvikt": ["22 (preliminär)", "55,0 %"],
        "Våld i nära relation": ["färre än 5", "färre än 5"],
        "Skolproblem": ["0", "0,0 %"],
        "Kriminalitet": ["saknas", "saknas"],
        "Alla": ["40 (preliminär)", "100,0 %"],
    }
    assert found.answer.replace("\N{NO-BREAK SPACE}", " ") == (
        "Vanligast hos oss: omsorgssvikt, 55,0 %."
        " Vanligast i den officiella tabellen: övergrepp eller omsorgssvikt, 56,0 %."
    )


def test_without_a_total_there_are_no_shares() -> None:
    hidden = (figure("newly_placed", YEAR, None, "suppressed"), *OWN[1:2])
    assert words(made(own=hidden), 0)["Omsorgssvikt"] == ["22 (preliminär)", "dold"]
    nobody = (figure("newly_placed", YEAR, 0), figure("newly_placed", YEAR, 0, main_cause="neglect"))
    assert words(made(own=nobody), 0)["Omsorgssvikt"] == ["0", "saknas"]
    assert words(made(official=TABLE[:1]), 1) == {
        "Övergrepp eller omsorgssvikt": ["18 510", "saknas"], "Alla": ["saknas", "saknas"]
    }  # fmt: skip


def test_a_municipality_without_official_tables_has_no_such_section() -> None:
    for none in ((), TABLE[-2:]):
        assert QUESTION not in {each.section.question for each in sections(shown(official=none))}
    assert sections(shown())[-1].section.question == QUESTION


def test_each_table_has_its_definition_and_the_source_its_line() -> None:
    asked, found = shown(), made()
    html = re.sub(r"<[^>]+>", " ", before(asked, found) + after(asked, found))
    for metric in ("newly_placed", "comparator"):
        assert asked.contract(metric).definition in html
    assert LICENCE in html
    assert any(LICENCE in text for _, text in definitions(asked, [found]))


def test_the_large_metric_of_official_tables_is_never_read_with_the_page() -> None:
    assert all("comparator" not in board.metrics for board in boards().values())
    assert [each.table for each in boards()["placeringar"].official] == ["started"]


def test_a_comparison_without_a_table_is_refused() -> None:
    text = '[a]\nid = "N2"\ntitle = "A"\nchooses = []\n[[a.sections]]\nquestion = "Hur?"\nform = "official"\n'
    with pytest.raises(Misconfigured, match="belong together"):
        read(text + 'metrics = ["newly_placed"]\nby = "main_cause"\n')


def test_print_defines_each_figure_once() -> None:
    board = shown()
    each = sections(board)
    texts = [after(board, one, above) for one, above in zip(each, defined_above(board, each), strict=True)]
    told = re.findall(r"<dt>(.*?)</dt>", "".join(texts))
    assert sorted(told) == sorted(set(told))
    assert {title for title, _ in definitions(board, each)} & set(told) == set(told)
    assert "Personer med ny placering" in told
