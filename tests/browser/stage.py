"""A stage for the screens: figures put into a real published layer, and screens servers as real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
from playwright.sync_api import Browser, sync_playwright

from apps.hub import development, ports, programs
from schemas.settings import Settings
from warehouse.client import Warehouse
from warehouse.published import Figure, run_number

ROOT: Final = Path(__file__).parents[2]
FLAGS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip


def publish(
    warehouse: Warehouse,
    code: str,
    figures: Iterable[Figure],
    now: datetime,
    held: str = "",
    audience: str = "public",
) -> None:
    """One run per metric, as the publisher writes it. `held` publishes only that the figures are held."""
    shown = list(figures)
    runs = {f.metric: f for f in shown}
    number = run_number(now)
    warehouse.insert_arrow(
        "publications",
        pa.Table.from_pylist([_run(code, f, number, held) | {"audience": audience} for f in runs.values()]),
    )
    if not held:
        warehouse.insert_arrow(
            "figures",
            pa.Table.from_pylist(
                [_row(code, f, number) | {"audience": audience} for f in shown], schema=_FIGURES
            ),
        )


def _run(code: str, figure: Figure, number: int, held: str) -> dict[str, object]:
    return {
        "run": number, "municipality": code, "metric": figure.metric, "audience": "public",
        "state": "held" if held else "published", "reason": held,
        "known_at": figure.known_at, "as_of": figure.told_until,
        "historical": int(figure.historical), "coverage": figure.coverage, "metric_version": 1, "epoch": 1,
    }  # fmt: skip


_FIGURES: Final = pa.schema(
    [("run", pa.uint64()), ("municipality", pa.string()), ("metric", pa.string()), ("audience", pa.string()),
     ("grain", pa.string()), ("dimensions", pa.map_(pa.string(), pa.string())), ("period", pa.string()),
     ("period_on", pa.date32()), ("value", pa.float64()), ("lower", pa.float64()), ("upper", pa.float64()),
     ("n", pa.uint64()), ("state", pa.string()), ("coverage", pa.float64()),
     ("as_of", pa.timestamp("us", "UTC")), ("epoch", pa.uint64())]
)  # fmt: skip


def _row(code: str, figure: Figure, number: int) -> dict[str, object]:
    return {
        "run": number, "municipality": code, "metric": figure.metric, "audience": "public",
        "grain": ",".join(figure.dimensions), "dimensions": list(figure.dimensions.items()),
        "period": figure.period,
        "period_on": figure.period_on, "value": figure.value, "lower": figure.lower, "upper": figure.upper,
        "n": figure.n, "state": figure.state, "coverage": figure.coverage, "epoch": 1,
        "as_of": figure.as_of if figure.as_of < figure.told_until else None,
    }  # fmt: skip


class Screens:
    """One screens server as a process of its own, stopped by its own pid."""

    def __init__(self, kind: str, settings: Settings) -> None:
        port = ports.free(1)[0]
        host = "0.0.0.0" if kind == "work" else "127.0.0.1"  # the work views must not care
        self.address = f"http://127.0.0.1:{port}"
        known_as = self.address if settings.oidc_metadata else ""
        self.settings = replace(settings, host=host, public_port=port, work_port=port, work_address=known_as)
        self._kind = kind
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        given = programs.variables(self.settings)
        log = (self.settings.home / f"{self._kind}.log").open("ab")
        command = [sys.executable, "-m", "apps.server", self._kind]
        with log:
            return subprocess.Popen(command, cwd=ROOT, env=_clean() | given, stdout=log, stderr=log)

    def ready(self, within_s: float = 30) -> None:
        """Wait until it answers."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            assert self.process.poll() is None, (self.settings.home / f"{self._kind}.log").read_text()
            if status(self.address + "/_stcore/health") == 200:
                return
            time.sleep(0.1)
        raise AssertionError(f"the {self._kind} screens do not answer")

    def restart(self) -> None:
        """Start again after `kill`, on the same port."""
        self.process = self._started()

    def kill(self) -> None:
        """As if the machine had taken it: no farewell."""
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """It keeps its connections and says nothing."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """It goes on as if nothing had been."""
        os.kill(self.process.pid, signal.SIGCONT)

    def stop(self) -> None:
        """End it, frozen or not."""
        if self.process.poll() is None:
            self.resume()
            self.process.terminate()
        self.process.wait(timeout=20)


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PULS_")}


@contextmanager
def serving(kind: str, settings: Settings) -> Iterator[Screens]:
    """A screens server that answers, stopped afterwards."""
    screens = Screens(kind, settings)
    try:
        screens.ready()
        yield screens
    finally:
        screens.stop()


def status(address: str) -> int:
    """The HTTP status, 0 when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, headless."""
    found = development.headless()
    assert found, f"Chromium is missing: {development.INSTALL_CHROMIUM}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()
