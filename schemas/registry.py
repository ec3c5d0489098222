"""Every topic and event type, by explicit tuples: what is not here does not exist."""

from __future__ import annotations

from typing import Final

from schemas import (
    assistance,
    cases,
    devices,
    duties,
    governance,
    hours,
    placements,
    reference,
    reporting,
    staffing,
)
from schemas.envelope import TYPE_PREFIX, Fact

EVENTS: Final[tuple[type[Fact], ...]] = (
    cases.EVENTS
    + duties.EVENTS
    + placements.EVENTS
    + hours.EVENTS
    + staffing.EVENTS
    + assistance.EVENTS
    + devices.EVENTS
    + reference.EVENTS
    + governance.EVENTS
    + reporting.EVENTS
)
TOPICS: Final[tuple[str, ...]] = ("cases", "placements", "hours", "devices", "reference")
RETENTION_MS: Final = 14 * 24 * 3600 * 1000

BY_TYPE: Final[dict[str, type[Fact]]] = {TYPE_PREFIX + fact.TYPE: fact for fact in EVENTS}


def type_of(fact: type[Fact]) -> str:
    """The CloudEvents `type` of an event type, e.g. `se.kommunpuls.case.closed.v1`."""
    return TYPE_PREFIX + fact.TYPE


def dead_letters(topic: str) -> str:
    """The topic that refused events of `topic` are told on: pointer, reason and hash, never the payload."""
    return topic + "-dlq"
