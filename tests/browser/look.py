"""Pictures of every screen for a person to judge: `python -m tests.browser.look FOLDER [word …]`.

Every state × light and dark × wall, desk and telephone, from real servers over a real published layer. Words
choose pictures whose name holds all of them, e.g. `wall late`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from apps.access.login import Role
from schemas.settings import Settings
from tests.apps import samples
from tests.browser.entering import let_in
from tests.browser.stage import ROOT, Screens, chromium, publish, serving
from tests.browser.watching import quicker
from warehouse.client import Warehouse, connect, create_tables

SIZES: Final = {"wall": (1920, 1080), "desk": (1440, 900), "phone": (390, 844)}
THEMES: Final = ("light", "dark")
PAGES: Final = {
    "start": "/", "katalog": "/katalog", "nowhere": "/9999/lobby/finns-inte", "teknik": "/teknik",
    "inloggning": "/inloggning", "arbetsvyer": "/", "nekad": "/teknik", "lasningar": "/lasningar",
}  # fmt: skip
WORK: Final[dict[str, Role]] = {
    "teknik": "engineer", "inloggning": "engineer", "arbetsvyer": "coordinator", "nekad": "coordinator",
    "lasningar": "data_protection",
}  # fmt: skip
"""Pages of the work views, and who looks at them."""

LOST: Final = {"stale": {"silent_after_s": 1}, "offline": {"offline_after_s": 1}}
"""The same page when the server has gone quiet: limits so short that it always has."""


def main() -> None:
    """Write the pictures."""
    folder, words = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        warehouse(Path(home)) as (settings, store),
        chromium() as browser,
    ):
        for state in samples.STATES:
            names = [n for n in _names(state) if all(word in n for word in words)]
            if names:
                _state(state, names, folder, settings, store, browser)


def _names(state: str) -> Iterator[str]:
    for page in ("unit", "total", *((*LOST, *PAGES) if state == "fresh" else ())):
        for theme in THEMES:
            yield from (f"{page}-{state}-{theme}-{size}" for size in SIZES)


def _state(
    state: str, names: list[str], folder: Path, settings: Settings, store: Warehouse, browser: Browser
) -> None:
    for table in ("figures", "publications"):
        store.command(f"TRUNCATE TABLE {table}")
    now = datetime.now(UTC)
    if state != "empty":
        publish(store, "9999", samples.moved(samples.in_state(state), now), now)
    if state == "held":
        publish(
            store, "9999", samples.moved(samples.in_state(state), now), datetime.now(UTC), held="residual"
        )
    with serving("public", settings) as public, serving("work", settings) as work:
        for name in names:
            _picture(name, work if name.split("-")[0] in WORK else public, folder, browser)


def _picture(name: str, screens: Screens, folder: Path, browser: Browser) -> None:
    page, _, theme, size = name.split("-")
    width, height = SIZES[size]
    path = PAGES.get(page, "/9999/lobby?stanna" if page == "total" else "/9999/lobby/barn-unga")
    limits = {"dim_from": 0, "dim_until": 0} | LOST.get(page, {})  # by day, whatever the clock
    opened = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light"
    )
    for shell in ("**/lobby?stanna", "**/lobby/barn-unga"):
        opened.route(shell, quicker(limits))
    if page in WORK and page != "inloggning":
        let_in(opened.context, screens, WORK[page])
    opened.goto(screens.address + path)
    if page in ("unit", "total", *LOST):
        opened.frame_locator("#frame").locator(".wall").first.wait_for(state="attached")
    elif page not in ("nowhere", "inloggning", "nekad"):
        opened.locator(".page").wait_for()
    opened.wait_for_timeout(4000 if page in LOST else 1500)
    opened.screenshot(path=folder / f"{name}.png", full_page=True)
    opened.close()


@contextmanager
def warehouse(home: Path) -> Iterator[tuple[Settings, Warehouse]]:
    """An embedded warehouse of its own with empty tables."""
    command = [sys.executable, "-m", "warehouse.embedded", "--port", "0", "--data", str(home / "warehouse")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            settings = Settings(home=home, warehouse=server.stdout.readline().split()[-1])
            store = connect(settings)
            create_tables(store, settings.database)
            yield settings, store
            store.close()
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
