"""Bytes to events and back. The one place that knows how an event looks on the wire.

Decoding validates everything that can be judged from the message alone: form, closed schema, key, identity,
time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final, NamedTuple, Union, cast, get_args, get_type_hints

import msgspec

from schemas.calendar import EARLIEST, LATEST
from schemas.codes import NOTE_PATTERN, PSEUDONYM_PATTERN
from schemas.envelope import TYPE_PREFIX, Actor, Event, Fact, schema_name
from schemas.errors import BadEvent
from schemas.identity import find_identity, find_identity_in_prose
from schemas.registry import BY_TYPE

MAX_BYTES: Final = 64 * 1024
CLOCK_TOLERANCE: Final = timedelta(minutes=5)


def _wire(event_type: str, fact: type[Fact]) -> type[Event]:
    """The envelope of one event type: CloudEvents with `type` as msgspec's tag and the fact as `data`."""
    return cast(type[Event], msgspec.defstruct(
        fact.__name__ + "Event", [("data", fact)], bases=(Event,), tag_field="type", tag=event_type,
        frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False,
    ))  # fmt: skip


WIRE: Final[dict[str, type[Event]]] = {name: _wire(name, fact) for name, fact in BY_TYPE.items()}
_BY_FACT: Final[dict[type[Fact], type[Event]]] = {fact: WIRE[name] for name, fact in BY_TYPE.items()}
_TYPE_OF: Final[dict[type, str]] = {fact: name for name, fact in BY_TYPE.items()}
_decoder: Final = msgspec.json.Decoder(Union[tuple(WIRE.values())])  # noqa: UP007 the union is made at run time
_encode: Final = msgspec.json.Encoder().encode


class _Text(NamedTuple):
    """A field that holds free-form text of a pattern, and the texts of it that have passed before.

    secret: a pseudonym, in which nobody looks for identities. prose: what a person wrote.
    """

    name: str
    path: str
    matches: Callable[[str], Any]
    secret: bool
    prose: bool
    passed: set[str]


def _texts(struct: type[Any], path: str) -> tuple[_Text, ...]:
    """The fields of a Struct that have a pattern. A closed code list has none, and msgspec checks it."""
    hints = get_type_hints(struct, include_extras=True).items()
    found = ((name, _pattern(hint)) for name, hint in hints)
    return tuple(
        _Text(
            name,
            path + name,
            re.compile(pattern).fullmatch,
            pattern == PSEUDONYM_PATTERN,
            pattern == NOTE_PATTERN,
            _passed.setdefault(pattern, set()),
        )
        for name, pattern in found
        if pattern
    )


def _pattern(hint: Any) -> str:
    for part in get_args(hint):
        told = (
            (part.extra_json_schema or {}).get("pattern", "")
            if isinstance(part, msgspec.Meta)
            else _pattern(part)
        )
        if told:
            return str(told)
    return ""


def _days(fact: type[Fact]) -> tuple[str, ...]:
    """The fields of a fact that hold a day or an instant."""
    hints = get_type_hints(fact, include_extras=True).items()
    return tuple(name for name, hint in hints if _holds_day(hint))


def _holds_day(hint: Any) -> bool:
    return hint in (date, datetime) or any(_holds_day(part) for part in get_args(hint))


_passed: dict[str, set[str]] = {}
_MOST_PASSED: Final = 50_000
_ENVELOPE: Final = tuple(text for text in _texts(Event, "$.") if text.name not in ("id", "subject"))
_ID: Final = next(text for text in _texts(Event, "$.") if text.name == "id")
_SUBJECT: Final = next(text for text in _texts(Event, "$.") if text.name == "subject")
_ACTOR: Final = _texts(Actor, "$.actor.")
_FACTS: Final = {fact: _texts(fact, "$.data.") for fact in BY_TYPE.values()}
DAYS: Final = {fact: _days(fact) for fact in BY_TYPE.values()}
BEGINNINGS: Final = {  # an end never lies before what it ends
    fact: [name for name in names if not name.endswith(("until", "until_on"))] for fact, names in DAYS.items()
}
"""By type of fact: the names of its fields that hold a day or an instant."""
_PSEUDONYM: Final = re.compile(PSEUDONYM_PATTERN.strip("^$")).fullmatch
_heads: set[tuple[str, ...]] = set()


