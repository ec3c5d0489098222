"""Pseudonyms where a fact's fields hold persons' or matters' numbers, before anything is made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, get_args, get_type_hints

import msgspec

from producers.pseudonym import Pseudonymiser
from schemas.codes import PSEUDONYM_PATTERN
from schemas.envelope import Fact
from schemas.registry import EVENTS

# The key of the row's municipality, asked for only where something is to be hidden.
Secret = Callable[[], Pseudonymiser]


def _holds_pseudonym(hint: Any) -> bool:
    """Whether a field's type says that pseudonyms stand there (alone or among others, such as None)."""
    said = getattr(hint, "__metadata__", ())
    return any(
        PSEUDONYM_PATTERN in ((getattr(meta, "extra_json_schema", None) or {}).values()) for meta in said
    ) or any(_holds_pseudonym(part) for part in get_args(hint) if get_args(part))


_PSEUDONYMS: Final[dict[type, tuple[str, ...]]] = {
    fact: tuple(n for n, hint in get_type_hints(fact, include_extras=True).items() if _holds_pseudonym(hint))
    for fact in EVENTS
}


def hidden(fact: Fact, secret: Secret) -> Fact:
    """The fact with pseudonyms where persons, handlers or staff stood."""
    plain = {name: getattr(fact, name) for name in _PSEUDONYMS[type(fact)]}
    made = {name: _made(name, value, secret) for name, value in plain.items() if value}
    return msgspec.structs.replace(fact, **made) if made else fact


def _made(name: str, value: Any, secret: Secret) -> Any:
    """Pseudonym of a text, or of each text in a tuple; what is neither stays, and the codec refuses it."""
    if isinstance(value, tuple):
        return tuple(_made(name, one, secret) for one in value)
    return secret().of(name, value) if isinstance(value, str) else value
