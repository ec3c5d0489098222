"""chDB as a set of connections: each statement runs on a connection of its own, so short ones pass long ones.

The one home of chDB. All of it blocks; `server.py` calls it from threads.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.errors import Misconfigured
from warehouse.embedded import failures, native, statement

# Answers in these formats can be put together from chDB's chunks; the engine builds all others whole.
_STREAMED = {
    "Native", "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "CSV", "JSONEachRow", "NDJSON", "JSONLines",
    "JSONCompactEachRow", "RowBinary", "ArrowStream",
}  # fmt: skip

# For every statement, before its own settings. Deduplication is the keys' work (architecture 5); the rest is
# what a ClickHouse server has where chDB chose otherwise.
_DEFAULTS = {
    "async_insert": "0",
    "insert_deduplicate": "0",
    "deduplicate_insert": "disable",
    "implicit_select": "0",
    "allow_introspection_functions": "0",
}

# Small caches and pools: a hub's hot data is small, and the whole hub has 1.6 GB at rest.
_CONFIG = """<clickhouse>
  <max_server_memory_usage_to_ram_ratio>0.6</max_server_memory_usage_to_ram_ratio>
  <mark_cache_size>67108864</mark_cache_size>
  <index_mark_cache_size>16777216</index_mark_cache_size>
  <primary_index_cache_size>67108864</primary_index_cache_size>
  <vector_similarity_index_cache_size>1048576</vector_similarity_index_cache_size>
  <query_condition_cache_size>8388608</query_condition_cache_size>
  <max_thread_pool_size>256</max_thread_pool_size>
  <max_thread_pool_free_size>8</max_thread_pool_free_size>
  <background_pool_size>2</background_pool_size>
</clickhouse>
"""


@dataclass(frozen=True)
class Call:
    """One statement as a client sent it. params: bound values, escaped by ClickHouse's rules."""

    sql: str
    query_id: str
    format: str = statement.DEFAULT_FORMAT
    database: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    readonly: int = 0


class Engine:
    """The store in one folder. Raises Misconfigured when another process has it open."""

    def __init__(self, folder: Path) -> None:
        os.environ["TZ"] = "UTC"  # the engine's zone; the machine's own must not colour any figure
        time.tzset()
        import chdb  # heavy, and reads TZ when it is loaded

        folder.mkdir(parents=True, exist_ok=True)
        config = folder.with_name(folder.name + ".config.xml")
        config.write_text(_CONFIG)
        self._chdb: Any = chdb._chdb
        self._address = str(folder)
        try:
            self._keeper: Any = self._chdb.connect(f"{folder}?config-file={config}")
        except RuntimeError as error:
            raise Misconfigured(_why_not_open(folder, str(error))) from error
        self._chdb.reset_signal_handlers()  # signals are the server's
        self._killer = self.connect()
        self._killing = threading.Lock()
        self.version: str = self._keeper.query("SELECT version()", "TSV").bytes().decode().strip()

    def connect(self) -> Any:
        """A connection with a session of its own; costs 0.1 ms."""
        return self._chdb.connect(self._address)

    def kind(self, sql: str) -> tuple[str, int]:
        """What a text would do, by the engine's parser: (READ_ONLY | MUTATING | …, number of statements)."""
        verdict = self._keeper.classify_query(sql)
        return verdict["query_class"].name, verdict["statement_count"]

    def kill(self, query_id: str) -> None:
        """Ask a running statement to stop; does nothing when it has ended or not yet begun."""
        with self._killing:
            self._killer.query(f"KILL QUERY WHERE Settings['log_comment'] = {quoted(query_id)} ASYNC", "TSV")

    def close(self) -> None:
        """Write what is in memory and let go of the folder."""
        self._killer.close()
        self._keeper.close()


def _why_not_open(folder: Path, error: str) -> str:
    if "already running" in error:
        return f"{folder} is open in another warehouse server; stop that one or choose another --data"
    return f"{folder} cannot be opened: {' '.join(error.split())}"


def quoted(text: str) -> str:
    """A string literal of SQL."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _name(text: str) -> str:
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`"


class _OnConnection:
    """A statement's connection, with its settings applied."""

    def __init__(self, engine: Engine, call: Call) -> None:
        self.engine = engine
        self.call = call
        self.connection = engine.connect()
        self.read_rows = self.read_bytes = self.written_rows = self.written_bytes = 0
        try:
            self._prepare()
        except RuntimeError as error:
            self.connection.close()
            raise failures.from_engine(error) from error

    def _prepare(self) -> None:
        settings = _DEFAULTS | dict(self.call.settings) | {"log_comment": self.call.query_id}
        if self.call.readonly:
            settings["readonly"] = str(self.call.readonly)  # the last, as nothing can be set after it
        if self.call.database:
            self.connection.query(f"USE {_name(self.call.database)}", "TSV")
        self.connection.query(
            "SET " + ", ".join(f"{_name(k)} = {quoted(v)}" for k, v in settings.items()), "TSV"
        )

    def close(self) -> None:
        """End the statement, finished or not."""
        self.connection.close()


