"""The archive folded afresh beside the hub's rows as they were at one moment: what `./puls verify` and
`./puls rebuild --compare` look at.

The mark is the newest receipt while intake paused for a second; the hub's rows of that moment are linked, so
that load may go on. A worker whose clock is wrong, or a batch that landed late, leaves entities on which the
two do not agree about how many versions there are: those are taken anew until they do.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from schemas.settings import Settings
from streams.batch import Batch, Outcome, parts
from streams.folding import TABLES, Say, fold_archive, settle
from streams.kinds import KINDS, Kind
from streams.memory import Memory
from streams.rows import GENERATION_STEP
from warehouse import archive, fences
from warehouse.client import Warehouse, connect
from warehouse.shadow import Shadow, shadow

PART: Final = 500_000
"""Rows of a table that are compared at a time, so that memory does not grow with the hub."""
_TRIES: Final = 5
_MANY: Final = 50_000
"""Rows that differ because a fold has changed, not because a batch was under way."""
_BEAT_S: Final = 1.0
_CHUNK: Final = 5_000
_BACK: Final = timedelta(minutes=10)
"""Longer than a batch that writes is under way."""


class Differing(NamedTuple):
    """A row that is not what its events come to. Versions that each side counts; None: it is not there."""

    kind: Kind
    entity: str
    live_versions: int | None
    fresh_versions: int | None


@dataclass(frozen=True)
class Replay:
    """The hub, its rows at the mark, and the archive folded afresh up to it. entities: how many of them."""

    hub: Warehouse
    live: Shadow
    fresh: Shadow
    mark: datetime
    entities: int
    batch: Batch

    def differing(self) -> list[Differing]:
        """Every row that differs, after those that were under way have been taken anew."""
        found = [row for kind in KINDS for row in self._differing(kind)]
        for _ in range(_TRIES if len(found) < _MANY else 0):
            if found:
                self._take_anew(found)
                found = self._again(found)
            if not any(_moving(row) for row in found):
                break
            time.sleep(_BEAT_S)
        return found

    def _again(self, rows: Sequence[Differing]) -> list[Differing]:
        """Those of the rows that still differ."""
        return [
            still
            for kind, names in _by_kind(rows)
            for part in parts(names, _CHUNK)
            for still in self._compared(kind, f"entity IN {archive.listed(part)}")
        ]

    def _differing(self, kind: Kind) -> Iterator[Differing]:
        table = {"database": self.live.database, "table": kind.table}
        (found,) = self.hub.rows(_ROWS, table)
        pieces = found["n"] // PART + 1
        for piece in range(pieces):
            yield from self._compared(kind, f"cityHash64(entity) % {pieces} = {piece}")

    def _compared(self, kind: Kind, chosen: str) -> Iterator[Differing]:
        columns = ", ".join(f"`{name}`" for name in kind.columns if name != "version")
        sides = " UNION ALL ".join(
            f"SELECT entity, {side} AS side, version % {GENERATION_STEP} AS n,"
            f" sipHash64((n, {columns})) AS digest FROM `{database}`.{kind.table} FINAL WHERE {chosen}"
            for side, database in enumerate((self.live.database, self.fresh.database))
        )
        for row in self.hub.rows(_DIFFERING % sides):
            counts = [row[name] if row[f"{name}_rows"] else None for name in ("live", "fresh")]
            yield Differing(kind, row["entity"], *counts)

    def _take_anew(self, rows: Sequence[Differing]) -> None:
        """The hub's row first, then its events: these are never fewer than the row counts."""
        for kind, names in _by_kind(rows):
            for part in parts(names, _CHUNK):
                self.hub.command(
                    f"INSERT INTO `{self.live.database}`.{kind.table} SELECT * FROM {kind.table} FINAL"
                    f" WHERE entity IN {archive.listed(part)}"
                )
                self.batch.refold(part, Outcome(), self.fresh.database)


_ROWS: Final = """
SELECT ifNull(any(total_rows), 0) AS n FROM system.tables
WHERE database = {database:String} AND name = {table:String}"""
_DIFFERING: Final = """
SELECT entity, maxIf(n, side = 0) AS live, maxIf(n, side = 1) AS fresh,
       countIf(side = 0) AS live_rows, countIf(side = 1) AS fresh_rows
FROM (%s)
GROUP BY entity
HAVING sumIf(digest, side = 0) != sumIf(digest, side = 1) OR live_rows != fresh_rows
ORDER BY entity"""


def _by_kind(rows: Sequence[Differing]) -> list[tuple[Kind, list[str]]]:
    kinds = {row.kind.name: row.kind for row in rows}
    return [(kind, sorted({row.entity for row in rows if row.kind is kind})) for kind in kinds.values()]


def _moving(row: Differing) -> bool:
    """Whether the two have not counted the same versions: events may be under way."""
    return row.live_versions != row.fresh_versions


@contextmanager
def replay(settings: Settings, say: Say, *, views: bool = True) -> Iterator[Replay]:
    """Fold the archive afresh beside a picture of the hub; both are gone afterwards. views: for metrics."""
    hub = connect(settings)
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(2))
        fresh = stack.enter_context(shadow(settings, "replay", TABLES, views=views))
        with fences.paused(hub, "verify"):
            settle(hub, archive.clock(hub) - _BACK)
            mark = archive.received_until(hub)
            live = stack.enter_context(shadow(settings, "live", TABLES, copied=True, views=views))
        folded = fold_archive(hub, Batch(hub, Memory(1), pool, mark), fresh.database, say)
        yield Replay(hub, live, fresh, mark, folded, Batch(hub, Memory(1), pool))
    hub.close()
