"""Settings, sessions, databases and errors of the embedded server."""

from __future__ import annotations

import threading
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from clickhouse_connect.driver.exceptions import DatabaseError, StreamFailureError

from schemas.settings import Settings
from tests.warehouse.asking import HTTP, Ask, running, until


def test_settings_of_a_call_hold_for_that_call_only(ask: Ask) -> None:
    sql = "SELECT getSetting('max_block_size')"
    before = ask(sql).data
    for session in ({}, {"session_id": uuid.uuid4().hex}):
        assert ask(sql, max_block_size="1234", **session).data == b"1234\n"
        assert ask(sql, **session).data == before


def test_inserts_are_neither_deduplicated_nor_put_off(ask: Ask) -> None:
    window = "non_replicated_deduplication_window = 100"
    ask(f"CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a SETTINGS {window}")
    for _ in range(3):
        assert ask("INSERT INTO t FORMAT TSV\n1\n").status == 200
    assert ask("SELECT count() FROM t").data == b"3\n"
    assert (
        ask("SELECT getSetting('async_insert') = 0, getSetting('insert_deduplicate') = 0").data == b"1\t1\n"
    )


def test_a_session_keeps_what_was_set_and_its_temporary_tables(client: Any, ask: Ask) -> None:
    client.command("SET max_block_size = 4321")
    client.command("CREATE TEMPORARY TABLE mine (a UInt8)")
    client.insert("mine", [[7]], column_names=["a"])
    assert client.query("SELECT a, getSetting('max_block_size') FROM mine").result_rows == [(7, 4321)]
    assert ask("SELECT a FROM mine").status == 404
    assert ask("SELECT getSetting('max_block_size')").data != b"4321\n"


def test_a_statement_without_a_session_leaves_nothing_behind(ask: Ask) -> None:
    ask("SET max_block_size = 4321")
    ask("CREATE TEMPORARY TABLE mine (a UInt8)")
    ask("USE system")
    for _ in range(20):
        assert (
            ask("SELECT currentDatabase() = 'system', getSetting('max_block_size') = 4321").data == b"0\t0\n"
        )
        assert ask("SELECT * FROM mine").status == 404


def test_a_busy_session_is_locked(ask: Ask) -> None:
    session = uuid.uuid4().hex
    sql = f"SELECT sleep(1.5), '{session}'"
    long = threading.Thread(target=ask, args=(sql,), kwargs={"session_id": session})
    long.start()
    assert until(lambda: running(ask, session))
    assert ask("SELECT 1", session_id=session).headers["X-ClickHouse-Exception-Code"] == "373"
    long.join()
    assert ask("SELECT 1", session_id=session).status == 200


def test_created_databases_can_be_chosen_and_missing_ones_are_told(ask: Ask, bare_settings: Settings) -> None:
    assert ask("SELECT currentDatabase()").data.decode().strip() == bare_settings.database
    missing = ask("SELECT 1", database="nowhere")
    assert (missing.status, missing.headers["X-ClickHouse-Exception-Code"]) == (404, "81")


@pytest.mark.parametrize(
    ("sql", "code", "status"),
    [
        ("SELEC 1", 62, 400),
        ("SELECT 1; SELECT 2", 62, 400),
        ("SELECT * FROM nothing", 60, 404),
        ("SELECT nothing", 47, 404),
        ("SELECT * FROM nowhere.nothing", 81, 404),
        ("INSERT INTO nothing FORMAT TSV\n1\n", 60, 404),
        ("SELECT {x:String}", 456, 500),
        ("SELECT throwIf(number = 299999) FROM numbers(300000) FORMAT JSON", 395, 500),
        ("CREATE TABLE k (a String) ENGINE = Kafka SETTINGS kafka_broker_list = 'x'", 48, 501),
        (b"SELECT '\xff'", 62, 400),
    ],
)
def test_errors_bear_clickhouses_code(ask: Ask, sql: str | bytes, code: int, status: int) -> None:
    response = ask(sql)
    assert (response.status, response.headers["X-ClickHouse-Exception-Code"]) == (status, str(code))
    assert response.data.decode().startswith(f"Code: {code}. DB::Exception: ")


def test_the_client_sees_code_and_name(client: Any) -> None:
    with pytest.raises(DatabaseError) as caught:
        client.query("SELECT * FROM nothing")
    assert (caught.value.code, caught.value.name) == (60, "UNKNOWN_TABLE")


def test_an_unknown_setting_is_refused(ask: Ask) -> None:
    assert ask("SELECT 1", no_such_setting="1").headers["X-ClickHouse-Exception-Code"] == "115"


def test_an_error_in_the_middle_of_an_answer_reaches_theconnected(client: Any) -> None:
    with (
        pytest.raises(StreamFailureError, match="throwIf"),
        client.query_row_block_stream(
            "SELECT throwIf(number = 290000), number FROM numbers(300000)"
        ) as blocks,
    ):
        list(blocks)


def test_a_broken_insert_writes_nothing(ask: Ask) -> None:
    ask("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a")
    rows = b"1\n" * 10_000
    assert ask(b"INSERT INTO t FORMAT TSV\n" + rows + b"x\n").headers["X-ClickHouse-Exception-Code"] == "27"
    assert ask("SELECT count() FROM t").data == b"0\n"


@pytest.mark.parametrize(
    ("columns", "engine", "code"),
    [
        ("a UInt8, CONSTRAINT small CHECK a < 2", "MergeTree ORDER BY a", "469"),
        (
            "a UInt8",
            "MergeTree ORDER BY a SETTINGS parts_to_throw_insert = 1, parts_to_delay_insert = 1",
            "252",
        ),
        ("a UInt8", "MergeTree ORDER BY throwIf(a = 2)", "395"),
    ],
)
def test_rows_that_the_table_refuses_are_told(ask: Ask, columns: str, engine: str, code: str) -> None:
    ask(f"CREATE TABLE t ({columns}) ENGINE = {engine}")
    assert ask("INSERT INTO t FORMAT TSV\n1\n").status == 200
    assert ask("INSERT INTO t FORMAT TSV\n2\n").headers["X-ClickHouse-Exception-Code"] == code
    assert ask("SELECT a FROM t").data == b"1\n"


def test_an_insert_that_a_view_refuses_is_told(ask: Ask) -> None:
    ask("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a")
    ask("CREATE MATERIALIZED VIEW v ENGINE = MergeTree ORDER BY b AS SELECT throwIf(a = 2) AS b FROM t")
    assert ask("INSERT INTO t FORMAT TSV\n2\n").headers["X-ClickHouse-Exception-Code"] == "395"


def test_a_get_cannot_change_anything(ask: Ask, bare_settings: Settings) -> None:
    url = f"{bare_settings.warehouse}/?{urlencode({'query': 'CREATE TABLE t (a UInt8) ENGINE = Memory'})}"
    assert HTTP.request("GET", url).headers["X-ClickHouse-Exception-Code"] == "164"
    assert HTTP.request("GET", f"{bare_settings.warehouse}/?query=SELECT+1").data == b"1\n"


def test_a_web_page_is_refused(ask: Ask) -> None:
    assert ask("SELECT 1", headers={"Origin": "http://evil.example"}).status == 403


def test_ping_and_the_bare_address_say_ok(bare_settings: Settings) -> None:
    for path in ("/ping", "/", "/replicas_status"):
        assert HTTP.request("GET", bare_settings.warehouse + path).data == b"Ok.\n"
