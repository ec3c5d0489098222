"""The development login, on loopback alone: who sits at this machine picks a role. No password, by design.

The cookie says everything and is signed by a key of the home. Requests that came through a proxy, or under
another name than loopback's, are refused: then it is not this machine that asks.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, cast

from apps.access.login import ROLES, Login, Role, pseudonym
from apps.access.ways import is_loopback

FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Development:
    """Signs and reads the cookie. Its name bears the port, for hubs that run side by side."""

    def __init__(
        self, secret: str, actor_key: str, port: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        self.cookie = f"kommunpuls_login_{port}"
        self._secret = secret.encode()
        self._actor_key = actor_key.encode()
        self._clock = clock

    def sealed(self, role: Role, municipality: str, unit: str) -> str:
        """The cookie of a new login. unit "" is every unit."""
        told = [secrets.token_hex(16), role, municipality, unit or "*", self._clock().timestamp()]
        body = base64.urlsafe_b64encode(json.dumps(told).encode()).decode()
        return f"{body}.{self._seal(body)}"

    def login(self, cookies: Mapping[str, str]) -> Login | None:
        """Who the cookie says is there, None when it is missing or not of our making."""
        body, _, seal = cookies.get(self.cookie, "").rpartition(".")
        if not body or not hmac.compare_digest(seal, self._seal(body)):
            return None
        return self._login(json.loads(base64.urlsafe_b64decode(body)))

    def _login(self, told: list[Any]) -> Login | None:
        session, role, municipality, unit, began = told
        if role not in ROLES:
            return None
        actor = pseudonym(self._actor_key, f"development/{role}")
        own, began_at = (f"{municipality}/{unit}",), datetime.fromtimestamp(began, UTC)
        return Login(session, (cast("Role", role),), actor, (municipality,), own, began_at)

    def _seal(self, body: str) -> str:
        return hmac.new(self._secret, body.encode(), sha256).hexdigest()


def is_local(headers: Mapping[str, str]) -> bool:
    """Whether a request was made on this machine, by its own name: no proxy before us, no rebound name."""
    host = headers.get("host", "").rpartition("@")[2]
    name = host if host.endswith("]") or ":" not in host else host.rpartition(":")[0]
    return is_loopback(name) and not any(header in headers for header in FORWARDED)
