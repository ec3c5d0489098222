"""How one invented case lives: a walk through the model's table, with assignments and transfers beside it.

Times are naive local time here; `registering.py` makes them instants. All is drawn from one `Random`.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from math import exp
from random import Random
from typing import NamedTuple, TypeVar, cast

from producers.synthetic import model, steps
from producers.synthetic.model import CaseType, Way
from producers.synthetic.steps import Effect
from producers.synthetic.workdays import DAY, office_time, to_utc
from schemas.codes import AgeBand, Law
from schemas.envelope import Fact

AN_HOUR_IN_DAYS = 1 / 24
Choice = TypeVar("Choice")


class Act(NamedTuple):
    """One thing that truly happened to a case: local time, step, what is told of it and what it does."""

    at: datetime
    step: str
    fact: Fact
    effect: Effect


@lru_cache(maxsize=200_000)
def pseudonym(seed: int, kind: str, name: str) -> str:
    """A pseudonym of somebody invented: the key is the seed, for nobody is to protect and runs repeat."""
    key = f"mittkoping {seed}".encode()
    digest = hmac.digest(key, f"{kind}\x1f{name}".encode(), hashlib.sha256)
    return "m9." + urlsafe_b64encode(digest)[:43].decode()


def pick(rng: Random, weights: Mapping[Choice, float]) -> Choice:
    """A key by its weight."""
    left = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        left -= weight
        if left < 0:
            return key
    return key


def choose(rng: Random, ways: Sequence[Way]) -> Way:
    """A way by its weight (of 100)."""
    left = rng.random() * 100
    for way in ways:
        left -= way.weight
        if left < 0:
            break
    return way


def later(rng: Random, at: datetime, median_days: float) -> datetime:
    """Some time after `at`: in office hours, unless it takes less than an hour, which is done at once."""
    days = median_days * exp(model.SPREAD * rng.gauss(0, 1))
    then = at + timedelta(seconds=int(days * 86_400) + 1)
    return then if median_days < AN_HOUR_IN_DAYS else office_time(rng, then, at)


class Lot(NamedTuple):
    """What a life is drawn from: the dice, the kind of case, the town's seed, and when it must have ended."""

    rng: Random
    kind: CaseType
    seed: int
    end: datetime


def acts_of(rng: Random, kind: CaseType, opened: datetime, seed: int) -> list[Act]:
    """The whole true life of a case, in order: it always ends with a closing, within the type's lookback."""
    lot = Lot(rng, kind, seed, opened + timedelta(days=kind.lookback - 90))
    channel = pick(rng, kind.channels)
    acts = _episode(lot, _opening(lot, channel, opened), kind.unit)
    while rng.random() < model.CHANCES["reopened"]:
        again = office_time(rng, acts[-1].at + timedelta(days=10 + rng.expovariate(1 / 60)), acts[-1].at)
        if again > lot.end - 30 * DAY:
            break
        unit = _unit_after(acts)
        fact, effect = steps.reopened(unit if rng.random() < 0.5 else None)
        acts += _episode(lot, Act(again, "reopened", fact, effect), unit)
    return acts


def _unit_after(acts: Sequence[Act]) -> str:
    return next(act.effect.unit for act in reversed(acts) if act.effect.unit)


def _opening(lot: Lot, channel: str, at: datetime) -> Act:
    rng, kind = lot.rng, lot.kind
    number = rng.randrange(30_000)
    target = to_utc(at + 14 * DAY)[0] if kind.path in ("money", "short") else None
    fact = steps.OPENING[channel](
        unit=kind.unit, case_type=kind.code, law=cast(Law, kind.law), target_at=target,
        person=pseudonym(lot.seed, "person", f"{kind.path}/{number}"), sex="woman" if number % 2 else "man",
        age_band=cast(AgeBand, pick(rng, kind.ages)),
    )  # fmt: skip
    return Act(at, channel, fact, steps.opening_effect(channel, kind.unit))


def _episode(lot: Lot, first: Act, unit: str) -> list[Act]:
    """From an opening or reopening in a unit to a closing, with what happens beside the path."""
    main = [first, *_walk(lot, first)]
    beside = _assignments(lot, main) + _transfers(lot, main, unit)
    return sorted(main + beside, key=lambda act: act.at) if beside else main


def _walk(lot: Lot, first: Act) -> list[Act]:
    """The path from the node that bears the first act's name to its end."""
    acts: list[Act] = []
    path, node, at = model.PATHS[lot.kind.path], first.step, first.at
    while node:
        way = choose(lot.rng, path[node])
        before, at = at, later(lot.rng, at, way.days)
        step, node = way.step, way.to
        if at > lot.end:
            at, step, node = office_time(lot.rng, lot.end, before), "close_other", ""
        doing = steps.STEPS[step]
        acts.append(Act(at, step, doing.say(lot.rng, at.date()), doing.effect))
    return acts


def _assignments(lot: Lot, main: Sequence[Act]) -> list[Act]:
    rng, kind, chances = lot.rng, lot.kind, model.CHANCES
    if rng.random() > chances["assigned"]:
        return []
    days = model.ASSIGNED_DAYS.get(kind.path, model.ASSIGNED_AFTER)
    at = later(rng, main[0].at, days * (14 if rng.random() < chances["assigned_late"] else 1))
    found: list[Act] = []
    while at < main[-1].at:
        name = f"{kind.unit}/{rng.randrange(int(model.FTE[kind.unit]))}"
        found.append(Act(at, "assigned", *steps.assigned(pseudonym(lot.seed, "handler", name))))
        if rng.random() > chances["reassigned"]:
            break
        at = later(rng, at, 25)
    return found


def _transfers(lot: Lot, main: Sequence[Act], unit: str) -> list[Act]:
    found: list[Act] = []
    at = main[0].at
    while lot.rng.random() < model.CHANCES["transferred"]:
        at = later(lot.rng, at, 8)
        if at >= main[-1].at:
            break
        to = lot.rng.choice(model.NEIGHBOURS[unit])
        found.append(Act(at, "transferred", *steps.transferred(unit, to)))
        unit = to
    return found
