"""The content modes of CloudEvents over HTTP, without a server. Messages come from the public SDK too."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from cloudevents.core.bindings.http import HTTPMessage, to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent

from producers.gateway import modes
from producers.gateway.problems import Problem
from schemas.codec import decode, encode
from schemas.contracts import examples
from schemas.errors import BadEvent
from schemas.registry import EVENTS

EXAMPLES = [example for fact in EVENTS for example in examples(fact)]
EVENT = EXAMPLES[0]
ALL = EVENT | {
    "retracted": True, "reason": "wrong_unit", "sequence": 7, "historical": True,
    "actor": {"role": "caseworker"}, "flaws": ["ambiguous_time"],
}  # fmt: skip


def sdk(event: dict[str, Any], **replaced: Any) -> CloudEvent:
    """The SDK's event; it takes `time` as an instant only."""
    attributes = {key: value for key, value in (event | replaced).items() if key != "data"}
    return CloudEvent(attributes | {"time": decode(json.dumps(event).encode()).time}, event["data"])


def read(message: HTTPMessage) -> list[bytes]:
    headers = modes.singles([(k.encode(), v.encode("latin-1")) for k, v in message.headers.items()])
    return modes.documents(modes.mode(headers), headers, message.body, 9)


def binary(body: bytes = b"{}", /, **attributes: Any) -> dict[str, Any]:
    """The document made of binary mode's headers."""
    headers = {f"ce-{name}": value for name, value in attributes.items()}
    made: dict[str, Any] = json.loads(modes.documents(modes.BINARY, headers, body, 9)[0])
    return made


@pytest.mark.parametrize("write", [to_binary_event, to_structured_event])
def test_every_type_as_the_sdk_writes_it_is_read_as_it_was(write: Any) -> None:
    for example in EXAMPLES:
        (document,) = read(write(sdk(example)))
        assert encode(decode(document)) == encode(decode(json.dumps(example).encode()))


def test_every_attribute_has_a_form_in_binary_mode() -> None:
    written = {name: json.dumps(ALL[name]) for name in ("actor", "flaws")}
    (document,) = read(to_binary_event(sdk(ALL, **written)))
    assert encode(decode(document)) == encode(decode(json.dumps(ALL).encode()))
    assert binary(retracted="true", sequence="7") == {"retracted": True, "sequence": 7, "data": {}}


def test_each_event_of_a_batch_is_a_document_of_its_own() -> None:
    body = json.dumps([EVENT, 5, {"a": []}]).encode()
    assert [json.loads(each) for each in modes.documents(modes.BATCH, {}, body, 9)] == [EVENT, 5, {"a": []}]
    assert modes.documents(modes.BATCH, {}, b"[]", 9) == []


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"),
        ("Euro%20%e2%82%ac", "Euro €"),
        ("%41%42", "AB"),
        ('"two words"', "two words"),
        (r'"a \"b\" c"', 'a "b" c'),
        ("50%2525", "50%25"),
        ("a+b", "a+b"),
    ],
)
def test_a_header_is_unquoted_and_percent_decoded_once(header: str, value: str) -> None:
    assert binary(subject=header)["subject"] == value
    assert binary(subject=quote(value))["subject"] == value


@pytest.mark.parametrize("header", ["%C0%A0", "%ff", "caf\xe9"])
def test_a_header_that_is_no_utf_8_in_percent_code_is_refused(header: str) -> None:
    with pytest.raises(BadEvent, match="percent-encoded") as caught:
        binary(subject=header)
    assert (caught.value.reason, caught.value.field) == ("bad_value", "$.subject")


def test_what_a_header_says_of_its_name_is_not_told_again() -> None:
    with pytest.raises(BadEvent) as caught:
        binary(b"{}", **{"8501011236": "%ff"})
    assert caught.value.field == "$"


@pytest.mark.parametrize("body", [b"", b"{", b'{}, "retracted": true', b"\xff", b"[" * 100_000])
def test_data_that_is_no_json_is_refused_and_adds_no_attribute(body: bytes) -> None:
    with pytest.raises(BadEvent) as caught:
        binary(body)
    assert (caught.value.reason, caught.value.field) == ("not_json", "$.data")


@pytest.mark.parametrize("name", ["data", "datacontenttype", "data_base64"])
def test_the_body_and_its_type_are_not_said_in_ce_headers(name: str) -> None:
    with pytest.raises(BadEvent, match="Content-Type"):
        binary(b"{}", **{name: "x"})


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'[{"a": 1}, {"b":', "cut short"),
        (b'[{"a": 1} {"b": 2}]', "(byte 10)"),
        (b'{"a": 1}', "one JSON array"),
        (b"", "cut short"),
        (b"\xff\xfe", "(byte 0)"),
    ],
)
def test_a_batch_that_is_no_array_says_where_it_breaks(body: bytes, told: str) -> None:
    with pytest.raises(Problem) as caught:
        modes.documents(modes.BATCH, {}, body, 9)
    said = json.loads(caught.value.body)
    assert (said["status"], told in said["detail"]) == (400, True)
    assert said["detail_sv"] != said["detail"]


@pytest.mark.parametrize(
    ("content_type", "found"),
    [
        ("application/cloudevents+json", modes.EVENT),
        ('Application/CloudEvents+JSON; charset="UTF-8"', modes.EVENT),
        ("application/cloudevents-batch+json;charset=utf-8", modes.BATCH),
        ("application/json; charset=utf-8", modes.BINARY),
    ],
)
def test_the_content_type_says_the_mode(content_type: str, found: str) -> None:
    assert modes.mode({"content-type": content_type, "ce-id": "x"}) == found


def test_structured_mode_takes_nothing_from_ce_headers() -> None:
    headers = {"content-type": modes.EVENT, "ce-retracted": "true", "ce-data": "x"}
    assert modes.documents(modes.mode(headers), headers, b"{}", 9) == [b"{}"]


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/json"},
        {},
        {"content-type": "text/plain", "ce-id": "x"},
        {"content-type": "application/cloudevents+xml", "ce-id": "x"},
        {"content-type": "application/cloudevents+avro"},
        {"content-type": "application/cloudevents+json; charset=iso-8859-1"},
        {"content-type": "application/cloudevents+json", "content-encoding": "gzip"},
    ],
)
def test_another_content_type_is_415_with_those_that_are_taken(headers: dict[str, str]) -> None:
    with pytest.raises(Problem) as caught:
        modes.mode(headers)
    assert caught.value.status == 415
    assert caught.value.headers["Accept"] == modes.ACCEPTED


@pytest.mark.parametrize("name", ["ce-id", "CE-Id", "Content-Type", "authorization"])
def test_a_header_that_comes_twice_is_refused(name: str) -> None:
    with pytest.raises(Problem) as caught:
        modes.singles([(name.encode(), b"a"), (b"x-trace", b"1"), (name.lower().encode(), b"b")])
    assert json.loads(caught.value.body)["status"] == 400
    assert modes.singles([(b"x-trace", b"1"), (b"x-trace", b"2"), (name.encode(), b"a")])
