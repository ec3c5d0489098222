"""Opens the desk of a work process: the way in, its secrets, the sessions, the audit log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apps.access.desk import Desk, install
from apps.access.development import Development
from apps.access.oidc import Oidc
from apps.access.secret import kept
from apps.access.sessions import Sessions
from apps.access.table import table
from apps.access.ways import uses_provider
from schemas.settings import Settings
from warehouse.audit import Log, Store


def open_desk(settings: Settings, store: Callable[[], Store]) -> tuple[Desk, dict[str, Any] | None]:
    """The desk, installed for the pages, and Streamlit's secrets where a provider logs people in.

    Raises Misconfigured for a faulty table and for a way in that is open or half said.
    """
    cookie, actor = kept(settings.home, "work-cookie"), kept(settings.home, "work-actor")
    provider = Oidc(settings, cookie, actor) if uses_provider(settings) else None
    way = provider or Development(cookie, actor, settings.work_port)
    desk = Desk(table(), way, Sessions(), Log(store))
    install(desk)
    return desk, provider.streamlit_secrets() if provider else None
