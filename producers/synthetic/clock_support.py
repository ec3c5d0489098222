"""Months of support in a row, of which activity is demanded after three (SFS 2026:730), by the answer key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from producers.synthetic.clock_days import in_months, next_month
from producers.synthetic.clock_moments import Moment
from producers.synthetic.clock_rules import STOPPED_BEFORE, Rule, Time, never
from producers.synthetic.workdays import start_of
from schemas.duties import SupportGranted

_IN_FORCE: Final = date(2026, 7, 1)
_FIRST_MONTH: Final = date(2026, 10, 1)
SUPPORT: Final = Rule("LC19", (_IN_FORCE,), never, never, in_months(3))


class _Row:
    """Months of support in a row."""

    def __init__(self, moment: Moment, month: date) -> None:
        self.time = Time(SUPPORT, moment._replace(at=start_of(month)), _IN_FORCE)
        self.last = month

    def break_off(self) -> None:
        """No month follows: nothing is demanded after the last one."""
        if self.time.runs:
            self.time.ended = start_of(next_month(self.last))


def support_times(story: Sequence[Moment]) -> tuple[list[Time], set[str]]:
    """The times of a case, and what was odd."""
    rows: list[_Row] = []
    demanded_before = False
    for _, moment in sorted(_when(story), key=lambda each: each[0]):
        month = moment.fact.month if isinstance(moment.fact, SupportGranted) else None
        if month and month >= _FIRST_MONTH:
            _granted(rows, moment, month)
        elif rows and not month:
            _told(rows[-1].time, moment)
        elif not month:
            demanded_before = moment.did("set_duty")
    flaws = _doubtful(rows, demanded_before)
    for row in rows:
        row.break_off()
    return [row.time for row in rows], flaws


def _when(story: Sequence[Moment]) -> list[tuple[tuple[datetime, int], Moment]]:
    """What matters, by when it counts: a month from its first moment on."""
    found = []
    for number, moment in enumerate(story):
        if isinstance(moment.fact, SupportGranted):
            found.append(((start_of(moment.fact.month), number), moment))
        elif moment.did("set_duty") or moment.closed:
            found.append(((moment.at, number), moment))
    return found


def _granted(rows: list[_Row], moment: Moment, month: date) -> None:
    if rows and rows[-1].time.ended is None and rows[-1].last <= month <= next_month(rows[-1].last):
        rows[-1].last = month
        return
    if rows:
        rows[-1].break_off()
    rows.append(_Row(moment, month))


def _told(time: Time, moment: Moment) -> None:
    if time.runs and moment.closed:
        time.ended = moment.at
    elif time.runs:
        time.stopped = moment.at


def _doubtful(rows: Sequence[_Row], demanded_before: bool) -> set[str]:
    if not rows or not demanded_before or rows[0].time.stopped is not None:
        return set()
    rows[0].time.ended = rows[0].time.started
    return {STOPPED_BEFORE}
