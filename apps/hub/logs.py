"""Shows what the hub's processes wrote, last lines first, then what comes."""

from __future__ import annotations

import time
from pathlib import Path

from apps.hub.home import last_lines
from schemas.errors import Misconfigured

_LINES = 40


def show(home: Path, name: str, follow: bool) -> None:
    """Print the end of one log or of all. Raises Misconfigured for a name that no log has."""
    names = _names(home, name)
    for each in names:
        for line in last_lines(home, each, _LINES if name else 10):
            print(_headed(each, line, name))
    if follow:
        _follow(home, names, name)


def _names(home: Path, name: str) -> list[str]:
    found = sorted(file.stem for file in (home / "logs").glob("*.log") if "." not in file.stem)
    if not found:
        raise Misconfigured(f"{home} holds no logs; no hub was started there")
    if name and name not in found:
        raise Misconfigured(f"{name} has no log; there are: {', '.join(found)}")
    return [name] if name else found


def _headed(each: str, line: str, name: str) -> str:
    return line if name else f"{each:<12} {line}"


def _follow(home: Path, names: list[str], name: str) -> None:
    """Go on until Ctrl-C; a log that was rotated is read from its beginning."""
    offsets = {each: (home / "logs" / f"{each}.log").stat().st_size for each in names}
    while True:
        for each in names:
            file = home / "logs" / f"{each}.log"
            offsets[each] = 0 if file.stat().st_size < offsets[each] else offsets[each]
            with file.open("rb") as opened:
                opened.seek(offsets[each])
                whole, newline, _ = opened.read().rpartition(b"\n")
            offsets[each] += len(whole) + len(newline)
            for line in whole.decode(errors="replace").splitlines():
                print(_headed(each, line, name), flush=True)
        time.sleep(0.5)
