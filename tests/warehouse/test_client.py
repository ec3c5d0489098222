"""The client against the run's warehouse: what it reads and writes, and into which errors failures turn."""

from __future__ import annotations

import dataclasses
import datetime as dt
import socket
import threading
import uuid
from pathlib import Path

import pyarrow as pa
import pytest

from schemas.errors import Misconfigured, Unavailable
from schemas.settings import Settings
from tests.warehouse.asking import UTC
from tests.warehouse.starting import start
from warehouse.client import Warehouse, WarehouseError, connect, create_tables, statements

AT = dt.datetime(2201, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
TIMES = pa.timestamp("us", "UTC")


@pytest.fixture
def warehouse(bare: Warehouse) -> Warehouse:
    """These tests make their own tables."""
    return bare


def test_rows_come_back_with_aware_times_in_utc(warehouse: Warehouse) -> None:
    sql = "SELECT toDateTime64('2201-03-01 12:00:00.123456', 6, 'UTC') AS at, toDate32('2201-03-01') AS day"
    assert warehouse.rows(sql) == [{"at": AT, "day": AT.date()}]


def test_bound_times_keep_their_microseconds_and_their_instant(warehouse: Warehouse) -> None:
    swedish = AT.astimezone(dt.timezone(dt.timedelta(hours=1)))
    assert warehouse.rows("SELECT {at:DateTime64(6)} AS at", {"at": swedish}) == [{"at": AT}]


def test_the_hubs_tables_are_created_and_may_be_created_again(
    warehouse: Warehouse, bare_settings: Settings
) -> None:
    create_tables(warehouse, bare_settings.database)
    create_tables(warehouse, bare_settings.database)
    assert "events" in {row["name"] for row in warehouse.rows("SHOW TABLES")}


def test_a_database_that_does_not_exist_is_made_with_its_tables(bare_settings: Settings) -> None:
    settings = dataclasses.replace(bare_settings, database=f"{bare_settings.database}_new")
    client = connect(settings)
    create_tables(client, settings.database)
    assert client.command("SELECT count() FROM events") == 0
    client.command(f"DROP DATABASE {settings.database}")
    client.close()


def test_an_arrow_table_of_the_archives_types_is_inserted(
    warehouse: Warehouse, bare_settings: Settings
) -> None:
    create_tables(warehouse, bare_settings.database)
    count = 25_000  # more than one piece of the stream
    table = pa.table({
        "topic": pa.array(["cases"] * count).dictionary_encode(),
        "entity": [f"9999/case/{number}" for number in range(count)],
        "id": [str(uuid.UUID(int=number)) for number in range(count)],
        "recorded_at": pa.array([AT] * count, TIMES),
        "content_hash": pa.array([2**64 - 1 - number for number in range(count)], pa.uint64()),
        "body": ["å\n\t'\\"] * count,
    })  # fmt: skip
    warehouse.insert_arrow("events", table)
    columns = "topic, entity, toString(id) AS id, recorded_at, content_hash, body"
    back = warehouse.query_arrow(f"SELECT {columns} FROM events ORDER BY content_hash DESC")
    assert back.to_pylist() == table.to_pylist()


def test_an_empty_answer_keeps_its_columns_and_an_empty_table_inserts_nothing(warehouse: Warehouse) -> None:
    warehouse.command("CREATE TABLE t (a UInt64, at DateTime64(6, 'UTC')) ENGINE = MergeTree ORDER BY a")
    empty = warehouse.query_arrow("SELECT * FROM t")
    assert (empty.num_rows, empty.column_names) == (0, ["a", "at"])
    warehouse.insert_arrow("t", empty)
    assert warehouse.command("SELECT count() FROM t") == 0


def test_raw_lines_come_as_they_were_stored(warehouse: Warehouse) -> None:
    body = '{"a":"å\\\\n"}'
    assert (
        warehouse.raw("SELECT {body:String} AS body FROM numbers(2)", {"body": body})
        == f"{body}\n{body}\n".encode()
    )


def test_a_statement_of_megabytes_is_run(warehouse: Warehouse) -> None:
    names = ",".join(str(uuid.UUID(int=number)) for number in range(30_000))
    sql = f"SELECT length(splitByChar(',', '{names}')) AS n"
    assert warehouse.rows(sql) == [{"n": 30_000}]
    assert warehouse.raw(sql) == b"30000\n"


def test_one_client_serves_several_threads(warehouse: Warehouse) -> None:
    seen: list[int] = []

    def read(number: int) -> None:
        seen.extend(warehouse.command(f"SELECT {number}") for _ in range(20))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == sorted(number for number in range(8) for _ in range(20))


# Failures


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELEC 1", 62),
        ("SELECT nothing", 47),
        ("SELECT * FROM nothing", 60),
        ("SELECT * FROM nowhere.nothing", 81),
    ],
)
def test_a_wrong_statement_keeps_clickhouses_code(warehouse: Warehouse, sql: str, code: int) -> None:
    for way in (warehouse.rows, warehouse.raw, warehouse.command, warehouse.query_arrow):
        with pytest.raises(WarehouseError) as caught:
            way(sql)
        assert caught.value.code == code


