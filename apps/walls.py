"""The wall screens' Streamlit page: all pages of the playlist in one fragment with one timer. The shell shows
one.

All pages lie in the document, so the next is there before it is needed and changing page asks nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import streamlit as st

from apps import reading, styles, wall
from apps.page import Page
from apps.reading import Snapshot
from apps.screens import LOBBY, Screen, screen, screens
from schemas.errors import Misconfigured
from schemas.municipality import Municipality, municipality
from warehouse import contracts

SHEETS: Final = ("wall.css", "frame.css")
STEP_S: Final = 10
"""A page is made once per so many seconds and change of figures, however many screens ask."""


def page() -> None:
    """The framed page. Query: vagg (which screen), kommun, enhet ("" for the whole), spellista for all pages
    of the playlist.
    """
    st.html(styles.sheets(*SHEETS))
    asked = st.query_params
    try:
        town, shown = municipality(asked.get("kommun", "")), screen(asked.get("vagg", LOBBY))
    except Misconfigured:
        return
    start, rotates = asked.get("enhet", ""), "spellista" in asked
    if not reading.source().knows(town, start, shown.name):
        return

    @st.fragment(run_every=shown.refresh_s)
    def live() -> None:
        now = datetime.now(UTC)
        units = chosen(shown, town, start, rotates=rotates)
        st.html(pages(shown, town, units, reading.source().figures(town.code, shown.name), now))
        st.html(wall.beat(now, town))

    live()


def chosen(shown: Screen, town: Municipality, start: str, *, rotates: bool) -> tuple[str, ...]:
    """Units to show in order, beginning with the asked one."""
    if not rotates:
        return (start,)
    found = wall.playlist(shown.playlist, reading.source().units(town, shown.name))
    place = found.index(start) if start in found else 0
    return tuple(found[place:] + found[:place])


def pages(shown: Screen, town: Municipality, units: Sequence[str], snapshot: Snapshot, now: datetime) -> str:
    """The pages as HTML."""
    step = now.replace(second=now.second // STEP_S * STEP_S, microsecond=0)
    return _made(shown.name, town.code, tuple(units), snapshot, step)


@lru_cache(maxsize=64)
def _made(name: str, code: str, units: tuple[str, ...], snapshot: Snapshot, now: datetime) -> str:
    town, shown = municipality(code), screen(name)
    order = list(reading.source().units(town, name))
    limits = {metric: contract.min_coverage for metric, contract in contracts.load().items()}
    return "".join(
        wall.article(
            Page(
                municipality=town, unit=unit, figures=snapshot.figures, now=now, screen=shown, limits=limits,
                place=(order.index(unit) + 1, len(order)) if unit in order else None,
            )
        )
        for unit in units
    )  # fmt: skip


def warm_up() -> None:
    """Read styles, screens and contracts once, before the first viewer."""
    styles.sheets(*SHEETS)
    screens()
    contracts.load()
