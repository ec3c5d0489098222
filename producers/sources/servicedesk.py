"""Incident log of a service desk (UCI, DOI 10.24432/C57S4H): one row per update, a case is all its rows.

Times have minutes only and often tie, so each fact carries its row's place in the case as `sequence`. A group
or handler that is known stays so until another one is known. The log's clock does not go backwards: the few
updates dated before the opening, or before the row above, hold from there.

Recorded is the file's time: `sys_updated_at` is when an update happened, and stays when a later export mends
a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Final

from producers.rows import Row
from producers.source import Said
from producers.times import Moment
from schemas.cases import (
    ApplicationReceived,
    CaseAssigned,
    CaseClosed,
    CaseRegistered,
    CaseReopened,
    CaseTransferred,
    Decided,
    ReportReceived,
)

TIME = "%d/%m/%Y %H:%M"
ZONE = "UTC"
MODE = "historical"
GROUP = "number"
MISSING = ("?",)
COLUMNS = (
    "number", "sys_updated_at", "opened_at", "resolved_at", "closed_at", "contact_type", "category",
    "assignment_group", "assigned_to", "reopen_count",
)  # fmt: skip

OPENINGS: Final = {"Self service": ApplicationReceived, "Direct opening": CaseRegistered}
PER_ROW: Final = 4  # sequence numbers of one row: reopened, transferred, assigned
LAST: Final = (
    1_000_000  # the closing comes after every update of its minute, however many a later export brings
)

Update = tuple[int, Moment, Row]  # first sequence number of the row, when it holds from, the row


def events(rows: list[Row]) -> Iterator[Said]:
    """Opening, transfers, handlers, reopenings, decision and closing of one case."""
    first, last = rows[0], rows[-1]
    number = first["number"]
    opening = OPENINGS.get(first["contact_type"], ReportReceived)
    unit = next((row.code("assignment_group") for row in rows if row["assignment_group"]), "unknown")
    yield Said(opening(unit=unit, case_type=first.code("category")), number, first.time("opened_at"))
    updates = list(_updates(rows))
    yield from _reopened(number, updates)
    yield from _transferred(number, updates)
    yield from _assigned(number, updates)
    if last["resolved_at"]:
        yield Said(Decided("granted"), number, last.time("resolved_at"), sequence=LAST - 1)
    if last["closed_at"]:
        yield Said(CaseClosed(source_in_time=_made_it(last)), number, last.time("closed_at"), sequence=LAST)


def _made_it(last: Row) -> bool | None:
    """The desk's verdict on its own target, as the last update has it; it tells no deadline."""
    said = last["made_sla"] if last.has("made_sla") else ""
    return None if not said else said == "true"


def _updates(rows: list[Row]) -> Iterator[Update]:
    clock = accumulate((row.time("sys_updated_at") for row in rows), max, initial=rows[0].time("opened_at"))
    next(clock)
    for place, (at, row) in enumerate(zip(clock, rows, strict=True), 1):
        yield place * PER_ROW, at, row


def _reopened(number: str, updates: Iterable[Update]) -> Iterator[Said]:
    """One reopening for each step of the running counter."""
    seen = 0
    for sequence, at, row in updates:
        count = int(row.number_in("reopen_count"))
        for nth in range(seen, count):
            yield Said(CaseReopened(), number, at, nth, sequence=sequence)
        seen = max(seen, count)


def _transferred(number: str, updates: Iterable[Update]) -> Iterator[Said]:
    """A transfer where a known group differs from the known one before."""
    known = [
        (row.code("assignment_group"), update) for update in updates if (row := update[2])["assignment_group"]
    ]
    moves = ((left, unit, update) for (left, _), (unit, update) in pairwise(known) if unit != left)
    for nth, (left, unit, (sequence, at, _)) in enumerate(moves):
        yield Said(CaseTransferred(unit, left), number, at, nth, sequence=sequence + 1)


def _assigned(number: str, updates: Iterable[Update]) -> Iterator[Said]:
    """The first known handler and each new one."""
    handler, nth = "", 0
    for sequence, at, row in updates:
        if row["assigned_to"] and row["assigned_to"] != handler:
            handler = row["assigned_to"]
            yield Said(CaseAssigned(handler), number, at, nth, sequence=sequence + 2)
            nth += 1
