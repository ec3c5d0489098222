"""The start page: every screen that there is, by municipality. Real ones and 99xx are never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

import streamlit as st

from apps import lobby, reading, wall
from apps.wording import say
from schemas.municipality import Municipality


def page() -> None:
    """The page, made anew at each visit."""
    source = reading.source()
    towns = [(town, source.units(town)) for town in source.municipalities()]
    st.html(lobby.styles("page.css"))
    st.html(content(towns, reached=source.reached))


def content(towns: Iterable[tuple[Municipality, tuple[str, ...]]], *, reached: bool = True) -> str:
    """Municipalities with their units' codes as HTML; pure. reached: whether the warehouse answered."""
    listed = list(towns)
    real = [each for each in listed if each[0].kind == "real"]
    other = [each for each in listed if each[0].kind != "real"]
    groups = _group(say("real_towns"), real) + _group(say("other_towns"), other)
    return (
        f'<article class="page" lang="sv"><header><h1>Kommunpuls</h1>'
        f'<p class="lead">{say("start_lead")}</p></header>'
        f"{groups or _nothing(reached)}"
        f'<footer><a href="/katalog" target="_self">{say("to_catalogue")}</a></footer></article>'
    )


def _group(title: str, towns: list[tuple[Municipality, tuple[str, ...]]]) -> str:
    if not towns:
        return ""
    return f"<section><h2>{title}</h2>{''.join(_town(town, units) for town, units in towns)}</section>"


def _nothing(reached: bool) -> str:
    words = say("no_towns") if reached else f"{say('unavailable')} {again()}"
    return f'<section><p class="none">{words}</p></section>'


def again() -> str:
    """A link that asks for the same page once more."""
    return f'<a href="?" target="_self">{say("again")}</a>'


def _town(town: Municipality, units: tuple[str, ...]) -> str:
    address = f"/{town.code}/lobby"
    links = "".join(f"<li>{_link(f'{address}/{quote(unit)}', town.unit_name(unit))}</li>" for unit in units)
    kind = wall.kind_words(town)
    return (
        f'<section class="town"><h3>{escape(town.name)}{f"<small>{kind}</small>" if kind else ""}</h3>'
        f'<p class="all">{_link(address, say("whole"))}<span>{say("whole_say")}</span></p>'
        f"<ul>{links}</ul></section>"
    )


def _link(address: str, name: str) -> str:
    return f'<a href="{escape(address)}" target="_self">{escape(name)}</a>'
