from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.errors import Unavailable
from schemas.settings import Settings
from warehouse.audit import INSERT, ROWS, Entry, Log
from warehouse.audit_check import Broken, Verdict, check, verify
from warehouse.client import Warehouse, connect

READ = Entry(
    "read", "coordinator", "w1.x", "placeringar", "placements", "9999",
    {"cause": "våld", "since": "2026-01-01"}, 2, ("9999/placement/a", "9999/placement/b"),
    "placement_follow_up",
)  # fmt: skip


def _written(warehouse: Warehouse, entries: int = 3) -> list[dict[str, Any]]:
    log = Log(lambda: warehouse)
    for _ in range(entries):
        log.append(READ)
    return warehouse.rows(ROWS)


def test_a_row_says_who_read_what_when_and_why(warehouse: Warehouse) -> None:
    before = datetime.now(UTC)
    opened, row = _written(warehouse, 1)
    assert opened["act"] == "opened"
    assert row["number"] == 2
    assert row["filters"] == '{"cause":"våld","since":"2026-01-01"}'
    assert row["entities"] == ["9999/placement/a", "9999/placement/b"]
    told = (row["role"], row["page"], row["query"], row["municipality"], row["row_count"], row["purpose"])
    assert told == ("coordinator", "placeringar", "placements", "9999", 2, "placement_follow_up")
    assert before - timedelta(seconds=1) <= row["at"] <= datetime.now(UTC)


def test_what_was_written_is_whole(warehouse: Warehouse) -> None:
    assert verify(_written(warehouse)) == []
    assert verify([]) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("at", datetime(2020, 1, 1, tzinfo=UTC)), ("actor", "w1.another"), ("row_count", 1), ("entities", []),
     ("purpose", ""), ("filters", "{}"), ("act", "login"), ("previous", ""), ("municipality", "0780")],
)  # fmt: skip
def test_a_flipped_column_names_its_row_as_the_first_broken_one(
    warehouse: Warehouse, column: str, value: object
) -> None:
    rows = _written(warehouse, 4)
    rows[2][column] = value
    assert verify(rows) == [Broken(rows[0]["chain"], 3, "changed")]


def test_a_row_changed_inside_the_warehouse_is_found(warehouse: Warehouse) -> None:
    _written(warehouse)
    warehouse.command(
        "ALTER TABLE audit UPDATE actor = 'w1.nobody' WHERE number = 2 SETTINGS mutations_sync = 2"
    )
    assert [(fault.number, fault.why) for fault in verify(warehouse.rows(ROWS))] == [(2, "changed")]


def test_a_missing_row_and_a_doubled_one_are_found(warehouse: Warehouse) -> None:
    rows = _written(warehouse, 4)
    chain = rows[0]["chain"]
    assert verify(rows[:2] + rows[3:]) == [Broken(chain, 3, "missing")]
    assert verify([*rows, rows[1]]) == [Broken(chain, 3, "doubled")]
    assert verify(rows[1:]) == [Broken(chain, 1, "missing")]


def test_a_hash_made_anew_for_a_changed_row_breaks_at_the_next(warehouse: Warehouse) -> None:
    from warehouse.audit import row_hash

    rows = _written(warehouse)
    rows[1]["actor"] = "w1.another"
    rows[1]["hash"] = row_hash(rows[1])
    assert verify(rows) == [Broken(rows[0]["chain"], 3, "changed")]


def test_an_end_that_was_cut_off_is_found_once_another_process_has_begun(warehouse: Warehouse) -> None:
    first = _written(warehouse)[0]["chain"]
    second = next(row["chain"] for row in _written(warehouse) if row["chain"] != first)
    rows = warehouse.rows(ROWS)
    assert verify(rows) == []
    cut = [row for row in rows if row["chain"] != first or row["number"] < 4]
    assert verify(cut) == [Broken(first, 4, "missing")]
    assert verify([row for row in rows if row["chain"] == second]) == [Broken(first, 1, "missing")]


def test_many_threads_and_writers_make_whole_chains(
    warehouse: Warehouse, warehouse_settings: Settings
) -> None:
    logs = [Log(lambda: warehouse), Log(lambda: connect(warehouse_settings))]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda i: logs[i % 2].append(READ), range(60)))
    rows = warehouse.rows(ROWS)
    assert len(rows) == 62
    assert verify(rows) == []


def test_a_row_that_cannot_be_written_is_told_and_the_next_begins_a_new_chain(warehouse: Warehouse) -> None:
    away = False

    def sometimes() -> Warehouse:
        if away:
            raise Unavailable("away")
        return warehouse

    log = Log(sometimes)
    log.append(READ)
    away = True
    with pytest.raises(Unavailable):
        log.append(READ)
    away = False
    log.append(READ)
    rows = warehouse.rows(ROWS)
    assert len({row["chain"] for row in rows}) == 2
    assert verify(rows) == []


class Clock:
    """Stands where it is put."""

    now = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_each_day_opens_a_chain_and_a_month_is_checked_alone(warehouse: Warehouse) -> None:
    clock = Clock()
    log = Log(lambda: warehouse, clock=clock)
    for hours in (0, 1, 3, 30):
        clock.now = Clock.now + timedelta(hours=hours)
        log.append(READ)
    december = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert check(warehouse, *december) == Verdict(4, 2, ())
    assert check(warehouse, datetime(2026, 11, 1, tzinfo=UTC), december[0]) == Verdict(3, 1, ())
    first = warehouse.rows("SELECT chain FROM audit ORDER BY at LIMIT 1")[0]["chain"]
    warehouse.command("ALTER TABLE audit DELETE WHERE number = 3 SETTINGS mutations_sync = 2")
    assert check(warehouse, *december).broken == (Broken(first, 3, "missing"),)


FLIPS = (
    "UPDATE actor = 'w1.nobody' WHERE number = 2", "UPDATE filters = '{}' WHERE number = 3",
    "UPDATE entities = ['9999/placement/a9999/placement/b'] WHERE number = 2",
    "UPDATE row_count = 0 WHERE number = 4",
    "UPDATE purpose = '', query = concat(query, purpose) WHERE number = 3", "DELETE WHERE number = 2",
    "DELETE WHERE number = 4", "DELETE WHERE number = 1", "UPDATE filters = 'x' WHERE number = 1",
    "UPDATE previous = '' WHERE number = 2",
)  # fmt: skip


@pytest.mark.parametrize("flip", ["", *FLIPS])
def test_the_warehouse_and_we_find_the_same(warehouse: Warehouse, flip: str) -> None:
    _written(warehouse)
    _written(warehouse)
    if flip:
        warehouse.command(f"ALTER TABLE audit {flip} SETTINGS mutations_sync = 2")
    always = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
    found = check(warehouse, *always)
    assert list(found.broken) == verify(warehouse.rows(ROWS))
    assert bool(found.broken) == bool(flip)


def test_a_row_that_was_written_twice_is_found_by_the_warehouse_too(warehouse: Warehouse) -> None:
    _written(warehouse)
    warehouse.command("INSERT INTO audit SELECT * FROM audit WHERE number = 2")
    always = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
    assert [(fault.number, fault.why) for fault in check(warehouse, *always).broken] == [(3, "doubled")]


def test_the_insert_binds_every_value() -> None:
    assert "'" not in INSERT
    assert INSERT.count("{") == INSERT.count("}") == 15
