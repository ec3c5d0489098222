"""The answer key to Mittköping's placements: what every figure must be, by plain Python, day by day.

For any instant or days and any dimensions, as known at `until`. Days are local; periods are half-open.
`by` names dimensions, and a cell is one text per name; money is in kronor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final

from producers.synthetic.generator import Town
from producers.synthetic.placement_generator import told_of
from producers.synthetic.placement_known import (
    UNKNOWN,
    Charge,
    Here,
    Known,
    Living,
    Paper,
    by_entity,
    charge_of,
    kind_of,
    paper_of,
    placement_of,
    version_at,
)
from producers.synthetic.placement_model import LONG_LOOKBACK
from producers.synthetic.placement_telling import Telling
from producers.synthetic.workdays import DAY, start_of

Cell = tuple[str, ...]
By = Sequence[str]
Span = tuple[date, date]
CareDay = tuple[Known, Here, float | None]


class PlacementKey:
    """A town's placements as known at `until`; what goes on is counted until but not including `today`."""

    def __init__(self, town: Town, until: datetime, today: date) -> None:
        """Read the whole town once; questions are then answered from lists."""
        self.until, self.today = until, today
        tellings = list(_tellings(town, until))
        self.living: dict[str, Living] = by_entity(tellings, until)
        self.planted = [(t.subject, t.planted) for t in tellings if t.planted and t.subject in self.living]
        holding = ((t.subject, version) for t in tellings if (version := version_at(t, until)))
        self.flawed = {(subject, version.flaw) for subject, version in holding if version.flaw}
        told = {telling.subject for telling in tellings if telling.versions[0].recorded <= until}
        self.void = Counter(kind_of(subject) for subject in told - self.living.keys())
        papers = (paper_of(subject, told) for subject, told in self._of("contract"))
        self.papers: list[Paper] = [paper for paper in papers if paper]
        charges = (charge_of(subject, told) for subject, told in self._of("invoice"))
        self.charges: list[Charge] = [charge for charge in charges if charge]
        self.known: dict[str, Known] = self._known()
        self._by_day: dict[str, dict[date, list[CareDay]]] = {}

    def _of(self, kind: str) -> Iterator[tuple[str, Living]]:
        return ((subject, told) for subject, told in self.living.items() if kind_of(subject) == kind)

    def _known(self) -> dict[str, Known]:
        first: dict[str, Paper] = {}
        for paper in sorted(self.papers, key=lambda it: (it.about.from_on, it.created_at, it.subject)):
            first.setdefault(paper.placement, paper)
        rules = {key: paper.about.day_rule for key, paper in first.items()}
        found = (
            placement_of(subject, told, rules.get(subject.split("/")[2], "start_in_end_out"))
            for subject, told in self._of("placement")
        )
        return {it.key: it for it in found if it}

    @property
    def placements(self) -> list[Known]:
        """Those that truly began."""
        return [it for it in self.known.values() if it.possible]

    def stock(self, at: datetime, by: By = (), persons: bool = True) -> dict[Cell, int]:
        """Persons (P1), or placements (P1b), at an instant."""
        there = [(it, here) for it in self.placements if (here := it.at(at))]
        return _distinct((self.cell(it, here, by), it.who if persons else it.subject) for it, here in there)

    def new(self, span: Span, by: By = (), persons: bool = False) -> dict[Cell, int]:
        """Placements that began in the period, or the persons of them (P2)."""
        began = [it for it in self.placements if span[0] <= it.about.on < span[1]]
        return _distinct((self.cell(it, it.here[0], by), it.who if persons else it.subject) for it in began)

    def at_any_time(self, span: Span, by: By = (), persons: bool = False) -> dict[Cell, int]:
        """Placements that went on at any time in the period, or the persons of them (P2)."""
        there = {
            (it.subject, here): it
            for it in self.placements
            for day in it.nights(max(self.today, span[1]))
            if span[0] <= day < span[1] and (here := it.on(day))
        }
        return _distinct(
            (self.cell(it, here, by), it.who if persons else it.subject) for (_, here), it in there.items()
        )

    def care_days(self, span: Span, by: By = (), rule: str = "") -> dict[Cell, int]:
        """Days of care, by each placement's own day rule or by the one named (P3)."""
        return dict(Counter(self.cell(it, here, by) for it, here, _ in self._days(span, rule)))

    def cost(self, span: Span, by: By = ()) -> dict[Cell, float]:
        """Computed cost: the price valid each day, where there is one (P5)."""
        priced = ((it, here, kr) for it, here, kr in self._days(span) if kr is not None)
        return _sum((self.cell(it, here, by), kr) for it, here, kr in priced)

    def daily_price(self, span: Span, by: By = ()) -> dict[Cell, float]:
        """Kronor per day of care whose price is known (P4)."""
        days = Counter(self.cell(it, here, by) for it, here, kr in self._days(span) if kr is not None)
        return {cell: kr / days[cell] for cell, kr in self.cost(span, by).items()}

    def inside_share(self, span: Span, by: By = ()) -> dict[Cell, float]:
        """Share of the care days that are inside a framework agreement (P6)."""
        inside = Counter(self.cell(it, h, by) for it, h, _ in self._days(span) if it.about.framework)
        return {cell: inside[cell] / days for cell, days in self.care_days(span, by).items()}

    def care(self, span: Span) -> Iterator[tuple[date, Known, Here]]:
        """Care days one by one, with where the person is."""
        for n in range((span[1] - span[0]).days):
            day = span[0] + n * DAY
            for it, here, _ in self._days((day, day + DAY)):
                yield day, it, here

    def _days(self, span: Span, rule: str = "") -> Iterator[CareDay]:
        by_day = self._by_day.get(rule) or self._by_day.setdefault(rule, self._read_days(rule))
        for n in range((span[1] - span[0]).days):
            yield from by_day.get(span[0] + n * DAY, ())

    def _read_days(self, rule: str) -> dict[date, list[CareDay]]:
        found: defaultdict[date, list[CareDay]] = defaultdict(list)
        for it in self.placements:
            for day in it.days(self.today, rule):
                found[day].append((it, it.on(day), it.price_on(day)))
        return dict(found)

    def direct_awards(self, span: Span, by: By = ("reason",)) -> dict[Cell, int]:
        """New placements outside the framework agreements, by reason (P7)."""
        began = [it for it in self.placements if span[0] <= it.about.on < span[1] and not it.about.framework]
        return _count(self.cell(it, it.here[0], by, reason=it.award_reason) for it in began)

    def ends(self, span: Span, by: By = ("reason",)) -> dict[Cell, int]:
        """Placements that ended, by reason (P16)."""
        return _count(
            self.cell(it, it.here[-1], by, reason=it.ended.reason)
            for it in self.placements
            if it.ended and span[0] <= it.ended.on < span[1]
        )

    def moves(self, span: Span, by: By = ("cause",)) -> dict[Cell, int]:
        """Moves, by cause, from the form of care that is left (P18)."""
        return _count(
            self.cell(it, left, by, cause=move.cause, planned="yes" if move.planned else "no")
            for it in self.placements
            for left, move in zip(it.here, it.moves, strict=False)
            if span[0] <= move.on < span[1]
        )

    def cell(self, it: Known, here: Here, by: By, **said: str) -> Cell:
        """The texts of a placement and where it is, by name."""
        return tuple(said.get(name) or _DIMENSIONS[name](it, here) for name in by)


