"""The true course of a case, for what is done beside its path because the law counts time to it.

Times are UTC; what falls in office hours is drawn by the local day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from producers.synthetic.model import CaseType
from producers.synthetic.registering import MISTAKE, SECOND, Step
from producers.synthetic.steps import Effect
from producers.synthetic.workdays import ZONE, local_date, office_time, to_utc
from schemas import cases as c
from schemas.envelope import Fact

_MODEL: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("duties.toml").read_text(encoding="utf-8")
)
CHANCES: Final[dict[str, float]] = _MODEL["chances"]
DELAYS: Final[dict[str, float]] = _MODEL["delays"]
PLACED: Final[dict[str, dict[str, float]]] = _MODEL["placed"]
MINORS: Final = ("0-6", "7-12", "13-17")
YOUNG: Final = (*MINORS, "18-20")
NEW_LAW: Final = date(2025, 7, 1)
CLOSED: Final = (
    "close_no_service", "close_done", "close_handed_over", "close_withdrawn", "close_moved", "close_deceased",
    "close_other", "no_investigation", "join",
)  # fmt: skip


class Happened(NamedTuple):
    """One thing that was done: when (UTC), its step, what is told of it and what it does to the case."""

    at: datetime
    step: str
    fact: Fact
    effect: Effect = Effect()


class Course(NamedTuple):
    """What truly happened to a case, in order, with the dice for what is done beside it."""

    dice: Random
    kind: CaseType
    told: Sequence[Happened]

    @property
    def opening(self) -> c.Opening:
        """What was known when it came in."""
        fact = self.told[0].fact
        assert isinstance(fact, c.Opening)
        return fact

    def chance(self, name: str) -> bool:
        """Whether something that happens with this chance does."""
        return self.dice.random() < CHANCES[name]

    def all(self, *steps: str) -> Iterator[Happened]:
        """Everything of these steps, in order."""
        return (each for each in self.told if each.step in steps)

    def after(self, at: datetime, *steps: str) -> Happened | None:
        """The first of these steps later than an instant."""
        return next((each for each in self.told if each.at > at and each.step in steps), None)

    def end_after(self, at: datetime, *steps: str) -> datetime:
        """When the first of these steps or a closing comes; a case always ends."""
        found = self.after(at, *steps, *CLOSED)
        return found.at if found else self.told[-1].at

    def office(self, wanted: datetime, after: datetime) -> datetime:
        """An instant in office hours on that day or the next working day, later than `after`."""
        local = (when.astimezone(ZONE).replace(tzinfo=None) for when in (wanted, after))
        return max(to_utc(office_time(self.dice, *local))[0], after + SECOND)

    def days_later(self, at: datetime, first: float, last: float) -> datetime:
        """An instant in office hours so many days later."""
        return self.office(at + timedelta(days=self.dice.uniform(first, last)), at)


def course_of(dice: Random, kind: CaseType, steps: Sequence[Step]) -> Course | None:
    """The course of a case as registered in the end; None for what never was or lacks its opening."""
    told = [
        Happened(last.at, step.name, last.fact, last.effect)
        for step in steps
        if step.name != MISTAKE and not (last := step.versions[-1]).retracted
    ]
    if not told or not isinstance(told[0].fact, c.Opening) or any(it.at < told[0].at for it in told):
        return None
    return Course(dice, kind, told)


def day_of(each: Happened) -> date:
    """The local day that it happened on."""
    return local_date(each.at)
