"""What a suite is, and the two ways in which columns of counts are expected to be right.

Critical is what the hub itself promises; a warning is what its sources and settings owe. Each suite is one
query (a row per entity, or one row in all) that brings counts, and the expectations on its columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from expectations.library import Expectation, ExpectColumnValuesToBeBetween, FailureSeverity
from schemas.municipality import Municipality

CRITICAL: Final = FailureSeverity.CRITICAL
WARNING: Final = FailureSeverity.WARNING
MOST_FLAWED: Final = 0.02


class Suite(NamedTuple):
    """A query with its parameters, and what is expected of the columns that it brings."""

    name: str
    sql: str
    parameters: dict[str, Any]
    expectations: list[Expectation]


def none(
    name: str, column: str, sentence: str, severity: FailureSeverity = CRITICAL, mostly: float = 1
) -> Expectation:
    """The column counts faults: none, or in no more than a share of the rows."""
    return ExpectColumnValuesToBeBetween(
        column=column, max_value=0, mostly=mostly, severity=severity, meta=told(name, sentence)
    )


def least(
    name: str, column: str, least: float, sentence: str, severity: FailureSeverity = CRITICAL
) -> Expectation:
    """The column is at least so much wherever it is known."""
    return ExpectColumnValuesToBeBetween(
        column=column, min_value=least, severity=severity, meta=told(name, sentence)
    )


def zero(name: str, column: str, sentence: str) -> Expectation:
    """The column is 0 in every row: two ways of counting agree."""
    return ExpectColumnValuesToBeBetween(
        column=column, min_value=0, max_value=0, severity=CRITICAL, meta=told(name, sentence)
    )


def told(name: str, sentence: str) -> dict[str, str]:
    """What the report says of an expectation."""
    return {"name": name, "sentence": sentence}


def few_flaws(
    subject: str, place: Municipality, view: str, tables: Mapping[str, str], sentence: str
) -> Suite:
    """Of each kind of entity at most a share has a flaw: its own, or one that several entities tell together.

    view: rows of municipality, entity, kind and flaw; it may take the zone. tables: kind to table. A row is a
    kind.
    """
    counted = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, count() AS told FROM {table} FINAL"
        " WHERE municipality = {municipality:String} AND void = 0 HAVING told > 0"
        for kind, table in tables.items()
    )
    sql = (
        "SELECT toUInt64(f.flawed > t.told * {most:Float64}) AS too_many FROM"
        f" ({counted}) AS t LEFT JOIN (SELECT kind, uniqExact(entity) AS flawed FROM {view}"
        " WHERE municipality = {municipality:String} GROUP BY kind) AS f ON f.kind = t.kind"
    )
    few = none(f"few_{subject}_flaws", "too_many", sentence, WARNING)
    asked = {"municipality": place.code, "zone": place.time_zone, "most": MOST_FLAWED}
    return Suite(f"{subject}_flaws", sql, asked, [few])
