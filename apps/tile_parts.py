"""What every tile is made of: number, sentence, notes and frame, as HTML. Pure."""

from __future__ import annotations

from html import escape
from typing import Final

from apps import wording
from apps.page import Page, state, value_of
from apps.screens import Tile
from apps.wording import say
from warehouse.published import Figure

APART_S: Final = 90
"""A figure whose age differs more than this from the page's says its own."""


def frame(look: str, label: str, body: str, notes: str = "") -> str:
    """The tile. Notes stand beside the label where there is room, so that bars keep their height."""
    head = f'<h2 class="label">{escape(label)}</h2>'
    if notes:
        head = f'<div class="head">{head}{notes}</div>'
    return f'<section class="tile {look}">{head}{body}</section>'


def number(page: Page, figure: Figure | None, declared: Tile) -> str:
    """The figure with its unit, or the words that stand in its place."""
    value = value_of(figure)
    if value is None:
        look = "bounds" if state(figure) == "bounds" else "words"
        return f'<p class="n {look}">{escape(instead(figure))}</p>'
    unit = declared.unit_one if value == 1 and declared.unit_one else declared.unit
    if declared.of:
        unit = unit.format(n=_whole(page, declared))
    told = wording.number(value)
    if declared.shown_as == "share":
        told, unit = wording.number(100 * value, 1), "%"
    return f'<p class="n">{told}{f"<span>{escape(unit)}</span>" if unit else ""}</p>'


def _whole(page: Page, declared: Tile) -> str:
    """What the figure is a part of; in words where it is not known."""
    figure = page.find(declared.of, dimensions=page.dimensions(declared))
    value = value_of(figure)
    return wording.number(value) if value is not None else instead(figure)


def instead(figure: Figure | None) -> str:
    """What stands where a number would."""
    if figure is not None and state(figure) == "bounds":
        return between(figure)
    return say(state(figure), limit=limit(figure))


def between(figure: Figure) -> str:
    """`98,1–99,6 %`: what a share lies between."""
    return f"{wording.number(100 * (figure.lower or 0), 1)}–{wording.share(figure.upper or 0)}"


def limit(figure: Figure | None) -> int:
    """The number that a suppressed figure is known to be below."""
    return round(figure.upper) + 1 if figure and figure.upper is not None else 0


def sentence(words: str, *, is_marked: bool = False) -> str:
    """The plain sentence under a number, already HTML. is_marked: somebody should look."""
    return f'<p class="say{" attention" if is_marked else ""}">{words}</p>' if words else ""


def notes(page: Page, figure: Figure | None, *, in_strip: bool = False) -> str:
    """The words for preliminary, snapshot, held, historical, late and older than the page, all unlike.

    in_strip: leave out that it is historical where the page's strip says so of all that it shows.
    """
    if figure is None:
        return ""
    since = wording.when(figure.as_of, page.now, page.municipality.zone)
    found = [("preliminary", say("preliminary"))] if state(figure) in ("preliminary", "bounds") else []
    if figure.state == "snapshot":
        found.append(("snapshot", say("snapshot")))
    if figure.held:
        found.append(("held", say("held") + ", " + say("held_since", when=since)))
    elif figure.historical:
        found += [] if in_strip and page.told and page.told.historical else [("history", say("history"))]
    elif page.is_late(figure):
        found.append(("late", say("since", when=since)))
    elif page.as_of and abs((page.as_of - figure.as_of).total_seconds()) > APART_S:
        found.append(("older", say("since", when=since)))
    return "".join(f'<p class="note {look}">{escape(words)}</p>' for look, words in found)
