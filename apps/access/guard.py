"""Around every page of the work views: who is there, what else there is; a calm no where it may not be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from apps import styles, terms
from apps.access.desk import Desk, desk
from apps.access.login import Forbidden, LoggedOut, Login
from apps.access.table import Purpose
from apps.wording import say
from schemas.municipality import municipality

WATCH_S: Final = 60


def guarded(name: str, run: Callable[[], None], titles: dict[str, str]) -> Callable[[], None]:
    """The page as Streamlit may run it. titles: of every page, by name."""

    def page() -> None:
        own = desk()
        st.html(styles.sheets("page.css", "access.css"))
        try:
            login = own.login(st.context.cookies)
        except LoggedOut as error:
            st.html(no(error))
            return
        if own.table.opens(login.roles, name) is None:
            st.html(no(Forbidden(name)))
            return
        open_to = {n: title for n, title in titles.items() if own.table.opens(login.roles, n)}
        paths = {n: (own.table.pages[n].path, title) for n, title in open_to.items()}
        st.html(bar(login, name, paths.items(), _why(own, login, name)))
        st.fragment(_nothing, run_every=WATCH_S)()
        run()

    return page


def _why(own: Desk, login: Login, name: str) -> str:
    """Where rows about people are read: for what, and the choice of another purpose, which lasts."""
    role = own.table.opens(login.roles, name)
    if role is None or own.table.pages[name].class_ != "restricted":
        return ""
    asked = st.query_params.to_dict()
    if chosen := asked.pop("syfte", ""):
        own.sessions.choose(login, chosen)
    return why(own.table.purpose(role, own.sessions.purpose(login), name), own.table.purposes[role], asked)


def why(chosen: Purpose, offered: Iterable[Purpose], asked: Mapping[str, str]) -> str:
    """The purpose and its choice as HTML. asked: the rest of the address, which stays. Pure."""
    links = "".join(
        f'<li><a href="?{escape(urlencode({**asked, "syfte": code}))}" target="_self">'
        f"{terms.PURPOSES[code]}</a></li>"
        for code in offered
        if code != chosen
    )
    told = f"{say('why')} <b>{terms.PURPOSES[chosen]}</b>"
    if not links:
        return f'<p class="why" lang="sv">{told}</p>'
    return f'<details class="why" lang="sv"><summary>{told}</summary><ul>{links}</ul></details>'


def _nothing() -> None:
    """Asked for by the browser's timer, so that a page left alone learns that its session has ended."""


def bar(login: Login, here: str, pages: Iterable[tuple[str, tuple[str, str]]], why: str = "") -> str:
    """The strip on top: pages, who is logged in and where, the way out, and why one reads. Pure."""
    links = "".join(
        f'<li><a href="{path}" target="_self"{" aria-current=page" if name == here else ""}>'
        f"{escape(title)}</a></li>"
        for name, (path, title) in pages
    )
    return (
        f'<nav class="work" lang="sv" aria-label="{say("work_views")}"><ul>{links}</ul>'
        f"<p><span>{whose(login)}</span>"
        f' <a href="/utloggning" target="_self">{say("log_out")}</a></p>{why}</nav>'
    )


def whose(login: Login) -> str:
    """Roles and places in words, as HTML."""
    roles = ", ".join(terms.ROLES[role] for role in login.roles)
    return escape("; ".join([roles, *(_place(login, code) for code in login.municipalities)]))


def _place(login: Login, code: str) -> str:
    town, units = municipality(code), login.own_units(code)
    return town.name if not units else f"{town.name}: {', '.join(town.unit_name(unit) for unit in units)}"


def no(error: LoggedOut | Forbidden) -> str:
    """The page that says no; pure."""
    key = "logged_out" if isinstance(error, LoggedOut) else "forbidden"
    onward = ("/inloggning", "login") if key == "logged_out" else ("/", "to_start")
    return (
        f'<article class="page" lang="sv"><header><h1>{say(key)}</h1><p class="lead">{say(key + "_say")}</p>'
        f'</header><footer><a href="{onward[0]}" target="_self">{say(onward[1])}</a></footer></article>'
    )
