"""The hub's own way: the real worker process, from the broker to committed offsets."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import Final

from kafka.admin import KafkaAdminClient
from kafka.errors import CoordinatorNotAvailableError

from producers.publish import end_offsets
from schemas.settings import Settings
from streams.consume import GROUP
from tests.bench.ground import Ground, Measured, child, groups, outcome, resident_mb, wait_until
from warehouse.client import Warehouse, connect

WORKER: Final = [sys.executable, "-m", "streams.app", "worker"]
PATIENCE_S: Final = 1_800
REST_S: Final = 10


def empty(ground: Ground, database: str, rest_s: int = REST_S) -> Measured:
    """The load into an empty archive. rest_s: how long after the load the worker's memory is looked at."""
    return _measured(ground.fresh(database), rest_s)


def filled(ground: Ground, database: str, load: str) -> Measured:
    """Another load into the archive that `empty` filled, by a worker that has just started."""
    return _measured(ground.settings(database, load), rest_s=0)


def _measured(settings: Settings, rest_s: int) -> Measured:
    """From the moment that the worker asks for partitions to the last commit: positions of partitions are
    written when their offsets are committed.
    """
    warehouse, launched = connect(settings), datetime.now(UTC)
    ends = {place: end for place, (_, end) in end_offsets(settings).items() if place[0] == "cases"}
    with child(WORKER, settings) as worker:
        with groups(settings) as admin:
            wait_until(lambda: _has_joined(admin), worker, PATIENCE_S, every_s=0.05)
        began = time.monotonic()
        peak = wait_until(lambda: _folded(warehouse, ends, launched), worker, PATIENCE_S)
        seconds = time.monotonic() - began
        rested = time.monotonic() + rest_s
        peak = max(peak, wait_until(lambda: time.monotonic() > rested, worker, PATIENCE_S))
        after = resident_mb(worker.pid)
    with groups(settings) as admin:
        admin.delete_groups([GROUP])  # the next one reads from the start
    return Measured(sum(ends.values()), seconds, outcome(warehouse), peak, after)


def _has_joined(admin: KafkaAdminClient) -> bool:
    try:
        group = admin.describe_groups([GROUP])[GROUP]
    except CoordinatorNotAvailableError:  # a broker that has had no group yet
        return False
    return bool(group["group_state"] not in ("Empty", "Dead"))


def _folded(warehouse: Warehouse, ends: dict[tuple[str, int], int], since: datetime) -> bool:
    rows = warehouse.rows(
        "SELECT topic, partition, next_offset FROM positions FINAL WHERE updated_at >= {since:DateTime64(6)}",
        {"since": since},
    )
    at = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
    return all(at.get(place, 0) >= end for place, end in ends.items())
