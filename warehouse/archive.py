"""Reads and writes of the archive and the entity tables: statements only, no judgement.

Entity lists travel as one string literal that SQL splits: a bound parameter of that size does not fit in an
address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import pyarrow as pa

from warehouse.client import Warehouse
from warehouse.figures import text_of

Place = tuple[str, int]
"""Topic and partition."""

_BIG: Final = {"max_query_size": 200_000_000}
_BY_THEN: Final = " AND received_at <= {until:DateTime64(6, 'UTC')}"


class ArchiveRow(NamedTuple):
    """One version as table `events` keeps it. Times are microseconds since 1970 UTC. by_store: the store adds
    when it was written, by its own clock.
    """

    topic: str
    entity: str
    id: str
    recorded_at: int
    content_hash: int
    municipality: str
    type: str
    source: str
    occurred_at: int
    retracted: int
    received_at: int
    partition: int
    offset: int
    body: bytes
    by_store: int = 1


class Confirmation(NamedTuple):
    """An unchanged fact was told again: table `confirmations`."""

    entity: str
    id: str
    content_hash: int
    recorded_at: int


class Refusal(NamedTuple):
    """A refused message: table `refused`."""

    topic: str
    partition: int
    offset: int
    reason: str
    field: str
    text_sv: str
    text_en: str
    payload_hash: str
    refused_at: int
    retry_until: int
    source_ref: str = ""


class Position(NamedTuple):
    """How far a partition is folded: table `positions`."""

    topic: str
    partition: int
    next_offset: int
    told_until: int
    accepted: int
    duplicates: int
    refused: int


class Told(NamedTuple):
    """A run of offsets with one fate, `seen` or `duplicate`: table `offsets_told`."""

    topic: str
    partition: int
    fate: str
    first_offset: int
    next_offset: int


class Touched(NamedTuple):
    """A span of time that changed: table `touched`."""

    touched_at: int
    municipality: str
    kind: str
    from_at: int


_TIMES: Final = frozenset(
    {"recorded_at", "occurred_at", "received_at", "refused_at", "retry_until", "told_until",
     "touched_at", "from_at"}
)  # fmt: skip
_INSTANT: Final = pa.timestamp("us", tz="UTC")
_COUNTS: Final = {"content_hash": pa.uint64(), "offset": pa.uint64(), "next_offset": pa.uint64(),
                  "partition": pa.uint16(), "retracted": pa.uint8(), "by_store": pa.uint8(),
                  "accepted": pa.uint64(),
                  "duplicates": pa.uint64(), "refused": pa.uint64(), "first_offset": pa.uint64()}  # fmt: skip


def _schema(row: type[Any]) -> pa.Schema:
    return pa.schema(
        [(name, _INSTANT if name in _TIMES else _COUNTS.get(name, pa.string())) for name in row._fields]
    )


TABLES: Final[dict[type[Any], tuple[str, pa.Schema]]] = {
    ArchiveRow: ("events", _schema(ArchiveRow)),
    Confirmation: ("confirmations", _schema(Confirmation)),
    Refusal: ("refused", _schema(Refusal)),
    Position: ("positions", _schema(Position)),
    Told: ("offsets_told", _schema(Told)),
    Touched: ("touched", _schema(Touched)),
}


def write(warehouse: Warehouse, rows: Sequence[tuple[Any, ...]]) -> None:
    """Append rows of one of the row types above, in one insert. Unavailable when the store does not
    answer.
    """
    if rows:
        table, schema = TABLES[type(rows[0])]
        warehouse.insert_arrow(table, _arrow(rows, schema))


def write_columns(warehouse: Warehouse, row: type[Any], columns: Sequence[Sequence[object]]) -> None:
    """The same for many rows, given as the columns of a row type in its order."""
    if columns[0]:
        table, schema = TABLES[row]
        warehouse.insert_arrow(table, _table(columns, schema))


def write_entities(
    warehouse: Warehouse, table: str, rows: Sequence[tuple[Any, ...]], schema: pa.Schema
) -> None:
    """Replace entity rows whole, in one insert; `schema` is `entity_schema(table, columns)`."""
    warehouse.insert_arrow(table, _arrow(rows, schema))


def _arrow(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    return _table(list(zip(*rows, strict=True)), schema)


def _table(columns: Sequence[Sequence[object]], schema: pa.Schema) -> pa.Table:
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def entity_schema(warehouse: Warehouse, table: str, columns: Sequence[str]) -> pa.Schema:
    """Arrow types of an entity table's columns, as the store itself tells them."""
    names = ", ".join(f"`{column}`" for column in columns)
    return _plain(warehouse.query_arrow(f"SELECT {names} FROM {table} LIMIT 0").schema)


def plain(table: pa.Table) -> pa.Table:
    """The rows with types that any reader knows and the store takes back."""
    return table.cast(_plain(table.schema))


def _plain(schema: pa.Schema) -> pa.Schema:
    """Booleans are written as UInt8, texts as plain strings, times as microseconds in UTC."""
    return pa.schema([(field.name, _plain_type(field.type)) for field in schema])


