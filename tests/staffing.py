"""How tests tell of a unit's staff of one role on one day."""

from __future__ import annotations

from datetime import date
from typing import Any

from schemas import staffing as s
from schemas.envelope import Event
from tests.placing import tell


def staff(unit: str, on: str, kind: type[s.StaffFact], *, code: str, what: str = "", **said: Any) -> Event:
    """A fact of that day. what: tells several of a kind apart."""
    fact = kind(unit=unit, on=date.fromisoformat(on), **said)
    key = f"{unit}.{fact.role}.{on.replace('-', '')}"
    return tell(key, fact, on, municipality=code, what=f"{kind.__name__} {what}")


def scheduled(unit: str, on: str, hours: float, persons: int, **said: Any) -> Event:
    return staff(unit, on, s.TimeScheduled, hours=hours, persons=persons, **said)
