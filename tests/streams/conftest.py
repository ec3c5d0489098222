"""What the replay tests of this room share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schemas.settings import Settings
from tests.warehouse.emptying import EmptyTables


@pytest.fixture(scope="module")
def settings(emptied: EmptyTables) -> Iterator[Settings]:
    """The run's database of empty tables for a whole module; afterwards they are emptied again."""
    yield emptied.settings
    emptied.empty()
