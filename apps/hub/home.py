"""The hub's own folder: made, checked and locked before anything starts in it.

Layout: `kafka/`, `warehouse/` data; `secrets/tokens/`, `keys/`; `logs/`; `run/` what is true of one run only.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from apps.hub.programs import FILLED, PREPARED, USERS, token_folder
from schemas.errors import HubError, Misconfigured
from schemas.settings import Settings

LEAST_FREE_MB: Final = 500
_FOLDERS: Final = ("kafka", "warehouse", "secrets/tokens", "keys", "logs", "run")


class AlreadyRunning(HubError):
    """Another `up` holds this home."""


def make(home: Path) -> None:
    """Make what is missing in the home; raises Misconfigured when it cannot be a home, naming the way out."""
    try:
        for name in _FOLDERS:
            (home / name).mkdir(parents=True, exist_ok=True)
        (home / "secrets").chmod(0o700)
        (home / "keys").chmod(0o700)
        _write_tokens(token_folder(home))
    except OSError as error:
        raise Misconfigured(f"{home} cannot be the hub's home: {_reason(error)}. {_ELSEWHERE}") from error
    check_space(home, shutil.disk_usage(home).free)


_ELSEWHERE: Final = "Free or mend it, or choose another folder with PULS_HOME=…"


def _reason(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)


def check_space(home: Path, free_bytes: int) -> None:
    """Refuse a disk that would be full soon: a broker that cannot write stops in the middle of things."""
    free_mb = free_bytes // 1_000_000
    if free_mb < LEAST_FREE_MB:
        text = f"the disk that holds {home} has {free_mb} MB left, the hub needs {LEAST_FREE_MB}"
        raise Misconfigured(f"{text}. {_ELSEWHERE}")


def _write_tokens(folder: Path) -> None:
    """One token per user, kept for ever; an empty file is one whose writing was cut short."""
    for user in USERS:
        file = folder / user
        if not file.exists() or not file.stat().st_size:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as opened:
                opened.write(secrets.token_urlsafe(32) + "\n")


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the home against a second `up`; the system lets go when this process ends, however it ends."""
    with (home / "run" / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(f"a hub is starting or running in {home}") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
        lock.truncate(0)


def holder(home: Path) -> int | None:
    """Process id of the `up` that holds the home now, None when none does."""
    with suppress(FileNotFoundError), (home / "run" / "up.lock").open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(lock.read() or 0) or None
    return None


def read_hub(settings: Settings) -> dict[str, Any]:
    """What the running hub wrote about itself, {} when none did."""
    try:
        hub: dict[str, Any] = json.loads(settings.hub_file.read_bytes())
    except (OSError, ValueError):
        return {}
    return hub


def write_hub(settings: Settings, hub: dict[str, Any]) -> None:
    """Write `hub.json` whole or not at all."""
    partial = settings.hub_file.with_suffix(".partial")
    partial.write_text(json.dumps(hub, indent=1) + "\n")
    partial.rename(settings.hub_file)


def forget_run(home: Path) -> None:
    """Remove what was true of an earlier run only: addresses, flags, the supervisor's pid."""
    for name in ("hub.json", "supervisord.pid", PREPARED, FILLED):
        (home / "run" / name).unlink(missing_ok=True)


def raise_flag(home: Path, name: str) -> None:
    """Let the programs go on that wait for this flag."""
    (home / "run" / name).touch()


def last_lines(home: Path, program: str, count: int = 12) -> list[str]:
    """The end of a program's log; [] when it has none."""
    try:
        return (home / "logs" / f"{program}.log").read_text(errors="replace").splitlines()[-count:]
    except FileNotFoundError:
        return []
