"""What the law's times come to in Mittköping's cases, asked of the hub and of the answer key.

A metric is asked by all its dimensions at once, which decides every coarser cut that adds up, and in total
where parts do not add up to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Final, NamedTuple

from producers.synthetic.care.known import percentile
from producers.synthetic.clock_key import ClockKey
from schemas.calendar import midnight
from schemas.municipality import municipality
from tests.integration.placed_hub import cells
from warehouse.client import Warehouse
from warehouse.contracts import contract
from warehouse.figures import as_things_stand, at_instants, over_spans

UNTIL: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 20)
MONTHS: Final = tuple(pairwise(date(2026, month, 1) for month in range(1, 13)))
YEAR: Final = (date(2025, 11, 1), date(2026, 11, 1))
INSTANTS: Final = (midnight(date(2026, 3, 30), municipality("9999").zone), UNTIL)
MEETINGS: Final = ("LC8", "LC15c", "SPT")

By = tuple[str, ...]
Cells = Mapping[tuple[str, ...], float]
Answer = Callable[[Any, Any, By], Cells]


class AskedOfKey(NamedTuple):
    """A metric cut by some dimensions, and the key's answer of a span or an instant."""

    metric: str
    by: By
    wanted: Answer

    def differences(self, warehouse: Warehouse, key: object) -> list[str]:
        """Where hub and key say different things; a share may differ by its last digits."""
        return [
            f"{self.metric} by {self.by} at {when}: {one}"
            for when, told in self._told(warehouse)
            for one in _unlike(told, self.wanted(key, when, self.by))
        ]

    def is_silent(self, key: object) -> bool:
        """Whether the key has no answer to it at all."""
        asked: tuple[Any, ...] = INSTANTS if contract(self.metric).kind == "instant" else (*MONTHS, YEAR)
        return not any(self.wanted(key, when, self.by) for when in asked)

    def _told(self, warehouse: Warehouse) -> Iterator[tuple[Any, Cells]]:
        asked = contract(self.metric)
        if asked.timeless:
            yield None, cells(as_things_stand(warehouse, asked, "9999", self.by))
        elif asked.kind == "instant":
            rows = at_instants(warehouse, asked, "9999", INSTANTS, self.by)
            yield from ((at, cells(row for row in rows if row.at == at)) for at in INSTANTS)
        else:
            spans = (*MONTHS, YEAR)
            rows = over_spans(warehouse, asked, "9999", spans, TODAY, self.by)
            for span in spans:
                yield span, cells(row for row in rows if row.since == span[0])


def _unlike(told: Cells, wanted: Cells) -> list[str]:
    truth = {cell: value for cell, value in wanted.items() if value}
    return [
        f"{cell}: told {told.get(cell)}, wanted {truth.get(cell)}"
        for cell in sorted(told.keys() | truth.keys())
        if cell not in told or cell not in truth or abs(told[cell] - truth[cell]) > 1e-9
    ]


def _due(key: ClockKey, span: Any, by: By) -> Cells:
    return key.due(span, by)


def _in_time(key: ClockKey, span: Any, by: By) -> Cells:
    return key.in_time(span, by)


def _met(key: ClockKey, span: Any, by: By) -> Cells:
    return key.only(*MEETINGS).in_time(span, by)


def _lately(key: ClockKey, at: Any, by: By) -> Cells:
    return key.in_time_since(at - timedelta(days=30), at, by)


def _overdue(key: ClockKey, at: Any, by: By) -> Cells:
    return key.overdue(at, by)


def _soon(key: ClockKey, at: Any, by: By) -> Cells:
    return key.due_soon(at, by)


def _waiting(key: ClockKey, at: Any, by: By) -> Cells:
    return key.not_carried_out(at, by)


def _days_waited(key: ClockKey, at: Any, by: By) -> Cells:
    return middle_of(key.days_waited(at, tuple(name for name in by if name != "statistic")), by)


def middle_of(found: Mapping[tuple[str, ...], list[int]], by: By) -> Cells:
    """Medians, and 90th percentiles where they are asked for by `statistic`."""
    told: dict[tuple[str, ...], float] = {}
    for cell, days in found.items():
        for name, value in (("median", median(days)), ("p90", percentile(days, 0.9))):
            said = iter(cell)
            if "statistic" in by or name == "median":
                told[tuple(name if each == "statistic" else next(said) for each in by)] = value
    return told


def parts(metric: str, by: By, wanted: Answer) -> list[AskedOfKey]:
    """What adds up, by all dimensions."""
    return [AskedOfKey(metric, by, wanted)]


def and_total(metric: str, by: By, wanted: Answer) -> list[AskedOfKey]:
    """The same, and in total, which the parts do not decide."""
    return [AskedOfKey(metric, by, wanted), AskedOfKey(metric, (), wanted)]


QUESTIONS: Final = (
    *and_total("share_in_time", ("clock", "unit", "sex"), _in_time),
    *and_total("share_in_time_30_days", ("clock",), _lately),
    *and_total("considered_on_time_share", ("clock", "unit", "sex"), _met),
    *parts("clocks_due", ("clock", "unit", "sex", "outcome"), _due),
    *parts("clocks_overdue", ("clock",), _overdue),
    *parts("clocks_overdue_by_unit", ("unit",), _overdue),
    *parts("clocks_due_soon", ("clock", "within"), _soon),
    *parts("unexecuted_decisions", ("service_type", "sex", "law", "unit", "waiting", "reason"), _waiting),
    *and_total("unexecuted_days", ("law", "waiting", "service_type", "sex", "statistic"), _days_waited),
)
