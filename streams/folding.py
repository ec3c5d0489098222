"""Folds the archive into tables of a database, and again what those tables are behind with. What `rebuild`,
`verify` and `restore` share.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

from streams.batch import Batch, Outcome, parts
from streams.kinds import KINDS, kind_of
from warehouse import archive
from warehouse.client import Warehouse

TABLES: Final = tuple(kind.table for kind in KINDS)
EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
FAR: Final = datetime(2299, 1, 1, tzinfo=UTC)
_CHUNK: Final = 10_000
_SETTLE_S: Final = 5.0
_BEAT_S: Final = 0.3

Say = Callable[[str], None]


def fold_archive(warehouse: Warehouse, batch: Batch, into: str, say: Say) -> int:
    """Fold every entity of the archive into the tables of this database; returns how many there were."""
    count = 0
    for topic in sorted({kind.topic for kind in KINDS}):
        for entities in archive.known_entities(warehouse, topic):
            for part in parts(entities, _CHUNK):
                chunk = sorted(part, key=lambda entity: kind_of(entity).name)
                count += batch.refold(chunk, Outcome(), into)
            say(f"{count} entities folded")
    return count


def behind(warehouse: Warehouse, since: datetime, into: str = "") -> Iterator[list[str]]:
    """By kind, the entities of which something was archived since then, by the store's clock, and whose row
    in that database does not count every version.
    """
    written = archive.written_kinds(warehouse, since)
    for kind in KINDS:
        if kind.name in written:
            table = f"{into}.{kind.table}" if into else kind.table
            yield archive.stale_entities(warehouse, table, kind.name, (since, FAR))


def catch_up(warehouse: Warehouse, batch: Batch, since: datetime, into: str = "") -> int:
    """Fold again what is behind; returns how many entities were."""
    return sum(
        batch.refold(part, Outcome(), into)
        for stale in behind(warehouse, since, into)
        for part in parts(stale, _CHUNK)
    )


def settle(warehouse: Warehouse, since: datetime) -> None:
    """While intake pauses: wait, not for ever, until the batches under way have written their rows."""
    deadline, quiet = time.monotonic() + _SETTLE_S, 0
    while quiet < 2 and time.monotonic() < deadline:
        time.sleep(_BEAT_S)
        quiet = 0 if any(behind(warehouse, since)) else quiet + 1
