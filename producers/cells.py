"""One row of a list that people keep by hand: each cell read as what it should be, every fault kept.

So that a person who mends the list sees all that is wrong with a row at once, not one thing per run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from producers import swedish
from producers.choices import Synonyms, choose
from producers.rows import BadCell, BadCells, Row
from producers.times import Moment, moment
from schemas.errors import BadEvent
from schemas.identity import find_identity

T = TypeVar("T")
NONE: Final[Synonyms] = MappingProxyType({})
NO_DAY: Final = date(1, 1, 1)  # what stands for a day that could not be read, until the row is refused


def plain_number(text: str) -> str:
    """A matter's number in one spelling: no blanks, capitals."""
    return re.sub(r"\s", "", text).upper()


class Cells:
    """The cells of a row. A column that the file lacks reads as empty. `judge` refuses the row if need be."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[BadCell] = []

    def text(self, column: str) -> str:
        """The cell's text, "" when it is empty."""
        return self.row[column] if self.row.has(column) else ""

    def needed(self, column: str, sv: str, en: str) -> str:
        """The text of a cell that must be filled; what should stand there is told otherwise."""
        found = self.text(column)
        if not found:
            self.fault(column, "missing_field", f"Cellen är tom. {sv}", f"The cell is empty. {en}")
        return found

    def number(self, column: str) -> str:
        """The matter's number, which must be there and be no person's."""
        found = self.needed(column, "Skriv ärendets nummer.", "Write the matter's number.")
        if find_identity(found):
            self.fault(
                column,
                "identity",
                "Ärendets nummer ser ut att vara ett personnummer. Skriv ärendets eget.",
                "The matter's number seems to be a person's. Write the matter's own.",
            )
        return plain_number(found)

    def day(self, column: str, *, may_come: bool = False) -> date | None:
        """The cell as a day, None when it is empty. `may_come`: a day after today is right too."""
        if not self.text(column):
            return None
        found = self.attempt(column, lambda: swedish.day_of(self.row.raw(column)), NO_DAY)
        if found > self.row.table.today and not may_come:
            self.fault(
                column,
                "future_time",
                "Dagen har inte varit än. Rätta den, eller töm cellen tills det har hänt.",
                "The day has not come yet. Mend it, or empty the cell until it has.",
            )
        return found

    def needed_day(self, column: str) -> date:
        """The cell as a day that must be there; a stand-in where it is not, for the row is refused then."""
        self.needed(column, "Skriv dagen som 2026-03-02.", "Write the day as 2026-03-02.")
        return self.day(column) or NO_DAY

    def not_before(self, column: str, day: date | None, first_column: str, first: date) -> None:
        """A fault where a day lies before the one in another column."""
        faulty = {fault.field for fault in self.faults}
        if day is not None and day < first and not faulty & {column, first_column}:
            self.fault(
                column,
                "bad_time",
                f"Dagen ligger före {first_column}. Rätta den ena eller den andra.",
                f"The day lies before {first_column}. Mend one or the other.",
            )

    def kronor(self, column: str, least: float, most: float) -> float | None:
        """The cell as kronor, None when it is empty; 0 or from `least` to `most`."""
        if not self.text(column):
            return None
        found = self.attempt(column, lambda: swedish.kronor_of(self.row.raw(column)), None)
        if found is None:
            return None
        if found < 0:
            self.fault(column, "bad_value", "Ett pris är inte mindre än noll.", "A price is not below zero.")
        elif 0 < found < least:
            self.fault(
                column,
                "bad_value",
                f"Mindre än {least:g} kr per dygn: är det tusental? Skriv hela kronor.",
                f"Less than {least:g} kr a day: are they thousands? Write kronor.",
            )
        elif found > most:
            self.fault(
                column,
                "bad_value",
                f"Mer än {most:g} kr per dygn: är det per månad? Skriv pris per dygn.",
                f"More than {most:g} kr a day: is it a month's? Write the price per day.",
            )
        return found

    def choice(
        self,
        column: str,
        names: str,
        synonyms: Synonyms = NONE,
        *,
        empty: str = "unknown",
        is_open: bool = False,
    ) -> str:
        """The cell as one of the municipality's codes of that list, `empty` when it is; see `choose`."""
        text = self.text(column)
        if not text:
            return empty
        listed = self.row.table.names.get(names, {})
        code = self.attempt(column, lambda: choose(text, listed, synonyms, is_open=is_open), empty)
        if is_open and not listed and code not in (empty, *synonyms):
            self.row.table.own_codes.setdefault(column, set()).add(code)
        self.row.trace(code, column)
        return code

    def moment(self, day: date) -> Moment:
        """The beginning of a local day."""
        return moment(day, self.row.table.zone)

    def fault(self, column: str, reason: str, sv: str, en: str) -> None:
        """Keep a fault: the row will be refused for it."""
        self.faults.append(BadCell(self.row.number, reason, column, sv, en))

    def remark(self, column: str, sv: str, en: str) -> None:
        """Something odd that the person should look at; the row is sent all the same."""
        self.row.table.remarks[self.row.number, column, sv] = en

    def judge(self) -> None:
        """Raises BadCells with every fault of the row, if it has any."""
        if self.faults:
            index = self.row.table.index
            raise BadCells(sorted(self.faults, key=lambda fault: index.get(fault.field, -1)))

    def attempt(self, column: str, read: Callable[[], T], otherwise: T) -> T:
        """What `read` gives; where it raises BadEvent, the column has a fault and `otherwise` stands in."""
        try:
            return read()
        except BadEvent as error:
            self.fault(column, error.reason, error.sv, error.en)
            return otherwise
