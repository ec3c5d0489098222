"""A table of figures says the same on the page, in CSV and in Excel."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

from openpyxl import load_workbook

from apps import sheet
from apps.sheet import BOM, Cell, Sheet, as_csv, as_excel, as_html
from tests.apps.boards import THIRD, figure
from warehouse.contracts import load

SHEET = Sheet(
    "Vad kostar det?",
    ("Vårdform", "Vårddygn", "Pris", "Andel"),
    (
        ("Familjehem", (Cell(1284.0, "value", "1\N{NO-BREAK SPACE}284"), Cell(347.7, "value", "347,70", 2),
                        Cell(0.813, "value", "81,3\N{NO-BREAK SPACE}%", 1, True))),
        ("<HVB> & annat", (Cell(None, "suppressed", "färre än 5"), Cell(None, "hidden", "dold"),
                           Cell(None, "missing", "saknas"))),
        ("Alla", (Cell(0.0, "zero", "0"), Cell(5.0, "preliminary", "5 (preliminär)"),
                  Cell(None, "missing", "ej gjord"))),
    ),
)  # fmt: skip


def words_on_page() -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", as_html(SHEET))[1:]
    return [[unescape(text) for text in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def lines_of_csv() -> list[dict[str, str]]:
    text = as_csv([SHEET]).decode()
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM)), delimiter=";"))


def test_the_page_has_a_real_table_with_names_for_rows_and_columns() -> None:
    html = as_html(SHEET)
    assert html.count('scope="row"') == 3
    assert html.count('scope="col"') == 4
    assert "<HVB>" not in html
    assert words_on_page()[1] == ["<HVB> & annat", "färre än 5", "dold", "saknas"]


def test_csv_has_one_line_per_cell_with_decimal_comma_and_the_words_of_its_state() -> None:
    lines = lines_of_csv()
    assert len(lines) == 9
    assert lines[1] == {"Tabell": "Vad kostar det?", "Rad": "Familjehem", "Kolumn": "Pris", "Värde": "347,7",
                        "Läge": "värde"}  # fmt: skip
    assert [(line["Värde"], line["Läge"]) for line in lines[3:]] == [
        ("", "färre än 5"), ("", "dold"), ("", "saknas"),
        ("0", "värde"), ("5", "preliminär"), ("", "ej gjord"),
    ]  # fmt: skip


def test_excel_holds_numbers_words_instead_of_hidden_ones_and_definitions() -> None:
    book = load_workbook(io.BytesIO(as_excel([SHEET, SHEET], [("Vårddygn", "Antal dygn.")])))
    assert book.sheetnames == ["Vad kostar det", "Vad kostar det 1", "Definitioner"]
    page = book["Vad kostar det"]
    assert [cell.value for cell in page[3]] == ["Familjehem", 1284, 347.7, 0.813]
    assert [cell.number_format for cell in page[3]][1:] == ["#,##0", "#,##0.00", "0.0%"]
    assert [cell.value for cell in page[4]] == ["<HVB> & annat", "färre än 5", "dold", "saknas"]
    assert [cell.value for cell in book["Definitioner"][1]] == ["Vårddygn", "Antal dygn."]


def test_page_csv_and_excel_hold_the_same_cells() -> None:
    page = load_workbook(io.BytesIO(as_excel([SHEET], [])))["Vad kostar det"]
    for (name, cells), on_page, line in zip(
        SHEET.rows, words_on_page(), page.iter_rows(min_row=3), strict=True
    ):
        told = [one for one in lines_of_csv() if one["Rad"] == name]
        for cell, words, said, kept in zip(cells, on_page[1:], told, line[1:], strict=True):
            assert words == cell.words
            assert kept.value == (cell.words if cell.value is None else cell.value)
            assert said["Värde"] == ("" if cell.value is None else f"{cell.value:g}".replace(".", ","))


def test_where_too_little_is_known_for_a_value_its_bounds_are_told() -> None:
    asked = load()["contract_coverage_days"]
    bounds = figure(asked.name, THIRD, None, "preliminary", lower=0.9712, upper=0.9996)
    said = "mellan 97,1\N{NO-BREAK SPACE}% och 100,0\N{NO-BREAK SPACE}%"
    assert sheet.cell(bounds, asked) == Cell(None, "preliminary", said, bounds=(0.9712, 0.9996))
