"""Pseudonyms: HMAC-SHA-256 with a key per municipality and source domain. Keys stay on the producer's side.

The same number gives the same pseudonym while the key lives; after a loss, new events do not meet old ones.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from schemas.errors import Misconfigured

DOMAIN: Final = "cases"
_LINE: Final = re.compile(r"(k[a-z0-9]{1,7}) ([A-Za-z0-9_-]{43})\n?")
_REMEMBERED: Final = 100_000


@dataclass(frozen=True)
class Pseudonymiser:
    """Makes pseudonyms with one key. `key_id` is its fingerprint: another key shows in every pseudonym."""

    key_id: str
    key: bytes = field(repr=False)
    _known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)

    def of(self, kind: str, text: str) -> str:
        """The pseudonym of a case, person or handler; equal numbers of two kinds give two pseudonyms."""
        known = self._known.get((kind, text))
        return known if known is not None else self._make(kind, text)

    def _make(self, kind: str, text: str) -> str:
        digest = hmac.digest(self.key, f"{kind}\x1f{normal(kind, text)}".encode(), "sha256")
        made = f"{self.key_id}.{urlsafe_b64encode(digest)[:43].decode()}"
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[kind, text] = made
        return made


def normal(kind: str, text: str) -> str:
    """One spelling for one thing: outer blanks gone; in a person's number all blanks and hyphens."""
    text = text.strip()
    return re.sub(r"[\s\u2010-\u2015\u2212-]", "", text) if kind == "person" else text


def path_of(folder: Path, municipality: str, domain: str = DOMAIN) -> Path:
    """Where the key of a municipality and source domain lies. Misconfigured for an odd domain."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,23}", domain):
        raise Misconfigured(f"{domain!r} is no source domain: lower-case letters, digits and _ only")
    return folder / f"{municipality}-{domain}.key"


def create(folder: Path, municipality: str, domain: str = DOMAIN) -> Path:
    """Make a new key file with mode 0600, whole or not at all. Misconfigured when there is one already."""
    path = path_of(folder, municipality, domain)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(32)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".new-", encoding="ascii") as draft:  # mode 0600
        draft.write(f"{_fingerprint(key)} {urlsafe_b64encode(key)[:43].decode()}\n")
        draft.flush()
        os.fsync(draft.fileno())
        try:
            os.link(draft.name, path)
        except FileExistsError:
            raise Misconfigured(f"{path} is there already; a key is never replaced") from None
    return path


def _fingerprint(key: bytes) -> str:
    return "k" + hashlib.sha256(b"kommunpuls key id" + key).hexdigest()[:6]


def throwaway() -> Pseudonymiser:
    """A key that is forgotten when the command ends: for a dry run before there is one."""
    key = secrets.token_bytes(32)
    return Pseudonymiser(_fingerprint(key), key)


def load(folder: Path, municipality: str, domain: str = DOMAIN) -> Pseudonymiser:
    """Read a key. Misconfigured, with the remedy, when it is missing, readable for others or no key."""
    path = path_of(folder, municipality, domain)
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise Misconfigured(_missing(path, municipality, domain)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path} cannot be read: {type(error).__name__}") from error
    if mode & 0o077:
        raise Misconfigured(f"{path} can be read by others (mode {mode:04o}). Run: chmod 600 {path}")
    found = _LINE.fullmatch(text)
    if not found:
        raise Misconfigured(f"{path} is no key; bring the kept copy back")
    return Pseudonymiser(found[1], urlsafe_b64decode(found[2] + "="))


def _missing(path: Path, municipality: str, domain: str) -> str:
    return (
        f"{path} is missing. Never sent from here before? ./puls key create --municipality {municipality} "
        f"--domain {domain}. Else bring the kept copy: with a new key, new events no longer meet old ones"
    )
