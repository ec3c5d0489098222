"""`./puls status`: processes, memory, restarts, lag, alarms, refused events and ages of figures, for a person
or as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import psutil

from apps.hub import home, journal, processes
from schemas import reasons
from schemas.errors import HubError
from schemas.settings import Settings

Rows = list[dict[str, Any]]


class Asked(NamedTuple):
    """What the hub's parts are asked; each may fail without hiding another."""

    lag: Callable[[Settings], int]
    figures: Callable[[Settings], dict[str, float]]
    alarms: Callable[[Settings], Rows]
    refused: Callable[[Settings], Rows]


def status(settings: Settings, asked: Asked) -> dict[str, Any]:
    """State of the hub in this home.

    processes: see `parts`. lag: events not yet folded; alarms: those that are raised; refused: events by
    topic, reason and field; figures: seconds since each was published. Each is None when it cannot be had.
    """
    running = processes.supervisor(settings.home)
    return {
        "home": str(settings.home),
        "running": running is not None,
        "supervisor": running.pid if running else None,
        "addresses": {k: v for k, v in home.read_hub(settings).items() if k != "pid"} if running else {},
        "processes": parts(settings),
        "resident_mb": round(sum(processes.resident_mb(each) for each in processes.of_hub(settings.home)), 1),
        **{name: _tolerant(ask, settings) if running else None for name, ask in asked._asdict().items()},
    }


def parts(settings: Settings) -> Rows:
    """Processes of the hub, none when it does not run: name, state, pid, resident_mb, restarts; resident_mb
    is None for one that does not run.
    """
    if processes.supervisor(settings.home) is None:
        return []
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


def show(settings: Settings, asked: Asked, as_json: bool) -> None:
    """Print the status; a hub that does not run is no error."""
    found = status(settings, asked)
    if as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False, default=datetime.isoformat))
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
    for line in problems(found):
        console.print(line, markup=False)
    for name, age in sorted((found["figures"] or {}).items()):
        console.print(f"{name}: {age:.0f} s old", markup=False)
    for name in ("public", "work", "push"):
        console.print(f"{name}: {found['addresses'].get(name)}", markup=False)


def problems(found: dict[str, Any]) -> list[str]:
    """Lines about open alarms and refused events, with their counts; what could not be had is unknown."""
    alarms, refused = found["alarms"], found["refused"]
    events = None if refused is None else sum(row["events"] for row in refused)
    return [
        f"alarms: {_known(None if alarms is None else len(alarms))}",
        *(f"  {row['text_en']}" for row in alarms or []),
        f"refused: {_known(events)} events",
        *(f"  {_refused(row)}" for row in refused or []),
    ]


def _refused(row: dict[str, Any]) -> str:
    where = f"{row['topic']}/{row['partition']}/{row['offset']}"
    field = f" at {row['field']}" if row["field"] else ""
    reason = f"{reasons.words(row['reason'])[1]} ({row['reason']})"
    return f"{row['events']} of {row['topic']}: {reason}{field}, newest {where}"


def _known(number: int | None) -> str:
    return "unknown" if number is None else str(number)
