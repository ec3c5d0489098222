"""The one home of clickhouse-connect: a thin client of any ClickHouse server, the embedded one included.

Errors are sorted by reaction: what may go well on another try is `Unavailable`, the rest `WarehouseError`
with ClickHouse's code. Times come back aware, in UTC. Several threads may use one `Warehouse`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import clickhouse_connect
import pyarrow as pa
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from urllib3.exceptions import HTTPError

from schemas.errors import HubError, Misconfigured, Unavailable
from schemas.settings import Settings

TABLES = Path(__file__).parent / "tables"
BATCH_ROWS = 10_000  # rows that leave for the server while the next are made ready

# Codes after which the same work may go well later: timeouts, too much at once, memory, disk, network
PASSING = frozenset({
    74, 75, 76, 159, 160, 202, 203, 209, 210, 225, 236, 241, 242, 243, 252, 279, 285, 286, 319, 373, 394,
    425, 439, 735, 999,
})  # fmt: skip
_LATE_ERROR = re.compile(rb"\r\n__exception__\r\n\w+\r\n(.*)\n\d+ \w+\r\n__exception__\r\n\Z", re.DOTALL)
_CODE = re.compile(r"Code: (\d+)")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_MAX_QUERY_SIZE = 262_144  # bytes of statement text that a ClickHouse server reads unless told otherwise

Parameters = Mapping[str, Any] | None


class WarehouseError(HubError):
    """A statement that the warehouse refused for good. code: ClickHouse's number, 0 where it gave none."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.code = code


class Warehouse:
    """Statements on one database. Every method raises Unavailable or WarehouseError."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def query_arrow(self, sql: str, parameters: Parameters = None, settings: Parameters = None) -> pa.Table:
        """The rows of a SELECT, with their columns even when there are none."""
        answer = self.raw(sql, parameters, "ArrowStream", settings)
        return pa.ipc.open_stream(answer).read_all()

    def rows(self, sql: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        """The rows of a SELECT as dicts."""
        with _told():
            result = self._client.query(sql, dict(parameters or {}), settings=_limits(sql, None))
            return [dict(row) for row in result.named_results()]

    def command(self, sql: str, parameters: Parameters = None) -> Any:
        """Run a statement that changes something, or fetch a single value."""
        with _told():
            return self._client.command(sql, dict(parameters or {}), settings=_limits(sql, None))

    def insert_arrow(self, table_name: str, table: pa.Table) -> None:
        """Insert a table whose columns bear the target's names; when this returns, the rows are written."""
        columns = ", ".join(f"`{name}`" for name in table.column_names)
        with _told():
            self._client.raw_insert(
                f"{table_name} ({columns})", insert_block=_stream(table), fmt="ArrowStream"
            )

    def raw(
        self, sql: str, parameters: Parameters = None, fmt: str = "TSVRaw", settings: Parameters = None
    ) -> bytes:
        """The answer in any of ClickHouse's formats, as it came."""
        with _told():
            answer = self._client.raw_query(sql, dict(parameters or {}), _limits(sql, settings), fmt)
        late = _LATE_ERROR.search(answer[-20_000:])
        if late:
            text = late.group(1).decode(errors="replace")
            raise _failure(text, _code(text))
        return answer

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def connect(settings: Settings, *, user: str | None = None) -> Warehouse:
    """A client of the warehouse in the settings. user: another than theirs, whose token lies beside theirs.

    The database need not exist yet. Raises Misconfigured for a wrong address or login, Unavailable when
    nobody answers.
    """
    if not settings.warehouse:
        way_out = "./puls up starts one, PULS_WAREHOUSE=http(s)://host:port names an existing warehouse"
        raise Misconfigured(f"no hub runs in {settings.home}: {way_out}")
    address = urlsplit(settings.warehouse)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise Misconfigured(f"PULS_WAREHOUSE={settings.warehouse!r} is not http(s)://host:port")
    logging.getLogger("clickhouse_connect").setLevel(logging.ERROR)  # what it warns of, it raises as well
    try:
        with _told():
            client = clickhouse_connect.get_client(
                interface=address.scheme,
                host=address.hostname,
                port=address.port or (8443 if address.scheme == "https" else 8123),
                username=user or settings.warehouse_user,
                password=_token(settings, user),
                compress=address.hostname not in _LOOPBACK,
                autogenerate_session_id=False,
                tz_mode="aware",
                client_name="kommunpuls",
                connect_timeout=5,
                send_receive_timeout=300,
                dedicated_pool=True,
            )
    except WarehouseError as error:
        raise Misconfigured(
            f"{settings.warehouse} refuses {user or settings.warehouse_user}: {error}"
        ) from error
    except Unavailable as error:
        way_out = "./puls up starts the hub, PULS_WAREHOUSE names another warehouse"
        raise Unavailable(f"{error}, address {settings.warehouse}: {way_out}") from error
    client.database = settings.database
    return Warehouse(client)


