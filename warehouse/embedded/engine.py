"""chDB in this process: the one folder it has open, connections to it, and the end of a running statement.

The one home of chDB. All of it blocks; `server.py` calls it from threads.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.errors import Misconfigured
from warehouse.embedded import spool, statement

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
    """One statement as a client sent it.

    class_: `Engine.kind`; params: bound values, escaped by ClickHouse's rules; readonly: 0, 1 or 2;
    session: (user, session_id), None for a statement on its own.
    """

    sql: str
    query_id: str
    class_: str = "READ_ONLY"
    format: str = statement.DEFAULT_FORMAT
    database: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    readonly: int = 0
    session: tuple[str, str] | None = None
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)  # by which `Engine.kill` finds it


class Engine:
    """The store in one folder. Raises Misconfigured when another process has it open."""

    def __init__(self, folder: Path) -> None:
        os.environ["TZ"] = "UTC"  # the engine's zone; the machine's own must not colour any figure
        time.tzset()
        import chdb  # heavy, and reads TZ when it is loaded

        self._chdb: Any = chdb._chdb
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        _check_free(folder)
        config = folder.with_name(folder.name + ".config.xml")
        config.write_text(_CONFIG)
        try:
            self._keeper: Any = self._chdb.connect(f"{folder}?config-file={config}")
        except RuntimeError as error:
            raise Misconfigured(f"{folder} cannot be opened: {' '.join(str(error).split())}") from error
        spool.clear(folder)
        self._chdb.reset_signal_handlers()  # signals are the server's
        self._killer = self.connect()
        self._killing = threading.Lock()
        self.version: str = self._keeper.query("SELECT version()", "TSV").bytes().decode().strip()

    def connect(self) -> Any:
        """A connection with a session of its own; costs 0.1 ms."""
        return self._chdb.connect(str(self.folder))

    def kind(self, sql: str) -> tuple[str, int]:
        """What a text would do, by the engine's parser: (READ_ONLY | MUTATING | …, number of statements)."""
        verdict = self._keeper.classify_query(sql)
        return verdict["query_class"].name, verdict["statement_count"]

    def kill(self, mark: str) -> None:
        """Ask a running statement to stop; does nothing when it has ended or not yet begun."""
        with self._killing:
            self._killer.query(f"KILL QUERY WHERE Settings['log_comment'] = {quoted(mark)} ASYNC", "TSV")

    def close(self) -> None:
        """Write what is in memory and let go of the folder."""
        self._killer.close()
        self._keeper.close()


def _check_free(folder: Path) -> None:
    """The engine locks the file `status` while it has a folder open, and tells little when it cannot."""
    try:
        with (folder / "status").open("rb") as status:
            fcntl.flock(status, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return
    except BlockingIOError as error:
        text = f"{folder} is open in another warehouse server; stop that one or choose another --data"
        raise Misconfigured(text) from error


def quoted(text: str) -> str:
    """A string literal of SQL."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def named(text: str) -> str:
    """An identifier of SQL."""
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`"
