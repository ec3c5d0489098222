"""A hub that has been told of Mittköping's placements, all of it twice and in another order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from producers.synthetic.placement_generator import placement_history
from schemas.calendar import midnight
from schemas.municipality import municipality
from tests.integration.test_mittkoping import send
from warehouse.client import Warehouse, create_tables
from warehouse.contracts import contract
from warehouse.figures import Row, as_things_stand, at_instants, over_spans

SEED, SIZE = 11, 0.15
UNTIL = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
ZONE = municipality("9999").zone
MONTHS = [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]
QUARTERS = tuple(pairwise(MONTHS[9::3]))
WHOLE = (date(2024, 11, 21), date(2026, 11, 21))
INSTANTS = [*(midnight(day, ZONE) for day in MONTHS[12:35:3]), UNTIL]

Span = tuple[date, date]
Cells = Mapping[tuple[str, ...], float]


class PlacedHub:
    """The warehouse after everything has been sent; figures by cell, without those that are 0 or missing."""

    def __init__(self, warehouse: Warehouse, database: str) -> None:
        self.warehouse = warehouse
        create_tables(warehouse, database)
        events = list(placement_history(SEED, UNTIL, SIZE))
        again = events + events
        random.Random(1).shuffle(again)
        send(warehouse, events)
        send(warehouse, again)

    def at(self, name: str, by: Sequence[str] = ()) -> Iterator[tuple[datetime, Cells]]:
        """An instant metric at each instant."""
        rows = at_instants(self.warehouse, contract(name), "9999", INSTANTS, by)
        for at in INSTANTS:
            yield at, cells(row for row in rows if row.at == at)

    def over(
        self, name: str, by: Sequence[str] = (), spans: Sequence[Span] = QUARTERS
    ) -> Iterator[tuple[Span, Cells]]:
        """A span metric over each span, and over two years."""
        for some in (spans, (WHOLE,)):
            rows = over_spans(self.warehouse, contract(name), "9999", some, TODAY, by)
            for span in some:
                yield span, cells(row for row in rows if row.since == span[0])

    def now(self, name: str, by: Sequence[str] = ()) -> Cells:
        """A timeless metric."""
        return cells(as_things_stand(self.warehouse, contract(name), "9999", by))


def cells(rows: Iterable[Row]) -> Cells:
    """Figures by cell."""
    return {tuple(row.dimensions.values()): row.value for row in rows if row.value}


def same(told: Cells, wanted: Cells) -> None:
    """The same cells with the same figures; amounts may differ by the last digits of a sum."""
    assert {cell: value for cell, value in wanted.items() if value} == pytest.approx(dict(told), rel=1e-9)
