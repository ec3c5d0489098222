"""Rows of weeks, months, quarters and years: of each period that is over once, of the one going on each time.

All are computed anew on a new day, for a period may tell of what happened long after it (a year without a new
placement), and where something touched reaches them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from schemas.calendar import later_period, local_day, midnight, period_start
from schemas.municipality import Municipality
from warehouse.client import Warehouse
from warehouse.contracts import Contract
from warehouse.figures import Row, at_instants, last_of, over_spans
from warehouse.told import Told
from warehouse.watermark import REFERENCE

Answer = tuple[list[Row], datetime]
"""The rows of a period, and the last instant that they tell of."""


class Asked(NamedTuple):
    """A metric, its dimensions, the kind of period and how many of them, the one going on included."""

    contract: Contract
    by: tuple[str, ...]
    period: str
    many: int

    @property
    def key(self) -> tuple[str, tuple[str, ...], str]:
        """What it is remembered by."""
        return self.contract.name, self.by, self.period


class Periods:
    """Computes periods of one municipality and remembers those that are over."""

    def __init__(self, warehouse: Warehouse, place: Municipality) -> None:
        self._warehouse = warehouse
        self._place = place
        self._kept: dict[tuple[str, tuple[str, ...], str], dict[date, Answer]] = {}
        self._today: date | None = None

    def clear(self) -> None:
        """Nothing remembered holds."""
        self._kept.clear()

    def touched(self, reached: Mapping[str, date]) -> None:
        """Figures of these metrics may have changed, each of this day and later."""
        for (name, _, period), kept in self._kept.items():
            from_day = reached.get(name)
            if from_day is not None:
                for first in [first for first in kept if later_period(period, first) > from_day]:
                    del kept[first]

    def rows(self, asked: Asked, as_of: datetime, told: Told) -> dict[date, Answer]:
        """Rows by the first day of each period, from the first one that anything was told of."""
        today = local_day(as_of, self._place.zone)
        if today != self._today:
            self.clear()
            self._today = today
        kept = self._kept.setdefault(asked.key, {})
        wanted = self._wanted(asked, today, told)
        missing = [first for first in wanted if first not in kept or first == wanted[-1]]
        if missing:
            compute = self._over if asked.contract.kind == "span" else self._at_ends
            kept |= compute(asked, missing, as_of, today)
        return {first: kept[first] for first in wanted}

    def _wanted(self, asked: Asked, today: date, told: Told) -> list[date]:
        about = asked.contract.tells_of if set(asked.contract.needs) <= {REFERENCE} else asked.contract.needs
        since = min((told.firsts[name] for name in about if name in told.firsts), default=None)
        if since is None:
            return []
        earliest = period_start(asked.period, local_day(since, self._place.zone))
        current = period_start(asked.period, today)
        firsts = [later_period(asked.period, current, -back) for back in range(asked.many - 1, -1, -1)]
        return [first for first in firsts if first >= earliest]

    def _over(self, asked: Asked, firsts: list[date], as_of: datetime, today: date) -> dict[date, Answer]:
        spans = [(first, later_period(asked.period, first)) for first in firsts]
        rows = over_spans(self._warehouse, asked.contract, self._place.code, spans, today, asked.by)
        ends = {first: min(last_of(midnight(until, self._place.zone)), as_of) for first, until in spans}
        return {first: ([row for row in rows if row.since == first], ends[first]) for first in firsts}

    def _at_ends(self, asked: Asked, firsts: list[date], as_of: datetime, today: date) -> dict[date, Answer]:
        """An instant metric's period is its end, or now while it goes on."""
        untils = {first: midnight(later_period(asked.period, first), self._place.zone) for first in firsts}
        ends = {first: min(until, as_of) for first, until in untils.items()}
        instants = list(dict.fromkeys(ends.values()))
        rows = at_instants(self._warehouse, asked.contract, self._place.code, instants, asked.by)
        return {
            first: ([row for row in rows if row.at and row.at.astimezone(UTC) == end], end)
            for first, end in ends.items()
        }
