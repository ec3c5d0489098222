"""How codes and amounts are named in a history. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import md5
from typing import Any

from apps import wording
from apps.wording import say
from apps.work.row import named
from schemas.municipality import Municipality


@dataclass(frozen=True)
class Names:
    """How codes are named. is_hidden: no provider is (protected housing).

    asked: by key of a request, the provider that was asked. has_clock: moments are told to the minute.
    """

    town: Municipality
    is_hidden: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)
    has_clock: bool = False

    def provider(self, code: str | None) -> str:
        """The provider's code, or `dolt`."""
        return say("concealed") if self.is_hidden else code or say("missing")

    def of(self, dimension: str, code: str | None) -> str:
        """A code in the town's own words."""
        return named(self.town, dimension, code or "")

    def moment(self, at: datetime) -> str:
        """`22 november 2026`, with `, kl. 16.05` where the hour matters."""
        day = wording.day(at.astimezone(self.town.zone).date())
        return f"{day}, {wording.clock(at, self.town.zone)}" if self.has_clock else day


def device(pseudonym: str) -> str:
    """`D-7F3A2C`, what people call a device: as `warehouse.shown.key_of` makes it."""
    return "D-" + md5(pseudonym.encode(), usedforsecurity=False).hexdigest()[:6].upper()


def kronor(value: float) -> str:
    """`6 450 kr`, `347,70 kr`."""
    return wording.number(value, 0 if value == int(value) else 2) + wording.NBSP + "kr"


Title = Callable[[Any, Names], str]
"""What a fact of one type is called."""
