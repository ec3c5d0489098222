"""Ways to talk to the run's warehouse, below `warehouse.client`."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import clickhouse_connect
import urllib3

from schemas.settings import Settings

HTTP = urllib3.PoolManager(retries=False)
UTC = dt.UTC
Ask = Callable[..., urllib3.BaseHTTPResponse]


def connected(to: Settings, **options: Any) -> Iterator[Any]:
    address = urlsplit(to.warehouse)
    client = clickhouse_connect.get_client(
        host=address.hostname or "", port=address.port or 0, database=to.database, **options
    )
    yield client
    client.close()


def until(met: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if met():
            return True
        time.sleep(0.02)
    return False


def running(ask: Ask, part: str) -> bool:
    """Whether a statement with this text runs now, the question itself left out."""
    others = "query LIKE {part:String} AND query NOT LIKE '%system.processes%'"
    counted = ask(f"SELECT count() FROM system.processes WHERE {others}", param_part=f"%{part}%")
    return bool(counted.data != b"0\n")
