"""The committee's pages as politicians use them: read, choose, send, take the figures along, print."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Download, Page, expect

from apps.boards import boards
from schemas.municipality import municipality
from schemas.settings import Settings
from tests.apps.boards import NOW, THIRD, figure, placed
from tests.apps.governed import BEFORE, SAID, as_before, with_targets, write
from tests.browser.judging import LOOKS, STREAMLITS, faults, is_whole, looks
from tests.browser.stage import Screens, publish, serving
from warehouse.client import connect, create_tables
from warehouse.published import Figure

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WITHIN_MS: Final = 20_000
CHARTS: Final = '[data-testid="stVegaLiteChart"] { visibility: hidden }'
"""Axe cannot tell what lies behind the text of a drawing; its colours have a test of their own."""
A4_PX: Final = 673
"""What A4 leaves between its margins, 178 mm."""
SEXES: Final = (("woman", 5.0), ("man", 12.0))


@pytest.fixture(scope="module")
def screens(warehouse_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screens]:
    """Public screens over a quarter's totals of Mittköping's placements, and all else that pages show."""
    name = f"test_board_{uuid.uuid4().hex[:8]}"
    settings = Settings(home=tmp_path_factory.mktemp("board"), warehouse=warehouse_address, database=name)
    store = connect(settings)
    create_tables(store, name)
    crossed = [figure("placed_at_any_time", THIRD, n, main_cause="neglect", sex=sex) for sex, n in SEXES]
    covered = figure("contract_coverage", THIRD, 0.793)
    totals = {f.metric for f in placed()}
    pages = with_targets(municipality("9999"))
    others = [f for f in pages if f.dimensions or f.metric not in totals]
    told = {_key(f): f for f in (*others, *placed(), *crossed, covered)}
    publish(store, "9999", as_before(told.values()), BEFORE, audience="committee")
    publish(store, "9999", told.values(), NOW, audience="committee")
    write(store, "9999", SAID, NOW)
    with serving("public", settings) as running:
        yield running
    store.command(f"DROP DATABASE {name}")
    store.close()


def _key(f: Figure) -> tuple[object, ...]:
    return f.metric, frozenset(f.dimensions.items()), f.period, f.period_on


@pytest.fixture
def page(browser: Browser, screens: Screens) -> Iterator[Page]:
    """The page of placements on a desk."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.goto(screens.address + "/9999/namnd/placeringar")
    opened.locator("footer.board").wait_for(timeout=WITHIN_MS)
    yield opened
    context.close()


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def rows(page: Page, question: str) -> dict[str, list[str]]:
    """Rows of the table of a section, by their heads."""
    table = page.locator(f'.board table:has(caption:text-is("{question}"))')
    return {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts()
        for row in table.locator("tbody tr").all()
    }


def test_the_page_answers_by_a_finding_three_figures_and_bars(page: Page) -> None:
    expect(page.locator("h1")).to_have_text(
        "47 personer var placerade någon gång under tredje kvartalet 2026, 6 fler än ett år tidigare"
    )
    assert page.locator(".three b").all_inner_texts() == ["47", "11", "34"]
    assert rows(page, "Hur många finns det av varje huvudorsak?")["Kriminalitet"] == ["9", "6", "13"]
    assert page.locator(".bars li", has_text="Våld i nära relation").inner_text().endswith("färre än 5")


def test_a_choice_is_written_into_the_address_and_the_address_gives_the_choice(
    page: Page, screens: Screens
) -> None:
    page.get_by_role("combobox", name="Jämför med").click()
    page.get_by_role("option", name="Ingen jämförelse").click()
    expect(page.locator("h1")).to_have_text(
        "47 personer var placerade någon gång under tredje kvartalet 2026"
    )
    assert asked(page)["jamfor"] == "nej"
    sent = page.context.new_page()
    sent.goto(screens.address + "/9999/namnd/placeringar?period=2025K3&dela=care_form")
    expect(sent.locator("h1")).to_have_text(
        "41 personer var placerade någon gång under tredje kvartalet 2025", timeout=WITHIN_MS
    )
    assert asked(sent)["period"] == "2025K3"


def test_the_page_is_given_back_as_it_was_shown_on_a_day_that_the_reader_writes(
    page: Page, screens: Screens
) -> None:
    """Between the two publications; the address can be sent, and a day that is none is said to be none."""
    now = rows(page, "Hur många finns det av varje huvudorsak?")
    field = page.get_by_label("Så visades det då")
    expect(field).to_have_attribute("placeholder", "ÅÅÅÅ-MM-DD")
    field.fill("2026-10-20")
    expect(page.get_by_text("Press Enter to apply")).to_be_hidden()
    field.press("Enter")
    mark = page.locator(".then-mark")
    expect(mark).to_contain_text("Så visades det då – 20 oktober 2026", timeout=WITHIN_MS)
    expect(page.get_by_role("heading", name="Ändringar och rättelser sedan dess")).to_be_visible()
    assert asked(page)["visat"] == "2026-10-20"
    then = rows(page, "Hur många finns det av varje huvudorsak?")
    assert then["Alla"] != now["Alla"] and "Mål för alla" in now.keys() - then.keys(), (
        "no target was set then"
    )
    page.add_style_tag(content=CHARTS)
    for look in looks(page):
        assert (look, sorted(faults(page) - STREAMLITS)) == (look, [])
        assert is_whole(page), look
    page.emulate_media(media="print")
    expect(mark.locator("a")).to_be_hidden()
    expect(field).to_be_hidden()
    expect(mark).to_be_visible()
    page.emulate_media(media="screen")
    sent = page.context.new_page()
    sent.goto(page.url)
    expect(sent.locator(".then-mark")).to_contain_text("20 oktober 2026", timeout=WITHIN_MS)
    sent.locator(".then-mark a").click()
    sent.wait_for_url(lambda address: "visat" not in address, timeout=WITHIN_MS)
    sent.locator("footer.board").wait_for(timeout=WITHIN_MS)
    expect(sent.locator(".then-mark")).to_have_count(0)
    assert rows(sent, "Hur många finns det av varje huvudorsak?") == now
    sent.goto(screens.address + "/9999/namnd/placeringar?visat=2026-10-01")
    expect(sent.locator(".then-mark")).to_contain_text("Inga siffror hade visats", timeout=WITHIN_MS)
    sent.goto(screens.address + "/9999/namnd/placeringar?visat=2026-02-30")
    expect(sent.locator(".then-mark")).to_contain_text(
        "”2026-02-30” är ingen dag före i dag", timeout=WITHIN_MS
    )


