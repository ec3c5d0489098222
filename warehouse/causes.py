"""Why a published figure is another than it was: the metric's version, its mask, or what was told meanwhile.
Pure.

Counts of events are told to the nearest five, and one to four of them as "fewer than five": neither they nor
the difference between two periods' counts reveal a single event (domain 7.10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from schemas.calendar import later_period, midnight
from warehouse.privacy import Cell

Cause = Literal["version", "mask", "events"]
Period = tuple[str, date]
"""A kind of period and its first day."""
STEP: Final = 5


class Told(NamedTuple):
    """Events told between two runs, by the first local day that they tell of: corrected ones (retractions
    are among them) and those that were never told of before.
    """

    corrected: Mapping[date, int]
    late: Mapping[date, int]


class Revision(NamedTuple):
    """What changed the figures of one complete period in one run; columns of table `revisions`. Counts of
    events are as `hidden` leaves them. from_version: 0 where the version is the same.
    """

    period: str
    period_on: date
    from_version: int
    masked: int
    moved: int
    corrections: int | None
    late: int | None


class Change(NamedTuple):
    """A figure before and after a run; None where it was or is not shown."""

    before: Cell | None
    after: Cell | None


def end_of(period: str, first: date, tz: ZoneInfo) -> datetime:
    """The instant when a period is over."""
    until = first + timedelta(days=1) if period == "day" else later_period(period, first)
    return midnight(until, tz)


def cause_of(change: Change, versions: tuple[int, int]) -> Cause | None:
    """Why the figure is another; None where a reader sees the same. versions: of the metric, before and
    after.
    """
    before, after = (_seen(cell) for cell in change)
    if before == after:
        return None
    if versions[0] != versions[1]:
        return "version"
    hidden = [cell is not None and cell.state == "suppressed" for cell in change]
    return "mask" if any(hidden) and None not in change else "events"


def _seen(cell: Cell | None) -> tuple[object, ...] | None:
    """What a reader sees of it. A band around a value is not the figure; bounds without a value are."""
    if cell is None or cell.state == "not_applicable":
        return None
    return (cell.state, cell.value) if cell.value is not None else (cell.state, cell.lower, cell.upper)


def revised_periods(
    changes: Iterable[tuple[Period, Change]], versions: tuple[int, int]
) -> dict[Period, Counter[Cause]]:
    """How many figures of each period changed, by cause."""
    found: dict[Period, Counter[Cause]] = {}
    for about, change in changes:
        cause = cause_of(change, versions)
        if cause is not None:
            found.setdefault(about, Counter())[cause] += 1
    return found


def revision(about: Period, causes: Mapping[Cause, int], told: Told, versions: tuple[int, int]) -> Revision:
    """The revision of one period. told: everything that was told in between; of it counts what tells of the
    period or of the time before it, for a balance moves with all of that.
    """
    period, first = about
    until = first + timedelta(days=1) if period == "day" else later_period(period, first)
    counts = [sum(n for day, n in days.items() if day < until) for days in told]
    moved = causes.get("events", 0)
    corrections, late = (hidden(n) for n in counts) if moved else (0, 0)
    changed = versions[0] if versions[0] != versions[1] else 0
    return Revision(period, first, changed, causes.get("mask", 0), moved, corrections, late)


def hidden(count: int) -> int | None:
    """A count of events as it may be told: none, fewer than five (None), or to the nearest five."""
    if count == 0:
        return 0
    return None if count < STEP else round(count / STEP) * STEP


class Sum(NamedTuple):
    """Counts of several runs together: at least so many, and whether some of them were fewer than five."""

    known: int
    few: int

    @property
    def any(self) -> bool:
        """Whether there was any event."""
        return bool(self.known or self.few)


def total(counts: Iterable[int | None]) -> Sum:
    """What several runs' counts come to."""
    told = list(counts)
    return Sum(sum(n for n in told if n), sum(n is None for n in told))
