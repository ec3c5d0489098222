"""What goes in comes out, through clickhouse-connect as it comes and through plain HTTP."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import uuid
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import lz4.frame
import pyarrow as pa
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.settings import Settings
from tests.warehouse.asking import HTTP, UTC, Ask, connected

# One row of every type that the hub's tables use: (type, value)
TYPES: dict[str, tuple[str, Any]] = {
    "text": ("String", "å'\\\n\t\"€😀"),
    "word": ("LowCardinality(String)", "socialtjänst"),
    "maybe_word": ("LowCardinality(Nullable(String))", None),
    "id": ("UUID", uuid.UUID("0123456789abcdef0123456789abcdef")),
    "at": ("DateTime64(6, 'UTC')", dt.datetime(2201, 2, 28, 23, 59, 59, 999999, tzinfo=UTC)),
    "maybe_at": ("Nullable(DateTime64(6, 'UTC'))", None),
    "day": ("Date32", dt.date(2201, 2, 28)),
    "flag": ("UInt8", 255),
    "small": ("UInt16", 65535),
    "count": ("Int64", -(2**63)),
    "hash": ("UInt64", 2**64 - 1),
    "share": ("Float64", 0.1),
    "maybe_share": ("Nullable(Float64)", None),
    "kinds": ("Array(LowCardinality(String))", ["a", "å"]),
    "spells.unit": ("Array(String)", ["vuxen", ""]),
    "spells.from": (
        "Array(DateTime64(6, 'UTC'))",
        [dt.datetime(2026, 1, 1, tzinfo=UTC), dt.datetime(1950, 1, 1, tzinfo=UTC)],
    ),
    "spells.until": ("Array(Nullable(DateTime64(6, 'UTC')))", [dt.datetime(2026, 2, 1, tzinfo=UTC), None]),
    "dimensions": ("Map(String, String)", {"unit": "x"}),
}
COLUMNS = ", ".join(f"`{name}` {kind}" for name, (kind, _) in TYPES.items())


@pytest.mark.parametrize("compress", ["lz4", "zstd", "gzip", False])
def test_every_type_of_the_tables_comes_back_as_it_went_in(
    bare_settings: Settings, compress: str | bool
) -> None:
    for client in connected(bare_settings, compress=compress, tz_mode="aware"):
        client.command(f"CREATE TABLE types ({COLUMNS}) ENGINE = MergeTree ORDER BY tuple()")
        row = [value for _, value in TYPES.values()]
        client.insert("types", [row] * 3, column_names=list(TYPES))
        assert client.query("SELECT * FROM types").result_rows == [tuple(row)] * 3


def test_arrow_comes_back_as_it_went_in(client: Any) -> None:
    times = pa.timestamp("us", "UTC")
    table = pa.table({
        "text": ["a", "å'\\\n"],
        "word": pa.array(["x", "y"]).dictionary_encode(),
        "id": [str(uuid.UUID(int=7)), str(uuid.UUID(int=8))],
        "at": pa.array([dt.datetime(2201, 1, 1, tzinfo=UTC)] * 2, times),
        "maybe_at": pa.array([None, dt.datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)], times),
        "hash": pa.array([2**64 - 1, 0], pa.uint64()),
        "spells.unit": [["a"], []],
        "spells.from": pa.array([[dt.datetime(2026, 1, 1, tzinfo=UTC)], []], pa.list_(times)),
    })  # fmt: skip
    client.command(f"CREATE TABLE types ({COLUMNS}) ENGINE = MergeTree ORDER BY tuple()")
    client.insert_arrow("types", table)
    columns = ", ".join("toString(id) AS id" if name == "id" else f"`{name}`" for name in table.column_names)
    back = client.query_arrow(f"SELECT {columns} FROM types ORDER BY text")
    assert back.to_pylist() == table.to_pylist()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(),
    numbers=st.lists(st.integers(0, 2**64 - 1)),
    at=st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2201, 1, 1)),
)
def test_bound_values_come_back_whatever_they_hold(
    client: Any, text: str, numbers: list[int], at: dt.datetime
) -> None:
    at = at.replace(tzinfo=UTC)
    sql = "SELECT {text:String}, {texts:Array(String)}, {numbers:Array(UInt64)}, {at:DateTime64(6, 'UTC')}"
    row = client.query(
        sql, {"text": text, "texts": [text, ""], "numbers": numbers, "at": at}, tz_mode="aware"
    ).result_rows[0]
    assert row == (text, [text, ""], numbers, at)


def test_a_bound_value_of_megabytes_goes_as_a_form(client: Any) -> None:
    text = "å" * 2_000_000
    assert client.query("SELECT {text:String} AS t", {"text": text}).result_rows == [(text,)]


@pytest.mark.parametrize("columns", [["a"], ["a", "b"]])
@pytest.mark.parametrize(
    ("fmt", "data"),
    [
        ("CSV", '1,"x"\n2,"y"\n'),
        ("TSV", "1\tx\n2\ty\n"),
        ("JSONEachRow", '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'),
    ],
)
def test_rows_may_come_behind_the_statement_or_with_it_in_the_url(
    ask: Ask, fmt: str, data: str, columns: list[str]
) -> None:
    ask("CREATE TABLE t (a UInt8, b String) ENGINE = MergeTree ORDER BY a")
    statement = f"INSERT INTO t ({', '.join(columns + ['b'][: 2 - len(columns)])}) FORMAT {fmt}"
    assert ask(f"{statement}\n{data}").status == 200
    assert ask(data, query=statement).status == 200
    assert ask("SELECT a, b FROM t ORDER BY a").data == b"1\tx\n1\tx\n2\ty\n2\ty\n"


def test_values_may_hold_expressions_and_bound_values(ask: Ask) -> None:
    ask("CREATE TABLE t (a UInt8, b String) ENGINE = MergeTree ORDER BY a")
    assert (
        ask("INSERT INTO t (a, b) VALUES (1 + 1, {b:String}), (3, upper('x'))", param_b="it's").status == 200
    )
    assert ask("(4, 'url')", query="INSERT INTO t (a, b) VALUES").status == 200
    assert ask("SELECT * FROM t ORDER BY a").data == b"2\tit\\'s\n3\tX\n4\turl\n"


def test_an_empty_native_answer_has_its_columns(client: Any) -> None:
    client.command(f"CREATE TABLE types ({COLUMNS}) ENGINE = MergeTree ORDER BY tuple()")
    result = client.query(
        "WITH 1 AS one SELECT * FROM types WHERE small = {one:UInt16} -- nothing", {"one": 1}
    )
    assert result.result_rows == []
    assert dict(zip(result.column_names, [kind.name for kind in result.column_types], strict=True)) == {
        name: kind for name, (kind, _) in TYPES.items()
    }


@pytest.mark.parametrize("sql", ["SHOW TABLES", "SELECT name FROM system.tables WHERE name = 'none'"])
def test_an_empty_answer_has_its_columns_in_other_formats_too(ask: Ask, client: Any, sql: str) -> None:
    assert client.query(sql).column_names == ("name",)
    assert pa.ipc.open_stream(ask(f"{sql} FORMAT ArrowStream").data).read_all().column_names == ["name"]
    assert pa.ipc.open_file(ask(f"{sql} FORMAT Arrow").data).read_all().column_names == ["name"]
    assert json.loads(ask(f"{sql} FORMAT JSON").data)["meta"] == [{"name": "name", "type": "String"}]
    assert ask(f"{sql} FORMAT TSVWithNames").data == b"name\n"
    assert ask(sql).data == b""
    assert ask(sql).headers["X-ClickHouse-Format"] == "TabSeparated"


def test_an_empty_answer_tells_a_named_tuple_on_one_line(ask: Ask) -> None:
    kind = "Array(Tuple(name String, since Date))"
    assert ask(f"SELECT CAST([], '{kind}') AS spells WHERE 0 FORMAT Native").data.endswith(kind.encode())


def test_an_insert_may_begin_by_naming_a_value(ask: Ask) -> None:
    ask("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a")
    answer = ask("WITH 7 AS seven INSERT INTO t SELECT seven")
    assert answer.status == 200, answer.data
    assert ask("SELECT a FROM t").data == b"7\n"


def test_a_limit_of_zero_tells_the_columns(client: Any) -> None:
    assert client.query("SELECT 1 AS a LIMIT 0").column_names == ("a",)


@pytest.mark.parametrize("rows", [0, 1, 65_409, 100_000, 300_000])
def test_a_streamed_answer_is_whole(client: Any, ask: Ask, rows: int) -> None:
    sql = f"SELECT number, toString(number) AS text FROM numbers({rows})"
    with client.query_row_block_stream(sql) as blocks:
        assert sum(row[0] for block in blocks for row in block) == rows * (rows - 1) // 2
    table = pa.ipc.open_stream(ask(f"{sql} FORMAT ArrowStream").data).read_all()
    assert table.column("number").to_pylist() == list(range(rows))
    assert ask(f"{sql} FORMAT TSVRaw").data.count(b"\n") == rows


def test_an_endless_answer_begins_at_once(bare_settings: Settings) -> None:
    sql = "SELECT number FROM numbers(1000000000000)"
    response = HTTP.request("POST", bare_settings.warehouse, body=sql, preload_content=False, timeout=5)
    assert response.read(6) == b"0\n1\n2\n"
    response.close()


@pytest.mark.parametrize(
    ("coding", "plain"),
    [
        ("lz4", lz4.frame.decompress),
        ("zstd", lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)),
        ("gzip", gzip.decompress),
        ("deflate", zlib.decompress),
    ],
)
@pytest.mark.parametrize("rows", [1, 300_000])
def test_answers_are_compressed_on_request(
    bare_settings: Settings, coding: str, plain: Callable[[bytes], bytes], rows: int
) -> None:
    address, sql = bare_settings.warehouse, f"SELECT number FROM numbers({rows})"
    post = partial(HTTP.request, "POST", body=sql, headers={"Accept-Encoding": coding}, decode_content=False)
    response = post(f"{address}/?enable_http_compression=1")
    assert response.headers["Content-Encoding"] == coding
    assert plain(response.data) == b"".join(b"%d\n" % number for number in range(rows))
    assert "Content-Encoding" not in post(f"{address}/").headers


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("lz4", lz4.frame.compress),
        ("zstd", zstandard.compress),
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
    ],
)
def test_bodies_may_be_compressed_in_several_frames(
    ask: Ask, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    ask("CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a")
    frames = [b"INSERT INTO t FORMAT TSV\n1\n2", b"3\n", b"".join(b"%d\n" % n for n in range(200_000))]
    assert ask(b"".join(map(pack, frames)), headers={"Content-Encoding": coding}).status == 200
    assert ask("SELECT count(), max(a) FROM t").data == b"200002\t199999\n"
    broken = ask(pack(b"INSERT INTO t FORMAT TSV\n1\n") + b"rubbish", headers={"Content-Encoding": coding})
    assert broken.headers["X-ClickHouse-Exception-Code"] == "271"


def test_an_unknown_coding_is_refused(ask: Ask) -> None:
    assert ask("SELECT 1", headers={"Content-Encoding": "br"}).headers["X-ClickHouse-Exception-Code"] == "36"


def test_a_summary_tells_rows_read_and_written(client: Any) -> None:
    client.command("CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a")
    assert client.insert("t", [[1], [2]], column_names=["a"]).written_rows == 2
    assert client.query("SELECT a FROM t", settings={"query_id": "mine"}).summary["query_id"] == "mine"
