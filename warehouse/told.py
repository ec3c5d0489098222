"""Since when a municipality has been told of: before that nothing is zero, it is missing.

Each topic has its own first day. A unit that tells nothing but its balance (a snapshot unit) has no other
figure of cases at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from schemas.municipality import municipality
from warehouse.client import Warehouse
from warehouse.contracts import Contract

_SQL: Final = {
    "cases": """
SELECT 'cases' AS topic, '' AS unit, min(opened_at) AS at FROM cases_now
WHERE municipality = {municipality:String}""",
    "placements": """
SELECT 'placements' AS topic, '' AS unit, min(at) AS at FROM
(
    SELECT arrayMin(arrayConcat(if(started_at IS NULL, [], [assumeNotNull(started_at)]), `moves.at`)) AS at
    FROM placements_now
    WHERE municipality = {municipality:String} AND (started_at IS NOT NULL OR notEmpty(`moves.at`))
    UNION ALL
    SELECT assumeNotNull(told_at) AS at FROM providers_now
    WHERE municipality = {municipality:String} AND told_at IS NOT NULL
)
HAVING count() > 0""",
    "contract": """
SELECT 'contract' AS topic, '' AS unit, min(created_at) AS at FROM contracts_now
WHERE municipality = {municipality:String}""",
    "request": """
SELECT 'request' AS topic, '' AS unit, min(sent_at) AS at FROM requests_now
WHERE municipality = {municipality:String}""",
    "invoice": """
SELECT 'invoice' AS topic, '' AS unit, min(received_at) AS at FROM invoices_now
WHERE municipality = {municipality:String}""",
    **dict.fromkeys(("visit", "plan"), """
SELECT concat(v.1, '/', toString(service)) AS topic, '' AS unit, v.2 AS at
FROM
(
    SELECT service, arrayJoin([('visit', minOrNull(start_at)), ('plan', minOrNull(plan_start_at))]) AS v
    FROM visits FINAL WHERE municipality = {municipality:String} AND void = 0
    GROUP BY service
)"""),
    **{kind: f"""
SELECT {topic} AS topic, '' AS unit, toDateTime64(min({on_day}), 6, {{zone:String}}) AS at
FROM {rows} WHERE municipality = {{municipality:String}} GROUP BY topic"""
       for kind, topic, on_day, rows in (
           ("grant", "concat('grant/', toString(service))", "from_on", "grant_steps"),
           ("hours_report", "concat('hours_report/', toString(service))", "from_on", "hours_reports_now"),
           ("staff_day", "'staff_day'", "on_day", "staff_days_now"),
           ("assistance", "'assistance'", "from_on", "assistance_periods"),
           ("account", "'account'", "month", "account_months_now"),
           ("rent", "'rent'", "month", "rent_months_now"),
           ("unit_price", "'unit_price'", "from_on", "unit_price_steps"),
           ("decision", "'decision'", "on_day", "committee_decisions_now"),
           ("target", "'target'", "from_on", "target_steps"),
       )},
    "dose": """
SELECT 'dose' AS topic, '' AS unit, minOrNull(due_at) AS at FROM doses
WHERE municipality = {municipality:String} AND void = 0""",
    "device": """
SELECT 'device' AS topic, '' AS unit, minOrNull(installed_at) AS at FROM device_lives
WHERE municipality = {municipality:String}""",
    "alarm": """
SELECT 'alarm' AS topic, '' AS unit, minOrNull(raised_at) AS at FROM device_alarms_now
WHERE municipality = {municipality:String}""",
    "snapshots": """
