"""Chromium, and a stage with a real published layer. Without Chromium the tests say what installs it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext

from schemas.settings import Settings
from tests.apps import samples
from tests.browser.stage import CHROMIUM, INSTALL, Screens, chromium, publish, serving
from warehouse.client import Warehouse, connect, create_tables


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless, for one module: its event loop would stand in the way of other tests' loops."""
    if not CHROMIUM.exists():
        pytest.fail(INSTALL, pytrace=False)
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
def stage(
    warehouse_address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Warehouse]]:
    """A database of the module's own that holds Mittköping's figures as of a minute ago."""
    name = f"test_browser_{uuid.uuid4().hex[:8]}"
    settings = Settings(home=tmp_path_factory.mktemp("screens"), warehouse=warehouse_address, database=name)
    store = connect(settings)
    create_tables(store, name)
    _fill(store)
    yield settings, store
    store.command(f"DROP DATABASE {name}")
    store.close()


@pytest.fixture(scope="module")
def public(stage: tuple[Settings, Warehouse]) -> Iterator[Screens]:
    """The public screens over it, as a process of their own."""
    with serving("public", stage[0]) as screens:
        yield screens


@pytest.fixture
def published(stage: tuple[Settings, Warehouse]) -> Iterator[Warehouse]:
    """The database for a test that changes it; afterwards the figures are as before, also on the screens."""
    yield stage[1]
    _fill(stage[1])
    time.sleep(5)


def _fill(store: Warehouse) -> None:
    for table in ("figures", "publications"):
        store.command(f"TRUNCATE TABLE {table}")
    now = datetime.now(UTC)
    publish(store, "9999", samples.moved(samples.figures(), now), now)
