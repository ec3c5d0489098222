"""Files as they are or gzipped, and what is said of one that is damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

from producers.text import Packed
from schemas.errors import BadEvent


def opened(path: Path) -> Packed:
    """The file's bytes; gzip is found by its mark, not by its name."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def unreadable(error: Exception) -> BadEvent:
    """The file cannot be read at all."""
    name = type(error).__name__
    return BadEvent("no_rows", "", f"Filen kan inte läsas ({name}).", f"The file cannot be read ({name}).")


def broken() -> BadEvent:
    """The file ends here, too early."""
    return BadEvent(
        "bad_value", "", "Filen är avklippt eller skadad här.", "The file is cut off or damaged here."
    )
