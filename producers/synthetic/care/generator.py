"""Mittköping's hours and devices as events, in the order in which their systems recorded them, endless.

Sources of their own beside cases and placements: each day of the calendar has dice of its own, so any stretch
of time can be told alone, and live follows on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Final, NamedTuple

from producers.synthetic import model
from producers.synthetic.care.alarms import alarms_day
from producers.synthetic.care.assistance_money import assistance_day
from producers.synthetic.care.assistance_shifts import shifts_day
from producers.synthetic.care.doses import devices_day
from producers.synthetic.care.grants import grants_day
from producers.synthetic.care.medication import medication_day
from producers.synthetic.care.model import DEVICES_SOURCE, HOURS_SOURCE
from producers.synthetic.care.prices import prices_day
from producers.synthetic.care.staffing import staffing_day
from producers.synthetic.care.strays import strays_day
from producers.synthetic.care.telling import Told, to_event
from producers.synthetic.care.visit_telling import visits_day
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY, local_date
from schemas.codec import make
from schemas.envelope import Event, event_id
from schemas.reference import ProducerAlive


class Part(NamedTuple):
    """What is told of one subject: all that comes of a local day, recorded on that day or at most so many
    days later.
    """

    of_day: Callable[[Town, date], Iterator[Told]]
    days_late: int


PARTS: Final = (
    Part(prices_day, 5),
    Part(grants_day, 30),
    Part(visits_day, 25),
    Part(shifts_day, 30),
    Part(assistance_day, 150),
    Part(staffing_day, 3),
    Part(devices_day, 12),
    Part(alarms_day, 4),
    Part(medication_day, 25),
    Part(strays_day, 2),
)
LOOKBACK: Final = max(part.days_late for part in PARTS)


def care_history(
    seed: int, until: datetime, size: float = 1.0, anchor: datetime | None = None
) -> Iterator[Event]:
    """Every event recorded up to `until`, by recorded time. `anchor`: the first fill, by default `until`."""
    events = care_timeline(Town(seed, size, anchor or until))
    return takewhile(lambda event: event.recordedtime <= until, events)


def care_timeline(town: Town, since: datetime | None = None) -> Iterator[Event]:
    """Every event recorded after `since` (None: from the beginning), without end, by recorded time."""
    waiting: defaultdict[date, list[Told]] = defaultdict(list)
    first = local_date(since) if since else town.start
    day = first - timedelta(days=LOOKBACK)
    while True:
        for told in told_of(town, day, (first - day).days):
            if since is None or told.recorded > since:
                waiting[told.recorded.date()].append(told)
        for told in sorted(waiting.pop(day - DAY, ()), key=lambda told: told.order):
            yield to_event(told)
        day += DAY


def told_of(town: Town, day: date, age: int = 0) -> Iterator[Told]:
    """All that comes of a local day, of the parts that may still tell of it `age` days later."""
    for part in PARTS:
        if age <= part.days_late:
            yield from part.of_day(town, day)


def care_alive(until: datetime) -> tuple[Event, ...]:
    """Both sources live and have told everything before `until`. The entity is a producer hour."""
    return _alive(HOURS_SOURCE, "hours", until), _alive(DEVICES_SOURCE, "devices", until)


def _alive(source: str, topic: str, until: datetime) -> Event:
    until = until.astimezone(UTC)
    subject = f"{model.CODE}/producer/{source}.{until:%Y%m%d%H}"
    return make(
        ProducerAlive(topic=topic, complete_until=until),
        id=event_id(subject, ProducerAlive.__name__, until.isoformat()), source=source, subject=subject,
        time=until, recordedtime=until, kommunkod=model.CODE,
    )  # fmt: skip