def make(fact: Fact, **envelope: Any) -> Event:
    """An event around a fact; `envelope` holds the envelope's fields. Raises TypeError on a field that is
    missing.
    """
    name = _TYPE_OF[type(fact)]
    return _BY_FACT[type(fact)](specversion="1.0", data=fact, dataschema=schema_name(name), **envelope)


def event_type(event: Event) -> str:
    """The CloudEvents `type` of an event."""
    return _TYPE_OF[type(event.data)]


def encode(event: Event) -> bytes:
    """The event as one CloudEvents JSON document."""
    return _encode(event)


def decode(raw: bytes) -> Event:
    """The event in the bytes. Trusts nothing: BadEvent with closed reason and field path for all that is
    wrong.
    """
    if len(raw) > MAX_BYTES:
        raise BadEvent("too_large", "$", f"Högst {MAX_BYTES} byte.", f"At most {MAX_BYTES} bytes.")
    try:
        event: Event = _decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise _refusal(str(error), raw) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadEvent(
            "not_json", "$", "Meddelandet är inte giltig JSON (UTF-8).", "Not valid JSON (UTF-8)."
        ) from None
    _check(event)
    return event


def decode_stored(raw: bytes) -> Event:
    """An event that the archive holds: already judged once, so only its form is read."""
    event: Event = _decoder.decode(raw)
    return event


def check_clock(event: Event, now: datetime) -> None:
    """BadEvent when the event lies in the future: a live one by its time, any one by when it was recorded."""
    limit = now + CLOCK_TOLERANCE
    if event.recordedtime > limit:
        raise BadEvent("clock", "$.recordedtime", "Registrerad i framtiden: går källans klocka rätt?",
                       "Recorded in the future: is the source's clock right?")  # fmt: skip
    if event.time > limit and not event.historical:
        raise BadEvent(
            "future_time", "$.time", "Händelsen ligger i framtiden.", "The event lies in the future."
        )


def content_hash(event: Event) -> int:
    """64 bits over what the fact says; the same content recorded again at another time has the same hash.

    Left out: when and why it was recorded, and by whom. An unchanged export is thereby a duplicate.
    Where only a reason may change a field (`FROZEN`), the reason is a part of what is said.
    """
    at = event.time.astimezone(UTC)
    said = (event.subject, at, event.sequence, event.retracted, event.flaws, event.data)
    body = _encode((*said, event.reason) if event.reason and event.data.FROZEN else said)
    return int.from_bytes(
        blake2b(body, digest_size=8, key=_TYPE_OF[type(event.data)].encode()[:64]).digest(), "big"
    )


def payload_hash(raw: bytes) -> str:
    """Hash of a refused message, to recognise it by without keeping it."""
    return blake2b(raw, digest_size=16).hexdigest()


def _check(event: Event) -> None:
    fact = type(event.data)
    head = (event.source, event.kommunkod, event.dataschema, event.specversion, event.datacontenttype)
    if head not in _heads:
        _check_texts(event, _ENVELOPE)
        if len(_heads) < _MOST_PASSED:
            _heads.add(head)
    if _ID.matches(event.id) is None:
        raise _bad_value(_ID.path, event.id)
    _check_key(event, fact)
    if not (EARLIEST <= event.time < LATEST and EARLIEST <= event.recordedtime < LATEST):
        raise _bad_year("$.time")
    for name in DAYS[fact]:
        said = getattr(event.data, name)
        if said is not None and not EARLIEST.year <= said.year < LATEST.year:
            raise _bad_year("$.data." + name)
    if event.actor is not None:
        _check_texts(event.actor, _ACTOR)
    _check_texts(event.data, _FACTS[fact])


def _bad_year(field: str) -> BadEvent:
    return BadEvent(
        "bad_time", field, "Året ska ligga mellan 1900 och 2298.", "The year must be 1900 to 2298."
    )


