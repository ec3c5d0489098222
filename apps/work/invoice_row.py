"""One line of an invoice beside what the hub computes: what each cell says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work.row import short

LOOKS: Final = {"open": "attention", "disputed": "serious", "accepted": "good", "credited": "good"}
SMALL: Final = 0.005


@dataclass(frozen=True)
class Line:
    """A line as `warehouse/invoiced.py` gives it. computed_* and *_off None: cannot be computed."""

    key: str
    placement_key: str
    is_placed: bool
    is_hidden: bool
    provider: str
    from_on: date
    last_on: date
    days: float
    daily_kr: float
    amount_kr: float
    verdict: str
    credited_kr: float
    booked_kr: float | None
    computed_days: float | None
    computed_daily_kr: float | None
    computed_kr: float | None
    days_off: float | None
    daily_kr_off: float | None
    kr_off: float | None
    is_off: bool

    @property
    def short(self) -> str:
        """`F-7F3A2C`, what people call the line."""
        return "F-" + self.key[:6]

    @property
    def placement(self) -> str:
        """What people call its placement."""
        return short(self.placement_key)


def read(row: Mapping[str, Any]) -> Line:
    """The line that the query gave."""
    return Line(**{f.name: row[f.name] for f in fields(Line)})


def period(line: Line) -> str:
    """`1–31 okt 2026`, `15 sep – 14 okt 2026`."""
    last = f"{wording.short_day(line.last_on)} {line.last_on.year}"
    if (line.from_on.year, line.from_on.month) == (line.last_on.year, line.last_on.month):
        return last if line.from_on == line.last_on else f"{line.from_on.day}–{last}"
    first = wording.short_day(line.from_on)
    return f"{first if line.from_on.year == line.last_on.year else f'{first} {line.from_on.year}'} – {last}"


def amount(value: float | None, decimals: int = 2) -> str:
    """`193 500`, `347,70`; `saknas` where it cannot be computed."""
    if value is None:
        return say("missing")
    return wording.number(value, 0 if abs(value - round(value)) < SMALL else decimals)


def off(value: float | None, decimals: int = 2) -> str:
    """`+2`, `−3 100`, `0`; a dash where there is nothing to compare with."""
    if value is None:
        return "–"
    text = amount(value, decimals)
    return "+" + text if value > 0 and text != "0" else text


def status(line: Line) -> tuple[str, str]:
    """The look and the words of how far the review has come."""
    words = term(terms.VERDICTS, line.verdict)
    if line.verdict == "credited":
        words = say("credited_kr", kr=amount(line.credited_kr))
    return LOOKS.get(line.verdict, ""), wording.capital(words)
