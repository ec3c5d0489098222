"""What a machine does to a hub under load: a full disk, a wrong clock, a publisher that stands still."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from apps.hub import home
from producers.publish import Publisher
from tests.conftest import rounds
from tests.faults.beset import Beset, beset
from tests.faults.load import Load, alive
from tests.integration.spine import until
from warehouse.published import shown

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.faults]
CASES: Final = rounds(400, 2_000)
SMALL: Final = 4_096


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beset]:
    with beset(tmp_path_factory.mktemp("machine")) as made:
        yield made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 128 MB, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("NOT CHECKED on a full file system: mounting one is refused here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def begun(load: Load) -> None:
    until(lambda: load.sent > 0 or load.failure is not None)


def test_a_store_that_may_write_no_file_of_any_size(hub: Beset) -> None:
    pid = hub.server.process.pid
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    with hub.load("9931", CASES) as load:
        begun(load)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALL, hard))
        time.sleep(8)
        before = load.sent
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
        assert before < len(load.events)
    log = (hub.settings.home / "streams.app.log").read_text()
    assert "warehouse does not answer" in log, "no write was hindered"
    assert hub.end(load) == []


def test_a_store_whose_disk_is_full(tmp_path: Path, small_disk: Path) -> None:
    with beset(tmp_path / "hub", small_disk / "store") as hub, hub.load("9932", CASES) as load:
        begun(load)
        ballast = small_disk / "ballast"
        with ballast.open("wb") as file:
            left = shutil.disk_usage(small_disk).free
            file.write(bytes(left - 8_192))
        time.sleep(8)
        ballast.unlink()
        assert load.sent < len(load.events)
        load.hurry.set()
        assert hub.end(load) == []
        assert "warehouse does not answer" in (hub.settings.home / "streams.app.log").read_text()


@contextmanager
def worker_at(hub: Beset, offset: str) -> Iterator[None]:
    """One more worker, its clock wrong by so much. The command `faketime` would be ended in its place."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        pytest.skip("NOT CHECKED with a wrong clock: apt-get install faketime")
    wrong = {"LD_PRELOAD": str(library), "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    with hub.spine.running("streams.app", "worker", **wrong):
        yield


@pytest.mark.parametrize(("code", "offset"), [("9933", "-1h"), ("9934", "+1h")])
def test_a_worker_whose_clock_is_an_hour_wrong(hub: Beset, code: str, offset: str) -> None:
    with hub.load(code, 2 * CASES) as load:
        begun(load)
        with worker_at(hub, offset):
            time.sleep(12)
            assert load.sent < len(load.events)
    assert hub.end(load) == []


def test_a_publisher_that_stood_still_shows_nothing_older_and_another_has_taken_over(hub: Beset) -> None:
    code = "9935"
    with hub.load(code, 100) as load:
        load.hurry.set()
    assert hub.end(load) == []
    tell_alive(hub, code)
    other_home = hub.settings.home / "other"
    home.make(other_home)
    other = replace(hub, spine=type(hub.spine)(replace(hub.settings, home=other_home), hub.warehouse))
    with hub.spine.running("warehouse.publish") as first:
        until(lambda: bool(shown(hub.warehouse, code, ["caseload_balance"])))
        first.send_signal(signal.SIGSTOP)
        with other.spine.running("warehouse.publish"):
            until(lambda: epochs(hub) > {1}, 120)
            tell_alive(hub, code)
            seen = newest(hub, code)
            first.send_signal(signal.SIGCONT)
            time.sleep(10)
            assert newest(hub, code) >= seen
    runs = hub.warehouse.rows(
        "SELECT epoch FROM publications WHERE municipality = {code:String} AND metric = 'caseload_balance'"
        " ORDER BY run",
        {"code": code},
    )
    told = [row["epoch"] for row in runs]
    assert told == sorted(told), "what the first still wrote is never the newest"


def tell_alive(hub: Beset, code: str) -> None:
    with Publisher(hub.direct) as publisher:
        publisher.send(alive(datetime.now(UTC), code))
    until(hub.is_folded)


def epochs(hub: Beset) -> set[int]:
    return {row["epoch"] for row in hub.warehouse.rows("SELECT DISTINCT epoch FROM publications")}


def newest(hub: Beset, code: str) -> float:
    figures = shown(hub.warehouse, code, ["caseload_balance"])
    (total,) = [figure for figure in figures if not figure.dimensions and figure.period == "now"]
    return total.as_of.timestamp()
