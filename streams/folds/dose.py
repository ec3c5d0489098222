"""One dose: due, then taken or missed. Pure.

What nobody told is unknown: a dose without an outcome is never missed and never taken. Of a dose whose facts
contradict each other the outcome is unknown too, so that it lowers the coverage and never the adherence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from schemas import devices as d
from schemas.envelope import Fact
from streams.folds.days import DAY_MICROS, NO_DAY
from streams.history import Living, micros

SECOND: Final = 1_000_000


class DoseRow(NamedTuple):
    """Columns of table `doses` after the key. day: UTC day that it is due on, else of what was told first.
    window_s: how many seconds after due_at the window closes. outcome: taken (in the window), late, missed,
    unknown.
    """

    day: int
    device: str
    unit: str
    due_at: int | None
    window_s: int
    outcome: str
    taken_at: int | None
    miss_reason: str
    flaws: list[str]


class _Dose(NamedTuple):
    due: d.DoseDue | None
    taken: tuple[int, d.DoseTaken] | None
    missed: tuple[int, d.DoseMissed] | None


def fold(facts: Sequence[Living]) -> DoseRow:
    """The row of a dose from its living facts in order. An empty history gives an empty row (void)."""
    flaws = {flaw for living in facts for flaw in living.flaws}
    due = [living.fact for living in facts if isinstance(living.fact, d.DoseDue)]
    taken = [(living.occurred_at, living.fact) for living in facts if isinstance(living.fact, d.DoseTaken)]
    missed = [(living.occurred_at, living.fact) for living in facts if isinstance(living.fact, d.DoseMissed)]
    if len(due) > 1:
        flaws.add("due_twice")
    if len(taken) > 1:
        flaws.add("taken_twice")
    it = _Dose(due[0] if due else None, taken[0] if taken else None, missed[-1] if missed else None)
    if facts:
        flaws |= _judged(it)
    return _row(it, flaws)


def _judged(it: _Dose) -> set[str]:
    """Flaws that only the whole history tells."""
    flaws = set() if it.due else {"never_due"}
    if it.taken and it.missed:
        flaws.add("taken_and_missed")
    if it.due and it.taken and it.taken[0] < micros(it.due.due_at):
        flaws.add("taken_before_due")
    return flaws


def _row(it: _Dose, flaws: set[str]) -> DoseRow:
    due = it.due
    return DoseRow(
        _day(it),
        due.device or "" if due else "",
        due.unit if due else "unknown",
        micros(due.due_at) if due else None,
        _window_s(due) if due else 0,
        _outcome(it),
        it.taken[0] if it.taken else None,
        it.missed[1].reason if it.missed else "",
        sorted(flaws),
    )


def day_of(at: int, fact: Fact) -> int:
    """The UTC day that a fact of this time may put the dose's row on."""
    return (micros(fact.due_at) if isinstance(fact, d.DoseDue) else at) // DAY_MICROS


def _day(it: _Dose) -> int:
    if it.due:
        return day_of(0, it.due)
    told = it.taken or it.missed
    return day_of(*told) if told else NO_DAY


def _window_s(due: d.DoseDue) -> int:
    return round(due.window_minutes * 60)


def _outcome(it: _Dose) -> str:
    if it.taken is None:
        return "missed" if it.missed else "unknown"
    when = _when_taken(it)
    if it.missed is None:
        return when
    # missed when the window closed, and taken after that: late is what both facts say
    return "late" if when == "late" and it.missed[0] <= it.taken[0] else "unknown"


def _when_taken(it: _Dose) -> str:
    """As the source says itself; else by the window, whose last moment is inside."""
    assert it.taken is not None
    at, taken = it.taken
    if taken.late is not None:
        return "late" if taken.late else "taken"
    if it.due is None or at < micros(it.due.due_at):
        return "unknown"
    return "late" if at > micros(it.due.due_at) + _window_s(it.due) * SECOND else "taken"
