from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import cases as c
from schemas.codec import content_hash
from schemas.envelope import Event, Fact
from schemas.settings import Settings
from streams.batch import Batch, Decoded, Message, decode_all
from streams.history import History, micros
from streams.kinds import KINDS
from streams.memory import Memory
from streams.rows import fold_row
from streams.sweep import Sweeper, sweep
from tests.telling import at, messages, subject, tell
from warehouse import archive
from warehouse.client import Warehouse, create_tables
from warehouse.figures import text_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def new_batch(warehouse: Warehouse, pool: ThreadPoolExecutor, limit: int = 1_000) -> Batch:
    batch = Batch(warehouse, Memory(limit), pool)
    batch.learn_archive()
    return batch


def apply(batch: Batch, events: list[Event]) -> Any:
    return batch.apply(decode_all(messages(events), NOW), NOW)


def rows(warehouse: Warehouse, municipality: str = "9999") -> list[dict[str, Any]]:
    return warehouse.rows(
        "SELECT * FROM cases FINAL WHERE municipality = {code:String} ORDER BY entity", {"code": municipality}
    )


FACTS: list[Fact] = [
    c.ReportReceived(unit="a"),
    c.ReportReceived(unit="b"),
    c.InvestigationOpened(),
    c.CaseAssigned(handler=c.EXAMPLE_PERSON),
    c.CaseTransferred(to_unit="b"),
    c.Decided(outcome="granted", service_follows=True),
    c.CaseClosed(),
    c.CaseReopened(),
]
event_lists = st.lists(
    st.builds(
        lambda case, fact, day, recorded, retracted: tell(
            case, fact, at(day), recorded=at(recorded), retracted=retracted
        ),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(FACTS),
        st.integers(0, 4),
        st.integers(5, 8),
        st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=14,
)


def true_rows(events: list[Event]) -> list[tuple[object, ...]]:
    """Plain Python over everything delivered: what stands, folded once."""
    kind, found = KINDS[0], []
    for entity in sorted({event.subject for event in events}):
        history = History([])
        for event in sorted(
            (event for event in events if event.subject == entity),
            key=lambda e: (e.recordedtime, content_hash(e)),
        ):
            history.hear(event, micros(event.recordedtime))
        found.append(fold_row(kind, entity, history, 1))
    return [(row[1], *row[3:]) for row in found]


def stored_rows(warehouse: Warehouse, code: str) -> list[tuple[object, ...]]:
    columns = ", ".join(f"`{name}`" for name in ("entity", *KINDS[0].columns[3:]))
    found = warehouse.rows(
        f"SELECT {columns} FROM cases FINAL WHERE municipality = {{code:String}} ORDER BY entity",
        {"code": code},
    )
    return [tuple(_plain(value) for value in row.values()) for row in found]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return micros(value)
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=event_lists, data=st.data())
def test_shuffled_doubled_and_rechunked_deliveries_give_the_rows_of_plain_python(
    warehouse: Warehouse, pool: ThreadPoolExecutor, events: list[Event], data: st.DataObject
) -> None:
    for table in ("events", "cases", "confirmations"):
        warehouse.command(f"TRUNCATE TABLE {table}")
    told = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=5))))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(told)), max_size=3)))
    limit = data.draw(st.sampled_from([1, 1_000]))
    batch = new_batch(warehouse, pool, limit)
    for start, end in zip([0, *cuts], [*cuts, len(told)], strict=True):
        apply(batch, told[start:end])
    assert stored_rows(warehouse, "9999") == true_rows(events)
    assert sweep(warehouse, batch, at(-1), FAR) == 0


def test_a_closed_case_leaves_the_balance(warehouse: Warehouse, pool: ThreadPoolExecutor) -> None:
    batch = new_batch(warehouse, pool)
    apply(batch, [tell("x", c.ReportReceived(unit="a"), at(0)), tell("x", c.CaseClosed(), at(2))])
    spells = warehouse.rows("SELECT `from`, `until`, unit FROM case_spells")
    assert spells == [{"from": at(0), "until": at(2), "unit": "a"}]


