"""The publisher as a process: how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from apps.hub import programs
from schemas.settings import Settings
from tests.conftest import ROOT
from tests.warehouse.starting import start
from warehouse.client import connect, create_tables
from warehouse.lease import Lease

PATIENCE_S = 30
END_S = 3


def test_the_publisher_ends_at_once_also_in_the_middle_of_a_long_statement(tmp_path: Path) -> None:
    with start(tmp_path / "warehouse") as server:
        settings = Settings(home=tmp_path, warehouse=server.address)
        warehouse = connect(settings)
        create_tables(warehouse, settings.database)
        kept = {name: text for name, text in os.environ.items() if not name.startswith("PULS_")}
        publisher = subprocess.Popen([sys.executable, "-m", "warehouse.publish"], cwd=ROOT,
                                     env=kept | programs.variables(settings))  # fmt: skip
        try:
            _until_it_ticks(Lease(warehouse, "looker-on"))
            server.process.send_signal(signal.SIGSTOP)
            time.sleep(2.5)  # longer than its rest between two ticks: a statement is under way
            publisher.terminate()
            assert publisher.wait(timeout=END_S) == 0
        finally:
            server.process.send_signal(signal.SIGCONT)
            publisher.kill()
            publisher.wait()
            warehouse.close()


def _until_it_ticks(lease: Lease) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while lease._newest() is None:
        assert time.monotonic() < deadline, "the publisher never took the lease"
        time.sleep(0.1)
