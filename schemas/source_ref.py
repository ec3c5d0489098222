"""Where in its source an event comes from, as a message header: `file.xlsx:17`. It helps a person to mend a
refused event, and is kept only when it holds no identity: what the hub stores passes the gate, headers too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from schemas.identity import find_identity_in_prose

HEADER: Final = "source_ref"
_SHAPE: Final = re.compile(r"[^\x00-\x1f\x7f:/\\]{1,120}:[0-9]{1,9}")


def make(file: str, line: int) -> str:
    """The reference to a line of a file, "" where its name may not be told."""
    told = f"{file}:{line}"
    return told if is_safe(told) else ""


def read(headers: Iterable[tuple[str, bytes | None]]) -> str:
    """The reference in a message's headers; "" where there is none, or none that may be kept."""
    for name, value in headers:
        if name == HEADER and value:
            told = value.decode(errors="replace")
            return told if is_safe(told) else ""
    return ""


def is_safe(told: str) -> bool:
    """Whether it is a file's name and a line, without anything that looks like an identity."""
    return bool(_SHAPE.fullmatch(told)) and _may_be_told(told.rpartition(":")[0])


@lru_cache(maxsize=1_000)
def _may_be_told(file: str) -> bool:
    return find_identity_in_prose(file) is None
