"""The real parts that tests run against: children of the run, started once, stopped by their own pid."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from apps.hub import development
from apps.hub.broker import RunningBroker
from apps.hub.broker import start as start_broker
from schemas.settings import Settings
from tests import spreading
from tests.warehouse.emptying import Databases
from tests.warehouse.starting import start as start_warehouse
from warehouse.client import Warehouse, connect

ROOT = Path(__file__).parent.parent
hypothesis.settings.register_profile(
    "tests", deadline=None
)  # how long it takes is no matter of right or wrong
hypothesis.settings.load_profile("tests")


def rounds(ordinary: int, long: int) -> int:
    """How often a test of chance is repeated: `./puls test --long` sets TEST_LONG."""
    return long if os.environ.get("TEST_LONG") else ordinary


@pytest.fixture(scope="session")
def warehouse_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the run's warehouse answers: TEST_WAREHOUSE, else an embedded one in a folder of its own."""
    given = os.environ.get("TEST_WAREHOUSE", "")
    if given:
        yield given
        return
    with start_warehouse(tmp_path_factory.mktemp("warehouse")) as server:
        yield server.address


@pytest.fixture(scope="session")
def databases(warehouse_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The run's databases of empty tables: to make them anew costs more than most tests."""
    kept = Databases(warehouse_address, tmp_path_factory.mktemp("tables"))
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def own_tables(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a database of the module's own with the hub's tables, empty when the module begins."""
    with databases.taken() as settings:
        yield replace(settings, home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def own_warehouse(own_tables: Settings) -> Iterator[Warehouse]:
    """A client of that database."""
    client = connect(own_tables)
    yield client
    client.close()


@pytest.fixture
def warehouse_settings(databases: Databases, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database with the hub's tables, empty; afterwards they are emptied again."""
    with databases.taken() as settings:
        yield replace(settings, home=tmp_path)


@pytest.fixture
def warehouse(warehouse_settings: Settings) -> Iterator[Warehouse]:
    """A client of the database with the hub's empty tables."""
    client = connect(warehouse_settings)
    yield client
    client.close()


@pytest.fixture
def bare_settings(warehouse_address: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database without any table, which is dropped afterwards."""
    settings = Settings(home=tmp_path, warehouse=warehouse_address, database=f"test_{uuid.uuid4().hex[:12]}")
    client = connect(settings)
    client._client.command(f"CREATE DATABASE {settings.database}", use_database=False)
    yield settings
    client._client.command(f"DROP DATABASE {settings.database}", use_database=False)
    client.close()


@pytest.fixture
def bare(bare_settings: Settings) -> Iterator[Warehouse]:
    """A client of a database without any table."""
    client = connect(bare_settings)
    yield client
    client.close()


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBroker]:
    """The run's own Kafka, started once. Topics are the tests' to make, under names of their own."""
    running = start_broker(tmp_path_factory.mktemp("kafka"))
    yield running
    running.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spreading.Files | None:
    """Our own way where files are handed out; another --dist is left as it is."""
    return spreading.Files(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long list of faults runs when asked for. In one process among several, begin with what is slow."""
    if not os.environ.get("TEST_FAULTS"):
        wanted = [item for item in items if not item.get_closest_marker("faults")]
        config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
        items[:] = wanted
    if hasattr(config, "workerinput"):
        items[:] = spreading.slow_first(items)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A browser test without a browser fails with the line that installs one; leaving it out is a choice."""
    if item.get_closest_marker("browser") and not development.chromium():
        pytest.fail(f"Chromium is missing: {development.INSTALL_CHROMIUM}  (or run with --no-browser)", False)
