"""Style sheets of `kiosk/` for Streamlit pages, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

KIOSK: Final = Path(__file__).with_name("kiosk")


@lru_cache(maxsize=8)
def sheets(*names: str) -> str:
    """Style sheets as one element for `st.html`, the colours first."""
    texts = [(KIOSK / name).read_text(encoding="utf-8") for name in ("tokens.css", *names)]
    return f"<style>{''.join(texts)}</style>"