def _check_key(event: Event, fact: type[Fact]) -> None:
    subject, start = event.subject, _START[fact]
    if not subject.startswith(start, 4) or not subject.startswith(event.kommunkod):
        if _SUBJECT.matches(subject) is None:
            raise _bad_value("$.subject", subject)
        raise BadEvent("wrong_key", "$.subject", f"Nyckeln ska börja {event.kommunkod}/{fact.KIND}/.",
                       f"The key must start with {event.kommunkod}/{fact.KIND}/.")  # fmt: skip
    if fact.SECRET_KEY:
        if _PSEUDONYM(subject, len(start) + 4) is None:
            raise BadEvent(
                "wrong_key", "$.subject", "Nyckeln ska vara en pseudonym.", "The key must be a pseudonym."
            )
    elif subject not in _SUBJECT.passed:
        _check_text(subject, _SUBJECT)


def _check_texts(struct: Any, texts: tuple[_Text, ...]) -> None:
    for text in texts:
        said = getattr(struct, text.name)
        if said is not None and said not in text.passed:
            for one in said if isinstance(said, tuple) else (said,):
                _check_text(one, text)


def _check_text(said: str, text: _Text) -> None:
    if text.matches(said) is None:
        raise _bad_value(text.path, said)
    if text.secret:
        return
    kind = find_identity_in_prose(said) if text.prose else find_identity(said)
    if kind is not None:
        raise _identity(text.path, kind)
    if len(text.passed) < _MOST_PASSED and not text.prose:
        text.passed.add(said)


def _bad_value(path: str, said: str) -> BadEvent:
    kind = find_identity(said)
    return _identity(path, kind) if kind else _not_allowed(path)


_START: Final = {fact: f"/{fact.KIND}/" for fact in BY_TYPE.values()}


def _identity(field: str, kind: str) -> BadEvent:
    return BadEvent(
        "identity", field,
        f"Fältet innehåller en identitetsuppgift ({kind}). Ta bort den i källan;"
        " den kan inte skickas om härifrån.",
        f"The field holds an identity ({kind}). Remove it at the source; it cannot be retried from here.",
    )  # fmt: skip


_PATH = re.compile(r" - at `(?:key in )?([^`]*)`$")
_TEXTS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("unknown field", "unknown_field", "Fältet finns inte i kontraktet.", "The contract has no such field."),
    (
        "missing required field",
        "missing_field",
        "Ett obligatoriskt fält saknas.",
        "A required field is missing.",
    ),
    ("Expected `object`", "wrong_type", "Ett objekt väntades.", "An object was expected."),
    ("got `", "wrong_type", "Värdet har fel typ.", "The value has the wrong type."),
    (
        "Invalid RFC3339",
        "bad_time",
        "Tiden ska skrivas enligt RFC 3339 med tidszon.",
        "Write RFC 3339 with zone.",
    ),
    ("timezone", "bad_time", "Tiden saknar tidszon.", "The time has no time zone."),
)


def _refusal(message: str, raw: bytes) -> BadEvent:
    """Msgspec's message as ours: its reason and path, never the value it quotes."""
    kind = find_identity(raw.decode("utf-8", "replace"))
    found = _PATH.search(message)
    path = found.group(1) if found else "$"
    if kind is not None:
        return _identity("$" if find_identity(path) else path, kind)
    if path == "$.type" or ("Invalid value" in message and path.endswith(".type")):
        return BadEvent("unknown_type", "$.type", "Okänd händelsetyp.", "Unknown event type.")
    for sign, reason, sv, en in _TEXTS:
        if sign in message:
            return BadEvent(reason, path, sv, f"{en} {_named(message)}".strip())
    return _not_allowed(path)


def _not_allowed(path: str) -> BadEvent:
    return BadEvent("bad_value", path, "Värdet är inte tillåtet.", "The value is not allowed.")


def _named(message: str) -> str:
    """The name of the missing field, which is ours; the name of an unknown one is the sender's and may be
    anything.
    """
    found = re.search(r"missing required field `([A-Za-z_]+)`", message)
    return f"Missing: {found.group(1)}." if found else ""


assert all(name.startswith(TYPE_PREFIX) for name in WIRE)
