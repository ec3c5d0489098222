"""The work views as a person uses them: log in, click a question, follow a row, take the rows along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any, Final

import pytest
from msgspec.structs import replace as with_fields
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from apps.access.login import Role
from schemas.envelope import Event
from schemas.reference import ProducerAlive, UnitPriceSet
from schemas.settings import Settings
from tests.apps.work.test_assistance_view import ON_SCREEN
from tests.assisting import example
from tests.browser.entering import let_in
from tests.browser.judging import DESK, STREAMLITS, faults, is_whole, looks
from tests.browser.stage import Screens, serving
from tests.warehouse.placed_town import town
from tests.warehouse.staffed_town import town as staffed
from tests.warehouse.town import about, fold_at
from warehouse.client import Warehouse, connect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HERE: Final = "9999"
WITHIN_MS: Final = 20_000
TOLD: Final = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
"""Half past midnight of 22 November in Sweden."""
Stage = tuple[Screens, Warehouse]


def _here(event: Event) -> Event:
    """The same fact in Mittköping, which has words for its codes."""
    return with_fields(event, kommunkod=HERE, subject=HERE + event.subject[4:])


@pytest.fixture(scope="module")
def work(own_tables: Settings) -> Iterator[Stage]:
    """The work views over the town, told until shortly after midnight."""
    store = connect(own_tables)
    alive = [
        about(f"{topic}.2026112123", ProducerAlive(topic, TOLD, max_age_s=600), TOLD, HERE)
        for topic in ("placements", "hours")
    ]
    price = UnitPriceSet(service="personal_assistance", price_kr=412.0, from_on=date(2026, 1, 1))
    told = [*map(_here, [*town(), *example(), *staffed()]), about("personal_assistance", price, TOLD, HERE)]
    fold_at(store, [*told, *alive], TOLD + timedelta(hours=6))  # the last night's work has ended
    store.command(
        "INSERT INTO positions (topic, partition, told_until) VALUES ('placements', 0, {at:DateTime64(6)}), "
        "('hours', 0, {at:DateTime64(6)})",
        {"at": TOLD},
    )
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
    context: BrowserContext, work: Stage, path: str, role: Role = "coordinator", place: str = "9999/"
) -> Page:
    """The page at the path, as this role sees it."""
    let_in(context, work[0], role, place)
    page = context.new_page()
    page.goto(work[0].address + path)
    page.locator(".rows h2").wait_for(timeout=WITHIN_MS)
    return page


def keys(page: Page) -> list[str]:
    return page.locator("tbody th").all_inner_texts()


def answer(page: Page) -> str:
    return page.locator(".rows h2").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def text(page: Page) -> str:
    return " ".join(page.locator(".desk").all_inner_texts()).replace("\N{NO-BREAK SPACE}", " ")


def follow(page: Page, link: Any) -> None:
    """Click, and wait for the page that it leads to."""
    with page.expect_navigation():
        link.click()
    page.locator(".rows h2").wait_for(timeout=WITHIN_MS)


QUESTIONS: Final = {
    "Avtal saknas": "1 placering utan avtal",
    "Väntar på underskrift": "2 placeringar väntar på underskrift, längst 72 dagar",
    "över 7 d": "2 placeringar har väntat på underskrift i mer än 7 dagar, längst 72 dagar",
    "över 14 d": "2 placeringar har väntat på underskrift i mer än 14 dagar, längst 72 dagar",
    "över 30 d": "1 placering har väntat på underskrift i mer än 30 dagar, längst 72 dagar",
    "Går ut inom 30 dagar": "1 placering har avtal som går ut inom 30 dagar",
    "inom 60 d": "2 placeringar har avtal som går ut inom 60 dagar",
    "inom 90 d": "3 placeringar har avtal som går ut inom 90 dagar",
    "Löper efter avtalets slut": "1 placering löper efter avtalets slut",
    "Utanför ramavtal": "3 placeringar utanför ramavtal",
    "fullt": "1 placering utanför ramavtal: fullt",
    "skäl saknas": "1 placering utanför ramavtal: skäl saknas",
    "Avvikande faktura": "2 placeringar med en avvikande faktura som inte är avgjord",
    "Alla placerade": "9 placeringar pågår, 8 personer, 28 010 kr per dygn (pris saknas för 4)",
}


def test_every_question_is_answered_by_one_click(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/placeringar")
    for name, told in QUESTIONS.items():
        link = page.locator(".questions a").filter(has=page.get_by_text(name, exact=True))
        count = int(link.locator("b").inner_text())
        follow(page, link)
        assert answer(page) == told
        assert len(keys(page)) == count
        expect(page.locator(".questions [aria-current]")).to_contain_text(name)


def test_filters_stand_in_the_address_which_can_be_sent(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/placeringar?visa=utanfor")
    page.get_by_label("Vårdform").select_option("HVB")
    follow(page, page.get_by_role("button", name="Visa"))
    assert "visa=utanfor" in page.url and "vardform=residential_care_home" in page.url
    assert answer(page) == "1 placering utanför ramavtal"
    other = context.new_page()
    other.goto(page.url)
    other.locator(".rows h2").wait_for(timeout=WITHIN_MS)
    assert keys(other) == keys(page)
    follow(page, page.get_by_role("link", name="Rensa urvalet"))
    assert answer(page) == "3 placeringar utanför ramavtal"


def test_a_search_by_the_short_number_finds_one_row(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/placeringar")
    wanted = keys(page)[3]
    page.get_by_label("Sök ärende").fill(wanted)
    follow(page, page.get_by_role("button", name="Visa"))
    assert keys(page) == [wanted]


def test_the_file_holds_the_rows_that_are_shown_in_their_order(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/placeringar?visa=utanfor&ordning=-pris")
    with page.expect_download(timeout=WITHIN_MS) as download:
        page.get_by_role("button", name="Hämta Excel").click()
    book: Any = load_workbook(BytesIO(download.value.path().read_bytes()))
    head, *rows = book["Placeringar"].iter_rows(values_only=True)
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Ärende"] for row in found] == keys(page)
    assert [row["Kr per dygn"] for row in found] == [7800, 3210, None]
    assert {"read", "export"} <= _acts(work, "placements_placed")


def _acts(work: Stage, query: str) -> set[str]:
    rows = work[1].rows("SELECT DISTINCT act FROM audit WHERE query = {query:String}", {"query": query})
    return {row["act"] for row in rows}


def test_the_history_tells_who_changed_what_when_and_why(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/placeringar?vardform=residential_care_home&utforare=B112&ordning=slut")
    follow(page, page.locator("tbody th a").first)
    told = page.locator("aside").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "HVB hos B112 sedan 2 mars 2026" in told
    assert "dygnspris: 6 400 kr → 6 450 kr" in told
    assert "Skäl: fel kod" in told
    assert re.search(r"9 mars 2026, placeringssamordnare [0-9A-F]{4}", told)
    assert "Avtal undertecknat av kommunen" in told
    assert "rad=" in page.url and "vardform=residential_care_home" in page.url
    follow(page, page.get_by_role("link", name="Stäng historiken"))
    assert page.locator("aside h2").first.inner_text() == "Inför ny placering"


def test_a_unit_head_sees_the_own_unit_and_nothing_protected(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/placeringar", "unit_head", "9999/vuxen")
    assert answer(page).startswith("1 placering pågår, 1 person")
    assert "dolt" in text(page)
    follow(page, page.locator("tbody th a").first)
    assert "S1" not in page.locator("aside").inner_text()
    assert "Linköping" not in text(page)


def test_open_deficiencies_are_seen_before_a_new_placement(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/placeringar")
    follow(page, page.locator(".before").get_by_role("link", name="B113"))
    assert "Bemanning, sedan 1 juni 2026 (174 dagar)" in page.locator(".before").inner_text()


def test_an_economist_controls_invoices_and_meets_no_placement(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/fakturor", "economist")
    assert answer(page) == "3 rader med avvikelse att granska: 460 750 kr fakturerat, +19 000 kr mot beräknat"
    assert page.locator('a[href^="/placeringar"]').count() == 0
    follow(page, page.locator(".questions a").filter(has_text="Krediterade"))
    follow(page, page.locator("tbody th a").first)
    assert "Faktura granskad: krediterad" in page.locator("aside").inner_text()
    assert "S1" not in text(page)
    page.goto(work[0].address + "/placeringar")
    assert page.locator(".rows").count() == 0


def test_the_invoices_file_holds_the_lines_that_are_shown(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/fakturor?visa=alla&utforare=B112&manad=2026-11", "economist")
    with page.expect_download(timeout=WITHIN_MS) as download:
        page.get_by_role("button", name="Hämta Excel").click()
    book: Any = load_workbook(BytesIO(download.value.path().read_bytes()))
    head, *rows = book["Fakturor"].iter_rows(values_only=True)
    assert [row[head.index("Rad")] for row in rows] == keys(page)
    assert "export" in _acts(work, "invoice_lines")


def test_the_worked_example_of_the_six_month_report_stands_on_the_screen(
    work: Stage, context: BrowserContext
) -> None:
    page = seen(context, work, "/assistans?betalare=social_insurance&visa=kandidat", "unit_head")
    assert answer(page) == "1 ärende som kostar mer per timme än timbeloppet"
    follow(page, page.locator("tbody th a").first)
    expect(page.locator(".case table")).to_be_visible(timeout=WITHIN_MS)
    # read at once: the page may be drawn anew in between
    cells_of = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    for name, *cells, _ in page.locator(".case table tr").evaluate_all(cells_of)[1:]:
        told = " ".join(filter(None, cells)).replace("\N{NO-BREAK SPACE}", " ")
        assert (name, told) == (name, ON_SCREEN[name].replace("−", "\N{MINUS SIGN}"))
    assert "Beslut om 1 840 timmar 1 juli–31 december 2026" in text(page)
    with page.expect_download(timeout=WITHIN_MS) as download:
        page.get_by_role("button", name="Hämta Excel").click()
    book: Any = load_workbook(BytesIO(download.value.path().read_bytes()))
    assert [row[4] for row in book["Assistans"].iter_rows(min_row=2, values_only=True)][:2] == [310, 340]
    assert {"read", "export"} <= _acts(work, "assistance_months")


def test_staffing_is_shown_by_unit_and_no_small_group(work: Stage, context: BrowserContext) -> None:
    page = seen(context, work, "/bemanning", "staffing_unit")
    assert answer(page).startswith("Sjukfrånvaron var 3,4 % i oktober 2026")
    assert "färre än 5" in text(page) and "dold" in text(page)
    follow(page, page.locator(".questions a").filter(has_text="Övertid, timmar"))
    follow(page, page.get_by_role("link", name="north").first)
    assert answer(page) == "Övertiden i north var 12 timmar i oktober 2026"
    assert "read" in _acts(work, "staffing_figures")
    page.goto(work[0].address + "/assistans")  # a case is for the heads of its unit alone
    page.locator("h1").wait_for()
    assert page.locator(".rows").count() == 0


PAGES: Final[dict[str, Role]] = {
    "/placeringar": "coordinator", "/placeringar?visa=vantar&rad={key}": "coordinator",
    "/fakturor?visa=alla": "coordinator", "/assistans?rad={case}": "unit_head", "/bemanning": "unit_head",
}  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_work_view_has_a_fault(work: Stage, context: BrowserContext, path: str) -> None:
    named = "SELECT substring(hex(MD5({0})), 1, 12) AS key FROM {1} ORDER BY {2} LIMIT 1"
    key = work[1].rows(named.format("placement", "placements_now", "placement"))[0]["key"]
    case = work[1].rows(named.format("assistance", "assistance_periods", "person DESC"))[0]["key"]
    page = seen(context, work, path.format(key=key, case=case), PAGES[path])
    page.get_by_role("button", name="Hämta Excel").wait_for()
    for look in looks(page, DESK):
        assert faults(page) == STREAMLITS, look
        assert is_whole(page), look
