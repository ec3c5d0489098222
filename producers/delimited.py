"""Rows of a CSV file, whatever its delimiter. A row that cannot be read is refused alone, with its line.

An unclosed quotation mark would swallow the rows after it: where a record of several lines does not end as it
should, its first line is refused and the others are read again as rows of their own.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

from producers.aliases import Aliases
from producers.headings import LOOK, NO_ALIASES, Record, columns, heading
from producers.packed import broken, opened
from producers.rows import Table
from producers.text import DAMAGED, Text, delimiter_of, examine
from schemas.errors import BadEvent

LARGEST_CELL: Final = 256 * 1024  # characters; a longer one is an unclosed quotation mark or no cell at all
csv.field_size_limit(LARGEST_CELL)


class _Lines:
    """The lines of a file. Remembers those of the record under way, which may be read again.

    number: of the line read last. ended: whether the record under way met the end of the file.
    """

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self.number = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._again.popleft() if self._again else next(self._file)
        except StopIteration:
            self.ended = True
            raise
        self.record.append(line)
        self.number += 1
        return line

    def begin(self) -> int:
        """A new record begins; the number of its first line."""
        self.record.clear()
        self.ended = False
        return self.number + 1

    def give_back(self) -> None:
        """Read all lines of this record but the first once more."""
        self._again.extendleft(reversed(self.record[1:]))
        self.number -= len(self.record) - 1


def rows(path: Path, wanted: Sequence[str], aliases: Aliases = NO_ALIASES) -> tuple[Table, Iterator[Record]]:
    """Columns and rows of a CSV file, see `producers.readers.read`."""
    with opened(path) as file:
        text = examine(file)
    names, rest = heading(_records(path, text, delimiter_of(_first_lines(path, text))), wanted, aliases)
    table = Table(path.name, columns(names), notices=text.notices())
    return table, _whole_rows(rest, len(names))


def _first_lines(path: Path, text: Text) -> list[str]:
    found: list[str] = []
    with io.TextIOWrapper(opened(path), text.encoding, newline="") as lines, suppress(*DAMAGED):
        found.extend(islice(lines, LOOK))
    return found


def _records(path: Path, text: Text, delimiter: str) -> Iterator[tuple[int, Any]]:
    with io.TextIOWrapper(opened(path), text.encoding, newline="") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter)
        while True:
            first = lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield first, _too_large() if len(lines.record) == 1 else _unclosed()
                lines.give_back()
                continue
            except DAMAGED:
                yield first, broken()
                return
            if _is_whole(lines, delimiter):
                if cells:
                    yield first, cells
            else:
                yield first, _unclosed()
                lines.give_back()


def _is_whole(lines: _Lines, delimiter: str) -> bool:
    """Whether each cell that begins with a quotation mark ends with one; a lone one inside a cell is text."""
    if lines.ended or len(lines.record) == 1:
        return not lines.ended
    try:
        return len(list(csv.reader(lines.record, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _too_large() -> BadEvent:
    kilobytes = LARGEST_CELL // 1024
    return BadEvent("bad_value", "", f"En cell har mer än {kilobytes} 000 tecken; raden skickas inte.",
                    f"A cell has more than {kilobytes},000 characters; the row is not sent.")  # fmt: skip


def _unclosed() -> BadEvent:
    return BadEvent("bad_value", "", "Ett citattecken öppnar en cell på raden och stängs inte.",
                    "A quotation mark opens a cell on the line and is not closed.")  # fmt: skip


def _whole_rows(records: Iterator[tuple[int, Any]], width: int) -> Iterator[Record]:
    for line, cells in records:
        if isinstance(cells, BadEvent) or len(cells) == width:
            yield line, cells
        elif any(cells):
            yield line, _wrong_width(line, cells, width)


def _wrong_width(line: int, cells: list[str], width: int) -> BadEvent:
    sv = f"Raden har {len(cells)} fält, rubriken {width}."
    en = f"The line has {len(cells)} fields, the heading {width}."
    last = line + sum(cell.count("\n") for cell in cells)
    if last > line:
        sv += f" Den går till rad {last}: står citattecknen rätt?"
        en += f" It goes on to line {last}: are the quotation marks right?"
    return BadEvent("bad_value", "", sv, en)
