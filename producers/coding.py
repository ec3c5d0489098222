"""Codes for what may be told by code only: a provider's code stays, its name becomes a code by the key."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Final

import msgspec

from producers.pseudonym import Pseudonymiser
from schemas.envelope import Fact

CODE: Final = re.compile(r"[A-ZÅÄÖ]{1,3}-?\d{1,5}")
LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
"""A made code has no digits: X-07312345 would be refused as somebody's telephone."""


def coded(fact: Fact, fields: tuple[str, ...], secret: Callable[[], Pseudonymiser]) -> Fact:
    """The fact with codes in the source's `CODED` fields. `secret` gives the key, where one is needed."""
    texts = {name: getattr(fact, name, None) for name in fields}
    codes = {
        name: code_of(text, name, secret()) for name, text in texts.items() if text and isinstance(text, str)
    }
    return msgspec.structs.replace(fact, **codes) if codes else fact


def code_of(text: str, kind: str, secret: Pseudonymiser) -> str:
    """B112 and b 112 are B112; a name gives a code like X-jfpcidha, always the same while the key lives."""
    short = re.sub(r"\s", "", text).upper()
    if CODE.fullmatch(short):
        return short
    name = " ".join(text.lower().split())
    return "X-" + sha256(secret.of(kind, name).encode()).hexdigest()[:8].translate(LETTERS)
