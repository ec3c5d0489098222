"""The CloudEvents 1.0 envelope that every event wears, and the declaration that every event type makes.

An event type is one Struct (a `Fact`): its fields are the payload, its docstring says the Swedish term, its
class variables give name, topic and examples. `schemas/codec.py` puts the envelope around it.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha1
from typing import Annotated, Any, ClassVar
from uuid import UUID

from msgspec import Meta, Struct

from schemas.codes import (
    CorrectionReason,
    Municipality,
    ProducerFlaw,
    Pseudonym,
    Role,
    SourceName,
    Subject,
    text,
)

TYPE_PREFIX = "se.kommunpuls."
ID_SPACE = UUID("6f0d6c1e-6b0c-5f5e-9d63-6b756d6d7075")
_SPACE = ID_SPACE.bytes

Instant = Annotated[datetime, Meta(tz=True)]


class Fact(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What happened, without its envelope. Subclasses are the event types; names are in the past tense."""

    TYPE: ClassVar[str] = ""
    TOPIC: ClassVar[str] = ""
    KIND: ClassVar[str] = ""
    RANK: ClassVar[int] = 5  # order among facts of the very same instant: openings 0, closings 9
    SECRET_KEY: ClassVar[bool] = False  # whether the entity's number is somebody's or a matter's: a pseudonym
    FROZEN: ClassVar[tuple[str, ...]] = ()  # fields that only a correction with a reason may change
    PAST: ClassVar[tuple[str, ...]] = ()  # days and instants that have come when a live source tells of them
    EXAMPLES: ClassVar[tuple[dict[str, Any], ...]] = ()


class Actor(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Who did it, where a person did: a role and a pseudonym, never a name."""

    role: Role
    pseudonym: Pseudonym | None = None


class Event(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False):
    """CloudEvents 1.0 in structured mode. `data` is a Fact; `type` is the Struct's tag (see
    `schemas/codec.py`).

    time: when it happened. recordedtime: when the source recorded this version of the fact. Both aware; UTC
    inside.
    """

    specversion: Annotated[str, text(r"^1\.0$", description="Version of CloudEvents")]
    id: Annotated[
        str,
        text(
            r"^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$",
            description="UUIDv5 of subject, what and occurrence: the same fact always has the same id",
        ),
    ]
    source: Annotated[SourceName, Meta(description="Name of the source that sent it")]
    subject: Subject
    time: Annotated[Instant, Meta(description="When it happened")]
    recordedtime: Annotated[Instant, Meta(description="When the source recorded this version of the fact")]
    kommunkod: Municipality
    data: Any
    datacontenttype: Annotated[str, text(r"^application/json$", description="Always application/json")] = (
        "application/json"
    )
    dataschema: Annotated[
        str, text(r"^urn:kommunpuls:schema:[a-z0-9.-]+$", description="Name of the contract")
    ] = ""
    sequence: Annotated[int, Meta(ge=0, description="The source's own order within a subject")] = 0
    retracted: Annotated[bool, Meta(description="True takes the fact back")] = False
    reason: Annotated[CorrectionReason | None, Meta(description="Why a fact is corrected or taken back")] = (
        None
    )
    actor: Annotated[Actor | None, Meta(description="Role and pseudonym of the person who did it")] = None
    historical: Annotated[bool, Meta(description="From a closed import; may lie in any year")] = False
    flaws: Annotated[
        tuple[ProducerFlaw, ...], Meta(description="What the producer saw that is odd", max_length=8)
    ] = ()


def event_id(subject: str, what: str, occurrence: str | int = 0) -> str:
    """Id of a fact from pseudonymised parts only: the same fact always has the same id, another never.

    This is `str(uuid5(ID_SPACE, …))` written out: the class costs four times as much.
    """
    name = f"{subject}\x1f{what}\x1f{occurrence}".encode()
    digest = sha1(_SPACE + name, usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def schema_name(event_type: str) -> str:
    """The `dataschema` of an event type."""
    return "urn:kommunpuls:schema:" + event_type
