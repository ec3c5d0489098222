"""Staff of five units whose every figure can be counted by hand (municipality 9968), October 2026.

north has 10 care workers and 6 nurses, mid 6 and 5, east 8 and 3, west 5 and south 4 care workers. Seven days
are told of, five days apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from schemas import assistance as a
from schemas import staffing as s
from schemas.envelope import Event
from schemas.reference import FteSet
from tests.caring import reported, worked
from tests.placing import pseudonym, tell

CODE: Final = "9968"
TODAY: Final = date(2026, 11, 22)
DAYS: Final = tuple(f"2026-10-{day:02}" for day in range(1, 32, 5))
GROUPS: Final = {
    ("north", "care_worker"): (10, 76.0), ("north", "nurse"): (6, 40.0), ("east", "care_worker"): (8, 60.0),
    ("east", "nurse"): (3, 20.0), ("mid", "care_worker"): (6, 45.0), ("mid", "nurse"): (5, 35.0),
    ("west", "care_worker"): (5, 38.0), ("south", "care_worker"): (4, 30.0),
}  # fmt: skip
"""Persons on each day's schedule, and hours."""


def staff(kind: type[s.StaffFact], unit: str, role: str, on: str, what: str = "", **said: Any) -> Event:
    """A fact of a unit's staff of one role on one day."""
    fact = kind(unit=unit, role=role, on=date.fromisoformat(on), **said)
    key = f"{unit}.{role}.{on.replace('-', '')}"
    return tell(key, fact, on, municipality=said.pop("code", CODE), what=f"{kind.__name__} {what}")


def town() -> list[Event]:
    """All of 9968."""
    return [*_schedules(), *_absence(), *_work(), *_temps(), *_changes()]


def _schedules() -> Iterator[Event]:
    """FTE: 12 care workers in the north until 16 October, then 9; 4 nurses; in the east of care workers."""
    for (unit, role), (persons, hours) in GROUPS.items():
        for day in DAYS:
            yield staff(s.TimeScheduled, unit, role, day, hours=hours, persons=persons)
    for unit, role, fte, on in (
        ("north", "care_worker", 12.0, "2026-01-01"), ("north", "care_worker", 9.0, "2026-10-17"),
        ("north", "nurse", 4.0, "2026-01-01"), ("east", "care_worker", 7.0, "2026-01-01"),
    ):  # fmt: skip
        fact = FteSet(unit=unit, role=role, fte=fte, from_on=date.fromisoformat(on))
        yield tell(f"{unit}.{role}", fact, on, municipality=CODE)


def _absence() -> Iterator[Event]:
    """In the north 8 hours of short spells, 7 × 7.6 of long, 4 of unknown; overtime 7.5 and 4.5 hours."""
    carer = ("north", "care_worker")
    yield staff(s.SickLeaveTaken, *carer, DAYS[1], hours=8, spell="short", what="short")
    for day in DAYS:
        yield staff(s.SickLeaveTaken, *carer, day, hours=7.6, spell="long", what="long")
    yield staff(s.SickLeaveTaken, *carer, DAYS[2], hours=4, what="unknown")
    yield staff(s.OvertimeWorked, *carer, DAYS[0], hours=5)
    yield staff(s.OvertimeWorked, *carer, DAYS[1], hours=2.5)
    yield staff(s.OvertimeWorked, "north", "nurse", DAYS[0], hours=4.5)
    yield staff(s.OvertimeWorked, "east", "care_worker", DAYS[0], hours=3)
    yield staff(s.OvertimeWorked, "south", "care_worker", DAYS[0], hours=100)


def _work() -> Iterator[Event]:
    """In the north 400 hours of care workers and 40 of nurses: 20 needed the licence, 10 not; 10 external."""
    yield worked("north", CODE, DAYS[0], "direct", 400)
    for hours, qualified, used_for in ((20, True, "direct"), (10, False, "indirect"), (10, None, "staff")):
        yield worked("north", CODE, DAYS[0], used_for, hours, role="nurse", qualified=qualified)
    yield staff(s.ExternalStaffHired, "north", "nurse", DAYS[0], hours=10)
    yield staff(s.ExternalStaffHired, "north", "nurse", DAYS[1], hours=5)  # a day without worked time
    case = {"service": "personal_assistance", "assistance": pseudonym("assistance", "c0"), "unit": "north"}
    yield reported("october", CODE, "2026-10-01", "2026-11-01", 90, double_hours=18, regi="in_house", **case)


def _temps() -> Iterator[Event]:
    """Five in the north: three in one case, three in another, one of them in both; 44 hours together, and
    four more on a day without worked time.
    """
    late: dict[str, Any] = {
        "temp": pseudonym("temp", "t1"),
        "assistance": pseudonym("assistance", "c0"),
        "hours": 4,
    }
    yield staff(s.TempEngaged, "north", "care_worker", DAYS[1], **late)
    for number, (temp, case, hours) in enumerate(
        (("t1", "c0", 7), ("t2", "c0", 7), ("t3", "c0", 7), ("t3", "c1", 7), ("t4", "c1", 7), ("t5", "c1", 9))
    ):
        said = {"temp": pseudonym("temp", temp), "assistance": pseudonym("assistance", case), "hours": hours}
        yield staff(s.TempEngaged, "north", "care_worker", DAYS[0], what=str(number), **said)


def _changes() -> Iterator[Event]:
    """Five cases of the north with other hours from 1 September, whose schedules follow 3 to 20 days later;
    one was decided ten days after its first day. The schedule of a sixth has not followed yet.
    """
    for number, days in enumerate((3, 5, 9, 10, 20, None)):
        name = f"c{number}"
        decided = date(2026, 9, 11 if number == 4 else 1)
        for from_on, until_on, hours, on in (
            (date(2026, 3, 1), date(2026, 9, 1), 1840, date(2026, 2, 20)),
            (date(2026, 9, 1), date(2027, 3, 1), 1448, decided),
        ):
            fact = a.AssistanceDecided(from_on=from_on, until_on=until_on, hours=hours, unit="north")
            yield tell(name, fact, str(on), municipality=CODE, what=f"decided {from_on}")
        if days is None:
            continue
        changed = a.AssistanceScheduleChanged(on=decided + timedelta(days=days))
        yield tell(name, changed, str(changed.on), municipality=CODE)
