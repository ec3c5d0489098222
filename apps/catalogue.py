import streamlit as st


def page() -> None:
    st.html("<h1>Kommunpuls</h1>")
