"""What a refusal says: the contract's own words and names, never the sender's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codec import decode
from schemas.contracts import examples
from schemas.envelope import Actor, Event, Fact
from schemas.errors import BadEvent
from schemas.expected import expected, is_ours, names_at
from schemas.registry import EVENTS

NAME = "Anna_Berg"
PLANTED = (
    NAME, f"Object missing required field `{NAME}`", f"x - at `$.{NAME}`", f"x - at `key in $.data.{NAME}`",
    f"Object contains unknown field `{NAME}`", f"Expected `{NAME}`, got `str`",
)  # fmt: skip


def refusal(event: dict[str, Any]) -> BadEvent:
    with pytest.raises(BadEvent) as caught:
        decode(json.dumps(event).encode())
    return caught.value


def spoilt(good: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    """The event with the text in each of its fields, and as the name of one more."""
    for name in good:
        yield good | {name: text}
    for name in good["data"]:
        yield good | {"data": good["data"] | {name: text}}
    yield good | {text: 1}
    yield good | {"data": good["data"] | {text: 1}}
    yield good | {"actor": {"role": text}}


@pytest.mark.parametrize("fact", EVENTS)
def test_a_refusal_tells_nothing_of_what_was_sent_not_even_in_the_decoders_words(
    fact: type[Fact],
) -> None:
    for text in PLANTED:
        for bad in spoilt(examples(fact)[0], text):
            try:
                decode(json.dumps(bad).encode())
            except BadEvent as error:
                told = error.field + error.sv + error.en + repr(error)
                assert "Anna" not in told and "Berg" not in told
                assert error.sv and error.en


@pytest.mark.parametrize("fact", EVENTS)
def test_every_field_says_what_it_should_hold_in_both_languages(fact: type[Fact]) -> None:
    paths = [f"$.{name}" for name in Event.__struct_fields__]
    paths += [f"$.data.{name}" for name in fact.__struct_fields__]
    paths += [f"$.actor.{name}" for name in Actor.__struct_fields__]
    for path in paths:
        sv, en = expected(fact, path)
        assert sv.endswith(".") and en.endswith(".") and sv != en, path


def test_only_names_of_the_contract_make_a_path() -> None:
    fact = EVENTS[0]
    assert is_ours(fact, "$") and is_ours(fact, "$.data.unit") and is_ours(fact, "$.flaws[0]")
    for path in (NAME, f"$.{NAME}", f"$.data.{NAME}", "$.data.unit.x", "$.data.unit anna", "$x"):
        assert not is_ours(fact, path)
        assert (expected(fact, path), names_at(fact, path)) == (("", ""), [])


def test_a_refusal_names_what_may_stand_there() -> None:
    good = examples(EVENTS[0])[0]
    assert "SoL, LSS, LVU" in refusal(good | {"data": good["data"] | {"law": "X"}}).sv
    assert "reporter_asks, unit, case_type" in refusal(good | {"data": good["data"] | {"x": 1}}).en
    missing = refusal(good | {"data": {}})
    assert missing.field == "$.data.unit" and "Enhetens kod" in missing.sv
    assert "case.report-received.v1" in refusal(good | {"type": good["type"][:-1] + "7"}).en
    assert "asyncapi.yaml" in refusal(good | {"type": "se.kommunpuls.unknown"}).en


@pytest.mark.parametrize("raw", [b"[]", b"1", b"null", b"{}", b'{"type": 7}'])
def test_what_is_no_event_is_told_what_an_event_is(raw: bytes) -> None:
    with pytest.raises(BadEvent) as refused:
        decode(raw)
    assert "CloudEvents" in refused.value.sv and "CloudEvents" in refused.value.en


@pytest.mark.parametrize("end", [b"", b"}", b"[" * 60_000, b'"\\ud800"', b"\xff\xfe", b'{"\\u0031'])
def test_what_is_refused_before_its_end_was_read_crashes_nothing(end: bytes) -> None:
    raw = json.dumps(examples(EVENTS[0])[0] | {"sequence": "\u2028\\"}).encode()
    for bad in (raw[:-1] + b', "x": ' + end, raw + end, raw[: len(raw) // 2] + end):
        with pytest.raises(BadEvent):
            decode(bad)


@given(st.binary(max_size=40), st.integers(0, 500), st.integers(0, 60))
def test_bytes_in_the_middle_of_an_event_are_refused_or_right(noise: bytes, at: int, gone: int) -> None:
    raw = json.dumps(examples(EVENTS[0])[0]).encode()
    with suppress(BadEvent):
        decode(raw[:at] + noise + raw[at + gone :])


def test_a_number_of_twelve_digits_that_is_a_persons_is_no_sequence() -> None:
    good = examples(EVENTS[0])[0]
    assert refusal(good | {"sequence": 191212121212}).field == "$.sequence"
    assert decode(json.dumps(good | {"sequence": 1_772_438_400_000_000}).encode()).sequence


def test_an_identity_behind_escapes_is_found_in_a_message_that_is_refused_for_something_else() -> None:
    raw = json.dumps(examples(EVENTS[0])[0] | {"x": "0"}).encode()
    escaped = "".join(f"\\u{ord(one):04x}" for one in "191212121212")
    with pytest.raises(BadEvent) as refused:
        decode(raw.replace(b'"x": "0"', f'"x": "{escaped}"'.encode()))
    assert refused.value.reason == "identity"
