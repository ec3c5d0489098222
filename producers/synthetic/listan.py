"""Makes spreadsheets like *Listan*: kept by hand for years, with faults planted and an answer key.

Everything is invented; personal numbers have the serial numbers that the tax agency keeps for tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from producers.rows import letters
from producers.synthetic.listan_faults import FAULTS, Faulty
from producers.synthetic.listan_rows import HEADINGS, Cells, people, typed

RED: Final = "FFFF0000"
YELLOW: Final = "FFFFEB9C"


@dataclass(frozen=True)
class Planted:
    """One fault or oddity: the address of its cell, and what it is."""

    cell: str
    kind: str


@dataclass
class Answer:
    """What an import of the file must find. fates: rows by fate of a first import."""

    faults: list[Planted] = field(default_factory=list)
    remarks: list[Planted] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, str] = field(default_factory=dict)  # address of a good row's number to that number


def make_list(path: Path, seed: int = 1, rows: int = 3_000, faults: int = 200) -> Answer:
    """Write a workbook with so many rows of data, so many faulty cells among them, and say where they are."""
    import openpyxl

    rng, book, answer = Random(seed), openpyxl.Workbook(), Answer()
    placed = people(rng, rows)
    planted = _plant(rng, placed, faults)
    book.remove(book.worksheets[0])
    for sheet in HEADINGS:
        mine = [(cells, planted.get(id(cells))) for cells in placed if cells["sheet"] == sheet]
        _Sheet(book.create_sheet(sheet), rng, answer).fill(mine)
    _instructions(book.create_sheet("Instruktion"), answer)
    book.save(path)
    return answer


def _plant(rng: Random, placed: Sequence[Cells], faults: int) -> dict[int, Faulty]:
    """Give rows their faults, all kinds in turn; a number that stands twice makes two faulty cells."""
    chosen = rng.sample(range(len(placed)), min(len(placed), faults + faults // 8))
    planted: dict[int, Faulty] = {}
    kinds = 0
    while len(planted) < faults:
        fault = FAULTS[kinds % len(FAULTS)]
        kinds += 1
        if fault.twin and len(planted) + 2 > faults:
            continue
        cells = placed[chosen.pop()]
        planted[id(cells)] = fault
        if fault.twin:
            twin = placed[chosen.pop()]
            twin["Ärende"] = cells["Ärende"]
            planted[id(twin)] = fault
    for cells in placed:
        if (found := planted.get(id(cells))) and not found.twin:
            cells[found.column] = found.spoil(rng, cells)
    return planted


class _Sheet:
    """Writes one sheet as people keep it: titles, headings again, gaps, sections, colours, sums."""

    def __init__(self, sheet: Any, rng: Random, answer: Answer) -> None:
        self.sheet, self.rng, self.answer = sheet, rng, answer
        self.columns = [column for column, _ in HEADINGS[sheet.title]]
        self.row = 0

    def fill(self, people: Sequence[tuple[Cells, Faulty | None]]) -> None:
        """The whole sheet."""
        self._line("title", f"Placeringar {self.sheet.title.lower()}")
        self.sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=6)
        self._line("empty")
        self._heading()
        for n, (cells, fault) in enumerate(people):
            if n and n % 400 == 0:
                self._heading()
            if n and n % 333 == 0:
                self._line("section", f"Avdelning {n // 333}")
            if self.rng.random() < 0.01:
                self._line("empty")
            self._placement(cells, fault)
        self._line("empty")
        self._sum(len(people))

    def _line(self, fate: str, *texts: Any) -> None:
        self.row += 1
        self.answer.fates[fate] += 1
        for column, text in enumerate(texts, 1):
            self.sheet.cell(self.row, column, text)

    def _heading(self) -> None:
        self._line("heading", *(heading for _, heading in HEADINGS[self.sheet.title]))

    def _sum(self, count: int) -> None:
        self._line("sum", "Summa")
        self.sheet.cell(self.row, self.columns.index("Dygnspris") + 1, count * 3_500)

    def _placement(self, cells: Cells, fault: Faulty | None) -> None:
        self._line(
            "refused" if fault else "sent", *(typed(self.rng, name, cells[name]) for name in self.columns)
        )
        number = self._address("Ärende")
        if fault:
            self.answer.faults.append(Planted(self._address(fault.column), fault.kind))
        else:
            self.answer.numbers[number] = cells["Ärende"]
            self._odd(cells)

    def _odd(self, cells: Cells) -> None:
        """Colours, some of which contradict the row."""
        dice = self.rng.random()
        if dice < 0.03:
            self._paint(RED)
            if cells["Utskriven"] is None:
                self._remark("Utskriven", "red_without_end")
        elif dice < 0.06:
            self._paint(YELLOW)
            if cells["Påskrivet"] is not None:
                self._remark("Påskrivet", "yellow_but_signed")
        elif dice < 0.07:
            self.sheet.cell(self.row, self.columns.index("Dygnspris") + 1, 0)
            self._remark("Dygnspris", "price_zero")

    def _paint(self, colour: str) -> None:
        from openpyxl.styles import PatternFill

        for column in range(1, len(self.columns) + 1):
            self.sheet.cell(self.row, column).fill = PatternFill("solid", fgColor=colour)

    def _remark(self, column: str, kind: str) -> None:
        self.answer.remarks.append(Planted(self._address(column), kind))

    def _address(self, column: str) -> str:
        return f"{self.sheet.title}!{letters(self.columns.index(column))}{self.row}"


def _instructions(sheet: Any, answer: Answer) -> None:
    for line in ("Så här fyller du i listan", "Röd rad: avslutad. Gul rad: avtal saknas."):
        sheet.append([line])
        answer.fates["unread"] += 1
