"""The run's warehouse, spoken to directly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3

from schemas.settings import Settings
from tests.warehouse.asking import HTTP, Ask, connected


@pytest.fixture
def ask(bare_settings: Settings) -> Ask:
    """POST a statement to the fresh database, with url parameters."""

    def ask(
        sql: str | bytes, headers: dict[str, str] | None = None, **params: str
    ) -> urllib3.BaseHTTPResponse:
        asked = urlencode({"database": bare_settings.database, **params})
        url = f"{bare_settings.warehouse}/?{asked}"
        return HTTP.request("POST", url, body=sql, headers=headers, timeout=30)

    return ask


@pytest.fixture
def client(bare_settings: Settings) -> Iterator[Any]:
    """clickhouse-connect with its own defaults: compression, a session, Native."""
    yield from connected(bare_settings)
