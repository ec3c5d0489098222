"""The one check of all doors: what it adds to the codec's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from schemas import cases as c
from schemas.codec import encode
from schemas.doors import admit
from schemas.errors import BadEvent
from tests.telling import START, at, tell

RAW = encode(tell("x", c.ReportReceived(unit="a"), at(0)))


def test_a_good_event_is_admitted_where_its_type_belongs_and_where_the_door_chooses() -> None:
    assert admit(RAW, START, "cases") == admit(RAW, START) == tell("x", c.ReportReceived(unit="a"), at(0))


@pytest.mark.parametrize(
    ("raw", "topic", "now", "reason", "field"),
    [
        (RAW, "hours", START, "wrong_topic", "$.type"),
        (RAW, "", START - timedelta(hours=1), "clock", "$.recordedtime"),
        (RAW.replace(b"9999", b"0779"), "", START, "unknown_municipality", "$.kommunkod"),
        (b"{", "", START, "not_json", "$"),
    ],
)
def test_a_door_refuses_with_reason_and_field(
    raw: bytes, topic: str, now: datetime, reason: str, field: str
) -> None:
    with pytest.raises(BadEvent) as refused:
        admit(raw, now, topic)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert refused.value.sv
    assert refused.value.en
