"""Who is logged in: roles, municipalities, units and a pseudonym. Never a name. Pure."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal, get_args

from schemas.errors import HubError

KEY_ID: Final = "w1"
Role = Literal[
    "coordinator",
    "unit_head",
    "quality_lead",
    "staffing_unit",
    "nurse",
    "economist",
    "politician",
    "engineer",
    "data_protection",
]
"""What a person may log in as. Those who act in events are called the same there (`schemas.codes.Role`)."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)


class LoggedOut(HubError):
    """Nobody is logged in, or the session has ended."""


class Forbidden(HubError):
    """Who is logged in may not do this. A calm no, and a row in the audit log where data were asked for."""


@dataclass(frozen=True)
class Login:
    """What a login gives. session: what the server knows it by, nothing that opens it.

    units: as `9999/vuxen`, or `9999/*` for every unit of a municipality.
    """

    session: str
    roles: tuple[Role, ...]
    actor: str
    municipalities: tuple[str, ...]
    units: tuple[str, ...]
    began_at: datetime

    def own_units(self, municipality: str) -> tuple[str, ...] | None:
        """Codes of the login's units in the municipality, None for every unit."""
        own = [unit.partition("/")[2] for unit in self.units if unit.partition("/")[0] == municipality]
        return None if "*" in own else tuple(sorted(own))


def pseudonym(key: bytes, subject: str) -> str:
    """Of a login's subject, in the form of `schemas.codes.Pseudonym`."""
    digest = hmac.new(key, subject.encode(), sha256).digest()
    return f"{KEY_ID}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def narrowed(own: Collection[str] | None, wanted: Collection[str] | None) -> tuple[str, ...] | None:
    """The wanted units among the login's own; None is every unit, both as own and as wanted."""
    if own is None or wanted is None:
        left = wanted if own is None else own
        return None if left is None else tuple(sorted(left))
    return tuple(sorted(set(own) & set(wanted)))
