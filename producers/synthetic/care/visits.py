"""How the visits of a client's day truly went. Nothing is told here; `visit_telling.py` does that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import exp
from random import Random
from typing import NamedTuple

from producers.synthetic.care.clients import Client
from producers.synthetic.care.model import CHANCES, MONTHLY_UNIT, PURPOSES, WEEKLY_PURPOSES
from producers.synthetic.care.telling import clock, dice, secret, staff
from producers.synthetic.generator import Town
from producers.synthetic.life import pick
from producers.synthetic.workdays import DAY
from schemas.codes import Channel, TimeUse

PLANNED_SHARE = 0.95  # of what is granted
LONG_MINUTES = 32  # about so long is a visit
LEAST_A_DAY = 20.0  # minutes; who has less gets visits on some days of the week only
POOL = 26  # members of staff of a unit at size 1


class Visit(NamedTuple):
    """A visit as planned and as it went. planned None: nobody had planned it. start and stop: when somebody
    was there, None when nobody came. cancelled: why it does not take place, '' when it does.
    """

    key: str
    unit: str
    purpose: str
    kind: TimeUse
    channel: Channel
    staff_count: int
    planned: tuple[datetime, datetime] | None
    times: tuple[datetime, datetime] | None
    cancelled: str
    staff: tuple[str, ...]


class _Habit(NamedTuple):
    """How a client's visits lie: offset in minutes; days of the week and purpose where they are few."""

    offset: int
    weekdays: tuple[int, ...]
    purpose: str


def visits_of(town: Town, client: Client, day: date) -> Iterator[Visit]:
    """The visits of a client on a day, planned ones first. Empty where the unit tells none."""
    step = client.step_on(day)
    if step.unit == MONTHLY_UNIT:
        return
    rng = dice(town, "visits", client.key, day)
    away = _in_hospital(town, client, day)
    for number, (minute, minutes, purpose) in enumerate(_slots(town, client, day, step.hours_a_week)):
        start = clock(day, minute)
        planned = start, start + timedelta(minutes=minutes)
        cancelled = _cancelled(rng, away)
        came = not cancelled and rng.random() >= CHANCES["not_done"]
        times = _times(rng, planned) if came else None
        yield Visit(
            secret(town, "visit", f"{client.key}/{day}/{number}"), step.unit, purpose, "direct",
            client.remote if purpose == "supervision" else "on_site",
            2 if client.is_double and purpose == "care" else 1, planned, times, cancelled,
            _staff(town, rng, client, step.unit),
        )  # fmt: skip
    if not away:
        yield from _unplanned(town, rng, client, day)


def _slots(town: Town, client: Client, day: date, a_week: float) -> Iterator[tuple[float, float, str]]:
    """Start in minutes after midnight, minutes and purpose of each planned visit."""
    minutes = a_week * 60 / 7 * PLANNED_SHARE
    habit = _habit(town, client.key)
    if minutes >= LEAST_A_DAY:
        slots = PURPOSES[min(len(PURPOSES), max(1, round(minutes / LONG_MINUTES)))]
        for minute, purpose in slots:
            yield minute + habit.offset, round(minutes / len(slots)), purpose
        return
    many = max(1, min(4, round(a_week)))
    if day.weekday() in habit.weekdays[:many]:
        yield 600 + 3 * habit.offset, round(7 * minutes / many), habit.purpose


@lru_cache(maxsize=2_000)
def _habit(town: Town, key: str) -> _Habit:
    rng = dice(town, "habit", key)
    return _Habit(5 * rng.randrange(-8, 9), tuple(rng.sample(range(5), 4)), pick(rng, WEEKLY_PURPOSES))


def _in_hospital(town: Town, client: Client, day: date) -> bool:
    monday = day - day.weekday() * DAY
    stays = (_stay(town, client.key, first) for first in (monday - 7 * DAY, monday))
    return any(first <= day < until for first, until in stays)


@lru_cache(maxsize=4_000)
def _stay(town: Town, key: str, monday: date) -> tuple[date, date]:
    """The days in hospital that begin in a week, mostly none: [first, until)."""
    rng = dice(town, "hospital", key, monday)
    first = monday + rng.randrange(7) * DAY
    return first, first + (rng.random() < CHANCES["in_hospital"]) * rng.randrange(3, 8) * DAY


def _cancelled(rng: Random, away: bool) -> str:
    if away:
        return "in_hospital"
    return rng.choice(("declined", "away")) if rng.random() < CHANCES["cancelled"] else ""


def _times(rng: Random, planned: tuple[datetime, datetime]) -> tuple[datetime, datetime]:
    start = planned[0] + timedelta(seconds=int(60 * rng.gauss(4, 7)))
    seconds = (planned[1] - planned[0]).total_seconds() * exp(-0.04 + 0.17 * rng.gauss(0, 1))
    return start, start + timedelta(seconds=int(max(180.0, seconds)))


def _unplanned(town: Town, rng: Random, client: Client, day: date) -> Iterator[Visit]:
    """An alarm at any time of the day, and time for the client without the client."""
    unit = client.step_on(day).unit
    for chance, kind, purpose in (("alarm", "direct", "alarm"), ("indirect", "indirect", "care")):
        if rng.random() < CHANCES[chance]:
            minute = rng.random() * 1440 if kind == "direct" else rng.uniform(540, 900)
            start = clock(day, minute)
            times = start, start + timedelta(seconds=int(60 * rng.uniform(6, 26)))
            yield Visit(
                secret(town, "visit", f"{client.key}/{day}/{purpose}/{kind}"), unit, purpose,
                "direct" if kind == "direct" else "indirect", "on_site", 1, None, times, "",
                _staff(town, rng, client, unit),
            )  # fmt: skip


def _staff(town: Town, rng: Random, client: Client, unit: str) -> tuple[str, ...]:
    """Who comes: mostly one of the client's own, in the morning and evening two where it takes two."""
    pool = max(6, round(POOL * town.size))
    if rng.random() < CHANCES["own_team"]:
        number = (int.from_bytes(client.key[3:7].encode()) + rng.randrange(7)) % pool
    else:
        number = rng.randrange(pool)
    return tuple(staff(town, f"{unit}/{(number + n) % pool}") for n in range(2))
