"""Calendar quarters of local days: their names, ends, and the last day of what is due after them. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from schemas.calendar import later_period, midnight, period_start
from schemas.errors import Misconfigured

_FORM: Final = re.compile(r"([12][0-9]{3})[Qq]([1-4])")


class Quarter(NamedTuple):
    """A calendar quarter of local days."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def until(self) -> date:
        """The day after its last."""
        return later_period("quarter", self.first)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until - timedelta(days=1)

    @property
    def due(self) -> date:
        """The last day to deliver its report by our own limit: the next quarter's (LC7)."""
        return later_period("quarter", self.until) - timedelta(days=1)

    @property
    def name(self) -> str:
        """`2026Q3`."""
        return f"{self.year}Q{self.number}"

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first instant, and the one after its last."""
        return midnight(self.first, zone), midnight(self.until, zone)

    def is_over(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether its last day has passed."""
        return now >= midnight(self.until, zone)


def quarter(text: str) -> Quarter:
    """The quarter of `2026Q3`. Misconfigured for anything else."""
    found = _FORM.fullmatch(text)
    if not found:
        raise Misconfigured(
            f"{text!r} är inget kvartal, skriv som 2026Q3 ({text!r} is no quarter: write it as 2026Q3)"
        )
    return Quarter(int(found[1]), int(found[2]))


def quarter_of(day: date) -> Quarter:
    """The quarter that the day lies in."""
    first = period_start("quarter", day)
    return Quarter(first.year, (first.month + 2) // 3)


def quarters_before(day: date, count: int) -> tuple[Quarter, ...]:
    """The last quarters that are over on this day, newest first."""
    now = period_start("quarter", day)
    return tuple(quarter_of(later_period("quarter", now, -back)) for back in range(1, count + 1))
