"""Resident memory of a whole hub at rest: an empty one, started by `./puls up` as anybody starts it."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any, Final

from apps.hub import ports
from tests.bench.ground import ROOT

REST_S: Final = 60


def measured(home: Path) -> dict[str, float]:
    """MB by process; `in all` counts shared pages of every process once each."""
    names = ("PULS_PUBLIC_PORT", "PULS_WORK_PORT", "PULS_PUSH_PORT")
    given = dict(zip(names, map(str, ports.free(3)), strict=True)) | {"PULS_HOME": str(home)}
    environment = {name: text for name, text in os.environ.items() if not name.startswith("PULS_")} | given
    _puls(environment, "up", "--detach", "--empty")
    try:
        time.sleep(REST_S)
        told: dict[str, Any] = json.loads(_puls(environment, "status", "--json"))
    finally:
        _puls(environment, "down")
    each = {row["name"]: float(row["resident_mb"] or 0) for row in told["processes"]}
    return {**each, "in all": float(told["resident_mb"])}


def _puls(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [str(ROOT / "puls"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return done.stdout