def create_tables(warehouse: Warehouse, database: str) -> None:
    """Create the database and run every file in `tables/` in name order. May be repeated."""
    with _told():
        warehouse._client.command(f"CREATE DATABASE IF NOT EXISTS `{database}`", use_database=False)
    for file in sorted(TABLES.glob("*.sql")):
        for sql in statements(file.read_text()):
            warehouse.command(sql)


def statements(text: str) -> list[str]:
    """The statements of a file, each ended by a semicolon at a line's end; comments alone are left out."""
    parts = (part.strip() for part in re.split(r";[ \t]*(?:\n|\Z)", text))
    return [part for part in parts if re.sub(r"--[^\n]*", "", part).strip()]


def _token(settings: Settings, user: str | None) -> str:
    file = settings.warehouse_password_file
    if file is None:
        return ""
    file = file.with_name(user) if user else file
    try:
        return file.read_text().strip()
    except OSError as error:
        raise Misconfigured(f"the warehouse's token {file} cannot be read: {error.strerror}") from error


def _stream(table: pa.Table) -> Generator[bytes, None, None]:
    """The table as an Arrow stream, in pieces: the server reads the first while the last are written."""
    sink = _Pieces()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        for batch in table.to_batches(max_chunksize=BATCH_ROWS):
            writer.write_batch(batch)
            yield sink.take()
    yield sink.take()


class _Pieces:
    """A file that gives back what was written since it was last asked."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: Any) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> bytes:
        data, self._written = b"".join(self._written), []
        return data


def _limits(sql: str, settings: Parameters) -> dict[str, Any]:
    """The settings, and room for a statement that is longer than a server reads by default."""
    size = len(sql.encode()) if len(sql) > _MAX_QUERY_SIZE // 4 else 0
    room = {"max_query_size": size + 4096} if size > _MAX_QUERY_SIZE - 4096 else {}
    return {**room, **(settings or {})}


@contextmanager
def _told() -> Iterator[None]:
    """Turn the library's errors into the hub's."""
    try:
        yield
    except ClickHouseError as error:
        if isinstance(error.__cause__, (HTTPError, OSError)) and not _code(str(error), error):
            raise Unavailable(f"the warehouse does not answer ({_reason(error)})") from error
        raise _failure(str(error), _code(str(error), error)) from error
    except (HTTPError, OSError) as error:
        raise Unavailable(f"the warehouse does not answer ({_reason(error)})") from error


def _reason(error: BaseException) -> str:
    """What the system said first, below the layers that pass it on."""
    reason, below = type(error).__name__, error.__cause__ or error.__context__
    if isinstance(error, OSError) and error.strerror:
        reason = error.strerror
    return _reason(below) if below else reason


def _code(text: str, error: ClickHouseError | None = None) -> int:
    """ClickHouse's number; 0 where it gave none: the network failed, or the server went away."""
    found = _CODE.search(text)
    return getattr(error, "code", None) or (int(found.group(1)) if found else 0)


def _failure(text: str, number: int) -> HubError:
    if number in PASSING or (not number and re.search(r"HTTP status (429|5\d\d)", text)):
        return Unavailable(text)
    return WarehouseError(text, number)
