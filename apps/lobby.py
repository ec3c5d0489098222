"""The lobby's Streamlit page: all pages of the playlist in one fragment with one timer. The shell shows one.

All pages lie in the document, so the next is there before it is needed and changing page asks nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st

from apps import reading, wall
from apps.page import Page
from apps.reading import Snapshot
from apps.screens import screen
from schemas.errors import Misconfigured
from schemas.municipality import Municipality, municipality
from warehouse import contracts

KIOSK: Final = Path(__file__).with_name("kiosk")
MINUTE: Final = 60


def page() -> None:
    """The framed page. Query: kommun, enhet ("" for the whole), spellista for all pages of the playlist."""
    st.html(styles("wall.css", "frame.css"))
    asked = st.query_params
    try:
        town = municipality(asked.get("kommun", ""))
    except Misconfigured:
        return
    start, rotates = asked.get("enhet", ""), "spellista" in asked
    if not reading.source().knows(town, start):
        return

    @st.fragment(run_every=screen("lobby").refresh_s)
    def live() -> None:
        now = datetime.now(UTC)
        st.html(pages(town, chosen(town, start, rotates=rotates), reading.source().figures(town.code), now))
        st.html(wall.beat(now, town))

    live()


def chosen(town: Municipality, start: str, *, rotates: bool) -> tuple[str, ...]:
    """Units to show in order, beginning with the asked one."""
    if not rotates:
        return (start,)
    found = wall.playlist(screen("lobby").playlist, reading.source().units(town))
    place = found.index(start) if start in found else 0
    return tuple(found[place:] + found[:place])


def pages(town: Municipality, units: Sequence[str], snapshot: Snapshot, now: datetime) -> str:
    """The pages as HTML. Made once per minute and change of figures, however many screens ask."""
    minute = now.replace(second=now.second // 10 * 10, microsecond=0)
    return _made(town.code, tuple(units), snapshot, minute)


@lru_cache(maxsize=64)
def _made(code: str, units: tuple[str, ...], snapshot: Snapshot, now: datetime) -> str:
    town, lobby = municipality(code), screen("lobby")
    order = list(reading.source().units(town))
    limits = {name: contract.min_coverage for name, contract in contracts.load().items()}
    return "".join(
        wall.article(
            Page(
                municipality=town, unit=unit, figures=snapshot.figures, now=now, screen=lobby, limits=limits,
                place=(order.index(unit) + 1, len(order)) if unit in order else None,
            )
        )
        for unit in units
    )  # fmt: skip


@lru_cache(maxsize=4)
def styles(*names: str) -> str:
    """Style sheets of `kiosk/` as one element for `st.html`."""
    texts = [(KIOSK / name).read_text(encoding="utf-8") for name in ("tokens.css", *names)]
    return f"<style>{''.join(texts)}</style>"


def warm_up() -> None:
    """Read styles, screens and contracts once, before the first viewer."""
    styles("wall.css", "frame.css")
    screen("lobby")
    contracts.load()
