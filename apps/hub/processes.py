"""The processes of a hub as the system sees them: found by a mark in their environment, never by a name.

So a stale pid file cannot mislead anyone, and what a killed supervisor left behind is found again.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

from apps.hub.programs import MARK, OVERSEER

_ORPHAN_GRACE_S: Final = 10


def of_hub(home: Path) -> list[psutil.Process]:
    """Every living process of the hub in this home, the supervisor included."""
    return [process for process in _own() if _mark(process) == str(home)]


def _own() -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.uids().real == os.getuid() and process.pid != os.getpid():
                yield process


def _mark(process: psutil.Process) -> str:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return ""
        return process.environ().get(MARK, "")
    except (psutil.Error, OSError):
        return ""


def supervisor(home: Path) -> psutil.Process | None:
    """The hub's supervisor, None when none lives."""
    return next((process for process in of_hub(home) if _is_supervisor(process)), None)


def _is_supervisor(process: psutil.Process) -> bool:
    try:
        return OVERSEER in process.cmdline()
    except psutil.Error:
        return False


def ask_to_end(process: psutil.Process, sign: int = signal.SIGTERM) -> None:
    """Send a signal to exactly this process; one that has gone already is no error."""
    with suppress(psutil.NoSuchProcess):
        process.send_signal(sign)


def sweep(home: Path) -> int:
    """End whatever of this hub still lives without its supervisor, and return how many there were."""
    left = of_hub(home)
    for process in left:
        ask_to_end(process)
    _, stubborn = psutil.wait_procs(left, timeout=_ORPHAN_GRACE_S)
    for process in stubborn:
        ask_to_end(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=_ORPHAN_GRACE_S)
    return len(left)


def wait_gone(process: psutil.Process, seconds: float) -> bool:
    """Whether the process ended within the time; a zombie counts as ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def resident_mb(process: psutil.Process) -> float:
    """Resident memory in MB (10⁶ bytes). Where the system tells (Linux), a page that several processes share
    is divided among them, so that the sum over a hub counts it once.
    """
    try:
        told = process.memory_full_info()
        return float(getattr(told, "pss", told.rss)) / 1e6
    except psutil.AccessDenied:
        return float(process.memory_info().rss) / 1e6
