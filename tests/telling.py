"""Events for tests, told as a source would: short calls, real envelopes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.codec import encode, make
from schemas.envelope import Event, Fact, event_id
from streams.batch import Message

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def at(days: float = 0, hours: float = 0) -> datetime:
    """A point in time, counted from a Monday morning."""
    return START + timedelta(days=days, hours=hours)


def subject(name: str, municipality: str = "9999", kind: str = "case") -> str:
    """A case's key; the name is padded to the length of a pseudonym."""
    return f"{municipality}/{kind}/k1.{name:A<43}"


def tell(case: str, fact: Fact, when: datetime, **more: Any) -> Event:
    """An event about a case. what: names the fact (its type by default), recorded: when it was recorded."""
    municipality = more.pop("municipality", "9999")
    key = subject(case, municipality)
    what, occurrence = more.pop("what", type(fact).__name__), more.pop("occurrence", 0)
    return make(
        fact, id=event_id(key, what, occurrence), source=more.pop("source", "test"), subject=key, time=when,
        recordedtime=more.pop("recorded", when), kommunkod=municipality, **more,
    )  # fmt: skip


def messages(events: list[Event], first_offset: int = 0) -> list[Message]:
    """The events as the broker would give them, in one partition."""
    return [
        Message(event.data.TOPIC, 0, first_offset + offset, 0, encode(event))
        for offset, event in enumerate(events)
    ]
