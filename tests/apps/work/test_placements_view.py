from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from apps.work.placements_view import View, choices, questions, result
from apps.work.questions import BY_CODE
from apps.work.row import Placed
from tests.apps.work.samples import COUNTS, ROWS, one, view


class Text(HTMLParser):
    """What is read aloud, and the links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name == "href"]

    @property
    def all(self) -> str:
        return " ".join(" ".join(self.words).replace("\N{NO-BREAK SPACE}", " ").split())


def read(html: str) -> str:
    return Text(html).all


def content(view: View) -> str:
    return questions(view) + choices(view)


def keys(html: str) -> list[str]:
    return re.findall(r">P-(\w+)</a></th>", html)


def test_every_question_is_one_link_with_its_count() -> None:
    page = Text(content(view()))
    assert {f"?visa={code}" for code in BY_CODE if code != "alla"} < set(page.links)
    for words in (
        "3 Alla placerade",
        "1 Avtal saknas",
        "1 över 14 d",
        "2 inom 60 d",
        "1 fullt",
        "0 vårdbehov",
    ):
        assert words in page.all


def test_a_question_keeps_the_filters_and_leaves_the_row() -> None:
    links = Text(content(view(vardform="foster_home", rad="7F3A2C9E01AB"))).links
    assert "?visa=saknas&vardform=foster_home" in links


@pytest.mark.parametrize(
    ("visa", "words"),
    [
        ("", "3 placeringar pågår, 2 personer, 9 661 kr per dygn (pris saknas för 1)"),
        ("saknas", "1 placering utan avtal"),
        ("vantar", "1 placering väntar på underskrift, längst 16 dagar"),
        ("vantar-14", "1 placering har väntat på underskrift i mer än 14 dagar, längst 16 dagar"),
        ("vantar-30", "Ingen placering har väntat på underskrift i mer än 30 dagar"),
        ("gar-ut-60", "2 placeringar har avtal som går ut inom 60 dagar"),
        ("efter-slut", "Ingen placering löper efter avtalets slut"),
        ("utanfor-fullt", "1 placering utanför ramavtal: fullt"),
        ("faktura", "Ingen placering med en avvikande faktura som inte är avgjord"),
    ],
)
def test_the_heading_is_the_answer(visa: str, words: str) -> None:
    assert f"<h2>{words}</h2>" in result(view(visa=visa)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_row_shows_what_is_missing_as_missing() -> None:
    words = read(result(view()))
    assert "P-0000 30–64, kvinna Skyddat boende dolt saknas saknas Inom ramavtal Saknas" in words
    assert "3 210,50 + 50 i tillägg" in words
    assert "2 öppna brister" in words


@pytest.mark.parametrize(
    ("order", "first"),
    [("pris", ["00B0", "7F3A2C", "0000"]), ("-pris", ["7F3A2C", "00B0", "0000"]),
     ("avtal", ["0000", "00B0", "7F3A2C"]), ("vem", ["7F3A2C", "00B0", "0000"]),
     ("nothing", ["7F3A2C", "00B0", "0000"])],
)  # fmt: skip
def test_rows_are_ordered_by_a_link_and_the_unknown_come_last(order: str, first: list[str]) -> None:
    html = result(view(ordning=order))
    assert keys(html) == first
    assert ("aria-sort" in html) is (order != "nothing")


def test_a_long_list_is_shown_by_the_hundred() -> None:
    many: tuple[Placed, ...] = tuple(one(key=f"{number:012X}") for number in range(250))
    html = result(view(many, sida="3"))
    assert len(keys(html)) == 50
    assert "Visar 201–250 av 250" in read(html)
    assert "?sida=2" in Text(html).links


def test_without_rows_the_page_says_so() -> None:
    assert "Inga placeringar svarar mot frågan och urvalet." in read(result(view(())))


def test_a_search_that_cannot_be_is_told_and_not_repeated() -> None:
    html = content(view(sok="Anna Svensson"))
    assert "korta nummer" in html
    assert "Svensson" not in html


def test_providers_with_deficiencies_stand_before_a_new_placement() -> None:
    assert "B113 2 öppna brister, äldst 174 dagar (bemanning)" in read(result(view()))
    chosen = read(result(view(utforare="B113")))
    assert "Bemanning, sedan 1 juni 2026 (174 dagar)" in chosen
    assert "Annat, sedan 21 november 2026 (1 dag)" in chosen
    assert "B112 har inga öppna brister" in read(result(view(utforare="B112")))
    assert "X9 är inte registrerad" in read(result(view(utforare="X9")))


def test_no_cell_lets_a_text_through_as_html() -> None:
    html = result(view((one(provider="<b>x", care_form="<i>y"),))) + content(view())
    assert "<b>x" not in html and "<i>y" not in html


def test_the_counts_of_tiles_are_numbers_of_the_query() -> None:
    assert all(COUNTS[question.count] is not None for question in BY_CODE.values())
    assert len(ROWS) == COUNTS["all"]
