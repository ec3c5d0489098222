"""docker-compose.yml: valid by the Compose schema, closed by default, and saying what the code says."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft201909Validator

from apps.access import ways
from apps.hub import broker, kafka
from apps.hub.programs import USERS
from producers.gateway import tokens
from schemas import settings
from schemas.errors import Misconfigured
from schemas.settings import Settings
from tests.conftest import ROOT
from warehouse.published import STATEMENTS

COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "kommunpuls"]
STORING = [name for name in OURS if name != "push"]
SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parent / "compose_schema" / "compose_spec.json").read_text()
)
DOCKERFILE = (ROOT / "Dockerfile").read_text()
GRANTS = (ROOT / "warehouse" / "users.sh").read_text()


def test_the_file_is_valid_by_the_compose_schema() -> None:
    assert [error.message for error in Draft201909Validator(SCHEMA).iter_errors(COMPOSE)] == []


def test_the_schema_sees_a_misspelt_key() -> None:
    broken = COMPOSE | {"services": {"worker": SERVICES["worker"] | {"read_olny": True}}}
    assert list(Draft201909Validator(SCHEMA).iter_errors(broken))


def test_every_part_that_a_hub_consists_of_is_there() -> None:
    parts = {"kafka", "clickhouse", "prepare", "worker", "publisher", "push", "public", "work"}
    assert set(SERVICES) == parts


@pytest.mark.parametrize("name", OURS)
def test_our_containers_are_closed(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["tmpfs"]


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_has_rights_or_memory_without_limit(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert "privileged" not in service
    assert "healthcheck" in service or name == "prepare"


def _environment(name: str, **dot_env: str) -> dict[str, str]:
    """A service's variables as Compose fills them in from `.env`."""
    given: dict[str, str] = SERVICES[name]["environment"]
    filled = re.compile(r"\$\{(\w+):-([^}]*)\}")
    return {
        key: filled.sub(lambda found: dot_env.get(found[1], found[2]), value) for key, value in given.items()
    }


def test_the_work_views_start_with_a_provider_and_not_without() -> None:
    with pytest.raises(Misconfigured, match=r"PULS_WORK_HOST=0\.0\.0\.0 .* PULS_OIDC_METADATA"):
        ways.uses_provider(settings.load(_environment("work")))
    with pytest.raises(Misconfigured, match="PULS_OIDC_CLIENT is missing; PULS_WORK_ADDRESS is missing"):
        ways.uses_provider(settings.load(_environment("work", PULS_OIDC_METADATA="https://login.example/m")))
    told = {
        "PULS_OIDC_METADATA": "https://login.example/m", "PULS_OIDC_CLIENT": "puls",
        "PULS_WORK_ADDRESS": "https://puls.example",
    }  # fmt: skip
    assert ways.uses_provider(settings.load(_environment("work", **told)))
    assert SERVICES["work"]["profiles"] == ["work"]
    assert all(f"{name}=" in COMPOSE_TEXT for name in told)


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_the_code_reads_and_its_values_can_be_read(name: str) -> None:
    given = _environment(name)
    assert given.keys() <= settings.known().keys()
    assert settings.load(given)


def test_the_image_sets_no_variable_that_the_code_does_not_read() -> None:
    assert set(re.findall(r"PULS_[A-Z_]+", DOCKERFILE)) <= settings.known().keys()


@pytest.mark.parametrize("name", OURS)
def test_every_command_names_a_module_of_ours_and_the_image_holds_it(name: str) -> None:
    module = SERVICES[name]["command"][0]
    assert find_spec(module)
    assert f"COPY {module.split('.')[0]} " in DOCKERFILE


@pytest.mark.parametrize("name", STORING)
def test_each_part_logs_in_as_itself_with_a_secret_that_is_mounted(name: str) -> None:
    given = SERVICES[name]["environment"]
    user = given["PULS_WAREHOUSE_USER"]
    assert user in USERS
    assert given["PULS_WAREHOUSE_PASSWORD_FILE"] == f"/run/secrets/{user}"
    assert SERVICES[name]["secrets"] == [user] + (["oidc"] if name == "work" else [])


def test_no_two_parts_share_a_login_and_every_secret_is_declared() -> None:
    users = [SERVICES[name]["environment"]["PULS_WAREHOUSE_USER"] for name in STORING]
    assert sorted(users) == sorted(set(users)) == sorted(USERS)
    assert set(COMPOSE["secrets"]) == {*USERS, "oidc"}


def test_http_push_reaches_the_broker_and_never_the_store() -> None:
    push = SERVICES["push"]
    assert push["networks"] == ["events", "producers"]
    assert "secrets" not in push
    assert not [name for name in push["environment"] if name.startswith("PULS_WAREHOUSE")]
    (mounted,) = push["volumes"]
    kept = tokens.folder(Path("/run/puls")).parent
    assert mounted == f"push-secrets:{kept}"
    assert f"install -d -o 10001 -g 10001 -m 0700 /run/puls {kept}" in DOCKERFILE


def test_ports_are_those_of_the_code_and_only_screens_and_push_have_any() -> None:
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "public": [f"{Settings.public_port}:{Settings.public_port}"],
        "work": [f"127.0.0.1:{Settings.work_port}:{Settings.work_port}"],
        "push": [f"127.0.0.1:{Settings.push_port}:{Settings.push_port}"],
    }


def test_addresses_name_the_services_and_their_ports() -> None:
    assert SERVICES["worker"]["environment"]["PULS_KAFKA"] == "kafka:9092"
    assert SERVICES["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"] == "PLAINTEXT://kafka:9092"
    assert SERVICES["worker"]["environment"]["PULS_WAREHOUSE"] == "http://clickhouse:8123"
    assert SERVICES["clickhouse"]["environment"]["CLICKHOUSE_DB"] == Settings.database


def test_public_screens_reach_the_store_and_never_the_broker() -> None:
    assert SERVICES["public"]["networks"] == ["store", "wall"]
    assert SERVICES["kafka"]["networks"] == ["events"]
    assert all(COMPOSE["networks"][name]["internal"] for name in ("events", "store"))


def test_kafka_has_the_version_and_the_settings_of_our_own() -> None:
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{broker.version()}"
    given = SERVICES["kafka"]["environment"]
    ours = {"KAFKA_" + name.replace(".", "_").upper(): value for name, value in kafka.FIXED.items()}
    assert {name: given[name] for name in given.keys() & ours.keys()}.items() <= ours.items()
    assert len(given.keys() & ours.keys()) > 8


def test_screens_are_granted_exactly_the_tables_that_their_statements_read() -> None:
    read = {name for text in STATEMENTS.values() for name in re.findall(r"(?:FROM|JOIN)\s+([a-z_]+)", text)}
    granted = set(re.findall(r"GRANT SELECT ON kommunpuls\.([a-z_]+) TO screens", GRANTS))
    assert granted == read


def test_every_user_but_the_first_is_made_with_grants() -> None:
    assert set(re.findall(r" TO (\w+)\"", GRANTS)) == set(USERS) - {"hub"}


def test_nothing_but_code_and_the_lock_file_enters_the_image() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = re.findall(r"^COPY ([a-z.]+) /", DOCKERFILE, re.MULTILINE)
    assert sorted(kept) == sorted(copied)
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
