"""Which cells of one publication are hidden: small ones, their company, and more until nothing can be
computed.

Lines first (a hidden cell is never alone in its sum), then an audit by linear programmes that takes the
reader for one who knows the method. Pure and deterministic.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from warehouse.linear import fixed
from warehouse.lines import Known, Line, Name, rows_of
from warehouse.sums import System


class Mask(NamedTuple):
    """Hidden cells; of those unsaid it is not even told that they are few. told: what a reader computes all
    the same.
    """

    hidden: frozenset[Name]
    unsaid: frozenset[Name]
    told: frozenset[Name] = frozenset()


NOTHING: Final = Mask(frozenset(), frozenset())


def mask(
    values: Mapping[Name, float],
    lines: Sequence[Line],
    small: int,
    start: Mask = NOTHING,
    order: Mapping[Name, int] | None = None,
    keep: Collection[Name] = (),
    totals: Collection[Name] | None = None,
) -> Mask:
    """What to hide so that each hidden cell has two possible values; those called few two of 1 to small -
    1.

    start: what is hidden beside the small cells. order: which cells to take as company first (0 unless
    said). keep: cells that are never taken. totals: those that may be taken as company of their own parts
    when no other part will do; all unless said. With small 0 the values are amounts: none is few, none
    need be whole.
    """
    work = _Masking(values, lines, small, order or {}, keep, totals)
    work.hidden |= start.hidden
    work.unsaid |= start.unsaid
    while True:
        work.give_company()
        told = work.told()
        if not told or not work.mend(told):
            return Mask(frozenset(work.hidden), frozenset(work.unsaid), frozenset(told))


def beside(
    told: Collection[Name], lines: Sequence[Line], values: Mapping[Name, float], taken: Collection[Name]
) -> set[Name]:
    """Further company for told cells: in each one's lines the smallest cell that is not taken, zero last."""
    found: set[Name] = set()
    for name in sorted(told):
        near = {other for line in lines if name in line.names for other in line.parts if other in values}
        found |= set(
            sorted(near - set(taken), key=lambda other: (values[other] == 0, values[other], other))[:1]
        )
    return found


def _adds_up(line: Line, values: Mapping[Name, float]) -> bool:
    """Whether nobody stands twice in the line: a reader who takes it for exact is right."""
    return (
        line.total in values
        and sum(values[part] for part in line.parts if part in values) == values[line.total]
    )


def company(
    values: Mapping[Name, float], lines: Sequence[Line], hidden: Collection[Name], order: Mapping[Name, int]
) -> set[Name]:
    """The hidden cells, and another one wherever one is alone in its sum."""
    work = _Masking(values, lines, 0, order, (), None)
    work.hidden |= set(hidden)
    work.give_company()
    return work.hidden


class _Masking:
    """A mask in the making."""

    def __init__(
        self,
        values: Mapping[Name, float],
        lines: Sequence[Line],
        small: int,
        order: Mapping[Name, int],
        keep: Collection[Name],
        totals: Collection[Name] | None,
    ) -> None:
        self._values = values
        self._small = small
        self._order = order
        self._keep = keep
        self._totals = {line.total for line in lines} if totals is None else set(totals)
        self._few = {name for name, value in values.items() if 0 < value < small}
        self._lines = [line._replace(exact=line.exact or _adds_up(line, values)) for line in lines]
        self._of: dict[Name, list[Line]] = {}
        for line in self._lines:
            for name in line.names:
                self._of.setdefault(name, []).append(line)
        self.hidden = set(self._few)
        self.unsaid: set[Name] = set()

    def give_company(self) -> None:
        """Hide another cell wherever one is alone in its sum."""
        waiting = [line for line in self._lines if self._is_telling(line)]
        while waiting:
            line = waiting.pop()
            if not self._is_telling(line):
                continue
            choice = self._choice([line]) or self._choice([line], upward=True)
            if choice is not None:
                self.hidden.add(choice)
                waiting += self._of[choice]

    def told(self) -> set[Name]:
        """Hidden cells that a reader can compute."""
        limits = {name: self._limits(name) for name in sorted(self.hidden)}
        unseen = {line.total for line in self._lines if line.total not in self._values}
        limits |= dict.fromkeys(sorted(unseen), (0.0, self._cap()))
        places = {name: place for place, name in enumerate(limits)}
        known = Known({name: value for name, value in self._values.items() if name not in limits}, limits)
        low, high = zip(*limits.values(), strict=True) if limits else ((), ())
        computed = fixed(System(low, high, rows_of(self._lines, known, places), self._small > 0))
        names = list(limits)
        told = set(range(len(names))) if computed is None else computed
        return {names[place] for place in told} & self.hidden

    def mend(self, told: Collection[Name]) -> bool:
        """Hide something beside each told cell, or call it and its line hidden instead of few; False if it
        is vain.
        """
        mended: set[Name] = set()
        for name in sorted(told):
            lines = self._of.get(name, [])
            names = {other for line in lines for other in line.names}
            if names & mended:
                continue
            mended |= self._mend_one(lines, names | {name})
        return bool(mended)

    def _mend_one(self, lines: list[Line], names: set[Name]) -> set[Name]:
        choice = self._choice(lines)
        called_few = names & self.hidden & self._few - self.unsaid
        if called_few and (choice is None or not self._values[choice]):
            self.unsaid |= called_few
            return called_few
        choice = choice or self._choice(lines, upward=True)
        self.hidden |= {choice} if choice else set()
        return {choice} if choice else set()

    def _is_telling(self, line: Line) -> bool:
        if line.total not in self._values:
            return False
        return sum(name in self.hidden for name in line.names) == 1

    def _choice(self, lines: list[Line], upward: bool = False) -> Name | None:
        """The cell to hide next in these lines: what was hidden before, no zero, no new lonely cell.

        upward: totals too, where the mask may hide them for company.
        """
        near = {part for line in lines for part in line.parts}
        if upward:
            near |= {line.total for line in lines} & self._totals
        free = {
            name
            for name in near
            if name in self._values and name not in self.hidden and name not in self._keep
        }
        return min(free, key=self._cost, default=None)

    def _cost(self, name: Name) -> tuple[int, bool, int, int, float, Name]:
        lonely = sum(not any(other in self.hidden for other in line.names) for line in self._of[name])
        value = self._values[name]
        return self._order.get(name, 0), value == 0, -len(name[0]), lonely, value, name

    def _limits(self, name: Name) -> tuple[float, float]:
        if name in self._few and name not in self.unsaid:
            return 1.0, self._small - 1.0
        return float(self._small if self._values[name] >= self._small else 0), self._cap()

    def _cap(self) -> float:
        return 2 * max(self._values.values(), default=0.0) + 10 * self._small
