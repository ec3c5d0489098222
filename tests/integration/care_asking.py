"""How the hub and the answer key are asked the same question about Mittköping's hours and devices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from typing import Any, Final, NamedTuple

from producers.synthetic.care.known import CareKey
from schemas.calendar import midnight
from schemas.municipality import municipality
from tests.integration.placed_hub import cells
from warehouse.client import Warehouse
from warehouse.contracts import contract
from warehouse.figures import as_things_stand, at_instants, over_spans

SEED, SIZE = 11, 0.12
UNTIL: Final = datetime(2026, 4, 20, 12, 0, tzinfo=UTC)  # clocks go forward in March
TODAY: Final = date(2026, 4, 20)
MONTHS: Final = tuple(pairwise(date(2026, month, 1) for month in (2, 3, 4, 5)))
QUARTER: Final = ((date(2026, 1, 1), date(2026, 4, 1)),)
INSTANTS: Final = (midnight(date(2026, 3, 30), municipality("9999").zone), UNTIL)

Cells = Mapping[tuple[str, ...], float]
Span = tuple[date, date]
UNITS: Final = ((), ("unit",))


class Asked(NamedTuple):
    """A metric cut by some dimensions, and the key's answer of a span or an instant."""

    metric: str
    by: tuple[str, ...]
    wanted: Callable[[CareKey, Any], Cells]
    spans: tuple[tuple[Span, ...], ...] = (MONTHS, QUARTER)

    def __str__(self) -> str:
        """Its name in a test's report."""
        return "_by_".join((self.metric, *self.by))

    def differences(self, warehouse: Warehouse, key: CareKey) -> list[str]:
        """Where hub and key say different things; amounts may differ by the last digits of a sum."""
        return [
            f"{self.metric} by {self.by} at {when}: {one}"
            for when, told in self._told(warehouse)
            for one in _unlike(told, self.wanted(key, when))
        ]

    def _told(self, warehouse: Warehouse) -> Iterator[tuple[Any, Cells]]:
        asked = contract(self.metric)
        if asked.timeless:
            yield None, cells(as_things_stand(warehouse, asked, "9999", self.by))
            return
        if asked.kind == "instant":
            rows = at_instants(warehouse, asked, "9999", INSTANTS, self.by)
            yield from ((at, cells(row for row in rows if row.at == at)) for at in INSTANTS)
            return
        for some in self.spans:
            rows = over_spans(warehouse, asked, "9999", some, TODAY, self.by)
            yield from ((span, cells(row for row in rows if row.since == span[0])) for span in some)


def _unlike(told: Cells, wanted: Cells) -> list[str]:
    truth = {cell: value for cell, value in wanted.items() if value}
    return [
        f"{cell}: told {told.get(cell)}, wanted {truth.get(cell)}"
        for cell in sorted(told.keys() | truth.keys())
        if cell not in told or cell not in truth or abs(told[cell] - truth[cell]) > 1e-6 * abs(truth[cell])
    ]


def one(value: Callable[[CareKey, Any], float | None]) -> Callable[[CareKey, Any], Cells]:
    """The answer of a figure that is not cut; None: there is none."""
    return lambda key, when: {} if (found := value(key, when)) is None else {(): found}


def cut(metric: str, cuts: tuple[tuple[str, ...], ...], wanted: Callable[..., Cells]) -> list[Asked]:
    """The same metric by each of these dimensions."""
    return [Asked(metric, by, partial(_by, wanted, by)) for by in cuts]


def _by(wanted: Callable[..., Cells], by: tuple[str, ...], key: CareKey, when: Any) -> Cells:
    return wanted(key, when, by)
