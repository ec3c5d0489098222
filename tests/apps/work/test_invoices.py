from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from apps.work import invoice_row, invoices_sheet
from apps.work.invoice_questions import QUESTIONS
from apps.work.invoice_row import Line
from apps.work.invoices_view import View, choices, questions, result
from tests.apps.work.samples import TODAY, TOWN, address
from tests.apps.work.test_placements_view import Text, read

COUNTS: Final[dict[str, Any]] = {
    "all": 2205, "to_review": 1, "open": 1, "disputed": 0, "credited": 35, "accepted": 2163,
    "not_computed": 12, "charged_kr": 425700.0,
    "off_kr": 12900.0, "compared": 1, "months": ["2026-11", "2026-10"], "providers": ["B112"],
}  # fmt: skip
_LINE: Final[dict[str, Any]] = {
    "key": "240A1C58285D", "placement_key": "7F3A2C9E01AB", "is_placed": 1, "is_hidden": 0,
    "provider": "B112", "from_on": date(2026, 10, 1), "last_on": date(2026, 10, 31), "days": 33.0,
    "daily_kr": 6450.0, "amount_kr": 212850.0, "verdict": "open", "credited_kr": 0.0, "booked_kr": None,
    "computed_days": 31.0, "computed_daily_kr": 6450.0, "computed_kr": 199950.0, "days_off": 2.0,
    "daily_kr_off": 0.0, "kr_off": 12900.0, "is_off": 1, "month": "2026-11",
}  # fmt: skip
UNKNOWN: Final[dict[str, Any]] = dict.fromkeys(
    ("computed_days", "computed_daily_kr", "computed_kr", "days_off", "daily_kr_off", "kr_off"), None
)


def line(**said: Any) -> Line:
    return invoice_row.read(_LINE | said)


LINES: Final = (
    line(),
    line(key="0000", verdict="credited", credited_kr=3100.5, is_placed=0, is_off=0, **UNKNOWN),
)


def view(rows: tuple[Line, ...] = LINES, links: bool = False, **query: str) -> View:
    return View(TOWN, address(**query), TODAY, COUNTS, rows, links_placements=links)


def test_a_line_shows_charged_computed_and_how_far_apart() -> None:
    words = read(result(view()))
    assert (
        "F-240A1C P-7F3A2C B112 1–31 okt 2026 33 31 +2 6 450 6 450 0 212 850 199 950 +12 900 Öppen" in words
    )
    assert "finns inte i navet" in words
    assert "saknas –" in words  # nothing computed is not zero
    assert "Krediterad 3 100,50 kr" in words


def test_the_heading_sums_what_is_charged_and_what_deviates() -> None:
    assert "1 rad med avvikelse att granska: 425 700 kr fakturerat, +12 900 kr mot beräknat" in read(
        result(view())
    )
    assert "Inga fakturarader svarar" in read(result(view(())))


def test_a_list_that_is_cut_says_so() -> None:
    assert "de 2 rader som avviker mest av 2 205" in read(result(view(visa="alla")))
    assert "avviker mest" not in read(result(view()))


def test_every_question_is_one_link_with_its_count() -> None:
    page = Text(questions(view(manad="2026-10")) + choices(view()))
    assert {f"?visa={q.code}&manad=2026-10" for q in QUESTIONS[1:]} < set(page.links)
    assert "2 205 Alla rader" in page.all and "november 2026" in page.all


def test_only_who_may_open_placements_gets_a_link_to_one() -> None:
    way = "/placeringar?rad=7F3A2C9E01AB"
    assert way in Text(result(view(links=True))).links
    assert way not in Text(result(view())).links


def test_a_concealed_provider_is_dolt_in_table_and_file() -> None:
    hidden = (line(is_hidden=1, provider=""),)
    assert "dolt" in read(result(view(hidden)))
    assert rows(hidden)[0]["Utförare"] == "dolt"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [((2026, 10, 1), (2026, 10, 31), "1–31 okt 2026"), ((2026, 10, 3), (2026, 10, 3), "3 okt 2026"),
     ((2026, 9, 15), (2026, 10, 14), "15 sep – 14 okt 2026"),
     ((2025, 12, 15), (2026, 1, 14), "15 dec 2025 – 14 jan 2026")],
)  # fmt: skip
def test_a_period_is_told_as_short_as_it_can_be(
    first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    assert invoice_row.period(line(from_on=date(*first), last_on=date(*last))) == words


def rows(lines: tuple[Line, ...] = LINES) -> list[dict[str, Any]]:
    book: Any = load_workbook(
        BytesIO(invoices_sheet.file(lines, TOWN, address(manad="2026-11"), TODAY, "nu"))
    )
    head, *found = book["Fakturor"].iter_rows(values_only=True)
    assert dict(book["Definitioner"].iter_rows(values_only=True))["Urval: kom in"] == "2026-11"
    return [dict(zip(head, row, strict=True)) for row in found]


def test_the_file_holds_numbers_and_leaves_empty_what_cannot_be_computed() -> None:
    first, second = rows()
    assert (first["Dagar"], first["Dagar, avvikelse"], first["Kr, avvikelse"], first["Status"]) == (
        33, 2, 12900, "öppen",
    )  # fmt: skip
    assert (first["Krediterat, kr"], first["Från"].date()) == (None, date(2026, 10, 1))
    assert (second["Kr, beräknat"], second["Dagar, avvikelse"], second["Krediterat, kr"]) == (
        None,
        None,
        3100.5,
    )
