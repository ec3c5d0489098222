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


@pytest.mark.parametrize(
    ("variable", "text", "wanted"),
    [
        ("PULS_KAFKA_SECURITY", "foo", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL"),
        ("PULS_KAFKA_SASL_MECHANISM", "GSSAPI", "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512"),
        ("PULS_KAFKA", "localhost", "write host:port"),
        ("PULS_KAFKA", "kafka://a:9092", "write host:port"),
        ("PULS_KAFKA", "a:9092,b", "write host:port"),
        ("PULS_KAFKA", "localhost:abc", "from 1 to 65535"),
        ("PULS_WAREHOUSE", "localhost:8123", "write http(s)://host:port"),
        ("PULS_WAREHOUSE", "http://", "write http(s)://host:port"),
        ("PULS_WAREHOUSE", "http://a:x", "from 1 to 65535"),
        ("PULS_PUBLIC_PORT", "abc", "a port is a whole number from 1 to 65535"),
        ("PULS_LANES", "two", "must be a whole number above 0"),
    ],
)
def test_a_value_that_cannot_work_is_refused_with_what_is_wanted(
    variable: str, text: str, wanted: str
) -> None:
    with pytest.raises(Misconfigured) as caught:
        load({variable: text})
    assert f"{variable}={text!r}: " in str(caught.value)
    assert wanted in str(caught.value)
    assert "invalid literal" not in str(caught.value)
    assert "Known settings" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("PULS_KAFKA", "a.example.se:9092,b:9093"),
        ("PULS_KAFKA", "[::1]:9092"),
        ("PULS_WAREHOUSE", "https://clickhouse"),
        ("PULS_WAREHOUSE", "http://[::1]"),
        ("PULS_WAREHOUSE", "http://[::1]:8123"),
        ("PULS_KAFKA_SECURITY", "SASL_SSL"),
    ],
)
def test_an_address_of_every_kind_is_taken_as_it_stands(variable: str, text: str) -> None:
    assert getattr(load({variable: text}), variable.removeprefix("PULS_").lower()) == text


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
