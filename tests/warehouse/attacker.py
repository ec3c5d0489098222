"""A reader who tries to compute hidden cells of published cross-tables. Shares no code with the protection.

He writes down every sum that he knows, and asks for the least and greatest value of each hidden cell. With
memory he takes hidden figures for unchanged where their sum did not move, or looks for the story with the
fewest changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from random import Random
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from warehouse.lines import Release
from warehouse.privacy import Cell, Key

Where = tuple[tuple[str, ...], Key]
Spot = tuple[int, Where]
"""A cell of one publication."""

LARGEST = 500.0


class Puzzle:
    """Unknown whole numbers between bounds, and sums of them."""

    def __init__(self) -> None:
        self.bounds: dict[object, tuple[float, float]] = {}
        self._sums: list[tuple[dict[object, float], float, float]] = []

    def add(self, terms: Mapping[Any, float], least: float, most: float) -> None:
        self._sums.append((dict(terms), least, most))

    def forget(self, count: int) -> None:
        """Take the last sums back."""
        del self._sums[len(self._sums) - count :]

    def solve(self, aim: Mapping[Any, float]) -> dict[object, int] | None:
        """The solution with the least aim; None where there is none."""
        names = list(self.bounds)
        place = {name: at for at, name in enumerate(names)}
        matrix = np.zeros((max(1, len(self._sums)), len(names)))
        for number, (terms, _, _) in enumerate(self._sums):
            for name, factor in terms.items():
                matrix[number, place[name]] += factor
        least = [low for _, low, _ in self._sums] or [0.0]
        most = [high for _, _, high in self._sums] or [0.0]
        low, high = zip(*self.bounds.values(), strict=True)
        answer = milp(
            [aim.get(name, 0.0) for name in names],
            bounds=Bounds(low, high),
            constraints=LinearConstraint(matrix, least, most),
            integrality=np.ones(len(names)),
        )
        if answer.x is None:
            return None
        return dict(zip(names, np.round(answer.x).astype(int).tolist(), strict=True))

    def certain(self, wanted: Sequence[object]) -> dict[object, int]:
        """Which of the wanted have one possible value. Nothing where nothing is possible."""
        first = self.solve({}) if wanted else None
        if first is None:
            return {}
        left = set(wanted)
        chance = Random(0)
        for _ in range(8):
            left -= self._other(
                left, first, {name: chance.choice((1.0, -1.0)) for name in wanted if name in left}
            )
        for name in wanted:
            for sign in (1.0, -1.0):
                if name in left:
                    left -= self._other(left, first, {name: sign})
        return {name: first[name] for name in left}

    def _other(self, left: set[object], first: Mapping[object, int], aim: Mapping[Any, float]) -> set[object]:
        found = self.solve(aim)
        return set() if found is None else {name for name in left if found[name] != first[name]}


def sums(release: Release) -> Iterator[tuple[Where, list[Where]]]:
    """Every margin in the fresh tables with the cells that add up to it."""
    fresh = {grain: cells for grain, cells in release.tables.items() if grain not in release.still}
    for grain, cells in fresh.items():
        for margin, totals in fresh.items():
            if len(margin) == len(grain) - 1 and set(margin) < set(grain):
                at = [grain.index(name) for name in margin]
                for total in totals:
                    yield (
                        (margin, total),
                        [(grain, key) for key in cells if tuple(key[i] for i in at) == total],
                    )


def cells_of(release: Release) -> dict[Where, Cell]:
    """The cells of the fresh tables."""
    return {
        (grain, key): cell
        for grain, cells in release.tables.items()
        if grain not in release.still
        for key, cell in cells.items()
    }


def hidden(release: Release) -> list[Where]:
    return [where for where, cell in cells_of(release).items() if cell.state == "suppressed"]


def write_down(puzzle: Puzzle, at: int, release: Release, overlapping: str = "") -> None:
    """All that one publication says: shown figures, few is 1 to upper, and the sums.

    overlapping: a dimension whose cells reach their total or more.
    """
    for where, cell in cells_of(release).items():
        if cell.state == "suppressed":
            puzzle.bounds[at, where] = (0.0, LARGEST) if cell.upper is None else (1.0, cell.upper)
        else:
            assert cell.value is not None
            puzzle.bounds[at, where] = (cell.value, cell.value)
    for total, parts in sums(release):
        terms: dict[Any, float] = {(at, total): -1.0} | {(at, part): 1.0 for part in parts}
        summed = set(parts[0][0]) - set(total[0])
        puzzle.add(terms, 0.0, np.inf if overlapping in summed else 0.0)
        if overlapping in summed:
            for part in parts:
                puzzle.add({(at, total): 1.0, (at, part): -1.0}, 0.0, np.inf)


def alone(
    release: Release, overlapping: str = "", exact: Sequence[tuple[Where, list[Where]]] = ()
) -> dict[Where, int]:
    """Hidden cells that this one publication tells; exact: sums known to be so although they may overlap."""
    puzzle = Puzzle()
    write_down(puzzle, 0, release, overlapping)
    for total, parts in exact:
        puzzle.add({(0, total): -1.0} | {(0, part): 1.0 for part in parts}, 0.0, 0.0)
    found = puzzle.certain([(0, where) for where in hidden(release)])
    return {where: found[0, where] for where in hidden(release) if (0, where) in found}


def remembering(releases: Sequence[Release]) -> dict[Spot, int]:
    """Hidden cells that all publications tell to one who takes for unchanged whatever shows no change.

    Where that contradicts itself (movements that cancel out), he gives up the line that does.
    """
    puzzle = Puzzle()
    for at, release in enumerate(releases):
        write_down(puzzle, at, release)
    for _, group in groupby(_unmoved(releases), key=lambda line: line[:2]):
        lines = [cells for _, _, cells in group]
        if not _add_links(puzzle, lines):
            for cells in lines:
                _add_links(puzzle, [cells])
    wanted = [(at, where) for at, release in enumerate(releases) for where in hidden(release)]
    found = puzzle.certain(wanted)
    return {spot: found[spot] for spot in wanted if spot in found}


def _add_links(puzzle: Puzzle, lines: Sequence[Sequence[tuple[Spot, Spot]]]) -> bool:
    """Whether these cells can all be unchanged; then they are taken to be."""
    links = [link for cells in lines for link in cells]
    for before, after in links:
        puzzle.add({before: 1.0, after: -1.0}, 0.0, 0.0)
    if puzzle.solve({}) is not None:
        return True
    puzzle.forget(len(links))
    return False


def _unmoved(releases: Sequence[Release]) -> Iterator[tuple[int, int, list[tuple[Spot, Spot]]]]:
    """Lines whose cells are hidden at two successive times and whose hidden sum is the same: cell by cell."""
    cells = [cells_of(release) for release in releases]
    for then, now, total, parts in _lines(releases):
        before, after = cells[then], cells[now]
        dark = [part for part in parts if before[part].value is None]
        same = dark == [part for part in parts if after[part].value is None]
        shown = before[total].value is not None is not after[total].value
        if dark and same and shown and _rest(before, total, parts) == _rest(after, total, parts):
            yield then, now, [((then, part), (now, part)) for part in dark]


def _rest(cells: Mapping[Where, Cell], total: Where, parts: Sequence[Where]) -> float:
    return (cells[total].value or 0.0) - sum(cells[part].value or 0.0 for part in parts)


def _lines(releases: Sequence[Release]) -> Iterator[tuple[int, int, Where, list[Where]]]:
    """Each sum with the publication before in which it could be read, and the publication now."""
    last: dict[Where, dict[tuple[str, ...], int]] = {}
    for now, release in enumerate(releases):
        for total, parts in sums(release):
            grain = parts[0][0]
            then = last.setdefault(total, {}).get(grain)
            last[total][grain] = now
            if then is not None:
                yield then, now, total, parts


def by_one_line(releases: Sequence[Release]) -> dict[Spot, int]:
    """Newly hidden cells, if they alone moved their total."""
    told: dict[Spot, int] = {}
    cells = [cells_of(release) for release in releases]
    for then, now, total, parts in _lines(releases):
        before, after = cells[then], cells[now]
        if before[total].value is None or after[total].value is None:
            continue
        known = [name for name in parts if before[name].value is not None is not after[name].value]
        move = _move(before, after, [total]) - _move(before, after, known)
        for part in parts:
            was, cell = before[part].value, after[part]
            if was is not None and cell.value is None and 0 <= was + move <= (cell.upper or LARGEST):
                told[now, part] = int(was + move)
    return told


def _move(before: Mapping[Where, Cell], after: Mapping[Where, Cell], names: Sequence[Where]) -> float:
    return sum((after[name].value or 0.0) - (before[name].value or 0.0) for name in names)
