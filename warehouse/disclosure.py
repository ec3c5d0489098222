"""What may be shown of linked cross-tables: the total, tables by one dimension and by two, of one measure
and period.

No hidden cell can be computed, neither from one publication nor from all of them by a reader who takes for
unchanged what shows no change. Where that cannot be had, a table stands still: it shows the figures of an
earlier release until more has moved. Pure; decided once, before a figure is published. Domain 7.10.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from warehouse.lines import Grain, Known, Name, Release, Tables, known_of, lines_of, values_of
from warehouse.masking import NOTHING, Mask, beside, mask
from warehouse.privacy import Cell, hide, without_small_band
from warehouse.remembered import recovered

REMEMBERED: Final = 10
"""So many releases are held against a new one."""
_ATTEMPTS: Final = 6


def protect_tables(
    tables: Tables, small: int, before: Sequence[Release] = (), overlapping: Collection[str] = ()
) -> Release:
    """Linked tables as they may be shown, every cell of every table; `still` names those that show earlier
    figures.

    before: what was shown of the same slot, oldest first; those whose tables all stood still may be left
    out. overlapping: dimensions in which a person may stand in several cells and is counted once in their
    margin.
    """
    past = _worth_remembering(before)
    fresh = set(tables)
    while fresh:
        asked = {grain: tables[grain] for grain in tables if grain in fresh}
        release, told = _Slot(asked, small, past, overlapping).release()
        if not told or not past:
            still = {grain: past[-1].tables.get(grain, {}) for grain in tables if grain not in fresh}
            return Release({**release.tables, **still}, frozenset(still))
        fresh = _without(fresh, told)
    return Release(past[-1].tables, frozenset(past[-1].tables))


def _worth_remembering(before: Sequence[Release]) -> list[Release]:
    """The last releases, and of each table the last in which it was fresh."""
    fresh = [release for release in before if release.tables.keys() - release.still]
    newest = {
        grain: at for at, release in enumerate(fresh) for grain in release.tables.keys() - release.still
    }
    return [
        release for at, release in enumerate(fresh) if at >= len(fresh) - REMEMBERED or at in newest.values()
    ]


def _without(fresh: Collection[Grain], told: Collection[Name]) -> set[Grain]:
    """The grains that can still be shown anew: tables of two dimensions stand still first, then all."""
    crossed = {grain for grain in fresh if len(grain) == 2}
    telling = {grain for grain, _ in told} & crossed
    return set(fresh) - (telling or crossed or set(fresh))


class _Slot:
    """Tables that are to be shown anew after those of the past."""

    def __init__(
        self, tables: Tables, small: int, past: Sequence[Release], overlapping: Collection[str]
    ) -> None:
        self._tables = tables
        self._small = small
        self._past = past
        self._overlapping = overlapping
        self._values = values_of(tables)
        self._lines = lines_of(tables, overlapping)
        shown = (
            known_of({grain: past[-1].tables.get(grain, {}) for grain in tables}) if past else Known({}, {})
        )
        self._before = {name: value for name, value in shown.figures.items() if name in self._values}
        self._hidden = {name for name in shown.limits if name in self._values}
        self._few = {name for name in self._hidden if shown.limits[name][1] < small}
        self._still = {name for name, value in self._before.items() if value == self._values[name]}

    def release(self) -> tuple[Release, set[Name]]:
        """The tables under a mask that hides little, else under one that hides all that was hidden; what
        they tell.
        """
        if self._is_unchanged():
            return self._rendered(Mask(frozenset(self._hidden), frozenset(self._hidden - self._few))), set()
        release, told = self._attempt(NOTHING)
        if told and self._hidden:
            release, told = self._attempt(Mask(frozenset(self._hidden), frozenset()))
        return release, told

    def _attempt(self, start: Mask) -> tuple[Release, set[Name]]:
        """A cell that was shown and has not moved gives no company: who remembers it knows it."""
        totals = () if self._past else None
        order = {name: 0 if name in self._hidden else 1 for name in self._values}
        for _ in range(_ATTEMPTS):
            found = mask(self._values, self._lines, self._small, start, order, self._still, totals)
            release = self._rendered(found)
            told = set(found.told)
            if told or not self._past:
                break
            told = recovered([*self._past, release], self._values, self._overlapping)
            more = beside(told, self._lines, self._values, found.hidden | self._still)
            if not more:
                break
            start = found._replace(hidden=found.hidden | more)
        return release, told

    def _is_unchanged(self) -> bool:
        """Whether the very figures shown last are true again, under the same mask."""
        if not self._past or self._past[-1].still & self._tables.keys():
            return False  # these figures were never shown as of one time
        if self._before.keys() | self._hidden != self._values.keys():
            return False
        few = {name for name, value in self._values.items() if 0 < value < self._small}
        return len(self._still) == len(self._before) and self._few <= few <= self._hidden

    def _rendered(self, found: Mask) -> Release:
        return Release({
            grain: {key: self._cell((grain, key), cell, found) for key, cell in cells.items()}
            for grain, cells in self._tables.items()
        })  # fmt: skip

    def _cell(self, name: Name, cell: Cell, found: Mask) -> Cell:
        if name not in found.hidden:
            return without_small_band(cell, self._small)._replace(top=None)
        return hide(cell, self._small, name not in found.unsaid and 0 < self._values[name] < self._small)
