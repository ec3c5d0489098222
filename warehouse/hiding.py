"""Which figures of a metric may be shown to whom, before any of them waits for the quarter hour. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from schemas.municipality import Municipality
from warehouse.compute import Slot
from warehouse.contracts import Contract
from warehouse.privacy import Cell, Key, hide, protect_counts, protect_groups, protect_means, protect_parts
from warehouse.published import NOW_ON

BALANCE: Final = "caseload_balance"
OF_GROUPS: Final = frozenset({("staff", "amount"), ("public", "share")})
"""What can be computed from the total and the other parts, so that a hidden part needs company."""
NESTED: Final = "within"
WIDER: Final = {"today": "7_days"}
FigureKey = tuple[Slot, Key]


def protected(
    contract: Contract,
    tables: Mapping[Slot, Mapping[Key, Cell]],
    place: Municipality,
    secret: Collection[str],
    group: Mapping[FigureKey, Cell] | None = None,
) -> dict[FigureKey, Cell]:
    """What may be shown: small numbers hidden in public figures, and small groups in those for staff;
    engineers' figures are technical counts.

    secret: units whose balance is hidden, so that no other figure of now may tell it. group: what is shown of
    the group that the metric tells of.
    """
    found: dict[FigureKey, Cell] = {}
    for slot, table in tables.items():
        cells = dict(table)
        if contract.audience in ("public", "staff") and contract.persons:
            if group:
                cells = protect_parts(table, _groups(slot, table, group), place.small)
            elif (contract.audience, contract.measure) in OF_GROUPS:
                totals = Slot(slot.by[:-1], slot.period, slot.on)
                least = place.rate_n if contract.measure == "share" else place.small
                kept = protect_groups(table, least, has_totals=totals in tables and bool(slot.by))
                cells = protect_means(kept, 0, _secret_keys(contract, slot, table, secret))
            else:
                protect = protect_counts if contract.measure == "count" else protect_means
                least = place.small if contract.measure == "count" else place.rate_n
                cells = _without_differences(
                    slot.by, protect(table, least, _secret_keys(contract, slot, table, secret)), place.small
                )
        found |= {(slot, key): cell for key, cell in cells.items()}
    return found


def _without_differences(by: tuple[str, ...], cells: Mapping[Key, Cell], small: int) -> dict[Key, Cell]:
    """Counts within limits that lie inside each other: the narrower one is hidden where what lies between it
    and the wider one is a small number.
    """
    if NESTED not in by:
        return dict(cells)
    place = by.index(NESTED)
    found = dict(cells)
    for key, cell in cells.items():
        wider = cells.get((*key[:place], WIDER.get(key[place], ""), *key[place + 1 :]))
        if wider and cell.value and wider.value and 0 < wider.value - cell.value < small:
            found[key] = hide(cell, small, few=False)
    return found


def _groups(slot: Slot, keys: Iterable[Key], group: Mapping[FigureKey, Cell]) -> dict[Key, float | None]:
    """How many each key's group is: by the dimensions that the group is counted by."""
    counted = {grain for (of, _) in group for grain in of.by}
    by = tuple(name for name in slot.by if name in counted)
    places = [slot.by.index(name) for name in by]
    nobody = Cell(None, 0, "missing")
    return {
        key: group.get((Slot(by, "now", NOW_ON), tuple(key[place] for place in places)), nobody).value
        for key in keys
    }


def _secret_keys(contract: Contract, slot: Slot, keys: Iterable[Key], secret: Collection[str]) -> set[Key]:
    if contract.name == BALANCE or slot.period != "now" or "unit" not in slot.by:
        return set()
    return {key for key in keys if key[slot.by.index("unit")] in secret}
