"""kill -9 of every part of a real hub under load: nothing lost, nothing doubled, figures undisturbed."""

from __future__ import annotations

import random
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from apps.hub.status import parts
from producers.publish import Publisher
from schemas import settings as configuration
from schemas.errors import Unavailable
from schemas.settings import Settings
from streams.batch import Batch, decode_all
from streams.memory import Memory
from tests.conftest import rounds
from tests.faults.load import BEGAN, CASES, CODE, Load, alive, case_events, truth, versions
from tests.hub.test_up import TOOLS, Shell
from tests.streams.test_batch import stored_rows
from tests.telling import messages
from warehouse.client import Warehouse, connect
from warehouse.contracts import load
from warehouse.figures import EVER, Row, as_things_stand, at_instants, in_period, over_spans
from warehouse.published import shown

pytestmark = [pytest.mark.broker, pytest.mark.slow]
VICTIMS = ("worker", "warehouse", "broker", "publisher", "public")
KILLS = rounds(10, 200)
BACK_S, SWEPT_S = 45, 100
EVENTS = case_events(cases=rounds(CASES, 40_000))


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    path = tmp_path_factory.mktemp("path")
    for tool in TOOLS:
        (path / tool).symlink_to(f"/usr/bin/{tool}")
    shell = Shell(tmp_path_factory.mktemp("hub"), path)
    started = shell.puls("up", "--detach", "--empty")
    assert started.returncode == 0, started.stdout + started.stderr
    yield shell
    assert shell.puls("down").returncode == 0


@pytest.fixture(scope="module")
def settings(hub: Shell) -> Settings:
    return configuration.load({"PULS_HOME": str(hub.home)})


@pytest.fixture(scope="module")
def battered(hub: Shell, settings: Settings) -> Warehouse:
    """The hub's warehouse after a load during which every part was killed, some again at random moments, and
    the store frozen.
    """
    chance = random.Random(time.time_ns())
    with Load(settings, EVENTS) as under_load:
        for victim in (*VICTIMS, "lane"):
            kill(settings, victim)
        freeze(settings, "warehouse", 5)
        for _ in range(KILLS - len(VICTIMS) - 1):
            time.sleep(chance.random())
            kill(settings, chance.choice(("worker", "lane", "warehouse")))
        assert under_load.sent < len(EVENTS), "the load was over before the last kill"
    assert under_load.failure is None
    until(lambda: hub.status()["lag"] == 0, BACK_S, "the lag is gone")
    return connect(settings)


def kill(settings: Settings, name: str) -> None:
    """kill -9 of a process of the hub. A lane is one of the worker's own: it must not go on without it."""
    named = "worker" if name == "lane" else name
    victim = psutil.Process(process(settings, named)["pid"])
    replaced(settings, named, victim.children()[-1] if name == "lane" else victim)


def process(settings: Settings, name: str) -> dict[str, Any]:
    """What `./puls status` tells of it, without the seconds that a Python of its own takes."""
    return next(part for part in parts(settings) if part["name"] == name)


def replaced(settings: Settings, name: str, victim: psutil.Process) -> None:
    """Kill, wait until another process stands in the named one's place, and until all work together again."""
    before = process(settings, name)
    victim.kill()

    def is_back() -> bool:
        after = process(settings, name)
        return after["pid"] not in (None, before["pid"]) and after["state"] == "running"

    until(is_back, BACK_S, f"{name} is back")
    until(lambda: archived(settings) >= 0, BACK_S, "the warehouse answers")
    known = archived(settings)
    until(lambda: archived(settings) > known, BACK_S, f"the hub works after the death of {name}")


def archived(settings: Settings) -> int:
    """How many versions the hub has taken in; -1 while its warehouse does not answer."""
    try:
        warehouse = connect(settings)
        (row,) = warehouse.rows("SELECT count() AS n FROM events WHERE topic = 'cases'")
    except Unavailable:
        return -1
    warehouse.close()
    return int(row["n"])


def freeze(settings: Settings, name: str, seconds: float) -> None:
    """SIGSTOP for a while: alive, and silent."""
    frozen = psutil.Process(process(settings, name)["pid"])
    frozen.send_signal(signal.SIGSTOP)
    try:
        time.sleep(seconds)
    finally:
        frozen.send_signal(signal.SIGCONT)


def until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.5)


def test_everything_sent_is_in_the_archive_once(battered: Warehouse) -> None:
    (row,) = battered.rows(
        "SELECT count() AS n, uniqExact(id) AS facts FROM events FINAL WHERE topic = 'cases'"
    )
    assert (row["n"], row["facts"]) == (versions(EVENTS), len({event.id for event in EVENTS}))
    assert battered.rows("SELECT count() AS n FROM refused") == [{"n": 0}]


def test_the_rows_are_those_of_plain_python(battered: Warehouse) -> None:
    """What a crash left between archive and rows is folded again by the sweeper, once a minute."""
    wanted = truth(EVENTS)
    until(lambda: stored_rows(battered, CODE) == wanted, SWEPT_S, "rows equal the truth")
    (row,) = battered.rows("SELECT count() AS n FROM cases FINAL")
    assert row["n"] == len(wanted)


def test_every_figure_is_that_of_an_undisturbed_fold(
    battered: Warehouse, warehouse: Warehouse, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    with ThreadPoolExecutor(2) as pool:
        batch = Batch(warehouse, Memory(100_000), pool)
        batch.learn_archive()
        batch.apply(decode_all(messages(EVENTS), now), now)
    about_cases = [name for name, contract in load().items() if "cases" in contract.needs]
    for name in about_cases:
        assert figures(battered, name, now) == figures(warehouse, name, now), name
    assert any(row.value for row in figures(battered, "caseload_balance", now))


def figures(warehouse: Warehouse, name: str, now: datetime) -> list[Row]:
    """The finest grain of a metric, at two instants or over all time."""
    contract = load()[name]
    by = contract.dimensions
    if contract.timeless:
        rows = as_things_stand(warehouse, contract, CODE, by)
    elif contract.kind == "instant":
        rows = at_instants(warehouse, contract, CODE, [now, BEGAN.replace(month=4)], by)
    elif contract.kind == "span":
        rows = over_spans(warehouse, contract, CODE, [(BEGAN.date(), now.date())], now.date(), by)
    else:
        rows = in_period(warehouse, contract, CODE, EVER, by)
    return sorted(rows, key=lambda row: (str(row.at), *row.dimensions.values()))


def test_every_process_is_up_again_and_its_restart_is_counted(battered: Warehouse, hub: Shell) -> None:
    found = hub.processes()
    assert {process["state"] for process in found.values()} == {"running"}
    assert all(found[name]["restarts"] >= 1 for name in VICTIMS)
    assert found["worker"]["restarts"] >= 2
    assert found["work"]["restarts"] == 0
    address = hub.status()["addresses"]["public"]
    with urllib.request.urlopen(address + "/_stcore/health", timeout=10) as answer:
        assert answer.status == 200


def test_the_publisher_shows_what_is_true_afterwards(battered: Warehouse, settings: Settings) -> None:
    now = datetime.now(UTC)
    with Publisher(settings) as publisher:
        publisher.send(alive(now))
    until(lambda: bool(shown(battered, CODE, ["caseload_balance"])), BACK_S, "figures are published")
    total = next(figure for figure in shown(battered, CODE, ["caseload_balance"]) if not figure.dimensions)
    (true,) = at_instants(battered, load()["caseload_balance"], CODE, [total.as_of])
    assert (total.value, total.state) == (true.value, "value")
    assert total.value
