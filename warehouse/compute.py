"""What a metric publishes: every key of its spine for now, for the kept days, with bands, and for weeks,
months, quarters and years. Queries, no writing.

Days and periods are remembered between ticks and computed again only where a touched span reaches them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Final, NamedTuple

from schemas.calendar import EARLIEST, later_period, local_day, midnight
from schemas.calendar import days as days_between
from schemas.municipality import CARE_TOPICS, Municipality
from warehouse.bands import band
from warehouse.client import Warehouse
from warehouse.contracts import Contract, Publication
from warehouse.figures import Row, as_things_stand, at_instants, in_period, last_of
from warehouse.periods import Asked, Periods
from warehouse.privacy import Cell, Key
from warehouse.published import NOW_ON
from warehouse.told import Told, told

DOMAINS: Final[dict[str, tuple[str, ...]]] = {
    "age_days": ("0-14", "15-30", "31-60", "61-120", "over-120"),
    "stage": ("intake", "preliminary_assessment", "investigation", "decision", "service", "follow_up"),
    "sex": ("woman", "man", "unknown"),
    "grown": ("adults", "children_and_youth"),
    "over_days": ("7", "14", "30"),
    "within_days": ("30", "60", "90"),
    "within_minutes": ("15", "30", "60"),
    "over_minutes": ("15", "30", "60"),
    "regi": ("in_house", "contracted", "unknown"),
    "payer": ("social_insurance", "municipality", "unknown"),
    "spell": ("short", "long", "unknown"),
    "above": ("within_most", "over_most"),
    "raised": ("yes", "no"),
    "waiting": ("never_started", "interrupted"),
    "within": ("today", "7_days"),
    "young": ("13_20", "others", "unknown"),
    "investigations": ("2", "3", "4_or_more"),
    "ending": ("stayed", "moved", "deceased"),
}
UNKNOWN: Final = "unknown"

NEVER: Final = {("stage", "preliminary_assessment")}
"""Stages that no event leads to (domain 17), so that no case can stand there: not zero but not applicable."""


class Slot(NamedTuple):
    """One table of figures: a grain and a period. All its cells are protected together."""

    by: tuple[str, ...]
    period: str
    on: date


Days = dict[date, dict[Key, Cell]]


class Computer:
    """Computes the published tables of one municipality; holds what it computed of past days."""

    def __init__(self, warehouse: Warehouse, place: Municipality) -> None:
        self._warehouse = warehouse
        self._place = place
        self._days: dict[tuple[str, tuple[str, ...]], Days] = {}
        self._periods = Periods(warehouse, place)
        self._units: dict[bool, set[str]] = {False: set(), True: set()}
        self._told = Told({}, {})
        self._may_know_more = True

    def touched(self, from_day: date, contracts: Iterable[Contract]) -> None:
        """Figures of these metrics of this day and later may have changed."""
        self._may_know_more = True
        reached = {each.name: EARLIEST.date() if each.looks_ahead else from_day for each in contracts}
        for (name, *_), days in self._days.items():
            for day in [day for day in days if name in reached and day >= reached[name]]:
                del days[day]
        self._periods.touched(reached)

    def tables(self, contract: Contract, as_of: datetime) -> dict[Slot, dict[Key, Cell]]:
        """Every table that the contract publishes, unprotected."""
        self._look_at_first_days()
        today = local_day(as_of, self._place.zone)
        found: dict[Slot, dict[Key, Cell]] = {}
        for asked in sorted(contract.publish, key=lambda publication: publication.period):
            if asked.period == "day":
                days = self._past_and_today(contract, asked, as_of, today)
                found |= {
                    Slot(asked.by, "day", day): cells for day, cells in _banded(days, asked, today).items()
                }
            elif asked.period != "now":
                wanted = Asked(contract, asked.by, asked.period, asked.count)
                for first, (rows, end) in self._periods.rows(wanted, as_of, self._told).items():
                    cells = self._spine(contract, asked.by, rows, end)
                    is_new = self._is_preliminary(contract, later_period(asked.period, first), today)
                    found[Slot(asked.by, asked.period, first)] = _preliminary(cells) if is_new else cells
            else:
                rows = self._at(contract, asked.by, [as_of])
                cells = self._spine(contract, asked.by, rows, as_of)
                series = self._days.get((contract.name, asked.by), {})
                found[Slot(asked.by, "now", NOW_ON)] = _with_band(cells, series, today) if series else cells
        return found

    def _look_at_first_days(self) -> None:
        """Remembered days say of what nobody had told; when that changes they are computed again. Asked once
        after something was touched, since it reads all that was ever told.
        """
        if not self._may_know_more:
            return
        self._may_know_more = False
        found = told(self._warehouse, self._place.code)
        if found != self._told:
            self._told = found
            self._days.clear()
            self._periods.clear()

    def _is_preliminary(self, contract: Contract, until: date, today: date) -> bool:
        """Whether a period that is over ended so lately that much may still be told of it."""
        limit = timedelta(days=self._place.preliminary_days.get(contract.name, 0))
        return until <= today < until + limit

    def _past_and_today(self, contract: Contract, asked: Publication, as_of: datetime, today: date) -> Days:
        """Values of the kept days; an instant metric's day is its end, so today is not among them."""
        days = self._days.setdefault((contract.name, asked.by), {})
        for day in [day for day in days if day < today - timedelta(days=asked.days)]:
            del days[day]
        last = today if contract.kind == "instant" else today + timedelta(days=1)
        wanted = days_between(today - timedelta(days=asked.days), last)
        days.pop(today, None)
        missing = [day for day in wanted if day not in days]
        if missing:
            compute = self._at_ends if contract.kind == "instant" else self._over_days
            days |= compute(contract, asked.by, missing, as_of)
        return days

    def _at_ends(self, contract: Contract, by: tuple[str, ...], wanted: list[date], as_of: datetime) -> Days:
        ends = {midnight(day + timedelta(days=1), self._place.zone): day for day in wanted}
        rows = self._at(contract, by, list(ends))
        found: dict[date, list[Row]] = {day: [] for day in wanted}
        for row in rows:
            assert row.at is not None
            found[ends[row.at.astimezone(UTC)]].append(row)
        return {day: self._spine(contract, by, found[day], end) for end, day in ends.items()}

    def _at(self, contract: Contract, by: tuple[str, ...], instants: list[datetime]) -> list[Row]:
        if contract.timeless:
            return as_things_stand(self._warehouse, contract, self._place.code, by)
        return at_instants(self._warehouse, contract, self._place.code, instants, by)

    def _over_days(
        self, contract: Contract, by: tuple[str, ...], wanted: list[date], as_of: datetime
    ) -> Days:
        until = min(midnight(wanted[-1] + timedelta(days=1), self._place.zone), as_of)
        span = (midnight(wanted[0], self._place.zone), until)
        rows = in_period(self._warehouse, contract, self._place.code, span, (*by, "day"))
        found: dict[date, list[Row]] = {day: [] for day in wanted}
        for row in rows:
            day = date.fromisoformat(row.dimensions["day"]) if row.dimensions else None
            if day in found:
                found[day].append(row)
        return {
            day: self._spine(
                contract, by, of_day, last_of(midnight(day + timedelta(days=1), self._place.zone))
            )
            for day, of_day in found.items()
        }

    def _spine(
        self, contract: Contract, by: tuple[str, ...], rows: Iterable[Row], at: datetime
    ) -> dict[Key, Cell]:
        """A cell for every key there is, counted or not; zero only where something had been told by then."""
        counted = {
            tuple(row.dimensions[name] for name in by): Cell(
                row.value, row.n, row.state, row.lower, row.upper, row.top, row.coverage
            )
            for row in rows
        }
        if "unit" in by:
            self._units[_is_of_care(contract)] |= {key[by.index("unit")] for key in counted}
        return {
            key: self._cell(contract, dict(zip(by, key, strict=True)), counted.get(key), at)
            for key in sorted(set(self._keys(contract, by)) | counted.keys())
        }

    def _cell(
        self, contract: Contract, dimensions: dict[str, str], counted: Cell | None, at: datetime
    ) -> Cell:
        if counted is not None and (counted.value or contract.empty is None):
            return counted
        if NEVER & dimensions.items():
            return Cell(None, 0, "not_applicable")
        about = dimensions.get("unit", ""), dimensions.get("service", "")
        state = self._told.unanswered(contract, at, *about)
        return (counted or Cell(0.0, 0)) if state == "value" else Cell(None, 0, state)

    def _keys(self, contract: Contract, by: tuple[str, ...]) -> Iterable[Key]:
        own, of_care = self._place.units_of(contract.needs), _is_of_care(contract)
        others = self._units[of_care] | (set() if of_care else self._told.snapshots.keys())
        units = (*own, *sorted(others - own.keys()))
        return product(*(units if name == "unit" else self._domain(name) for name in by))

    def _domain(self, name: str) -> tuple[str, ...]:
        """The municipality's own codes, and what is not known as a key of its own. A clock that never started
        here is none of them; of the others each metric tells its zeros itself.
        """
        own = {} if name == "clock" else self._place.names(name)
        return (*own, UNKNOWN) if own else DOMAINS.get(name, ())


def _is_of_care(contract: Contract) -> bool:
    return not CARE_TOPICS.isdisjoint(contract.needs)


def _preliminary(cells: dict[Key, Cell]) -> dict[Key, Cell]:
    return {
        key: cell._replace(state="preliminary") if cell.state == "value" else cell
        for key, cell in cells.items()
    }


def _banded(days: Days, asked: Publication, today: date) -> Days:
    """The days of the last fortnight and today with their bands; older ones as they are."""
    if not asked.band:
        return dict(days)
    fortnight = today - timedelta(days=14)
    return {day: _with_band(cells, days, day) if day >= fortnight else cells for day, cells in days.items()}


def _with_band(cells: dict[Key, Cell], days: Days, day: date) -> dict[Key, Cell]:
    return {key: _cell_with_band(cell, key, days, day) for key, cell in cells.items()}


def _cell_with_band(cell: Cell, key: Key, days: Days, day: date) -> Cell:
    series = {past: cells[key].value for past, cells in days.items() if key in cells}
    limits = band(series, day)
    return cell if limits is None else cell._replace(lower=limits[0], upper=limits[1])
