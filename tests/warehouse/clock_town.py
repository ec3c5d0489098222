"""Invented cases whose legal clocks can be counted by hand (municipality 9948): both laws, lawfully extended
in time and late, overdue, ended with time left, and one that changes hands.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from schemas import cases as c
from schemas import duties as d
from schemas.envelope import Event, Fact
from tests.telling import tell

TIMED: Final = "9948"
SWEDEN: Final = ZoneInfo("Europe/Stockholm")
Told = tuple[str, Fact]


def local(text: str) -> datetime:
    """`2026-02-10 09:00` in Sweden; a day alone is its nine o'clock."""
    when = datetime.fromisoformat(text).replace(tzinfo=SWEDEN)
    return when if len(text) > len("2026-02-10") else when.replace(hour=9)


def reported(unit: str, sex: str, age_band: str, law: str = "SoL") -> Fact:
    return c.ReportReceived(unit=unit, case_type="child", law=law, sex=sex, age_band=age_band)  # type: ignore[arg-type]


def applied(unit: str, sex: str, law: str = "SoL") -> Fact:
    return c.ApplicationReceived(unit=unit, case_type="adult", law=law, sex=sex, age_band="30-64")  # type: ignore[arg-type]


def granted(service_type: str) -> Fact:
    return c.Decided("granted", service_follows=True, service_type=service_type)


OPENED, NOT, YES = c.InvestigationOpened(), c.PreliminaryAssessed("no_investigation"), c.SafetyAssessed(True)
ON = c.PreliminaryAssessed("investigate")
HISTORIES: Final[dict[str, tuple[Told, ...]]] = {
    # all in time, its investigation extended in time to 31 August and closed before
    "anna": (
        ("2026-01-31", reported("a", "woman", "7-12")), ("2026-01-31 21:00", YES), ("2026-02-10", ON),
        ("2026-02-11", OPENED),
        ("2026-03-07", c.InvestigationExtended(datetime(2026, 8, 31).date())),
        ("2026-08-15", c.InvestigationClosed()),
    ),
    # never assessed for safety, and told late that there is no investigation
    "bo": (("2026-02-10", reported("b", "man", "0-6")), ("2026-03-02", NOT)),
    # changes hands, its investigation opened late and ended with time left
    "cilla": (
        ("2026-02-20", reported("a", "unknown", "13-17", "LVU")), ("2026-02-20 11:00", YES),
        ("2026-03-04", c.CaseTransferred(to_unit="b")), ("2026-03-05", ON), ("2026-03-12", OPENED),
        ("2026-04-15", c.CaseClosed("moved")),
    ),
    # reported by the older law; investigated by the new one, extended to 15 January and late all the same
    "david": (
        ("2025-06-20", reported("a", "man", "0-6")), ("2025-06-20 10:00", YES), ("2025-07-03", ON),
        ("2025-07-03 10:00", OPENED),
        ("2025-10-20", c.InvestigationExtended(datetime(2026, 1, 15).date())),
        ("2026-01-20", c.InvestigationClosed()),
    ),
    "eva": (
        ("2026-01-01", applied("b", "woman")), ("2026-01-01 10:00", OPENED),
        ("2026-01-06", granted("home_care")), ("2026-04-02", c.ServiceStarted()),
    ),
    # granted by LSS, waits for a place, carried out a month late
    "frida": (
        ("2025-10-01", applied("a", "woman", "LSS")), ("2025-11-20", granted("contact_person")),
        ("2026-01-10", d.ExecutionDelayed("no_capacity")), ("2026-03-20", c.ServiceStarted()),
    ),
    # by the older law, then interrupted and not taken up again
    "gun": (
        ("2025-05-02", applied("b", "man")), ("2025-05-02 10:00", OPENED),
        ("2025-05-20", granted("home_care")), ("2025-06-01", c.ServiceStarted()),
        ("2025-11-30", c.ServiceInterrupted("own_wish")),
    ),
    # granted and never carried out: the person died after the three months
    "hans": (
        ("2025-10-15", applied("a", "man")), ("2025-10-15 10:00", OPENED),
        ("2025-11-01", granted("day_activity")), ("2026-03-01", c.CaseClosed("deceased")),
    ),
    "ines": (("2026-02-24", reported("a", "woman", "7-12")), ("2026-02-24 12:00", YES),
             ("2026-03-10 23:00", NOT)),
    "joel": (("2026-03-02", reported("b", "man", "7-12")), ("2026-03-02 12:00", YES), ("2026-03-17", NOT)),
    "kim": (("2026-03-04", reported("a", "man", "7-12")), ("2026-03-04 12:00", YES), ("2026-03-18", NOT)),
}  # fmt: skip


def timed(code: str = TIMED) -> list[Event]:
    """Eleven cases and their clocks."""
    return [
        tell(name, fact, local(when), municipality=code)
        for name, history in HISTORIES.items()
        for when, fact in history
    ]
