"""The answer key of Mittköping: what every figure must be, by plain Python over what the generator knows.

For any instant or day and any dimensions. Days are local (Europe/Stockholm); periods are half-open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from producers.synthetic.answer_case import CaseAnswer, Handling, Move, Stay
from producers.synthetic.generator import Town, lives_by_day
from producers.synthetic.surroundings import surroundings
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas.reference import FteSet

When = date | datetime
Cell = tuple[str, ...]
UNIT: Final = ("unit",)


class AnswerKey:
    """Every figure of a town as known at `until`.

    `by` names dimensions: unit, law, case_type, sex, age_band; stage and handler_known for what is open;
    kind for inflow, reason for outflow. A cell holds one text per name; handler_known is "true" or "false".
    """

    def __init__(self, town: Town, until: datetime) -> None:
        """Count the whole town once; questions are then answered from lists."""
        self.until = until
        self._stays: list[Stay] = []
        self._inflow: list[Move] = []
        self._outflow: list[Move] = []
        self._transfers: list[Move] = []
        self._handlings: list[Handling] = []
        self._flaws: Counter[str] = Counter()
        self._void = self._cases = 0
        self._fte: list[FteSet] = []
        self._count(town)

    def _count(self, town: Town) -> None:
        for day, lives in lives_by_day(town, start_of(town.start)):
            if start_of(day) > self.until:
                return
            told = [e.data for e in surroundings(town.seed, town.start, day) if e.recordedtime <= self.until]
            self._fte += [fact for fact in told if isinstance(fact, FteSet)]
            for life in lives:
                self._add(CaseAnswer(life.steps, self.until))

    def _add(self, case: CaseAnswer) -> None:
        self._cases += case.told
        self._void += case.void
        self._flaws.update(case.flaws)
        self._stays += case.stays
        self._inflow += case.inflow
        self._outflow += case.outflow
        self._transfers += case.transfers
        self._handlings += case.handlings

    def balance(self, at: When, by: Sequence[str] = UNIT) -> dict[Cell, int]:
        """Open cases (C1, C1a, C1b): those with a stay that covers the instant (a day: its first)."""
        return dict(Counter(_cell(stay, by) for stay in self._at(at)))

    def unassigned(self, at: When, by: Sequence[str] = UNIT) -> dict[Cell, int]:
        """Open cases without a known handler (C1b)."""
        return dict(Counter(_cell(stay, by) for stay in self._at(at) if not stay.handler_known))

    def ages(self, at: When, by: Sequence[str] = UNIT) -> dict[Cell, list[float]]:
        """Days since the case came in (last time), of each open case (C4), in rising order."""
        at = _instant(at)
        return _lists((_cell(stay, by), _days(at - stay.opened)) for stay in self._at(at))

    def inflow(self, since: When, until: When, by: Sequence[str] = ("unit", "kind")) -> dict[Cell, int]:
        """Cases that came in during [since, until) (C2), at the unit where they did."""
        return dict(Counter(_cell(move, by) for move in _within(self._inflow, since, until)))

    def outflow(self, since: When, until: When, by: Sequence[str] = ("unit", "reason")) -> dict[Cell, int]:
        """Cases that were closed during [since, until) (C3), at the unit where they were."""
        return dict(Counter(_cell(move, by) for move in _within(self._outflow, since, until)))

    def transfers(self, since: When, until: When) -> Counter[tuple[str, str]]:
        """Cases that went from one unit to another during [since, until): (from, to)."""
        return Counter((move.unit, move.what) for move in _within(self._transfers, since, until))

    def handling_times(
        self, variant: str, since: When, until: When, by: Sequence[str] = UNIT
    ) -> dict[Cell, list[float]]:
        """Days of each handling that ended in [since, until), in rising order (C7).

        Variant a: application → first decision; b: investigation opened → closed; c: first contact → first
        decision for financial support. All within one time open: a reopened case starts anew.
        """
        first, last = _instant(since), _instant(until)
        ended = [h for h in self._handlings if h.variant == variant and first <= h.until < last]
        return _lists((_cell(handling, by), _days(handling.until - handling.since)) for handling in ended)

    def flaws(self) -> Counter[str]:
        """Cases that carry each flaw."""
        return self._flaws.copy()

    def void_cases(self) -> int:
        """Cases of which every fact was taken back."""
        return self._void

    def cases(self) -> int:
        """Cases of which anything was ever told, void ones included."""
        return self._cases

    def fte(self, on: When) -> dict[Cell, float]:
        """Full-time equivalents in service by unit, as last told for that day or before (C5)."""
        day = local_date(on) if isinstance(on, datetime) else on
        return {(fact.unit,): fact.fte for fact in self._fte if fact.from_on <= day}

    def _at(self, at: When) -> list[Stay]:
        at = _instant(at)
        return [s for s in self._stays if s.since <= at and (s.until is None or at < s.until)]


def answer_key(seed: int, until: datetime, size: float = 1.0, anchor: datetime | None = None) -> AnswerKey:
    """The key to `history` with the same arguments, live events included: what was recorded up to `until`."""
    return AnswerKey(Town(seed, size, anchor or until), until)


def _instant(when: When) -> datetime:
    return when if isinstance(when, datetime) else start_of(when)


def _within(moves: Iterable[Move], since: When, until: When) -> list[Move]:
    first, last = _instant(since), _instant(until)
    return [move for move in moves if first <= move.at < last]


def _cell(row: Stay | Move | Handling, by: Sequence[str]) -> Cell:
    return tuple(_text(row, name) for name in by)


def _text(row: Stay | Move | Handling, name: str) -> str:
    if name in ("kind", "reason"):
        name = "what"
    value = getattr(row, name) if name in row._fields else getattr(row.about, name)
    return str(value).lower() if isinstance(value, bool) else value


def _lists(pairs: Iterable[tuple[Cell, float]]) -> dict[Cell, list[float]]:
    found: dict[Cell, list[float]] = {}
    for cell, days in sorted(pairs):
        found.setdefault(cell, []).append(days)
    return found


def _days(span: timedelta) -> float:
    """Elapsed time in days of 24 hours."""
    return span / DAY
