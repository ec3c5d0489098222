"""What happened to the hub's processes, read from the supervisor's log, which is always complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

_LINE: Final = re.compile(r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),(?P<ms>\d{3}) [A-Z]+ (?P<text>.*)")
_KINDS: Final = {
    "started": re.compile(r"spawned: '(?P<program>\w+)' with pid (?P<detail>\d+)"),
    "stopped": re.compile(r"(?:exited|stopped): (?P<program>\w+) \((?P<detail>.*)\)"),
    "killed": re.compile(r"killing '(?P<program>\w+)' \((?P<detail>\d+)\) with SIGKILL"),
}


@dataclass(frozen=True)
class Event:
    """One change: started (detail: pid), stopped (detail: why), killed after its grace (detail: pid).

    at: local time of the machine.
    """

    kind: str
    program: str
    detail: str
    at: datetime


class Journal:
    """Reads on where it stopped reading; a log that was rotated is read from its new beginning."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._offset = 0

    def news(self) -> list[Event]:
        """Events since the last call; [] while there is no log."""
        try:
            if self._file.stat().st_size < self._offset:
                self._offset = 0
            with self._file.open("rb") as opened:
                opened.seek(self._offset)
                whole, newline, _ = opened.read().rpartition(b"\n")
        except FileNotFoundError:
            return []
        self._offset += len(whole) + len(newline)
        return events(whole.decode(errors="replace").splitlines())


def events(lines: Iterable[str]) -> list[Event]:
    """The events that the lines tell; other lines are passed over."""
    return [event for line in lines if (event := _event(line))]


def _event(line: str) -> Event | None:
    parts = _LINE.match(line)
    if not parts:
        return None
    at = datetime.fromisoformat(f"{parts['at']}.{parts['ms']}")
    for kind, pattern in _KINDS.items():
        if found := pattern.match(parts["text"]):
            return Event(kind, found["program"], _plain(found["detail"]), at)
    return None


def _plain(detail: str) -> str:
    """`exit status 1; not expected` → `exit 1`; `terminated by SIGKILL; not expected` → `SIGKILL`."""
    return detail.split(";")[0].replace("exit status", "exit").replace("terminated by ", "")


def restarts(told: Iterable[Event]) -> dict[str, int]:
    """How often each program was started again."""
    counts: dict[str, int] = {}
    for event in told:
        if event.kind == "started":
            counts[event.program] = counts.get(event.program, -1) + 1
    return counts


def told(event: Event, exits: Mapping[str, int]) -> str:
    """One line for a person about a change while the hub runs; "" for a first start, which is no news."""
    if event.kind == "stopped":
        return f"{event.program} stopped ({event.detail})"
    if event.kind == "started" and exits.get(event.program):
        return f"{event.program} restarted (pid {event.detail})"
    return f"{event.program} did not end in time and was killed" if event.kind == "killed" else ""
