"""Visits with medicine that are made to those who have a dispenser all the same: to fill it, now and then
besides, and when an alarm takes somebody home. Also the rents of the devices.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from msgspec.structs import replace

from producers.synthetic import model
from producers.synthetic.care.alarms import alarms_on
from producers.synthetic.care.dispensers import Dispenser, dispensers, refills
from producers.synthetic.care.model import DISPENSERS, HEALTH_UNIT, UNITS, begins
from producers.synthetic.care.telling import HOUR, MINUTE, Told, clock, dice, recorded, secret
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY, start_of
from schemas import hours as h
from schemas.calendar import later_period
from schemas.codes import Regi
from schemas.devices import RentBooked

SERVICE: Final = "home_health_care"
CONTRACTED_UNIT: Final = "utforare-a"
NURSES: Final = 9
_REGIS: Final[tuple[Regi, ...]] = ("in_house", "contracted")


class MedicationVisit(NamedTuple):
    """A visit with medicine to somebody who has a dispenser. planned: it was on the plan the day before."""

    key: str
    device: Dispenser
    times: tuple[datetime, datetime]
    is_planned: bool

    @property
    def unit(self) -> str:
        """Who makes it: the unit that made the visits before."""
        return HEALTH_UNIT if self.device.regi == "in_house" else CONTRACTED_UNIT


def medication_visits(town: Town, it: Dispenser, day: date) -> Iterator[MedicationVisit]:
    """Those of a device's home on a day."""
    rng = dice(town, "medication", it.key, day)
    visits = [(at, True) for at in refills(town, it, day) if at > it.from_at]
    at = clock(day, rng.uniform(7.5 * 60, 20 * 60))
    if rng.random() < DISPENSERS["extra_visit"]:
        visits.append((at, True))
    visits += [
        (alarm.handled_at, False)
        for alarm in alarms_on(town, it, day)
        if alarm.how == "home_visit" and alarm.handled_at and not alarm.flaw
    ]
    for number, (start, is_planned) in enumerate(visits):
        if it.is_in_home(start):
            stop = start + timedelta(seconds=int(60 * rng.uniform(5, 19)))
            key = secret(town, "visit", f"medication/{it.key}/{day}/{number}")
            yield MedicationVisit(key, it, (start, stop), is_planned)


def medication_day(town: Town, day: date) -> Iterator[Told]:
    """A plan made on a local day for the next one and what comes of it; on the first of a month the rents."""
    if day + DAY < begins(town, "devices"):
        return
    for it in dispensers(town):
        for visit in medication_visits(town, it, day + DAY):
            yield from _visit(town, visit, day)
    over = later_period("month", day, -1)
    if day.day == 1 and over >= begins(town, "devices"):
        yield from _rents(town, over, day)


def _visit(town: Town, visit: MedicationVisit, day: date) -> Iterator[Told]:
    rng = dice(town, "medication told", visit.key)
    start, stop = visit.times
    regi = "in_house" if visit.unit == HEALTH_UNIT else UNITS[visit.unit].regi
    key = f"{model.CODE}/visit/{visit.key}"
    if visit.is_planned:
        slot = start - rng.randrange(12) * MINUTE
        plan = h.VisitPlanned(
            start_at=slot, stop_at=slot + 15 * MINUTE, unit=visit.unit, service=SERVICE, purpose="medication",
            regi=regi, person=visit.device.person,
        )  # fmt: skip
        at = clock(day, rng.uniform(14 * 60, 16 * 60))
        yield Told(key, "", at, at, plan)
    nurse = secret(town, "staff", f"{visit.unit}/nurse/{rng.randrange(NURSES)}")
    fact = h.VisitPerformed(
        start_at=start, stop_at=stop, unit=visit.unit, service=SERVICE, purpose="medication", regi=regi,
        staff=(nurse,), person=visit.device.person, sex=visit.device.sex, age_band=visit.device.age_band,
    )  # fmt: skip
    yield Told(key, "", stop, recorded(rng, stop), fact)


def rent_kr(town: Town, regi: Regi, month: date, until: date) -> float:
    """The rent of a month: of each device in proportion to its days there."""
    devices = [it for it in dispensers(town) if it.regi == regi]
    middays = [start_of(month + n * DAY) + 12 * HOUR for n in range((until - month).days)]
    days = sum(it.is_in_home(at) for it in devices for at in middays)
    return float(round(DISPENSERS["rent_kr"] * days / len(middays), 2))


def _rents(town: Town, month: date, until: date) -> Iterator[Told]:
    for regi in _REGIS:
        rng = dice(town, "rent", regi, month)
        fact = RentBooked(
            month=month, unit=HEALTH_UNIT, regi=regi, amount_kr=rent_kr(town, regi, month, until)
        )
        at = clock(until, 24 * 60 * rng.uniform(4.4, 9.6))
        told = Told(f"{model.CODE}/rent_month/{HEALTH_UNIT}.{regi}.{month:%Y%m}", "", at, at + HOUR, fact)
        if rng.random() < 0.3:
            yield told._replace(fact=replace(fact, amount_kr=fact.amount_kr * 1000))
            told = told._replace(recorded=told.recorded + 50 * HOUR, reason="changed_at_source")
        yield told
