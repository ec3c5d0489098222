"""`./puls status`: processes, memory, restarts, lag and ages of figures, for a person or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import psutil

from apps.hub import home, journal, processes
from schemas.errors import HubError
from schemas.settings import Settings

Lag = Callable[[Settings], int]
Ages = Callable[[Settings], dict[str, float]]


def status(settings: Settings, lag: Lag, ages: Ages) -> dict[str, Any]:
    """State of the hub in this home.

    processes: list of {name, state, pid, resident_mb, restarts}, resident_mb None for one that does not run.
    lag: events not yet folded, figures: seconds since each was published; None when they cannot be had.
    """
    running = processes.supervisor(settings.home)
    listed = _processes(settings) if running else []
    return {
        "home": str(settings.home),
        "running": running is not None,
        "supervisor": running.pid if running else None,
        "addresses": {k: v for k, v in home.read_hub(settings).items() if k != "pid"} if running else {},
        "processes": listed,
        "resident_mb": round(sum(processes.resident_mb(each) for each in processes.of_hub(settings.home)), 1),
        "lag": _tolerant(lag, settings) if running else None,
        "figures": _tolerant(ages, settings) if running else None,
    }


def _processes(settings: Settings) -> list[dict[str, Any]]:
    told = journal.Journal(settings.home / "logs" / "supervisord.log").news()
    restarts = journal.restarts(told)
    last = {event.program: event for event in told}
    return [_row(last[name], restarts[name]) for name in restarts]


def _row(event: journal.Event, restarts: int) -> dict[str, Any]:
    pid = int(event.detail) if event.kind == "started" else None
    resident = _resident(pid)
    state = "running" if resident is not None else "stopped"
    return {
        "name": event.program,
        "state": state,
        "pid": pid if resident is not None else None,
        "resident_mb": resident,
        "restarts": restarts,
    }


def _resident(pid: int | None) -> float | None:
    try:
        return round(sum(map(processes.resident_mb, _family(pid))), 1) if pid else None
    except psutil.Error:
        return None


def _family(pid: int) -> list[psutil.Process]:
    """The process and its children: the worker folds in several."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def _tolerant(ask: Callable[[Settings], Any], settings: Settings) -> Any:
    """A status is wanted most when something does not answer."""
    try:
        return ask(settings)
    except (HubError, ImportError, OSError):
        return None


def show(settings: Settings, as_json: bool, lag: Lag, ages: Ages) -> None:
    """Print the status; a hub that does not run is no error."""
    found = status(settings, lag, ages)
    if as_json:
        print(json.dumps(found, indent=1))
        return
    _print(found)


def _print(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True)
    if not found["running"] and found["resident_mb"]:
        console.print("the supervisor of this hub has died; `./puls down` ends what it left", markup=False)
        return
    if not found["running"]:
        console.print(f"no hub runs in {found['home']}; ./puls up starts one", markup=False)
        return
    table = Table("process", "state", "pid", "resident MB", "restarts", box=None)
    for row in found["processes"]:
        table.add_row(*("–" if value is None else str(value) for value in row.values()))
    console.print(table)
    console.print(f"resident in all: {found['resident_mb']} MB", markup=False)
    console.print(f"lag: {'unknown' if found['lag'] is None else found['lag']} events", markup=False)
    for name, age in sorted((found["figures"] or {}).items()):
        console.print(f"{name}: {age:.0f} s old", markup=False)
    for name in ("public", "work"):
        console.print(f"{name}: {found['addresses'].get(name)}", markup=False)
