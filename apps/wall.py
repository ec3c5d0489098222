"""One page of a wall screen as semantic HTML: header, tiles and the strip that proves them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import escape
from typing import Final

from apps import tiles, wording
from apps.page import Page, value_of
from apps.screens import Screen
from apps.wording import say
from schemas.municipality import Municipality, configured
from warehouse.published import Figure

SMALL: Final = ("day", "now")
"""Forms of tiles that are one number, two or three to a row."""
ENOUGH: Final = 0.99
"""Least coverage where a metric's contract is silent."""


def article(page: Page) -> str:
    """The whole page. Its data attributes tell the kiosk shell how old the figures are."""
    shown = [tile for tile in page.screen.tiles if tile.on in ("both", "unit" if page.unit else "total")]
    hero, side = shown[:1], shown[1:]
    told = page.told
    smalls = sum(tile.form in SMALL for tile in side)
    look = ("threes" if smalls == 3 else "twos") + (" plain" if smalls == len(side) else "")
    return (
        f'<article class="wall {look}" lang="sv" data-page="{escape(page.unit)}"'
        f' data-name="{escape(name(page))}" data-as-of="{_judged(told)}"'
        f' data-when="{_when(page)}" data-when-in-full="{_when_in_full(page)}">'
        f"{_header(page)}<div class='tiles'>{''.join(tiles.tile(page, t) for t in hero)}"
        f"<div class='side'>{''.join(tiles.tile(page, t) for t in side)}</div></div>"
        f"{_footer(page, told)}</article>"
    )


def name(page: Page) -> str:
    """What the page is called: the unit, or what the screen calls the whole municipality."""
    return title(page.screen, page.municipality, page.unit)


def title(shown: Screen, municipality: Municipality, unit: str) -> str:
    """What a page of the screen is called; unit "" is the whole municipality."""
    return municipality.unit_name(unit) if unit else shown.title or say("whole")


def about(municipality: Municipality) -> str:
    """The municipality, with the words that invented and foreign data always carry."""
    kind = kind_words(municipality)
    return municipality.name + (f" · {kind}" if kind else "")


def kind_words(municipality: Municipality) -> str:
    """What invented and foreign data are called, "" for a real municipality.

    Only settings of its own can say that a municipality's data are invented; a code alone cannot.
    """
    if municipality.kind == "invented":
        return say("invented" if municipality.code in _with_settings() else "training")
    return say("foreign") if municipality.kind == "foreign" else ""


@cache
def _with_settings() -> frozenset[str]:
    return frozenset(each.code for each in configured())


def beat(now: datetime, municipality: Municipality) -> str:
    """The page's sign of life to the shell: the server's time, and the municipality's minute of the day."""
    local = now.astimezone(municipality.zone)
    minute = local.hour * 60 + local.minute
    return f'<i class="beat" data-rendered="{_milliseconds(now)}" data-minute="{minute}"></i>'


def _header(page: Page) -> str:
    return (
        f"<header><h1>{escape(name(page))} <small>{escape(about(page.municipality))}</small></h1>"
        f"<time>{wording.day_and_clock(page.now, page.municipality.zone)}</time></header>"
    )


def _footer(page: Page, told: Figure | None) -> str:
    parts = [_told(page, told), _covered(page), _proof(page), _place(page)]
    return f"<footer>{''.join(parts)}</footer>"


def _told(page: Page, told: Figure | None) -> str:
    if told is None:
        return f'<span class="mark missing">{say("nothing_yet")}</span>'
    if told.historical:
        on = wording.last_day(told.as_of, page.municipality.zone)
        return f'<span class="mark history">{say("history_until", when=wording.day(on))}</span>'
    look = "late" if page.is_late(told) else "good"
    return f'<span class="mark {look}">{say("told_until", when=_when(page))}</span>'


def _covered(page: Page) -> str:
    """The least coverage on the page, where it is below the limit of its metric."""
    short = [
        f.coverage
        for f in page.figures
        if f.coverage is not None and f.coverage < page.limits.get(f.metric, ENOUGH)
    ]
    return (
        f'<span class="mark late">{say("coverage", share=wording.covered(min(short)))}</span>'
        if short
        else ""
    )


def _proof(page: Page) -> str:
    """Whether the two computations of the balance agree, from the municipality's published residual."""
    if not page.screen.proof:
        return ""
    residual = value_of(page.find(page.screen.proof, dimensions={}))
    if residual is None:
        return f'<span class="proof">{say("proof_missing")}</span>'
    if residual == 0:
        return f'<span class="proof">{say("proof")}</span>'
    return f'<span class="mark serious proof">{say("proof_off", n=wording.number(residual))}</span>'


def _place(page: Page) -> str:
    if page.place is None:
        return f'<span class="place">{escape(name(page))}</span>'
    index, count = page.place
    return f'<span class="place">{escape(say("place", name=name(page), index=index, count=count))}</span>'


def _when(page: Page) -> str:
    return wording.when(page.as_of, page.now, page.municipality.zone) if page.as_of else ""


def _when_in_full(page: Page) -> str:
    """With the date, for a picture that stays past midnight."""
    if page.as_of is None:
        return ""
    zone = page.municipality.zone
    return wording.day(page.as_of.astimezone(zone).date()) + ", " + wording.clock(page.as_of, zone)


def _judged(told: Figure | None) -> int | str:
    """What the shell judges the page's age by; nothing for history and for what is being checked."""
    return _milliseconds(told.told_until) if told and not told.historical and not told.held else ""


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def playlist(pages: str, units: Sequence[str]) -> list[str]:
    """Units of a declared playlist in order, "" for the whole: `total,units`, `units`, `vuxen,lss`."""
    found: list[str] = []
    for part in (part.strip() for part in pages.split(",")):
        found += units if part == "units" else [""] if part == "total" else [part] if part in units else []
    return list(dict.fromkeys(found)) or [""]
