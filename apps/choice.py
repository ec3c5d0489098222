"""What a reader of a committee page has chosen: all in the address, so that it can be linked and printed.
Pure.

`?kommun=9999&sida=placeringar&period=2026K3&jamfor=ar&visa=personer&dela=sex`; a month is
`period=2026-09`, a week `period=2026V47`; `visat=2026-03-12` is the page as it was shown when that day ended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal
from urllib.parse import urlencode

from apps import wording
from apps.wording import say
from schemas.calendar import EARLIEST, PERIODS, later_period, period_start, year_before

Kind = Literal["week", "month", "quarter", "year"]
COMPARE: Final = {"ar": "compare_year", "forra": "compare_before", "nej": "compare_none"}
SHOW: Final = {"personer": "show_persons", "placeringar": "show_placements"}
SPLITS: Final = ("sex", "target_group", "care_form", "tender_area")
DAY: Final = timedelta(days=1)
_PERIOD: Final = re.compile(r"(\d{4})(?:V([0-5]\d)|K([1-4])|-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, order=True)
class Period:
    """An ISO week, a month, a quarter or a year, by its first day."""

    first: date
    kind: Kind

    @property
    def code(self) -> str:
        """As in the address: `2026V47`, `2026-09`, `2026K3`, `2026`."""
        if self.kind == "week":
            return f"{self.first:%GV%V}"
        if self.kind == "quarter":
            return f"{self.first.year}K{self.quarter}"
        return f"{self.first:%Y-%m}" if self.kind == "month" else str(self.first.year)

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
        if compare == "ar":
            return replace(self, first=year_before(self.kind, self.first))
        return replace(self, first=later_period(self.kind, self.first, -1))

    def within(self, kind: Kind, today: date) -> Period:
        """The year that it lies in; its last month or week, of those that have begun."""
        day = self.first if kind == "year" else max(self.first, min(self.until - DAY, today))
        return Period(period_start(kind, day), kind)

    @property
    def words(self) -> str:
        """`vecka 47 2026`, `september 2026`, `tredje kvartalet 2026`, `2026`."""
        if self.kind == "week":
            return wording.whole_week(self.first)
        if self.kind == "quarter":
            return say(f"quarter_{self.quarter}", year=self.first.year)
        return wording.month(self.first) if self.kind == "month" else str(self.first.year)

    @property
    def at(self) -> str:
        """`vecka 47 2026`, `i september 2026`, `tredje kvartalet 2026`, `år 2026`: when something was so."""
        return say("at_" + self.kind, period=self.words)

    @property
    def short(self) -> str:
        """`v. 47, 2026`, `sep 2026`, `kvartal 3, 2026`, where there is little room."""
        if self.kind == "week":
            return wording.week(self.first)
        if self.kind == "quarter":
            return say("quarter_short", n=self.quarter, year=self.first.year)
        return wording.short_month(self.first) if self.kind == "month" else str(self.first.year)


def period_of(code: str) -> Period | None:
    """The period of a code in the address, None where it is none."""
    found = _PERIOD.fullmatch(code)
    if not found or not 1900 <= int(found[1]) <= 2298:
        return None
    year, week, quarter, month = int(found[1]), found[2], found[3], found[4]
    if week:
        return _week(year, int(week))
    if quarter:
        return Period(date(year, int(quarter) * 3 - 2, 1), "quarter")
    return Period(date(year, int(month), 1), "month") if month else Period(date(year, 1, 1), "year")


def _week(year: int, number: int) -> Period | None:
    """None where the year has no such week."""
    try:
        return Period(date.fromisocalendar(year, number, 1), "week")
    except ValueError:
        return None


@dataclass(frozen=True)
class Choice:
    """Period, comparison, what is counted and how it is split; and as the page was shown when which day
    ended, None for today's figures.
    """

    period: Period
    compare: str = "ar"
    show: str = "personer"
    split: str = "sex"
    shown_on: date | None = None

    @property
    def against(self) -> Period | None:
        """What the period is compared with."""
        return self.period.before(self.compare)

    def query(self, code: str, board: str) -> str:
        """The address of this choice."""
        return "/namnd?" + urlencode({
            "kommun": code, "sida": board, "period": self.period.code, "jamfor": self.compare,
            "visa": self.show, "dela": self.split,
        } | ({"visat": self.shown_on.isoformat()} if self.shown_on else {}))  # fmt: skip


def chosen(asked: Mapping[str, str], there: Sequence[Period], today: date) -> Choice:
    """The choice that an address asks for; what it does not say, or says wrongly, is the usual: the last
    one that is over of the shortest kind that there is, else the one that goes on. `there`: periods with
    figures, oldest first of each kind, not empty. A day to come, and today, is no day that was shown.
    """
    shown_on = day_of(asked.get("visat", ""), today)
    begun = [period for period in there if shown_on is None or period.first <= shown_on] or there
    period = period_of(asked.get("period", ""))
    return Choice(
        period if period and period in begun else _usual(begun, shown_on or today),
        _known(asked.get("jamfor", ""), COMPARE, "ar"),
        _known(asked.get("visa", ""), SHOW, "personer"),
        _known(asked.get("dela", ""), SPLITS, "sex"),
        shown_on,
    )


def day_of(text: str, today: date) -> date | None:
    """The day of an address that lies before today, None where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST.date() <= day < today else None


def _usual(there: Sequence[Period], today: date) -> Period:
    kind = min((period.kind for period in there), key=PERIODS.index)
    shortest = [period for period in there if period.kind == kind]
    over = [period for period in shortest if period.until <= today]
    return (over or shortest)[-1]


def _known(said: str, allowed: Mapping[str, str] | Sequence[str], usual: str) -> str:
    return said if said in allowed else usual
