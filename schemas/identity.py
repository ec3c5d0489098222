"""The identity gate: finds personal identity numbers, coordination numbers, e-mail and telephone in a string.

Pure. A hit says what kind it was, never the text itself. Calendar and check digit must hold, so that ordinary
codes pass: of random twelve-digit numbers one in 4,400 is somebody's by form, and nobody can tell.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final
from urllib.parse import unquote

_DASH: Final = "\u00ad\u2010-\u2015\u2212\u2043\u30fb\ufe58\ufe63-"
_NUMBER: Final = re.compile(
    rf"(?<![0-9])(?=(?P<century>18|19|20)?(?P<year>\d\d)(?P<gap>[ ._/{_DASH}]?)(?P<month>\d\d)(?P=gap)"
    rf"(?P<day>\d\d)[ ._/+{_DASH}]{{0,3}}(?P<tail>\d{{4}})(?![0-9]|-\d\d-\d\d(?![0-9])))"
)
_AT: Final = re.compile(r"@|[\[({](?:at|snabel-?a)[\])}]", re.I)
_EMAIL: Final = re.compile(
    r"[\w.%+-] ?(?:@|[\[({](?:at|snabel-?a)[\])}]) ?[^\W_](?:[\w-]{0,62}[^\W_])?(?:\.[\w-]{1,63}){0,8}"
    r"\.[^\W\d_]{2,}",
    re.I,
)
"""One letter before the sign is enough, and a domain's parts are bounded: a long text takes no long time."""
_PART: Final = rf"[ ._/{_DASH}]?"
_DIALLED: Final = re.compile(
    rf"(?<![0-9.])(?:(?:\+|00) ?46|0){_PART}(?:\(0\))?{_PART}[1-9](?:{_PART}\d){{6,8}}(?![0-9])"
    rf"|\+[1-9](?:{_PART}\d){{7,14}}(?![0-9])|(?<![0-9.])\(0\d{{1,3}}\)(?:{_PART}\d){{5,8}}(?![0-9])"
)
_MOBILE: Final = re.compile(r"(?:0046|0)7[02369]\d{7}")
_OF_YEAR: Final = re.compile(r"(?:19|20)\d\d-\Z")
_GOES_ON: Final = re.compile(r"[-/.]\d")
_DAY_FIRST: Final = re.compile(r"0\d[-/.][01]\d[-/. ](?:19|20)\d\d")
_BROKEN: Final = re.compile(rf"(?<=[0-9])[ ._/{_DASH}]{{1,4}}(?=[0-9])")
_DAY: Final = re.compile(
    r"(?<![0-9])(?:19|20)\d\d-[01]\d-[0-3]\d(?![0-9])"
    rf"(?![ ._/{_DASH}]{{1,4}}(?:\d{{4}}|\d\d[ -]\d\d)(?![0-9]|-\d\d-))"
)
"""A day that no four digits follow, as notes tell it: `2026-03-02 08.00`, `2026-03-02 4 658 besök`."""
_MACHINE: Final = re.compile(
    r"(?<![0-9A-Za-z-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z-])"
    r"|(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{24,}(?![0-9A-Za-z])"
)
"""Ids of events and hashes, also within a whole message: digits of one may look like anything."""
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_ENCODED: Final = re.compile("%[0-9A-Fa-f]{2}")


def find_identity(text: str) -> str | None:
    """Kind of identity that the text holds: `personal_identity_number`, `email`, `telephone`, or None."""
    if not text.isascii() or "%" in text:
        text = _plain(text)
    if len(text) >= 24:
        text = _MACHINE.sub(" ", text)
    if holds_number(text):
        return "personal_identity_number"
    if _AT.search(text) and _EMAIL.search(text):
        return "email"
    if any(map(_looks_dialled, _DIALLED.finditer(text))):
        return "telephone"
    return None


def holds_number(text: str) -> bool:
    """Whether a plain text holds a personal identity number or coordination number."""
    return any(map(_is_personal_number, _NUMBER.finditer(text)))


def find_identity_in_prose(text: str) -> str | None:
    """The same in free text, where people break a number up: `19 12 12 12 - 1212`. Blanks and dashes between
    digits do not count, but those after a day that a number cannot begin with.
    """
    return find_identity(text) or find_identity(_BROKEN.sub("", _DAY.sub(" ", _MACHINE.sub(" ", text))))


def _plain(text: str) -> str:
    """Without what hides: escapes of an address (also escaped twice), other scripts' digits, broad letters,
    signs that nobody sees.
    """
    for _ in range(3):
        if not _ENCODED.search(text):
            break
        text = unquote(text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def _is_personal_number(match: re.Match[str]) -> bool:
    six = match["year"] + match["month"] + match["day"]
    return _is_birth_day(match["century"], six) and _check_digit_holds(six + match["tail"])


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


def _looks_dialled(match: re.Match[str]) -> bool:
    """A run of digits alone is a code, but for a mobile's; with +, brackets, or a mark after the area it is a
    telephone. `02-03-2026` is a day, `2026-02-11 4 594` one with a count, `0180-2026-00123` a matter.
    """
    text = match.group()
    if text.startswith(("+", "(")):
        return True
    if _OF_YEAR.search(match.string, 0, match.start()) or _DAY_FIRST.fullmatch(text):
        return False
    digits = re.sub(r"\D", "", text)
    if digits == text or digits.startswith("07"):
        return _MOBILE.fullmatch(digits) is not None
    if digits.startswith("0046"):
        return True
    return not _GOES_ON.match(match.string, match.end()) and any(mark in text[2:5] for mark in "-/")
