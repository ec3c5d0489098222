"""The public screens as Streamlit pages. Run by Streamlit in the process that `apps/server.py` starts."""

from __future__ import annotations

import streamlit as st

from apps import catalogue, committee, start, walls

st.navigation(
    [
        st.Page(start.page, title="Kommunpuls", url_path="start", default=True),
        st.Page(catalogue.page, title="Mått", url_path="katalog"),
        st.Page(committee.page, title="Nämnden · Kommunpuls", url_path="namnd"),
        st.Page(walls.page, title="Kommunpuls", url_path="skarm"),
    ],
    position="hidden",
).run()
