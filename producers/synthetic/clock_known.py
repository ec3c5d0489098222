"""One time that the law sets as the answer key knows it, and what can be said of it at an instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from producers.synthetic.answer_case import UNKNOWN, Stay
from producers.synthetic.clock_rules import Time
from producers.synthetic.workdays import local_date

Cell = tuple[str, ...]


class Clocked(NamedTuple):
    """A time of an entity. wording: from when that holds which it runs by; None: has not happened."""

    entity: str
    clock: str
    wording: date
    unit: str
    about: str
    reason: str
    started: datetime
    law: datetime
    shifted: datetime
    due: datetime
    extended: datetime | None
    stopped: datetime | None
    ended: datetime | None
    matter: str
    act: str
    sex: str
    age_band: str

    @property
    def over(self) -> datetime | None:
        """When it stopped or became moot, whatever came first."""
        return min(filter(None, (self.stopped, self.ended)), default=None)

    def state(self, at: datetime) -> str:
        """What an instant knows of it, by the hub's words."""
        stopped = self.stopped if self.stopped and self.stopped <= at else None
        ended = self.ended if self.ended and self.ended <= at else None
        over = min(filter(None, (stopped, ended)), default=None)
        if over is None:
            extended = self.extended is not None and self.extended <= at
            return "overdue" if at > self.due else "extended" if extended else "running"
        if over > self.due:
            return "late"
        if stopped is None or (ended is not None and ended < stopped):
            return "ended"
        return "in_time_extended" if self.extended is not None and stopped > self.law else "in_time"

    def is_overdue(self, at: datetime) -> bool:
        """Whether it has run out and is neither kept nor moot."""
        return self.due < at and (self.over is None or self.over > at)

    def days_left(self, at: datetime) -> int | None:
        """Days from the instant's until its last one; None where it does not run."""
        if not self.started <= at <= self.due or (self.over is not None and self.over <= at):
            return None
        return (local_date(self.due) - local_date(at)).days

    @property
    def verdict(self) -> str:
        """How it went, as far as it is known."""
        if self.over is None:
            return "overdue"
        return self.state(max(self.over, self.due))


class Of(NamedTuple):
    """What a time is of: the entity and what is known of it."""

    entity: str
    matter: str = UNKNOWN
    act: str = UNKNOWN
    sex: str = UNKNOWN
    age_band: str = UNKNOWN


def clocked(time: Time, of: Of, units: str | Sequence[Stay]) -> Clocked:
    """A time with the unit that had the matter when it was kept, became moot or ran out."""
    at = min(filter(None, (time.stopped, time.ended, time.due)))
    unit = units if isinstance(units, str) else _unit_at(units, at)
    return Clocked(
        of.entity, time.clock, time.wording, unit, time.about, time.reason, time.started, time.law,
        time.shifted, time.due, time.extended, time.stopped, time.ended, *of[1:],
    )  # fmt: skip


def _unit_at(stays: Sequence[Stay], at: datetime) -> str:
    there = [stay.unit for stay in stays if stay.since <= at] or [stay.unit for stay in stays[:1]]
    return there[-1] if there else UNKNOWN
