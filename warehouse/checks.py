"""The graded checks of a metric's contract over what was computed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from warehouse.contracts import Check, Contract
from warehouse.privacy import Cell


def failed(
    contract: Contract, cells: Iterable[Cell], totals: Iterable[Cell], highest: float | None = None
) -> list[Check]:
    """The contract's checks that do not hold: over every cell, `never_zero` and `drop` over the totals of now
    only. highest: the highest total that was shown in the last week.
    """
    values = [cell.value for cell in cells if cell.value is not None]
    total = [cell.value for cell in totals]
    return [check for check in contract.checks if not _holds(check, values, total, highest)]


def _holds(check: Check, values: list[float], totals: list[float | None], highest: float | None) -> bool:
    if check.rule == "not_negative":
        return all(value >= 0 for value in values)
    if check.rule == "whole":
        return all(float(value).is_integer() for value in values)
    if check.rule == "is_zero":
        return all(value == 0 for value in values)
    if check.rule == "at_most":
        return all(value <= check.limit for value in values)
    if check.rule == "at_least":
        return all(value >= check.limit for value in values)
    if check.rule == "drop":
        least = (1 - check.limit) * (highest or 0)
        return all(value is None or value >= least for value in totals)
    return all(value != 0 for value in totals)
