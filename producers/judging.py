"""Every row of a list judged by itself and beside the others: its events, or what is wrong with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from producers.cells import plain_number
from producers.fates import Sheet
from producers.pseudonym import Pseudonymiser
from producers.rows import BadCell, Row, written
from producers.run import Context, Made, Refused, Run
from producers.source import Source
from schemas.codec import content_hash
from schemas.errors import BadEvent


@dataclass
class Judged:
    """One row. fate: its kind, until its number was compared with the last file; key: its number's pseudonym.

    address: the cell of its number. hash: keyed, over what the cells hold.
    """

    sheet: str
    number: int
    fate: str
    address: str = ""
    key: str = ""
    hash: str = ""
    made: list[Made] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, refused: Iterable[Refused]) -> None:
        """Nothing of the row is sent."""
        self.refused += refused
        self.made, self.fate = [], "refused"


def judged(sheets: Sequence[Sheet], source: Source, context: Context) -> list[Judged]:
    """Every row of every sheet in the order of the file, rows of one number compared with each other."""
    secret = context.keys(context.municipality)
    runs = [Run(source, sheet.table, context) for sheet in sheets]
    rows = [row for sheet, run in zip(sheets, runs, strict=True) for row in _rows(sheet, run, secret)]
    by_key: defaultdict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        if row.key:
            by_key[row.key].append(row)
    by_sheet = {run.table.sheet: run for run in runs}
    for same in by_key.values():
        if len(same) > 1:
            _judge_same(_of_newest_sheet(same), by_sheet)
    return rows


def _rows(sheet: Sheet, run: Run, secret: Pseudonymiser) -> Iterator[Judged]:
    for (number, cells), kind in zip(sheet.records, sheet.kinds, strict=True):
        row = Judged(sheet.table.sheet, number, kind)
        if isinstance(cells, BadEvent):
            row.refuse([run.refused(number, cells)])
        elif kind == "data":
            _judge(row, cells, run, secret)
        yield row


def _judge(row: Judged, cells: Sequence[Any], run: Run, secret: Pseudonymiser) -> None:
    column = run.source.ledger
    row.address = run.table.address(row.number, column) or f"rad {row.number}"
    row.hash = secret.of("cells", "\x1f".join(map(written, cells)))
    read = Row(run.table, row.number, cells)
    if number := plain_number(read[column]):
        row.key = secret.of("row", number)
    outcomes = run.of([read])
    row.made = [one for one in outcomes if isinstance(one, Made)]
    if bad := [one for one in outcomes if isinstance(one, Refused)]:
        row.refuse(bad)


def _of_newest_sheet(same: list[Judged]) -> list[Judged]:
    """Where sheets are years, a row that is carried over counts in the newest one; older ones are left."""
    years = {row.sheet: int(found[0]) for row in same if (found := re.search(r"20\d\d", row.sheet))}
    if len(years) < len({row.sheet for row in same}):
        return same
    newest = max(years.values())
    for row in same:
        if years[row.sheet] < newest:
            row.made, row.refused, row.fate = [], [], "older"
    return [row for row in same if years[row.sheet] == newest]


def _judge_same(same: list[Judged], runs: dict[str, Run]) -> None:
    """Rows of one number: if all say the same, the first is sent; else none: nobody knows which is right."""
    if len(same) < 2:
        return
    if all(row.made for row in same) and len({_content(row) for row in same}) == 1:
        for row in same[1:]:
            row.made, row.fate = [], "double"
        return
    for row in same:
        others = ", ".join(other.address for other in same if other is not row)
        run = runs[row.sheet]
        error = BadCell(
            row.number,
            "id_reused",
            run.source.ledger,
            f"Samma nummer står också i {others} med annat innehåll. Behåll en rad, eller ge den ena "
            "ett eget nummer, som -2 efter.",
            f"The same number also stands in {others} with other content. Keep one "
            "row, or give one a number of its own, as -2 behind.",
        )
        row.refuse([run.refused(row.number, error)])


def _content(row: Judged) -> tuple[tuple[str, int], ...]:
    return tuple((made.event.id, content_hash(made.event)) for made in row.made)
