"""The work views as Streamlit pages. Run by Streamlit in the process that `apps/server.py` starts.

A new page is one line in `PAGES` and its entry in `apps/access/table.toml`; without the entry nothing starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from apps import engineer

PAGES: Final[tuple[tuple[str, str, Callable[[], None]], ...]] = (
    ("start", "Navets hälsa", engineer.page),
    ("teknik", "Navets hälsa", engineer.page_by_name),
)
"""Name in the table of access, title, and what Streamlit runs."""


def main() -> None:
    """Run the page that was asked for."""
    pages = [
        st.Page(run, title=f"{title} · Kommunpuls", url_path=name, default=name == "start")
        for name, title, run in PAGES
    ]
    st.navigation(pages, position="hidden").run()


if __name__ == "__main__":
    main()
