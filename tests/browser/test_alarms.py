"""The alarms' work view as a nurse uses it: what waits comes by itself, and the page says when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas import devices as d
from schemas.reference import ProducerAlive
from schemas.settings import Settings
from tests.browser.entering import let_in
from tests.browser.judging import DESK, STREAMLITS, faults, is_whole, looks
from tests.browser.stage import Screens, serving
from tests.dispensing import raised, tell
from tests.warehouse.alarm_town import NORTH, alarms
from tests.warehouse.town import about, fold_at
from warehouse.client import Warehouse, connect

pytestmark = pytest.mark.browser

HERE: Final = "9999"
WITHIN_MS: Final = 20_000
Stage = tuple[Screens, Warehouse]


@pytest.fixture(scope="module")
def work(own_tables: Settings) -> Iterator[Stage]:
    """The work views over alarms of this moment."""
    store = connect(own_tables)
    now = datetime.now(UTC)
    alive = about("devices.x", ProducerAlive("devices", now, max_age_s=600), now, HERE)
    fold_at(store, [*alarms(now, HERE), alive], now)
    store.command(
        "INSERT INTO positions (topic, partition, told_until) VALUES ('devices', 0, {at:DateTime64(6)})",
        {"at": now},
    )
    with serving("work", own_tables) as screens:
        yield screens, store
    store.close()


def opened(browser: Browser, work: Stage, path: str = "/larm") -> Page:
    """The page as a nurse of every unit sees it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    let_in(context, work[0], "nurse")
    page = context.new_page()
    page.goto(work[0].address + path)
    page.locator(".rows h2").wait_for(timeout=WITHIN_MS)
    page.locator("aside h2").wait_for(timeout=WITHIN_MS)
    return page


def text(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text().replace("\N{NO-BREAK SPACE}", " ")


def test_a_new_alarm_comes_by_itself_and_one_click_leads_to_its_history(
    browser: Browser, work: Stage
) -> None:
    page = opened(browser, work)
    assert text(page, ".rows h2") == "4 larm väntar, det äldsta har väntat 50 min"
    assert "2 av 4 har inte hörts" in text(page, "aside")
    now = datetime.now(UTC)
    fold_at(work[1], [tell("call", raised("e", NORTH, about="call"), now, municipality=HERE)], now)
    expect(page.locator("tbody tr")).to_have_count(5, timeout=WITHIN_MS)
    assert "Kallelse från hemmet" in text(page, "tbody tr:last-child")
    rows = work[1].rows(
        "SELECT length(entities) AS n FROM audit WHERE query = 'alarms' AND act = 'read' ORDER BY at, number"
    )
    assert [row["n"] for row in rows] == [4, 5], "one row for the view, one for whom it newly showed"
    page.locator("tbody tr:last-child th a").click()
    expect(page.locator("aside")).to_contain_text("Larm: kallelse från hemmet", timeout=WITHIN_MS)
    fold_at(work[1], [tell("call", d.AlarmAcknowledged(), now, municipality=HERE)], now)
    expect(page.locator("aside")).to_contain_text("Kvitterat", timeout=WITHIN_MS)
    page.context.close()


def test_a_page_that_is_no_longer_renewed_says_so(browser: Browser, work: Stage) -> None:
    page = opened(browser, work)
    frozen = page.locator(".frozen")
    expect(frozen).to_be_hidden()
    page.evaluate(_LATER)
    expect(frozen).to_be_visible()
    assert text(page, ".frozen") == "Sidan hämtar inga nya larm. Ladda om den, och lita inte på listan."
    expect(frozen).to_be_hidden(timeout=WITHIN_MS)  # the next renewal makes it anew
    page.context.close()


_LATER: Final = "document.querySelector('.frozen').getAnimations().forEach(one => one.currentTime = 31_000)"


@pytest.mark.parametrize("chosen", [False, True])
def test_the_alarms_have_no_fault_and_fit(browser: Browser, work: Stage, chosen: bool) -> None:
    key = work[1].rows("SELECT substring(hex(MD5(alarm)), 1, 12) AS key FROM device_alarms_now")[0]["key"]
    page = opened(browser, work, f"/larm?rad={key}" if chosen else "/larm")
    for look in looks(page, DESK):
        assert faults(page) == STREAMLITS, look
        assert is_whole(page), look
    page.context.close()
