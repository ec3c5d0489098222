"""Which unknowns a reader can compute: those with one possible whole number, given everything he knows.
Pure.

Two different solutions in whole numbers prove that an unknown is safe, and one pair of solutions proves
many at once; only what is left is asked for one by one. HiGHS (scipy) is loaded on first use: only the
publisher needs it.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

from warehouse.sums import NEAR, System, narrowed
from warehouse.swaps import Swaps

if TYPE_CHECKING:
    import numpy as np

    Point = np.ndarray[Any, np.dtype[np.float64]]

_DIRECTIONS: Final = 16
_ENOUGH: Final = 8
"""So many computed unknowns are named at a time: the reader has won, and each costs two programmes."""
_LOOSE: Final = 1e6
_NODES: Final = 500
_APART: Final = 0.5
"""Values closer than this are the same: whole numbers, or kronor."""


def fixed(system: System) -> set[int] | None:
    """Unknowns with a single possible value; None where even the sure rows contradict each other.

    Where the limits of single sums tell some already, only these are named: the reader has won.
    """
    if not system.low:
        return set()
    limits = narrowed(system)
    if limits is not None:
        told = {at for at, (low, high) in enumerate(zip(*limits, strict=True)) if high - low < _APART}
        if told:
            return told
    held = system if all(row.sure for row in system.rows) else _consistent(system)
    return None if held is None else _Search(held).fixed()


def contradicted(system: System) -> set[int] | None:
    """The assumptions (numbers of rows) that cannot hold, as few as will do; None where the sure rows
    cannot.
    """
    if _solve(system, [0.0] * len(system.low)) is not None:
        return set()
    count = len(system.low)
    assumed = [number for number, row in enumerate(system.rows) if not row.sure]
    rows = list(system.rows)
    for up, number in enumerate(assumed, count):
        slack = {up: 1.0, up + len(assumed): -1.0}
        rows[number] = rows[number]._replace(terms={**rows[number].terms, **slack})
    slacks = 2 * len(assumed)
    loose = System([*system.low, *[0.0] * slacks], [*system.high, *[_LOOSE] * slacks], rows)
    point = _solve(loose, [0.0] * count + [1.0] * slacks, whole=False)
    if point is None:
        return None
    return {number for up, number in enumerate(assumed, count) if point[up] + point[up + len(assumed)] > NEAR}


def _consistent(system: System) -> System | None:
    broken = contradicted(system)
    if not broken:
        return None if broken is None else system
    kept = system._replace(rows=[row for number, row in enumerate(system.rows) if number not in broken])
    return kept if _solve(kept, [0.0] * len(kept.low)) is not None else None


class _Search:
    """Looks for pairs of solutions that differ."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._size = len(system.low)
        self._model = _model(system)
        self._swaps = Swaps(system)
        self._first: Point | None = None
        self._open = set(range(self._size))

    def fixed(self) -> set[int] | None:
        """The unknowns of which no second value was found; None where there is no solution."""
        chance = Random(self._size)
        for sign in (1.0, -1.0):
            point = self._try([sign] * self._size)
            if point is None:
                return None
            if self._system.whole:
                self._open -= self._swaps.movable(point.tolist(), self._open)
        for _ in range(_DIRECTIONS):
            before = len(self._open)
            self._try([chance.choice((-1.0, 1.0)) if at in self._open else 0.0 for at in range(self._size)])
            if len(self._open) in (0, before):
                break
        found: set[int] = set()
        for at in range(self._size):
            if at in self._open and len(found) < _ENOUGH and self._is_fixed(at):
                found.add(at)
        return found

    def _is_fixed(self, at: int) -> bool:
        for sign in (1.0, -1.0):
            self._try([sign if at == other else 0.0 for other in range(self._size)])
            if at not in self._open:
                return False
        return True

    def _try(self, aim: list[float]) -> Point | None:
        """Note what differs from the first solution."""
        point = _solve(self._system, aim, model=self._model)
        if point is None:
            return None
        if self._first is None:
            self._first = point
        else:
            self._open -= set((abs(point - self._first) > _APART).nonzero()[0].tolist())
        return point


def _solve(system: System, aim: list[float], whole: bool = True, model: Any = None) -> Point | None:
    """The solution that is least by `aim`; in whole numbers unless said otherwise. None where there is
    none.
    """
    import numpy as np
    from scipy.optimize import milp

    bounds, limits = model or _model(system)
    answer = milp(aim, bounds=bounds, constraints=limits)
    if answer.x is None:
        return None
    point: Point = answer.x
    if not (whole and system.whole):
        return point
    if float(np.abs(point - np.round(point)).max()) < NEAR:
        return np.round(point)
    exact = milp(
        aim, bounds=bounds, constraints=limits, integrality=[1] * len(aim), options={"node_limit": _NODES}
    )
    return None if exact.x is None else np.round(exact.x)


def _model(system: System) -> Any:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import csr_array

    places = [
        (number, at, factor) for number, row in enumerate(system.rows) for at, factor in row.terms.items()
    ]
    totals = np.array([row.total for row in system.rows], dtype=float)
    most = np.where([row.at_least for row in system.rows], np.inf, totals) if system.rows else totals
    if not places:
        return Bounds(list(system.low), list(system.high)), ()
    numbers, ats, factors = zip(*places, strict=True)
    matrix = csr_array((factors, (numbers, ats)), shape=(len(system.rows), len(system.low)))
    return Bounds(list(system.low), list(system.high)), LinearConstraint(matrix, totals, most)
