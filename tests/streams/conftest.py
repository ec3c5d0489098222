"""What the replay tests of this room share."""

from __future__ import annotations

import pytest

from schemas.settings import Settings


@pytest.fixture(scope="module")
def settings(own_tables: Settings) -> Settings:
    """Of a database of empty tables for a whole module."""
    return own_tables