class Reading(_OnConnection):
    """A statement without data of its own: SELECT, DDL, anything but an insert of rows."""

    def __init__(self, engine: Engine, call: Call) -> None:
        super().__init__(engine, call)
        self.format = statement.answer_format(call.sql, call.format)
        self._stream: Any = None
        self._started = time.perf_counter()
        self._chunks = 0
        self._ended = False
        self.has_result = engine.kind(call.sql)[0] == "READ_ONLY"

    @property
    def elapsed_ns(self) -> int:
        """Time since the statement began."""
        return int((time.perf_counter() - self._started) * 1e9)

    def fetch(self) -> bytes | None:
        """The next piece of the answer, None after the last. Raises Refused."""
        if self._ended:
            return None
        try:
            chunk = self._next()
        except RuntimeError as error:
            self._ended = True
            raise failures.from_engine(error) from error
        self._chunks += 1
        return chunk

    def _next(self) -> bytes | None:
        streams = self.format in _STREAMED and statement.first_word(self.call.sql) in {
            "SELECT",
            "WITH",
            "FROM",
        }
        if self._chunks == 0 and not streams:
            return self._whole()
        if self._stream is None:
            self._stream = self.connection.send_query(
                self.call.sql, self.format, params=dict(self.call.params)
            )
        result = self.connection.streaming_fetch_result(self._stream)
        rows = result.rows_read()
        self.read_rows += rows
        self.read_bytes += result.bytes_read()
        if rows == 0:
            self._ended = True
            return self._last(result.bytes())
        chunk: bytes = result.bytes()
        return native.arrow_batches(chunk, first=self._chunks == 0) if self.format == "ArrowStream" else chunk

    def _whole(self) -> bytes:
        self._ended = True
        result = self.connection.query(self.call.sql, self.format, params=dict(self.call.params))
        self.read_rows, self.read_bytes = result.rows_read(), result.bytes_read()
        self.written_rows, self.written_bytes = result.rows_written(), result.bytes_written()
        answer: bytes = result.bytes()
        if not answer and self.format == "Native" and self.has_result:
            return native.empty_block(self._columns())
        return answer

    def _last(self, rest: bytes) -> bytes | None:
        """What ends a streamed answer, which for an empty one is its columns: chDB gives 0 bytes there."""
        if self.format == "ArrowStream":
            return native.ARROW_END if self._chunks else rest
        if self._chunks == 0 and self.format == "Native":
            return native.empty_block(self._columns())
        return None

    def _columns(self) -> list[tuple[str, str]]:
        sql, params = statement.without_format(self.call.sql), dict(self.call.params)
        if statement.first_word(sql) in {"SELECT", "WITH", "FROM"}:
            rows = self._table(f"DESCRIBE TABLE ({sql}\n)", params)
            return [(row[0], row[1]) for row in rows]
        head = (
            self.connection.query(f"{sql}\nFORMAT TSVWithNamesAndTypes", "TSV", params=params)
            .bytes()
            .decode()
        )
        names, types = (line.split("\t") for line in head.splitlines()[:2])
        return [(_unescaped(n), _unescaped(t)) for n, t in zip(names, types, strict=True)]

    def _table(self, sql: str, params: dict[str, str]) -> list[list[str]]:
        text = self.connection.query(sql, "TSV", params=params).bytes().decode()
        return [[_unescaped(cell) for cell in line.split("\t")] for line in text.splitlines()]


def _unescaped(cell: str) -> str:
    """A TabSeparated cell as it was, for names and types (which hold no control characters)."""
    return cell.replace("\\'", "'").replace("\\\\", "\\")


class Writing(_OnConnection):
    """An INSERT whose rows come as data, in pieces; nothing is written before `finish` within one block."""

    def __init__(self, engine: Engine, call: Call) -> None:
        super().__init__(engine, call)
        self._started = time.perf_counter()
        try:
            for name, value in call.params.items():
                self.connection.query(f"SET {_name('param_' + name)} = {quoted(value)}", "TSV")
            self._handle = self.connection.send_insert(call.sql, call.format)
        except RuntimeError as error:
            self.connection.close()
            raise failures.from_engine(error) from error

    @property
    def elapsed_ns(self) -> int:
        """Time since the statement began."""
        return int((time.perf_counter() - self._started) * 1e9)

    def append(self, data: bytes) -> None:
        """Hand over the next piece of data. Raises Refused."""
        try:
            self.connection.insert_append(self._handle, data)
        except RuntimeError as error:
            raise failures.from_engine(error) from error

    def finish(self) -> None:
        """Write; when this returns, the rows are in the table. Raises Refused."""
        try:
            result = self.connection.insert_done(self._handle)
        except RuntimeError as error:
            raise failures.from_engine(error) from error
        self._handle = None
        self.written_rows, self.written_bytes = result.rows_written(), result.bytes_written()

    def close(self) -> None:
        """Let go; an insert that was not finished is taken back."""
        if self._handle is not None:
            self.connection.insert_cancel(self._handle)
            self._handle = None
        super().close()
