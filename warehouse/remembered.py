"""What a reader who kept every earlier publication can compute. Pure.

He takes a figure for unchanged wherever nothing that he sees has changed: the sum of hidden cells stands,
so each of them stands. Of the newest publication he is even told which cells that were shown before have
not moved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import inf
from typing import NamedTuple

from warehouse.linear import contradicted, fixed
from warehouse.lines import Known, Line, Name, Release, known_of, lines_of, rows_of
from warehouse.sums import Row, System

Moment = tuple[int, Name]
"""A cell of one publication, by the publication's place in the sequence."""


class Step(NamedTuple):
    """A publication, and for each of its cells the publication that showed its table before."""

    at: int
    known: Known
    lines: Sequence[Line]
    earlier: Mapping[Name, Known]
    when: Mapping[Name, int]


def recovered(
    releases: Sequence[Release], values: Mapping[Name, float], overlapping: Collection[str] = ()
) -> set[Name]:
    """Hidden cells of any of these publications that all of them tell; values: the newest one's truth.

    Also those that moved though their sums stand, where that contradicts the rest: nobody can foresee which
    of his assumptions a reader then gives up.
    """
    steps = _steps(releases, overlapping)
    told = _told_alone(steps[-1], values)
    if told:
        return told
    links = [_links(step, values if step is steps[-1] else None) for step in steps]
    computed = _Unknowns(steps, links).computed()
    if computed is not None:
        return {name for _, name in computed}
    contradicted = _Unknowns(steps, [*links[:-1], set()], links[-1]).contradicted()
    return contradicted or set(steps[-1].known.limits)


def _steps(releases: Sequence[Release], overlapping: Collection[str]) -> list[Step]:
    steps: list[Step] = []
    last: dict[tuple[str, ...], tuple[int, Known]] = {}
    for at, release in enumerate(releases):
        fresh = {grain: cells for grain, cells in release.tables.items() if grain not in release.still}
        known = known_of(fresh)
        lines = lines_of(fresh, overlapping)
        seen = [
            name
            for name in (*known.figures, *known.limits)
            if name[0] in last and (name in last[name[0]][1].figures or name in last[name[0]][1].limits)
        ]
        earlier = {name: last[name[0]][1] for name in seen}
        steps.append(Step(at, known, lines, earlier, {name: last[name[0]][0] for name in seen}))
        last |= dict.fromkeys(fresh, (at, known))
    return steps


def _told_alone(step: Step, values: Mapping[Name, float]) -> set[Name]:
    """Newly hidden cells that explain the movement of a sum on their own: the rest of it stands."""
    told: set[Name] = set()
    for line in step.lines:
        moves = _moves(line, step, values)
        if moves is None:
            continue
        new, rest = moves
        told |= {name for name, move in new.items() if rest + sum(new.values()) - move == 0}
    return told


def _moves(
    line: Line, step: Step, values: Mapping[Name, float] | None
) -> tuple[dict[Name, float], float] | None:
    """Movements (with sign in the line) of its newly hidden cells, and of those hidden before as a whole.

    Since the line's parts were last shown; totals may have been shown again in between. None where it was not
    seen before or, without values, where newly hidden cells blur it.
    """
    then = _then(line, step)
    if then is None:
        return None
    new: dict[Name, float] = {}
    rest = 0.0
    for name in line.names:
        sign = -1.0 if name == line.total else 1.0
        before, now = then.figures.get(name), step.known.figures.get(name)
        if before is None:
            continue  # hidden before: what is left of the line is its movement
        if now is not None:
            rest -= sign * (now - before)
        elif values is None:
            return None
        else:
            new[name] = sign * (values.get(name, 0.0) - before)
    return new, rest - sum(new.values())


def _then(line: Line, step: Step) -> Known | None:
    """The publication that showed the line before, all of it."""
    known = step.earlier.get(line.parts[0])
    whole = known is not None and all(name in known.figures or name in known.limits for name in line.names)
    return known if whole else None


