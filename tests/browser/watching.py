"""What the browser tests see and wait for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Frame, Page, Route, expect


def opened(wall: BrowserContext, address: str) -> Page:
    page = wall.new_page()
    page.goto(address)
    expect(page.frame_locator("#frame").locator(".wall").first).to_be_visible(timeout=15_000)
    expect(page.locator("body")).not_to_have_class(re.compile("waiting"), timeout=5_000)
    return page


def framed(page: Page) -> Frame:
    return next(frame for frame in page.frames if "/skarm" in frame.url)


def shown(page: Page) -> str:
    """The text of the one page that a visitor sees now."""
    text: str = framed(page).evaluate("[...document.querySelectorAll('.wall')].find(w => w.offsetParent || "
                                      "getComputedStyle(w).display != 'none').innerText")  # fmt: skip
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def until(holds: Callable[[], bool], within_s: float) -> float:
    """Wait until it holds; how long it took."""
    started = time.monotonic()
    while time.monotonic() - started < within_s:
        if holds():
            return time.monotonic() - started
        time.sleep(0.1)
    raise AssertionError(f"not within {within_s} s")


def quicker(changes: dict[str, int]) -> Callable[[Route], None]:
    """The shell with shorter limits, so that a test need not wait for minutes."""

    def handle(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        for name, seconds in changes.items():
            body, count = re.subn(rf'"{name}": \d+', f'"{name}": {seconds}', body)
            assert count == 1
        route.fulfill(response=answer, body=body)

    return handle