def _plain_type(told: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(told):
        return _plain_type(told.value_type)
    if pa.types.is_map(told):
        return pa.map_(_plain_type(told.key_type), _plain_type(told.item_type))
    if pa.types.is_list(told):
        return pa.list_(_plain_type(told.value_type))
    if pa.types.is_binary(told):
        return pa.string()
    return _INSTANT if pa.types.is_timestamp(told) else told


def histories(
    warehouse: Warehouse, topic: str, entities: Iterable[str], until: datetime | None = None
) -> Iterator[tuple[int, bytes]]:
    """Every archived version of the entities as (content_hash, body); a version written twice comes once.

    until: of what was received by then.
    """
    raw = warehouse.raw(
        "SELECT content_hash, any(body) FROM events WHERE topic = {topic:String}"
        f" AND entity IN {listed(entities)}"
        f"{'' if until is None else _BY_THEN} GROUP BY entity, id, recorded_at, content_hash",
        {"topic": topic} if until is None else {"topic": topic, "until": text_of(until)},
        settings=_BIG,
    )
    for line in raw.splitlines():
        digest, _, body = line.partition(b"\t")
        yield int(digest), body


def confirmations(warehouse: Warehouse, entities: Iterable[str]) -> Iterator[Confirmation]:
    """When unchanged facts of the entities were last told again."""
    raw = warehouse.raw(
        "SELECT entity, id, content_hash, toUnixTimestamp64Micro(max(recorded_at)) FROM confirmations"
        f" WHERE entity IN {listed(entities)}"
        " GROUP BY entity, id, content_hash",
        settings=_BIG,
    )
    for line in raw.decode().splitlines():
        entity, fact, digest, recorded_at = line.split("\t")
        yield Confirmation(entity, fact, int(digest), int(recorded_at))


def listed(entities: Iterable[str]) -> str:
    """The right side of an IN. Keys are pattern-checked at the door; quotes and backslashes are escaped all
    the same.
    """
    literal = "'" + "\n".join(entities).replace("\\", "\\\\").replace("'", "\\'") + "'"
    return f"(SELECT arrayJoin(splitByChar('\\n', {literal})))"


def known_entities(warehouse: Warehouse, topic: str) -> Iterator[list[str]]:
    """Every entity key that the archive holds of a topic, in order, in chunks."""
    last = ""
    while True:
        chunk = warehouse.raw(
            "SELECT DISTINCT entity FROM events WHERE topic = {topic:String} AND entity > {last:String}"
            " ORDER BY entity LIMIT 200000",
            {"topic": topic, "last": last},
        ).decode()
        names = chunk.splitlines()
        if not names:
            return
        yield names
        last = names[-1]


def folded(warehouse: Warehouse) -> dict[tuple[str, int], int]:
    """The next offset to fold, by topic and partition."""
    rows = warehouse.rows("SELECT topic, partition, next_offset FROM positions FINAL")
    return {(row["topic"], row["partition"]): row["next_offset"] for row in rows}


def received_until(warehouse: Warehouse) -> datetime:
    """When the newest version was received, by that worker's clock; 1970 for an empty archive."""
    (row,) = warehouse.rows("SELECT max(received_at) AS at FROM events")
    at: datetime = row["at"]
    return at


def told_until(warehouse: Warehouse) -> dict[tuple[str, int], int]:
    """Until when each partition has told everything that was folded, in microseconds."""
    rows = warehouse.rows(
        "SELECT topic, partition, toUnixTimestamp64Micro(told_until) AS until FROM positions FINAL"
    )
    return {(row["topic"], row["partition"]): row["until"] for row in rows}


def clock(warehouse: Warehouse) -> datetime:
    """What time it is by the store's own clock, in UTC."""
    (row,) = warehouse.rows("SELECT now64(6, 'UTC') AS at")
    at: datetime = row["at"]
    return at


def written_kinds(warehouse: Warehouse, since: datetime) -> set[str]:
    """Kinds of the entities of which something was written since then, by the store's clock."""
    sql = (
        "SELECT DISTINCT splitByChar('/', entity)[2] AS kind FROM events"
        " WHERE written_at >= {since:DateTime64(6, 'UTC')}"
    )
    return {row["kind"] for row in warehouse.rows(sql, {"since": text_of(since)})}


def stale_entities(warehouse: Warehouse, table: str, kind: str, span: tuple[datetime, datetime]) -> list[str]:
    """Entities of which something was last written within the span, by the store's clock, and whose row does
    not count all archived versions. Of a table of millions only the rows of these are read.
    """
    rows = warehouse.rows(
        f"""
        WITH touched AS
        (
            SELECT entity FROM events
            WHERE written_at >= {{since:DateTime64(6, 'UTC')}}
              AND splitByChar('/', entity)[2] = {{kind:String}}
            GROUP BY entity HAVING max(written_at) < {{until:DateTime64(6, 'UTC')}}
        )
        SELECT e.entity AS entity FROM
        (
            SELECT entity, count() AS versions FROM
            (
                SELECT DISTINCT topic, entity, id, recorded_at, content_hash FROM events
                WHERE entity IN (touched)
            )
            GROUP BY entity
        ) AS e
        LEFT JOIN
        (
            SELECT entity, max(version) AS version FROM {table} WHERE entity IN (touched) GROUP BY entity
        ) AS r ON r.entity = e.entity
        WHERE e.versions != r.version % 1099511627776
        """,
        {"since": text_of(span[0]), "until": text_of(span[1]), "kind": kind},
    )
    return [row["entity"] for row in rows]
