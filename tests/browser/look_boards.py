"""The committee's pages as pictures, to be judged: `python -m tests.browser.look_boards FOLDER [word …]`.

Every page × light and dark × desk and telephone, and in print on A4, from a real server over a real published
layer. Words choose pictures whose name holds all of them, e.g. `avtal dark`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from apps.boards import boards
from schemas.municipality import municipality
from tests.apps.filled import NOW
from tests.apps.governed import BEFORE, SAID, as_before, with_targets, write
from tests.browser.look import THEMES, warehouse
from tests.browser.stage import Screens, chromium, publish, serving

SIZES: Final = {"desk": (1440, 900), "phone": (390, 844)}
WITHIN_MS: Final = 30_000
PLACE: Final = "9999"


def main() -> None:
    """Write the pictures."""
    folder, said = Path(sys.argv[1]), sys.argv[2:]
    words, query = [w for w in said if "=" not in w], "&".join(w for w in said if "=" in w)
    folder.mkdir(parents=True, exist_ok=True)
    looks = [f"{theme}-{size}" for theme in THEMES for size in SIZES] + ["print"]
    names = [f"{board}-{look}" for board in boards() for look in looks]
    with (
        tempfile.TemporaryDirectory() as home,
        warehouse(Path(home)) as (settings, store),
        chromium() as browser,
    ):
        place = municipality(PLACE)
        figures = with_targets(place)
        publish(store, PLACE, as_before(figures), BEFORE, audience="committee")
        publish(store, PLACE, figures, NOW, audience="committee")
        write(store, PLACE, SAID, NOW)
        with serving("public", settings) as screens:
            for name in [name for name in names if all(word in name for word in words)]:
                _picture(name, query, screens, folder, browser)


def _picture(name: str, query: str, screens: Screens, folder: Path, browser: Browser) -> None:
    board, _, look = name.partition("-")
    theme, _, size = look.partition("-")
    width, height = SIZES.get(size, SIZES["desk"])
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light"
    )
    page.goto(f"{screens.address}/{PLACE}/namnd/{board}?{query}")
    page.locator("footer.board").wait_for(timeout=WITHIN_MS)
    page.wait_for_timeout(1_500)
    if look == "print":
        page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True, print_background=False)
    else:
        _whole(page, width)
        page.screenshot(path=folder / f"{name}.png", full_page=True)
    page.close()


def _whole(page: Page, width: int) -> None:
    """As tall as the page is: Streamlit scrolls inside a box of the window's height."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": int(tall) + 40})
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
