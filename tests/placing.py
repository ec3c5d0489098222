"""How tests tell of placements: a fact becomes an event of municipality 9985, by name and day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from producers.pseudonym import Pseudonymiser
from schemas import placements as p
from schemas.codec import make
from schemas.envelope import Event, Fact, event_id

PLACES = "9985"
_SECRET = Pseudonymiser("t1", bytes(32))


def pseudonym(kind: str, name: str) -> str:
    return _SECRET.of(kind, name)


def noon(on: str) -> datetime:
    """Noon of a local day in Stockholm, UTC."""
    return datetime.combine(
        date.fromisoformat(on), datetime.min.time(), ZoneInfo("Europe/Stockholm")
    ).astimezone(UTC) + timedelta(hours=12)


def tell(
    name: str, fact: Fact, on: str, *, municipality: str = PLACES, what: str = "", **envelope: Any
) -> Event:
    """The fact of the entity of that name, at noon of the day."""
    key = pseudonym(fact.KIND, name) if fact.SECRET_KEY else name
    subject = f"{municipality}/{fact.KIND}/{key}"
    at = noon(on)
    said = {"source": "test", "recordedtime": at} | envelope
    return make(fact, id=event_id(subject, what or type(fact).__name__, on), subject=subject, time=at,
                kommunkod=municipality, **said)  # fmt: skip


def started(on: str, provider: str = "B112", **said: Any) -> p.PlacementStarted:
    return p.PlacementStarted(on=date.fromisoformat(on), provider=provider, **said)


def ended(on: str, reason: str = "plan_fulfilled") -> p.PlacementEnded:
    return p.PlacementEnded(on=date.fromisoformat(on), reason=reason)


def priced(from_on: str, daily_price_kr: float, extra_kr: float = 0.0) -> p.PriceSet:
    return p.PriceSet(from_on=date.fromisoformat(from_on), daily_price_kr=daily_price_kr, extra_kr=extra_kr)