def test_a_case_whose_only_event_is_retracted_is_void_and_in_no_view(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    batch = new_batch(warehouse, pool)
    fact = c.ReportReceived(unit="a")
    apply(batch, [tell("x", fact, at(0))])
    apply(batch, [tell("x", fact, at(0), recorded=at(1), retracted=True, reason="registered_by_mistake")])
    assert [row["void"] for row in rows(warehouse)] == [1]
    assert warehouse.rows("SELECT * FROM case_spells") == []
    assert len(warehouse.rows("SELECT * FROM events FINAL")) == 2


def test_the_same_case_number_in_two_municipalities_is_two_cases(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    batch = new_batch(warehouse, pool)
    apply(
        batch, [tell("x", c.ReportReceived(unit="a"), at(0), municipality=code) for code in ("9999", "9998")]
    )
    assert [len(rows(warehouse, code)) for code in ("9999", "9998")] == [1, 1]


def test_a_case_of_the_year_2201_is_kept(warehouse: Warehouse, pool: ThreadPoolExecutor) -> None:
    far = datetime(2201, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
    batch = new_batch(warehouse, pool)
    outcome = apply(batch, [tell("x", c.ReportReceived(unit="a"), far, recorded=at(0), historical=True)])
    assert outcome.refused == []
    assert rows(warehouse)[0]["openings.at"] == [far]


def test_an_event_in_the_future_is_refused_unless_it_is_from_a_closed_import(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    batch = new_batch(warehouse, pool)
    outcome = apply(batch, [tell("x", c.ReportReceived(unit="a"), NOW + timedelta(hours=1), recorded=at(0))])
    assert [refusal.reason for refusal in outcome.refused] == ["future_time"]


def test_refused_messages_are_pointed_at_and_never_stored(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    batch = new_batch(warehouse, pool)
    secret = b'{"unit": "Anna Andersson"}'
    batch.apply(decode_all([Message("cases", 3, 17, 0, secret)], NOW), NOW)
    (refused,) = warehouse.rows("SELECT * FROM refused")
    assert (refused["topic"], refused["partition"], refused["offset"]) == ("cases", 3, 17)
    assert "Anna" not in str(refused)


def test_a_crash_between_archive_and_rows_is_healed_by_the_sweeper(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    batch = new_batch(warehouse, pool)
    apply(batch, [tell("x", c.ReportReceived(unit="a"), at(0))])
    before = rows(warehouse)
    warehouse.command("TRUNCATE TABLE cases")
    assert sweep(warehouse, new_batch(warehouse, pool), NOW - timedelta(days=1), FAR) == 1
    assert rows(warehouse) == before


def test_the_sweeper_looks_once_through_what_was_received(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    batch = new_batch(warehouse, pool)
    sweeper = Sweeper(warehouse, new_batch(warehouse, pool))
    apply(batch, [tell("x", c.ReportReceived(unit="a"), at(0))])
    now = archive.clock(warehouse)
    warehouse.command("TRUNCATE TABLE cases")
    assert sweeper.sweep(now) == 0, "it may be in flight"
    assert sweeper.sweep(now + timedelta(minutes=1)) == 1, "what was in flight has landed"
    warehouse.command("TRUNCATE TABLE cases")
    assert sweeper.sweep(now + timedelta(minutes=2)) == 0
    apply(batch, [tell("y", c.ReportReceived(unit="a"), at(0))])
    warehouse.command(
        "INSERT INTO events SELECT * REPLACE ({at:DateTime64(6, 'UTC')} AS written_at) FROM events"
        " WHERE entity = {entity:String}",
        {"entity": subject("y"), "at": text_of(now + timedelta(minutes=3))},
    )
    warehouse.command("TRUNCATE TABLE cases")
    assert sweeper.sweep(now + timedelta(minutes=4)) == 1
    another = Sweeper(warehouse, new_batch(warehouse, pool))
    assert another.sweep(now + timedelta(minutes=4)) == 1, "at first all of the last hour: x"


def test_what_a_worker_with_a_slow_clock_left_when_it_died_is_healed(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    slow = archive.clock(warehouse) - timedelta(hours=2)
    told = decode_all(messages([tell("x", c.ReportReceived(unit="a"), at(0))]), slow)
    new_batch(warehouse, pool).apply(told, slow)
    warehouse.command("TRUNCATE TABLE cases")
    sweeper = Sweeper(warehouse, new_batch(warehouse, pool))
    assert sweeper.sweep(archive.clock(warehouse) + timedelta(minutes=1)) == 1
    assert len(rows(warehouse)) == 1


def test_the_archive_of_a_store_made_before_is_not_swept_anew(
    bare: Warehouse, bare_settings: Settings, pool: ThreadPoolExecutor
) -> None:
    create_tables(bare, bare_settings.database)
    bare.command("ALTER TABLE events DROP INDEX written, DROP COLUMN written_at, DROP COLUMN by_store")
    for seconds, case in ((7_200, "old"), (600, "late")):
        bare.command(
            "INSERT INTO events (topic, entity, id, recorded_at, content_hash, received_at) SELECT 'cases',"
            " concat('9999/case/', {case:String}), generateUUIDv4(), now(), 1,"
            " now64(6) - INTERVAL {seconds:UInt32} SECOND",
            {"case": case, "seconds": seconds},
        )
    create_tables(bare, bare_settings.database)
    now = archive.clock(bare)
    span = now - timedelta(hours=1), now
    assert archive.stale_entities(bare, "cases", "case", span) == ["9999/case/late"]
    apply(new_batch(bare, pool), [tell("new", c.ReportReceived(unit="a"), at(0))])
    (new,) = bare.rows("SELECT written_at > received_at AS is_by_store FROM events WHERE by_store = 1")
    assert new["is_by_store"]


def test_a_batch_that_is_tried_again_folds_what_the_archive_already_holds(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    decoded: Decoded = decode_all(messages([tell("x", c.ReportReceived(unit="a"), at(0))]), NOW)
    new_batch(warehouse, pool).apply(decoded, NOW)
    warehouse.command("TRUNCATE TABLE cases")
    outcome = new_batch(warehouse, pool).apply(decoded, NOW, again=True)
    assert outcome.verdicts == {"duplicate": 1}
    assert len(rows(warehouse)) == 1


def test_a_random_thousand_gives_the_same_rows_with_and_without_memory(
    warehouse: Warehouse, pool: ThreadPoolExecutor
) -> None:
    chance = random.Random(7)
    told = [
        tell(
            f"case{chance.randrange(40)}",
            chance.choice(FACTS),
            at(chance.randrange(9)),
            recorded=at(chance.randrange(9, 20)),
        )
        for _ in range(1_000)
    ]
    found = []
    for limit in (1_000_000, 1):
        for table in ("events", "cases", "confirmations"):
            warehouse.command(f"TRUNCATE TABLE {table}")
        batch = new_batch(warehouse, pool, limit)
        for start in range(0, 1_000, 90):
            apply(batch, told[start : start + 90])
        found.append(stored_rows(warehouse, "9999"))
    assert found[0] == found[1]
    assert len(found[0]) == 40
