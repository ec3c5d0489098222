"""What a unit's staff of one role did on one local day (bemanning). Pure.

Each fact is the day's total of its kind: told again under another id, the last one told holds and the row is
flawed. Of schedule nothing told is unknown; of absence, overtime and hired staff, nothing told is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

from schemas import staffing as s
from streams.folds.days import columns, day_number
from streams.history import Living

F = TypeVar("F", bound=s.StaffFact)
HOURS_A_DAY: Final = 24


class StaffDayRow(NamedTuple):
    """Columns of table `staff_days` after the key. sick_persons: unknown where only hours are told."""

    unit: str
    role: str
    regi: str
    on_day: int | None
    scheduled_h: float | None
    scheduled_persons: int | None
    sick_short_h: float
    sick_long_h: float
    sick_unknown_h: float
    sick_persons: int | None
    overtime_h: float
    external_h: float
    worked__used_for: list[str]
    worked__qualified: list[str]
    worked__hours: list[float]
    temps__temp: list[str]
    temps__assistance: list[str]
    temps__hours: list[float]
    flaws: list[str]


def fold(facts: Sequence[Living]) -> StaffDayRow:
    """The row of a unit day of one role. An empty history gives an empty row (void)."""
    flaws = {flaw for living in facts for flaw in living.flaws}
    told: dict[tuple[str, ...], s.StaffFact] = {}
    for living in facts:
        assert isinstance(living.fact, s.StaffFact)
        key = (type(living.fact).__name__, *_part(living.fact))
        if key in told:
            flaws.add("told_twice")
        told[key] = living.fact
    every = [fact for living in facts if isinstance(fact := living.fact, s.StaffFact)]
    if len({(fact.unit, fact.role, fact.on) for fact in every}) > 1:
        flaws.add("several_in_one")
    row = _row(every[-1] if every else None, list(told.values()))
    return row._replace(flaws=sorted(flaws | _odd(row)))


def _part(fact: s.StaffFact) -> tuple[str, ...]:
    """What a day's total is told for, beside its kind."""
    if isinstance(fact, s.SickLeaveTaken):
        return (fact.spell,)
    if isinstance(fact, s.TimeWorked):
        return (fact.used_for, _yes(fact.qualified))
    if isinstance(fact, s.TempEngaged):
        return (fact.temp, fact.assistance or "")
    return ()


def _row(last: s.StaffFact | None, told: Sequence[s.StaffFact]) -> StaffDayRow:
    schedule = next(iter(_of(told, s.TimeScheduled)), None)
    sick = {fact.spell: fact.hours for fact in _of(told, s.SickLeaveTaken)}
    away = [fact.persons for fact in _of(told, s.SickLeaveTaken)]
    worked = sorted((fact.used_for, _yes(fact.qualified), fact.hours) for fact in _of(told, s.TimeWorked))
    temps = sorted((fact.temp, fact.assistance or "", fact.hours) for fact in _of(told, s.TempEngaged))
    known = [fact.regi for fact in told if fact.regi != "unknown"]
    return StaffDayRow._make((
        last.unit if last else "unknown",
        last.role if last else "unknown",
        known[-1] if known else "unknown",
        day_number(last.on) if last else None,
        schedule.hours if schedule else None,
        schedule.persons if schedule else None,
        *(sick.get(spell, 0.0) for spell in ("short", "long", "unknown")),
        None if None in away else sum(persons or 0 for persons in away),
        sum(fact.hours for fact in _of(told, s.OvertimeWorked)),
        sum(fact.hours for fact in _of(told, s.ExternalStaffHired)),
        *columns(worked, 3),
        *columns(temps, 3),
        [],
    ))  # fmt: skip


def _of(told: Sequence[s.StaffFact], kind: type[F]) -> list[F]:
    return [fact for fact in told if isinstance(fact, kind)]


def _yes(qualified: bool | None) -> str:
    return "unknown" if qualified is None else "yes" if qualified else "no"


def _odd(row: StaffDayRow) -> set[str]:
    """What cannot be on one day."""
    flaws = set()
    if row.scheduled_h is not None and row.scheduled_h > HOURS_A_DAY * (row.scheduled_persons or 0):
        flaws.add("hours_over_24_a_day")
    if any(hours > HOURS_A_DAY for hours in row.temps__hours):
        flaws.add("hours_over_24_a_day")
    sick_h = row.sick_short_h + row.sick_long_h + row.sick_unknown_h
    if row.scheduled_h is not None and sick_h > row.scheduled_h:
        flaws.add("sick_over_scheduled")
    return flaws
