"""Devices and alarms whose every answer can be counted by hand, as of any instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from schemas import devices as d
from schemas.envelope import Event, Fact
from tests.dispensing import MUNICIPALITY, device, installed, raised, tell
from tests.placing import pseudonym

NORTH, SOUTH = "hemsjukvard", "hemtjanst-soder"
WAITING: Final = ("old", "taken", "odd", "new")
"""Names of the alarms that wait, the one that has waited longest first."""
PERSONS: Final = ("anna", "bo", "cia", "eva")


def alarms(now: datetime, code: str = MUNICIPALITY) -> list[Event]:
    """a heard lately, b silent for thirty hours, c never heard in ten days, d removed, e installed just now.

    Alarms: old (fifty minutes, nobody), taken (twenty, acknowledged after five), odd (ten, acknowledged
    before it went off), new (forty seconds), done (by telephone after twelve minutes), gone (ten days ago).
    """

    def told(name: str, fact: Fact, minutes: float) -> Event:
        return tell(name, fact, now - timedelta(minutes=minutes), municipality=code)

    def alive(of: str, minutes: float) -> Event:
        when = now - timedelta(minutes=minutes)
        return told(f"{of} {when:%F}", d.DeviceAlive(device=device(of), on=when.date()), minutes)

    day = 24 * 60
    return [
        told("a", installed(NORTH, "anna"), 10 * day), told("b", installed(NORTH, "bo"), 10 * day),
        told("c", installed(SOUTH, "cia"), 10 * day), told("d", installed(NORTH, "dan"), 10 * day),
        told("e", installed(NORTH, "eva"), 120), told("d", d.DeviceRemoved(), 5 * day),
        told("b", d.DeviceRefilled(), 5 * day),
        alive("a", 60), alive("b", 30 * 60), alive("d", 6 * day),
        told("old", raised("a", NORTH), 50),
        told("taken", raised("c", SOUTH, about="call"), 20), told("taken", d.AlarmAcknowledged(), 15),
        told("odd", raised("a", NORTH), 10), told("odd", d.AlarmAcknowledged(), 12),
        told("new", raised("b", NORTH, about="malfunction"), 40 / 60),
        told("done", raised("a", NORTH, person=pseudonym("person", "anna")), 180),
        told("done", d.AlarmAcknowledged(), 176), told("done", d.AlarmHandled(how="phone"), 168),
        told("gone", raised("a", NORTH), 10 * day - 60),
        told("gone", d.AlarmHandled(how="home_visit"), 10 * day - 90),
    ]  # fmt: skip
