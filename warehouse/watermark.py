"""Until when the world has been told: as_of of a municipality's figures (architecture 6).

The least `complete_until` over the live sources of the topics that a metric needs, taken from the newest sign
of life that was given before the slowest partition's position. Closed imports count only where there is no
live source; they do not grow stale.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from warehouse.client import Warehouse
from warehouse.contracts import Contract

_SQL = """
SELECT b.municipality AS municipality, b.source AS source, max(b.historical) AS historical,
       b.topic AS topic, max(b.complete_until) AS complete_until
FROM producer_beats AS b
CROSS JOIN (SELECT min(told_until) AS told_until FROM positions FINAL) AS p
WHERE b.historical OR b.told_at <= p.told_until
GROUP BY municipality, source, topic
"""


class Watermark(NamedTuple):
    """as_of and whether only closed imports tell of it."""

    as_of: datetime
    historical: bool


REFERENCE: Final = "reference"
Marks = Mapping[str, Watermark]
"""Of one municipality, by topic; a topic that no source tells of is not in it."""


def watermarks(warehouse: Warehouse) -> dict[str, Marks]:
    """By municipality code; one that no source has told anything about is not in it."""
    told: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in warehouse.rows(_SQL):
        told.setdefault(row["municipality"], {}).setdefault(row["topic"], []).append(row)
    return {
        code: {topic: _watermark(sources) for topic, sources in topics.items()}
        for code, topics in told.items()
    }


def mark_of(contract: Contract, marks: Marks) -> Watermark | None:
    """What the metric's figures are as of; None where nobody tells of something that it needs.

    What figures are measured against may come with other sources' signs of life and have none of its own.
    """
    own = [topic for topic in contract.needs if topic != REFERENCE]
    if not own:
        return least(list(marks.values())) if marks else None
    if not all(topic in marks for topic in own):
        return None
    return least([marks[topic] for topic in contract.needs if topic in marks])


def least(marks: list[Watermark]) -> Watermark:
    """The least of live ones; the newest of closed imports where there is no live one."""
    live = [mark for mark in marks if not mark.historical]
    return min(live) if live else max(marks)


def _watermark(sources: list[dict[str, Any]]) -> Watermark:
    return least([Watermark(source["complete_until"], bool(source["historical"])) for source in sources])
