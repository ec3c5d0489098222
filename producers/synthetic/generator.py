"""Mittköping's history as events, in the order in which its systems recorded them, endless, always the same.

Each day of the calendar has dice of its own: any stretch of time can be told alone, and live follows on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import takewhile
from math import exp
from random import Random
from typing import Final, NamedTuple

from producers.synthetic import model
from producers.synthetic.life import acts_of, pseudonym
from producers.synthetic.model import CaseType
from producers.synthetic.registering import Step, Version, register
from producers.synthetic.surroundings import surroundings
from producers.synthetic.workdays import DAY, OPENS_S, SHUTS_S, at_second, local_date, start_of, to_utc
from schemas.codec import content_hash, make
from schemas.envelope import Event, event_id
from schemas.workdays import is_workday

_OFF_HOURS_A_DAY: Final = 17.85  # mean over the year of hours outside 8–17 on working days


class Town(NamedTuple):
    """Which Mittköping: its dice, its size (1 is about 60,000 cases in two years), when it was first filled.

    What happened in the two years before `anchor` and ever since belongs to it.
    From `anchor` on the trickle runs.
    """

    seed: int
    size: float
    anchor: datetime

    @property
    def start(self) -> date:
        """The first local day that is told in full."""
        return local_date(self.anchor) - timedelta(days=model.DAYS_SHOWN)


class Life(NamedTuple):
    """One case: its entity key and everything that will ever be recorded about it."""

    subject: str
    steps: list[Step]


Row = tuple[datetime, str, int, int, Life | Event]
"""When recorded, subject, number of step and of version: unique together, so the order never varies."""


def history(seed: int, until: datetime, size: float = 1.0, anchor: datetime | None = None) -> Iterator[Event]:
    """Every event recorded up to `until`, by recorded time. `anchor`: the first fill, by default `until`."""
    events = timeline(Town(seed, size, anchor or until))
    return takewhile(lambda event: event.recordedtime <= until, events)


def timeline(town: Town, since: datetime | None = None) -> Iterator[Event]:
    """Every event recorded after `since` (None: from the beginning), without end, by recorded time."""
    waiting: defaultdict[date, list[Row]] = defaultdict(list)
    first = since or start_of(town.start)
    for day, lives in lives_by_day(town, first):
        for life in lives:
            _queue(waiting, life, since)
        for event in surroundings(town.seed, town.start, day):
            if since is None or event.recordedtime > since:
                waiting[event.recordedtime.date()].append((event.recordedtime, event.subject, 0, 0, event))
        for *_, step, version, source in sorted(waiting.pop(day - DAY, ()), key=lambda row: row[:4]):
            yield to_event(source, step, version) if isinstance(source, Life) else source


def _queue(waiting: defaultdict[date, list[Row]], life: Life, since: datetime | None) -> None:
    for number, step in enumerate(life.steps):
        for index, version in enumerate(step.versions):
            if since is None or version.recorded > since:
                row = (version.recorded, life.subject, number, index, life)
                waiting[version.recorded.date()].append(row)


def lives_by_day(town: Town, since: datetime) -> Iterator[tuple[date, list[Life]]]:
    """Local days without end, each with the cases of that day that have anything recorded from `since` on."""
    first = local_date(since)
    day = first - timedelta(days=max(kind.lookback for kind in model.TYPES))
    while True:
        age = (first - day).days
        lives = [life for life in _lives_of(town, day, age) if age <= 0 or _reaches(life, since)]
        yield day, lives
        day += DAY


def _reaches(life: Life, since: datetime) -> bool:
    return any(step.versions[-1].recorded >= since for step in life.steps)


def _lives_of(town: Town, day: date, age: int) -> Iterator[Life]:
    """The cases that came in on a day; types whose cases have all ended `age` days later are left out."""
    for number, kind in enumerate(model.TYPES):
        if age <= kind.lookback:
            yield from _arrivals(town, day, kind, f"type {number}")
    for number, kind in enumerate(model.ON_CALL):
        if age <= kind.lookback:
            yield from _on_call(town, day, kind, f"on call {number}")
    if start_of(day) + DAY > town.anchor:
        yield from _trickle(town, day)


def arrivals_of(town: Town, day: date, codes: Sequence[str]) -> Iterator[tuple[CaseType, list[Life]]]:
    """The cases of some types that came in on a day, in office hours' ways."""
    for number, kind in enumerate(model.TYPES):
        if kind.code in codes:
            yield kind, list(_arrivals(town, day, kind, f"type {number}"))


