"""What one look at the staffing (O4) is made from: rows by unit, role and month, and what is chosen. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from apps.wording import say
from apps.work.address import Address
from apps.work.staffing_questions import Measure, asked
from apps.work.staffing_row import Staffed
from schemas.municipality import Municipality

MONTHS: Final = 12
Line = tuple[str, str]
"""Unit and role of a row of a table: unit "" is all that are shown, role "" the whole unit."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen among. months: the first days of those that are told of, the newest first."""

    units: Sequence[str]
    roles: Sequence[str]
    months: Sequence[date]


@dataclass(frozen=True)
class View:
    """What one look at the staffing is made from. open_day: the one that is not over; month: the one shown;
    rows: of the twelve months that end with it.
    """

    town: Municipality
    address: Address
    open_day: date
    month: date
    choices: Choices
    rows: Sequence[Staffed]

    @property
    def measure(self) -> Measure:
        """The figure that is asked for."""
        return asked(self.address["visa"])

    @property
    def running(self) -> date:
        """First day of the month that goes on."""
        return self.open_day.replace(day=1)

    @property
    def is_running(self) -> bool:
        """Whether the month that is shown goes on."""
        return self.month >= self.running

    @property
    def months(self) -> list[date]:
        """The twelve, the oldest first."""
        return [months_before(self.month, MONTHS - 1 - n) for n in range(MONTHS)]

    @cached_property
    def lines(self) -> list[Line]:
        """(unit, role) of the tables' rows: the chosen unit and its roles, else every unit, and their sum."""
        unit, role = self.address["enhet"], self.address["roll"]
        named = {(one.unit, one.role) for one in self.rows if one.unit}
        if unit:
            roles = sorted({r for _, r in named if r})
            return [(unit, r) for r in (["", *roles] if len(roles) > 1 and not role else [role])]
        order = list(self.town.every_unit)
        units = sorted({u for u, r in named if r == role},
                       key=lambda u: (order.index(u) if u in order else len(order), u))  # fmt: skip
        return [(u, role) for u in units] + ([("", role)] if len(units) > 1 else [])

    @cached_property
    def _by_place(self) -> dict[tuple[str, str, date], Staffed]:
        return {(one.unit, one.role, one.month): one for one in self.rows}

    def at(self, line: Line, month: date) -> Staffed | None:
        """The row of a line in a month."""
        return self._by_place.get((*line, month))

    @property
    def focus(self) -> Line:
        """The line that the heading is about: the chosen unit, the only one, or the sum."""
        lines = self.lines
        return (
            lines[0] if lines and (self.address["enhet"] or len(lines) == 1) else ("", self.address["roll"])
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen, in words: for the file."""
        town, address = self.town, self.address
        chosen = {"s_unit": town.unit_name(address["enhet"]), "s_role": town.name_of("role", address["roll"])}
        return {word: value for word, value in chosen.items() if value}


def months_before(month: date, count: int) -> date:
    """The first day of the month so many before that of another."""
    year, number = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(year, number + 1, 1)


def name_of(view: View, line: Line) -> str:
    """What a line is called."""
    unit, role = line
    if not unit:
        return say("s_all_shown")
    if view.address["enhet"] and role:
        return view.town.name_of("role", role)
    return view.town.unit_name(unit)
