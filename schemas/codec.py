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
from schemas.identity import find_identity, find_identity_in_prose, holds_number
from schemas.refusing import bad_value, bad_year, identity, not_json, refusal, too_large
from schemas.registry import BY_TYPE

MAX_BYTES: Final = 64 * 1024
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
_EASTERNMOST: Final = timedelta(hours=14)


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


_PSEUDONYM: Final = re.compile(PSEUDONYM_PATTERN.strip("^$"))
# of random pseudonyms one in two thousand has six digits in a row and is looked at closer
_is_random: Final = re.compile(
    r"[a-z0-9]{1,8}\.(?![A-Za-z_-]*+(?:[0-9]{1,5}+[A-Za-z_-]++)*+[0-9]{6})[A-Za-z0-9_-]{43}"
).fullmatch


def _is_pseudonym(said: str) -> bool:
    """Whether a text that has digits in a row is a pseudonym, and no number with something around it."""
    return _PSEUDONYM.fullmatch(said) is not None and not holds_number(said)


class _Text(NamedTuple):
    """A field that holds free-form text of a pattern, and the texts of it that have passed before.

    secret: a pseudonym, which only a number that somebody put there betrays. prose: what a person wrote.
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
            _is_random if pattern == PSEUDONYM_PATTERN else re.compile(pattern).fullmatch,
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
_TWELVE_DIGITS: Final = 10**11  # a running number of ten digits may well look like a person's
_FIRST_YEAR: Final = EARLIEST.year
_LAST_YEAR: Final = LATEST.year - 1
_ENVELOPE: Final = tuple(text for text in _texts(Event, "$.") if text.name not in ("id", "subject"))
_is_id: Final = next(text for text in _texts(Event, "$.") if text.name == "id").matches
_SUBJECT: Final = next(text for text in _texts(Event, "$.") if text.name == "subject")
_ACTOR: Final = _texts(Actor, "$.actor.")
_ALL: Final = {fact: _texts(fact, "$.data.") for fact in BY_TYPE.values()}
_SECRETS: Final = {fact: tuple(text for text in texts if text.secret) for fact, texts in _ALL.items()}
_TEXTS: Final = {fact: tuple(text for text in texts if not text.secret) for fact, texts in _ALL.items()}
DAYS: Final = {fact: _days(fact) for fact in BY_TYPE.values()}
BEGINNINGS: Final = {  # an end never lies before what it ends
    fact: [name for name in names if not name.endswith(("until", "until_on"))] for fact, names in DAYS.items()
}
"""By type of fact: the names of its fields that hold a day or an instant."""
_SCHEMA: Final = {fact: schema_name(name) for name, fact in BY_TYPE.items()}
_sources, _municipalities = (
    next(text.passed for text in _ENVELOPE if text.name == name) for name in ("source", "kommunkod")
)


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
        raise too_large(MAX_BYTES)
    try:
        event: Event = _decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise refusal(str(error), raw) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise not_json() from None
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
        raise BadEvent(
            "clock", "$.recordedtime",
            "Registrerad i framtiden: går källans klocka rätt? Ställ den, se över tidszonen och skicka igen.",
            "Recorded in the future: is the source's clock right? Set it, mind the time zone and send again.",
        )  # fmt: skip
    if event.time > limit and not event.historical:
        raise BadEvent(
            "future_time", "$.time",
            "Händelsen ligger i framtiden. time ska säga när den hände; skicka den när den har hänt.",
            "The event lies in the future. time must say when it happened; send it when it has.",
        )  # fmt: skip
    for name in event.data.PAST:
        said = getattr(event.data, name)
        if said is not None and not event.historical and _is_to_come(said, limit):
            raise BadEvent(
                "future_time", "$.data." + name,
                "Det har inte hänt än. Skicka händelsen när den har hänt; en plan är en annan händelse.",
                "It has not happened yet. Send the event when it has; a plan is another event.",
            )  # fmt: skip


def _is_to_come(said: date | datetime, limit: datetime) -> bool:
    """A day has come where it has begun anywhere."""
    return said > limit if isinstance(said, datetime) else said > (limit + _EASTERNMOST).date()


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
    if (
        event.source not in _sources or event.kommunkod not in _municipalities
        or event.dataschema != _SCHEMA[fact] or event.specversion != "1.0"
        or event.datacontenttype != "application/json"
    ):  # fmt: skip
        _check_texts(event, _ENVELOPE, fact)
    if _is_id(event.id) is None:
        raise bad_value("$.id", event.id, fact)
    _check_key(event, fact)
    _check_days(event, fact)
    if event.sequence >= _TWELVE_DIGITS and find_identity(str(event.sequence)):
        raise identity("$.sequence", "personal_identity_number")
    if event.actor is not None:
        _check_secrets(event.actor, _ACTOR, fact)
    if secrets := _SECRETS[fact]:
        _check_secrets(event.data, secrets, fact)
    if texts := _TEXTS[fact]:
        _check_texts(event.data, texts, fact)


def _check_days(event: Event, fact: type[Fact]) -> None:
    """Within what the store keeps; the years are looked at first, since to compare instants is slow."""
    at, recorded = event.time, event.recordedtime
    if not _FIRST_YEAR < at.year < _LAST_YEAR and not EARLIEST <= at < LATEST:
        raise bad_year("$.time")
    if not _FIRST_YEAR < recorded.year < _LAST_YEAR and not EARLIEST <= recorded < LATEST:
        raise bad_year("$.recordedtime")
    for name in DAYS[fact]:
        said = getattr(event.data, name)
        if said is not None and not _FIRST_YEAR <= said.year <= _LAST_YEAR:
            raise bad_year("$.data." + name)


def _check_key(event: Event, fact: type[Fact]) -> None:
    subject, start = event.subject, event.kommunkod + _START[fact]
    if not subject.startswith(start):
        if _SUBJECT.matches(subject) is None:
            raise bad_value("$.subject", subject, fact)
        raise _wrong_key(
            subject, f"Nyckeln ska börja {start}, som fälten kommunkod och type säger.",
            f"The key must start with {start}, as kommunkod and type say.",
        )  # fmt: skip
    if fact.SECRET_KEY:
        at = len(start)
        if _is_random(subject, at) is None and not _is_pseudonym(subject[at:]):
            raise _wrong_key(
                subject, "Nyckeln ska vara en pseudonym: låt ./puls produce göra den av numret.",
                "The key must be a pseudonym: let ./puls produce make it of the number.",
            )  # fmt: skip
    elif subject not in _SUBJECT.passed:
        _check_text(subject, _SUBJECT, fact)


def _wrong_key(subject: str, sv: str, en: str) -> BadEvent:
    kind = find_identity(subject)
    return identity("$.subject", kind) if kind else BadEvent("wrong_key", "$.subject", sv, en)


def _check_secrets(struct: Any, texts: tuple[_Text, ...], fact: type[Fact]) -> None:
    for text in texts:
        said = getattr(struct, text.name)
        if said is None or (type(said) is str and _is_random(said)):
            continue
        for one in said if isinstance(said, tuple) else (said,):
            if _is_random(one) is None and not _is_pseudonym(one):
                raise bad_value(text.path, one, fact)


def _check_texts(struct: Any, texts: tuple[_Text, ...], fact: type[Fact]) -> None:
    for text in texts:
        said = getattr(struct, text.name)
        if said is not None and said not in text.passed:
            for one in said if isinstance(said, tuple) else (said,):
                _check_text(one, text, fact)


def _check_text(said: str, text: _Text, fact: type[Fact]) -> None:
    if text.matches(said) is None:
        raise bad_value(text.path, said, fact)
    kind = find_identity_in_prose(said) if text.prose else find_identity(said)
    if kind is not None:
        raise identity(text.path, kind)
    if len(text.passed) < _MOST_PASSED and not text.prose:
        text.passed.add(said)


_START: Final = {fact: f"/{fact.KIND}/" for fact in BY_TYPE.values()}


assert all(name.startswith(TYPE_PREFIX) for name in WIRE)
