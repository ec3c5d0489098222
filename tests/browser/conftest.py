"""Chromium, and a stage with a real published layer. Without Chromium the tests say what installs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import streamlit
from playwright.sync_api import Browser, BrowserContext, Page

from apps import kiosk_routes
from schemas.settings import Settings
from tests.apps import samples
from tests.browser.stage import Screens, chromium, publish, serving
from warehouse.client import Warehouse, connect

FONT: Final = next(
    (Path(streamlit.__file__).parent / "static/static/media").glob("SourceSansVF-Upright*.woff2")
)
_DRAW: Final = """article => {
  document.body.innerHTML = article;
  document.body.offsetHeight;  // asks for the fonts
  return document.fonts.ready.then(() => null);
}"""
Drawn = Callable[[str, tuple[int, int]], Page]
"""Draws an article at a size, in pixels."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless, for one module: its event loop would stand in the way of other tests' loops."""
    with chromium() as started:
        yield started


@pytest.fixture
def wall(browser: Browser) -> Iterator[BrowserContext]:
    """A wall screen: 1920 × 1080, with an English image, which must not matter."""
    context = browser.new_context(
        viewport={"width": 1920, "height": 1080}, locale="en-US", timezone_id="America/New_York"
    )
    yield context
    context.close()


@pytest.fixture(scope="module")
def stage(own_tables: Settings) -> Iterator[tuple[Settings, Warehouse]]:
    """A database of the module's own that holds Mittköping's figures as of a minute ago."""
    store = connect(own_tables)
    now = datetime.now(UTC)
    publish(store, "9999", samples.moved(samples.figures(), now), now)
    yield own_tables, store
    store.close()


@pytest.fixture(scope="module")
def public(stage: tuple[Settings, Warehouse]) -> Iterator[Screens]:
    """The public screens over it, as a process of their own."""
    with serving("public", stage[0]) as screens:
        yield screens


@pytest.fixture(scope="module")
def drawn(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    """Draws an article as the wall does, without a server."""
    folder = tmp_path_factory.mktemp("layout")
    styles = "".join(
        (kiosk_routes.KIOSK / name).read_text(encoding="utf-8") for name in ("tokens.css", "wall.css")
    )
    face = f'@font-face{{font-family:"Source Sans";src:url({FONT.as_uri()});font-weight:200 900}}'
    styles += "body { margin: 0 }"
    file = folder / "page.html"
    file.write_text(f'<!doctype html><html lang="sv"><meta charset="utf-8"><style>{face}{styles}</style>')
    page = browser.new_page()
    page.goto(file.as_uri())

    def draw(article: str, size: tuple[int, int]) -> Page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(_DRAW, article)
        return page

    yield draw
    page.close()
