"""Refused events as work: what is known of each, what people did about it and what became of it. Never what
it holds: that lies with the broker alone.

States are told, not kept: an act is a row, and what became of a retry follows from the offset where the
message lies now (view `refused_now`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from schemas.errors import Misconfigured
from schemas.identity import find_identity
from warehouse.client import Warehouse

Row = dict[str, Any]

IDENTITY: Final = "identity"
DISMISSALS: Final[dict[str, tuple[str, str]]] = {
    "mended_at_source": ("rättad i källan och skickad på nytt", "mended at the source and sent anew"),
    "not_ours": ("hör inte hit", "does not belong here"),
    "test_data": ("provdata", "test data"),
    "duplicate": ("finns redan", "is here already"),
    "cannot_be_mended": ("går inte att rätta", "cannot be mended"),
}
"""Why a refused event needs no more work: the closed list."""
_TICKET: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._#/-]{0,39}")
AT_SOURCE: Final = (
    "Personuppgifter kan bara rättas i källan: skicka händelsen på nytt därifrån.",
    "Personal data can be mended at the source only: send the event anew from there.",
)


class Pointer(NamedTuple):
    """Where a message lies."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


def pointer(text: str) -> Pointer:
    """Read `topic/partition/offset`. Misconfigured for anything else."""
    parts = text.split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts[1:]):
        raise Misconfigured("write the pointer as ./puls refused list shows it: TOPIC/PARTITION/OFFSET")
    return Pointer(parts[0], int(parts[1]), int(parts[2]))


def grouped(warehouse: Warehouse, topic: str = "", reason: str = "") -> list[Row]:
    """What is left to work on, by topic, reason and field: how many, how many of them wait for the worker
    after a retry, newest pointer and source line, and the last day on which one can be tried again.
    """
    return warehouse.rows(_GROUPED, {"topic": topic, "reason": reason})


def found(warehouse: Warehouse, at: Pointer) -> Row:
    """Everything that is known of one. Misconfigured where nothing was refused there."""
    rows = warehouse.rows(_ONE, at._asdict())
    if not rows:
        raise Misconfigured(f"nothing was refused at {at}")
    return rows[0]


def open_ones(warehouse: Warehouse, topic: str, reason: str, field: str) -> list[Row]:
    """All of one group that nobody has done anything about yet, oldest first."""
    return warehouse.rows(_OPEN, {"topic": topic, "reason": reason, "field": field})


def dealt(warehouse: Warehouse, topic: str = "", reason: str = "") -> list[Row]:
    """The hundred that people dealt with last, with what became of each: see view `refused_now`."""
    return warehouse.rows(_DEALT, {"topic": topic, "reason": reason})


def history(warehouse: Warehouse, at: Pointer) -> list[Row]:
    """What people did about one, in order."""
    return warehouse.rows(_ACTS, at._asdict())


def why_not_again(row: Mapping[str, Any], now: datetime) -> tuple[str, str] | None:
    """Why it cannot be tried again, in Swedish and English; None where it can. Pure."""
    if row["status"] in ("accepted", "dismissed", "refused again", "waiting"):
        return f"Händelsen är redan hanterad: {row['status']}.", f"It is dealt with already: {row['status']}."
    if row["reason"] == IDENTITY:
        return AT_SOURCE
    if now >= row["retry_until"]:
        return (
            f"Den kunde prövas igen till {row['retry_until']:%Y-%m-%d}: skicka den på nytt från källan.",
            f"It could be tried again until {row['retry_until']:%Y-%m-%d}: send it anew from the source.",
        )
    return None


def check_dismissal(reason: str, ticket: str) -> None:
    """Misconfigured for a reason off the list, or a ticket that is no code or holds an identity."""
    if reason not in DISMISSALS:
        raise Misconfigured(f"reason {reason!r} is not on the list: {', '.join(DISMISSALS)}")
    if ticket and (not _TICKET.fullmatch(ticket) or find_identity(ticket)):
        raise Misconfigured("a ticket is a code of at most 40 letters, digits and . _ # / - and no identity")


def say_retried(warehouse: Warehouse, at: Pointer, role: str, new_offset: int) -> None:
    """Keep that the message was put again, at this offset of the same partition."""
    _say(warehouse, at, "retried", role, new_offset=new_offset)


def say_dismissed(warehouse: Warehouse, at: Pointer, role: str, reason: str, ticket: str) -> None:
    """Keep that it needs no more work, and why."""
    _say(warehouse, at, "dismissed", role, reason, ticket)


def _say(
    warehouse: Warehouse, at: Pointer, act: str, role: str, reason: str = "", ticket: str = "",
    new_offset: int = 0,
) -> None:  # fmt: skip
    warehouse.command(
        "INSERT INTO refused_acts (topic, partition, offset, act, role, reason, ticket, new_offset) VALUES"
        " ({topic:String}, {partition:UInt16}, {offset:UInt64}, {act:String}, {role:String},"
        " {reason:String}, {ticket:String}, {new_offset:UInt64})",
        at._asdict() | {"act": act, "role": role, "reason": reason, "ticket": ticket,
                        "new_offset": new_offset},
    )  # fmt: skip


_GROUPED: Final = """
SELECT r.topic AS topic, r.reason AS reason, r.field AS field, count() AS events,
       countIf(r.status = 'waiting') AS waiting, max(r.refused_at) AS newest_at,
       argMax(r.partition, r.refused_at) AS partition, argMax(r.offset, r.refused_at) AS offset,
       argMax(r.text_sv, r.refused_at) AS text_sv, argMax(r.text_en, r.refused_at) AS text_en,
       argMax(r.source_ref, r.refused_at) AS source_ref, max(r.retry_until) AS retry_until
FROM refused_now AS r
WHERE r.status IN ('open', 'waiting') AND ({topic:String} = '' OR r.topic = {topic:String})
  AND ({reason:String} = '' OR r.reason = {reason:String})
GROUP BY topic, reason, field ORDER BY events DESC, topic, reason, field
"""
_DEALT: Final = """
SELECT * FROM refused_now AS r
WHERE r.status != 'open' AND ({topic:String} = '' OR r.topic = {topic:String})
  AND ({reason:String} = '' OR r.reason = {reason:String})
ORDER BY r.said_at DESC LIMIT 100
"""
_ONE: Final = """
SELECT * FROM refused_now AS r
WHERE r.topic = {topic:String} AND r.partition = {partition:UInt16} AND r.offset = {offset:UInt64}
"""
_OPEN: Final = """
SELECT * FROM refused_now AS r
WHERE r.topic = {topic:String} AND r.reason = {reason:String} AND r.field = {field:String}
  AND r.status = 'open'
ORDER BY r.partition, r.offset
"""
_ACTS: Final = """
SELECT act, role, reason, ticket, new_offset, said_at FROM refused_acts AS a
WHERE a.topic = {topic:String} AND a.partition = {partition:UInt16} AND a.offset = {offset:UInt64}
ORDER BY said_at
"""
