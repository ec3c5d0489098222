"""The answer key's part for staff: scheduled, worked, sick and extra hours by unit, role and day; temps.

`by` names dimensions (unit, role, regi); a cell is one text per name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from producers.synthetic.care.known import CareKey, Cell, Span, summed
from schemas import staffing as s

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
        (_cell(fact, by), fact.hours) for fact in _facts(key, kind, span) if only is None or only(fact)
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


def temps(key: CareKey, span: Span) -> dict[Cell, int]:
    """Different temps of each case of assistance in the days of a span (T18)."""
    of_case: dict[Cell, set[str]] = {}
    for fact in _facts(key, s.TempEngaged, span):
        if fact.assistance:
            of_case.setdefault((fact.assistance,), set()).add(fact.temp)
    return {case: len(those) for case, those in of_case.items()}


def days(key: CareKey, unit: str, span: Span) -> list[date]:
    """Days of a span on which a unit's schedule was told."""
    return sorted(fact.on for fact in _facts(key, s.TimeScheduled, span) if fact.unit == unit)


def _facts(key: CareKey, kind: type[F], span: Span) -> Iterator[F]:
    return (fact for _, fact in key.of(kind) if span[0] <= fact.on < span[1])


def _cell(fact: s.StaffFact, by: By) -> Cell:
    return tuple(str(getattr(fact, name)) for name in by)
