"""The home's own warehouse for one command."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.hub import home
from apps.hub.home import AlreadyRunning
from apps.hub.own_warehouse import alone
from schemas.errors import HubError
from schemas.settings import Settings
from warehouse.client import connect, create_tables


def test_a_command_has_the_store_to_itself_and_a_hub_cannot_start_meanwhile(tmp_path: Path) -> None:
    given = Settings(home=tmp_path)
    with alone(given) as settings:
        client = connect(settings)
        create_tables(client, settings.database)
        with pytest.raises(AlreadyRunning), home.locked(tmp_path):
            raise AssertionError("a hub could start")
        with pytest.raises(HubError, match="puls down"), alone(given):
            raise AssertionError("two commands share it")
    with home.locked(tmp_path):
        assert (tmp_path / "warehouse").is_dir()


def test_a_given_warehouse_is_used_as_it_is(tmp_path: Path) -> None:
    given = Settings(home=tmp_path, warehouse="http://127.0.0.1:1")
    with alone(given) as settings:
        assert settings == given
