from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import uuid5

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cases import CaseClosed, ReportReceived
from schemas.codec import (
    MAX_BYTES,
    check_clock,
    content_hash,
    decode,
    decode_stored,
    encode,
    make,
    payload_hash,
)
from schemas.contracts import examples
from schemas.envelope import ID_SPACE, Event, event_id
from schemas.errors import BadEvent
from schemas.hours import VisitPerformed
from schemas.registry import EVENTS

GOOD = examples(ReportReceived)[1]
NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)


def event(**changed: Any) -> Event:
    """A closing whose envelope differs as said."""
    fact = changed.pop("data", CaseClosed())
    plain = {"id": GOOD["id"], "source": "test", "subject": GOOD["subject"], "time": NOW, "recordedtime": NOW,
             "kommunkod": "9999"}  # fmt: skip
    return make(fact, **plain | changed)


def refusal(raw: bytes) -> BadEvent:
    with pytest.raises(BadEvent) as caught:
        decode(raw)
    return caught.value


def spoiled(**changed: Any) -> BadEvent:
    return refusal(json.dumps(GOOD | changed).encode())


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff\xfe", b"null", b"[]", b'"x"', b"[" * 100_000, b'{"type": 1}']
)
def test_what_is_no_event_is_refused_and_never_crashes(raw: bytes) -> None:
    assert refusal(raw).reason in ("not_json", "wrong_type", "unknown_type", "missing_field", "too_large")


@pytest.mark.parametrize("place", [0, 1])
def test_each_of_several_pseudonyms_must_be_one(place: int) -> None:
    good = examples(VisitPerformed)[0]
    staff = list(good["data"]["staff"])
    staff[place] = "Anna"
    error = refusal(json.dumps(good | {"data": good["data"] | {"staff": staff}}).encode())
    assert (error.reason, error.field) == ("bad_value", "$.data.staff")


DAYS = [
    pytest.param(good, name, id=f"{fact.__name__}.{name}")
    for fact in EVENTS
    for good in examples(fact)[:1]
    for name, said in good["data"].items()
    if re.match(r"[0-9]{4}-[0-9]{2}-", str(said))
]


@pytest.mark.parametrize("year", ["0001", "1899", "2299", "9999"])
@pytest.mark.parametrize(("good", "name"), DAYS)
def test_a_day_that_the_store_cannot_keep_is_refused(good: dict[str, Any], name: str, year: str) -> None:
    odd = good | {"data": good["data"] | {name: year + good["data"][name][4:]}}
    error = refusal(json.dumps(odd).encode())
    assert (error.reason, error.field) == ("bad_time", f"$.data.{name}")


def test_a_huge_message_is_refused_before_it_is_read() -> None:
    assert refusal(b" " * (MAX_BYTES + 1)).reason == "too_large"


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"type": "se.kommunpuls.case.closed.v9"}, "unknown_type", "$.type"),
        ({"specversion": "0.3"}, "bad_value", "$.specversion"),
        ({"id": "1"}, "bad_value", "$.id"),
        ({"time": "2026-11-22 15:05"}, "bad_time", "$.time"),
        ({"time": "2026-11-22T15:05:00"}, "bad_time", "$.time"),
        ({"time": "1826-11-22T15:05:00Z"}, "bad_time", "$.time"),
        ({"kommunkod": "780"}, "bad_value", "$.kommunkod"),
        ({"kommunkod": "0780"}, "wrong_key", "$.subject"),
        ({"subject": GOOD["subject"].replace("/case/", "/visit/")}, "wrong_key", "$.subject"),
        ({"subject": "9999/case/17"}, "wrong_key", "$.subject"),
        ({"sequence": -1}, "bad_value", "$.sequence"),
        ({"retracted": "yes"}, "wrong_type", "$.retracted"),
        ({"data": {}}, "missing_field", "$.data.unit"),
        ({"data": {"unit": "a b"}}, "bad_value", "$.data.unit"),
        ({"data": {"unit": "a", "law": "XYZ"}}, "bad_value", "$.data.law"),
        ({"data": {"unit": "19121212-1212"}}, "identity", "$.data.unit"),
        ({"data": {"unit": "a", "case_type": "ring-070-1234567"}}, "identity", "$.data.case_type"),
        ({"data": {"unit": "Anna Berg 19121212-1212"}}, "identity", "$.data.unit"),
        ({"19121212-1212": 1}, "identity", "$"),
    ],
)
def test_each_fault_has_its_reason_and_field(changed: dict[str, Any], reason: str, field: str) -> None:
    error = spoiled(**changed)
    assert (error.reason, error.field) == (reason, field)
    assert error.sv and error.en


