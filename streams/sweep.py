"""Refolds entities whose row does not count every archived version: heals whatever a crash or a lagging
replica left.
"""

from __future__ import annotations

from datetime import datetime

from streams.batch import Batch, Outcome, parts
from streams.kinds import KINDS
from warehouse import archive
from warehouse.client import Warehouse

_CHUNK = 5_000


def sweep(warehouse: Warehouse, batch: Batch, since: datetime, until: datetime) -> int:
    """Fold again what last received something in [since, until) and is behind; returns how many entities
    were.

    What has only just been archived is left to the batch that is writing it.
    """
    healed, received = 0, archive.received_kinds(warehouse, since)
    for kind in KINDS:
        if kind.name not in received:
            continue
        stale = archive.stale_entities(warehouse, kind.table, kind.name, (since, until))
        for entities in parts(stale, _CHUNK):
            batch.refold(entities, Outcome())
            healed += len(entities)
    return healed
