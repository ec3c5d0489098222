"""The public screens as Streamlit pages. Run by Streamlit in the process that `apps/server.py` starts."""

from __future__ import annotations

import streamlit as st

from apps import catalogue, lobby, start

st.navigation(
    [
        st.Page(start.page, title="Kommunpuls", url_path="start", default=True),
        st.Page(catalogue.page, title="Mått", url_path="katalog"),
        st.Page(lobby.page, title="Kommunpuls", url_path="skarm"),
    ],
    position="hidden",
).run()
