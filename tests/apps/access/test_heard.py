"""What an open page sends over its websocket, and what that does to the session; the clock is the test's."""

from __future__ import annotations

from datetime import timedelta

from starlette.types import Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from apps.access.desk import Desk
from apps.access.gate import Gate
from apps.access.sessions import Sessions
from apps.access.table import table
from schemas.errors import Unavailable
from tests.apps.access.people import BEGAN, Named, login
from tests.apps.access.test_sessions import Clock
from warehouse.audit import Log, Store

MINUTE = timedelta(minutes=1)
SOMEBODY = login("coordinator", at=BEGAN)


async def _nobody(scope: Scope, receive: Receive, send: Send) -> None:
    """No page is asked for here."""


def _away() -> Store:
    raise Unavailable("no log is needed here")


def _gate(clock: Clock) -> Gate:
    return Gate(_nobody, Desk(table(), Named(lambda: BEGAN), Sessions(clock), Log(_away)))


def _sent(fragment: str = "", *, by_timer: bool = False) -> dict[str, object]:
    told = BackMsg()
    told.rerun_script.fragment_id = fragment
    told.rerun_script.is_auto_rerun = by_timer
    return {"type": "websocket.receive", "bytes": told.SerializeToString()}


def _fragment(gate: Gate, message: dict[str, object]) -> str:
    """Which fragment Streamlit is asked to run, "" for the whole page."""
    told = BackMsg()
    told.ParseFromString(gate._heard(message, SOMEBODY)["bytes"])
    return str(told.rerun_script.fragment_id)


def test_a_pages_own_timer_keeps_no_session_alive() -> None:
    clock = Clock()
    gate = _gate(clock)
    for minute in range(30):
        clock.now = BEGAN + minute * MINUTE
        assert _fragment(gate, _sent("f", by_timer=True)) == "f"
    clock.now = BEGAN + 30 * MINUTE
    assert _fragment(gate, _sent("f", by_timer=True)) == ""


def test_a_persons_doing_keeps_it_and_eight_hours_end_it_all_the_same() -> None:
    clock = Clock()
    gate = _gate(clock)
    for minute in range(0, 480, 29):
        clock.now = BEGAN + minute * MINUTE
        assert _fragment(gate, _sent("f")) == "f"
    clock.now = BEGAN + 480 * MINUTE
    assert _fragment(gate, _sent("f")) == ""


def test_once_over_no_doing_brings_it_back() -> None:
    clock = Clock()
    gate = _gate(clock)
    clock.now = BEGAN + 31 * MINUTE
    for _ in range(2):
        assert _fragment(gate, _sent("f")) == ""


def test_once_over_nothing_is_fetched_any_more() -> None:
    clock = Clock()
    gate = _gate(clock)
    asked = BackMsg()
    asked.file_urls_request.request_id = "x"
    message = {"type": "websocket.receive", "bytes": asked.SerializeToString()}
    assert gate._heard(dict(message), SOMEBODY) == message
    clock.now = BEGAN + 31 * MINUTE
    told = BackMsg()
    told.ParseFromString(gate._heard(dict(message), SOMEBODY)["bytes"])
    assert told.WhichOneof("type") == "app_heartbeat"


def test_what_is_no_run_of_a_page_passes_as_it_came() -> None:
    gate = _gate(Clock())
    beat = BackMsg()
    beat.app_heartbeat = True
    for message in (
        {"type": "websocket.receive", "bytes": beat.SerializeToString()},
        {"type": "websocket.receive", "bytes": b"\xff\xff no message"},
        {"type": "websocket.receive", "text": "x"},
        {"type": "websocket.disconnect", "code": 1001},
    ):
        assert gate._heard(dict(message), SOMEBODY) == message
