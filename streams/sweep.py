"""Refolds entities whose row does not count every archived version: heals whatever a crash or a lagging
replica left.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from streams.batch import Batch, Outcome, parts
from streams.kinds import KINDS
from warehouse import archive
from warehouse.client import Warehouse

FIRST: Final = timedelta(hours=1)
IN_FLIGHT: Final = timedelta(seconds=30)
_CHUNK = 5_000


class Sweeper:
    """Sweeps what was archived since it last did, at first in the last hour: a load of millions is looked
    through once. What has only just been archived is left to the batch that is writing it. All by the
    store's clock (`archive.clock`): a worker's may be slow.
    """

    def __init__(self, warehouse: Warehouse, batch: Batch) -> None:
        self._warehouse = warehouse
        self._batch = batch
        self._swept: datetime | None = None

    def sweep(self, now: datetime) -> int:
        """Returns how many entities were behind at `now`, by the store's clock. Raises Unavailable; the next
        call begins where this did.
        """
        until = now - IN_FLIGHT
        healed = sweep(self._warehouse, self._batch, self._swept or now - FIRST, until)
        self._swept = until
        return healed


def sweep(warehouse: Warehouse, batch: Batch, since: datetime, until: datetime) -> int:
    """Fold again what was last archived in [since, until) and is behind; returns how many entities were."""
    healed, written = 0, archive.written_kinds(warehouse, since)
    for kind in KINDS:
        if kind.name not in written:
            continue
        stale = archive.stale_entities(warehouse, kind.table, kind.name, (since, until))
        for entities in parts(stale, _CHUNK):
            batch.refold(entities, Outcome())
            healed += len(entities)
    return healed
