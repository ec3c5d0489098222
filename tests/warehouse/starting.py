"""Starts embedded warehouses of a test's own, each stopped by its own process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
import urllib3
from urllib3.exceptions import HTTPError

ROOT = Path(__file__).parent.parent.parent


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "warehouse.embedded", *arguments]


@dataclass
class Started:
    """A running server, spoken to as one user at a time."""

    process: subprocess.Popen[str]
    address: str
    user: str = "default"
    token: str = ""
    http: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))

    def login(self, user: str, token: str) -> None:
        self.user, self.token = user, token

    def ask(self, sql: str, way: str = "headers", **params: str) -> urllib3.BaseHTTPResponse:
        headers = {"X-ClickHouse-User": self.user, "X-ClickHouse-Key": self.token} if way == "headers" else {}
        if way == "basic":
            headers = urllib3.make_headers(basic_auth=f"{self.user}:{self.token}")
        if way == "url":
            params |= {"user": self.user, "password": self.token}
        url = f"{self.address}/?{urlencode(params)}"
        return self.http.request("POST", url, body=sql.encode(), headers=headers, timeout=30)

    def ask_anyhow(self, sql: str) -> None:
        """Ask, and let the server go away."""
        try:
            self.ask(sql)
        except HTTPError:
            return

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def resident_mb(self) -> float:
        return float(psutil.Process(self.process.pid).memory_info().rss / 1e6)


@contextmanager
def start(folder: Path, *arguments: str, port: int = 0) -> Iterator[Started]:
    """A server over the folder, on a free port unless one is given."""
    process = subprocess.Popen(
        command("--port", str(port), "--data", str(folder), *arguments),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        with process.stdout as told:
            ready = told.readline()
            assert ready.startswith("warehouse ready on "), ready
            yield Started(process, ready.split()[-1])
    finally:
        process.terminate()
        process.wait(timeout=30)
