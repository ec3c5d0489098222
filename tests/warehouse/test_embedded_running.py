"""The embedded server under several clients, clients that go away, starts, stops and kills."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import clickhouse_connect
import pytest
from clickhouse_connect.driver.exceptions import DatabaseError

from schemas.settings import Settings
from tests.warehouse.asking import Ask, running, until
from tests.warehouse.starting import command, start


def test_a_short_query_runs_beside_long_ones(ask: Ask) -> None:
    long = [
        threading.Thread(target=ask, args=("SELECT sleepEachRow(0.1) FROM numbers(15)",)) for _ in range(4)
    ]
    for thread in long:
        thread.start()
    began = time.monotonic()
    assert ask("SELECT 1").data == b"1\n"
    assert time.monotonic() - began < 1
    for thread in long:
        thread.join()


def test_readers_see_whole_inserts_while_a_writer_writes(bare_settings: Settings, ask: Ask) -> None:
    ask("CREATE TABLE t (a UInt64, b UInt64) ENGINE = MergeTree ORDER BY a")
    body = b"INSERT INTO t FORMAT TSV\n" + b"".join(b"%d\t1\n" % number for number in range(1_000))
    ended = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not ended.is_set():
            seen.append(int(ask("SELECT sum(b) FROM t").data))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(40):
        assert ask(body).status == 200
    ended.set()
    for reader in readers:
        reader.join()
    assert seen and all(count % 1_000 == 0 for count in seen)
    assert ask("SELECT sum(b) FROM t").data == b"40000\n"


def test_the_async_client_works_unchanged(bare_settings: Settings) -> None:
    address = urlsplit(bare_settings.warehouse)

    async def run() -> None:
        client = await clickhouse_connect.get_async_client(
            host=address.hostname or "", port=address.port or 0, database=bare_settings.database,
            autogenerate_session_id=False,
        )  # fmt: skip
        async with client:
            await client.command("CREATE TABLE t (a UInt32, b String) ENGINE = MergeTree ORDER BY a")
            await client.insert(
                "t", [[number, "x" * 50] for number in range(50_000)], column_names=["a", "b"]
            )
            counts = await asyncio.gather(*(client.command("SELECT count() FROM t") for _ in range(10)))
            assert counts == [50_000] * 10
            async with await client.query_row_block_stream("SELECT a FROM t") as blocks:
                assert sum([len(block) async for block in blocks]) == 50_000
            assert (await client.query("SELECT a FROM t WHERE 0")).column_names == ("a",)
            assert (await client.query_arrow("SELECT a FROM t")).num_rows == 50_000
            with pytest.raises(DatabaseError, match="nothing"):
                await client.query("SELECT nothing")

    asyncio.run(run())


def _send(address: str, head: str, body: bytes = b"") -> socket.socket:
    where = urlsplit(address)
    connection = socket.create_connection((where.hostname, where.port))
    connection.sendall(head.encode() + b"\r\n" + body)
    return connection


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(sipHash64(number, '{mark}')) FROM numbers(1000000000000)",
        "SELECT number, '{mark}' FROM numbers(1000000000000)",
        "INSERT INTO FUNCTION null('a UInt64, b String') SELECT number, '{mark}' FROM numbers(1000000000000)",
        "SELECT number, '{mark}' FROM numbers(1000000000000) ORDER BY sipHash64(number) LIMIT 10 FORMAT JSON",
    ],
)
def test_a_statement_stops_when_its_client_goes_away(ask: Ask, bare_settings: Settings, sql: str) -> None:
    mark = uuid.uuid4().hex
    body = sql.replace("{mark}", mark).encode()
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
    connection = _send(bare_settings.warehouse, head, body)
    assert until(lambda: running(ask, mark))
    connection.close()
    assert until(lambda: not running(ask, mark)), "the statement still runs"


def test_an_insert_whose_client_goes_away_writes_nothing(ask: Ask, bare_settings: Settings) -> None:
    ask("CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a")
    query = urlencode({"query": "INSERT INTO t FORMAT TSV", "database": bare_settings.database})
    connection = _send(
        bare_settings.warehouse,
        f"POST /?{query} HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n",
        b"1\n" * 4_000_000,
    )
    connection.close()
    assert not until(lambda: ask("SELECT count() FROM t").data != b"0\n", seconds=1)


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    for number in range(3):
        with start(tmp_path / "data") as server:
            if number == 0:
                server.ask("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a")
            assert server.ask("SELECT count() FROM t").data == b"%d\n" % (number * 50)
            for row in range(50):
                assert server.ask(f"INSERT INTO t FORMAT TSV\n{number * 50 + row}\n").status == 200
            server.process.kill()
    with start(tmp_path / "data") as server:
        assert server.ask("SELECT count(), uniqExact(a) FROM t").data == b"150\t150\n"


def test_a_stop_is_clean_even_while_a_statement_runs(tmp_path: Path) -> None:
    with start(tmp_path / "data") as server:
        server.ask("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a")
        server.ask("INSERT INTO t SELECT number FROM numbers(10)")
        long = threading.Thread(
            target=server.ask_anyhow, args=("SELECT sum(sipHash64(number)) FROM numbers(1000000000000)",)
        )
        long.start()
        time.sleep(0.3)
        server.process.terminate()
        assert server.process.wait(timeout=15) == 0
        long.join()
    with start(tmp_path / "data") as server:
        assert server.ask("SELECT count() FROM t").data == b"10\n"


def test_a_second_server_on_the_same_folder_says_so_in_one_line(tmp_path: Path) -> None:
    with start(tmp_path / "data"):
        told = _refusal("--data", str(tmp_path / "data"), "--port", "0")
        assert told.startswith(
            f"warehouse: {tmp_path}/data is open in another warehouse server; stop that one"
        )


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cannot listen on 127.0.0.1:{port}" in _refusal(
            "--data", str(tmp_path / "data"), "--port", str(port)
        )


def test_listening_off_loopback_needs_tokens(tmp_path: Path) -> None:
    assert "needs a login: give --tokens" in _refusal("--data", str(tmp_path / "data"), "--host", "0.0.0.0")


@pytest.mark.parametrize(("mode", "token", "told"), [(0o644, "t", "chmod 600"), (0o600, "", "is empty")])
def test_tokens_must_be_secret_and_not_empty(tmp_path: Path, mode: int, token: str, told: str) -> None:
    (tmp_path / "tokens").mkdir()
    (tmp_path / "tokens" / "hub").write_text(token)
    (tmp_path / "tokens" / "hub").chmod(mode)
    assert told in _refusal("--data", str(tmp_path / "data"), "--tokens", str(tmp_path / "tokens"))


def _refusal(*arguments: str) -> str:
    done = subprocess.run(command(*arguments), capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_idle_it_needs_less_than_400_mb(tmp_path: Path) -> None:
    with start(tmp_path / "data") as server:
        assert server.resident_mb() < 400