SELECT 'snapshots' AS topic, unit, min(observed_at) AS at FROM snapshot_days
WHERE municipality = {municipality:String} GROUP BY unit""",
}  # fmt: skip
"""By what is told of. To plan all of them costs more than to run any."""
PARTS: Final = {
    "hours": ("grant", "visit", "hours_report", "staff_day", "assistance", "account"),
    "performed": ("visit", "hours_report"),
    "devices": ("device", "dose", "alarm"),
}
"""What has the first day of the first of these kinds: topics, and what is told in two ways (performed hours
by visits or by reports). A visit that is only planned tells of nothing performed, and a price of no hours.
Doses are read without FINAL: one that was taken back may count until the store has merged it away."""


OF_SERVICE: Final = ("grant", "visit", "plan", "hours_report", "performed")
"""Kinds that are told of by service: that assistance was told of years ago makes no home care zero."""


class Told(NamedTuple):
    """firsts: by topic, and by kind of entity (contract, grant, visit …), when the first thing told of
    happened; snapshots: each snapshot unit's first balance; services: as firsts, by service.
    """

    firsts: Mapping[str, datetime]
    snapshots: Mapping[str, datetime]
    services: Mapping[str, Mapping[str, datetime]] = MappingProxyType({})

    def unanswered(self, contract: Contract, at: datetime, unit: str = "", service: str = "") -> str:
        """The state of a figure at that instant when no row answers: value (a true zero), missing or
        not_applicable. service: which one the figure is of, if of one alone.
        """
        if unit in self.snapshots and contract.snapshots:
            return "missing" if at < self.snapshots[unit] else "value"
        about_cases = "cases" in contract.needs and not contract.snapshots
        if about_cases and (unit in self.snapshots or self._only_snapshots()):
            return "not_applicable"
        since = self._since(contract, service)
        is_told = contract.empty is not None and since is not None and since <= at
        return "value" if is_told else "missing"

    def _only_snapshots(self) -> bool:
        return "cases" not in self.firsts and bool(self.snapshots)

    def _since(self, contract: Contract, service: str) -> datetime | None:
        """The first day of what the metric is about: of the cases where it is about none of the topics."""
        if contract.tells_of:
            of = self.services.get(service, {}) if service else self.firsts
            firsts = [(of if kind in OF_SERVICE else self.firsts).get(kind) for kind in contract.tells_of]
            return max((at for at in firsts if at), default=None) if all(firsts) else None
        snapshots = self.snapshots.values() if contract.snapshots else ()
        own = [self.firsts[topic] for topic in contract.needs if topic in self.firsts]
        return min([*own, *snapshots], default=None)


def told(warehouse: Warehouse, code: str, contract: Contract | None = None) -> Told:
    """What the warehouse knows of the municipality's first days. contract: whose figures alone it is for."""
    asked = {"municipality": code, "zone": municipality(code).time_zone}
    selects = {_SQL[kind]: None for kind in (_SQL if contract is None else kinds_of(contract))}
    sql = "\nUNION ALL".join(selects)
    rows = [row for row in (warehouse.rows(sql, asked) if sql else ()) if row["at"] is not None]
    told_of: dict[str, dict[str, datetime]] = {}
    for row in rows:
        kind, _, service = row["topic"].partition("/")
        for about in {"", service} if kind != "snapshots" else ():
            of = told_of.setdefault(about, {})
            of[kind] = min(row["at"], of.get(kind, row["at"]))
    firsts = {about: _with_parts(of) for about, of in told_of.items()}
    snapshots = {row["unit"]: row["at"] for row in rows if row["topic"] == "snapshots"}
    return Told(firsts.pop("", {}), snapshots, firsts)


def kinds_of(contract: Contract) -> list[str]:
    """What must have been told of for a true zero of the contract (`Told.unanswered`)."""
    named = set(contract.tells_of or contract.needs)
    if contract.snapshots or "cases" in contract.needs:
        named |= {"snapshots", *({"cases"} & set(contract.needs))}
    named |= {kind for name in named for kind in PARTS.get(name, ())}
    return [kind for kind in _SQL if kind in named]


def _with_parts(firsts: Mapping[str, datetime]) -> dict[str, datetime]:
    """The first days, and those of what is told in several ways."""
    parts = {topic: [firsts[kind] for kind in kinds if kind in firsts] for topic, kinds in PARTS.items()}
    return {**firsts, **{topic: min(found) for topic, found in parts.items() if found}}
