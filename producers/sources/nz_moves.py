"""Moves between institutions in New Zealand, July 2018 to July 2021 (CC0): one row per move, by cause.

Rows tell neither person nor number: two equal rows are two moves, and each is a placement of its own that
begins nowhere. The legal status is not carried over.
"""

from __future__ import annotations

from collections.abc import Iterator

from producers.rows import Row
from producers.source import Said
from schemas.placements import PlacementMoved

TIME = "%d-%b-%y"
ZONE = "Pacific/Auckland"
MODE = "historical"
IDENTITY = False
DOMAIN = "placements"
TOPIC = "placements"
COLUMNS = ("From", "To", "Reason", "Transfer Date")


def events(row: Row) -> Iterator[Said]:
    """The move of one row."""
    fact = PlacementMoved(
        on=row.day("Transfer Date"), from_provider=row.unit("From"), to_provider=row.unit("To"),
        cause=row.code("Reason"),
    )  # fmt: skip
    yield Said(fact, key=None, at=row.time("Transfer Date"))