def downloaded(page: Page, label: str) -> Download:
    with page.expect_download(timeout=WITHIN_MS) as download:
        page.get_by_role("button", name=label).click()
    return download.value


def told_as(line: dict[str, str]) -> str:
    """A line of the file as the page shows it."""
    words = {"minst": "minst ", "högst": "högst "}.get(line["Läge"], "")
    return words + line["Värde"] if line["Värde"] else line["Läge"]


def in_excel(cell: Any) -> str:
    """A cell of the workbook as Excel shows it: a target's number format has a word before it."""
    word = cell.number_format.split('"')[1] if cell.number_format.startswith('"') else ""
    return f"{word}{cell.value}"


def test_csv_and_excel_hold_the_cells_of_the_page(page: Page) -> None:
    question = "Hur många finns det av varje huvudorsak?"
    shown = rows(page, question)
    text = Path(downloaded(page, "Hämta CSV").path()).read_text(encoding="utf-8-sig")
    lines = [line for line in csv.DictReader(StringIO(text), delimiter=";") if line["Tabell"] == question]
    told = {name: [told_as(line) for line in lines if line["Rad"] == name] for name in shown}
    assert told == shown
    book = load_workbook(BytesIO(Path(downloaded(page, "Hämta Excel").path()).read_bytes()))
    sheet = book[question.rstrip("?")[:31]]
    kept = {str(line[0].value): [in_excel(cell) for cell in line[1:]] for line in sheet.iter_rows(min_row=3)}
    assert kept == shown
    assert "Definitioner" in book.sheetnames


def test_a_page_tells_what_was_corrected_since_the_meeting_its_targets_and_notes(page: Page) -> None:
    changed = rows(page, "Vad har ändrats sedan förra sammanträdet?")
    assert {row[-1] for row in changed.values()} <= {"rättelse", "oförändrat", "var preliminär då"}
    assert "rättelse" in {row[-1] for row in changed.values()}
    note = "Fler förfrågningar får svar samma dag"
    expect(page.locator(".remarks")).to_contain_text(note)
    text = Path(downloaded(page, "Hämta CSV").path()).read_text(encoding="utf-8-sig")
    assert note in text
    assert ";Personer placerade någon gång under perioden;Beslut;;SN 2025-12-11 § 113" in text


def test_the_other_page_is_one_click_away_and_keeps_the_municipality(page: Page) -> None:
    page.get_by_role("link", name="Avtal och utförare").click()
    expect(page.locator("h1")).to_contain_text("79,3", timeout=WITHIN_MS)
    assert asked(page)["kommun"] == "9999"


def test_print_leaves_the_controls_out_and_opens_what_is_folded(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".st-key-choices").is_visible()
    assert not page.locator(".st-key-downloads").is_visible()
    assert page.locator(".board dd").first.is_visible()
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("name", ["avtal", "beslut"])
def test_no_table_is_cut_off_on_paper(page: Page, screens: Screens, name: str) -> None:
    page.goto(f"{screens.address}/9999/namnd/{name}")
    page.locator("footer.board").wait_for(timeout=WITHIN_MS)
    page.set_viewport_size({"width": A4_PX, "height": 1000})
    page.emulate_media(media="print")
    ends = "[...document.querySelectorAll('.board table')].map(each => each.getBoundingClientRect().right)"
    assert max(page.evaluate(ends)) <= A4_PX


EVERY_WIDTH: Final = [dict.fromkeys(LOOKS, size) for size in ((1920, 1080), (1440, 900), (390, 844))]
AT_EVERY_WIDTH: Final = ("arenden", "verkstallighet")
"""Pages that are judged at each width in both looks."""


def test_the_committees_pages_have_no_fault(browser: Browser, screens: Screens) -> None:
    page = browser.new_page()
    for name in boards():
        page.goto(f"{screens.address}/9999/namnd/{name}")
        page.locator("footer.board").wait_for(timeout=WITHIN_MS)
        page.wait_for_function("!document.querySelector('[data-stale=\"true\"]')")
        page.evaluate("document.querySelector('h1').scrollIntoView()")  # axe cannot judge what the edge cuts
        page.add_style_tag(content=CHARTS)
        for sizes in EVERY_WIDTH if name in AT_EVERY_WIDTH else [LOOKS]:
            for look in looks(page, sizes):
                assert faults(page) == STREAMLITS, (name, look, sizes)
                assert is_whole(page), (name, look, sizes)
    page.close()


@pytest.mark.parametrize(
    ("path", "words"),
    [("/9999/namnd/okand", "ingen nämndsida"), ("/0780/namnd/placeringar", "har inga siffror om detta ännu")],
)
def test_a_page_that_is_not_there_says_so(browser: Browser, screens: Screens, path: str, words: str) -> None:
    page = browser.new_page()
    page.goto(screens.address + path)
    expect(page.locator("h1")).to_contain_text(words, timeout=WITHIN_MS)
    page.close()
