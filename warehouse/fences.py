"""What every batch looks at before it writes: the generation of entity rows, and whether intake pauses.

A rebuild raises the generation, so that a batch that was frozen since before it cannot cover a rebuilt row. A
pause ends by itself: a command that is killed holds nobody up. All times are the store's own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, NamedTuple

from schemas.errors import Unavailable
from warehouse.client import Warehouse

FIRST: Final = 1
LONGEST_S: Final = 30
"""A pause that nobody ends is over after this."""
_BEAT_S: Final = 0.05
_NOW: Final = """
SELECT greatest(max(generation), {first:UInt64}) AS generation,
       dateDiff('millisecond', now64(3, 'UTC'), argMax(paused_until, changed_at)) AS pause_ms
FROM fences"""


class Fence(NamedTuple):
    """The generation that rows are written in; pause_s: how long intake still pauses, at most."""

    generation: int
    pause_s: float


def read(warehouse: Warehouse) -> Fence:
    """How things stand now."""
    (row,) = warehouse.rows(_NOW, {"first": FIRST})
    return Fence(row["generation"], max(0, row["pause_ms"]) / 1000)


def generation(warehouse: Warehouse) -> int:
    """The generation to write in, as soon as intake does not pause."""
    fence = read(warehouse)
    while fence.pause_s:
        time.sleep(_BEAT_S)
        fence = read(warehouse)
    return fence.generation


def raise_generation(warehouse: Warehouse, reason: str) -> int:
    """Rows that are written from now on cover all that were folded before."""
    raised = read(warehouse).generation + 1
    _write(warehouse, raised, 0, reason)
    return raised


@contextmanager
def paused(warehouse: Warehouse, reason: str, longest_s: float = LONGEST_S) -> Iterator[None]:
    """No batch begins meanwhile; one under way goes on. Ends in any case, at the latest by itself."""
    now = read(warehouse).generation
    _write(warehouse, now, longest_s, reason)
    try:
        yield
    finally:
        with suppress(Unavailable):  # it ends by itself; what failed inside is what must be told
            _write(warehouse, now, 0, reason)


def _write(warehouse: Warehouse, number: int, pause_s: float, reason: str) -> None:
    warehouse.command(
        "INSERT INTO fences (generation, paused_until, reason) SELECT {number:UInt64},"
        " now64(6, 'UTC') + INTERVAL {pause_ms:UInt64} MILLISECOND, {reason:String}",
        {"number": number, "pause_ms": int(pause_s * 1000), "reason": reason},
    )
