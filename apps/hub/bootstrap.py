"""Makes `.venv` from `requirements.lock`; run by `./puls` with any Python from 3.11, standard library only.

A copy of the lock file in `.venv/installed.lock`, written last, says that it is whole. A changed lock file is
installed over it; one without the copy is made anew. Two that start at once wait for each other.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

NEEDS_MB: Final = 3000
_STEPS: Final = {"Collecting": "finding", "Downloading": "fetching", "Installing": "installing all"}

# What pip says → what a person should know and do. The first that matches counts.
_REMEDIES: Final = (
    ("No space left on device", "the disk is full: free about 3 GB, then start ./puls again"),
    ("Disk quota exceeded", "the disk quota is used up: free about 3 GB, then start ./puls again"),
    ("DO NOT MATCH THE HASHES", "a package arrived damaged (wrong hash): start ./puls again"),
    ("from versions: none", "the package index does not answer: see to the network, then start ./puls again"),
    ("No matching distribution", "a package does not exist for this Python and machine; try another Python"),
    ("Permission denied", "a file may not be written: see who owns .venv, then start ./puls again"),
    ("onnection", "the network failed: start ./puls again, what was fetched is kept"),
    ("timed out", "the network failed: start ./puls again, what was fetched is kept"),
)


class Stopped(Exception):
    """The environment could not be made; the text is one line with the way out."""


def ensure(root: Path) -> None:
    """Make `.venv` under root whole. Raises Stopped."""
    with _alone(root):
        if not _whole(root):
            _make(root)


def _whole(root: Path) -> bool:
    python, stamp = root / ".venv" / "bin" / "python", root / ".venv" / "installed.lock"
    lock = (root / "requirements.lock").read_bytes()
    return os.access(python, os.X_OK) and stamp.exists() and stamp.read_bytes() == lock


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the lock file itself, so that no other file needs to exist."""
    with (root / "requirements.lock").open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("another ./puls is making .venv; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(root: Path) -> None:
    folder = root / ".venv"
    stamp = folder / "installed.lock"
    updating = stamp.exists() and os.access(folder / "bin" / "python", os.X_OK)
    _check_space(root, updating)
    _say(f"{'bringing .venv up to date' if updating else 'making .venv'}; once, it takes some minutes")
    if updating:
        stamp.unlink()
    else:
        venv.create(folder, clear=True, with_pip=True, symlinks=True)
    lock = (root / "requirements.lock").read_bytes()
    _install(root, folder)
    stamp.with_suffix(".partial").write_bytes(lock)
    stamp.with_suffix(".partial").rename(stamp)


def _check_space(root: Path, updating: bool) -> None:
    free_mb = shutil.disk_usage(root).free // 1_000_000
    if not updating and free_mb < NEEDS_MB:
        raise Stopped(
            f".venv needs {NEEDS_MB} MB, the disk of {root} has {free_mb} left; free some, start again"
        )


def _install(root: Path, folder: Path) -> None:
    """Run pip over the lock file with a line of progress; its whole output is kept in `.venv/install.log`."""
    wanted = sum(line[:1].isalnum() for line in (root / "requirements.lock").read_text().splitlines())
    command = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command += [
        "install",
        "--progress-bar",
        "off",
        "--no-deps",
        "--require-hashes",
        "-r",
        "requirements.lock",
    ]
    output: list[str] = []
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        for line in pip.stdout or ():
            output.append(line)
            _progress(output, line, wanted)
    _end_progress()
    if pip.returncode:
        raise Stopped(_remedy("".join(output)))
    (folder / "install.log").write_text("".join(output))


def _progress(output: list[str], line: str, wanted: int) -> None:
    """One line that is written over on a terminal, every 25th package elsewhere."""
    word, _, rest = line.strip().partition(" ")
    if word not in _STEPS:
        return
    found = sum(each.startswith("Collecting") for each in output)
    what = "" if word == "Installing" else " " + rest.split(" ")[0].split("==")[0].rpartition("/")[2][:40]
    text = f"{found}/{wanted} {_STEPS[word]}{what}"
    if sys.stderr.isatty():
        print(f"\r\033[Kpuls: {text}", end="", file=sys.stderr, flush=True)
    elif word == "Installing" or (word == "Collecting" and found % 25 == 0):
        _say(text)


def _end_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _remedy(output: str) -> str:
    """The remedy for what pip said; its own last error line where we know none."""
    for sign, remedy in _REMEDIES:
        if sign in output:
            return remedy
    errors = [line for line in output.splitlines() if line.lower().startswith("error")] or [""]
    return f"pip could not install the packages: {errors[-1]}; start ./puls again"


def _say(text: str) -> None:
    print(f"puls: {text}", file=sys.stderr, flush=True)


def main(root: Path) -> int:
    """Exit code 0 when `.venv` is whole, 1 after one line that says why not."""
    began = time.monotonic()
    try:
        ensure(root)
    except Stopped as reason:
        _say(str(reason))
        return 1
    except KeyboardInterrupt:
        _say("interrupted; start ./puls again and it goes on")
        return 130
    except OSError as error:
        remedy = "free about 3 GB" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "mend it"
        _say(f"{error.filename or root}: {error.strerror}; {remedy}, then start ./puls again")
        return 1
    except subprocess.CalledProcessError as error:
        _say(
            f"a virtual environment could not be made ({error}); on Debian install python3-venv, start again"
        )
        return 1
    _say(f".venv is ready ({time.monotonic() - began:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
