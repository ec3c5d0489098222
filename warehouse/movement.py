"""How far figures moved after they were first shown as complete: what gives *preliminär* its limit. Read from
the published layer; measured, never set by itself.

A limit that followed the measure would let a figure's state change by what was published before, and the same
events would no longer give the same figures. So the municipality sets it (`preliminary_days`), and this tells
how long it should be.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from typing import Any, Final, NamedTuple

from schemas.municipality import Municipality
from warehouse.causes import end_of
from warehouse.client import Warehouse
from warehouse.contracts import Contract
from warehouse.figures import text_of
from warehouse.published import run_number

DAYS: Final = (1, 7, 30)
SETTLED: Final = 0.01
"""A figure is settled where nine of ten move by no more than this from then on."""
FRESH: Final = timedelta(days=7)
"""A period first shown later than this after its end was imported: it tells nothing of how figures settle."""
DAY_MICROS: Final = 86_400_000_000


class Series(NamedTuple):
    """What was shown of one figure of one complete period: runs in order with their values, None where no
    number was shown; first: the run that first showed it complete; last: the newest run of the metric.
    """

    period: str
    runs: Sequence[int]
    values: Sequence[float | None]
    first: int
    last: int

    def after(self, days: int) -> float | None:
        """The value so many days after it was first shown complete; None where that is still to come."""
        at = self.first + days * DAY_MICROS
        place = bisect_right(self.runs, at)
        return self.values[place - 1] if place and at <= self.last else None


class Movement(NamedTuple):
    """How far the figures of one kind of period had moved after so many days, as shares of what was first
    shown. n: figures that have been followed so long and were numbers both times.
    """

    period: str
    after_days: int
    n: int
    median: float
    p90: float
    max: float


def movements(series: Iterable[Series]) -> list[Movement]:
    """By kind of period and days, of those that have any."""
    found: dict[tuple[str, int], list[float]] = {}
    for one in series:
        for days in DAYS:
            moved = moved_between(one, 0, days)
            if moved is not None:
                found.setdefault((one.period, days), []).append(moved)
    return [
        Movement(period, days, len(moved), median(moved), ninth(moved), max(moved))
        for (period, days), moved in sorted(found.items())
    ]


def settled_after(series: Iterable[Series]) -> dict[str, int | None]:
    """By kind of period the fewest days after which figures hardly move any more: what its limit should be.
    None where no figure has been followed for the longest time.
    """
    told = list(series)
    return {
        period: _settled([one for one in told if one.period == period])
        for period in sorted({one.period for one in told})
    }


def _settled(series: Sequence[Series]) -> int | None:
    longest = DAYS[-1]
    for days in (0, *DAYS):
        moved = [each for one in series if (each := moved_between(one, days, longest)) is not None]
        if not moved:
            return None
        if ninth(moved) <= SETTLED:
            return days
    return longest


def moved_between(series: Series, since: int, until: int) -> float | None:
    """The share by which the figure moved between so many days; what was 0 and is no more moved wholly."""
    was, is_now = series.after(since), series.after(until)
    if was is None or is_now is None:
        return None
    if was == is_now:
        return 0.0
    return abs(is_now - was) / abs(was) if was else 1.0


def ninth(moved: Sequence[float]) -> float:
    """The 90th percentile."""
    return quantiles(moved, n=10, method="inclusive")[-1] if len(moved) > 1 else moved[0]


def shown_series(warehouse: Warehouse, contract: Contract, place: Municipality) -> list[Series]:
    """Every figure of every period that was shown complete while it was fresh."""
    asked = {"municipality": place.code, "metric": contract.name, "audience": contract.audience}
    rows = warehouse.rows(_SHOWN, asked)
    ends = {
        (row["period"], row["period_on"]): end_of(row["period"], row["period_on"], place.zone) for row in rows
    }
    firsts = _firsts(warehouse, asked, ends) if ends else {}
    return [
        Series(row["period"], [run for run, _ in row["shown"]], [value for _, value in row["shown"]],
               *firsts[row["period"], row["period_on"]])
        for row in rows if (row["period"], row["period_on"]) in firsts
    ]  # fmt: skip


def _firsts(
    warehouse: Warehouse, asked: Mapping[str, Any], ends: Mapping[tuple[str, date], datetime]
) -> dict[tuple[str, date], tuple[int, int]]:
    """The run that first showed each period complete, and the newest run; of those shown while fresh."""
    instants = sorted(set(ends.values()))
    rows = warehouse.rows(_FIRSTS, {**asked, "ends": [text_of(end) for end in instants]})
    found = {row["until"]: (row["first"], row["last"]) for row in rows if row["first"]}
    return {
        about: found[end] for about, end in ends.items()
        if end in found and found[end][0] <= run_number(end + FRESH)
    }  # fmt: skip


_SHOWN: Final = """
SELECT period, period_on,
       arraySort(groupArray((run, if(state IN ('value', 'preliminary'), value, NULL)))) AS shown
FROM figures
WHERE municipality = {municipality:String} AND metric = {metric:String} AND audience = {audience:String}
  AND period != 'now'
GROUP BY grain, dimensions, period, period_on
"""
_FIRSTS: Final = """
SELECT until, minIf(run, as_of >= until) AS first, max(run) AS last
FROM publications
ARRAY JOIN {ends:Array(DateTime64(6, 'UTC'))} AS until
WHERE municipality = {municipality:String} AND metric = {metric:String} AND audience = {audience:String}
  AND state = 'published'
GROUP BY until
"""
