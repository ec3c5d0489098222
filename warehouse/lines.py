"""Which figures of linked tables add up to which: what a reader may compute with. Pure.

A cell of a table by one dimension is the margin of every table by two that has this dimension; the total is
the margin of all tables by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import inf
from typing import NamedTuple

from warehouse.privacy import Cell, Key
from warehouse.sums import Row

Grain = tuple[str, ...]
Name = tuple[Grain, Key]
Tables = Mapping[Grain, Mapping[Key, Cell]]


class Line(NamedTuple):
    """A total and its parts. Not exact: a person may stand in several parts, so that they sum to the total
    or more.
    """

    total: Name
    parts: tuple[Name, ...]
    exact: bool = True

    @property
    def names(self) -> tuple[Name, ...]:
        """The parts and the total."""
        return (*self.parts, self.total)


def lines_of(tables: Tables, overlapping: Collection[str] = ()) -> list[Line]:
    """Every sum within the tables; totals that no table shows are named too. At most two dimensions.

    What is missing or not applicable stands in no sum.
    """
    absent = {name for name, cell in _cells(tables) if cell.value is None and cell.state != "suppressed"}
    found: list[Line] = []
    for grain in sorted(grain for grain in tables if grain):
        for kept in _margins(grain):
            rows: dict[Name, list[Name]] = {}
            for key in sorted(tables[grain]):
                if (grain, key) not in absent:
                    margin = tuple(key[grain.index(name)] for name in kept)
                    rows.setdefault((kept, margin), []).append((grain, key))
            exact = not (set(grain) - set(kept)) & set(overlapping)
            found += [
                Line(total, tuple(parts), exact) for total, parts in rows.items() if total not in absent
            ]
    unseen = {line.total[0] for line in found} - tables.keys() - {()}
    return found + [
        Line(((), ()), tuple(dict.fromkeys(line.total for line in found if line.total[0] == grain)),
             not set(grain) & set(overlapping))
        for grain in sorted(unseen)
    ]  # fmt: skip


def _cells(tables: Tables) -> Iterator[tuple[Name, Cell]]:
    for grain, table in tables.items():
        for key, cell in table.items():
            yield (grain, key), cell


def _margins(grain: Grain) -> list[Grain]:
    assert len(grain) <= 2, f"{grain}: tables have at most two dimensions"
    return [()] if len(grain) == 1 else [grain[:1], grain[1:]]


class Release(NamedTuple):
    """Linked tables as they were shown together; those of the grains `still` are figures of an earlier
    release.
    """

    tables: Mapping[Grain, Mapping[Key, Cell]]
    still: frozenset[Grain] = frozenset()


class Known(NamedTuple):
    """What a reader sees of one publication: figures, and the limits of those that are hidden."""

    figures: Mapping[Name, float]
    limits: Mapping[Name, tuple[float, float]]


def values_of(tables: Tables) -> dict[Name, float]:
    """The counts of unprotected tables; cells without one are left out."""
    return {name: cell.value for name, cell in _cells(tables) if cell.value is not None}


def known_of(tables: Tables) -> Known:
    """What is read off shown tables. What is missing or not applicable counts for nothing in any sum."""
    cells = dict(_cells(tables))
    hidden = {name: cell for name, cell in cells.items() if cell.state == "suppressed"}
    limits = {
        name: (0.0, inf) if cell.upper is None else (1.0, cell.upper) for name, cell in sorted(hidden.items())
    }
    return Known({name: cell.value or 0.0 for name, cell in cells.items() if name not in hidden}, limits)


def rows_of(lines: Collection[Line], known: Known, places: Mapping[Name, int]) -> list[Row]:
    """The lines as equations of the unknowns, which stand at `places`; what a line's figures tell goes to
    its right.

    Where a line is not exact the reader assumes that it is, and is sure only that no part exceeds the total
    and that the parts reach it.
    """
    found: list[Row] = []
    for line in lines:
        terms, rest = _sides(line, known, places)
        if not terms:
            continue
        found.append(Row(terms, rest, line.exact))
        if not line.exact:
            found.append(Row(terms, rest, at_least=True))
            found += _within(line, known, places)
    return found


def _sides(line: Line, known: Known, places: Mapping[Name, int]) -> tuple[dict[int, float], float]:
    terms: dict[int, float] = {}
    rest = 0.0
    for name in line.names:
        sign = -1.0 if name == line.total else 1.0
        if name in places:
            terms[places[name]] = terms.get(places[name], 0.0) + sign
        else:
            rest -= sign * known.figures.get(name, 0.0)
    return {place: factor for place, factor in terms.items() if factor}, rest


def _within(line: Line, known: Known, places: Mapping[Name, int]) -> list[Row]:
    total = places.get(line.total)
    found: list[Row] = []
    for part in line.parts:
        if part in places and total is None:
            found.append(Row({places[part]: -1.0}, -known.figures.get(line.total, 0.0), at_least=True))
        elif total is not None:
            terms = {total: 1.0} | ({places[part]: -1.0} if part in places else {})
            found.append(Row(terms, 0.0 if part in places else known.figures.get(part, 0.0), at_least=True))
    return found
