"""A silent source must not look healthy: an alarm when a live one is silent for longer than promised (H1)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from warehouse.alarms import set_alarm
from warehouse.client import Warehouse

_SQL: Final = """
SELECT municipality, source, max(b.told_at) AS told_at, argMax(max_age_s, b.told_at) AS max_age_s
FROM producer_beats AS b WHERE NOT b.historical GROUP BY municipality, source
"""


def tell_silent(warehouse: Warehouse, now: datetime) -> None:
    """Raise or end the alarm of every live source."""
    for row in warehouse.rows(_SQL):
        silent = (now - row["told_at"]).total_seconds() > row["max_age_s"]
        text = (f"Källan {row['source']} har tystnat", f"Source {row['source']} is silent")
        set_alarm(warehouse, f"silent.{row['municipality']}.{row['source']}", silent, text, now)
