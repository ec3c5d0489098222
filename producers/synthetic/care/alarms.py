"""Alarms of the dispensers: of doses that were not taken, of faults, of devices that fell silent; when they
were answered, and how. From the first fill on some more, so that something happens at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import exp
from random import Random
from typing import Final, NamedTuple, cast

from producers.synthetic.care.dispensers import Dispenser, dispensers
from producers.synthetic.care.doses import device_day
from producers.synthetic.care.model import ALARMS, begins
from producers.synthetic.care.telling import MINUTE, Told, clock, dice, secret, subject
from producers.synthetic.generator import Town, poisson
from producers.synthetic.life import pick
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas import devices as d
from schemas.codes import AlarmContact

SECOND: Final = timedelta(seconds=1)
NOTICED: Final = timedelta(hours=24)  # silence that raises an alarm, which nobody has handled yet
ACKNOWLEDGED: Final = 6.0  # minutes, median
HANDLED: Final[dict[str, float]] = {"phone": 13.0, "home_visit": 52.0, "other": 9.0}  # after that


class Alarm(NamedTuple):
    """An alarm as it truly went. handled_at None: nobody has."""

    key: str
    device: Dispenser
    about: str
    raised_at: datetime
    acknowledged_at: datetime | None
    handled_at: datetime | None
    how: AlarmContact
    flaw: str


def alarms_on(town: Town, it: Dispenser, day: date) -> list[Alarm]:
    """The alarms of a device that go off on a day, whatever the hour of the first fill."""
    drawn = device_day(town, it.number, day)
    found = [
        _alarm(town, it, "missed_dose", dose.window_until + MINUTE)
        for dose in drawn.doses
        if dose.fate in ("late", "missed", "unknown") and not it.is_silent(dose.due_at)
    ]
    if drawn.fault:
        found.append(_alarm(town, it, drawn.fault[1], drawn.fault[0]))
    if it.silent_from and local_date(it.silent_from + NOTICED) == day:
        silent = _alarm(town, it, "silent", it.silent_from + NOTICED)
        found.append(silent._replace(acknowledged_at=None, handled_at=None, flaw=""))
    return found


def live_alarms(town: Town, day: date) -> Iterator[Alarm]:
    """What comes on top from the first fill on: calls for help, at any hour."""
    if start_of(day) + DAY <= town.anchor:
        return
    at_home = [it for it in dispensers(town) if it.until_at is None and it.silent_from is None]
    for hour in range(24):
        rng = dice(town, "live alarms", day, hour)
        for _ in range(poisson(rng, ALARMS["live_per_hour"])):
            at = clock(day, 60 * (hour + rng.random()))
            if at > town.anchor:
                yield _alarm(town, rng.choice(at_home), "call", at)


def _alarm(town: Town, it: Dispenser, about: str, raised_at: datetime) -> Alarm:
    name = f"{it.key}/{about}/{raised_at}"
    rng = dice(town, "alarm", name)
    how = cast(AlarmContact, pick(rng, ALARMS["contacts"]))
    taken_on = raised_at + _minutes(rng, ACKNOWLEDGED)
    handled, flaw = taken_on + _minutes(rng, HANDLED[how]), ""
    if rng.random() < ALARMS["acknowledged_before_raised"]:
        taken_on, flaw = raised_at - timedelta(seconds=rng.randrange(20, 400)), "acknowledged_before_raised"
    elif rng.random() < ALARMS["handled_before_raised"]:
        handled, flaw = raised_at - timedelta(seconds=rng.randrange(20, 400)), "handled_before_raised"
    return Alarm(secret(town, "alarm", name), it, about, raised_at, taken_on, handled, how, flaw)


def _minutes(rng: Random, median: float) -> timedelta:
    return timedelta(seconds=int(60 * median * exp(0.7 * rng.gauss(0, 1))))


def alarms_day(town: Town, day: date) -> Iterator[Told]:
    """What is told of the alarms that go off on a local day."""
    if day < begins(town, "devices"):
        return
    for it in dispensers(town):
        for alarm in alarms_on(town, it, day):
            yield from _told(alarm)
    for alarm in live_alarms(town, day):
        yield from _told(alarm)


def _told(alarm: Alarm) -> Iterator[Told]:
    it, key = alarm.device, subject("alarm", alarm.key)
    fact = d.AlarmRaised(unit=it.unit, about=alarm.about, device=it.key, person=it.person)
    yield Told(key, "", alarm.raised_at, alarm.raised_at + 2 * SECOND, fact)
    if alarm.acknowledged_at:
        first = max(alarm.acknowledged_at, alarm.raised_at) + 3 * SECOND
        flaw = alarm.flaw if alarm.flaw.startswith("acknowledged") else ""
        yield Told(key, "", alarm.acknowledged_at, first, d.AlarmAcknowledged(), flaw=flaw)
    if alarm.handled_at:
        last = max(alarm.handled_at, alarm.raised_at) + 4 * SECOND
        flaw = alarm.flaw if alarm.flaw.startswith("handled") else ""
        yield Told(key, "", alarm.handled_at, last, d.AlarmHandled(how=alarm.how), flaw=flaw)
