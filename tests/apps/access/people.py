"""Logins and a desk for tests: real sessions, a real table, a real audit log; the way in is said outright."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from apps.access.desk import Desk
from apps.access.login import ROLES, Login, Role, pseudonym
from apps.access.sessions import Sessions
from apps.access.table import Table, table
from warehouse.audit import Log
from warehouse.client import Warehouse

BEGAN: Final = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def login(role: Role, *units: str, at: datetime | None = None) -> Login:
    """Somebody in Mittköping with this role, in these units; in every unit where none is named."""
    own = tuple(f"9999/{unit}" for unit in units) or ("9999/*",)
    return Login(f"s-{role}", (role,), pseudonym(b"k", role), ("9999",), own, at or datetime.now(UTC))


EVERYBODY: Final[dict[Role, Login]] = {role: login(role, at=BEGAN) for role in ROLES}


@dataclass(frozen=True)
class Named:
    """A way in by which a cookie names the role."""

    began: Callable[[], datetime]

    def login(self, cookies: Mapping[str, str]) -> Login | None:
        """Whom the cookie names."""
        found = {str(role): who for role, who in EVERYBODY.items()}.get(cookies.get("who", ""))
        return replace(found, began_at=self.began()) if found else None


def desk(store: Warehouse, now: datetime = BEGAN, given: Table | None = None) -> Desk:
    """A desk whose clock stands still."""
    log = Log(lambda: store)
    return Desk(given or table(), Named(lambda: BEGAN), Sessions(lambda: now), log)
