"""Every published figure, computed from two databases at the same instant, or against what screens show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from math import isclose
from typing import Final, NamedTuple

from schemas.municipality import municipality
from warehouse.client import Warehouse
from warehouse.compute import Computer, Slot
from warehouse.contracts import Contract, load
from warehouse.privacy import Cell, Key
from warehouse.published import NOW_ON, Figure, shown
from warehouse.watermark import mark_of, watermarks

Values = dict[tuple[Slot, Key], Cell]
_CLOSE: Final = 1e-9
"""Sums of floating numbers come out alike to this, whatever order they are added in."""


class Moved(NamedTuple):
    """A figure that two ways do not give alike; None where one of them has none. version: of the metric now;
    shown_version: of what screens show.
    """

    municipality: str
    metric: str
    version: int
    slot: Slot
    key: Key
    before: Cell | None
    after: Cell | None
    shown_version: int = 0

    @property
    def name(self) -> str:
        """Which figure it is, in words for an engineer."""
        dimensions = ",".join(f"{name}={value}" for name, value in zip(self.slot.by, self.key, strict=True))
        when = "now" if self.slot.on == NOW_ON else f"{self.slot.period} {self.slot.on}"
        return " ".join(part for part in (self.municipality, self.metric, dimensions, when) if part)


class Compared(NamedTuple):
    """How many figures were looked at, and those that differ."""

    figures: int
    moved: list[Moved]


class Asked(NamedTuple):
    """A metric of one municipality, and the instant that it is computed at."""

    code: str
    contract: Contract
    at: datetime


def asked(hub: Warehouse, now: datetime) -> list[Asked]:
    """Every metric that is published, where something is told of what it needs: at its as_of.

    A metric that goes by the clock on the wall is asked at `now`.
    """
    contracts = [each for each in load().values() if each.publish]
    return [
        Asked(code, each, now if each.clock == "wall" else mark.as_of)
        for code, marks in sorted(watermarks(hub).items())
        for each in contracts
        if (mark := mark_of(each, marks))
    ]


class Computing:
    """Computes what is asked from one database."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._computers: dict[str, Computer] = {}

    def values(self, one: Asked) -> Values:
        """Every key of every table that the metric publishes, unprotected."""
        if one.code not in self._computers:
            self._computers[one.code] = Computer(self._warehouse, municipality(one.code))
        tables = self._computers[one.code].tables(one.contract, one.at)
        return {(slot, key): cell for slot, cells in tables.items() for key, cell in cells.items()}


def compare(wanted: Iterable[Asked], before: Warehouse, after: Warehouse) -> Compared:
    """The figures of both databases, computed side by side: most of a question's time is its planning."""
    sides = Computing(before), Computing(after)
    figures, moved = 0, list[Moved]()
    with ThreadPoolExecutor(len(sides)) as pool:
        for each in wanted:
            left, right = pool.map(lambda side, each=each: side.values(each), sides)
            figures += len(left.keys() | right.keys())
            moved += differences(each, left, right)
    return Compared(figures, moved)


def differences(
    of: Asked, before: Mapping[tuple[Slot, Key], Cell], after: Mapping[tuple[Slot, Key], Cell]
) -> Iterator[Moved]:
    """Figures that are not alike."""
    for slot, key in sorted(before.keys() | after.keys(), key=repr):
        left, right = before.get((slot, key)), after.get((slot, key))
        if left is None or right is None or not alike(left, right):
            yield Moved(of.code, of.contract.name, of.contract.version, slot, key, left, right)


def alike(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same, but for what adding in another order does to floating numbers."""
    return all(
        left == right
        or (isinstance(left, float) and isinstance(right, float) and isclose(left, right, rel_tol=_CLOSE))
        for left, right in zip(one, other, strict=True)
    )


def from_shown(hub: Warehouse, after: Warehouse, wanted: Iterable[Asked]) -> Iterator[Moved]:
    """Figures that screens show and that would have another value or be gone, computed at the as_of that they
    are shown with; hidden ones cannot be compared.
    """
    computing = Computing(after)
    for each in wanted:
        figures = shown(hub, each.code, [each.contract.name], audience=each.contract.audience)
        told = {_place(each.contract, figure): figure for figure in figures if figure.value is not None}
        if not told:
            continue
        at = each.at if each.contract.clock == "wall" else max(figure.told_until for figure in told.values())
        values = computing.values(each._replace(at=at))
        for place, figure in told.items():
            yield from _from_shown(each, place, figure, values)


def _from_shown(of: Asked, place: tuple[Slot, Key], figure: Figure, values: Values) -> Iterator[Moved]:
    now = values.get(place)
    before = Cell(figure.value, figure.n or 0, figure.state)
    if now is None or not _same(figure.value, now.value):
        version = of.contract.version
        yield Moved(of.code, of.contract.name, version, *place, before, now, figure.metric_version)


def _same(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and isclose(one, other, rel_tol=_CLOSE))


def _place(contract: Contract, figure: Figure) -> tuple[Slot, Key]:
    by = tuple(name for name in contract.dimensions if name in figure.dimensions)
    for publication in contract.publish:
        if set(publication.by) == figure.dimensions.keys() and publication.period == figure.period:
            by = publication.by
    return Slot(by, figure.period, figure.period_on), tuple(figure.dimensions[name] for name in by)
