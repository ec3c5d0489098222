"""Which pushed events may pass: judged as the worker judges them, and by what the token allows. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct

from producers.gateway.expected import expected
from producers.gateway.problems import Refusal
from producers.gateway.tokens import Grant
from schemas.codec import MAX_BYTES, encode, event_type
from schemas.doors import admit
from schemas.envelope import Event
from schemas.errors import BadEvent
from schemas.identity import find_identity
from schemas.reasons import words
from schemas.reference import ProducerAlive
from schemas.refusing import too_large

STATUSES: Final = {"not_json": 400, "too_large": 413}  # any other fault of an event: 422
FORBIDDEN: Final[dict[str, tuple[str, str, str, str]]] = {
    "forbidden_municipality": (
        "Another municipality than the token's", "En annan kommun än nyckelns",
        "The token is for municipality {}.", "Nyckeln gäller kommun {}.",
    ),
    "forbidden_source": (
        "Another source than the token's", "En annan källa än nyckelns",
        "The token is for source {}.", "Nyckeln gäller källan {}.",
    ),
    "forbidden_type": (
        "A type that the token does not allow", "En händelsetyp som nyckeln inte tillåter",
        "The token is for {}.", "Nyckeln gäller {}.",
    ),
}  # fmt: skip
"""By reason: title and text, each in English and Swedish; 403."""
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Forbidden(BadEvent):
    """A good event, but not for this token; `allowed` is what the token allows."""

    def __init__(self, reason: str, field: str, allowed: str) -> None:
        _, _, en, sv = FORBIDDEN[reason]
        super().__init__(reason, field, sv.format(allowed), en.format(allowed))
        self.allowed = allowed


class Judged(NamedTuple):
    """Events that may pass, with the bytes that go to the broker, and the refusals, in the push's order."""

    passed: list[tuple[Event, bytes]]
    refusals: list[Refusal]


class _Head(Struct):
    """What can be read of an event that is refused."""

    id: object = ""
    type: object = ""


def judge(documents: Sequence[bytes], grant: Grant, now: datetime, most_bytes: int) -> Judged:
    """Judge each document alone: a bad one takes no good one with it."""
    judged = Judged([], [])
    for index, document in enumerate(documents):
        try:
            event = admitted(document, now, most_bytes)
            check_grant(event, grant)
            judged.passed.append((event, written(event)))
        except BadEvent as error:
            judged.refusals.append(refusal(index, error, document))
    return judged


def admitted(document: bytes, now: datetime, most_bytes: int) -> Event:
    """The event in the document. BadEvent for all that the worker would refuse it for."""
    if len(document) > most_bytes:
        raise _too_large(most_bytes)
    return admit(document, now)


def written(event: Event) -> bytes:
    """The event written anew, so that the hub reads what was judged, whatever the sender's JSON hides."""
    raw = encode(event)
    if len(raw) > MAX_BYTES:
        raise _too_large(MAX_BYTES)
    return raw


def _too_large(most: int) -> BadEvent:
    return too_large(most)


def check_grant(event: Event, grant: Grant) -> None:
    """Forbidden when the token does not allow this event."""
    if event.kommunkod != grant.municipality:
        raise Forbidden("forbidden_municipality", "$.kommunkod", grant.municipality)
    if event.source != grant.source:
        raise Forbidden("forbidden_source", "$.source", grant.source)
    if not grant.allows(event_type(event)):
        raise Forbidden("forbidden_type", "$.type", ", ".join(grant.types))
    if isinstance(event.data, ProducerAlive) and _named(event) != grant.source:
        raise Forbidden("forbidden_source", "$.subject", grant.source)


def _named(event: Event) -> str:
    """The source that a sign of life is for: its entity is `kommunkod/producer/<source>.<hour>`."""
    return event.subject.rpartition("/")[2].partition(".")[0]


def refusal(index: int, error: BadEvent, document: bytes) -> Refusal:
    """What is told of a refused event: never what it holds, but its id where that has the form of one."""
    head = _head(document)
    if isinstance(error, Forbidden):
        status, expects = 403, error.allowed
        title, title_sv = FORBIDDEN[error.reason][:2]
    else:
        status, expects = STATUSES.get(error.reason, 422), expected(error.reason, error.field, str(head.type))
        title_sv, title = words(error.reason)
    return Refusal(
        index, status, error.reason, title, title_sv, error.field, expects, error.en, error.sv,
        _told_id(head.id),
    )  # fmt: skip


def _head(document: bytes) -> _Head:
    try:
        return msgspec.json.decode(document, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Head()


def _told_id(said: object) -> str:
    text = said if isinstance(said, str) else ""
    return text if _ID.fullmatch(text) and not find_identity(text) else ""
