"""Whether the model municipality belongs into this hub, remembered in `<home>/content`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

_FILLING: Final = "filling"  # begun and perhaps cut short; filling again adds only what is missing
_FILLED: Final = "filled"
_OTHER: Final = "other"  # the hub held something when we first looked, and the model stays out of it


def fill_once(home: Path, is_empty: Callable[[], bool], fill: Callable[[], object]) -> bool:
    """Fill an empty hub, once, and return whether the model municipality is in it."""
    note = home / "content"
    if not note.exists():
        note.write_text(_FILLING if is_empty() else _OTHER)
    if note.read_text() == _FILLING:
        fill()
        note.write_text(_FILLED)
    return note.read_text() == _FILLED
