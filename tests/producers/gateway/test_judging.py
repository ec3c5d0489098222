"""What a push may hold: judged as the worker judges it, limited by its token, told without what was sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from producers.gateway.expected import expected
from producers.gateway.judging import FORBIDDEN, Judged, judge
from producers.gateway.problems import refused
from producers.gateway.tokens import Grant
from schemas.codec import MAX_BYTES, WIRE
from schemas.contracts import examples
from schemas.reference import ProducerAlive
from schemas.registry import EVENTS
from streams.batch import Message, decode_all

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
GRANT = Grant("9999", "example", ("*",), NOW)
EVENT = next(example for fact in EVENTS for example in examples(fact) if fact.__name__ == "CaseClosed")
NUMBER = "850101-1236"  # as a personal number is made, and nobody's


def judged(*events: Any, grant: Grant = GRANT, most: int = MAX_BYTES) -> Judged:
    return judge([json.dumps(event).encode() for event in events], grant, NOW, most)


def told(found: Judged) -> list[tuple[str, str, int]]:
    return [(each.reason, each.field, each.status) for each in found.refusals]


def alive(source: str) -> dict[str, Any]:
    subject = {"subject": f"9999/producer/{source}.2026112716"}
    return examples(ProducerAlive)[0] | subject


def test_every_type_passes_and_the_worker_takes_it() -> None:
    whole = [example for fact in EVENTS if fact is not ProducerAlive for example in examples(fact)]
    found = judged(*whole, alive("example"))
    assert (len(found.passed), found.refusals) == (len(whole) + 1, [])
    sent = [Message(event.data.TOPIC, 0, n, 0, raw) for n, (event, raw) in enumerate(found.passed)]
    assert decode_all(sent, NOW).refused == []


FAULTS: dict[str, dict[str, Any]] = {
    "unknown_field": {"note": "x"},
    "missing_field": {"time": None},
    "bad_value": {"data": {"reason": "because"}},
    "identity": {"data": {"reason": NUMBER}},
    "bad_time": {"time": "2026-11-22 15:05"},
    "future_time": {"time": "2026-11-28T12:00:00Z"},
    "clock": {"recordedtime": "2026-11-28T12:00:00Z"},
    "unknown_municipality": {"kommunkod": "0001", "subject": EVENT["subject"].replace("9999", "0001")},
    "unknown_type": {"type": "se.kommunpuls.case.closed.v9"},
    "wrong_key": {"subject": "9999/contract/k1.x"},
    "too_large": {"data": {"reason": "x" * MAX_BYTES}},
}


@pytest.mark.parametrize("reason", FAULTS)
def test_a_fault_is_refused_for_the_same_reason_as_by_the_worker(reason: str) -> None:
    event = {key: value for key, value in (EVENT | FAULTS[reason]).items() if value is not None}
    (refusal,) = judged(event).refusals
    (worker,) = decode_all([Message("cases", 0, 0, 0, json.dumps(event).encode())], NOW).refused
    assert (refusal.reason, refusal.field) == (worker.reason, worker.field)
    assert refusal.reason == reason
    assert refusal.status == (413 if reason == "too_large" else 422)
    assert refusal.expected and refusal.detail and refusal.detail_sv
    assert refusal.id == EVENT["id"]


@pytest.mark.parametrize("document", [b"", b"{", b"\xff", b'{"data":' * 7_000, b"nonsense"])
def test_what_is_no_json_is_400(document: bytes) -> None:
    assert told(judge([document], GRANT, NOW, MAX_BYTES)) == [("not_json", "$", 400)]


def test_an_event_above_the_settings_limit_is_413() -> None:
    assert told(judged(EVENT, most=100)) == [("too_large", "$", 413)]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (EVENT | {"kommunkod": "9998", "subject": EVENT["subject"].replace("9999", "9998")},
         "forbidden_municipality"),
        (EVENT | {"source": "other"}, "forbidden_source"),
        (alive("example"), "forbidden_type"),
    ],
)  # fmt: skip
def test_a_token_reaches_its_own_municipality_source_and_types_only(event: Any, reason: str) -> None:
    found = judged(event, EVENT, grant=Grant("9999", "example", ("se.kommunpuls.case.*",), NOW))
    assert [(each.reason, each.status) for each in found.refusals] == [(reason, 403)]
    assert found.refusals[0].expected in ("9999", "example", "se.kommunpuls.case.*")
    assert len(found.passed) == 1


def test_nobody_gives_a_sign_of_life_for_another_source() -> None:
    assert told(judged(alive("other"))) == [("forbidden_source", "$.subject", 403)]
    assert told(judged(alive("example"))) == []


def test_a_bad_event_takes_no_good_one_with_it_and_each_keeps_its_place() -> None:
    found = judged(EVENT, 5, EVENT, {"id": NUMBER}, EVENT)
    assert len(found.passed) == 3
    assert [each.index for each in found.refusals] == [1, 3]


def test_hidden_and_repeated_keys_do_not_get_past() -> None:
    twice = json.dumps(EVENT)[:-1] + ', "kommunkod": "9999", "data": {"reason": "moved"}}'
    ((_, raw),) = judge([twice.encode()], GRANT, NOW, MAX_BYTES).passed
    assert raw.count(b'"data"') == 1


PLACES = (
    "id",
    "source",
    "subject",
    "type",
    "kommunkod",
    "dataschema",
    "reason",
    "nots",
    "8501011236",
    "time",
)


@pytest.mark.parametrize("place", PLACES)
def test_no_answer_repeats_an_identity(place: str) -> None:
    found = judged(EVENT | {place: f"x {NUMBER}"}, {NUMBER: 1}, EVENT | {"data": {NUMBER: NUMBER}})
    said = refused(found.refusals, 0).body.decode()
    assert len(found.refusals) == 3
    assert NUMBER not in said and "8501011236" not in said
    assert {each.reason for each in found.refusals[1:]} == {"identity"}


def test_a_problem_is_422_unless_all_share_another_status() -> None:
    forbidden, bad = judged(EVENT | {"source": "other"}).refusals, judged({}).refusals
    assert refused(forbidden, 0).status == 403
    assert refused(forbidden, 1).status == refused(forbidden + bad, 0).status == 422
    assert json.loads(refused(forbidden + bad, 4).body)["accepted"] == 4


def test_every_field_of_every_type_says_what_may_stand_there() -> None:
    for name in WIRE:
        for field in ("$", "$.time", "$.subject", "$.reason", "$.actor.role", "$.flaws[0]", "$.data"):
            assert expected("bad_value", field, name), (name, field)
        for field in WIRE[name].__annotations__["data"].__struct_fields__:
            assert expected("bad_value", f"$.data.{field}", name), (name, field)
    assert expected("bad_value", "$.data.nowhere", name) == ""
    assert "5 minutes" in expected("clock", "$.recordedtime", name)


def test_every_reason_of_the_gateways_own_has_words_in_both_languages() -> None:
    assert all(len(set(words)) == 4 for words in FORBIDDEN.values())


def test_an_event_may_be_as_late_as_the_clock_allows() -> None:
    late = (NOW + timedelta(minutes=4)).isoformat()
    assert judged(EVENT | {"time": late, "recordedtime": late}).refusals == []
