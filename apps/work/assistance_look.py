"""What one look at the assistance cases (O3) is made from. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from apps.work.address import Address
from apps.work.assistance_questions import Question, asked
from apps.work.assistance_row import Case, Month
from apps.work.history import History
from schemas.municipality import Municipality

CLOSED_MONTHS: Final = 18
"""So many month ends back a list can be asked for."""


@dataclass(frozen=True)
class Overdue:
    """A period whose account should have been settled (LC18). months: those that nothing was claimed for."""

    key: str
    unit: str
    period_on: date
    last_on: date
    due_on: date
    months: Sequence[date]


@dataclass(frozen=True)
class Decision:
    """A decided period. schedule_on, lead_days: of the schedule that followed where the hours changed;
    early_on: of one that was changed when the hours had begun and were not decided yet, a flaw.
    """

    from_on: date
    last_on: date
    granted_h: float
    decided_on: date
    hours_a_day: float
    is_changed: bool
    hours_a_day_before: float
    schedule_on: date | None
    lead_days: int | None
    early_on: date | None = None


@dataclass(frozen=True)
class Temps:
    """Different temps of a case in a month: their number, else that they are few."""

    is_few: bool
    count: int | None


@dataclass(frozen=True)
class Report:
    """Everything about the chosen case. case: None where it has no period on the day."""

    case: Case | None
    months: Sequence[Month]
    decisions: Sequence[Decision]
    temps: Mapping[date, Temps]
    kpb: Mapping[date, float | None]
    history: History


@dataclass(frozen=True)
class View:
    """One look. on: the day whose periods are shown; open_day: the one that is not over; rows: the cases that
    answer the question; halved: keys of cases that lost most of their hours.
    """

    town: Municipality
    address: Address
    on: date
    open_day: date
    counts: Mapping[str, Any]
    rows: Sequence[Case]
    halved: frozenset[str] = frozenset()
    overdue: Sequence[Overdue] = field(default=())
    report: Report | None = None

    @property
    def question(self) -> Question:
        """The question that is answered."""
        return asked(self.address["visa"])

    @property
    def days(self) -> list[date]:
        """Month ends that can be asked for, the newest first."""
        ends = [self.open_day.replace(day=1) - timedelta(days=1)]
        while len(ends) < CLOSED_MONTHS:
            ends.append(ends[-1].replace(day=1) - timedelta(days=1))
        return ends

    def due(self, key: str) -> Overdue | None:
        """The oldest unsettled period of a case."""
        return next((one for one in self.overdue if one.key == key), None)


def read_overdue(row: Mapping[str, Any]) -> Overdue:
    """As the query gives it."""
    return Overdue(
        row["key"], row["unit"], row["period_on"], row["last_on"], row["due_on"], sorted(row["months"])
    )


def read_decision(row: Mapping[str, Any]) -> Decision:
    """As the query gives it."""
    return Decision(
        row["from_on"], row["last_on"], row["granted_h"], row["decided_on"], row["hours_a_day"],
        bool(row["is_changed"]), row["hours_a_day_before"], row["schedule_on"], row["lead_days"],
        row["early_on"],
    )  # fmt: skip