def test_a_wrong_insert_is_no_reason_to_try_again(warehouse: Warehouse) -> None:
    warehouse.command("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a")
    with pytest.raises(WarehouseError) as caught:
        warehouse.insert_arrow("t", pa.table({"b": [1]}))
    assert caught.value.code == 16


@pytest.mark.parametrize("fmt", ["TSVRaw", "ArrowStream"])
def test_an_error_late_in_a_long_answer_is_raised(warehouse: Warehouse, fmt: str) -> None:
    sql = "SELECT throwIf(number = 2900000), toString(number) FROM numbers(3000000)"
    with pytest.raises(WarehouseError, match="throwIf") as caught:
        warehouse.raw(sql, fmt=fmt)
    assert caught.value.code == 395


def test_what_may_go_well_later_is_unavailable(warehouse: Warehouse) -> None:
    with pytest.raises(Unavailable, match="159"):
        warehouse.query_arrow("SELECT sleep(2)", settings={"max_execution_time": 1})
    with pytest.raises(Unavailable, match="241"):
        warehouse.query_arrow(
            "SELECT groupArray(number) FROM numbers(100000000)", settings={"max_memory_usage": 10_000_000}
        )


def test_a_full_disk_is_unavailable(warehouse: Warehouse) -> None:
    free = "min_free_disk_bytes_to_perform_insert = 1000000000000000000"
    warehouse.command(f"CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS {free}")
    with pytest.raises(Unavailable, match="243"):
        warehouse.insert_arrow("t", pa.table({"a": pa.array([1], pa.uint64())}))


def test_too_many_parts_are_unavailable(warehouse: Warehouse) -> None:
    limits = "parts_to_throw_insert = 1, parts_to_delay_insert = 1"
    warehouse.command(f"CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS {limits}")
    warehouse.command("SYSTEM STOP MERGES t")
    with pytest.raises(Unavailable, match="252"):
        for number in range(5):
            warehouse.insert_arrow("t", pa.table({"a": pa.array([number], pa.uint64())}))


def test_a_server_that_is_not_there_is_one_line_with_its_address_and_the_way_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(Unavailable) as caught:
        connect(Settings(warehouse=address))
    text = str(caught.value)
    assert text.startswith("the warehouse does not answer (Connection refused)")
    assert address in text
    assert "./puls up" in text
    assert "HTTPConnectionPool" not in text
    assert [record for record in caplog.records if record.name.startswith("clickhouse")] == []


def test_without_a_hub_the_way_to_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=rf"no hub runs in {tmp_path}.*\./puls up.*PULS_WAREHOUSE"):
        connect(Settings(home=tmp_path))


def test_a_server_that_goes_away_is_unavailable_and_then_back(tmp_path: Path) -> None:
    table = pa.table({"a": pa.array([1], pa.uint64())})
    with start(tmp_path / "data") as server:
        client = connect(Settings(warehouse=server.address, database="default"))
        client.command("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a")
        server.process.kill()
        server.process.wait()
        with pytest.raises(Unavailable):
            client.insert_arrow("t", table)
        with pytest.raises(Unavailable, match=r"^the warehouse does not answer \(Connection refused\)$"):
            client.rows("SELECT a FROM t")
    with start(tmp_path / "data", port=server.port):
        client.insert_arrow("t", table)
        assert client.rows("SELECT a FROM t") == [{"a": 1}]
        client.close()


@pytest.mark.parametrize("address", ["", "localhost:8123", "ftp://host", "http://"])
def test_a_wrong_address_is_named(address: str) -> None:
    with pytest.raises(Misconfigured, match="PULS_WAREHOUSE"):
        connect(Settings(warehouse=address))


def test_a_login_comes_from_the_tokens_file_and_another_users_from_beside_it(tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.mkdir()
    for user in ("hub", "work"):
        (tokens / user).write_text(f"token of {user}\n")
        (tokens / user).chmod(0o600)
    with start(tmp_path / "data", "--tokens", str(tokens)) as server:
        settings = Settings(
            warehouse=server.address, warehouse_password_file=tokens / "hub", database="default"
        )
        for other in (None, "work"):
            client = connect(settings, user=other)
            assert client.rows("SELECT 1 AS a") == [{"a": 1}]
            client.close()
        (tokens / "work").unlink()
        with pytest.raises(Misconfigured, match="cannot be read"):
            connect(settings, user="work")
        (tmp_path / "hub").write_text("wrong")
        with pytest.raises(Misconfigured, match="refuses hub"):
            connect(dataclasses.replace(settings, warehouse_password_file=tmp_path / "hub"))


def test_a_files_statements_end_with_a_semicolon_at_a_lines_end() -> None:
    text = "-- first\nCREATE a (';');\n\n-- only a remark;\n-- and one more\nCREATE b\n-- inside\n;"
    assert statements(text) == ["-- first\nCREATE a (';')", "-- and one more\nCREATE b\n-- inside"]
