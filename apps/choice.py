"""What a reader of a committee page has chosen: all in the address, so that it can be linked and printed.
Pure.

`?kommun=9999&sida=placeringar&period=2026K3&jamfor=ar&visa=personer&dela=sex`
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal
from urllib.parse import urlencode

from apps.wording import say
from schemas.calendar import later_period

Kind = Literal["quarter", "year"]
COMPARE: Final = {"ar": "compare_year", "forra": "compare_before", "nej": "compare_none"}
SHOW: Final = {"personer": "show_persons", "placeringar": "show_placements"}
SPLITS: Final = ("sex", "target_group", "care_form", "tender_area")
_PERIOD: Final = re.compile(r"(\d{4})(?:K([1-4]))?")


@dataclass(frozen=True, order=True)
class Period:
    """A quarter or a year, by its first day."""

    first: date
    kind: Kind

    @property
    def code(self) -> str:
        """As in the address: `2026K3`, `2026`."""
        if self.kind == "year":
            return str(self.first.year)
        return f"{self.first.year}K{self.quarter}"

    @property
    def quarter(self) -> int:
        """1 to 4."""
        return (self.first.month + 2) // 3

    @property
    def until(self) -> date:
        """The day after its last."""
        return later_period(self.kind, self.first)

    def before(self, compare: str) -> Period | None:
        """The period that it is compared with: a year earlier, the one before, or none."""
        if compare == "nej":
            return None
        back = 4 if compare == "ar" and self.kind == "quarter" else 1
        return replace(self, first=later_period(self.kind, self.first, -back))

    @property
    def words(self) -> str:
        """`tredje kvartalet 2026`, `2026`."""
        if self.kind == "year":
            return str(self.first.year)
        return say(f"quarter_{self.quarter}", year=self.first.year)

    @property
    def short(self) -> str:
        """`kvartal 3, 2026`, where there is little room."""
        return str(self.first.year) if self.kind == "year" else say("quarter_short", n=self.quarter,
                                                                   year=self.first.year)  # fmt: skip


def period_of(code: str) -> Period | None:
    """The period of a code in the address, None where it is none."""
    found = _PERIOD.fullmatch(code)
    if not found or not 1900 <= int(found[1]) <= 2298:
        return None
    if found[2]:
        return Period(date(int(found[1]), int(found[2]) * 3 - 2, 1), "quarter")
    return Period(date(int(found[1]), 1, 1), "year")


@dataclass(frozen=True)
class Choice:
    """Period, comparison, what is counted and how it is split."""

    period: Period
    compare: str = "ar"
    show: str = "personer"
    split: str = "sex"

    @property
    def against(self) -> Period | None:
        """What the period is compared with."""
        return self.period.before(self.compare)

    def query(self, code: str, board: str) -> str:
        """The address of this choice."""
        return "/namnd?" + urlencode({
            "kommun": code, "sida": board, "period": self.period.code, "jamfor": self.compare,
            "visa": self.show, "dela": self.split,
        })  # fmt: skip


def chosen(asked: Mapping[str, str], there: Sequence[Period], today: date) -> Choice:
    """The choice that an address asks for; what it does not say, or says wrongly, is the usual: the last
    quarter that is over, else the one that goes on. `there`: periods with figures, oldest first, not empty.
    """
    period = period_of(asked.get("period", ""))
    return Choice(
        period if period and period in there else _usual(there, today),
        _known(asked.get("jamfor", ""), COMPARE, "ar"),
        _known(asked.get("visa", ""), SHOW, "personer"),
        _known(asked.get("dela", ""), SPLITS, "sex"),
    )


def _usual(there: Sequence[Period], today: date) -> Period:
    quarters = [period for period in there if period.kind == "quarter"]
    over = [period for period in quarters if period.until <= today]
    return (over or quarters or there)[-1]


def _known(said: str, allowed: Mapping[str, str] | Sequence[str], usual: str) -> str:
    return said if said in allowed else usual
