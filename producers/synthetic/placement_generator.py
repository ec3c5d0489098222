"""Mittköping's placements as events, in the order in which its placement system recorded them, endless.

A source of its own beside the cases (`generator.py`): each day of the calendar has dice of its own, so any
stretch of time can be told alone, and live follows on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import takewhile
from random import Random
from typing import NamedTuple

from producers.synthetic import model
from producers.synthetic.generator import Town, arrivals_of, poisson
from producers.synthetic.life import pseudonym
from producers.synthetic.placement_desk import Desk
from producers.synthetic.placement_life import Placement, placements_of
from producers.synthetic.placement_model import CHANCES, LOOKBACK, PER_MONTH, SOURCE
from producers.synthetic.placement_paper import tell
from producers.synthetic.placement_providers import provider_day
from producers.synthetic.placement_telling import Telling, to_event
from producers.synthetic.workdays import DAY, local_date, start_of, to_utc
from schemas import cases as c
from schemas.codec import make
from schemas.envelope import Event, event_id
from schemas.reference import ProducerAlive
from schemas.workdays import is_workday

_TAIL_DAYS = 200  # from the end of a placement until its last paper
_WEEK = tuple(weight / sum(model.WEEK[:5]) * 5 for weight in model.WEEK[:5])
_SHARE_OF_DAYS = 7 / 5


class Placed(NamedTuple):
    """A placement with everything that will ever be told about it."""

    placement: Placement
    tellings: list[Telling]


Row = tuple[datetime, str, str, int, Telling]
"""When recorded, subject, fact, number of version: unique together, so the order never varies."""


def placement_history(
    seed: int, until: datetime, size: float = 1.0, anchor: datetime | None = None
) -> Iterator[Event]:
    """Every event recorded up to `until`, by recorded time. `anchor`: the first fill, by default `until`."""
    events = placement_timeline(Town(seed, size, anchor or until))
    return takewhile(lambda event: event.recordedtime <= until, events)


def placement_timeline(town: Town, since: datetime | None = None) -> Iterator[Event]:
    """Every event recorded after `since` (None: from the beginning), without end, by recorded time."""
    waiting: defaultdict[date, list[Row]] = defaultdict(list)
    first = local_date(since) if since else town.start
    day = first - timedelta(days=LOOKBACK)
    while True:
        for telling in told_of(town, day, since or start_of(town.start)):
            for number, version in enumerate(telling.versions):
                if since is None or version.recorded > since:
                    what = f"{type(version.fact).__name__}/{telling.what}"
                    row = (version.recorded, telling.subject, what, number, telling)
                    waiting[version.recorded.date()].append(row)
        for *_, number, telling in sorted(waiting.pop(day - DAY, ()), key=lambda row: row[:4]):
            yield to_event(telling, number)
        day += DAY


def told_of(town: Town, day: date, since: datetime) -> Iterator[Telling]:
    """What begins on a day, of everything that has anything recorded from `since` on."""
    yield from provider_day(town.seed, town.size, town.start, day)
    for placed in placed_on(town, day, since):
        yield from placed.tellings


def placed_on(town: Town, day: date, since: datetime) -> Iterator[Placed]:
    """Placements whose providers are first asked on a day, if anything is recorded from `since` on."""
    if not is_workday(day):
        return
    rng = Random(f"{town.seed}/{day}/placements")
    rate = town.size * PER_MONTH * 12 / 365.25 * _SHARE_OF_DAYS * _WEEK[day.weekday()]
    for number in range(poisson(rng, rate)):
        dice, name = Random(f"{town.seed}/{day}/placement/{number}"), f"{day}/{number}"
        whole = placements_of(dice, town.seed, name, day, partial(_person, town, name))
        if to_utc(max(it.end for it in whole))[0] + timedelta(days=_TAIL_DAYS) < since:
            continue
        desk = Desk(dice, town.seed, town.start)
        told = [Placed(it, tell(desk, it)) for it in whole]
        if any(v.recorded >= since for one in told for t in one.tellings for v in t.versions):
            yield from told


def _person(town: Town, name: str, rng: Random, day: date) -> str:
    """Somebody new, or one for whom a service was completed within the year before."""
    if rng.random() < CHANCES["after_service"]:
        known = _served(town, day - timedelta(days=150 + rng.randrange(120)))
        if known:
            return rng.choice(known)
    return pseudonym(town.seed, "person", f"placement/{name}")


def _served(town: Town, day: date) -> list[str]:
    """Persons of cases that came in on that day and had a service."""
    return [
        person
        for kind, lives in arrivals_of(town, day, ("child_protection", "substance_use"))
        for life in lives
        if any(isinstance(step.versions[-1].fact, c.ServiceEnded) for step in life.steps)
        if (person := next((s.versions[-1].fact.person for s in life.steps
                            if isinstance(s.versions[-1].fact, c.Opening)), None))
    ]  # fmt: skip


def placements_alive(until: datetime) -> Event:
    """The source lives and has told everything before `until`. The entity is a producer hour."""
    until = until.astimezone(UTC)
    subject = f"{model.CODE}/producer/{SOURCE}.{until:%Y%m%d%H}"
    return make(
        ProducerAlive(topic="placements", complete_until=until),
        id=event_id(subject, ProducerAlive.__name__, until.isoformat()), source=SOURCE, subject=subject,
        time=until, recordedtime=until, kommunkod=model.CODE,
    )  # fmt: skip
