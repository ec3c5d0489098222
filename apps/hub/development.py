"""`./puls check` and `./puls test`: the tools of `pyproject.toml` over the whole checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

CODE: Final = Path(__file__).resolve().parents[2]
CHECKS: Final = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
HEADLESS: Final = "chromium-headless-shell"
"""The same browser without a window: it costs a third less, and draws most test pages where it is found."""
PARALLEL: Final = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
"""Three on two cores, because many tests wait for servers; each has its own broker and warehouse: 1 GB."""
ONE_PROCESS: Final = frozenset({"--pdb", "--trace", "-s", "--capture=no", "no:xdist"})
"""What pytest can only do, or show, in one process."""
MEMORY: Final = Path("/dev/shm")
"""A file system in memory, where a machine has one."""
_OURS: Final = "kommunpuls-tests-"
ROOM: Final = 6 << 30
"""Bytes that must be free there before the tests write to it; twice as many of memory."""
FAULTS: Final = "tests/faults"
INSTALL_CHROMIUM: Final = "apt-get install -y chromium chromium-headless-shell"


def check() -> int:
    """Run every check, the later ones too when one fails; exit code 0 when all passed."""
    return max([_run(command) for command in CHECKS])


def test(arguments: Sequence[str], browser: bool) -> int:
    """Run pytest (over everything: in several processes), return its exit code; 5 means that no test ran."""
    command = ("pytest", *spread(arguments), *([] if browser else ["-m", "not browser"]), *arguments)
    with quick_folder() as folder:
        return _run(command, **({"TMPDIR": folder} if folder else {}))


def test_faults(arguments: Sequence[str], *, long: bool) -> int:
    """Run every fault, also those that an ordinary run leaves out; long: as often as a release is tried."""
    wanted = {"TEST_FAULTS": "1"} | ({"TEST_LONG": "1"} if long else {})
    patience = ("--timeout", "7200") if long else ()
    with quick_folder() as folder:
        given = {"TMPDIR": folder} if folder else {}
        return _run(("pytest", FAULTS, *patience, *arguments), **(given | wanted))


@contextmanager
def quick_folder(memory: Path = MEMORY) -> Iterator[str]:
    """A folder in memory for the tests' files, gone afterwards: warehouses make thousands of small ones.

    '' where there is no such file system or no room, or where a person says TMPDIR: the usual place, then.
    """
    if "TMPDIR" in os.environ:
        yield ""
        return
    _clear_dead(memory)
    if not _has_room(memory):
        yield ""
        return
    with tempfile.TemporaryDirectory(
        prefix=f"{_OURS}{os.getpid()}-", dir=memory, ignore_cleanup_errors=True
    ) as made:
        yield made


def _clear_dead(memory: Path) -> None:
    """Remove what runs have left there that were killed: their folders bear the number of a process that is
    gone. Another's folder, and one whose number a new process has by now, stays.
    """
    for folder in memory.glob(f"{_OURS}*-*"):
        owner = folder.name.removeprefix(_OURS).partition("-")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _has_room(memory: Path) -> bool:
    return (
        memory.is_dir()
        and os.access(memory, os.W_OK)
        and shutil.disk_usage(memory).free >= ROOM
        and psutil.virtual_memory().available >= 2 * ROOM
    )


def spread(arguments: Sequence[str]) -> tuple[str, ...]:
    """PARALLEL, unless a file is named or one process asked for. A person's own `-n` stands last and wins."""
    single = any(argument in ONE_PROCESS or _is_file(argument) for argument in arguments)
    return () if single else PARALLEL


def _is_file(argument: str) -> bool:
    return (CODE / argument.partition("::")[0]).exists()


def chromium() -> str | None:
    """Path of the browser that tests drive, None when there is none."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def headless() -> str | None:
    """Path of the cheapest browser that draws pages, None when there is none."""
    return shutil.which(HEADLESS) or chromium()


def _is_ours(name: str) -> bool:
    return name.startswith("PULS_") and not name.startswith("PULS_TEST_")


def _run(command: Sequence[str], **more: str) -> int:
    """Run a tool of .venv; our own `PULS_…` variables are kept from it, so that tests meet a known world."""
    outside = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    environment = outside | {"PYTHONPATH": str(CODE)} | more
    return subprocess.run([sys.executable, "-m", *command], cwd=CODE, env=environment, check=False).returncode
