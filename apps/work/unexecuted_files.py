"""A quarter's report as Excel, CSV and PDF: the same rows in each. Pure: the same rows give the same file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from typing import Final, Literal, NamedTuple

from apps import paper, wall, wording
from apps.wording import say
from apps.work import sheets
from apps.work.sheets import DAY, Field
from apps.work.unexecuted_report import NUMBERS, Report, Row, Value, quarter_name, span, words

Form = Literal["xlsx", "csv", "pdf"]
BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


class Kind(NamedTuple):
    """One form that a report is given in. word: of its button; mime: what a browser calls it."""

    word: str
    mime: str
    make: Callable[[Report], bytes]


def name_of(report: Report, form: Form) -> str:
    """`ej-verkstallda-9999-2026Q3-ivo.pdf`."""
    receiver = {"ivo": "ivo", "auditors": "revisorer", "council": "fullmaktige"}[report.to]
    return f"ej-verkstallda-{report.basis.town.code}-{report.basis.quarter.name}-{receiver}.{form}"


def excel(report: Report) -> bytes:
    """Rows with days and numbers as such, and a sheet that says what they mean."""
    fields = [_field(number, name) for number, name in enumerate(report.columns)]
    about = [
        (say("x_town"), wall.about(report.basis.town)), (say("u_quarter"), report.basis.quarter.name),
        (say("u_x_to"), wording.capital(say("u_" + report.to))), (say("u_x_rule"), report.rule),
        (say("x_rows"), str(len(report.rows))), (say("u_x_basis"), ". ".join(report.basis.words)),
    ]  # fmt: skip
    return sheets.workbook(say("unexecuted"), fields, report.rows, about)


def _field(number: int, name: str) -> Field[Row]:
    shape = "0" if name in NUMBERS else DAY if name in ("started", "done", "ended") else ""
    return Field("u_" + name, partial(_at, number), "du_" + name, shape)


def _at(number: int, row: Row) -> Value:
    return row[number]


def as_csv(report: Report) -> bytes:
    """One line per row, for Swedish Excel: semicolons, days as 2026-09-30, nothing where there is nothing."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(report.headings)
    writer.writerows([_plain(value) for value in row] for row in report.rows)
    return (BOM + text.getvalue()).encode()


def _plain(value: Value) -> str:
    return "" if value is None else words(value)


def pdf(report: Report) -> bytes:
    """A4 on its side, with what it is, whose, which quarter, how new, and the number of each page."""
    basis = report.basis
    quarter = f"{wording.capital(quarter_name(basis.quarter))} ({span(basis.quarter)})"
    head = (f"{wall.about(basis.town)} · {quarter}", ". ".join(basis.words) + ".", report.rule)
    sheet = paper.Sheet(
        report.title, head, report.headings, tuple(tuple(map(words, row)) for row in report.rows),
        frozenset(n for n, name in enumerate(report.columns) if name in NUMBERS),
        say("nothing_to_report"),
    )  # fmt: skip
    return paper.pdf(sheet, lambda page, pages: say("u_page", page=page, pages=pages))


KINDS: Final[dict[Form, Kind]] = {
    "xlsx": Kind("fetch_excel", sheets.MIME, excel),
    "csv": Kind("u_csv", "text/csv", as_csv),
    "pdf": Kind("u_pdf", "application/pdf", pdf),
}
