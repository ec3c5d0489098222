"""Contract tests over the registry: a new event type arrives already tested."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from schemas.codec import decode, encode, event_type
from schemas.contracts import examples
from schemas.envelope import TYPE_PREFIX, Fact
from schemas.errors import BadEvent
from schemas.registry import BY_TYPE, EVENTS, TOPICS, type_of

EXAMPLES = [
    pytest.param(fact, example, id=f"{fact.__name__}-{number}")
    for fact in EVENTS
    for number, example in enumerate(examples(fact))
]


def refused(event: dict[str, Any]) -> BadEvent:
    with pytest.raises(BadEvent) as caught:
        decode(json.dumps(event).encode())
    return caught.value


@pytest.mark.parametrize(("fact", "example"), EXAMPLES)
def test_every_example_decodes_and_comes_back_the_same(fact: type[Fact], example: dict[str, Any]) -> None:
    event = decode(json.dumps(example).encode())
    assert type(event.data) is fact
    assert event_type(event) == type_of(fact)
    assert json.loads(encode(event)) == example
    assert decode(encode(event)) == event


@pytest.mark.parametrize(("fact", "example"), EXAMPLES)
def test_an_unknown_field_is_refused_in_every_type(fact: type[Fact], example: dict[str, Any]) -> None:
    assert refused(example | {"note": "x"}).reason == "unknown_field"
    assert refused(example | {"data": example["data"] | {"note": "x"}}).reason == "unknown_field"


@pytest.mark.parametrize(("fact", "example"), EXAMPLES)
def test_an_identity_in_any_field_of_text_is_refused(fact: type[Fact], example: dict[str, Any]) -> None:
    for name, value in example["data"].items():
        if isinstance(value, str):
            spoiled = example | {"data": example["data"] | {name: "19121212-1212"}}
            error = refused(spoiled)
            assert "1212" not in f"{error} {error.sv} {error.en}"


def test_every_field_that_holds_open_text_is_gated() -> None:
    open_fields = [
        (fact, name)
        for fact in EVENTS
        for name in ("unit", "case_type", "to_unit", "from_unit", "role", "topic", "service_type")
        if name in fact.__struct_fields__
    ]
    assert len(open_fields) > 10
    for fact, name in open_fields:
        example = examples(fact)[0]
        error = refused(example | {"data": example["data"] | {name: "191212121212"}})
        assert (error.reason, error.field) == ("identity", f"$.data.{name}"), fact


@pytest.mark.parametrize(("fact", "example"), EXAMPLES)
@pytest.mark.parametrize(
    "field", ["id", "source", "subject", "time", "recordedtime", "kommunkod", "specversion", "type"]
)
def test_no_event_goes_without_its_envelope(fact: type[Fact], example: dict[str, Any], field: str) -> None:
    error = refused({key: value for key, value in example.items() if key != field})
    assert error.reason in ("missing_field", "unknown_type")


@pytest.mark.parametrize("fact", EVENTS)
def test_every_type_has_name_topic_kind_swedish_term_and_examples(fact: type[Fact]) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9]", fact.TYPE)
    assert fact.TOPIC in TOPICS
    assert re.fullmatch(r"[a-z_]{1,24}", fact.KIND)
    assert fact.EXAMPLES
    assert re.match(r"[A-ZÅÄÖ][^:.]+[:.]", fact.__doc__ or "")


def test_names_are_unique_and_in_the_past_tense() -> None:
    assert len(BY_TYPE) == len(EVENTS) == len({fact.__name__ for fact in EVENTS})
    assert all(name.startswith(TYPE_PREFIX) for name in BY_TYPE)
    past = r"(ed|set|sent|made|alive|due|taken|paid|held|started|opened|closed)$"
    odd = [
        fact.TYPE for fact in EVENTS if not re.search(past, fact.TYPE.rsplit(".", 1)[0].replace("-up", ""))
    ]
    assert odd == []


def test_no_struct_of_an_event_is_left_out_of_the_registry() -> None:
    assert {fact for fact in everyone(Fact) if fact.TYPE} == set(EVENTS)


def everyone(fact: type[Fact]) -> set[type[Fact]]:
    """All that derive from a fact, at any depth."""
    own = set(fact.__subclasses__())
    return own.union(*(everyone(child) for child in own)) if own else own
