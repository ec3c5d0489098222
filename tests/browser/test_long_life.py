"""A wall that nobody looks after for months: it stays awake, and the nightly reload keeps its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from apps.hub import development
from tests.apps import samples
from tests.browser.stage import FLAGS, Screens
from tests.browser.watching import opened, quicker, shown, until

pytestmark = pytest.mark.browser

HOUR: Final = 60
SLOW: Final = {"rotate_s": 2 * HOUR * 60}
"""One change of page in two hours, so that the test decides when."""

_ASKED: Final = """
window.asked = [];
const real = WakeLock.prototype.request;
WakeLock.prototype.request = async function (kind) {
  window.asked.push(kind);
  return window.lock = await real.call(this, kind);
};
Object.defineProperty(document, 'visibilityState', { get: () => window.seen ?? 'visible' });
window.look = (seen) => { window.seen = seen; document.dispatchEvent(new Event('visibilitychange')); };
"""


def _asked(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.asked")
    return found


@pytest.fixture
def windowed(browser: Browser) -> Iterator[Page]:
    """A page of the browser that people have: the one without windows keeps no screen awake."""
    whole = browser.browser_type.launch(executable_path=development.chromium(), args=list(FLAGS))
    yield whole.new_page()
    whole.close()


def test_the_screen_is_kept_awake_also_after_it_was_hidden(public: Screens, windowed: Page) -> None:
    page = windowed
    page.add_init_script(_ASKED)
    page.clock.install()
    page.goto(public.address + "/9999/lobby/vuxen")
    until(lambda: page.evaluate("Boolean(window.lock)") is True, 5)
    assert _asked(page) == ["screen"]
    page.clock.run_for(121_000)
    assert _asked(page) == ["screen"], "a lock that is held is not asked for again"
    page.evaluate("window.lock.release()")  # as a system does that saves power
    page.clock.run_for(61_000)
    assert _asked(page) == ["screen"] * 2
    until(lambda: page.evaluate("!window.lock.released") is True, 5)
    page.evaluate("window.lock.release()")  # as the browser does with a page that is hidden
    page.evaluate("window.look('hidden')")
    page.clock.run_for(61_000)
    assert _asked(page) == ["screen"] * 2, "nobody asks for a page that is hidden"
    page.evaluate("window.look('visible')")
    assert _asked(page) == ["screen"] * 3


def _minute_in(minutes: int) -> int:
    """The municipality's minute of the day, so many minutes from now."""
    local = datetime.now(UTC).astimezone(samples.page().municipality.zone)
    return (local.hour * 60 + local.minute + minutes) % 1440


def _night(wall: BrowserContext, address: str, hour: int) -> Page:
    """A wall whose clock the test moves and whose reload is due so many minutes from now."""
    wall.route("**/9999/lobby*", quicker(SLOW | {"reload_at": _minute_in(hour)}))
    page = wall.new_page()
    page.clock.install()
    page.goto(address)
    expect(page.locator("body:not(.waiting)")).to_be_visible(timeout=15_000)
    _mark(page)
    return page


def _mark(page: Page) -> None:
    page.evaluate("window.before = true")


def _loaded_again(page: Page) -> bool:
    return page.evaluate("window.before") is not True


def _sleep(page: Page, minutes: int) -> None:
    """Let the time pass as for a machine that slept: each timer comes once."""
    page.clock.fast_forward(minutes * 60_000)


def _sleep_into_the_reload(page: Page, minutes: int) -> None:
    with page.expect_event("load", timeout=15_000):
        _sleep(page, minutes)
    expect(page.locator("body:not(.waiting)")).to_be_visible(timeout=15_000)
    assert _loaded_again(page)


def _next_picture(page: Page) -> None:
    """Wait for one: it tells the shell what the municipality's clock is."""
    until(lambda: page.evaluate("seconds() - state.beat.at < 30") is True, 15)


def test_the_nightly_reload_comes_at_its_hour_and_the_rotation_goes_on_where_it_was(
    public: Screens, wall: BrowserContext
) -> None:
    page = _night(wall, public.address + "/9999/lobby", 61)
    _sleep(page, 2 * HOUR + 10)
    until(lambda: shown(page).startswith("Barn och unga"), 5)
    assert not _loaded_again(page), "it was loaded an hour ago, but this is not its hour"
    _next_picture(page)
    _sleep_into_the_reload(page, 62)
    assert shown(page).startswith("Barn och unga")
    _sleep(page, 2 * HOUR + 10)
    until(lambda: shown(page).startswith("Vuxen"), 5)


def test_a_paused_wall_is_still_paused_after_the_night(public: Screens, wall: BrowserContext) -> None:
    page = _night(wall, public.address + "/9999/lobby", 61)
    page.evaluate("pause.click()")
    _sleep_into_the_reload(page, 62)
    expect(page.locator("#pause")).to_have_text("Fortsätt växla")
    assert shown(page).startswith("Hela kommunen")


def test_a_wall_is_not_loaded_anew_while_the_server_is_silent(public: Screens, wall: BrowserContext) -> None:
    asked = list[str]()
    page = _night(wall, public.address + "/9999/lobby", 61)

    def silence(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route("**/_stcore/health", silence)
    _sleep(page, 62)
    until(lambda: len(asked) > 0, 5)
    page.wait_for_timeout(1000)
    assert not _loaded_again(page)


def test_a_reload_by_hand_begins_anew(public: Screens, wall: BrowserContext) -> None:
    page = opened(wall, public.address + "/9999/lobby")
    page.evaluate("pause.click()")
    page.reload()
    expect(page.locator("#pause")).to_have_text("Pausa växlingen")
