"""The three content modes of CloudEvents over HTTP, as JSON documents of one event each. Pure.

Structured: the body is the event. Batched: an array of them. Binary: attributes in `ce-` headers, the body is
the data. A document that is no valid event is no matter of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.message import Message
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from urllib.parse import unquote_to_bytes

import msgspec

from producers.gateway.problems import Problem, too_large
from schemas.envelope import Event
from schemas.errors import BadEvent

EVENT: Final = "application/cloudevents+json"
BATCH: Final = "application/cloudevents-batch+json"
DATA: Final = "application/json"
ACCEPTED: Final = f"{EVENT}, {BATCH}, {DATA}"
PREFIX: Final = "ce-"
BINARY: Final = "binary"
_SINGLE: Final = {"authorization", "content-type", "content-encoding", "content-length"}
_RESERVED: Final = ("data", "data_base64", "datacontenttype")  # the body and its Content-Type say these
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')

Headers = Sequence[tuple[bytes, bytes]]


def singles(headers: Headers) -> dict[str, str]:
    """Headers by lower-case name; those that may come once only must. Problem names what is wrong."""
    found: dict[str, str] = {}
    for raw_name, raw in headers:
        name = raw_name.decode("latin-1").lower()
        if name in found and (name in _SINGLE or name.startswith(PREFIX)):
            said = name if name in _SINGLE else "each ce- header"
            said_sv = name if name in _SINGLE else "varje ce-huvudfält"
            raise Problem("bad-header", f"Send {said} once only.", f"Skicka {said_sv} en gång.")
        found[name] = raw.decode("latin-1")
    return found


def mode(headers: dict[str, str]) -> str:
    """EVENT, BATCH or BINARY. Problem 415 for a content type or coding that is none of ours."""
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise _unsupported(
            "Send the body without Content-Encoding", "Skicka innehållet utan Content-Encoding"
        )
    said = Message()
    said["content-type"] = headers.get("content-type", DATA)
    if str(said.get_param("charset", "utf-8")).lower() not in ("utf-8", "us-ascii"):
        raise _unsupported("Write UTF-8", "Skriv UTF-8")
    kind = said.get_content_type()
    if kind in (EVENT, BATCH):
        return kind
    if kind == DATA and any(name.startswith(PREFIX) for name in headers):
        return BINARY
    raise _unsupported(
        f"Send {EVENT}, {BATCH}, or {DATA} with the event's attributes in ce- headers",
        f"Skicka {EVENT}, {BATCH}, eller {DATA} med händelsens attribut i ce-huvudfält",
    )


def _unsupported(en: str, sv: str) -> Problem:
    return Problem("media-type", en + ".", sv + ".", {"Accept": ACCEPTED, "Accept-Encoding": "identity"})


def documents(kind: str, headers: dict[str, str], body: bytes, most: int) -> list[bytes]:
    """Each event of a push as a JSON document, in order; what is in them is not looked at.

    Problem for a batch that is no array, or one of more than `most` events; BadEvent for headers or data from
    which no document can be made.
    """
    if kind == BINARY:
        return [_joined(headers, body)]
    return _split(body, most) if kind == BATCH else [body]


def _split(body: bytes, most: int) -> list[bytes]:
    try:
        found = msgspec.json.decode(body, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        where = re.search(r"\(byte \d+\)", str(error))
        en, sv = (f" {where.group()}",) * 2 if where else ("", "")
        if "truncated" in str(error):
            en, sv = ", and this one is cut short", ", och den här är avklippt"
        raise Problem(
            "not-json",
            f"A batch is one JSON array of events{en}. Nothing is taken.",
            f"En bunt är en JSON-lista med händelser{sv}. Inget är mottaget.",
        ) from None
    if len(found) > most:
        raise too_large(f"{most} events", f"{most} händelser")
    return [bytes(raw) for raw in found]


def _joined(headers: dict[str, str], body: bytes) -> bytes:
    names = {name: name.removeprefix(PREFIX) for name in headers if name.startswith(PREFIX)}
    if any(name in _RESERVED for name in names.values()):
        raise BadEvent(
            "unknown_field", "$", "Data står i innehållet och dess typ i Content-Type, inte i ce-huvudfält.",
            "Data stands in the body and its type in Content-Type, not in ce- headers.",
        )  # fmt: skip
    event = {name: _value(name, headers[header]) for header, name in names.items()}
    try:
        return msgspec.json.encode(event | {"data": msgspec.json.decode(body)})
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadEvent(
            "not_json",
            "$.data",
            "Innehållet är inte giltig JSON (UTF-8).",
            "The body is not valid JSON (UTF-8).",
        ) from None


def _value(name: str, header: str) -> Any:
    """An attribute from its header: quotes undone, percent-decoded once, then of the attribute's own type."""
    try:
        header.encode("ascii")
        plain = _QUOTED.sub(lambda found: re.sub(r"\\(.)", r"\1", found[1]), header)
        text = unquote_to_bytes(plain).decode("utf-8")
        return _typed(_TYPES.get(name, str), text)
    except (ValueError, msgspec.MsgspecError):
        field = f"$.{name}" if name in _TYPES else "$"
        raise BadEvent(
            "bad_value", field, "Huvudfältet går inte att läsa: skriv UTF-8 i procentkod.",
            "The header cannot be read: write UTF-8, percent-encoded.",
        ) from None  # fmt: skip


def _typed(kind: type, text: str) -> Any:
    """Numbers and truths by their canonical form; what a header has no form for is a JSON text."""
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower(), text)  # the Python SDK writes True
    if kind is int:
        return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else text
    return text if kind is str else msgspec.json.decode(text)


def _kind(hint: Any) -> type:
    """`bool`, `int`, `str` (also for instants and codes), or `object` for what is made of parts."""
    if get_origin(hint) in (Union, UnionType):
        return _kind(next(part for part in get_args(hint) if part is not type(None)))
    if hint in (bool, int):
        return bool if hint is bool else int
    made_of_parts = get_origin(hint) is tuple or (isinstance(hint, type) and issubclass(hint, msgspec.Struct))
    return object if made_of_parts else str


def _types(fields: Iterable[tuple[str, Any]]) -> dict[str, type]:
    return {name: _kind(hint) for name, hint in fields if name not in _RESERVED}


_TYPES: Final = _types(get_type_hints(Event).items()) | {"type": str}
