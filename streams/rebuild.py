"""`./puls rebuild`: folds the whole archive into fresh tables and swaps them in at once, under live load.

Nothing is lost at the swap whatever a batch does meanwhile: the archive is written before rows, and after the
swap every entity whose row does not count every archived version is folded again. The pause is for those who
look: no figure goes back for the moment in between.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

from schemas.settings import Settings
from streams.batch import Batch
from streams.folding import EVER, TABLES, catch_up, fold_archive, settle
from streams.kinds import KINDS
from streams.memory import Memory
from warehouse import archive, fences
from warehouse.client import Warehouse, connect
from warehouse.shadow import shadow

LITTLE: Final = 500
"""Entities behind that one more pass before the pause is not worth."""
_PASSES: Final = 10
_BACK: Final = timedelta(minutes=10)
"""Longer than an insert is under way; the pass after the swap looks through everything."""


def rebuild(settings: Settings, say: Callable[[str], None]) -> int:
    """Fold every entity from the archive; returns how many. Rows and figures come out the same (`./puls
    figures`).
    """
    warehouse = connect(settings)
    with shadow(settings, "fresh", TABLES, views=False) as fresh, ThreadPoolExecutor(2) as pool:
        fences.raise_generation(warehouse, "rebuild")
        since = archive.clock(warehouse) - _BACK
        batch = Batch(warehouse, Memory(1), pool)
        count = fold_archive(warehouse, batch, fresh.database, say)
        again = _until_little(lambda: catch_up(warehouse, batch, since, fresh.database))
        with fences.paused(warehouse, "rebuild"):
            settle(warehouse, since)
            again += catch_up(warehouse, batch, since, fresh.database)
            _swap(warehouse, settings.database, fresh.database)
        again += catch_up(warehouse, batch, EVER)
    _touch_all(warehouse)
    say(f"{count} entities folded from the archive, {again} of them again because they changed meanwhile")
    warehouse.close()
    return count


def _until_little(catch: Callable[[], int]) -> int:
    """Passes over what changed during the one before, until little is left or they no longer get shorter."""
    healed = 0
    for _ in range(_PASSES):
        last = catch()
        healed += last
        if last < LITTLE:
            break
    return healed


def _swap(warehouse: Warehouse, hub: str, fresh: str) -> None:
    """All tables in one statement. Where the store ends in its midst some are swapped and some are not: each
    is whole on its own, and the next rebuild begins anew.
    """
    pairs = ", ".join(f"`{hub}`.{table} AND `{fresh}`.{table}" for table in TABLES)
    warehouse.command(f"EXCHANGE TABLES {pairs}")


def _touch_all(warehouse: Warehouse) -> None:
    """The publisher computes everything again."""
    for kind in KINDS:
        warehouse.command(
            "INSERT INTO touched (touched_at, municipality, kind, from_at)"
            f" SELECT now64(6), municipality, '{kind.name}', toDateTime64('1900-01-01', 6, 'UTC')"
            f" FROM {kind.table} GROUP BY municipality"
        )
