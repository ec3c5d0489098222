"""What a visitor sees when a page's script fails: calm Swedish. The traceback is the log's.

Before a wall the shell has the word: it keeps the last good picture and tells how old it is.
"""

from __future__ import annotations

import logging

import streamlit as st

from apps import start, styles
from apps.access import guard
from apps.access.login import Forbidden, LoggedOut
from apps.wording import say

log = logging.getLogger(__name__)


def show(error: Exception) -> bool:
    """Streamlit's handler for a failed script, called in the script's own place; True: show nothing else."""
    st.html(styles.sheets("page.css"))
    if isinstance(error, LoggedOut | Forbidden):
        st.html(guard.no(error))
        return True
    log.error("a page failed", exc_info=error)
    st.html(content())
    return True


def content() -> str:
    """The page as HTML; pure."""
    return (
        f'<article class="page" lang="sv"><header><h1>{say("failed")}</h1>'
        f'<p class="lead">{say("failed_say")}</p></header><footer>{start.again()}</footer></article>'
    )
