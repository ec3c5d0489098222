"""The engineer view on the work port: asks every part of the hub, and shows what answered.

One part that does not answer leaves the others standing, and is named.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, cast

import streamlit as st

from apps import health, proofs, reading
from apps.engineer_view import Health, Rows, content
from apps.hub.status import parts
from apps.wording import say
from schemas.errors import HubError
from warehouse.client import Warehouse

REFRESH_S: Final = 10


def page() -> None:
    """The page, refreshed by the browser's timer until it is paused."""
    paused = st.toggle(say("pause_refresh"), key="paused")

    @st.fragment(run_every=None if paused else REFRESH_S)
    def live() -> None:
        st.html(content(gather(datetime.now(UTC))))

    live()


def gather(now: datetime) -> Health:
    """Ask every part; one that does not answer leaves the others standing."""
    settings, failed = reading.settings(), list[str]()
    store = _tried(lambda: cast(Warehouse, reading.source().store), failed)
    if store is None:
        return Health(now, failed=tuple(failed), processes=_tried(lambda: parts(settings), failed))
    asked: dict[str, Callable[[Warehouse], Rows]] = {
        "alarms": health.alarms, "producers": health.producers, "refused": health.refused,
        "flaws": health.flaws, "conflicts": health.conflicts,
        "figures": health.figures, "screens": health.screens, "proofs": proofs.proofs,
        "partitions": lambda warehouse: health.partitions(warehouse, settings),
        "processes": lambda _: parts(settings),
    }  # fmt: skip
    found = {name: _tried(lambda ask=ask: ask(store), failed) for name, ask in asked.items()}  # type: ignore[misc]
    return Health(now, **found, failed=tuple(failed))


def _tried(ask: Callable[[], Any], failed: list[str]) -> Any:
    try:
        return ask()
    except HubError as error:
        failed.append(str(error)[:200])
        return None
