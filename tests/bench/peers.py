"""Runs a peer as a process of its own and takes its result; makes the peers' own environment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.bench.ground import ROOT, Ground, Measured, child, outcome, wait_until
from tests.bench.work import RESULT
from warehouse.client import connect

ENVIRONMENT: Final = ROOT / ".venv-bench"
REQUIREMENTS: Final = Path(__file__).with_name("requirements.txt")
PATIENCE_S: Final = 3_600


def measured(ground: Ground, database: str, module: str, python: Path) -> Measured:
    """The load through a peer, into an empty database of its own."""
    settings = ground.fresh(database)
    result = settings.home / "result.json"
    command = [str(python), "-m", f"tests.bench.{module}", str(ground.plan.events)]
    with child(command, settings, {RESULT: str(result)}) as process:
        wait_until(result.exists, process, PATIENCE_S)
        process.wait(timeout=60)
    told = json.loads(result.read_text())
    return Measured(told["events"], told["seconds"], outcome(connect(settings)), told["peak_mb"])


def own_python() -> Path:
    """The hub's interpreter: Faust is a part of it."""
    return Path(sys.executable)


def peer_python() -> Path:
    """The peers' interpreter; its environment is made when it is missing or its pins have changed.

    Raises CalledProcessError when a package cannot be had.
    """
    python, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "requirements.txt"
    wanted = REQUIREMENTS.read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)], check=True)
        stamp.write_text(wanted)
    return python
