"""Swedish personal identity numbers: one spelling, day of birth and legal sex. Pure; the sender's side only.

Ten or twelve digits, `-` or `+` (from the year in which somebody turns 100), coordination numbers (day + 60).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from schemas.codes import AgeBand, Sex
from schemas.errors import BadEvent

_FORM: Final = re.compile(r"(?P<century>18|19|20)?(?P<day>\d{6})(?P<sign>[-+]?)(?P<tail>\d{4})")
_BANDS: Final[tuple[tuple[int, AgeBand], ...]] = (
    (6, "0-6"), (12, "7-12"), (17, "13-17"), (20, "18-20"), (29, "21-29"), (64, "30-64"), (79, "65-79"),
)  # fmt: skip


class PersonalNumber(NamedTuple):
    """A number that holds: twelve digits, the day of birth that they tell, and the sex."""

    digits: str
    born_on: date
    sex: Sex


def personal_number(text: str, on: date) -> PersonalNumber:
    """The number as of a day, by which the century of ten digits is told.

    BadEvent `bad_value` where it is none or its check digit is wrong; the number is never told.
    """
    found = _FORM.fullmatch(re.sub(r"[\s\u2010-\u2015\u2212]", lambda m: "" if m[0].isspace() else "-", text))
    if found is None:
        raise _bad("tio eller tolv siffror, som ÅÅÅÅMMDD-NNNN. Ett reservnummer skrivs inte här: lämna tomt",
                   "ten or twelve digits, as YYYYMMDD-NNNN. Leave a reserve number out")  # fmt: skip
    born = _born(found, on)
    if born is None:
        raise _bad("en dag som finns, i de sex siffrorna före strecket", "a real day in the first six digits")
    ten = found["day"] + found["tail"]
    if not _check_digit_holds(ten):
        raise _bad("rätt kontrollsiffra; någon siffra är fel", "the right check digit; some digit is wrong")
    century = f"{born.year // 100}"
    return PersonalNumber(century + ten, born, "man" if int(ten[8]) % 2 else "woman")


def _bad(sv: str, en: str) -> BadEvent:
    return BadEvent("bad_value", "", f"Ett personnummer ska ha {sv}.", f"A personal number must have {en}.")


def _born(found: re.Match[str], on: date) -> date | None:
    day = found["day"]
    if found["century"]:
        return _date(int(found["century"] + day[:2]), day)
    year = on.year - (on.year - int(day[:2])) % 100 - (100 if found["sign"] == "+" else 0)
    born = _date(year, day)
    return _date(year - 100, day) if born is not None and born > on else born


def _date(year: int, day: str) -> date | None:
    number = int(day[4:])
    try:
        return date(year, int(day[2:4]), number - 60 if number > 60 else number)
    except ValueError:
        return None


def _check_digit_holds(ten: str) -> bool:
    return sum(sum(divmod(int(digit) * (2 - n % 2), 10)) for n, digit in enumerate(ten)) % 10 == 0


def age_on(born: date, day: date) -> int:
    """Age in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band(age: int) -> AgeBand:
    """The age band of an age in whole years."""
    return next((name for last, name in _BANDS if age <= last), "80+")
