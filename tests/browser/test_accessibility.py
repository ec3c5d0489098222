"""Every screen judged by axe-core against WCAG 2.2, levels A and AA: what a machine can see of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from apps import wall
from tests.apps import samples
from tests.browser.conftest import Drawn
from tests.browser.entering import let_in
from tests.browser.judging import STREAMLITS, faults, looks
from tests.browser.stage import Screens, serving
from tests.browser.watching import opened

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A reader, whose page is looked at in light on a large screen and in dark on a telephone."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture(scope="module")
def work(public: Screens) -> Iterator[Screens]:
    """The work views over the same figures."""
    with serving("work", public.settings) as screens:
        yield screens


@pytest.mark.parametrize("path", ["/", "/katalog", "/nej"])
def test_the_pages_for_readers_have_no_fault(public: Screens, reader: BrowserContext, path: str) -> None:
    _has_no_fault(_read(reader, public.address + path))


def test_the_engineer_view_has_no_fault(work: Screens, reader: BrowserContext) -> None:
    let_in(reader, work, "engineer")
    page = _read(reader, work.address + "/teknik")
    page.locator(".page table").first.wait_for()
    _has_no_fault(page)


def test_the_access_report_has_no_fault(work: Screens, reader: BrowserContext) -> None:
    let_in(reader, work, "data_protection")
    page = _read(reader, work.address + "/lasningar")
    _has_no_fault(page, ".page .more")
    page.locator(".why summary").click()
    page.get_by_role("link", name="Klagomål eller begäran").click()
    page.locator(".why b", has_text="Klagomål eller begäran").wait_for()
    _has_no_fault(page, ".page .more")


@pytest.mark.parametrize("path", ["/inloggning", "/", "/teknik"])
def test_the_login_its_start_and_its_no_have_no_fault(
    work: Screens, reader: BrowserContext, path: str
) -> None:
    if path != "/inloggning":
        let_in(reader, work, "unit_head", "9999/vuxen")
    _has_no_fault(_read(reader, work.address + path))


def _has_no_fault(page: Page, end: str = "") -> None:
    """end: what must be scrolled to, since axe cannot judge what the edge cuts through."""
    for look in looks(page):
        if end:
            page.locator(end).scroll_into_view_if_needed()
        assert faults(page) == STREAMLITS, look


def _read(reader: BrowserContext, address: str) -> Page:
    page = reader.new_page()
    page.goto(address)
    page.locator("h1").wait_for()
    return page


def test_the_wall_and_its_notices_have_no_fault(public: Screens, reader: BrowserContext) -> None:
    page = opened(reader, public.address + "/9999/lobby")
    _has_no_fault(page)
    for mode in ("late", "offline"):
        page.evaluate(f"limits.{mode}_after_s = -1")
        page.locator(f"body.{mode} #notice").wait_for()
        _has_no_fault(page)
    assert page.locator("#kept").is_visible()


@pytest.mark.parametrize("theme", ["ljus", "mork"])
def test_no_state_of_a_wall_has_a_fault(drawn: Drawn, theme: str) -> None:
    articles = "".join(
        wall.article(made)
        for state in samples.STATES
        for unit in ("barn-unga", "")
        for made in (
            samples.page(unit, samples.in_state(state)),
            samples.care_page(unit, samples.in_state(state, samples.care_figures())),
            samples.clock_page(samples.in_state(state, samples.clock_figures())),
        )
    )
    page = drawn(f"<title>Kommunpuls</title><main>{articles}</main>", (1080, 1920))
    page.evaluate(f"document.documentElement.dataset.tema = '{theme}'")
    assert page.locator(".wall").count() == 6 * len(samples.STATES)
    assert faults(page) == set()


@pytest.mark.parametrize("theme", ["ljus", "mork"])
@pytest.mark.parametrize("size", [(1920, 1080), (1440, 900), (390, 844)])
def test_the_wall_of_clocks_has_no_fault_at_any_width(
    drawn: Drawn, size: tuple[int, int], theme: str
) -> None:
    shown = wall.article(samples.clock_page())
    page = drawn(f"<title>Kommunpuls</title><main>{shown}</main>", size)
    page.evaluate(f"document.documentElement.dataset.tema = '{theme}'")
    assert faults(page) == set()


def test_a_planted_fault_is_found_also_inside_the_wall(public: Screens, wall: BrowserContext) -> None:
    page = opened(wall, public.address + "/9999/lobby/vuxen")
    page.frames[1].evaluate(
        "document.querySelector('.wall h1').style.color = getComputedStyle(document.body).backgroundColor"
    )
    page.evaluate("document.getElementById('frame').removeAttribute('title')")
    rules = {rule for rule, _ in faults(page)}
    assert {"color-contrast", "frame-title"} <= rules
