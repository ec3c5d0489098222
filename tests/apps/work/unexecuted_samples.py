"""Reports of decisions made by hand, and every form of one read back cell by cell."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any, Final

from openpyxl import load_workbook
from pypdf import PdfReader

from apps.work.address import Address
from apps.work.unexecuted_files import as_csv, excel, pdf
from apps.work.unexecuted_report import NOTHING, Basis, Report, Value, report, words
from apps.work.unexecuted_view import ADDRESSES, View, result
from schemas.codes import ReportTo
from schemas.municipality import municipality
from warehouse.quarters import Quarter
from warehouse.unexecuted import Decision, Delivery

Q3: Final = Quarter(2026, 3)
TOWN: Final = municipality("9999")
TOLD: Final = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
OFFERED: Final = (Q3, Quarter(2026, 2))
_ONE: Final[dict[str, Any]] = {
    "number": 1, "key": "7F3A2C9E01AB", "statute": "SoL (2025:400)", "section": "34 kap. 1–2 §§",
    "service": "home_help", "sex": "woman", "is_interrupted": False, "started_on": date(2026, 5, 15),
    "days": 138, "reason": "no_capacity", "was_overdue": False, "outcome": "waiting",
}  # fmt: skip


def decision(**said: Any) -> Decision:
    """A decision that is as this says, and in all else like the others."""
    return Decision(**_ONE | said)


def some() -> list[Decision]:
    """Each kind of row once."""
    return [
        decision(),
        decision(
            number=2, key="00B000000000", outcome="carried_out", over_on=date(2026, 8, 20), was_overdue=True,
        ),
        decision(
            number=3, outcome="ended", over_on=date(2026, 9, 1), sex="unknown", reason="", service="unknown",
        ),
        decision(
            number=4, statute="LSS (1993:387)", section="28 f–28 h §§", service="day_activity", sex="man",
            is_interrupted=True, reason="unknown_whereabouts",
        ),
    ]  # fmt: skip


def many() -> list[Decision]:
    """So many that they need several pages, and small groups among them."""
    first = date(2025, 8, 1)
    return [
        decision(
            number=number + 1, key=f"{number:012X}", started_on=first + timedelta(days=number),
            days=425 - number, sex="man" if number % 3 == 0 else "woman",
            service="open_care" if number % 25 == 0 else "home_help", was_overdue=number % 2 == 0,
        )
        for number in range(130)
    ]  # fmt: skip


def made(to: ReportTo, found: list[Decision], told: datetime | None = TOLD) -> Report:
    """The report of these decisions."""
    return report(to, found, Basis(TOWN, Q3, told))


def view(shown: Report, **said: Any) -> View:
    """A look at the report."""
    tos: tuple[ReportTo, ...] = ("ivo", "auditors", "council")
    plain: dict[str, Any] = {
        "address": Address({"mottagare": ADDRESSES[shown.to]}), "report": shown, "offered": OFFERED,
        "deliveries": tuple(Delivery(to, Q3.due, None) for to in tos), "today": date(2026, 11, 22),
    }  # fmt: skip
    return View(**plain | said)


Table = list[list[str]]


class _Cells(HTMLParser):
    """The cells of the tables, row by row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: Table = []
        self._is_in = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self._is_in = True

    def handle_endtag(self, tag: str) -> None:
        self._is_in = self._is_in and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._is_in:
            self.rows[-1][-1] += data


def of_screen(shown: Report) -> Table:
    """Headings and cells of the page."""
    return _Cells(result(view(shown))).rows


def of_csv(shown: Report) -> Table:
    """Headings and cells of the CSV file; what is empty is written as on the screen."""
    text = as_csv(shown).decode("utf-8-sig")
    return [[cell or NOTHING for cell in row] for row in csv.reader(StringIO(text), delimiter=";")]


def of_excel(shown: Report) -> Table:
    """Headings and cells of the workbook's first sheet, each written as on the screen."""
    book: Any = load_workbook(BytesIO(excel(shown)))
    return [[words(_day(value)) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def _day(value: Any) -> Value:
    return value.date() if isinstance(value, datetime) else value


def of_pdf(shown: Report) -> tuple[list[str], int]:
    """The words of the table's cells in their order, without headings and what stands around it; pages."""
    pages = PdfReader(BytesIO(pdf(shown))).pages
    heading = " ".join(shown.headings).split()
    found: list[str] = []
    for page in pages:
        told = page.extract_text().split()
        starts = [n for n in range(len(told)) if told[n : n + len(heading)] == heading]
        assert len(starts) == 1, f"headings stand {len(starts)} times on a page"
        ends = len(told) - len(f"Sida 1 av 1 {shown.title}".split())
        found += told[starts[0] + len(heading) : ends]
    return found, len(pages)
