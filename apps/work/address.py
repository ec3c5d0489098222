"""What the address of a work view asks for. Everything a person has chosen stands there, so that a link can
be sent; what is no known parameter or has no proper value is left out. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

_LOCAL: Final = r"[a-z0-9][a-z0-9_-]{0,79}"
PARAMETERS: Final = {
    "kommun": r"[0-9]{4}",
    "visa": r"[a-z]+(-[a-z0-9]+)*",
    "roll": _LOCAL,
    "vardform": _LOCAL,
    "malgrupp": _LOCAL,
    "utforare": r"[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö&_.-]{0,79}",
    "ort": r"[0-9]{4}",
    "enhet": r"[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö&_.-]{0,39}",
    "orsak": _LOCAL,
    "manad": r"[0-9]{4}-(0[1-9]|1[0-2])",
    "kvartal": r"[12][0-9]{3}Q[1-4]",
    "mottagare": r"ivo|revisorer|fullmaktige",
    "status": r"[a-z]{1,20}",
    "dag": r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    "betalare": _LOCAL,
    "sok": r"([A-Za-z]-)?[0-9A-Fa-f]{1,12}",
    "rad": r"[0-9A-F]{12}",
    "ordning": r"-?[a-z]{1,20}",
    "sida": r"[1-9][0-9]{0,3}",
}
"""Name and pattern, in the order of an address."""


@dataclass(frozen=True)
class Address:
    """The parameters that were given and are proper. refused: names of those whose value was not."""

    given: Mapping[str, str]
    refused: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, "")

    @property
    def number(self) -> int:
        """Page of a long table, from 1."""
        return int(self["sida"] or 1)

    @property
    def search(self) -> str:
        """What a row's key must begin with."""
        return self["sok"].upper().rpartition("-")[2]

    def link(self, **changes: str) -> str:
        """The address with these changed, "" takes one away. A change of what is shown begins at page 1."""
        base = dict(self.given) if "sida" in changes or set(changes) <= {"rad"} else self._first()
        wanted = base | changes
        return "?" + urlencode([(name, wanted[name]) for name in PARAMETERS if wanted.get(name)])

    def _first(self) -> dict[str, str]:
        return {name: value for name, value in self.given.items() if name != "sida"}


def read(query: Mapping[str, str]) -> Address:
    """The address of query parameters as they came."""
    known = {name: query[name].strip() for name in PARAMETERS if query.get(name, "").strip()}
    proper = {name: value for name, value in known.items() if re.fullmatch(PARAMETERS[name], value)}
    return Address(proper, tuple(name for name in known if name not in proper))