_DIMENSIONS: Final[dict[str, Callable[[Known, Here], str]]] = {
    "main_cause": lambda it, here: it.main_cause,
    "sex": lambda it, here: it.about.sex,
    "target_group": lambda it, here: it.about.target_group,
    "care_form": lambda it, here: here.care_form,
    "tender_area": lambda it, here: it.about.tender_area,
    "age_band": lambda it, here: it.about.age_band,
    "unit": lambda it, here: it.about.unit or UNKNOWN,
    "law": lambda it, here: it.about.law,
    "provider": lambda it, here: here.provider,
    "framework": lambda it, here: "inside" if it.about.framework else "outside",
}


def placement_key(
    seed: int, until: datetime, today: date, size: float = 1.0, anchor: datetime | None = None
) -> PlacementKey:
    """The key to `placement_history` with the same arguments: what was recorded up to `until`."""
    return PlacementKey(Town(seed, size, anchor or until), until, today)


def _tellings(town: Town, until: datetime) -> Iterator[Telling]:
    day = town.start - LONG_LOOKBACK * DAY
    while start_of(day) <= until:
        yield from told_of(town, day, start_of(town.start))
        day += DAY


def _count(cells: Iterable[Cell]) -> dict[Cell, int]:
    return dict(Counter(cells))


def _distinct(pairs: Iterable[tuple[Cell, str]]) -> dict[Cell, int]:
    found: defaultdict[Cell, set[str]] = defaultdict(set)
    for cell, one in pairs:
        found[cell].add(one)
    return {cell: len(ones) for cell, ones in found.items()}


def _sum(pairs: Iterable[tuple[Cell, float]]) -> dict[Cell, float]:
    found: defaultdict[Cell, float] = defaultdict(float)
    for cell, amount in pairs:
        found[cell] += amount
    return dict(found)
