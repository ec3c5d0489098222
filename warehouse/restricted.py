"""Restricted queries: every statement by which a work view reads rows about people, by name.

A query is limited by its text: it compares `municipality = {municipality:String}`, and its unit column by
`({every_unit:UInt8} = 1 OR has({units:Array(String)}, unit))`. Only `apps.access.reader` fills these three,
from the login; a page fills the rest. Which role may run which query stands in `apps/access/table.toml`; a
query that is not in both places refuses the start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from warehouse import alarmed, assisted, invoiced, placed, six_months, staffed, unexecuted

LIMITS: Final = frozenset({"municipality", "every_unit", "units"})
"""Parameters that the reader fills and no page may."""


@dataclass(frozen=True)
class Restricted:
    """One query. entity: the column that names whom a row is about, for the audit log.

    by_unit: its rows belong to units; False for what belongs to the municipality as a whole (a provider, a
    framework agreement), where a login for one unit sees all.
    """

    sql: str
    entity: str = ""
    by_unit: bool = True


_ACCESS: Final = (
    "municipality = {municipality:String} AND at >= {since:DateTime64(6)} AND at < {until:DateTime64(6)}"
)

QUERIES: Final[dict[str, Restricted]] = {
    "audit_by_page": Restricted(
        f"""
SELECT role, page, query, act, purpose, count() AS times, sum(row_count) AS rows_given,
       uniqExact(actor) AS actors, min(at) AS first_at, max(at) AS last_at
FROM audit WHERE {_ACCESS}
GROUP BY role, page, query, act, purpose ORDER BY page, role, query, act, purpose""",
        by_unit=False,
    ),
    "audit_rows": Restricted(
        f"""
SELECT at, act, role, actor, page, query, filters, row_count, entities, purpose
FROM audit WHERE {_ACCESS}
ORDER BY at DESC LIMIT {{most:UInt32}}""",
        by_unit=False,
    ),
    "placement_counts": Restricted(placed.COUNTS),
    "placements_placed": Restricted(placed.PLACED, entity="entity"),
    "placement_history": Restricted(placed.HISTORY, entity="entity"),
    "provider_deficiencies": Restricted(placed.DEFICIENCIES, by_unit=False),
    "invoice_counts": Restricted(invoiced.COUNTS),
    "invoice_lines": Restricted(invoiced.INVOICES, entity="entity"),
    "invoice_history": Restricted(invoiced.HISTORY, entity="entity"),
    "alarm_counts": Restricted(alarmed.COUNTS),
    "alarms": Restricted(alarmed.ALARMS, entity="entity"),
    "alarm_history": Restricted(alarmed.HISTORY, entity="entity"),
    "alarm_earlier": Restricted(alarmed.EARLIER, entity="entity"),
    "device_counts": Restricted(alarmed.DEVICES),
    "silent_devices": Restricted(alarmed.SILENT, entity="entity"),
    "unfilled_devices": Restricted(alarmed.UNFILLED, entity="entity"),
    "assistance_counts": Restricted(six_months.COUNTS),
    "assistance_cases": Restricted(six_months.CASES, entity="entity"),
    "assistance_double": Restricted(six_months.DOUBLE, entity="entity"),
    "assistance_months": Restricted(assisted.MONTHS, entity="entity"),
    "assistance_halved": Restricted(six_months.HALVED, entity="entity"),
    "assistance_overdue": Restricted(six_months.OVERDUE, entity="entity"),
    "assistance_history": Restricted(six_months.HISTORY, entity="entity"),
    "assistance_decisions": Restricted(assisted.DECISIONS, entity="entity"),
    "assistance_temps": Restricted(assisted.TEMPS),
    "staffing_choices": Restricted(staffed.CHOICES),
    "staffing_groups": Restricted(staffed.GROUPS, by_unit=False),
    "staffing_figures": Restricted(staffed.FIGURES),
    "staffing_beside": Restricted(staffed.BESIDE),
    "staffing_double": Restricted(staffed.DOUBLE),
    "unexecuted_decisions": Restricted(unexecuted.DECISIONS, entity="entity"),
    "unexecuted_history": Restricted(unexecuted.HISTORY, entity="entity"),
    "unexecuted_published": Restricted(unexecuted.PUBLISHED, by_unit=False),
    "unexecuted_deliveries": Restricted(unexecuted.DELIVERIES, by_unit=False),
}


def faults(queries: Mapping[str, Restricted]) -> list[str]:
    """Why queries are not limited as they must be; [] when all are."""
    found: list[str] = []
    for name, query in queries.items():
        if "municipality = {municipality:String}" not in query.sql:
            found.append(f"{name} does not compare municipality = {{municipality:String}}")
        unit_limit = re.search(
            r"\{every_unit:UInt8\} = 1 OR has\(\{units:Array\(String\)\}, [\w.]+\)", query.sql
        )
        if query.by_unit and not unit_limit:
            found.append(
                f"{name} does not say ({{every_unit:UInt8}} = 1 OR has({{units:Array(String)}}, <unit>))"
            )
    return found
