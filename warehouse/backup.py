"""`./puls backup`: what of the hub cannot be made again, into a folder of segments (`warehouse/segments.py`).

What is new is found by content, not by a clock: per table and day the rows are counted and their hashes
summed, days whose sums stand are left alone, and of the others only rows are written whose hash no segment
holds. A row that comes in late, of a worker that slept or whose clock is wrong, is found like any other.
Pseudonym keys are not in it: they lie with the producers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from schemas.errors import Misconfigured
from warehouse import segments
from warehouse.archive import plain
from warehouse.client import Warehouse
from warehouse.kept import KEPT, Kept
from warehouse.segments import ROW_HASH, Manifest, Sums

PIECE: Final = 200_000
"""Rows that are held at a time, and most in a segment."""
_BACKUPS: Final = pa.schema(
    [("at", pa.timestamp("us", tz="UTC")), ("act", pa.string()), ("head", pa.string()),
     ("segments", pa.uint64()), ("rows", pa.uint64()), ("seconds", pa.float64())]
)  # fmt: skip

Say = Callable[[str], None]


@dataclass(frozen=True)
class Taken:
    """What a backup wrote, and what the folder holds afterwards. head: the chain's end."""

    new_rows: int
    new_segments: int
    segments: int
    rows: int
    head: str


def backup(warehouse: Warehouse, folder: Path, say: Say) -> Taken:
    """Write what the folder does not hold yet. The hub may run meanwhile; one that broke off goes on here.

    Raises Misconfigured where another backup writes to the folder, or a segment of it is gone.
    """
    began, clock = datetime.now(UTC), time.monotonic()
    with segments.held(folder):
        manifest = _manifest(folder)
        before = manifest.complete
        found = {kept.table: _Export(warehouse, folder, manifest, kept, say).run() for kept in KEPT}
        manifest.sums = {table: sums for table, (sums, _) in found.items()}
        manifest.taken_at, manifest.complete = began.isoformat(), len(manifest.segments)
        segments.write(folder, manifest)
    new = sum(rows for _, rows in found.values())
    rows = sum(entry.rows for kept in KEPT for entry in manifest.of(kept.table))
    taken = Taken(new, manifest.complete - before, manifest.complete, rows, manifest.head)
    told = {"at": began.isoformat(), "head": taken.head, "segments": taken.segments, "rows": taken.rows}
    note(warehouse, "backup", told | {"seconds": time.monotonic() - clock})
    _note_drills(warehouse, folder)
    return taken


def note(warehouse: Warehouse, act: str, told: Mapping[str, Any]) -> None:
    """Keep that a backup was taken, or a drill held, where the engineer view looks: at (ISO 8601), head,
    segments, rows, seconds.
    """
    row = {**told, "at": datetime.fromisoformat(told["at"]), "act": act}
    warehouse.insert_arrow("backups", pa.Table.from_pylist([row], schema=_BACKUPS))


def _note_drills(warehouse: Warehouse, folder: Path) -> None:
    """Drills that were held with this folder elsewhere; one that is told twice is one."""
    for drill in segments.drills(folder):
        note(warehouse, "drill", drill)


def _manifest(folder: Path) -> Manifest:
    """What the folder holds; nothing yet in a new one. A folder of something else is left alone."""
    if not any(folder.glob("*.parquet")) and not (folder / segments.MANIFEST).exists():
        return Manifest()
    manifest = segments.read(folder)
    gone = [entry.file for entry in manifest.segments if not (folder / entry.file).exists()]
    if gone:
        raise Misconfigured(f"{folder} has lost {', '.join(gone[:5])}: take a new backup into another folder")
    return manifest


class Portion(NamedTuple):
    """Rows of these days whose hash falls to this piece of so many."""

    days: list[str]
    pieces: int = 1
    piece: int = 0


