"""The start page of the work views: what this login may open."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from apps.access.desk import desk
from apps.wording import say


def page(names: Iterable[str]) -> None:
    """The page. names: of the pages that there are."""
    own = desk()
    roles = own.login(st.context.cookies).roles
    st.html(content((own.table.pages[name].path, name) for name in names if own.table.opens(roles, name)))


def content(pages: Iterable[tuple[str, str]]) -> str:
    """Links to these pages, (path, name), as HTML; pure."""
    links = "".join(
        f'<section class="town"><h3><a href="{escape(path)}" target="_self">{say("w_" + name)}</a></h3>'
        f"<p>{say(f'w_{name}_say')}</p></section>"
        for path, name in pages
    )
    nothing = f'<p class="none">{say("work_nothing")}</p>'
    return (
        f'<article class="page" lang="sv"><header><h1>{say("work_views")}</h1>'
        f'<p class="lead">{say("work_lead")}</p></header><section class="open">{links or nothing}</section>'
        "</article>"
    )
