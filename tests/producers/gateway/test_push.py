"""HTTP push as its own process, before the real broker: what producers meet, what they can rely on."""

from __future__ import annotations

import json
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from cloudevents.core.bindings.http import HTTPMessage, to_binary_event, to_structured_event

from apps.hub import ports
from apps.hub.alive import check as check_alive
from apps.hub.broker import RunningBroker
from producers.gateway import tokens
from producers.gateway.server import OF_ONE
from producers.publish import ensure_topics
from schemas.envelope import Event
from schemas.errors import Unavailable
from tests.conftest import ROOT
from tests.producers.gateway.running import (
    BATCH,
    EVENT,
    Running,
    closings,
    document,
    gateway,
    heard,
    stored,
    until,
)
from tests.producers.gateway.test_modes import sdk

pytestmark = pytest.mark.broker
NUMBER = "850101-1236"  # as a personal number is made, and nobody's


@pytest.fixture(scope="module")
def hub(broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    limits = {"push_body_bytes": 40_000, "push_batch_events": 50, "push_event_bytes": 2_000}
    rates = {"push_requests_per_minute": 20, "push_events_per_minute": 60, "push_patience_s": 2}
    running = gateway(tmp_path_factory.mktemp("push"), broker.address, **limits, **rates)
    ensure_topics(running.settings)
    running.start()
    yield running
    assert running.stop() == 0


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem details of an answer, which are whole."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert all(told[name] for name in ("type", "title", "title_sv", "detail", "detail_sv"))
    return told


def head(token: str, kind: str, length: int) -> bytes:
    """A push up to its body."""
    told = f"Host: x\r\nAuthorization: Bearer {token}\r\nContent-Type: {kind}\r\nContent-Length: {length}"
    return f"POST /events HTTP/1.1\r\n{told}\r\n\r\n".encode()


def connected(hub: Running) -> socket.socket:
    """A sender of our own making."""
    return socket.create_connection(("127.0.0.1", hub.settings.push_port), timeout=10)


def sent(hub: Running, message: HTTPMessage) -> httpx.Response:
    """A message of the public SDK, pushed as it is."""
    headers = message.headers | {"Authorization": f"Bearer {hub.token()}"}
    return hub.client.post("/events", content=message.body, headers=headers)


def test_what_the_public_sdk_writes_reaches_the_broker_in_every_mode(hub: Running) -> None:
    binary, structured, *batched = closings(4)
    assert sent(hub, to_binary_event(sdk(document(binary)))).status_code == 202
    assert sent(hub, to_structured_event(sdk(document(structured)))).status_code == 202
    bodies = [to_structured_event(sdk(document(event))).body for event in batched]
    answer = hub.push(b"[" + b",".join(bodies) + b"]", BATCH)
    assert (answer.status_code, answer.json()) == (202, {"accepted": 2})
    assert heard(hub.settings, [binary, structured, *batched]) == [["new"]] * 4


def test_the_example_of_the_readme_is_taken(hub: Running) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.search(
        r"token create --municipality (\d+) --source (\w+) --types '(\S+)'\).*\n"
        r"curl -i http://127\.0\.0\.1:8503/events -H \"Authorization: Bearer \$TOKEN\" "
        r"-H 'Content-Type: (\S+)' -d '(\{[^']*\})'\n```",
        readme,
    )
    assert command is not None
    code, source, types, kind, event = command.groups()
    token = hub.token(source, (types,), code)
    assert hub.push(event.encode(), kind, token).json() == {"accepted": 1}


def test_what_is_acknowledged_is_in_the_broker_at_once(hub: Running) -> None:
    before = stored(hub.settings)
    assert hub.push([document(event) for event in closings(20)], BATCH).status_code == 202
    assert stored(hub.settings) == before + 20


def test_the_same_twice_is_a_duplicate_in_the_hub(hub: Running) -> None:
    events = closings(3)
    for _ in range(2):
        assert hub.push([document(event) for event in events], BATCH).json() == {"accepted": 3}
    assert heard(hub.settings, events) == [["new", "duplicate"]] * 3


def test_of_a_batch_the_good_are_taken_and_the_bad_told_one_by_one(hub: Running) -> None:
    good, other = closings(2)
    bad = document(other) | {"data": {"reason": NUMBER}}
    told = problem(hub.push([document(good), bad, {"id": NUMBER}, document(other)], BATCH), 422)
    assert (told["accepted"], told["refused"]) == (2, 2)
    assert [(each["index"], each["reason"]) for each in told["errors"]] == [(1, "identity"), (2, "identity")]
    assert (told["errors"][0]["id"], told["errors"][0]["field"]) == (other.id, "$.data.reason")
    assert NUMBER not in json.dumps(told)
    assert heard(hub.settings, [good, other]) == [["new"], ["new"]]
    assert hub.push([document(good), document(other)], BATCH).status_code == 202
    assert heard(hub.settings, [good, other]) == [["new", "duplicate"]] * 2


def test_an_empty_batch_is_valid_and_says_that_nothing_came(hub: Running) -> None:
    assert hub.push([], BATCH).json() == {"accepted": 0}


def test_without_a_token_nothing_is_read_and_the_way_in_is_told(hub: Running) -> None:
    for authorization in ("", "Basic eDp5", "Bearer puls_" + "A" * 43):
        answer = hub.push(b"{", Authorization=authorization)
        told = problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith('Bearer realm="kommunpuls"')
        assert "./puls token" in told["detail"]
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_a_revoked_token_is_refused_from_the_next_push_on(hub: Running) -> None:
    token, event = hub.token(), document(closings(1)[0])
    assert hub.push(event, token=token).status_code == 202
    place = tokens.folder(hub.settings.home)
    tokens.revoke(place, tokens.find(place, token).name)
    problem(hub.push(event, token=token), 401)


@pytest.mark.parametrize(
    ("grant", "reason"),
    [
        ({"code": "9902"}, "forbidden_municipality"),
        ({"source": "other"}, "forbidden_source"),
        ({"types": ("se.kommunpuls.placement.*",)}, "forbidden_type"),
    ],
)
def test_a_token_for_something_else_is_403(hub: Running, grant: dict[str, Any], reason: str) -> None:
    (error,) = problem(hub.push(document(closings(1)[0]), token=hub.token(**grant)), 403)["errors"]
    assert error["reason"] == reason


def test_addresses_methods_types_and_headers_that_are_wrong_say_what_is_right(hub: Running) -> None:
    assert "POST /events" in problem(hub.client.post("/event"), 404)["detail"]
    answer = hub.client.get("/events")
    problem(answer, 405)
    assert answer.headers["allow"] == "POST"
    assert (answer.headers.get("server"), answer.headers["cache-control"]) == (None, "no-store")
    answer = hub.push({}, "text/xml")
    assert "cloudevents" in problem(answer, 415)["detail"]
    assert BATCH in answer.headers["accept"]
    problem(hub.push(b"", **{"Content-Encoding": "gzip"}), 415)
    problem(hub.push(b'[{"id":', BATCH), 400)
    problem(hub.push(b"{"), 400)
    twice = [("Authorization", "Bearer x"), ("ce-id", "a"), ("ce-id", "b")]
    problem(hub.client.post("/events", headers=twice), 400)


def test_sizes_are_limited_and_what_is_too_large_is_not_read(hub: Running) -> None:
    assert "40000 bytes" in problem(hub.push(b"x" * 40_001), 413)["detail"]
    with connected(hub) as raw:
        raw.sendall(head(hub.token(), BATCH, 40_001))
        assert b" 413 " in raw.recv(100)
    assert "50 events" in problem(hub.push([1] * 51, BATCH), 413)["detail"]
    whole = document(closings(1)[0]) | {"data": {"reason": "x" * 2_000}}
    assert problem(hub.push(whole), 413)["errors"][0]["reason"] == "too_large"
    pieces = (b"x" * 10_000 for _ in range(50))
    headers = {"Authorization": f"Bearer {hub.token()}", "Content-Type": BATCH}
    problem(hub.client.post("/events", content=pieces, headers=headers), 413)


def test_who_sends_too_much_is_told_when_to_come_again_and_stops_nobody_else(hub: Running) -> None:
    token = hub.token()
    assert hub.push([1] * 50, BATCH, token).status_code == 422
    answer = hub.push([1] * 20, BATCH, token)
    assert "60 events a minute" in problem(answer, 429)["detail"]
    assert 5 <= int(answer.headers["retry-after"]) <= 10
    answer = [hub.push(b"{", token=token) for _ in range(30)][-1]
    assert "20 requests a minute" in problem(answer, 429)["detail"]
    assert 1 <= int(answer.headers["retry-after"]) <= 3
    assert hub.push(document(closings(1)[0])).status_code == 202


def test_a_frozen_broker_is_503_nothing_is_acknowledged_and_the_same_again_is_taken(
    hub: Running, broker: RunningBroker
) -> None:
    (event,) = closings(1)
    broker.process.send_signal(signal.SIGSTOP)
    try:
        answer = hub.push(document(event))
        problem(hub.push(b"{"), 400)
    finally:
        broker.process.send_signal(signal.SIGCONT)
    told = problem(answer, 503)
    assert "not there twice" in told["detail"] and answer.headers["retry-after"] == "5"
    until(lambda: hub.push(document(event)).status_code == 202, 20)
    (verdicts,) = heard(hub.settings, [event])
    assert verdicts[0] == "new" and set(verdicts[1:]) <= {"duplicate"}


def test_kill_9_between_acknowledgement_and_answer_loses_and_doubles_nothing(hub: Running) -> None:
    events, token = closings(30), hub.token()
    body = json.dumps([document(event) for event in events]).encode()
    before = stored(hub.settings)
    with connected(hub) as raw:
        raw.sendall(head(token, BATCH, len(body)) + body)
        until(lambda: stored(hub.settings) > before, 10)
        hub.kill()
    hub.start()
    assert hub.push([document(event) for event in events], BATCH).json() == {"accepted": 30}
    verdicts = heard(hub.settings, events)
    assert all(each[0] == "new" and set(each[1:]) <= {"duplicate"} for each in verdicts)
    assert ["new", "duplicate"] in verdicts


def test_a_push_that_is_cut_off_leaves_nothing_behind(hub: Running) -> None:
    before = stored(hub.settings)
    with connected(hub) as raw:
        raw.sendall(head(hub.token(), EVENT, 900) + b"{")
    assert hub.push(document(closings(1)[0])).status_code == 202
    assert stored(hub.settings) == before + 1


def test_a_slow_sender_is_given_up_and_holds_up_nobody_else(hub: Running) -> None:
    slow, event = hub.token(), document(closings(1)[0])
    with ExitStack() as stack:
        waiting = [stack.enter_context(connected(hub)) for _ in range(OF_ONE + 1)]
        for raw in waiting:
            raw.sendall(head(slow, EVENT, 900) + b"{")
        assert hub.push(event).status_code == 202
        told = sorted(raw.recv(100).split()[1] for raw in waiting)
    assert told == [b"408"] * OF_ONE + [b"503"]
    assert hub.push(event, token=slow).status_code == 202


def test_before_its_broker_is_there_it_lives_judges_and_acknowledges_nothing(tmp_path: Any) -> None:
    alone = gateway(tmp_path, f"127.0.0.1:{ports.free(1)[0]}")
    with pytest.raises(Unavailable):
        check_alive(alone.settings, "push")
    alone.start()
    try:
        check_alive(alone.settings, "push")
        assert alone.client.get("/health").json() == {"status": "ok"}
        problem(alone.push(document(closings(1)[0])), 503)
        problem(alone.push({"source": NUMBER}), 422)
    finally:
        assert alone.stop() == 0
    assert "no token yet: ./puls token create" in alone.log.read_text()


def test_no_token_and_no_payload_is_ever_in_the_log(hub: Running) -> None:
    token = hub.token()
    event: Event = closings(1)[0]
    hub.push(document(event) | {"data": {"reason": NUMBER}}, token=token)
    for line in (f"POST /events HTTP/9.9\r\nAuthorization: {token}", f"{token}\xff: {NUMBER}\r\n{NUMBER}"):
        with connected(hub) as raw:
            raw.sendall(f"{line}\r\n\r\n".encode("latin-1"))
            assert b"400" in raw.recv(100)
    log = hub.log.read_text()
    assert "refused 1 of 1 events of test (9901, token " in log and "): identity 1" in log
    assert "puls_" not in log and NUMBER not in log and event.subject not in log
