"""What a field of an event should hold, in words a person can mend by: read from the contract itself. Pure.

A refusal says this instead of the refused value, which is never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec

from schemas import codes
from schemas.envelope import Actor, Event, Fact

_KEPT: Final = 4_096  # a flood of bad messages asks for the same few, and a sender may make up paths
Text = tuple[str, str]
"""Swedish and English."""

_ID: Final = (
    "id ska vara en UUID version 5 med små bokstäver, gjord av nyckel och händelse",
    "id must be a UUID of version 5 in lower case, made of key and event",
)
_PATTERNS: Final[dict[str, Text]] = {
    "Municipality": (
        "Fyra siffror som text, inledande nolla kvar, som 0780",
        "Four digits as text, leading zero kept, as 0780",
    ),
    "Unit": (
        "Enhetens kod: 1–40 bokstäver, siffror, _ . & eller -, inga blanksteg, som barn-unga",
        "The unit's code: 1–40 letters, digits, _ . & or -, no blanks, as barn-unga",
    ),
    "LocalCode": (
        "En kod ur kommunens lista, ingen fritext: 1–80 små bokstäver a–z, siffror, _ och -, som own_wish",
        "A code of the municipality's list, no free text: 1–80 of a–z, digits, _ and -, as own_wish",
    ),
    "NoteText": (
        "1–500 bokstäver, siffror och vanliga skiljetecken, inget om en person",
        "1–500 letters, digits and common marks, nothing about a person",
    ),
    "Pseudonym": (
        "En pseudonym som ./puls produce gör: nyckelns namn, punkt och 43 tecken; aldrig numret eller namnet",
        "A pseudonym as ./puls produce makes it: key name, dot and 43 characters; never the number or name",
    ),
    "Subject": (
        "Nyckeln ska vara kommunkod/slag/pseudonym, som 9999/case/k1.…",
        "The key must be municipality/kind/pseudonym, as 9999/case/k1.…",
    ),
    "SourceName": (
        "Källans namn: en liten bokstav a–z, sedan högst 39 a–z, siffror, _ eller -",
        "The source's name: a small letter a–z, then at most 39 of a–z, digits, _ or -",
    ),
    "ProviderCode": (
        "Aktörens kod utan blanksteg, som B112, aldrig dess namn",
        "The provider's code without blanks, as B112, never its name",
    ),
}
_BY_PATTERN: Final = {
    next(iter(said.extra_json_schema.values())): _PATTERNS[name]
    for name in _PATTERNS
    for said in get_args(getattr(codes, name))
    if isinstance(said, msgspec.Meta) and said.extra_json_schema
}
_PLAIN: Final[dict[Any, Text]] = {
    datetime: (
        "En tid enligt RFC 3339 med tidszon, som 2026-03-02T08:00:00+01:00",
        "A time by RFC 3339 with time zone, as 2026-03-02T08:00:00+01:00",
    ),
    date: ("En dag som finns, skriven som 2026-03-02", "A day that exists, written as 2026-03-02"),
    bool: ("true eller false, utan citattecken", "true or false, without quotes"),
    int: ("Ett heltal utan citattecken", "A whole number without quotes"),
    float: (
        "Ett tal med decimalpunkt, utan citattecken och blanksteg, som 347.70",
        "A number with decimal point, without quotes and blanks, as 347.70",
    ),
    str: ("Text", "Text"),
}
_NAMES: Final = re.compile(r"\.([a-z_]+)|\[(?:\d+|\.\.\.)\]")


def names_at(fact: type[Fact] | None, path: str) -> list[str]:
    """The fields that the contract has at a path, [] where it is none of ours."""
    struct = _struct(fact, path)
    return list(struct.__struct_fields__) if struct else []


def is_ours(fact: type[Fact] | None, path: str) -> bool:
    """Whether the path is made of names of the contract alone: a sender's own names are payload."""
    return path == "$" or path == "$.type" or _hint(fact, path) is not None


@lru_cache(maxsize=_KEPT)
def expected(fact: type[Fact] | None, path: str) -> Text:
    """What the field should hold, as one sentence in each language; "" where nothing is known of it."""
    if path == "$.id":
        return _sentence(_ID)
    hint = _hint(fact, path)
    return _sentence(_said(hint)) if hint is not None else ("", "")


def _sentence(text: Text) -> Text:
    return (text[0] and text[0] + ".", text[1] and text[1] + ".")


def _said(hint: Any) -> Text:
    inner, limits = _bare(hint)
    pattern = next(
        (meta.extra_json_schema.get("pattern", "") for meta in limits if meta.extra_json_schema), ""
    )
    if pattern:
        return _BY_PATTERN.get(pattern) or (
            f"Text enligt mönstret {pattern}",
            f"Text of the pattern {pattern}",
        )
    if get_origin(inner) is Literal:
        listed = ", ".join(map(str, get_args(inner)))
        return f"Ett av: {listed}", f"One of: {listed}"
    if _is_struct(inner):
        listed = ", ".join(inner.__struct_fields__)
        return f"Ett objekt med fälten {listed}", f"An object with the fields {listed}"
    sv, en = _PLAIN.get(inner, ("", ""))
    least, most = _bounds(limits)
    return sv + _within(least, most, "minst", "högst"), en + _within(least, most, "at least", "at most")


def _bounds(limits: list[msgspec.Meta]) -> tuple[float | None, float | None]:
    least = next((meta.ge for meta in limits if meta.ge is not None), None)
    return least, next((meta.le for meta in limits if meta.le is not None), None)


def _within(least: float | None, most: float | None, from_word: str, to_word: str) -> str:
    bounds = ((from_word, least), (to_word, most))
    told = [f"{word} {bound:,.0f}".replace(",", "\u202f") for word, bound in bounds if bound is not None]
    return f", {', '.join(told)}" if told else ""


@lru_cache(maxsize=_KEPT)
def _hint(fact: type[Fact] | None, path: str) -> Any:
    """The type of the field at the path, None where the contract has none there."""
    if not path.startswith("$") or _NAMES.sub("", path[1:]):
        return None
    hint: Any = Event
    for name in (found[1] for found in _NAMES.finditer(path)):
        if name is None:
            continue
        struct, _ = _bare(hint)
        hints = _hints(struct) if _is_struct(struct) else {}
        hint = fact if name == "data" and struct is Event else hints.get(name)
        if hint is None:
            return None
    return hint


def _struct(fact: type[Fact] | None, path: str) -> type[Any] | None:
    hint = _hint(fact, path)
    inner, _ = _bare(hint)
    return inner if _is_struct(inner) else None


def _is_struct(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Fact | Event | Actor)


@cache
def _hints(struct: type[Any]) -> dict[str, Any]:
    return {
        name: hint
        for name, hint in get_type_hints(struct, include_extras=True).items()
        if name in struct.__struct_fields__
    }


def _bare(hint: Any) -> tuple[Any, list[msgspec.Meta]]:
    """The type within annotations, None and tuples, and the annotations around it."""
    metas = list(_metas(hint))
    while True:
        parts = [part for part in get_args(hint) if part not in (NoneType, Ellipsis)
                 and not isinstance(part, msgspec.Meta)]  # fmt: skip
        if get_origin(hint) is Literal or len(parts) != 1:
            return hint, metas
        hint = parts[0]


def _metas(hint: Any) -> Iterator[msgspec.Meta]:
    if get_origin(hint) is Literal:
        return
    for part in get_args(hint):
        if isinstance(part, msgspec.Meta):
            yield part
        else:
            yield from _metas(part)
