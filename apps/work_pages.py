"""The work views as Streamlit pages. Run by Streamlit in the process that `apps/server.py` starts.

A new page is one line in `PAGES` and its entry in `apps/access/table.toml`; without the entry nothing starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from apps import access_report, engineer, work_start
from apps.access.guard import guarded
from apps.access.table import Table
from apps.wording import say
from apps.work import alarms, assistance, invoices, placements, staffing, unexecuted
from schemas.errors import Misconfigured

PAGES: Final[tuple[tuple[str, Callable[[], None]], ...]] = (
    ("start", lambda: work_start.page(name for name, _ in PAGES[1:])),
    ("teknik", engineer.page),
    ("placeringar", placements.page),
    ("fakturor", invoices.page),
    ("larm", alarms.page),
    ("assistans", assistance.page),
    ("bemanning", staffing.page),
    ("ej-verkstallda", unexecuted.page),
    ("lasningar", access_report.page),
)
"""Name in the table of access, and what Streamlit runs. The title is the word `w_<name>`."""


def paths(table: Table) -> tuple[str, ...]:
    """Addresses of the pages. Raises Misconfigured for a page that the table of access does not know."""
    if unknown := [name for name, _ in PAGES if name not in table.pages]:
        raise Misconfigured(f"apps/access/table.toml has no entry for the page {', '.join(unknown)}")
    return tuple(table.pages[name].path for name, _ in PAGES)


def main() -> None:
    """Run the page that was asked for."""
    titles = {name: say("w_" + name) for name, _ in PAGES}
    pages = [
        st.Page(
            guarded(name, run, titles),
            title=f"{titles[name]} · Kommunpuls",
            url_path=name,
            default=name == "start",
        )
        for name, run in PAGES
    ]
    st.navigation(pages, position="hidden").run()


if __name__ == "__main__":
    main()
