"""The identity gate: finds personal identity numbers, coordination numbers, e-mail and telephone in a string.

Pure. A hit says what kind it was, never the text itself. Token-bounded and with check digit, so that
ordinary codes pass.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?P<century>18|19|20)?(?P<day>\d{6})(?P<sign>[-+_\u2010-\u2015\u2212 ]?)(?P<tail>\d{4})"
    r"(?![0-9A-Za-z])"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+46|0046|0)[ _-]?(?:\(0\))?[ _-]?[1-9](?:[ _-]?\d){6,9}(?![0-9A-Za-z])"
)
_BROKEN = re.compile(r"(?<=[0-9])[ ._/\u2010-\u2015\u2212-]{1,4}(?=[0-9])")
_UUID = re.compile(r"(?<![0-9A-Za-z-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z-])")
"""Ids of events, also within a whole message: digits of one may look dialled."""


def find_identity(text: str) -> str | None:
    """Kind of identity that the text holds: `personal_identity_number`, `email`, `telephone`, or None."""
    if len(text) >= 36:
        text = _UUID.sub(" ", text)
    if any(_is_personal_number(match) for match in _NUMBER.finditer(text)):
        return "personal_identity_number"
    if "@" in text and _EMAIL.search(text):
        return "email"
    if any(_looks_dialled(match.group()) for match in _PHONE.finditer(text)):
        return "telephone"
    return None


def find_identity_in_prose(text: str) -> str | None:
    """The same in free text, where people break a number up: `19 12 12 12 - 1212`. Blanks and dashes between
    digits do not count.
    """
    return find_identity(text) or find_identity(_BROKEN.sub("", text))


MASK: Final = "▇▇▇"


def mask(text: str) -> str:
    """The text with everything that is like an identity masked. Stricter than the gate: a birth day with four
    digits after a sign is masked whatever its check digit, as somebody may have mistyped it.
    """
    if len(text) >= 36 and _UUID.search(text):
        parts, ids = _UUID.split(text), _UUID.findall(text)
        return "".join(_masked(part) + found for part, found in zip(parts, [*ids, ""], strict=True))
    return _masked(text)


def _masked(text: str) -> str:
    text = _NUMBER.sub(lambda match: MASK if _is_like_a_number(match) else match.group(), text)
    text = _EMAIL.sub(MASK, text) if "@" in text else text
    return _PHONE.sub(lambda match: MASK if _looks_dialled(match.group()) else match.group(), text)


def _is_like_a_number(match: re.Match[str]) -> bool:
    return _is_personal_number(match) or (
        match["sign"] in ("-", "+") and _is_birth_day(match["century"], match["day"])
    )


def _is_personal_number(match: re.Match[str]) -> bool:
    digits = match["day"] + match["tail"]
    return _is_birth_day(match["century"], match["day"]) and _check_digit_holds(digits)


def _is_birth_day(century: str | None, day: str) -> bool:
    year, month, number = int(day[:2]), int(day[2:4]), int(day[4:])
    number = number - 60 if number > 60 else number
    return any(
        _is_date(int(c) * 100 + year, month, number) for c in ([century] if century else ["18", "19", "20"])
    )


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_digit_holds(ten: str) -> bool:
    """Luhn's algorithm over the ten digits, as the tax agency computes it."""
    total = 0
    for index, character in enumerate(ten):
        product = int(character) * (2 if index % 2 == 0 else 1)
        total += product - 9 if product > 9 else product
    return total % 10 == 0


def _looks_dialled(text: str) -> bool:
    """A run of digits alone is a code; with +46, 0046, a mobile prefix or a dash after the area it is a
    telephone.
    """
    return text.startswith(("+46", "0046", "07")) or "-" in text[2:5]
