"""`./puls rebuild`: folds the whole archive into fresh tables and swaps them in at once.

What arrives meanwhile is folded into the old tables; after the swap the sweeper folds exactly those
entities again, because their rows do not count all archived versions.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from schemas.settings import Settings
from streams.batch import Batch, Outcome, parts
from streams.kinds import KINDS, kind_of
from streams.memory import Memory
from streams.sweep import sweep
from warehouse import archive
from warehouse.client import Warehouse, connect

_FRESH = "__fresh"
_CHUNK = 10_000


def rebuild(settings: Settings, say: Callable[[str], None]) -> int:
    """Fold every entity from the archive; returns how many. Rows and figures come out the same (`./puls
    figures`).
    """
    warehouse = connect(settings)
    began = datetime.now(UTC)
    with ThreadPoolExecutor(2) as pool:
        batch = Batch(warehouse, Memory(1), pool)
        _make_fresh(warehouse)
        count = _fold_all(warehouse, batch, say)
        _swap(warehouse)
        healed = sweep(
            warehouse, batch, began - timedelta(minutes=1), datetime.now(UTC) + timedelta(minutes=1)
        )
    for kind in KINDS:
        warehouse.command(
            "INSERT INTO touched (touched_at, municipality, kind, from_at)"
            f" SELECT now64(6), municipality, '{kind.name}', toDateTime64('1900-01-01', 6, 'UTC')"
            f" FROM {kind.table} GROUP BY municipality"
        )
    say(f"{count} entities folded from the archive, {healed} of them again because they changed meanwhile")
    return count


def _make_fresh(warehouse: Warehouse) -> None:
    for kind in KINDS:
        warehouse.command(f"DROP TABLE IF EXISTS {kind.table}{_FRESH}")
        warehouse.command(f"CREATE TABLE {kind.table}{_FRESH} AS {kind.table}")


def _fold_all(warehouse: Warehouse, batch: Batch, say: Callable[[str], None]) -> int:
    count = 0
    for topic in sorted({kind.topic for kind in KINDS}):
        for entities in archive.known_entities(warehouse, topic):
            for part in parts(entities, _CHUNK):
                chunk = sorted(part, key=lambda entity: kind_of(entity).name)
                batch.refold(chunk, Outcome(), _FRESH)
                count += len(chunk)
            say(f"{count} entities folded")
    return count


def _swap(warehouse: Warehouse) -> None:
    for kind in KINDS:
        warehouse.command(f"EXCHANGE TABLES {kind.table} AND {kind.table}{_FRESH}")
        warehouse.command(f"DROP TABLE {kind.table}{_FRESH}")
