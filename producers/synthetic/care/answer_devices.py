"""The answer key's part for dispensers: lives, silence, doses, alarms, refills, avoided visits and rent.

`by` names dimensions of the device's life or of the alarm; a cell is one text per name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from producers.synthetic.care.known import CareKey, Cell, Span, counted, summed, told_first
from producers.synthetic.care.telling import MINUTE
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas import devices as d
from schemas import hours as h

By = Sequence[str]
SILENT_AFTER = timedelta(hours=24)
REFILL_WITHIN = timedelta(days=14)


class Life(NamedTuple):
    """A device in a home, [since, until); until None: it goes on."""

    device: str
    about: d.DeviceInstalled
    since: datetime
    until: datetime | None
    end_reason: str
    refills: list[datetime]

    def goes_on(self, at: datetime) -> bool:
        """Whether it is installed at an instant."""
        return self.since <= at and (self.until is None or at < self.until)

    def cell(self, by: By, **said: str) -> Cell:
        """The texts of the named dimensions."""
        return tuple(said[name] if name in said else str(getattr(self.about, name)) for name in by)


class DoseKnown(NamedTuple):
    """A dose that was due, and its outcome: taken, late, missed or unknown."""

    device: str
    due_at: datetime
    unit: str
    outcome: str


class AlarmKnown(NamedTuple):
    """An alarm that went off."""

    about: d.AlarmRaised
    raised_at: datetime
    acknowledged_at: datetime | None
    handled_at: datetime | None
    how: str


@lru_cache(maxsize=2)
def lives(key: CareKey) -> list[Life]:
    """Every time that a device was in a home: in Mittköping each once."""
    found = []
    for subject, facts in key.entities["device"].items():
        refills = [told.at for told in facts if isinstance(told.fact, d.DeviceRefilled)]
        since, about = told_first(facts, d.DeviceInstalled)
        until, removed = told_first(facts, d.DeviceRemoved)
        if since and about:
            reason = removed.reason if removed else ""
            found.append(Life(subject.split("/")[2], about, since, until, reason, refills))
    return found


def active(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Devices in a home at an instant (D1m)."""
    return counted(life.cell(by) for life in lives(key) if life.goes_on(at))


def silent(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Of those, the ones that gave no sign of life in the 24 hours before (D1m)."""
    signs = {fact.device for told, fact in key.of(d.DeviceAlive) if at - SILENT_AFTER < told.at <= at}
    return counted(life.cell(by) for life in lives(key) if life.goes_on(at) and life.device not in signs)


@lru_cache(maxsize=2)
def doses(key: CareKey) -> list[DoseKnown]:
    """Every dose that was due, judged by what was told of it."""
    found = []
    for facts in key.entities["dose"].values():
        _, due = told_first(facts, d.DoseDue)
        taken, _ = told_first(facts, d.DoseTaken)
        _, missed = told_first(facts, d.DoseMissed)
        if due is not None:
            outcome = _outcome(due, taken, missed is not None)
            found.append(DoseKnown(due.device or "", due.due_at, due.unit, outcome))
    return found


def _outcome(due: d.DoseDue, taken: datetime | None, missed: bool) -> str:
    if taken is None:
        return "missed" if missed else "unknown"
    if missed or taken < due.due_at:
        return "unknown"  # what contradicts itself
    return "taken" if taken <= due.due_at + due.window_minutes * MINUTE else "late"


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


def adherence(key: CareKey, span: Span, by: By = ()) -> dict[Cell, Adherence]:
    """Doses that fell due in the span (D2m)."""
    found: dict[Cell, list[DoseKnown]] = {}
    for dose in doses(key):
        if span[0] <= local_date(dose.due_at) < span[1] and dose.due_at < key.until:
            found.setdefault(tuple(str(getattr(dose, name)) for name in by), []).append(dose)
    return {
        cell: Adherence(
            len(those),
            sum(dose.outcome != "unknown" for dose in those),
            sum(dose.outcome == "taken" for dose in those),
        )
        for cell, those in found.items()
    }


def alarms(key: CareKey) -> Iterator[AlarmKnown]:
    """Every alarm that went off."""
    for facts in key.entities["alarm"].values():
        raised_at, about = told_first(facts, d.AlarmRaised)
        taken_on, _ = told_first(facts, d.AlarmAcknowledged)
        handled, how = told_first(facts, d.AlarmHandled)
        if raised_at and about:
            yield AlarmKnown(about, raised_at, taken_on, handled, how.how if how else "")


def rent(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Booked rent of the months that begin in the span (D6m)."""
    return summed(
        (tuple(str(getattr(fact, name)) for name in by), fact.amount_kr)
        for _, fact in key.of(d.RentBooked)
        if span[0] <= fact.month < span[1]
    )


def ended(key: CareKey, span: Span, by: By = ("reason",)) -> dict[Cell, int]:
    """Devices that were removed in the span, by reason (D8m)."""
    return counted(
        life.cell(by, reason=life.end_reason)
        for life in lives(key)
        if life.until and span[0] <= local_date(life.until) < span[1]
    )


def medication_visits(key: CareKey) -> Iterator[tuple[Life, datetime]]:
    """Performed visits with medicine to homes that had a device then, with when they began."""
    by_person = {life.about.person: life for life in lives(key)}
    for _, fact in key.of(h.VisitPerformed):
        life = by_person.get(fact.person)
        if life and fact.purpose == "medication" and life.goes_on(fact.start_at):
            yield life, fact.start_at


def days_in_home(life: Life, span: Span, today: date) -> float:
    """Days of the span that it was in a home, with their parts."""
    since = max(life.since, start_of(span[0]))
    until = min(life.until or start_of(today + DAY), start_of(span[1]), start_of(today + DAY))
    return max(0.0, (until - since) / DAY)
