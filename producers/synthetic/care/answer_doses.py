"""The answer key's part for doses: outcomes, adherence with its bounds.

`by` names dimensions of the home's device, of the dose (outcome, reason); a cell is one text per name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from producers.synthetic.care.answer_devices import By, homes_by_device
from producers.synthetic.care.known import CareKey, Cell, Span, counted, told_first
from producers.synthetic.care.telling import MINUTE
from producers.synthetic.workdays import local_date, start_of
from schemas import devices as d

DAY: Final = timedelta(hours=24)


class DoseKnown(NamedTuple):
    """A dose that was due. outcome: taken, late, missed or unknown; taken_at as told."""

    device: str
    due_at: datetime
    window_until: datetime
    outcome: str
    taken_at: datetime | None
    reason: str

    @property
    def why_missed(self) -> str:
        """Why it was, where it was."""
        return self.reason or "unknown" if self.outcome == "missed" else "not_missed"


class Adherence(NamedTuple):
    """Counts behind D2m. known: with an outcome."""

    due: int
    known: int
    taken: int

    @property
    def value(self) -> float:
        """Taken in the window ÷ due with a known outcome."""
        return self.taken / self.known

    @property
    def coverage(self) -> float:
        """Known ÷ due."""
        return self.known / self.due

    @property
    def bounds(self) -> tuple[float, float]:
        """If all that is unknown was not taken, and if all was."""
        return self.taken / self.due, (self.taken + self.due - self.known) / self.due


@lru_cache(maxsize=2)
def doses(key: CareKey) -> list[DoseKnown]:
    """Every dose that was due, judged by what was told of it."""
    found = []
    for facts in key.entities["dose"].values():
        _, due = told_first(facts, d.DoseDue)
        taken, _ = told_first(facts, d.DoseTaken)
        _, missed = told_first(facts, d.DoseMissed)
        if due is not None:
            until, outcome = (
                due.due_at + due.window_minutes * MINUTE,
                _outcome(due, taken, missed is not None),
            )
            reason = missed.reason if missed else ""
            found.append(DoseKnown(due.device or "", due.due_at, until, outcome, taken, reason))
    return found


def _outcome(due: d.DoseDue, taken: datetime | None, missed: bool) -> str:
    if taken is None:
        return "missed" if missed else "unknown"
    if missed or taken < due.due_at:
        return "unknown"  # what contradicts itself
    return "taken" if taken <= due.due_at + due.window_minutes * MINUTE else "late"


def due(key: CareKey, span: Span) -> Iterator[DoseKnown]:
    """Doses that fell due in the span and whose window had closed when today began."""
    begun = start_of(key.today)
    return (
        dose
        for dose in doses(key)
        if span[0] <= local_date(dose.due_at) < span[1] and dose.window_until <= begun
    )


def adherence(key: CareKey, span: Span, by: By = ()) -> dict[Cell, Adherence]:
    """How many were taken in their window, of those that fell due in the span (D2m)."""
    return _adherence(key, ((dose, dose.outcome) for dose in due(key, span)), by)


def adherence_last_day(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, Adherence]:
    """The same of the doses whose window closed in the 24 hours before an instant, as known then."""
    return _adherence(key, _last_day(key, at), by)


def doses_last_day(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """How many they were; `by` names their outcome."""
    homes = homes_by_device(key)
    return counted(homes[dose.device].cell(by, outcome=outcome) for dose, outcome in _last_day(key, at))


def _last_day(key: CareKey, at: datetime) -> Iterator[tuple[DoseKnown, str]]:
    for dose in doses(key):
        if at - DAY < dose.window_until <= at:
            still_out = dose.outcome == "late" and dose.taken_at is not None and dose.taken_at > at
            yield dose, "unknown" if still_out else dose.outcome


def _adherence(key: CareKey, those: Iterator[tuple[DoseKnown, str]], by: By) -> dict[Cell, Adherence]:
    homes = homes_by_device(key)
    outcomes: dict[Cell, list[str]] = {}
    for dose, outcome in those:
        outcomes.setdefault(homes[dose.device].cell(by), []).append(outcome)
    return {
        cell: Adherence(len(all_), len(all_) - all_.count("unknown"), all_.count("taken"))
        for cell, all_ in outcomes.items()
    }


def doses_due(key: CareKey, span: Span, by: By = ()) -> dict[Cell, int]:
    """Doses; `by` names their outcome and, of those that were missed, the reason."""
    homes = homes_by_device(key)
    return counted(
        homes[dose.device].cell(by, outcome=dose.outcome, reason=dose.why_missed) for dose in due(key, span)
    )
