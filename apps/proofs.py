"""What shows that nothing is lost: the last verification, backup and drill, for the engineer view.

A drill is a restore from a backup of this hub that verified, wherever it was done. Never is told as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from apps import wording
from apps.wording import say
from warehouse.client import Warehouse

Row = dict[str, Any]
LIMITS: Final = {
    "verification": timedelta(days=8),
    "backup": timedelta(hours=36),
    "drill": timedelta(days=92),
}
"""How old each may be: verified weekly, backed up nightly, a drill each quarter."""

_NEWEST: Final = """
SELECT 'verification' AS what, max(v.ended_at) AS at, argMax(v.differing_rows, v.ended_at) AS rows,
       argMax(v.differing_figures, v.ended_at) AS others
FROM verifications AS v
UNION ALL
SELECT b.act AS what, max(b.at) AS at, argMax(b.rows, b.at) AS rows, argMax(b.segments, b.at) AS others
FROM backups AS b GROUP BY what"""


def proofs(warehouse: Warehouse) -> list[Row]:
    """One row of each, in the order of `LIMITS`; at None: never. rows, others: differing rows and figures, or
    rows and segments of the backup.
    """
    found = {row["what"]: row for row in warehouse.rows(_NEWEST) if row["at"].year > 1970}
    return [found.get(what, {"what": what, "at": None, "rows": 0, "others": 0}) for what in LIMITS]


def name(row: Mapping[str, Any]) -> str:
    """What it is called."""
    return say(f"p_{row['what']}")


def state(row: Mapping[str, Any], now: datetime) -> tuple[str, str]:
    """How it looks, and its words."""
    numbers = {key: wording.number(row[key]) for key in ("rows", "others")}
    if row["at"] is None:
        return "attention", say("p_never")
    if row["what"] == "verification" and (row["rows"] or row["others"]):
        return "serious", say("p_differs", **numbers)
    if now - row["at"] > LIMITS[row["what"]]:
        limit = wording.duration(LIMITS[row["what"]].total_seconds())
        return "attention", say("p_old", limit=limit)
    return "good", say("p_equal" if row["what"] == "verification" else "p_held", **numbers)
