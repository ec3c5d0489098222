"""What the work process knows of logins, in one place: the table, the way in, the sessions, the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from apps.access.login import LoggedOut, Login
from apps.access.sessions import Sessions
from apps.access.table import Table
from schemas.errors import Misconfigured
from warehouse.audit import Entry, Log


class Way(Protocol):
    """A way to log in."""

    def login(self, cookies: Mapping[str, str]) -> Login | None:
        """Who the cookies say is there, None when they say nothing that can be trusted."""
        ...


@dataclass(frozen=True)
class Desk:
    """One work process's. Safe for many threads."""

    table: Table
    way: Way
    sessions: Sessions
    log: Log

    def login(self, cookies: Mapping[str, str]) -> Login:
        """Whose session this is. Raises LoggedOut; HubError when a new login cannot be written down."""
        found = self.way.login(cookies)
        if found is None:
            raise LoggedOut("nobody is logged in")
        self.sessions.check(found)
        if self.sessions.is_new(found):
            self.write(found, "login")
            self.sessions.touch(found)
        return found

    def write(self, login: Login, act: Literal["login", "logout"]) -> None:
        """A row for a login or a logout, in each of its municipalities."""
        told = {"units": login.units, "roles": login.roles}
        role = next(iter(login.roles), "")
        for municipality in login.municipalities or ("",):
            self.log.append(Entry(act, role, login.actor, municipality=municipality, filters=told))


_installed: Desk | None = None


def install(desk: Desk) -> None:
    """Called once by the server; Streamlit runs the page scripts in this process without arguments."""
    global _installed
    _installed = desk


def desk() -> Desk:
    """The work process's. Raises Misconfigured elsewhere."""
    if _installed is None:
        raise Misconfigured("work views are started with `python -m apps.server work`")
    return _installed
