"""A page whose script fails, or whose warehouse is gone: visitors read calm Swedish, the log has the rest."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from apps.hub import ports
from schemas.settings import Settings
from tests.apps import samples
from tests.browser.stage import Screens, publish, serving
from tests.browser.watching import framed, opened, quicker, shown, until
from warehouse.client import Warehouse

pytestmark = pytest.mark.browser

NOT_FOR_VISITORS: Final = re.compile(
    r"traceback|exception|error|misconfigured|line \d|\.py\b|redacted|ooops|https?:", re.IGNORECASE
)


def _unseemly(page: Page) -> list[str]:
    texts = [frame.evaluate("document.body.innerText") for frame in page.frames]
    return [word for text in texts for word in NOT_FOR_VISITORS.findall(text)]


def _log(screens: Screens) -> str:
    return (screens.settings.home / "public.log").read_text(encoding="utf-8")


def test_a_page_that_fails_says_so_calmly_and_the_log_has_the_traceback(
    public: Screens, wall: BrowserContext, stage: tuple[Settings, Warehouse]
) -> None:
    published, now = stage[1], datetime.now(UTC)
    publish(published, "1111", samples.moved(samples.figures(), now), now)  # no municipality has that code
    page = wall.new_page()
    page.goto(public.address)
    until(lambda: _title(page) == "Sidan går inte att visa just nu", 15)
    assert page.get_by_text("Felet är antecknat.").is_visible()
    assert _unseemly(page) == []
    assert re.search(r"Traceback[\s\S]+Misconfigured: No municipality has the code 1111", _log(public))
    published.command(
        "ALTER TABLE publications DELETE WHERE municipality = '1111' SETTINGS mutations_sync = 1"
    )
    until(lambda: _title(page) == "Kommunpuls", 15)


def _title(page: Page) -> str:
    """The heading after the visitor has asked once more."""
    again = page.get_by_role("link", name="Försök igen")
    again.click() if again.count() else page.reload()
    page.locator("h1").wait_for()
    return page.locator("h1").inner_text()


def test_a_wall_whose_script_fails_keeps_its_last_picture_and_tells_its_age(
    public: Screens, wall: BrowserContext, stage: tuple[Settings, Warehouse]
) -> None:
    wall.route("**/9999/lobby/barn-unga", quicker({"silent_after_s": 2}))
    page = opened(wall, public.address + "/9999/lobby/barn-unga")
    now = datetime.now(UTC)
    endless = (replace(f, value=math.inf) for f in samples.moved(samples.figures(), now))
    publish(stage[1], "9999", endless, now)
    until(lambda: "OverflowError" in _log(public), 20)
    expect(page.locator("#notice")).to_have_text(
        re.compile("^Inte aktuella uppgifter, senast"), timeout=20_000
    )
    expect(page.locator("#kept .wall")).to_contain_text("412")
    assert framed(page).evaluate("document.body.innerText.trim()") == "", "the shell has the word"
    assert _unseemly(page) == []
    assert re.search(r"a page failed[\s\S]+Traceback[\s\S]+OverflowError", _log(public))


def test_without_its_warehouse_the_screens_start_and_say_what_they_lack(
    wall: BrowserContext, tmp_path: Path
) -> None:
    gone = Settings(home=tmp_path, warehouse=f"http://127.0.0.1:{ports.free(1)[0]}")
    with serving("public", gone) as screens:
        page = wall.new_page()
        page.goto(screens.address)
        expect(page.get_by_text("Uppgifterna går inte att nå just nu.")).to_be_visible(timeout=15_000)
        assert _unseemly(page) == []
        page = opened(wall, screens.address + "/9999/lobby/vuxen")
        assert "saknas" in shown(page)
        assert _unseemly(page) == []
        assert "Unavailable" in _log(screens) or "figures are not read" in _log(screens)
