"""Why a message was refused, in words: reason, field, what was expected and how to mend it. Pure.

What msgspec says quotes the sender's values and names. Of it only the kind of fault is taken, and a path that
is made of the contract's own names alone: nothing of a payload leaves through a refusal.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, Final

import msgspec

from schemas.envelope import Fact
from schemas.errors import BadEvent
from schemas.expected import expected, is_ours, names_at
from schemas.identity import find_identity
from schemas.registry import BY_TYPE

_PATH: Final = re.compile(r" - at `(?:key in )?(\$[^`]*)`$")
_UNREADABLE: Final = ("Tiden går inte att läsa.", "The time cannot be read.")
_NOT_ALLOWED: Final = ("Värdet är inte tillåtet.", "The value is not allowed.")
_READ_WRONG: Final = (
    "Ã står där å, ä eller ö borde stå: UTF-8 har lästs som Latin-1 före sändningen.",
    "Ã stands for å, ä or ö: UTF-8 was read as Latin-1 before it was sent.",
)
_TWICE: Final = re.compile("Ã[\u0080-\u00bf\u2026\u2013\u201e\u2030]")
_FAULTS: Final[tuple[tuple[str, str, tuple[str, str]], ...]] = (
    ("Object contains unknown field", "unknown_field",
     ("Fältet finns inte i kontraktet: ta bort det.", "The contract has no such field: take it away.")),
    ("Object missing required field", "missing_field",
     ("Ett obligatoriskt fält saknas.", "A required field is missing.")),
    ("Invalid RFC3339", "bad_time", _UNREADABLE),
    ("Expected `datetime` with a timezone", "bad_time",
     ("Tiden saknar tidszon.", "The time has no time zone.")),
    ("Expected `object`", "wrong_type", ("Ett objekt väntades.", "An object was expected.")),
)  # fmt: skip
_WRONG_TYPE: Final = re.compile(r"Expected `[a-z0-9| ]+`, got `[a-z]+`")
_DAY: Final = re.compile(r"Invalid ISO8601|Expected `(?:date|datetime)")


class _Typed(msgspec.Struct):
    type: Any = None


def not_json() -> BadEvent:
    """What is no JSON at all, or cut off."""
    return BadEvent(
        "not_json", "$", "Meddelandet är inte giltig JSON i UTF-8. Är det avklippt? Skicka det helt.",
        "Not valid JSON in UTF-8. Is it cut off? Send it whole.",
    )  # fmt: skip


def too_large(most: int) -> BadEvent:
    """A message beyond what an event can be."""
    return BadEvent(
        "too_large", "$", f"Högst {most} byte. Skicka en händelse per meddelande.",
        f"At most {most} bytes. Send one event per message.",
    )  # fmt: skip


def bad_value(path: str, said: str, fact: type[Fact] | None) -> BadEvent:
    """A text that its field may not hold."""
    kind = find_identity(said)
    if kind:
        return identity(path, kind)
    return _told("bad_value", path, fact, _READ_WRONG if _TWICE.search(said) else _NOT_ALLOWED)


def bad_year(path: str) -> BadEvent:
    """A day that no store keeps."""
    return BadEvent(
        "bad_time", path, "Året ska ligga mellan 1900 och 2298. Skriv det med fyra siffror.",
        "The year must be 1900 to 2298. Write it with four digits.",
    )  # fmt: skip


def identity(path: str, kind: str) -> BadEvent:
    """Somebody's number or address: only the source can mend it."""
    return BadEvent(
        "identity", path,
        f"Fältet innehåller en identitetsuppgift ({kind}). Ta bort den i källan;"
        " den kan inte skickas om härifrån.",
        f"The field holds an identity ({kind}). Remove it at the source; it cannot be retried from here.",
    )  # fmt: skip


def refusal(message: str, raw: bytes) -> BadEvent:
    """Msgspec's message about the bytes as ours."""
    fact = _type_of(raw)
    found = _PATH.search(message)
    path = found[1] if found and is_ours(fact, found[1]) else "$"
    if kind := _identity_in(raw):
        return identity(path, kind)
    if fact is None or path == "$.type":
        return _unknown_type(raw, message)
    for sign, reason, text in _FAULTS:
        if message.startswith(sign):
            return _told(reason, *_place(reason, path, message, fact), text)
    if _DAY.match(message):
        return _told("bad_time", path, fact, _UNREADABLE)
    if _WRONG_TYPE.match(message):
        return _told("wrong_type", path, fact, ("Värdet har fel typ.", "The value has the wrong type."))
    return _told("bad_value", path, fact, _NOT_ALLOWED)


def _place(reason: str, path: str, message: str, fact: type[Fact]) -> tuple[str, type[Fact]]:
    """A missing field has a place of its own, since its name is ours; an unknown one has none."""
    missing = re.match(r"Object missing required field `([a-z_]+)`", message)
    if reason == "missing_field" and missing and missing[1] in names_at(fact, path):
        return f"{path}.{missing[1]}", fact
    return path, fact


def _told(reason: str, path: str, fact: type[Fact] | None, text: tuple[str, str]) -> BadEvent:
    sv, en = expected(fact, path)
    if reason == "unknown_field":
        listed = ", ".join(names_at(fact, path))
        sv, en = f"Fälten är: {listed}.", f"The fields are: {listed}."
    return BadEvent(reason, path, f"{text[0]} {sv}".strip(), f"{text[1]} {en}".strip())


def _unknown_type(raw: bytes, message: str) -> BadEvent:
    """A type that the registry lacks; its other versions are named, for their names are ours."""
    said = _said_type(raw)
    if said is None:
        missing = message.startswith("Object missing required field `type`")
        reason = "missing_field" if missing else "wrong_type"
        return BadEvent(
            reason, "$.type" if missing else "$",
            "Meddelandet ska vara ett CloudEvents-objekt i JSON med fältet type.",
            "The message must be a CloudEvents object in JSON with the field type.",
        )  # fmt: skip
    stem = said.rpartition(".")[0]
    known = ", ".join(name for name in BY_TYPE if name.rpartition(".")[0] == stem)
    sv = f"Kända versioner: {known}." if known else "Kända typer står i schemas/contracts/asyncapi.yaml."
    en = f"Known versions: {known}." if known else "Known types are in schemas/contracts/asyncapi.yaml."
    return BadEvent("unknown_type", "$.type", f"Okänd händelsetyp. {sv}", f"Unknown event type. {en}")


def _type_of(raw: bytes) -> type[Fact] | None:
    said = _said_type(raw)
    return BY_TYPE.get(said) if said is not None else None


def _said_type(raw: bytes) -> str | None:
    try:
        said = _typed.decode(raw).type
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return said if isinstance(said, str) else None


_typed: Final = msgspec.json.Decoder(_Typed)


def _identity_in(raw: bytes) -> str | None:
    """Of all that the message holds, names of fields too; written as it is and with escapes resolved."""
    kind = find_identity(raw.decode("utf-8", "replace"))
    if kind is None and b"\\" in raw:
        with suppress(msgspec.DecodeError, ValueError, RecursionError):  # refused before its end was read
            kind = find_identity(msgspec.json.encode(msgspec.json.decode(raw)).decode())
    return kind
