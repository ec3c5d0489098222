"""Patience with parts that are still starting."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from schemas.errors import Unavailable

PATIENCE_S: Final = 90


def until_available(work: Callable[[], object], patience_s: float = PATIENCE_S, pause_s: float = 0.2) -> None:
    """Do the work again until it does not raise Unavailable; the last one is raised when patience ends."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            work()
        except Unavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(pause_s)
        else:
            return
