from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from schemas.errors import Misconfigured
from schemas.settings import Settings, known, load


def test_nothing_set_is_the_default_under_an_absolute_home() -> None:
    found = load({})
    assert (found.kafka, found.public_port, found.home) == ("", 8501, Path(".puls").absolute())


def test_every_setting_is_a_variable_and_says_what_it_does() -> None:
    assert set(known()) == {f"PULS_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    assert all(known().values())


def test_variables_are_read_with_their_types(tmp_path: Path) -> None:
    found = load(
        {
            "PULS_HOME": str(tmp_path),
            "PULS_PUBLIC_PORT": "9000",
            "PULS_KEYS": "/k",
            "HOME": "/x",
            "PULS_HOST": "",
        }
    )
    assert (found.home, found.public_port, found.keys, found.host) == (
        tmp_path,
        9000,
        Path("/k"),
        "127.0.0.1",
    )


def test_every_fault_is_named_with_the_known_settings() -> None:
    with pytest.raises(Misconfigured) as caught:
        load(
            {
                "PULS_KAFAK": "x",
                "PULS_PUBLIC_PORT": "70000",
                "PULS_KAFKA_PARTITIONS": "0",
                "PULS_WORK_PORT": "a",
            }
        )
    for word in ("PULS_KAFAK", "PULS_PUBLIC_PORT", "PULS_KAFKA_PARTITIONS", "PULS_WORK_PORT", "PULS_KAFKA,"):
        assert word in str(caught.value)


def test_a_running_hub_in_the_same_home_is_found_and_a_variable_wins(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "hub.json").write_text(
        json.dumps({"kafka": "127.0.0.1:1", "warehouse": "http://127.0.0.1:2"})
    )
    assert load({"PULS_HOME": str(tmp_path)}).kafka == "127.0.0.1:1"
    assert load({"PULS_HOME": str(tmp_path), "PULS_KAFKA": "other:9"}).kafka == "other:9"


@pytest.mark.parametrize("text", ["", "{", "[1"])
def test_a_half_written_hub_file_is_no_hub(text: str, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "hub.json").write_text(text)
    assert load({"PULS_HOME": str(tmp_path)}).kafka == ""


def test_keys_lie_in_the_home_unless_said_otherwise(tmp_path: Path) -> None:
    assert Settings(home=tmp_path).key_folder == tmp_path / "keys"
    assert Settings(home=tmp_path, keys=Path("/safe")).key_folder == Path("/safe")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().kafka = "x"  # type: ignore[misc]
