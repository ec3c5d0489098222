"""How the hub and the answer key are asked the same question about Mittköping's hours and devices.

Each question costs the hub a long plan, so few are asked: a metric by all its dimensions at once, which
decides every coarser cut that adds up, and in total where parts do not add up to it; all spans together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
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
QUARTER: Final = date(2026, 1, 1), date(2026, 4, 1)
INSTANTS: Final = (midnight(date(2026, 3, 30), municipality("9999").zone), UNTIL)

By = tuple[str, ...]
Cells = Mapping[tuple[str, ...], float]
Span = tuple[date, date]
Answer = Callable[[CareKey, Any, By], Cells]


class Asked(NamedTuple):
    """A metric cut by some dimensions, and the key's answer of a span or an instant."""

    metric: str
    by: By
    wanted: Answer

    def __str__(self) -> str:
        """Its name in a test's report."""
        return f"{self.metric}_by_all" if self.by else self.metric

    def differences(self, warehouse: Warehouse, key: CareKey) -> list[str]:
        """Where hub and key say different things; amounts may differ by the last digits of a sum."""
        return [
            f"{self.metric} by {self.by} at {when}: {one}"
            for when, told in self._told(warehouse)
            for one in _unlike(told, self.wanted(key, when, self.by))
        ]

    def _told(self, warehouse: Warehouse) -> Iterator[tuple[Any, Cells]]:
        asked = contract(self.metric)
        if asked.timeless:
            yield None, cells(as_things_stand(warehouse, asked, "9999", self.by))
        elif asked.kind == "instant":
            rows = at_instants(warehouse, asked, "9999", INSTANTS, self.by)
            yield from ((at, cells(row for row in rows if row.at == at)) for at in INSTANTS)
        else:
            spans = (*MONTHS, QUARTER)
            rows = over_spans(warehouse, asked, "9999", spans, TODAY, self.by)
            yield from ((span, cells(row for row in rows if row.since == span[0])) for span in spans)


def _unlike(told: Cells, wanted: Cells) -> list[str]:
    truth = {cell: value for cell, value in wanted.items() if value}
    return [
        f"{cell}: told {told.get(cell)}, wanted {truth.get(cell)}"
        for cell in sorted(told.keys() | truth.keys())
        if cell not in told or cell not in truth or abs(told[cell] - truth[cell]) > 1e-6 * abs(truth[cell])
    ]


def parts(metric: str, wanted: Answer) -> list[Asked]:
    """What adds up, by all dimensions."""
    return [Asked(metric, contract(metric).dimensions, wanted)]


def parts_and_total(metric: str, wanted: Answer) -> list[Asked]:
    """The same, and in total, which the parts do not decide."""
    return [*parts(metric, wanted), Asked(metric, (), wanted)]
