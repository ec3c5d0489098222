from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from producers.gateway import modes, server
from schemas import contracts
from schemas.contracts import FOLDER, asyncapi, examples, files, json_schema
from schemas.registry import BY_TYPE, EVENTS, TOPICS, dead_letters
from schemas.settings import Settings
from warehouse.archive import Refusal


def test_the_committed_contracts_are_current() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    told = "run: .venv/bin/python -m schemas.contracts"
    assert committed.keys() == files().keys(), told
    assert [name for name, text in files().items() if committed[name] != text] == [], told


@pytest.mark.parametrize("name", BY_TYPE)
def test_every_contract_is_a_json_schema_and_accepts_its_examples(name: str) -> None:
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["examples"]
    for example in schema["examples"]:
        Draft202012Validator(schema).validate(example)


@pytest.mark.parametrize("name", BY_TYPE)
def test_every_contract_is_closed_and_explains_its_fields(name: str) -> None:
    schema = json_schema(name)
    validator = Draft202012Validator(schema)
    for path in ((), ("data",)):
        assert not validator.is_valid(planted(schema["examples"][0], path, "note"))
    data = schema["$defs"][BY_TYPE[name].__name__]
    unexplained = [field for field, told in data["properties"].items() if not explained(told)]
    assert unexplained == []
    assert schema["description"].split(":")[0] != schema["title"]


def planted(event: dict[str, Any], path: tuple[str, ...], field: str) -> dict[str, Any]:
    """The event with one field more."""
    copy: dict[str, Any] = json.loads(json.dumps(event))
    place = copy
    for name in path:
        place = place[name]
    place[field] = "x"
    return copy


def explained(told: dict[str, Any]) -> bool:
    return "description" in told or any("description" in part for part in told.get("anyOf", []))


def test_the_yaml_says_what_the_document_says() -> None:
    assert yaml.safe_load((FOLDER / "asyncapi.yaml").read_text(encoding="utf-8")) == asyncapi()


AWKWARD = (
    {"on": "no", "a b": [], "c": {}},
    {"x": ["1", 1, 1.5, None, True]},
    {"é": 'q"\n\\'},
    {"list": [{"a": {"b": ["c"]}}, {"d": 1}]},
)


@pytest.mark.parametrize("value", AWKWARD)
def test_yaml_is_read_back_as_it_was(value: dict[str, Any]) -> None:
    assert yaml.safe_load("\n".join(contracts.yaml(value))) == value


def test_every_topic_and_type_is_in_the_document() -> None:
    document = asyncapi()
    assert document["asyncapi"] == "3.0.0"
    assert set(document["channels"]) == {*TOPICS, *map(dead_letters, TOPICS), "push"}
    assert set(document["channels"]["push"]["messages"]) == {fact.__name__ for fact in EVENTS}
    told = {message["name"] for message in document["components"]["messages"].values()}
    assert told == {*BY_TYPE, "DeadLetter"}
    assert document["channels"]["cases"]["bindings"]["kafka"]["topicConfiguration"] == {
        "retention.ms": 1_209_600_000
    }


def test_every_reference_in_the_document_leads_somewhere() -> None:
    document = asyncapi()
    for reference in references(document):
        if reference.startswith("./"):
            assert (FOLDER / reference).exists()
            continue
        place: Any = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [reference for part in value.values() for reference in references(part)]
    return [reference for part in value for reference in references(part)] if isinstance(value, list) else []


def test_http_push_is_where_and_how_the_gateway_takes_it() -> None:
    document = asyncapi()
    assert document["channels"]["push"]["address"] == server.EVENTS
    assert modes.BATCH in document["channels"]["push"]["description"]
    assert document["defaultContentType"] == modes.EVENT
    address = document["servers"]["push"]["variables"]["address"]["default"]
    assert address == f"{Settings.push_host}:{Settings.push_port}"


def test_the_dead_letter_is_what_the_worker_sends() -> None:
    assert set(contracts.DEAD_LETTER["properties"]) == set(Refusal._fields)


def test_every_type_has_an_example() -> None:
    assert [fact.__name__ for fact in EVENTS if not examples(fact)] == []
