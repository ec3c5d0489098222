"""A row that is not what its events come to, explained: which columns differ, and where its events lie."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from streams.replay import Differing, Replay
from streams.rows import GENERATION_STEP
from warehouse.client import Warehouse

_SHOWN: Final = 60
_EVENTS: Final = 20
_PROSE: Final = frozenset({"text"})


class Column(NamedTuple):
    """A column on which the two rows differ. Values are shortened; prose is never shown."""

    name: str
    live: str
    fresh: str


class Behind(NamedTuple):
    """An event behind a row: where it lies in the source topic."""

    id: str
    type: str
    topic: str
    partition: int
    offset: int


class Explained(NamedTuple):
    """A differing row, column by column, with the events that it should say."""

    row: Differing
    columns: tuple[Column, ...]
    events: tuple[Behind, ...]


def explain(found: Replay, row: Differing) -> Explained:
    """Which columns differ, and the events behind the row, newest last."""
    sides = [_rows(shadow.warehouse, row) for shadow in (found.live, found.fresh)]
    columns = [
        Column(name, *(_shown(name, side.get(day, {}).get(name)) for side in sides))
        for day in sorted(sides[0].keys() | sides[1].keys())
        for name in row.kind.columns
        if sides[0].get(day, {}).get(name) != sides[1].get(day, {}).get(name)
    ]
    asked = {"topic": row.kind.topic, "entity": row.entity, "most": _EVENTS}
    events = found.hub.rows(_BEHIND, asked)
    behind = (Behind(e["id"], e["type"], e["topic"], e["partition"], e["offset"]) for e in events)
    return Explained(row, tuple(columns), tuple(behind))


_BEHIND: Final = """
SELECT toString(id) AS id, type, topic, partition, offset FROM events FINAL
WHERE topic = {topic:String} AND entity = {entity:String}
ORDER BY received_at, offset LIMIT {most:UInt32}"""


def _rows(side: Warehouse, row: Differing) -> dict[str, dict[str, Any]]:
    """By day where the table is sorted by day, else one; version without its generation."""
    sql = f"SELECT * FROM {row.kind.table} FINAL WHERE entity = {{entity:String}}"
    rows = side.rows(sql, {"entity": row.entity})
    for one in rows:
        one["version"] %= GENERATION_STEP
    return {str(one["day"]) if row.kind.day_of else "": one for one in rows}


def _shown(name: str, value: object) -> str:
    if name in _PROSE:
        return "(prose)"
    text = "–" if value is None else str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
