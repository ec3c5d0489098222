"""Until when the world has been told: as_of of a municipality's figures (architecture 6).

The least `complete_until` over the live sources, taken from the newest sign of life that was given before
the slowest partition's position. Closed imports count only where there is no live source; they do not grow
stale.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from warehouse.client import Warehouse

_SQL = """
SELECT b.municipality AS municipality, b.source AS source, max(b.historical) AS historical,
       max(b.complete_until) AS complete_until
FROM producer_beats AS b
CROSS JOIN (SELECT min(told_until) AS told_until FROM positions FINAL) AS p
WHERE b.historical OR b.told_at <= p.told_until
GROUP BY municipality, source
"""


class Watermark(NamedTuple):
    """as_of and whether only closed imports tell of the municipality."""

    as_of: datetime
    historical: bool


def watermarks(warehouse: Warehouse) -> dict[str, Watermark]:
    """Watermark by municipality code; one that no source has told anything about is not in it."""
    told: dict[str, list[dict[str, Any]]] = {}
    for row in warehouse.rows(_SQL):
        told.setdefault(row["municipality"], []).append(row)
    return {code: _watermark(sources) for code, sources in told.items()}


def _watermark(sources: list[dict[str, Any]]) -> Watermark:
    live = [source["complete_until"] for source in sources if not source["historical"]]
    if live:
        return Watermark(min(live), False)
    return Watermark(max(source["complete_until"] for source in sources), True)
