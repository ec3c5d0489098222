"""The report of decisions not carried out as a person makes it: choose receiver and quarter, look behind a
row, take the files along.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any, Final

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from apps.access.login import Role
from schemas.settings import Settings
from tests.browser.entering import let_in
from tests.browser.judging import DESK, STREAMLITS, faults, is_whole, looks
from tests.browser.stage import Screens, serving
from tests.warehouse.town import fold
from tests.warehouse.unexecuted_town import TOLD, alive, given, town
from warehouse.audit import ROWS
from warehouse.audit_check import verify
from warehouse.client import Warehouse, connect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WITHIN_MS: Final = 20_000
Stage = tuple[Screens, Warehouse]
IVO: Final = "/ej-verkstallda?kvartal=2026Q3"


@pytest.fixture(scope="module")
def work(own_tables: Settings) -> Iterator[Stage]:
    """The work views over the town, whose report has been delivered to IVO alone."""
    store = connect(own_tables)
    fold(store, [*town(), given("ivo", "2026-10-12"), alive()])
    positions = "INSERT INTO positions (topic, partition, told_until) VALUES ('cases', 0, {at:DateTime64(6)})"
    store.command(positions, {"at": TOLD})
    with serving("work", own_tables) as screens:
        yield screens, store
    store.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A desk."""
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


def seen(
    context: BrowserContext, work: Stage, path: str, role: Role = "quality_lead", place: str = "9999/"
) -> Page:
    """The page at the path, as this role sees it."""
    let_in(context, work[0], role, place)
    page = context.new_page()
    page.goto(work[0].address + path)
    page.locator(".rows h2").wait_for(timeout=WITHIN_MS)
    return page


def text(page: Page, where: str = ".rows h2") -> str:
    return " ".join(page.locator(where).first.inner_text().split())


def follow(page: Page, link: Any) -> None:
    """Click, and wait for the page that it leads to."""
    with page.expect_navigation():
        link.click()
    page.locator(".rows h2").wait_for(timeout=WITHIN_MS)


def cells(page: Page) -> list[list[str]]:
    """Headings and cells as they stand on the screen."""
    found: list[list[str]] = page.locator("table.report tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return found


def fetched(page: Page, button: str) -> tuple[str, bytes]:
    """Name and content of the file behind a button."""
    with page.expect_download(timeout=WITHIN_MS) as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.mark.parametrize("receiver", ["ivo", "revisorer", "fullmaktige"])
def test_the_files_hold_the_cells_of_the_screen(work: Stage, context: BrowserContext, receiver: str) -> None:
    page = seen(context, work, f"{IVO}&mottagare={receiver}")
    shown = cells(page)
    assert len(shown) > 5
    name, paper = fetched(page, "Hämta PDF")
    assert name == f"ej-verkstallda-9999-2026Q3-{receiver}.pdf"
    told = " ".join(PdfReader(BytesIO(paper)).pages[0].extract_text().split())
    assert " ".join(word for row in shown for cell in row for word in cell.split()) in told
    lines = fetched(page, "Hämta CSV")[1].decode("utf-8-sig")
    assert [[cell or "–" for cell in row] for row in csv.reader(StringIO(lines), delimiter=";")] == shown
    book: Any = load_workbook(BytesIO(fetched(page, "Hämta Excel")[1]))
    assert [str(cell.value) for cell in book.worksheets[0][1]] == shown[0]
    assert book.worksheets[0].max_row == len(shown)
    assert {"read", "export"} <= _acts(work, "unexecuted_decisions")


def _acts(work: Stage, query: str) -> set[str]:
    rows = work[1].rows("SELECT DISTINCT act FROM audit WHERE query = {query:String}", {"query": query})
    return {row["act"] for row in rows}


def test_from_a_row_one_click_leads_to_the_events_behind_it(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, IVO)
    assert text(page) == "9 beslut att rapportera till IVO, kvartal 3 2026"
    waits = page.locator("table.report tr").filter(has_text="ingen ledig plats")
    follow(page, waits.locator("a"))
    told = text(page, "aside")
    assert "Beslut: bifall, hemtjänst" in told
    assert "Verkställighet fördröjd: ingen ledig plats eller resurs" in told
    assert "Ansökan inkom" in told
    assert "mottagare" not in page.url and "kvartal=2026Q3" in page.url
    assert "read" in _acts(work, "unexecuted_history")
    assert verify(work[1].rows(ROWS)) == []


def test_quarter_and_receiver_are_chosen_and_stand_in_the_address(
    work: Stage, context: BrowserContext
) -> None:
    page = seen(context, work, "/ej-verkstallda")
    page.get_by_label("Kvartal").select_option("2026Q2")
    follow(page, page.get_by_role("button", name="Visa"))
    assert "kvartal=2026Q2" in page.url
    assert text(page) == "4 beslut att rapportera till IVO, kvartal 2 2026"
    follow(page, page.locator(".questions a").filter(has_text="Fullmäktige"))
    assert "mottagare=fullmaktige" in page.url and "kvartal=2026Q2" in page.url
    assert "färre än 5" in text(page, ".rows")


def test_what_was_delivered_stands_on_the_page_and_no_form_asks_for_it(
    work: Stage, context: BrowserContext
) -> None:
    page = seen(context, work, IVO)
    assert "IVO lämnad 12 oktober 2026" in text(page, ".questions")
    assert "Revisorerna inte lämnad" in text(page, ".questions")
    assert page.locator("input:visible").count() == 0


def test_a_unit_head_sees_the_own_units_decisions_and_takes_no_report_along(
    work: Stage, context: BrowserContext
) -> None:
    page = seen(context, work, IVO, "unit_head", "9999/vuxen")
    assert text(page) == "1 beslut att rapportera till IVO, kvartal 3 2026"
    assert "Rapporten lämnas för hela kommunen" in text(page, ".rows")
    assert page.get_by_role("button", name="Hämta").count() == 0
    page.goto(work[0].address + IVO + "&mottagare=fullmaktige")
    page.locator(".rows h2").wait_for(timeout=WITHIN_MS)
    assert page.locator("table.report").count() == 0


@pytest.mark.parametrize("path", [IVO, IVO + "&rad={key}", IVO + "&mottagare=fullmaktige"])
def test_the_page_has_no_fault(work: Stage, context: BrowserContext, path: str) -> None:
    made = "substring(hex(MD5(splitByChar('/', entity)[3])), 1, 12) AS key"
    key = work[1].rows(f"SELECT {made} FROM cases ORDER BY entity LIMIT 1")[0]["key"]
    page = seen(context, work, path.format(key=key))
    page.get_by_role("button", name="Hämta PDF").wait_for()
    for look in looks(page, DESK):
        page.locator(".foot").last.scroll_into_view_if_needed()  # axe cannot judge what the edge cuts through
        assert faults(page) == STREAMLITS, look
        assert is_whole(page), look
