"""Since when a municipality has been told of: before that nothing is zero, it is missing.

A unit that tells nothing but its balance (a snapshot unit) has no other figure at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from warehouse.client import Warehouse
from warehouse.contracts import Contract

_SQL: Final = """
SELECT '' AS unit, min(opened_at) AS at FROM cases_now WHERE municipality = {municipality:String}
UNION ALL
SELECT unit, min(observed_at) AS at FROM snapshot_days WHERE municipality = {municipality:String}
GROUP BY unit
"""


class Told(NamedTuple):
    """opened_at: the first opening of a case, None where there is none; snapshots: each snapshot unit's first
    balance.
    """

    opened_at: datetime | None
    snapshots: Mapping[str, datetime]

    def unanswered(self, contract: Contract, at: datetime, unit: str = "") -> str:
        """The state of a figure at that instant when no row answers: value (a true zero), missing or
        not_applicable.
        """
        if unit in self.snapshots and contract.snapshots:
            return "missing" if at < self.snapshots[unit] else "value"
        if not contract.snapshots and (unit in self.snapshots or self._only_snapshots()):
            return "not_applicable"
        since = self._since(contract)
        is_told = contract.empty is not None and since is not None and since <= at
        return "value" if is_told else "missing"

    def _only_snapshots(self) -> bool:
        return self.opened_at is None and bool(self.snapshots)

    def _since(self, contract: Contract) -> datetime | None:
        snapshots = self.snapshots.values() if contract.snapshots else ()
        return min([at for at in (self.opened_at, *snapshots) if at is not None], default=None)


def told(warehouse: Warehouse, code: str) -> Told:
    """What the warehouse knows of the municipality's first days."""
    first = {row["unit"]: row["at"] for row in warehouse.rows(_SQL, {"municipality": code})}
    opened_at = first.pop("", None)
    return Told(opened_at, first)
