from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from apps.work import placements_sheet
from apps.work.row import Placed
from tests.apps.work.samples import ROWS, TODAY, TOWN, address, one


def opened(rows: tuple[Placed, ...] = ROWS, /, **query: str) -> Any:
    return load_workbook(BytesIO(placements_sheet.file(rows, TOWN, address(**query), TODAY, "Uppgifter nu")))


def lines(**query: str) -> list[dict[str, Any]]:
    head, *rows = opened(**query)["Placeringar"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_numbers_are_numbers_days_are_days_and_what_is_missing_is_empty() -> None:
    first, second, third = lines()
    assert (first["Ärende"], first["Kr per dygn"], first["Tillägg, kr per dygn"]) == ("P-7F3A2C", 6450, 0)
    assert first["Går ut"].date().isoformat() == "2026-12-31"
    assert (second["Väntat, dagar"], second["Avtal"]) == (16, "Väntar sedan 16 dagar")
    assert (third["Kr per dygn"], third["Går ut"], third["Väntat, dagar"]) == (None, None, None)
    assert (third["Utförare"], third["Utförarens kommun"], third["Utförarens öppna brister"]) == (
        "dolt", "dolt", None,
    )  # fmt: skip


def test_the_second_sheet_says_what_was_asked_and_what_every_column_means() -> None:
    book = opened(visa="vantar-14", vardform="foster_home")
    told = dict(book["Definitioner"].iter_rows(values_only=True))
    assert (told["Fråga"], told["Urval: vårdform"], told["Antal rader"]) == (
        "Väntar på underskrift, över 14 d", "Familjehem", "3",
    )  # fmt: skip
    head = next(book["Placeringar"].iter_rows(values_only=True))
    assert all(len(told[name]) > 10 for name in head)


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    sheet = opened((one(provider="=1+1"),))["Placeringar"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_neither_key_nor_person_leaves_in_the_file() -> None:
    text = repr([list(sheet.iter_rows(values_only=True)) for sheet in opened()])
    assert "7F3A2C9E01AB" not in text and "k1.p" not in text and "k1.a" not in text
