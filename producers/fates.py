"""What each row of a list is: data, or something that people put between (titles, headings again, sums).

Pure. Every row of the used area has a kind, so that none is dropped unseen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from producers.aliases import Aliases, means
from producers.headings import Record
from producers.rows import Table, written
from schemas.errors import BadEvent

Kind = Literal["data", "empty", "title", "heading", "section", "sum", "unread"]
_SUM: Final = re.compile(
    r"(?:del)?summa\b|summering|tota(?:lt|la|l)\b|antal\b|medel\w*|snitt\w*|genomsnitt", re.I
)

_AMOUNT: Final = re.compile(r"[-\u2212]?[\d\s.,]+(?:kr)?")


@dataclass
class Sheet:
    """One sheet of a list: its table, and every row of it (or why it cannot be read) with its kind."""

    table: Table
    records: list[Record]
    kinds: list[Kind] = field(default_factory=list)


@dataclass(frozen=True)
class Sorter:
    """Gives rows their kind. first: number of the heading row; key: the column of a row's number.

    forms: what numbers look like in this sheet, so that a heading between rows is not taken for one.
    """

    table: Table
    first: int
    key: str
    wanted: Sequence[str]
    aliases: Aliases
    forms: set[str] = field(default_factory=set)

    def sort(self, sheet: Sheet) -> None:
        """Fill in the sheet's kinds, and in its table the heading that each row stands under."""
        rows = [(number, [] if isinstance(cells, BadEvent) else list(map(_text, cells)))
                for number, cells in sheet.records]  # fmt: skip
        self.forms.update(_form(self._at(texts, self.key)) for n, texts in rows if self._is_whole(n, texts))
        section = ""
        for (number, texts), (_, cells) in zip(rows, sheet.records, strict=True):
            kind = "data" if isinstance(cells, BadEvent) else self._kind(number, texts)
            sheet.kinds.append(kind)
            if kind == "section":
                section = next(filter(None, texts))
            if section and kind == "data":
                self.table.sections[number] = section

    def _kind(self, number: int, texts: Sequence[str]) -> Kind:
        if not any(texts):
            return "empty"
        if number <= self.first:
            return "heading" if number == self.first else "title"
        if all(means(self._at(texts, column), column, self.aliases) for column in self.wanted):
            return "heading"
        if any(self._at(texts, column) for column in self.wanted if column != self.key):
            return "data"
        return self._kind_of_thin(texts)

    def _kind_of_thin(self, texts: Sequence[str]) -> Kind:
        """The kind of a row in which nothing that is wanted stands, but perhaps a number."""
        number, filled = self._at(texts, self.key), {text for text in texts if text}
        is_number = _form(number) in self.forms and not re.fullmatch(r"20\d\d", number)
        if any(map(_SUM.match, filled)) or (not number and all(map(_AMOUNT.fullmatch, filled))):
            return "sum"
        return "section" if len(filled) == 1 and texts[0] and not is_number else "data"

    def _is_whole(self, number: int, texts: Sequence[str]) -> bool:
        return number > self.first and all(self._at(texts, column) for column in self.wanted)

    def _at(self, texts: Sequence[str], column: str) -> str:
        place = self.table.index[column]
        return texts[place] if place < len(texts) else ""


def _text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else "" if cell is None else written(cell)


def _form(number: str) -> str:
    """What a number looks like: its letters, and 9 for each run of digits."""
    return re.sub(r"\d+", "9", number.upper())
