"""How tests tell of hours: visits by the clock on the wall, grants, reports and unit days of staff."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from schemas import hours as h
from schemas import staffing as s
from schemas.envelope import Event
from schemas.reference import UnitPriceSet
from tests.placing import noon, pseudonym, tell

WALL = ZoneInfo("Europe/Stockholm")


def clock(text: str, fold: int = 0) -> datetime:
    """A time as it stood on the wall: `2026-10-25 02:30`. fold: 1 for the second time that night."""
    return datetime.fromisoformat(text).replace(tzinfo=WALL, fold=fold).astimezone(UTC)


def who(name: str, sex: str = "unknown", age_band: str = "unknown") -> dict[str, Any]:
    return {"person": pseudonym("person", name), "sex": sex, "age_band": age_band}


def visit(name: str, code: str, start: datetime | str, stop: datetime | str | None, **said: Any) -> Event:
    """A performed visit. recorded: the day that the source wrote it down, where that is another."""
    begun, ended = _instant(start), None if stop is None else _instant(stop)
    on = str(begun.astimezone(WALL).date())
    recorded = noon(said.pop("recorded", on))
    fact = h.VisitPerformed(start_at=begun, stop_at=ended, **({"unit": "north", "channel": "on_site"} | said))
    return tell(name, fact, on, municipality=code, recordedtime=recorded)


def planned(name: str, code: str, start: datetime | str, stop: datetime | str, **said: Any) -> Event:
    """A planned visit."""
    begun = _instant(start)
    fact = h.VisitPlanned(start_at=begun, stop_at=_instant(stop), **({"unit": "north"} | said))
    return tell(name, fact, str(begun.astimezone(WALL).date()), municipality=code)


def cancelled(name: str, code: str, on: str, reason: str = "in_hospital") -> Event:
    return tell(name, h.VisitCancelled(reason=reason), on, municipality=code)


def granted(name: str, code: str, hours: float, per: str, from_on: str, **said: Any) -> Event:
    """A grant of home care."""
    until = said.pop("until_on", None)
    fact = h.HoursGranted(
        hours=hours, per=per, from_on=date.fromisoformat(from_on),  # type: ignore[arg-type]
        until_on=date.fromisoformat(until) if until else None,
        **({"service": "home_care", "unit": "north", "law": "SoL"} | said),
    )  # fmt: skip
    return tell(name, fact, from_on, municipality=code)


def grant_ended(name: str, code: str, on: str, reason: str = "moved") -> Event:
    return tell(name, h.GrantEnded(on=date.fromisoformat(on), reason=reason), on, municipality=code)


def reported(name: str, code: str, from_on: str, until_on: str, hours: float, **said: Any) -> Event:
    """Hours that are only known of a period."""
    fact = h.HoursReported(
        from_on=date.fromisoformat(from_on), until_on=date.fromisoformat(until_on), hours=hours,
        **({"unit": "private", "regi": "contracted"} | said),
    )  # fmt: skip
    return tell(name, fact, until_on, municipality=code)


def worked(unit: str, code: str, on: str, used_for: str, hours: float, **said: Any) -> Event:
    """Worked time of a unit's staff of one role on one day, by what it was used for."""
    fact = s.TimeWorked(unit=unit, on=date.fromisoformat(on), used_for=used_for, hours=hours, **said)  # type: ignore[arg-type]
    key = f"{unit}.{fact.role}.{on.replace('-', '')}"
    return tell(key, fact, on, municipality=code, what=f"worked {used_for}")


def scheduled(unit: str, code: str, on: str, hours: float, persons: int, **said: Any) -> Event:
    """Hours on the schedule of a unit's staff of one role on one day."""
    fact = s.TimeScheduled(unit=unit, on=date.fromisoformat(on), hours=hours, persons=persons, **said)
    return tell(f"{unit}.{fact.role}.{on.replace('-', '')}", fact, on, municipality=code)


def unit_price(service: str, code: str, from_on: str, price_kr: float, **said: Any) -> Event:
    """What an hour (or a visit, a month) of a service costs from that day."""
    fact = UnitPriceSet(service=service, from_on=date.fromisoformat(from_on), price_kr=price_kr, **said)
    return tell(f"{service}.{fact.regi}.{fact.per}", fact, from_on, municipality=code)


def _instant(when: datetime | str) -> datetime:
    return clock(when) if isinstance(when, str) else when
