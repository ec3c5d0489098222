"""The answer key's part for staff: scheduled, worked, sick and extra hours by unit, role and day; temps.

`by` names dimensions (unit, role, regi); a cell is one text per name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from statistics import mean
from typing import TypeVar

from producers.synthetic.care.known import CareKey, Cell, Span, cell_of, summed
from schemas import staffing as s
from schemas.reference import FteSet

By = Sequence[str]
Hours = (
    s.TimeScheduled
    | s.TimeWorked
    | s.OvertimeWorked
    | s.SickLeaveTaken
    | s.ExternalStaffHired
    | s.TempEngaged
)
F = TypeVar("F", bound=Hours)


def hours(
    key: CareKey, kind: type[F], span: Span, by: By = (), only: Callable[[F], bool] | None = None
) -> dict[Cell, float]:
    """Hours of one kind of fact of the days of a span; only: of those facts that it holds for."""
    return summed(
        (cell_of(fact, by), fact.hours) for fact in _facts(key, kind, span) if only is None or only(fact)
    )


def worked(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Worked hours, whatever they were used for; what an agency's staff worked is told among them."""
    return hours(key, s.TimeWorked, span, by)


def used(key: CareKey, span: Span, *uses: str, by: By = ()) -> dict[Cell, float]:
    """Worked hours that were used for one of these."""
    return hours(key, s.TimeWorked, span, by, lambda fact: fact.used_for in uses)


def qualified(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Worked hours on tasks that need the licence (T13)."""
    return hours(key, s.TimeWorked, span, by, lambda fact: fact.qualified is True)


def sick(key: CareKey, span: Span, spell: str = "", by: By = ()) -> dict[Cell, float]:
    """Hours of sick leave, of one kind of spell or of all (T11)."""
    return hours(key, s.SickLeaveTaken, span, by, lambda fact: spell in ("", fact.spell))


def share(part: dict[Cell, float], whole: dict[Cell, float]) -> dict[Cell, float]:
    """A part of a whole by cell, where there is a whole."""
    return {cell: part.get(cell, 0.0) / hours for cell, hours in whole.items() if hours}


def share_of_each(
    part: dict[Cell, float], by: By, each: str, whole: Callable[[By], dict[Cell, float]]
) -> dict[Cell, float]:
    """Parts that `by` also divides by `each`, of a whole that it does not divide so."""
    kept = tuple(name for name in by if name != each)
    hours = whole(kept)
    of = {cell: tuple(text for text, name in zip(cell, by, strict=True) if name != each) for cell in part}
    return {cell: amount / hours[of[cell]] for cell, amount in part.items()}


def attendance(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """What is left of the scheduled hours beside sick leave (T11)."""
    sick_part = share(sick(key, span, by=by), hours(key, s.TimeScheduled, span, by))
    return {cell: 1 - part for cell, part in sick_part.items()}


def overtime_per_fte(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Overtime by full-time equivalents, in the mean over the days that staff is told of (T10)."""
    steps: dict[tuple[str, str], list[tuple[date, float]]] = {}
    for _, step in key.of(FteSet):
        steps.setdefault((step.unit, step.role), []).append((step.from_on, step.fte))
    told: dict[tuple[str, str], list[float]] = {}
    for fact in _facts(key, s.TimeScheduled, span):
        begun = [step for step in steps[fact.unit, fact.role] if step[0] <= fact.on]
        told.setdefault((fact.unit, fact.role), []).append(max(begun)[1])
    fte = summed(
        (tuple({"unit": unit, "role": role}[name] for name in by), mean(those))
        for (unit, role), those in told.items()
    )
    return share(hours(key, s.OvertimeWorked, span, by), fte)


def _facts(key: CareKey, kind: type[F], span: Span) -> Iterator[F]:
    return (fact for _, fact in key.of(kind) if span[0] <= fact.on < span[1])
