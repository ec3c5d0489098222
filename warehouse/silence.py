"""A silent source must not look healthy: an alarm when a live one is silent for longer than promised (H1)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from schemas.municipality import municipality
from warehouse.alarms import set_alarm, since
from warehouse.client import Warehouse

_SQL: Final = """
SELECT municipality, source, max(b.told_at) AS told_at, argMax(max_age_s, b.told_at) AS max_age_s
FROM producer_beats AS b WHERE NOT b.historical GROUP BY municipality, source
"""


def tell_silent(warehouse: Warehouse, now: datetime) -> None:
    """Raise or end the alarm of every live source."""
    for row in warehouse.rows(_SQL):
        silent = (now - row["told_at"]).total_seconds() > row["max_age_s"]
        place = municipality(row["municipality"])
        text = (
            f"{place.name}: källan {row['source']} har tystnat",
            f"{place.name}: source {row['source']} is silent",
        )
        name = f"silent.{place.code}.{row['source']}"
        set_alarm(warehouse, name, silent, since(text, row["told_at"], place.zone), now)
