"""The hub's warehouse alone, while no hub runs: for a command that must have the store to itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from apps.hub import home, resetting
from apps.hub.programs import token_folder
from apps.hub.starting import CODE
from schemas.errors import Unavailable
from schemas.settings import Settings

_END_S = 30


@contextmanager
def alone(settings: Settings) -> Iterator[Settings]:
    """Settings with the address of the home's own warehouse, which is started and stopped here.

    A warehouse whose address was given is used as it is: its hub must be stopped by who runs it. Raises
    HubError when a hub runs in this home.
    """
    resetting.refuse_while_running(settings.home)
    if settings.warehouse:
        yield settings
        return
    home.make(settings.home)
    tokens = token_folder(settings.home)
    command = [sys.executable, "-P", "-m", "warehouse.embedded", "--port", "0"]
    command += ["--data", str(settings.home / "warehouse"), "--tokens", str(tokens)]
    with (
        home.locked(settings.home),
        subprocess.Popen(command, cwd=CODE, stdout=subprocess.PIPE, text=True) as process,
    ):
        try:
            address = _ready(process)
            yield replace(settings, warehouse=address, warehouse_password_file=tokens / "hub")
        finally:
            process.terminate()
            process.wait(_END_S)


def _ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    told = process.stdout.readline()
    if not told.startswith("warehouse ready on "):
        raise Unavailable("the warehouse did not start; the lines above say why")
    return told.split()[-1]
