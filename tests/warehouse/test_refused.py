"""What may be tried again, what may be said of a dismissal, and what became of each refused event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schemas.errors import Misconfigured
from warehouse import archive
from warehouse.archive import Position, Refusal
from warehouse.client import Warehouse
from warehouse.refused import (
    DISMISSALS,
    Pointer,
    check_dismissal,
    found,
    grouped,
    history,
    pointer,
    say_dismissed,
    say_retried,
    why_not_again,
)

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
AT = int(NOW.timestamp() * 1_000_000)


def refuse(warehouse: Warehouse, *offsets: int) -> None:
    rows = [
        Refusal("cases", 0, at, "clock", "$.time", "sv", "en", "0f", AT, AT, f"a.csv:{at}") for at in offsets
    ]
    archive.write(warehouse, rows)


def status(warehouse: Warehouse, offset: int) -> str:
    return str(found(warehouse, Pointer("cases", 0, offset))["status"])


def folded(warehouse: Warehouse, next_offset: int) -> None:
    archive.write(warehouse, [Position("cases", 0, next_offset, AT, 0, 0, 0)])


def test_what_became_of_each_is_told_and_only_what_is_left_is_counted(warehouse: Warehouse) -> None:
    refuse(warehouse, 0, 1, 2, 3)
    folded(warehouse, 10)
    say_retried(warehouse, Pointer("cases", 0, 0), "engineer", 9)
    say_retried(warehouse, Pointer("cases", 0, 1), "engineer", 10)
    say_retried(warehouse, Pointer("cases", 0, 2), "engineer", 8)
    refuse(warehouse, 8)
    assert [status(warehouse, at) for at in (0, 1, 2, 3, 8)] == [
        "accepted", "waiting", "refused again", "open", "open",
    ]  # fmt: skip
    (group,) = grouped(warehouse)
    assert (group["events"], group["waiting"]) == (3, 1)
    say_dismissed(warehouse, Pointer("cases", 0, 3), "engineer", "test_data", "INC-1")
    assert status(warehouse, 3) == "dismissed"
    assert [act["act"] for act in history(warehouse, Pointer("cases", 0, 3))] == ["dismissed"]
    assert grouped(warehouse)[0]["events"] == 2
    assert grouped(warehouse, topic="hours") == grouped(warehouse, reason="identity") == []


def row(**changed: object) -> dict[str, object]:
    return {"status": "open", "reason": "clock", "retry_until": NOW + timedelta(days=1)} | changed


def test_only_what_is_open_young_and_no_identity_may_be_tried_again() -> None:
    assert why_not_again(row(), NOW) is None
    late, person = why_not_again(row(retry_until=NOW), NOW), why_not_again(row(reason="identity"), NOW)
    assert late and "2026-11-16" in late[1]
    assert person and "mended at the source only" in person[1]
    for status in ("accepted", "dismissed", "refused again", "waiting"):
        assert why_not_again(row(status=status), NOW)


@pytest.mark.parametrize("ticket", ["", "INC-17", "SD/2026.4#1"])
def test_a_dismissal_has_a_reason_of_the_list_and_perhaps_a_code(ticket: str) -> None:
    for reason in DISMISSALS:
        check_dismissal(reason, ticket)
    with pytest.raises(Misconfigured, match="not on the list"):
        check_dismissal("because", ticket)


@pytest.mark.parametrize(
    "ticket", ["191212121212", "19121212-1212", "070-1234567", "two words", "å", "x" * 41]
)
def test_a_ticket_that_is_no_code_or_a_person_is_refused(ticket: str) -> None:
    with pytest.raises(Misconfigured, match="ticket"):
        check_dismissal("test_data", ticket)


def test_a_pointer_is_read_as_the_list_shows_it() -> None:
    assert pointer("cases/3/17") == Pointer("cases", 3, 17)
    for text in ("cases", "cases/3", "cases/a/1", "cases/3/1/2", "cases/-1/2"):
        with pytest.raises(Misconfigured):
            pointer(text)


def test_nothing_is_known_of_what_was_not_refused(warehouse: Warehouse) -> None:
    with pytest.raises(Misconfigured, match="nothing was refused at cases/0/5"):
        found(warehouse, Pointer("cases", 0, 5))
