"""One alarm and one silent device: what each cell says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from warehouse.alarmed import LIMIT_S

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


@dataclass(frozen=True)
class Alarm:
    """An alarm as `warehouse/alarmed.py` gives it. waited_s: until it was handled, else until now."""

    key: str
    device_key: str
    unit: str
    about: str
    state: str
    raised_at: datetime
    acknowledged_at: datetime | None
    handled_at: datetime | None
    how: str
    waited_s: int

    @property
    def is_over(self) -> bool:
        """Whether it has waited for too long."""
        return self.state != "handled" and self.waited_s > LIMIT_S


@dataclass(frozen=True)
class Silent:
    """A device that has not been heard for a day. heard_at: None where it never was in this home."""

    device_key: str
    unit: str
    device_type: str
    heard_at: datetime | None
    installed_at: datetime
    silent_s: int


@dataclass(frozen=True)
class Unfilled:
    """A device that has not been filled for too long. filled_at: None where it never was in this home."""

    device_key: str
    unit: str
    device_type: str
    filled_at: datetime | None
    installed_at: datetime
    days: int


@dataclass(frozen=True)
class Earlier:
    """Another alarm of the same device."""

    key: str
    about: str
    state: str
    raised_at: datetime
    how: str


def read(row: Mapping[str, Any]) -> Alarm:
    """The row that the query gave."""
    return Alarm(**{f.name: row[f.name] for f in fields(Alarm)})


def silent(row: Mapping[str, Any]) -> Silent:
    """The row that the query gave."""
    return Silent(**{f.name: row[f.name] for f in fields(Silent)})


def unfilled(row: Mapping[str, Any]) -> Unfilled:
    """The row that the query gave."""
    return Unfilled(**{f.name: row[f.name] for f in fields(Unfilled)})


def earlier(row: Mapping[str, Any]) -> Earlier:
    """The row that the query gave."""
    return Earlier(**{f.name: row[f.name] for f in fields(Earlier)})


def short(key: str) -> str:
    """`L-7F3A2C`, what people call the alarm of a key."""
    return "L-" + key[:6]


def device(key: str) -> str:
    """`D-7F3A2C`, what people call the device of a key."""
    return "D-" + key[:6]


def age(seconds: float) -> str:
    """`14 min`, `2 tim 5 min`, `3 dygn 4 tim`: whole, never rounded up."""
    whole = max(0, int(seconds))
    if whole < MINUTE:
        return say("w_now")
    if whole < HOUR:
        return say("w_minutes", n=whole // MINUTE)
    if whole < DAY:
        return say("w_hours", hours=whole // HOUR, minutes=whole % HOUR // MINUTE)
    return say("w_days", days=wording.number(whole // DAY), hours=whole % DAY // HOUR)


def state(one: Alarm) -> tuple[str, str]:
    """The look ("good", "attention", "serious") and the words of how far it has come.

    Clocks of devices and of those who answer differ: a time before the alarm gives no duration.
    """
    if one.state == "open":
        return "serious", say("s_open")
    look, at = ("good", one.handled_at) if one.state == "handled" else ("attention", one.acknowledged_at)
    how = term(terms.ALARM_CONTACTS, one.how)
    if at is None or at < one.raised_at:
        return look, say("s_before", what=say(f"s_{one.state}_short", how=how))
    return look, say(f"s_{one.state}", how=how, age=age((at - one.raised_at).total_seconds()))
