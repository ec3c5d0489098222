"""The start page: every screen that there is, by municipality. Real ones and 99xx are never mixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

import streamlit as st

from apps import reading, styles, wall
from apps.boards import boards
from apps.screens import Screen, screen, screens
from apps.wording import say
from schemas.municipality import Municipality, municipality

Units = tuple[str, ...]
Walls = Mapping[str, Units]
"""Codes of the units that have a page, by the name of a wall screen."""
Towns = list[tuple[Municipality, Walls]]


def page() -> None:
    """The page, made anew at each visit."""
    source = reading.source()
    walls: dict[str, dict[str, Units]] = {}
    for name in screens():
        for town in source.municipalities(name):
            walls.setdefault(town.code, {})[name] = source.units(town, name)
    st.html(styles.sheets("page.css"))
    towns = [(municipality(code), shown) for code, shown in walls.items()]
    st.html(content(towns, source.with_boards(), reached=source.reached))


def content(
    towns: Iterable[tuple[Municipality, Walls]],
    with_boards: Iterable[str] = (),
    *,
    reached: bool = True,
) -> str:
    """Municipalities with their wall screens as HTML; pure. with_boards: codes of those that have committee
    pages; reached: whether the warehouse answered.
    """
    listed = _all_towns(towns, with_boards)
    real = [each for each in listed if each[0].kind == "real"]
    other = [each for each in listed if each[0].kind != "real"]
    shown = frozenset(with_boards)
    groups = _group(say("real_towns"), real, shown) + _group(say("other_towns"), other, shown)
    return (
        f'<article class="page" lang="sv"><header><h1>Kommunpuls</h1>'
        f'<p class="lead">{say("start_lead")}</p></header>'
        f"{groups or _nothing(reached)}"
        f'<footer><a href="/katalog" target="_self">{say("to_catalogue")}</a></footer></article>'
    )


def _all_towns(towns: Iterable[tuple[Municipality, Walls]], with_boards: Iterable[str]) -> Towns:
    """Those with wall screens, and those that have committee pages only."""
    listed: Towns = list(towns)
    known = {town.code for town, _ in listed}
    listed += [(municipality(code), {}) for code in with_boards if code not in known]
    return sorted(listed, key=lambda each: each[0].code)


def _group(title: str, towns: Towns, with_boards: frozenset[str]) -> str:
    if not towns:
        return ""
    parts = "".join(_town(town, walls, town.code in with_boards) for town, walls in towns)
    return f"<section><h2>{title}</h2>{parts}</section>"


def _nothing(reached: bool) -> str:
    words = say("no_towns") if reached else f"{say('unavailable')} {again()}"
    return f'<section><p class="none">{words}</p></section>'


def again() -> str:
    """A link that asks for the same page once more."""
    return f'<a href="?" target="_self">{say("again")}</a>'


def _committee(town: Municipality) -> str:
    links = ", ".join(_link(f"/{town.code}/namnd/{board.name}", board.title) for board in boards().values())
    return f'<p class="all">{say("boards_for")} {links}</p>'


def _town(town: Municipality, walls: Walls, has_boards: bool) -> str:
    kind = wall.kind_words(town)
    name = f"<h3>{escape(town.name)}{f'<small>{kind}</small>' if kind else ''}</h3>"
    listed = "".join(_wall(town, screen(name), units) for name, units in walls.items())
    return f'<section class="town">{name}{listed}{_committee(town) if has_boards else ""}</section>'


def _wall(town: Municipality, shown: Screen, units: Units) -> str:
    address = f"/{town.code}/{shown.name}"
    links = "".join(f"<li>{_link(f'{address}/{quote(unit)}', town.unit_name(unit))}</li>" for unit in units)
    words = say("whole_say" if shown.audience == "public" else "staff_say")
    first = _link(address, wall.title(shown, town, ""))
    return f'<p class="all">{first}<span>{words}</span></p>' + (f"<ul>{links}</ul>" if links else "")


def _link(address: str, name: str) -> str:
    return f'<a href="{escape(address)}" target="_self">{escape(name)}</a>'
