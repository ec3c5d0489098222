"""Since when a municipality has been told of: before that nothing is zero, it is missing.

Each topic has its own first day. A unit that tells nothing but its balance (a snapshot unit) has no other
figure of cases at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from warehouse.client import Warehouse
from warehouse.contracts import Contract

_SQL: Final = """
SELECT 'cases' AS topic, '' AS unit, min(opened_at) AS at FROM cases_now
WHERE municipality = {municipality:String}
UNION ALL
SELECT 'placements' AS topic, '' AS unit, min(at) AS at FROM
(
    SELECT arrayMin(arrayConcat(if(started_at IS NULL, [], [assumeNotNull(started_at)]), `moves.at`)) AS at
    FROM placements_now
    WHERE municipality = {municipality:String} AND (started_at IS NOT NULL OR notEmpty(`moves.at`))
    UNION ALL
    SELECT assumeNotNull(told_at) AS at FROM providers_now
    WHERE municipality = {municipality:String} AND told_at IS NOT NULL
)
HAVING count() > 0
UNION ALL
SELECT 'contract' AS topic, '' AS unit, min(created_at) AS at FROM contracts_now
WHERE municipality = {municipality:String}
UNION ALL
SELECT 'request' AS topic, '' AS unit, min(sent_at) AS at FROM requests_now
WHERE municipality = {municipality:String}
UNION ALL
SELECT 'invoice' AS topic, '' AS unit, min(received_at) AS at FROM invoices_now
WHERE municipality = {municipality:String}
UNION ALL
SELECT 'snapshots' AS topic, unit, min(observed_at) AS at FROM snapshot_days
WHERE municipality = {municipality:String} GROUP BY unit
"""


class Told(NamedTuple):
    """firsts: by topic, and by kind of entity (contract, request, invoice), when the first thing told of
    happened; snapshots: each snapshot unit's first balance.
    """

    firsts: Mapping[str, datetime]
    snapshots: Mapping[str, datetime]

    def unanswered(self, contract: Contract, at: datetime, unit: str = "") -> str:
        """The state of a figure at that instant when no row answers: value (a true zero), missing or
        not_applicable.
        """
        if unit in self.snapshots and contract.snapshots:
            return "missing" if at < self.snapshots[unit] else "value"
        about_cases = "cases" in contract.needs and not contract.snapshots
        if about_cases and (unit in self.snapshots or self._only_snapshots()):
            return "not_applicable"
        since = self._since(contract)
        is_told = contract.empty is not None and since is not None and since <= at
        return "value" if is_told else "missing"

    def _only_snapshots(self) -> bool:
        return "cases" not in self.firsts and bool(self.snapshots)

    def _since(self, contract: Contract) -> datetime | None:
        """The first day of what the metric is about: of the cases where it is about none of the topics."""
        if contract.tells_of:
            firsts = [self.firsts.get(kind) for kind in contract.tells_of]
            return max((at for at in firsts if at), default=None) if all(firsts) else None
        snapshots = self.snapshots.values() if contract.snapshots else ()
        own = [self.firsts[topic] for topic in contract.needs if topic in self.firsts]
        return min([*own, *snapshots], default=None)


def told(warehouse: Warehouse, code: str) -> Told:
    """What the warehouse knows of the municipality's first days."""
    rows = [row for row in warehouse.rows(_SQL, {"municipality": code}) if row["at"] is not None]
    return Told(
        {row["topic"]: row["at"] for row in rows if row["topic"] != "snapshots"},
        {row["unit"]: row["at"] for row in rows if row["topic"] == "snapshots"},
    )
