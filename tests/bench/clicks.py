"""What a person waits for in a work view: from the click on a question until its rows stand on the screen."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Final

from playwright.sync_api import Page

from apps.access.login import Role
from schemas.settings import Settings
from tests.browser.entering import let_in
from tests.browser.stage import Screens, chromium, serving
from tests.browser.test_work_views import WITHIN_MS, follow

PAGES: Final[dict[str, tuple[str, Role]]] = {
    "O1": ("/placeringar", "coordinator"),
    "O2": ("/fakturor", "economist"),
}
ROUNDS: Final = 2


CARE_PAGES: Final[dict[str, tuple[str, Role]]] = {
    "O3": ("/assistans", "unit_head"),
    "O4": ("/bemanning", "unit_head"),
    "O5": ("/larm", "nurse"),
}


def clicked(settings: Settings, pages: Mapping[str, tuple[str, Role]] = PAGES) -> Iterator[tuple[str, float]]:
    """(view, seconds) of each click, on every question of every view, some times over.

    The screens read the store in the settings as a process of their own, in a browser of this machine.
    """
    with serving("work", settings) as screens, chromium() as browser:
        for view, (path, role) in pages.items():
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            let_in(context, screens, role)
            page = _opened(context.new_page(), screens, path)
            for _ in range(ROUNDS):
                for number in range(page.locator(".questions a").count()):
                    yield view, _click(page, number)
            context.close()


def _opened(page: Page, screens: Screens, path: str) -> Page:
    page.goto(screens.address + path)
    page.locator(".rows h2").wait_for(timeout=WITHIN_MS)
    return page


def _click(page: Page, number: int) -> float:
    """Seconds from the click until the next page's answer and table are there."""
    link = page.locator(".questions a").nth(number)
    began = time.perf_counter()
    follow(page, link)
    page.locator(".rows table, .rows p").first.wait_for(timeout=WITHIN_MS)
    return time.perf_counter() - began
