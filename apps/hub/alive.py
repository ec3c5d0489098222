"""One process's sign of life, for containers, which have no supervisor: `python -m apps.cli alive NAME`."""

from __future__ import annotations

import urllib.request
from datetime import UTC, datetime
from typing import Final

from schemas.errors import Unavailable
from schemas.settings import Settings

LATE_S: Final = 60

# What each of them writes by itself every few seconds.
_BEATS: Final = {
    "worker": "SELECT max(updated_at) AS at FROM positions",
    "publisher": "SELECT max(seen_at) AS at FROM leases",
}


def check(settings: Settings, name: str) -> None:
    """Raises Unavailable when `worker`, `publisher`, `public`, `work` or `push` shows no life."""
    if name in _BEATS:
        _check_beat(settings, name)
    elif name == "push":
        _check_answer(f"http://127.0.0.1:{settings.push_port}/health")
    else:
        port = settings.public_port if name == "public" else settings.work_port
        _check_answer(f"http://127.0.0.1:{port}/_stcore/health")


def _check_answer(address: str) -> None:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError as error:
        raise Unavailable(f"{address}: {error}") from error


def _check_beat(settings: Settings, name: str) -> None:
    from warehouse.client import connect

    at = connect(settings).rows(_BEATS[name])[0]["at"]
    age = (datetime.now(UTC) - at).total_seconds()
    if age > LATE_S:
        raise Unavailable(f"{name} wrote last {age:.0f} s ago")
