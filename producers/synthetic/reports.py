"""When Mittköping gives the reports that the law asks for: each quarter of decisions not carried out, to who
supervises, audits and decides; each month statistics. Nearly always in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from schemas.calendar import later_period, period_start
from schemas.codes import ReportTo
from schemas.reporting import ReportDelivered
from schemas.workdays import workday_from

SUPERVISORS: Final[tuple[ReportTo, ...]] = ("ivo", "auditors", "council")
_LATE: Final = 0.1


def reports_on(seed: int, day: date) -> Iterator[ReportDelivered]:
    """What is delivered on a local day."""
    yield from (fact for fact in _due_by(day) if _delivered_on(seed, fact) == day)


def _due_by(day: date) -> Iterator[ReportDelivered]:
    """Reports of the periods that have ended of late."""
    quarter, month = period_start("quarter", day), period_start("month", day)
    for back in range(2):
        until = later_period("quarter", quarter, -back)
        first = later_period("quarter", until, -1)
        for to in SUPERVISORS:
            yield ReportDelivered(report="unexecuted_decisions", to=to, from_on=first, until_on=until)
    for back in range(3):
        until = later_period("month", month, -back)
        first = later_period("month", until, -1)
        yield ReportDelivered(report="statistics", to="socialstyrelsen", from_on=first, until_on=until)


def _delivered_on(seed: int, fact: ReportDelivered) -> date:
    rng = Random(f"{seed}/report/{fact.report}/{fact.to}/{fact.until_on}")
    late = rng.random() < _LATE
    if fact.report == "statistics":
        days = rng.randrange(34, 50) if late else rng.randrange(4, 26)
    else:
        days = rng.randrange(94, 110) if late else rng.randrange(12, 60)
    return workday_from(fact.until_on + timedelta(days=days))


def place_of(fact: ReportDelivered) -> str:
    """The entity: a report of a period to a receiver."""
    first = fact.from_on
    period = f"{first.year}Q{first.month // 3 + 1}" if fact.report != "statistics" else f"{first:%Y-%m}"
    return f"report/{fact.report}.{period}.{fact.to}"
