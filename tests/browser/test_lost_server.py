"""The server freezes, dies, comes back: what a visitor sees, by the browser's own clock."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from apps.screens import screen
from tests.browser.stage import Screens
from tests.browser.watching import opened, quicker, shown, until

pytestmark = pytest.mark.browser
SPARED_S = 20
"""Seconds of the silence until the page says so. It asks for the server after 20, within what remains."""
SWEDISH = re.compile(
    r"^(Inte aktuella uppgifter, senast|Ingen kontakt\. Bilden visar läget) (i går )?kl\.\s\d{1,2}\.\d\d$"
)
ENGLISH = re.compile(r"connection|error|streamlit|internet|is the server", re.IGNORECASE)


def _visible_english(page: Page) -> list[str]:
    """English words that a visitor could see now, in any frame."""
    return [
        word for frame in page.frames for word in ENGLISH.findall(frame.evaluate("document.body.innerText"))
    ]


@pytest.mark.slow
def test_a_frozen_server_is_told_within_a_minute_and_forgotten_ten_seconds_after_it_is_back(
    public: Screens, wall: BrowserContext
) -> None:
    """Of the minute, what the page waits by its own limit is waited for in part, and the rest counted."""
    shorter = screen("lobby").silent_after_s - SPARED_S
    wall.route("**/9999/lobby/barn-unga", quicker({"silent_after_s": shorter}))
    page = opened(wall, public.address + "/9999/lobby/barn-unga")
    notice = page.locator("#notice")
    public.freeze()
    try:
        assert until(notice.is_visible, 60 - SPARED_S) < 60 - SPARED_S
        assert SWEDISH.match(notice.inner_text())
        assert "grayscale" in page.locator("#picture").evaluate("e => getComputedStyle(e).filter")
        assert "412" in shown(page), "the last picture stays, greyed"
        assert _visible_english(page) == []
        page.wait_for_timeout(8000)
    finally:
        public.resume()
    assert until(notice.is_hidden, 10) < 10
    assert "412" in shown(page)


@pytest.mark.slow
def test_a_killed_server_leaves_the_last_picture_with_its_time_and_comes_back_by_itself(
    public: Screens, wall: BrowserContext
) -> None:
    wall.route("**/9999/lobby/barn-unga", quicker({"silent_after_s": 12, "offline_after_s": 20}))
    page = opened(wall, public.address + "/9999/lobby/barn-unga")
    notice = page.locator("#notice")
    public.kill()
    english = list[str]()
    started = time.monotonic()
    while not notice.inner_text().startswith("Ingen kontakt") and time.monotonic() - started < 40:
        english += _visible_english(page)
        page.wait_for_timeout(500)
    assert SWEDISH.match(notice.inner_text())
    assert english == []
    expect(page.locator("#kept .wall").first).to_be_visible()
    assert "412" in page.locator("#kept").inner_text()
    public.restart()
    public.ready()
    assert until(notice.is_hidden, 10) < 10
    assert page.locator("#kept").is_hidden()
    assert "412" in shown(page)


def test_a_screen_that_never_had_a_picture_says_so(public: Screens, wall: BrowserContext) -> None:
    wall.route("**/9999/lobby/vuxen", quicker({"silent_after_s": 3}))
    wall.route("**/skarm?*", lambda route: route.abort())
    page = wall.new_page()
    page.goto(public.address + "/9999/lobby/vuxen")
    expect(page.locator("#notice")).to_have_text("Inga uppgifter att visa ännu", timeout=8000)
    assert _visible_english(page) == []
