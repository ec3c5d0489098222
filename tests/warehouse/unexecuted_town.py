"""Decisions around the edges of the third quarter of 2026, each named by what it is an example of.

Q3 begins at midnight of 1 July in Sweden. Three months from 30 June end with the quarter's last instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final, Literal
from zoneinfo import ZoneInfo

from schemas import cases as c
from schemas.codes import Law, Sex
from schemas.duties import ExecutionDelayed
from schemas.envelope import Event, Fact
from schemas.reference import ProducerAlive
from schemas.reporting import ReportDelivered
from tests.telling import tell
from tests.warehouse.town import about

HERE: Final = "9999"
SWEDEN: Final = ZoneInfo("Europe/Stockholm")
TOLD: Final = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
Told = tuple[str, Fact]


def noon(day: str) -> datetime:
    """Noon of the day in Sweden; of `2026-06-30 23:00`, that time."""
    at = datetime.fromisoformat(day)
    return (at if " " in day else datetime.combine(at, time(12))).replace(tzinfo=SWEDEN).astimezone(UTC)


def granted(day: str, service: str = "home_help") -> Told:
    """A favourable decision."""
    return day, c.Decided(outcome="granted", service_follows=True, service_type=service)


def started(day: str) -> Told:
    """Carried out."""
    return day, c.ServiceStarted()


CASES: Final[dict[str, tuple[Told, ...]]] = {
    "waits": (granted("2026-05-15"), ("2026-08-20", ExecutionDelayed(reason="no_capacity"))),
    "exactly": (granted("2026-06-30"),),
    "a-day-more": (granted("2026-06-29"),),
    "fell-due-with-q2": (granted("2026-03-31"),),
    "done": (granted("2026-02-10"), started("2026-08-20")),
    "done-before": (granted("2026-02-01"), started("2026-06-30 23:59")),
    "done-on-the-first": (granted("2026-02-02"), started("2026-07-01 00:00")),
    "late-within": (granted("2026-04-10"), started("2026-07-20")),
    "in-time": (granted("2026-05-01"), started("2026-07-31")),
    "ended": (granted("2026-01-15"), ("2026-09-01", c.CaseClosed("withdrawn"))),
    "ended-in-time": (granted("2026-06-01"), ("2026-08-01", c.CaseClosed("withdrawn"))),
    "done-after": (granted("2026-05-20", "open_care"), started("2026-10-05")),
    "refused": (("2026-02-10", c.Decided(outcome="refused")),),
}
LSS: Final = (
    granted("2026-01-10", "day_activity"), started("2026-02-01"),
    ("2026-05-05", c.ServiceInterrupted("provider")),
)  # fmt: skip
UNITS: Final = {"waits": "vuxen", "interrupted": "lss"}
MEN: Final = ("waits", "interrupted")


def town(code: str = HERE) -> Iterator[Event]:
    """Every case, told in order of time."""
    for name, told in (CASES | {"interrupted": LSS}).items():
        law: Law = "LSS" if name == "interrupted" else "SoL"
        sex: Sex = "man" if name in MEN else "woman"
        opening = c.ApplicationReceived(unit=UNITS.get(name, "bistand-aldre"), law=law, sex=sex)
        yield tell(name, opening, noon("2026-01-02"), municipality=code)
        for number, (day, fact) in enumerate(told):
            yield tell(name, fact, noon(day), municipality=code, sequence=number)


def given(to: Literal["ivo", "auditors", "council"], on: str, code: str = HERE) -> Event:
    """The report of the third quarter, delivered on this day."""
    fact = ReportDelivered(
        report="unexecuted_decisions", to=to, from_on=date(2026, 7, 1), until_on=date(2026, 10, 1)
    )
    return about(f"unexecuted_decisions.2026Q3.{to}", fact, noon(on), code)


def alive(code: str = HERE) -> Event:
    """The sources have told everything until half past midnight of 22 November."""
    return about("test.2026112123", ProducerAlive("cases", TOLD, max_age_s=600), TOLD, code)
