"""Stopping one hub in order, and whatever is left of it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil

from apps.hub import home, processes
from apps.hub.journal import Journal, told
from schemas.errors import HubError

STOP_S: Final = 120

Say = Callable[[str], None]


def stop(folder: Path, say: Say, journal: Journal | None = None) -> bool:
    """Stop the hub of this home in order and return whether there was one; leaves no process behind."""
    running = processes.supervisor(folder)
    if running:
        processes.ask_to_end(running)
        _tell_until_gone(running, say, journal)
    left = processes.sweep(folder)
    home.forget_run(folder)
    return bool(running) or left > 0


def _tell_until_gone(running: psutil.Process, say: Say, journal: Journal | None) -> None:
    deadline = time.monotonic() + STOP_S
    while not processes.wait_gone(running, 0.2) and time.monotonic() < deadline:
        for event in journal.news() if journal else []:
            say(told(event, {}))
    if journal:
        for event in journal.news():
            say(told(event, {}))
    processes.ask_to_end(running, signal.SIGKILL)


def interrupt(holder: int) -> None:
    """Ask the `up` of another terminal to stop its hub, and wait for it."""
    process = psutil.Process(holder)
    processes.ask_to_end(process)
    if not processes.wait_gone(process, STOP_S):
        raise HubError(f"the `up` with pid {holder} does not end; `kill -9 {holder}`, then ./puls down again")
