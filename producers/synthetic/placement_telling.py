"""How what happened to a placement gets into the placement system: late, wrong at first, taken back.

A telling is one fact of one entity with all its versions. Within an entity nothing is recorded before what
came earlier, so that what is odd is odd on purpose (`oddities`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from producers.synthetic import model
from producers.synthetic.life import pseudonym
from producers.synthetic.placement_model import CHANCES, SOURCE
from producers.synthetic.workdays import to_utc
from schemas.codec import make
from schemas.codes import CorrectionReason
from schemas.envelope import Actor, Event, Fact, event_id


class Version(NamedTuple):
    """One version of a fact, and the generator's own word for the answer key: whether it counts (the hub has
    to leave a move after the end alone), which flaws were planted with it, which main cause holds.
    """

    at: datetime
    recorded: datetime
    fact: Fact
    retracted: bool = False
    reason: CorrectionReason | None = None
    counts: bool = True
    flaw: str = ""
    cause: str = ""


class Telling(NamedTuple):
    """One fact of one entity with all its versions, by recorded time. planted: deviation of an invoice."""

    subject: str
    what: str
    versions: list[Version]
    actor: Actor | None = None
    planted: str = ""


class Mend(NamedTuple):
    """A first version that was wrong, and how it is mended. reason None: without one."""

    fact: Fact
    reason: CorrectionReason | None
    at: datetime | None = None


class Book:
    """What is told about one person's placements, in one list."""

    def __init__(self, seed: int, rng: Random) -> None:
        self.tellings: list[Telling] = []
        self._seed = seed
        self._rng = rng
        self._floor: dict[str, datetime] = {}
        self._actor = Actor("coordinator", pseudonym(seed, "coordinator", str(rng.randrange(6))))

    def tell(
        self, subject: str, what: str, at: datetime, fact: Fact, *, floor: str = "", planted: str = ""
    ) -> Telling:
        """Tell a fact (local time `at`) of an entity. floor: what it may not be recorded before, by default
        what was told of the entity.
        """
        instant = to_utc(at)[0]
        name = floor or subject
        recorded = max(self._recorded(instant), self._floor.get(name, instant))
        self._floor[name] = recorded
        telling = Telling(subject, what, [Version(instant, recorded, fact)], self._who(fact), planted)
        self.tellings.append(telling)
        return telling

    def _who(self, fact: Fact) -> Actor | None:
        return self._actor if fact.KIND in ("placement", "contract", "request") else None

    def _recorded(self, at: datetime) -> datetime:
        if self._rng.random() < CHANCES["recorded_late"]:
            return at + timedelta(seconds=int(86_400 * min(20.0, 1 + self._rng.expovariate(1 / 4))))
        return at + timedelta(seconds=int(self._rng.random() * self._rng.random() * 900))


def within(telling: Telling, span: timedelta) -> None:
    """Recorded so much later: other things of the same moment are recorded together with it."""
    telling.versions[:] = [v._replace(recorded=v.recorded + span) for v in telling.versions]


def at_once(telling: Telling, like: Telling) -> None:
    """Recorded in the same moment as another fact."""
    (version,) = telling.versions
    telling.versions[:] = [version._replace(recorded=like.versions[0].recorded)]


def mark(telling: Telling, flaw: str, *, counts: bool = True, cause: str = "") -> None:
    """Say something about the last version for the answer key."""
    telling.versions[-1] = telling.versions[-1]._replace(flaw=flaw, counts=counts, cause=cause)


def mend(rng: Random, telling: Telling, wrong: Mend) -> None:
    """Put a wrong version before the only one; that one is recorded some hours or days later."""
    (right,) = telling.versions
    first = right._replace(fact=wrong.fact, at=to_utc(wrong.at)[0] if wrong.at else right.at)
    first = first._replace(recorded=max(first.recorded, first.at))
    later = first.recorded + timedelta(minutes=90 + int(rng.expovariate(1 / 2500)))
    telling.versions[:] = [first, right._replace(recorded=later, reason=wrong.reason)]


def take_back(telling: Telling, recorded: datetime) -> None:
    """Retract the fact, as registered by mistake."""
    last = telling.versions[-1]
    undone = last._replace(recorded=recorded, retracted=True, reason="registered_by_mistake", flaw="")
    telling.versions.append(undone)


def to_event(telling: Telling, number: int) -> Event:
    """One version of a fact as the event that tells it."""
    version = telling.versions[number]
    what = type(version.fact).__name__
    return make(
        version.fact, id=event_id(telling.subject, what, telling.what), source=SOURCE,
        subject=telling.subject, time=version.at, recordedtime=version.recorded, kommunkod=model.CODE,
        retracted=version.retracted, reason=version.reason, actor=telling.actor,
    )  # fmt: skip
