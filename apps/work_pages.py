"""The work views as Streamlit pages. Run by Streamlit in the process that `apps/server.py` starts."""

from __future__ import annotations

import streamlit as st

from apps import engineer

st.navigation(
    [
        st.Page(engineer.page, title="Navets hälsa · Kommunpuls", url_path="start", default=True),
        st.Page(engineer.page_by_name, title="Navets hälsa · Kommunpuls", url_path="teknik"),
    ],
    position="hidden",
).run()