@given(
    st.text(
        st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_characters='"'), min_size=12, max_size=30
    )
)
def test_no_refusal_shows_the_value(secret: str) -> None:
    error = spoiled(data={"unit": "x " + secret})
    assert secret not in f"{error} {error.sv} {error.en} {error.field}"


def test_a_refused_value_is_not_shown_wherever_it_stands() -> None:
    for changed in (
        {"id": "hemlig"},
        {"hemlig": 1},
        {"data": {"unit": "a", "hemlig": 1}},
        {"time": "hemlig"},
    ):
        error = spoiled(**changed)
        assert "hemlig" not in f"{error} {error.sv} {error.en} {error.field}", changed


def test_an_identity_is_found_again_in_a_second_event() -> None:
    for _ in range(2):
        assert spoiled(data={"unit": "19121212-1212"}).reason == "identity"


def test_what_the_archive_holds_is_read_back() -> None:
    assert decode_stored(encode(event())) == event()


def test_the_sign_on_the_wire_is_cloudevents() -> None:
    told = json.loads(encode(event()))
    assert {"specversion", "id", "source", "type"} <= told.keys()
    assert (told["specversion"], told["type"]) == ("1.0", "se.kommunpuls.case.closed.v1")
    assert all(name.islower() and name.isalnum() for name in told)


def test_an_event_from_the_future_is_refused_unless_it_is_planned_history() -> None:
    late = NOW + timedelta(minutes=6)
    with pytest.raises(BadEvent, match="future_time"):
        check_clock(event(time=late), NOW)
    with pytest.raises(BadEvent, match="clock"):
        check_clock(event(recordedtime=late, historical=True), NOW)
    check_clock(event(time=late, historical=True), NOW)
    check_clock(event(time=NOW + timedelta(minutes=4)), NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"recordedtime": NOW + timedelta(1)},
        {"reason": "wrong_time"},
        {"source": "other"},
        {"time": NOW.astimezone(timezone(timedelta(hours=1)))},
    ],
)
def test_content_is_what_the_fact_says_and_not_when_it_was_told(changed: dict[str, Any]) -> None:
    assert content_hash(event(**changed)) == content_hash(event())


@pytest.mark.parametrize(
    "changed",
    [
        {"time": NOW + timedelta(1)},
        {"retracted": True},
        {"sequence": 1},
        {"flaws": ("ambiguous_time",)},
        {"data": CaseClosed(reason="moved")},
        {"data": CaseClosed(unit="a")},
        {"data": ReportReceived(unit="a")},
    ],
)
def test_other_content_has_another_hash(changed: dict[str, Any]) -> None:
    assert content_hash(event(**changed)) != content_hash(event())


def test_the_hash_of_content_does_not_change_between_runs() -> None:
    raw = encode(event())
    assert content_hash(decode(raw)) == content_hash(msgspec.json.decode(raw, type=type(event())))
    assert payload_hash(b"x") == payload_hash(b"x") != payload_hash(b"y")


@given(st.text(max_size=50), st.text(max_size=20), st.integers() | st.text(max_size=9))
def test_an_id_is_the_uuid5_of_its_parts(subject: str, what: str, occurrence: int | str) -> None:
    name = f"{subject}\x1f{what}\x1f{occurrence}"
    assert event_id(subject, what, occurrence) == str(uuid5(ID_SPACE, name))


def test_a_missing_field_of_the_envelope_is_the_programmers_error() -> None:
    with pytest.raises(TypeError):
        make(CaseClosed(), id="x")
