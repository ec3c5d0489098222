"""How what happened in care gets told: one version of one fact of one entity, when it was recorded, and the
generator's own word about it for the answer key.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from random import Random
from typing import Final, NamedTuple

from producers.synthetic import model
from producers.synthetic.care.model import CHANCES, DEVICES_SOURCE, HOURS_SOURCE
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY, at_second, start_of, to_utc
from schemas.codec import make
from schemas.codes import CorrectionReason
from schemas.envelope import Event, Fact, event_id

HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)
LATEST_DAYS: Final = 9  # what is recorded late is so by at most so many days


class Told(NamedTuple):
    """One version of a fact. what: which fact of the entity. flaw: what was planted with it. counts: whether
    the hub has to count it.
    """

    subject: str
    what: str
    at: datetime
    recorded: datetime
    fact: Fact
    retracted: bool = False
    reason: CorrectionReason | None = None
    flaw: str = ""
    counts: bool = True

    @property
    def order(self) -> tuple[datetime, str, str, str]:
        """Unique among all that is told, so that the order never varies."""
        return self.recorded, self.subject, type(self.fact).__name__, self.what


def to_event(told: Told) -> Event:
    """The event that tells it."""
    source = DEVICES_SOURCE if told.fact.TOPIC == "devices" else HOURS_SOURCE
    return make(
        told.fact, id=event_id(told.subject, type(told.fact).__name__, told.what), source=source,
        subject=told.subject, time=told.at, recordedtime=told.recorded, kommunkod=model.CODE,
        retracted=told.retracted, reason=told.reason,
    )  # fmt: skip


def dice(town: Town, *names: object) -> Random:
    """Dice of their own for whatever is named: any stretch of time can be told alone."""
    return Random(f"{town.seed}/care/" + "/".join(map(str, names)))


@cache
def _key(seed: int) -> bytes:
    return f"mittkoping {seed} care".encode()


def secret(town: Town, kind: str, name: object) -> str:
    """A pseudonym of somebody or something invented. Millions are made, so none is kept."""
    digest = blake2b(f"{kind}\x1f{name}".encode(), digest_size=32, key=_key(town.seed)).digest()
    return "m9." + urlsafe_b64encode(digest)[:43].decode()


@lru_cache(maxsize=10_000)
def staff(town: Town, name: str) -> str:
    """The pseudonym of an invented member of staff; one of few, so it is kept."""
    return secret(town, "staff", name)


def subject(kind: str, key: str) -> str:
    """The entity key."""
    return f"{model.CODE}/{kind}/{key}"


def recorded(rng: Random, at: datetime, minutes: float = 12, late: float = CHANCES["late"]) -> datetime:
    """When something that happened at `at` is recorded: soon, or some days late."""
    if rng.random() < late:
        return at + timedelta(seconds=int(86_400 * min(LATEST_DAYS, 0.6 + rng.expovariate(1 / 2))))
    return at + timedelta(seconds=int(60 * minutes * rng.random()))


def clock(day: date, minutes: float) -> datetime:
    """The instant when a clock on the wall shows so many minutes after midnight of the day."""
    start = _plain(day)
    if start is not None and 0 <= minutes < 1440:
        return start + timedelta(seconds=int(60 * minutes))
    return to_utc(at_second(day, 60 * minutes))[0]


@cache
def _plain(day: date) -> datetime | None:
    """The start of a day on which no clock is changed."""
    return start_of(day) if start_of(day + DAY) - start_of(day) == DAY else None
