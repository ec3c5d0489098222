"""What a computed metric alarms of, and its words (H7: a jump out of the band, a zero where none should be).
Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from schemas.municipality import Municipality
from warehouse.alarms import Text
from warehouse.compute import Slot
from warehouse.contracts import Contract
from warehouse.privacy import Cell, Key
from warehouse.published import NOW_ON

RULES: Final[dict[str, Text]] = {
    "jump": ("har hoppat utanför sitt vanliga band", "has jumped out of its usual band"),
    "never_zero": ("är noll fast den aldrig brukar vara det", "is zero and never should be"),
    "is_zero": ("ska vara noll men är det inte", "should be zero and is not"),
    "at_most": ("är över sin gräns {limit:g}", "is over its limit {limit:g}"),
    "at_least": ("är under sin gräns {limit:g}", "is under its limit {limit:g}"),
    "drop": (
        "har fallit med mer än {percent:g} % på en vecka",
        "has fallen by more than {percent:g}% in a week",
    ),
    "not_negative": ("är under noll", "is below zero"),
    "whole": ("är inte ett helt tal", "is no whole number"),
}


def words(rule: str, contract: Contract, place: Municipality, limit: float = 0) -> Text:
    """Which figure of which municipality breaks which rule, in Swedish and English."""
    sv, en = (text.format(limit=limit, percent=100 * limit) for text in RULES[rule])
    return f"{place.name}: {contract.title_sv} {sv}", f"{place.name}: {contract.title_en} {en}"


def jumped(contract: Contract, tables: Mapping[Slot, Mapping[Key, Cell]], today: date) -> bool:
    """Whether the municipality's total lies outside its band: of an instant metric the figure of now, of a
    flow the day that is over, and today for too much only, since it is not over yet.
    """
    if contract.kind == "instant":
        return _is_outside(tables, Slot((), "now", NOW_ON))
    yesterday = Slot((), "day", today - timedelta(days=1))
    return _is_outside(tables, yesterday) or _is_outside(tables, Slot((), "day", today), is_over=False)


def _is_outside(tables: Mapping[Slot, Mapping[Key, Cell]], slot: Slot, *, is_over: bool = True) -> bool:
    cell = tables.get(slot, {}).get(())
    if cell is None or cell.value is None or cell.lower is None or cell.upper is None:
        return False
    return cell.value > cell.upper or (is_over and cell.value < cell.lower)