class _Export:
    """One table: the days that have changed, and of them the rows that no segment holds."""

    def __init__(self, warehouse: Warehouse, folder: Path, manifest: Manifest, kept: Kept, say: Say) -> None:
        self._warehouse = warehouse
        self._folder = folder
        self._manifest = manifest
        self._kept = kept
        self._say = say
        self._columns = _columns(warehouse, kept.table)
        self._waiting: list[pa.Table] = []

    def run(self) -> tuple[Sums, int]:
        """What the table held before anything was read, and how many rows were new."""
        table, manifest = self._kept.table, self._manifest
        if manifest.columns.get(table) not in (None, self._columns):
            manifest.first[table] = len(manifest.segments)
            manifest.sums.pop(table, None)
        sums = self._sums()
        before = manifest.sums.get(table, {})
        changed = {day: count for day, (count, _) in sums.items() if before.get(day) != sums[day]}
        new = sum(self._write(portion) for portion in _portions(changed))
        self._flush()
        manifest.columns[table] = self._columns
        if new:
            self._say(f"{table}: {new:,} rows")
        return sums, new

    def _sums(self) -> Sums:
        sql = (
            f"SELECT toString({self._kept.day}) AS backup_day, count() AS backup_rows,"
            f" sum({self._hash}) AS backup_sum FROM {self._kept.table} GROUP BY backup_day"
        )
        found = self._warehouse.rows(sql)
        return {row["backup_day"]: (row["backup_rows"], row["backup_sum"]) for row in found}

    @property
    def _hash(self) -> str:
        return f"sipHash64(({', '.join(f'`{name}`' for name in self._columns)}))"

    def _write(self, portion: Portion) -> int:
        known = self._known(portion.days)
        rows = plain(self._warehouse.query_arrow(self._select(portion), {"days": portion.days}))
        if known:
            rows = rows.filter(pc.invert(pc.is_in(rows[ROW_HASH], pa.chunked_array(known))))
        self._waiting.append(rows)
        if sum(one.num_rows for one in self._waiting) >= PIECE:
            self._flush()
        return int(rows.num_rows)

    def _select(self, portion: Portion) -> str:
        columns = ", ".join(
            f"toString(`{name}`) AS `{name}`" if kind == "UUID" else f"`{name}`"
            for name, kind in self._columns.items()
        )
        return (
            f"SELECT {columns}, {self._hash} AS {ROW_HASH}, toString({self._kept.day}) AS row_day"
            f" FROM (SELECT * FROM {self._kept.table})"
            f" WHERE has({{days:Array(String)}}, toString({self._kept.day}))"
            f" AND {self._hash} % {portion.pieces} = {portion.piece}"
        )

    def _known(self, days: Sequence[str]) -> list[pa.ChunkedArray]:
        first = self._manifest.first.get(self._kept.table, 0)
        return [
            rows[ROW_HASH].combine_chunks()
            for entry in self._manifest.segments[first:]
            if entry.table == self._kept.table and set(days) & set(entry.days)
            for rows in segments.rows_of(self._folder, entry, [ROW_HASH])
        ]

    def _flush(self) -> None:
        waiting = [rows for rows in self._waiting if rows.num_rows]
        self._waiting = []
        if waiting:
            rows = pa.concat_tables(waiting)
            days = sorted(set(rows["row_day"].unique().to_pylist()))
            segments.append(self._folder, self._manifest, self._kept.table, rows.drop(["row_day"]), days)


def _columns(warehouse: Warehouse, table: str) -> dict[str, str]:
    return {row["name"]: row["type"] for row in warehouse.rows(_COLUMNS, {"table": table})}


_COLUMNS: Final = """
SELECT name, type FROM system.columns
WHERE database = currentDatabase() AND table = {table:String}
  AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')
ORDER BY position"""


def _portions(days: dict[str, int]) -> Iterator[Portion]:
    """What is read together: a piece of one day of many rows, or several days of few."""
    together: list[str] = []
    rows = 0
    for day, count in sorted(days.items()):
        if count > PIECE:
            pieces = count // PIECE + 1
            yield from (Portion([day], pieces, piece) for piece in range(pieces))
            continue
        if rows + count > PIECE:
            yield Portion(together)
            together, rows = [], 0
        together.append(day)
        rows += count
    if together:
        yield Portion(together)
