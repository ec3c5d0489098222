"""A page of the work views that stands open while its session ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from schemas.settings import Settings
from tests.browser.entering import ask, let_in
from tests.browser.stage import Screens, serving
from warehouse.client import Warehouse

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def work(stage: tuple[Settings, Warehouse]) -> Iterator[Screens]:
    with serving("work", stage[0]) as screens:
        yield screens


def test_an_open_page_is_cleared_when_its_session_has_ended(work: Screens, wall: BrowserContext) -> None:
    let_in(wall, work, "engineer")
    page = wall.new_page()
    page.goto(work.address + "/teknik")
    expect(page.locator(".page table, .page .none").first).to_be_visible(timeout=15_000)
    kept = "; ".join(f"{c['name']}={c['value']}" for c in wall.cookies())
    ask(work.address + "/utloggning", headers={"Cookie": kept})
    expect(page.locator("h1")).to_have_text("Du är utloggad", timeout=20_000)
    assert page.locator(".card, .work").count() == 0
    page.get_by_role("link", name="Logga in").click()
    expect(page.get_by_role("button", name="Logga in")).to_be_visible()


def test_a_person_logs_in_opens_a_page_and_logs_out(work: Screens, wall: BrowserContext) -> None:
    page = wall.new_page()
    page.goto(work.address + "/lasningar")
    page.get_by_text("Dataskydd").click()
    page.get_by_role("button", name="Logga in").click()
    expect(page.locator("h1")).to_contain_text("läsning", timeout=15_000)
    assert page.url == work.address + "/lasningar"
    page.get_by_role("link", name="Logga ut").click()
    expect(page.locator("h1")).to_have_text("Logga in")
    page.go_back()
    page.reload()
    expect(page.locator("h1")).to_have_text("Logga in")
