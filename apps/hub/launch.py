"""Becomes one program of the hub: `python -m apps.hub.launch NAME`, run by the supervisor in <home>/run.

Kept apart from the supervisor's configuration so that paths and values need no quoting there.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main(name: str) -> None:
    """Wait for the program's flag file, then replace this process by it; the process id stays."""
    program = json.loads(Path("programs.json").read_bytes())[name]
    while program["after"] and not Path(program["after"]).exists():
        time.sleep(0.1)
    os.environ.update(program["environment"])
    os.chdir(os.environ["KOMMUNPULS_CODE"])
    command = [sys.executable, "-P", "-m", program["module"], *program["arguments"]]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main(sys.argv[1])
