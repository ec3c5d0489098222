"""What a suite is, and the two ways in which columns of counts are expected to be right.

Critical is what the hub itself promises; a warning is what its sources and settings owe. Each suite is one
query (a row per entity, or one row in all) that brings counts, and the expectations on its columns.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from expectations.library import Expectation, ExpectColumnValuesToBeBetween, FailureSeverity

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
