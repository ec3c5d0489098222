"""What axe-core finds in a page, and the looks that a page is judged in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
RULES: Final = {
    "runOnly": {"type": "tag", "values": LEVELS},
    # two that are no law: a reader who jumps between landmarks must find each, and only one of each
    "rules": {"landmark-unique": {"enabled": True}, "region": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}
STREAMLITS: Final[frozenset[tuple[str, str]]] = frozenset()
"""(rule, selector) of faults in Streamlit's own shell that we cannot mend: axe-core finds none."""

LOOKS: Final = {"light": (1920, 1080), "dark": (390, 844)}
DESK: Final = {"light": (1440, 900), "dark": LOOKS["dark"]}
SETTLED_MS: Final = 500
"""So long a page may take to draw itself anew."""
AXE: Final = Axe()
Fault = tuple[str, str]


def faults(page: Page) -> set[Fault]:
    """(rule, selector) of every fault and of what axe-core could not decide, in all frames."""
    for frame in page.frames:
        frame.evaluate(AXE.axe_script)
    found: dict[str, list[dict[str, Any]]] = AXE.run(page, options=RULES).response
    return {
        (kind["id"], " ".join(map(str, node["target"])))
        for kind in found["violations"] + found["incomplete"]
        for node in kind["nodes"]
    }


def looks(page: Page, sizes: Mapping[str, tuple[int, int]] = LOOKS) -> Iterator[str]:
    """The page, loaded once, as one reader's system after the other asks for it: scheme and size."""
    for scheme, (width, height) in sizes.items():
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(SETTLED_MS)
        yield scheme


def is_whole(page: Page) -> bool:
    """Whether nothing reaches past the screen's right edge."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
