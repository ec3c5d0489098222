"""The answer key's part for alarms: how long until contact, who waits, how many there are.

`by` names dimensions of the alarm (unit, about, state, channel, a limit in minutes) and of the home's device;
a cell is one text per name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from statistics import mean
from typing import Final, NamedTuple

from producers.synthetic.care.answer_devices import By, Life, homes_by_device
from producers.synthetic.care.answer_doses import due
from producers.synthetic.care.known import CareKey, Cell, Span, counted, grouped, told_first
from producers.synthetic.care.telling import MINUTE
from producers.synthetic.workdays import local_date, start_of
from schemas import devices as d

REACHED: Final = ("phone", "home_visit")
LIMIT: Final = 30  # minutes, where none is asked for
LIMITS: Final = (15, 30, 60)


class AlarmKnown(NamedTuple):
    """An alarm that went off. home: None where nobody has told of its device. how: '' while nobody has
    handled it.
    """

    about: d.AlarmRaised
    home: Life | None
    raised_at: datetime
    acknowledged_at: datetime | None
    handled_at: datetime | None
    how: str

    @property
    def minutes(self) -> float | None:
        """Minutes until the person was reached; None: nobody was, or before it went off."""
        if self.handled_at is None or self.how not in REACHED or self.handled_at < self.raised_at:
            return None
        return (self.handled_at - self.raised_at) / MINUTE

    def is_open(self, at: datetime) -> bool:
        """Whether it waits at an instant."""
        return self.raised_at <= at and (self.handled_at is None or max(self.handled_at, self.raised_at) > at)

    def state(self, at: datetime) -> str:
        """Whether somebody has seen it, of one that waits."""
        return "acknowledged" if self.acknowledged_at and self.acknowledged_at <= at else "open"

    def cell(self, by: By, **said: str) -> Cell:
        """The texts of the named dimensions."""
        return tuple(said[name] if name in said else self._text(name) for name in by)

    def _text(self, name: str) -> str:
        if name in ("unit", "about"):
            return str(getattr(self.about, name))
        return str(getattr(self.home.about, name)) if self.home else "unknown"


@lru_cache(maxsize=2)
def alarms(key: CareKey) -> list[AlarmKnown]:
    """Every alarm that went off."""
    homes, found = homes_by_device(key), []
    for facts in key.entities["alarm"].values():
        raised_at, about = told_first(facts, d.AlarmRaised)
        taken_on, _ = told_first(facts, d.AlarmAcknowledged)
        handled, how = told_first(facts, d.AlarmHandled)
        if raised_at and about:
            home = homes.get(about.device or "")
            there = home if home and home.goes_on(raised_at) else None
            found.append(AlarmKnown(about, there, raised_at, taken_on, handled, how.how if how else ""))
    return found


def _of_days(key: CareKey, span: Span) -> list[AlarmKnown]:
    until = min(span[1], key.today)
    return [alarm for alarm in alarms(key) if span[0] <= local_date(alarm.raised_at) < until]


def per_1000_doses(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Alarms of the span per 1,000 doses that fell due in it (D3m)."""
    homes = homes_by_device(key)
    many = counted(alarm.cell(by) for alarm in _of_days(key, span))
    doses = counted(homes[dose.device].cell(by) for dose in due(key, span))
    return {cell: 1000 * many.get(cell, 0) / those for cell, those in doses.items()}


def response(key: CareKey, span: Span, by: By, of: Callable[[list[float]], float]) -> dict[Cell, float]:
    """Minutes until contact of the alarms of a span, put together by `of` (D4m)."""
    minutes = grouped(
        (alarm.cell(by, channel=alarm.how), alarm.minutes)
        for alarm in _of_days(key, span)
        if alarm.minutes is not None
    )
    return {cell: of(those) for cell, those in minutes.items()}


def reached_in_time(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Share of alarms that led to contact within so many minutes; who still waits was not in time (D4m)."""
    judged = grouped(
        (alarm.cell(by, channel=how, within_minutes=f"{limit}"), is_in_time)
        for limit in (LIMITS if "within_minutes" in by else (LIMIT,))
        for alarm, how, is_in_time in _judged(key, span, limit)
    )
    return {cell: mean(those) for cell, those in judged.items()}


def _judged(key: CareKey, span: Span, limit: int) -> Iterator[tuple[AlarmKnown, str, bool]]:
    for alarm in _of_days(key, span):
        if alarm.minutes is not None:
            yield alarm, alarm.how, alarm.minutes <= limit
        elif alarm.handled_at is None and alarm.raised_at + limit * MINUTE <= start_of(key.today):
            yield alarm, "open", False


def waiting(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Alarms that wait at an instant."""
    return counted(alarm.cell(by, state=alarm.state(at)) for alarm in alarms(key) if alarm.is_open(at))


def waiting_over(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Those of them that went off more than so many minutes ago."""
    return counted(
        alarm.cell(by, state=alarm.state(at), over_minutes=f"{limit}")
        for limit in (LIMITS if "over_minutes" in by else (LIMIT,))
        for alarm in alarms(key)
        if alarm.is_open(at) and alarm.raised_at + limit * MINUTE < at
    )


def oldest(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, float]:
    """Whole minutes that the oldest of them has waited."""
    waited = grouped(
        (alarm.cell(by, state=alarm.state(at)), (at - alarm.raised_at) // MINUTE)
        for alarm in alarms(key)
        if alarm.is_open(at)
    )
    return {cell: minutes[-1] for cell, minutes in waited.items()}
