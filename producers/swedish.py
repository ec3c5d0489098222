"""Days and kronor as people write them in Swedish spreadsheets. Pure; what cannot be read is refused.

Day before month, always: 2/3 2026 is the second of March. A number in a cell of days is Excel's count.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from schemas.errors import BadEvent

FIRST: Final = date(1970, 1, 1)
LAST: Final = date(2069, 12, 31)
_EXCEL: Final = date(1899, 12, 30)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_FORMS: Final = tuple(map(re.compile, (
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T]00:00(?::00)?)?",
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    r"(?P<y>\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})",
    r"(?P<d>\d{1,2})/(?P<m>\d{1,2})[\s\-/']+(?P<y>\d{4}|\d{2})",
    r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.\s*(?P<y>\d{4}|\d{2})",
    r"(?:den )?(?P<d>\d{1,2})\.?[\s\-](?P<m>[a-zå]+)\.?[\s\-']+(?P<y>\d{4}|\d{2})",
)))  # fmt: skip
_PER_DAY: Final = r"(?:kr(?:onor)?|sek|:-)?\s*(?:/|per|om)?\s*(?:dygn|dag|d)?"
_AMOUNT: Final = re.compile(
    rf"(?P<sign>[-\u2212]?)(?P<whole>\d[\d\s.]*?)(?:,(?P<part>\d{{1,2}}))?\s*{_PER_DAY}\.?"
)


def day_of(value: Any) -> date:
    """A filled cell as a calendar day. BadEvent `bad_time` where it is none or not of our time."""
    found = _day(value)
    if found is None:
        raise BadEvent("bad_time", "", "Cellen är ingen dag. Skriv den som 2026-03-02.",
                       "The cell is no day. Write it as 2026-03-02.")  # fmt: skip
    if not FIRST <= found <= LAST:
        raise BadEvent(
            "bad_time",
            "",
            f"Året ska ligga mellan {FIRST.year} och {LAST.year}. Skriv 2026-03-02.",
            f"The year must be {FIRST.year} to {LAST.year}. Write 2026-03-02.",
        )
    return found


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float, Decimal)):
        return _counted(float(value))
    text = str(value).strip().lower()
    return _counted(float(text)) if re.fullmatch(r"\d{5}", text) else _written(text)


def _counted(number: float) -> date | None:
    """Excel's count of days, or 20260302 and 260302 that somebody typed as a number."""
    if not number.is_integer():
        return None
    if 20_000 < number < 80_000:
        return _EXCEL + timedelta(days=int(number))
    return _written(f"{int(number)}")


@lru_cache(maxsize=10_000)
def _written(text: str) -> date | None:
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    month = found["m"] if found["m"].isdigit() else _month(found["m"])
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    try:
        return date(year, int(month), int(found["d"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    """Number of a month by its first three letters, 0 where none begins so."""
    short = name[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def kronor_of(value: Any) -> float:
    """A filled cell as kronor: 347,70, 1 284, 6 450 kr, 6450:-. BadEvent `bad_value` where it is none."""
    if type(value) in (int, float, Decimal) and math.isfinite(value):
        return float(value)
    found = _AMOUNT.fullmatch(str(value).strip().lower())
    whole = re.sub(r"\s", "", found["whole"]) if found else ""
    if found is None or not _groups_hold(whole, found["part"]):
        raise BadEvent(
            "bad_value",
            "",
            "Cellen är inget belopp. Skriv kronor per dygn med siffror, som 6450.",
            "The cell is no amount. Write kronor per day in digits, as 6450.",
        )
    amount = float(whole if _is_decimal(whole) else whole.replace(".", "")) + float(f"0.{found['part'] or 0}")
    return -amount if found["sign"] else amount


def _is_decimal(whole: str) -> bool:
    """Whether the stop is a decimal one, as in 347.70; in 6.450 it parts thousands."""
    return re.fullmatch(r"\d+\.\d{1,2}", whole) is not None


def _groups_hold(whole: str, part: str | None) -> bool:
    if "." not in whole:
        return True
    return bool(re.fullmatch(r"\d{1,3}(?:\.\d{3})+", whole)) or (part is None and _is_decimal(whole))
