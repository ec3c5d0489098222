"""What Mittköping's figures are measured against, FTE by week and inhabitants by year; the reports that it
gives, and its sign of life.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final, cast

from producers.synthetic import model
from producers.synthetic.reports import place_of, reports_on
from producers.synthetic.workdays import start_of
from schemas.codec import make
from schemas.codes import AgeBand, Sex
from schemas.envelope import Event, Fact, event_id
from schemas.reference import FteSet, PopulationSet, ProducerAlive

_SIX: Final = timedelta(hours=6)
_TEN: Final = timedelta(hours=10)
_SEXES: Final[tuple[Sex, ...]] = ("woman", "man")


def surroundings(seed: int, start: date, day: date) -> list[Event]:
    """What is told on a local day: FTE on Mondays and the first day, inhabitants on 22 February, reports."""
    if day < start:
        return []
    recorded = start_of(day) + _SIX
    events = []
    if day == start or day.weekday() == 0:
        facts = [FteSet(unit=unit, fte=fte, from_on=day) for unit, fte in fte_on(seed, day).items()]
        events += [_event(f"fte/{fact.unit}.{fact.role}", fact, start_of(day), recorded) for fact in facts]
    if day == start or (day.month, day.day) == (2, 22):
        year = day.year - 1
        told = start_of(date(year, 12, 31))
        events += [_event(_place(fact), fact, told, recorded) for fact in _inhabitants(year)]
    given = start_of(day) + _TEN
    events += [_event(place_of(fact), fact, given, given + _SIX / 36) for fact in reports_on(seed, day)]
    return events


def fte_on(seed: int, day: date) -> dict[str, float]:
    """Full-time equivalents by unit, as told on that day: fewer in July, a little different each week."""
    rng = Random(f"{seed}/{day}/fte")
    share = model.FTE_SUMMER if day.month == 7 else 1.0
    return {unit: round(fte * share * rng.uniform(0.95, 1.03) * 4) / 4 for unit, fte in model.FTE.items()}


def _inhabitants(year: int) -> list[PopulationSet]:
    persons = round(model.POPULATION * 1.004 ** (year - 2025))
    parts = [
        PopulationSet(year=year, persons=round(persons * share / 2), age_band=cast(AgeBand, band), sex=sex)
        for band, share in model.POPULATION_SHARES.items()
        for sex in _SEXES
    ]
    return [PopulationSet(year=year, persons=sum(part.persons for part in parts)), *parts]


def _place(fact: PopulationSet) -> str:
    parts = [str(fact.year), *([fact.age_band.replace("+", "-")] if fact.age_band else []), fact.sex or ""]
    return "population/" + ".".join(part for part in parts if part)


def alive(until: datetime) -> Event:
    """The source lives and has told everything before `until`. The entity is a producer hour."""
    until = until.astimezone(UTC)
    fact = ProducerAlive(topic="cases", complete_until=until)
    return _event(f"producer/{model.SOURCE}.{until:%Y%m%d%H}", fact, until, until)


def _event(place: str, fact: Fact, at: datetime, recorded: datetime) -> Event:
    subject = f"{model.CODE}/{place}"
    what = fact.from_on if isinstance(fact, FteSet) else at.isoformat()
    return make(
        fact, id=event_id(subject, type(fact).__name__, str(what)), source=model.SOURCE, subject=subject,
        time=at, recordedtime=recorded, kommunkod=model.CODE,
    )  # fmt: skip
