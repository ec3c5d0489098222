"""What a hub consists of, for the addresses that are given and those that are not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from apps.hub import programs
from apps.hub.programs import Ports
from schemas import settings
from schemas.settings import Settings

PORTS = Ports(broker=1, controller=2, warehouse=3)
HOME = Path("/hub")


def names(given: Settings) -> list[str]:
    return [program.name for program in programs.programs(given, PORTS)]


def launched(given: Settings) -> dict[str, Any]:
    addressed = replace(given, **programs.addressed(given, PORTS))
    listed: dict[str, Any] = json.loads(
        programs.launch_list(programs.programs(given, PORTS), given, addressed)
    )
    return listed


def test_the_broker_starts_first_and_the_screens_last_so_that_they_stop_the_other_way_round() -> None:
    expected = ["broker", "warehouse", "worker", "publisher", "live", "push", "public", "work"]
    assert names(Settings(home=HOME)) == expected
    text = programs.supervisor_configuration(programs.programs(Settings(home=HOME), PORTS))
    assert [line for line in text.splitlines() if line.startswith("priority")] == [
        f"priority={number}" for number in range(1, 9)
    ]


def test_a_part_whose_address_is_given_is_not_started() -> None:
    assert "broker" not in names(Settings(home=HOME, kafka="k:9092"))
    assert "warehouse" not in names(Settings(home=HOME, warehouse="http://w:8123"))
    assert programs.addressed(Settings(kafka="k:9092"), PORTS) == {
        "kafka": "k:9092",
        "warehouse": "http://127.0.0.1:3",
    }


def test_each_process_has_its_own_token_and_the_trickle_has_none() -> None:
    listed = launched(Settings(home=HOME))
    users = {name: program["environment"].get("PULS_WAREHOUSE_USER") for name, program in listed.items()}
    expected = {"worker": "worker", "publisher": "publisher", "public": "screens", "work": "work"}
    assert {name: user for name, user in users.items() if user} == expected
    assert listed["public"]["environment"]["PULS_WAREHOUSE_PASSWORD_FILE"] == "/hub/secrets/tokens/screens"


def test_a_given_warehouse_keeps_the_given_login() -> None:
    listed = launched(Settings(home=HOME, warehouse="http://w:8123", warehouse_user="ours"))
    assert listed["public"]["environment"]["PULS_WAREHOUSE_USER"] == "ours"


def test_beside_a_given_token_each_process_finds_its_own(tmp_path: Path) -> None:
    (tmp_path / "screens").touch()
    listed = launched(Settings(home=HOME, warehouse="http://w:1", warehouse_password_file=tmp_path / "hub"))
    assert listed["public"]["environment"]["PULS_WAREHOUSE_USER"] == "screens"
    assert listed["public"]["environment"]["PULS_WAREHOUSE_PASSWORD_FILE"] == str(tmp_path / "screens")
    assert listed["worker"]["environment"]["PULS_WAREHOUSE_PASSWORD_FILE"] == str(tmp_path / "hub")


def test_children_read_the_very_settings_that_up_has(tmp_path: Path) -> None:
    ours = Settings(home=tmp_path, kafka="k:1", public_port=9000, keys=Path("keys"), batch_behind=7)
    theirs = settings.load(programs.variables(ours))
    assert theirs == Settings(
        home=tmp_path, kafka="k:1", public_port=9000, keys=Path("keys").absolute(), batch_behind=7
    )
