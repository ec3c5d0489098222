"""Devices, doses and alarms for tests, told as a source would: at an instant, in a real envelope."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from schemas import devices as d
from schemas.codec import make
from schemas.envelope import Event, Fact, event_id
from tests.placing import pseudonym

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # a Monday, 8.00 in Stockholm
MUNICIPALITY = "9985"


def at(days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
    """A point in time, counted from a Monday morning."""
    return MORNING + timedelta(days=days, hours=hours, minutes=minutes)


def tell(name: str, fact: Fact, when: datetime, **more: Any) -> Event:
    """The fact of the entity of that name. what: names the fact (its type by default)."""
    code, what = more.pop("municipality", MUNICIPALITY), more.pop("what", type(fact).__name__)
    key = f"{code}/{fact.KIND}/{pseudonym(fact.KIND, name) if fact.SECRET_KEY else name}"
    said = {"source": "test", "recordedtime": when} | more
    number = event_id(key, what, when.isoformat())
    return make(fact, id=number, subject=key, time=when, kommunkod=code, **said)


def device(name: str) -> str:
    """What other entities call the device of that name."""
    return pseudonym("device", name)


def installed(unit: str = "norr", person: str = "", **said: Any) -> d.DeviceInstalled:
    """person: a name, '' for nobody."""
    return d.DeviceInstalled(unit=unit, person=pseudonym("person", person) if person else None, **said)


def due(when: datetime, of: str = "", unit: str = "norr", **said: Any) -> d.DoseDue:
    """of: the device's name, '' for none."""
    return d.DoseDue(due_at=when, unit=unit, device=device(of) if of else None, **said)


def raised(of: str = "", unit: str = "norr", **said: Any) -> d.AlarmRaised:
    """of: the device's name, '' for none."""
    return d.AlarmRaised(unit=unit, device=device(of) if of else None, **said)
