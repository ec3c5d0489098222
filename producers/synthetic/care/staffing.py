"""What is told each morning of the staff of yesterday, never of one member of staff; temps by pseudonym."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any, Final, NamedTuple, cast

from producers.synthetic.care.assistance import cases
from producers.synthetic.care.model import STAFF, STAFFING, USES, StaffUnit, begins
from producers.synthetic.care.telling import Told, clock, dice, secret, subject
from producers.synthetic.generator import Town, poisson
from producers.synthetic.workdays import DAY
from schemas import staffing as s
from schemas.codes import SickSpell, TimeUse
from schemas.workdays import is_workday

TEMPS: Final = 14  # of a unit at size 1
SICK_BY_MONTH: Final = (1.3, 1.5, 1.2, 1.0, 0.9, 0.8, 0.7, 0.8, 1.0, 1.1, 1.1, 1.2)


class _Day(NamedTuple):
    """A unit's day of one role while it is told. persons: on the schedule."""

    town: Town
    rng: Random
    unit: str
    role: str
    on: date
    hours: float
    persons: int


def staffing_day(town: Town, day: date) -> Iterator[Told]:
    """What is told on the morning of a local day of all units and roles the day before."""
    on = day - DAY
    if on < begins(town, "staffing"):
        return
    for unit, staff in STAFF.items():
        yield from _unit_day(_scheduled(town, unit, staff, on))


def _scheduled(town: Town, unit: str, staff: StaffUnit, on: date) -> _Day:
    rng = dice(town, "staff", unit, on)
    usual = staff.hours * town.size * (1.0 if is_workday(on) else STAFFING["weekend"])
    hours = _quarters(max(STAFFING["shift_hours"], usual * rng.uniform(0.95, 1.05)))
    return _Day(town, rng, unit, staff.role, on, hours, max(1, round(hours / STAFFING["shift_hours"])))


def _unit_day(it: _Day) -> Iterator[Told]:
    rng = it.rng
    head: dict[str, Any] = {"unit": it.unit, "on": it.on, "role": it.role, "regi": "in_house"}
    yield _told(it, "", s.TimeScheduled(hours=it.hours, persons=it.persons, **head))
    short = _part(rng, it.hours * STAFFING["short_sick"] * SICK_BY_MONTH[it.on.month - 1])
    long = _part(rng, it.hours * STAFFING["long_sick"])
    spells: tuple[tuple[SickSpell, float], ...] = (("short", short), ("long", long))
    for spell, hours in spells:
        if hours:
            away = max(1, round(hours / STAFFING["shift_hours"]))
            yield _told(it, spell, s.SickLeaveTaken(hours=hours, spell=spell, persons=away, **head))
    overtime = _part(rng, it.hours * STAFFING["overtime"] * (rng.random() < STAFFING["overtime_days"]))
    if overtime:
        yield _told(it, "", s.OvertimeWorked(hours=overtime, **head))
    share = STAFFING["external_nurses" if it.role == "nurse" else "external_others"]
    external = _part(rng, it.hours * share)
    if external:
        yield _told(it, "", s.ExternalStaffHired(hours=external, **head))
    worked = max(0.0, it.hours - short - long + overtime + external)
    for used_for, qualified, hours in _uses(it, worked):
        what = f"{used_for}.{qualified}"
        fact = s.TimeWorked(hours=hours, used_for=used_for, qualified=qualified, **head)
        yield _told(it, what, fact)
    yield from _temps(it, head)


def _uses(it: _Day, worked: float) -> Iterator[tuple[TimeUse, bool | None, float]]:
    """Worked hours by use; of nurses' direct time also whether the task needed the licence."""
    for name, share in USES[it.role].items():
        used_for, hours = cast(TimeUse, name), _quarters(worked * share * it.rng.uniform(0.9, 1.1))
        if (it.role, used_for) != ("nurse", "direct"):
            yield used_for, None, hours
            continue
        unknown = _quarters(hours * STAFFING["qualified_unknown"])
        needed = _quarters((hours - unknown) * STAFFING["qualified"])
        yield used_for, True, needed
        yield used_for, False, hours - unknown - needed
        yield used_for, None, unknown


def _temps(it: _Day, head: dict[str, Any]) -> Iterator[Told]:
    """Each temp once; in assistance with the case that it was for."""
    of_unit = [case.key for case in cases(it.town) if case.unit == it.unit and case.goes_on(it.on)]
    pool = max(4, round(TEMPS * it.town.size))
    many = min(pool, poisson(it.rng, STAFFING["temps"] * max(0.2, it.town.size)))
    for number in sorted(it.rng.sample(range(pool), many)):
        temp = secret(it.town, "temp", f"{it.unit}/{number}")
        assistance = it.rng.choice(of_unit) if of_unit else None
        hours = _quarters(it.rng.uniform(3, 9))
        fact = s.TempEngaged(hours=hours, temp=temp, assistance=assistance, **head)
        yield _told(it, str(number), fact)


def _part(rng: Random, mean: float) -> float:
    """Hours of what happens to some of the staff: mostly a whole shift or none."""
    return _quarters(poisson(rng, mean / STAFFING["shift_hours"] * 2) * STAFFING["shift_hours"] / 2)


def _quarters(hours: float) -> float:
    return round(hours * 4) / 4


def _told(it: _Day, what: str, fact: s.StaffFact) -> Told:
    morning = clock(it.on + DAY, 6 * 60 + 5 * list(STAFF).index(it.unit))
    return Told(staff_key(it.unit, it.role, it.on), what, clock(it.on, 12 * 60), morning, fact)


def staff_key(unit: str, role: str, on: date) -> str:
    """The entity of a unit's staff of one role on a day."""
    return subject("staff_day", f"{unit}.{role}.{on:%Y%m%d}")
