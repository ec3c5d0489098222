"""What is sent once for many questions."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from producers.synthetic.placement_answer import PlacementKey, placement_key
from schemas.settings import Settings
from tests.integration.placed_hub import SEED, SIZE, TODAY, UNTIL, PlacedHub
from warehouse.client import connect


@pytest.fixture(scope="session")
def hub(warehouse_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlacedHub]:
    """A hub with Mittköping's placements."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    home = tmp_path_factory.mktemp("placements")
    warehouse = connect(Settings(home=home, warehouse=warehouse_address, database=name))
    warehouse._client.command(f"CREATE DATABASE IF NOT EXISTS {name}", use_database=False)
    yield PlacedHub(warehouse, name)
    warehouse.command(f"DROP DATABASE {name}")
    warehouse.close()


@pytest.fixture(scope="session")
def key() -> PlacementKey:
    """The answer key to it."""
    return placement_key(SEED, UNTIL, TODAY, SIZE)
