"""Hours that a provider reports for a period (timmar utförda under en period), without visits. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from schemas.hours import HoursReported
from streams.folds.days import day_number
from streams.history import Living

HOURS_A_DAY: Final = 25  # of one member of staff with one person, on the night when clocks go back


class HoursReportRow(NamedTuple):
    """Columns of table `hours_reports` after the key. persons: unknown where nobody told. Not counted: hours
    that cannot be; a flaw says why.
    """

    person: str
    sex: str
    age_band: str
    unit: str
    service: str
    regi: str
    assistance: str
    from_on: int | None
    until_on: int | None
    hours: float
    double_hours: float
    persons: int | None
    counted: int
    flaws: list[str]


def fold(facts: Sequence[Living]) -> HoursReportRow:
    """The row of one report: the last one told holds. An empty history gives an empty row (void)."""
    told = [fact for living in facts if isinstance(fact := living.fact, HoursReported)]
    if not told:
        return HoursReportRow("", "unknown", "unknown", "unknown", "unknown", "unknown", "", None, None, 0.0,
                              0.0, None, 0, [])  # fmt: skip
    last = told[-1]
    flaws = {flaw for living in facts for flaw in living.flaws} | _odd(last)
    if len(told) > 1:
        flaws.add("told_twice")
    counted = not flaws & {"last_before_first", "hours_over_24_a_day"}
    return HoursReportRow(
        last.person or "", last.sex, last.age_band, last.unit, last.service, last.regi, last.assistance or "",
        day_number(last.from_on), day_number(last.until_on), last.hours, min(last.double_hours, last.hours),
        last.persons, int(counted), sorted(flaws),
    )  # fmt: skip


def _odd(report: HoursReported) -> set[str]:
    days = (report.until_on - report.from_on).days
    if days <= 0:
        return {"last_before_first"}
    flaws = {"double_over_hours"} if report.double_hours > report.hours else set()
    if (report.person or report.assistance) and report.hours > HOURS_A_DAY * days:
        flaws.add("hours_over_24_a_day")
    return flaws
