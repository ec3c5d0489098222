"""Who may push what: a token for each producer, limited to one source, one municipality and its event types.

A token is shown once; kept is a file named by its SHA-256 (of 256 random bits, so no salt is needed). Nothing
is cached: a token that is made or revoked counts from the next request on.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct

from schemas.envelope import TYPE_PREFIX
from schemas.errors import Misconfigured
from schemas.identity import find_identity
from schemas.municipality import municipality as settings_of
from schemas.registry import BY_TYPE

SHOWN: Final = 8  # letters of the digest that name a token to a person
_TOKEN: Final = re.compile(r"puls_[A-Za-z0-9_-]{43}")
_SOURCE: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class Grant(Struct, frozen=True, forbid_unknown_fields=True):
    """What one token allows. types: event types, `*` stands for anything."""

    municipality: str
    source: str
    types: tuple[str, ...]
    created_at: datetime

    def allows(self, event_type: str) -> bool:
        """Whether events of this type may be sent."""
        return any(fnmatchcase(event_type, pattern) for pattern in self.types)


class Kept(NamedTuple):
    """A token as it is kept: its name for a person, its digest and what it allows."""

    name: str
    digest: str
    grant: Grant


def folder(home: Path) -> Path:
    """One file per token, mode 0600."""
    return home / "secrets" / "push"


def create(place: Path, municipality: str, source: str, types: Sequence[str]) -> tuple[str, Kept]:
    """Make a token; it is returned this once and kept nowhere. Misconfigured names what is wrong."""
    grant = Grant(settings_of(municipality).code, _source(source), _types(types), datetime.now(UTC))
    token = "puls_" + secrets.token_urlsafe(32)
    digest = _digest(token)
    try:
        _write(place, digest, msgspec.json.encode(grant))
    except OSError as error:
        raise Misconfigured(f"{place}: the token cannot be kept: {error.strerror}") from error
    return token, Kept(digest[:SHOWN], digest, grant)


def _source(name: str) -> str:
    if not _SOURCE.fullmatch(name) or find_identity(name):
        raise Misconfigured(f"{name!r} is no source: lower-case letters, digits, _ and -, a letter first")
    return name


def _types(patterns: Sequence[str]) -> tuple[str, ...]:
    unknown = [each for each in patterns if not any(fnmatchcase(name, each) for name in BY_TYPE)]
    if unknown or not patterns:
        groups = sorted(
            {TYPE_PREFIX + name.removeprefix(TYPE_PREFIX).split(".")[0] + ".*" for name in BY_TYPE}
        )
        said = (
            ", ".join(map(repr, unknown)) + " matches no event type" if unknown else "no event type is named"
        )
        raise Misconfigured(f"--types: {said}; write one of {', '.join(groups)}, or a type's whole name")
    return tuple(dict.fromkeys(patterns))


def _write(place: Path, digest: str, body: bytes) -> None:
    """Whole or not at all."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("wb", dir=place, prefix=".new-") as draft:  # mode 0600
        draft.write(body)
        draft.flush()
        os.fsync(draft.fileno())
        os.link(draft.name, place / f"{digest}.json")


def kept(place: Path) -> list[Kept]:
    """Every token, oldest first. Misconfigured for a file that others may read or that is no token's."""
    return sorted(_every(place), key=lambda each: (each.grant.created_at, each.digest))


def _every(place: Path) -> Iterator[Kept]:
    for file in place.glob("*.json"):
        if file.stat().st_mode & 0o077:
            raise Misconfigured(f"{file} can be read by others. Run: chmod 600 {file}")
        try:
            yield Kept(file.stem[:SHOWN], file.stem, _read(file))
        except (msgspec.MsgspecError, OSError) as error:
            raise Misconfigured(f"{file} is no token's file; remove it: {type(error).__name__}") from error


def revoke(place: Path, name: str) -> Kept:
    """Take the token of this name away. Misconfigured when there is none, or more than one."""
    found = [each for each in kept(place) if name and each.digest.startswith(name)]
    if len(found) != 1:
        there = ", ".join(each.name for each in kept(place)) or "none"
        raise Misconfigured(f"{len(found)} tokens are named {name!r}; there are: {there}")
    (place / f"{found[0].digest}.json").unlink()
    return found[0]


def find(place: Path, token: str) -> Kept:
    """The token that a request brought. LookupError when it is none of ours, or revoked.

    Looked up by its hash, so that the time it takes tells nothing about a token.
    """
    if not _TOKEN.fullmatch(token):
        raise LookupError("no token of ours")
    digest = _digest(token)
    try:
        return Kept(digest[:SHOWN], digest, _read(place / f"{digest}.json"))
    except (msgspec.MsgspecError, OSError) as error:
        raise LookupError("unknown token") from error


def _read(file: Path) -> Grant:
    return msgspec.json.decode(file.read_bytes(), type=Grant)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
