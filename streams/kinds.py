"""Every kind of entity, by an explicit tuple: which table its row goes to, and the pure fold that makes
it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from streams.folds import case, contract, placement, provider, reference, request_and_invoice
from streams.history import Living


@dataclass(frozen=True)
class Kind:
    """One kind of entity. A history with more versions than `limit` raises an alarm: entities stay small."""

    name: str
    topic: str
    table: str
    row: type[tuple[Any, ...]]
    fold: Callable[[Sequence[Living]], tuple[Any, ...]]
    limit: int = 2_000

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the table, in the order that rows are written."""
        own: tuple[str, ...] = self.row._fields  # type: ignore[attr-defined]
        return ("municipality", "entity", "version", "void", *(name.replace("__", ".") for name in own))


KINDS: Final[tuple[Kind, ...]] = (
    Kind("case", "cases", "cases", case.CaseRow, case.fold),
    Kind("placement", "placements", "placements", placement.PlacementRow, placement.fold),
    Kind("contract", "placements", "contracts", contract.ContractRow, contract.fold),
    Kind("provider", "placements", "providers", provider.ProviderRow, provider.fold),
    Kind(
        "request", "placements", "requests", request_and_invoice.RequestRow, request_and_invoice.fold_request
    ),
    Kind(
        "invoice", "placements", "invoices", request_and_invoice.InvoiceRow, request_and_invoice.fold_invoice
    ),
    Kind("capacity", "reference", "capacities", reference.CapacityRow, reference.fold_capacity),
    Kind("unit_day", "cases", "unit_days", reference.UnitDayRow, reference.fold_unit_day),
    Kind("fte", "reference", "fte", reference.FteRow, reference.fold_fte),
    Kind("population", "reference", "population", reference.PopulationRow, reference.fold_population),
    Kind("comparator", "reference", "comparators", reference.ComparatorRow, reference.fold_comparator),
    Kind("producer", "reference", "producers", reference.ProducerRow, reference.fold_producer),
)
BY_NAME: Final[dict[str, Kind]] = {kind.name: kind for kind in KINDS}


def kind_of(entity: str) -> Kind:
    """The kind of an entity key `kommunkod/kind/pseudonym`."""
    return BY_NAME[entity.split("/", 2)[1]]