def _links(step: Step, values: Mapping[Name, float] | None) -> set[Name]:
    """Cells hidden before or now that the reader takes for unchanged."""
    linked = {
        name
        for name in step.known.limits
        if values is not None and name in step.earlier
        and step.earlier[name].figures.get(name) == values.get(name, 0.0)
    }  # fmt: skip
    quiet: dict[Name, bool] = {}
    for line in step.lines:
        moves, then = _moves(line, step, values), _then(line, step)
        stands = moves is not None and moves[1] == 0
        dark = [name for name in line.names if then is not None and name in then.limits]
        old = [name for name in dark if step.earlier.get(name) is then]
        for name in old:
            quiet[name] = quiet.get(name, True) and stands
        if stands and (line.total not in dark or len(dark) == 1):
            linked |= set(old)
    return linked | {name for name, stands in quiet.items() if stands}


class _Unknowns:
    """All hidden cells of all publications; those that the reader takes for the same are one unknown.

    doubted: links of the last step that he only assumes, and drops where they contradict the rest.
    """

    def __init__(
        self, steps: Sequence[Step], links: Sequence[Collection[Name]], doubted: Collection[Name] = ()
    ) -> None:
        self._steps = steps
        self._same: dict[Moment, Moment] = {}
        self._limits: dict[Moment, tuple[float, float]] = {}
        cap = 10.0 + 2 * max((value for step in steps for value in step.known.figures.values()), default=0.0)
        for step, linked in zip(steps, links, strict=True):
            unseen = (
                {line.total for line in step.lines} - step.known.figures.keys() - step.known.limits.keys()
            )
            for name in [*step.known.limits, *sorted(unseen)]:
                low, high = step.known.limits.get(name, (0.0, cap))
                self._limits[step.at, name] = low, min(high, cap)
            for name in sorted(linked):
                self._link(step, name)
        self._doubted = sorted(doubted)
        self._place: dict[Moment, int] = {}
        for moment in self._limits:
            self._place.setdefault(self._root(moment), len(self._place))

    def contradicted(self) -> set[Name]:
        """The doubted links that cannot hold."""
        system = self._system()
        broken = None if system is None else contradicted(system)
        return set(self._doubted) if broken is None else {
            name for number, name in enumerate(self._doubted) if number in broken
        }  # fmt: skip

    def computed(self) -> set[Moment] | None:
        """Hidden cells with one possible value; None where the links contradict what is shown."""
        system = self._system()
        found = None if system is None else fixed(system)
        if found is None:
            return None
        return {
            (step.at, name)
            for step in self._steps
            for name in step.known.limits
            if self._place[self._root((step.at, name))] in found
        }

    def _system(self) -> System | None:
        low, high = [0.0] * len(self._place), [inf] * len(self._place)
        for moment, (least, most) in self._limits.items():
            at = self._place[self._root(moment)]
            low[at], high[at] = max(low[at], least), min(high[at], most)
        if any(least > most for least, most in zip(low, high, strict=True)):
            return None
        rows = [self._doubt(self._steps[-1], name) for name in self._doubted]
        for step in self._steps:
            places = {name: self._place[self._root((at, name))] for at, name in self._limits if at == step.at}
            rows += rows_of(step.lines, step.known, places)
        once = {(tuple(sorted(row.terms.items())), row[1:]): row for row in rows[len(self._doubted) :]}
        return System(low, high, [*rows[: len(self._doubted)], *once.values()])

    def _doubt(self, step: Step, name: Name) -> Row:
        moments = [moment for moment in _ends(step, name) if moment in self._limits]
        places = [self._place[self._root(moment)] for moment in moments]
        if len(set(places)) == 2:
            return Row({places[0]: 1.0, places[1]: -1.0}, 0.0, sure=False)
        return Row({places[0]: 1.0}, _shown(step, name), sure=False)

    def _link(self, step: Step, name: Name) -> None:
        hidden = [moment for moment in _ends(step, name) if moment in self._limits]
        if len(hidden) == 2:
            before, now = self._root(hidden[0]), self._root(hidden[1])
            if before != now:
                self._same[now] = before
            return
        low, high = self._limits[hidden[0]]
        value = _shown(step, name)
        self._limits[hidden[0]] = max(low, value), min(high, value)

    def _root(self, moment: Moment) -> Moment:
        while moment in self._same:
            moment = self._same[moment]
        return moment


def _ends(step: Step, name: Name) -> tuple[Moment, Moment]:
    return (step.when[name], name), (step.at, name)


def _shown(step: Step, name: Name) -> float:
    """The figure of a cell that is hidden at one end of the step only."""
    return step.known.figures.get(name, step.earlier[name].figures.get(name, 0.0))
