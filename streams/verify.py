"""`./puls verify`: whether replay equals live (H8): every entity row, column by column, and every figure's
value at the same as_of. What it finds is kept as a row of `verifications`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pyarrow as pa

from schemas.settings import Settings
from streams.explaining import Explained, explain
from streams.folding import Say
from streams.replay import Differing, Replay, replay
from warehouse.client import Warehouse
from warehouse.comparing import Compared, Moved, asked, compare

MOST: Final = 100
"""Differences that are explained; all are counted."""
_NAMED: Final = 20
_INSTANT: Final = pa.timestamp("us", tz="UTC")
_SCHEMA: Final = pa.schema(
    [("began_at", _INSTANT), ("ended_at", _INSTANT), ("mark", _INSTANT), ("events", pa.uint64()),
     ("entities", pa.uint64()), ("differing_rows", pa.uint64()), ("figures", pa.uint64()),
     ("differing_figures", pa.uint64()), ("first", pa.list_(pa.string()))]
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What a verification found. rows: the first differing ones, explained; figures: 0 if not compared."""

    began_at: datetime
    ended_at: datetime
    mark: datetime
    events: int
    entities: int
    differing_rows: int
    rows: Sequence[Explained]
    figures: int
    moved: Sequence[Moved]

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return not self.differing_rows and not self.moved


def verify(settings: Settings, say: Say, *, figures: bool = True) -> Verdict:
    """Fold the archive afresh to a mark and compare; keep what was found. The hub may run meanwhile."""
    began = datetime.now(UTC)
    with replay(settings, say, views=figures) as found:
        differing = found.differing()
        say(f"{found.entities} entities compared, {len(differing)} differ")
        wanted = asked(found.hub, began) if figures else []
        moved = compare(wanted, found.live.warehouse, found.fresh.warehouse)
        verdict = _verdict(found, began, differing, moved)
        keep(found.hub, verdict)
    return verdict


def _verdict(found: Replay, began: datetime, differing: Sequence[Differing], moved: Compared) -> Verdict:
    (count,) = found.hub.rows("SELECT count() AS n FROM events")
    return Verdict(
        began, datetime.now(UTC), found.mark, count["n"], found.entities, len(differing),
        [explain(found, row) for row in differing[:MOST]], moved.figures, moved.moved,
    )  # fmt: skip


def keep(hub: Warehouse, verdict: Verdict) -> None:
    """The verdict as a row: names of what differs, never a value."""
    first = [
        *(f"{one.row.entity}: {', '.join(column.name for column in one.columns)}" for one in verdict.rows),
        *(moved.name for moved in verdict.moved),
    ]
    row = {
        "began_at": verdict.began_at, "ended_at": verdict.ended_at, "mark": verdict.mark,
        "events": verdict.events, "entities": verdict.entities, "differing_rows": verdict.differing_rows,
        "figures": verdict.figures, "differing_figures": len(verdict.moved), "first": first[:_NAMED],
    }  # fmt: skip
    hub.insert_arrow("verifications", pa.Table.from_pylist([row], schema=_SCHEMA))
