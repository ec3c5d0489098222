"""Around every page of the work views: who is there, what else there is; a calm no where it may not be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Final

import streamlit as st

from apps import lobby, terms
from apps.access.desk import desk
from apps.access.login import Forbidden, LoggedOut, Login
from apps.wording import say
from schemas.municipality import municipality

WATCH_S: Final = 60


def guarded(name: str, run: Callable[[], None], titles: dict[str, str]) -> Callable[[], None]:
    """The page as Streamlit may run it. titles: of every page, by name."""

    def page() -> None:
        own = desk()
        st.html(lobby.styles("page.css", "access.css"))
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
        st.html(bar(login, name, paths.items()))
        st.fragment(_nothing, run_every=WATCH_S)()
        run()

    return page


def _nothing() -> None:
    """Asked for by the browser's timer, so that a page left alone learns that its session has ended."""


def bar(login: Login, here: str, pages: Iterable[tuple[str, tuple[str, str]]]) -> str:
    """The strip on top: pages, who is logged in and where, the way out. Pure."""
    links = "".join(
        f'<li><a href="{path}" target="_self"{" aria-current=page" if name == here else ""}>'
        f"{escape(title)}</a></li>"
        for name, (path, title) in pages
    )
    return (
        f'<nav class="work" lang="sv" aria-label="{say("work_views")}"><ul>{links}</ul>'
        f'<p><span>{whose(login)}</span> <a href="/utloggning" target="_self">{say("log_out")}</a></p></nav>'
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