def _arrivals(town: Town, day: date, kind: CaseType, name: str) -> Iterator[Life]:
    rng = Random(f"{town.seed}/{day}/{name}")
    week = model.WEEK[day.weekday() if is_workday(day) or day.weekday() > 4 else 6]
    for number in range(poisson(rng, town.size * _per_day(kind, day) * week)):
        yield _life(town, rng, kind, _arrival(rng, day), f"{day}/{name}/{number}")


def _on_call(town: Town, day: date, kind: CaseType, name: str) -> Iterator[Life]:
    rng = Random(f"{town.seed}/{day}/{name}")
    hours = _off_hours(day)
    rate = town.size * _per_day(kind, day) * len(hours) / _OFF_HOURS_A_DAY
    for number in range(poisson(rng, rate)):
        at = at_second(day, rng.choice(hours) * 3600 + rng.random() * 3600)
        yield _life(town, rng, kind, at, f"{day}/{name}/{number}")
    if _clocks_go_back(day) and kind is model.ON_CALL[0]:
        at = at_second(day, 2.2 * 3600)
        yield _life(town, rng, kind, at, f"{day}/{name}/twice")


def _trickle(town: Town, day: date) -> Iterator[Life]:
    for hour in _off_hours(day):
        rng = Random(f"{town.seed}/{day}/trickle/{hour}")
        for number in range(poisson(rng, model.TRICKLE_PER_HOUR)):
            at = at_second(day, hour * 3600 + rng.random() * 3600)
            life = _life(town, rng, rng.choice(model.TRICKLE), at, f"{day}/trickle/{hour}/{number}")
            if to_utc(at)[0] >= town.anchor:
                yield life


def _life(town: Town, rng: Random, kind: CaseType, at: datetime, name: str) -> Life:
    subject = f"{model.CODE}/case/{pseudonym(town.seed, 'case', name)}"
    life = Life(subject, register(rng, acts_of(rng, kind, at, town.seed)))
    last = life.steps[-1].versions
    if len(last) > 1 and last[-1].recorded == last[-2].recorded:
        last.sort(key=lambda v: (v.recorded, -_hash_of(life, v)))  # of two at once the smaller hash holds
    return life


def _hash_of(life: Life, version: Version) -> int:
    number = len(life.steps) - 1
    return content_hash(_event(life.subject, number, life.steps[number].name, version))


def to_event(life: Life, number: int, version: int) -> Event:
    """One version of one fact of a case as the event that tells it."""
    step = life.steps[number]
    return _event(life.subject, number, step.name, step.versions[version])


def _event(subject: str, number: int, name: str, version: Version) -> Event:
    return make(
        version.fact, id=event_id(subject, name, number), source=model.SOURCE, subject=subject,
        time=version.at, recordedtime=version.recorded, kommunkod=model.CODE, sequence=number,
        retracted=version.retracted, reason=version.reason,
        flaws=("ambiguous_time",) if version.ambiguous else (),
    )  # fmt: skip


def _per_day(kind: CaseType, day: date) -> float:
    """Cases of the kind that are expected on a mean day of that month."""
    years = day.year + day.timetuple().tm_yday / 365.25 - model.REFERENCE_YEAR
    growth: float = (1 + model.GROWTH_PER_YEAR) ** years
    return kind.per_year / 365.25 * model.SEASONS[kind.season][day.month - 1] * growth


def _arrival(rng: Random, day: date) -> datetime:
    """When it comes in: mostly in office hours, a little in the evening; on days off any time of the day."""
    if is_workday(day) and rng.random() < 0.94:
        return at_second(day, rng.triangular(OPENS_S - 1800, SHUTS_S, 9.5 * 3600))
    return at_second(day, rng.triangular(8 * 3600, 23 * 3600, 17 * 3600))


def _off_hours(day: date) -> list[int]:
    open_hours = range(OPENS_S // 3600, SHUTS_S // 3600) if is_workday(day) else range(0)
    return [hour for hour in range(24) if hour not in open_hours]


def _clocks_go_back(day: date) -> bool:
    return day.month == 10 and start_of(day + DAY) - start_of(day) > DAY


def poisson(rng: Random, mean: float) -> int:
    """A count with that mean; beyond 200 the normal law is as good and does not underflow."""
    if mean > 200:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
