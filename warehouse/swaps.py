"""Small movements that no sum shows: one more here, one less there. Quick proof that unknowns are safe. Pure.

In a cross-table such a movement is a rectangle of hidden cells. What is not found here may still be safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from warehouse.sums import Row, System

_LONGEST: Final = 24
_LOOKS: Final = 150


class Swaps:
    """Movements by one between whole solutions of a system."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._of: list[list[int]] = [[] for _ in system.low]
        for number, row in enumerate(system.rows):
            for at in row.terms:
                self._of[at].append(number)

    def movable(self, point: Sequence[float], wanted: Iterable[int]) -> set[int]:
        """Which of the wanted unknowns can be one more or one less, with others making up for it."""
        left = set(wanted)
        found: set[int] = set()
        for at in sorted(left):
            for step in (1, -1):
                if at not in found:
                    found |= _Swap(self._system, self._of, point).complete(at, step)
        return found & left


class _Swap:
    """One movement in the making."""

    def __init__(self, system: System, of: Sequence[Sequence[int]], point: Sequence[float]) -> None:
        self._system = system
        self._of = of
        self._point = point
        self._moved: dict[int, int] = {}
        self._off: dict[int, float] = {}
        self._looks = _LOOKS

    def complete(self, at: int, step: int) -> set[int]:
        """The unknowns of the whole movement; empty where none was found."""
        if not self._fits(at, step):
            return set()
        self._move(at, step)
        return set(self._moved) if self._close() else set()

    def _close(self) -> bool:
        row = next(iter(self._off), None)
        if row is None:
            return self._keeps_inequalities()
        if len(self._moved) > _LONGEST:
            return False
        for at, step in self._remedies(self._system.rows[row], self._off[row]):
            self._looks -= 1
            if self._looks < 0:
                return False
            self._move(at, step)
            if self._close():
                return True
            self._move(at, -step)
            del self._moved[at]
        return False

    def _remedies(self, row: Row, off: float) -> list[tuple[int, int]]:
        """Unknowns of the row that can bring its sum back, those first that disturb the fewest other sums."""
        found = []
        for at, factor in row.terms.items():
            step = round(-off / factor)
            if abs(step) == 1 and at not in self._moved and self._fits(at, step):
                found.append((self._worse(at, step), at, step))
        return [(at, step) for _, at, step in sorted(found)]

    def _worse(self, at: int, step: int) -> int:
        """How many more sums are off after the step."""
        change = 0
        for number in self._of[at]:
            row = self._system.rows[number]
            if not row.at_least:
                before = self._off.get(number, 0.0)
                change += (before + step * row.terms[at] != 0) - (before != 0)
        return change

    def _fits(self, at: int, step: int) -> bool:
        return self._system.low[at] <= self._point[at] + step <= self._system.high[at]

    def _move(self, at: int, step: int) -> None:
        self._moved[at] = step
        for number in self._of[at]:
            row = self._system.rows[number]
            if row.at_least:
                continue
            off = self._off.get(number, 0.0) + step * row.terms[at]
            if off:
                self._off[number] = off
            else:
                self._off.pop(number, None)

    def _keeps_inequalities(self) -> bool:
        touched = {
            number for at in self._moved for number in self._of[at] if self._system.rows[number].at_least
        }
        return all(
            self._reaches(self._system.rows[number].terms, self._system.rows[number].total)
            for number in touched
        )

    def _reaches(self, terms: Mapping[int, float], total: float) -> bool:
        return (
            sum(factor * (self._point[at] + self._moved.get(at, 0)) for at, factor in terms.items()) >= total
        )
