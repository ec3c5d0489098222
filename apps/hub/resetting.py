"""`./puls reset`: takes the hub's data away, after asking."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from apps.hub import home, processes
from schemas.errors import HubError

# Keys stay: without them new events would no longer meet old ones, here or in a copy elsewhere.
# Named one by one, so that a PULS_HOME that points to somebody's folder costs nothing that is not ours.
DATA: Final = (
    "kafka",
    "warehouse",
    "warehouse.config.xml",
    "mittkoping.json",
    "content",
    "logs",
    "run",
    "secrets",
)


def refuse_while_running(folder: Path) -> None:
    """Raises HubError when a hub runs in this home."""
    if home.holder(folder) or processes.of_hub(folder):
        raise HubError(f"a hub runs in {folder}; stop it with `./puls down` first")


def reset(folder: Path) -> None:
    """Remove all events, rows, figures, logs and tokens of this home; keys are kept."""
    refuse_while_running(folder)
    for name in DATA:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
