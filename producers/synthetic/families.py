"""Persons whom several of Mittköping's units have cases about at once, and whose services follow one another:
what journeys are made of. Dice of their own; the other cases stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from producers.synthetic import model
from producers.synthetic.duties import Who
from producers.synthetic.life import pick, pseudonym
from producers.synthetic.model import CaseType
from producers.synthetic.workdays import at_second, office_time
from schemas.codes import AgeBand

LOOKBACK: Final = 300  # of each of their cases
LAST_DAYS: Final = 960  # from the first case until everything about the person is told
PER_YEAR: Final = 70


class Journey(NamedTuple):
    """Kinds of cases of one person: at once, or each when the service before has ended. weight: of 100."""

    weight: float
    ages: tuple[AgeBand, ...]
    kinds: tuple[CaseType, ...]
    at_once: bool


def _kinds(*codes: str) -> tuple[CaseType, ...]:
    """By application or on the unit's own initiative, so that an investigation is opened."""
    of_code = {kind.code: kind for kind in reversed(model.TYPES)}
    return tuple(
        of_code[code]._replace(channels={"application": 0.6, "own_initiative": 0.4}, lookback=LOOKBACK)
        for code in codes
    )


JOURNEYS: Final = (
    Journey(34, ("7-12", "13-17"), _kinds("child_protection", "companion_service"), True),
    Journey(22, ("18-20",), _kinds("youth_offence", "substance_use", "companion_service"), True),
    Journey(16, ("30-64",), _kinds("substance_use", "daily_activities", "domestic_violence"), True),
    Journey(20, ("80+",), _kinds("short_term_stay", "home_care", "special_housing"), False),
    Journey(8, ("30-64",), _kinds("substance_use", "daily_activities"), False),
)


class Coming(NamedTuple):
    """A case of somebody: which kind, whose, when it comes in; None: some days after the service before."""

    kind: CaseType
    who: Who
    at: datetime | None


def journeys_from(seed: int, rng: Random, day: date, number: int) -> Iterator[Coming]:
    """The cases of one person, of whom the first one comes in on a day."""
    journey = JOURNEYS[pick(rng, {n: one.weight for n, one in enumerate(JOURNEYS)})]
    who = Who(pseudonym(seed, "person", f"journey/{day}/{number}"), rng.choice(("woman", "man")),
              rng.choice(journey.ages))  # fmt: skip
    first = office_time(rng, at_second(day, 0), at_second(day, 0))
    for index, kind in enumerate(journey.kinds):
        days = timedelta(days=rng.uniform(1, 16) * index)
        at = office_time(rng, first + days, first) if index else first
        yield Coming(kind, who, at if journey.at_once or not index else None)


def next_at(rng: Random, ended: datetime) -> datetime:
    """When somebody comes back whose service has ended: before that or after, so that gaps vary."""
    wanted = ended + timedelta(days=rng.uniform(-22, 16))
    return office_time(rng, wanted, wanted)
