"""The load of a year: home-care visits, assistance, staffing and doses of a large municipality, as real
events. Pure: the same for the same size, day after day, as living sources tell of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil
from random import Random
from typing import Final, get_args

from schemas import devices as d
from schemas import hours as h
from schemas.codec import make
from schemas.codes import AgeBand
from schemas.envelope import Event, Fact, event_id
from schemas.reference import ProducerAlive
from tests.bench import assisted
from tests.bench.load import pseudonym

CODE: Final = "9999"
UNTIL: Final = datetime(2026, 11, 22, 22, tzinfo=UTC)
DAYS: Final = 365
UNITS: Final = ("hemtjanst-norr", "hemtjanst-centrum", "hemtjanst-soder", "utforare-a")
NURSES: Final = "hemsjukvard"
A_DAY: Final = 4
"""Visits that a person has, and doses that a device gives, every day."""
OLD: Final = [band for band in get_args(AgeBand) if band in ("65-79", "80+")]


@dataclass(frozen=True)
class Year:
    """How much happens in the year."""

    visits: int = 5_000_000
    doses: int = 3_000_000

    @property
    def cases(self) -> int:
        """Cases of assistance: 300 in five million visits, every fifteenth of which is a shift of theirs."""
        return self.visits // 16_666

    @property
    def persons(self) -> int:
        """People with home care."""
        return ceil((self.visits / DAYS - self.cases * assisted.SHIFTS) / A_DAY)

    @property
    def devices(self) -> int:
        """Dispensers in homes."""
        return ceil(self.doses / DAYS / A_DAY)


def told(year: Year) -> Iterator[Event]:
    """Decisions and devices first, then each day's visits, shifts, staff, doses and signs of life, then that
    the sources have told everything.
    """
    draw = Random(11)
    first = UNTIL - timedelta(days=DAYS)
    people = [pseudonym("client", number) for number in range(year.persons)]
    machines = [pseudonym("device", number) for number in range(year.devices)]
    yield from _begun(people, machines, first)
    yield from _told(assisted.cases(year.cases, UNTIL, DAYS))
    for number in range(DAYS):
        day = first + timedelta(days=number)
        yield from _visits(draw, people, day)
        yield from _told(assisted.shifts(year.cases, day))
        yield from _told(assisted.staff(UNITS, day))
        yield from _doses(draw, machines, day)
    for topic in ("hours", "devices"):
        subject = f"{CODE}/producer/year-{topic}.20261122T22"
        yield event(subject, ProducerAlive(topic, UNTIL, max_age_s=90_000), UNTIL)


def alarm(number: int, at: datetime) -> Event:
    """One alarm of its own."""
    subject = f"{CODE}/alarm/{pseudonym('alarm', number)}"
    return event(subject, d.AlarmRaised(unit=NURSES, device=pseudonym("device", 0)), at)


def _begun(people: list[str], machines: list[str], first: datetime) -> Iterator[Event]:
    for number, person in enumerate(people):
        grant = h.HoursGranted(service="home_care", unit=UNITS[number % len(UNITS)], hours=14.0, per="week",
                               from_on=first.date(), regi="in_house", law="SoL", person=person,
                               sex="woman" if number % 3 else "man", age_band=OLD[number % 2])  # fmt: skip
        yield event(f"{CODE}/grant/{pseudonym('grant', number)}", grant, first)
    for number, machine in enumerate(machines):
        put = d.DeviceInstalled(unit=NURSES, regi="in_house", baseline_visits=80, age_band=OLD[number % 2],
                                person=people[number % len(people)])  # fmt: skip
        yield event(f"{CODE}/device/{machine}", put, first)


def _visits(draw: Random, people: list[str], day: datetime) -> Iterator[Event]:
    for number, person in enumerate(people):
        for nth in range(A_DAY):
            start = day + timedelta(hours=-16 + 4 * nth, minutes=draw.randrange(120))
            visit = h.VisitPerformed(
                start_at=start, stop_at=start + timedelta(minutes=draw.randrange(10, 50)),
                unit=UNITS[number % len(UNITS)], service="home_care", purpose="care", regi="in_house",
                person=person, sex="woman" if number % 3 else "man", age_band=OLD[number % 2],
                staff=(_STAFF[(number // 8 + draw.randrange(6)) % len(_STAFF)],),
            )  # fmt: skip
            subject = f"{CODE}/visit/{pseudonym(f'{day:%j}.{nth}', number)}"
            yield event(subject, visit, start)


_STAFF: Final = tuple(pseudonym("staff", number) for number in range(1_500))


def _doses(draw: Random, machines: list[str], day: datetime) -> Iterator[Event]:
    for number, machine in enumerate(machines):
        alive = d.DeviceAlive(device=machine, on=_local(day - timedelta(hours=12)))
        sign = f"{CODE}/device_day/{pseudonym(f'sign{day:%j}', number)}"
        yield event(sign, alive, day - timedelta(hours=12))
        for nth in range(A_DAY):
            due = day + timedelta(hours=-16 + 4 * nth)
            subject = f"{CODE}/dose/{pseudonym(f'dose{day:%j}.{nth}', number)}"
            yield event(subject, d.DoseDue(due_at=due, unit=NURSES, device=machine), due)
            if draw.random() < 0.996:
                yield event(subject, d.DoseTaken(), due + timedelta(minutes=draw.randrange(1, 55)))
            else:
                yield event(subject, d.DoseMissed(reason="refused"), due + timedelta(minutes=61))


def _told(told: Iterable[assisted.Told]) -> Iterator[Event]:
    return (event(f"{CODE}/{entity}", fact, at) for entity, fact, at in told)


def _local(at: datetime) -> date:
    return (at + timedelta(hours=1)).date()


def event(subject: str, fact: Fact, at: datetime) -> Event:
    """One event of the load's own source, told when it happened."""
    name = type(fact).__name__
    return make(fact, id=event_id(subject, name, at.isoformat()), source="bench", subject=subject, time=at,
                recordedtime=at, kommunkod=CODE)  # fmt: skip
