"""From a history to the rows of its entity's table: one that holds, and empty ones where it no longer is.

A table of millions of rows that are asked for by day is sorted by day before entity, so that a day's figure
reads that day alone; the store replaces a row only where it is sorted alike. A row that moves to another day
(a correction, a visit after midnight) therefore leaves an empty row on every day that any version of its
facts may ever have put it on. That set comes from the history alone, so order and repetition change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from streams.clocked import columns_of
from streams.history import History
from streams.kinds import Kind

GENERATION_STEP: Final = 1 << 40


def fold_row(kind: Kind, entity: str, history: History, generation: int) -> tuple[Any, ...]:
    """The entity's row: key, version, void, then what its kind's fold says of its living facts."""
    living, torn = history.living()
    row = kind.fold(living)
    clocks, flaws = columns_of(entity[:4], living, row) if kind.clocked else ([], [])
    if torn:
        flaws = [*flaws, "conflicting_versions"]
    if len(living) < len(history.versions) and history.took_back_unknown():
        flaws = [*flaws, "retracted_unknown"]
    if flaws:
        row = row._replace(flaws=sorted({*row.flaws, *flaws}))  # type: ignore[attr-defined]
    return (*_head(entity, history, generation), int(not living), *row, *clocks)


def fold_rows(kind: Kind, entity: str, history: History, generation: int) -> Iterator[tuple[Any, ...]]:
    """The entity's row, and an empty one for each other day that it may have been written on."""
    row = fold_row(kind, entity, history, generation)
    yield row
    if kind.day_of is None:
        return
    for day in sorted(days_ever(kind, history) - {row[kind.columns.index("day")]}):
        empty = kind.fold(())._replace(day=day)  # type: ignore[attr-defined]
        yield (*_head(entity, history, generation), 1, *empty)


def days_ever(kind: Kind, history: History) -> set[int]:
    """Every day that some of the history's versions may have put the row on: one that holds lies on the day
    of one of its facts, and one that does not (all taken back) may stay where it is.
    """
    assert kind.day_of is not None
    return {kind.day_of(version.occurred_at, version.fact) for version in history.versions}


def _head(entity: str, history: History, generation: int) -> tuple[str, str, int]:
    return entity[:4], entity, generation * GENERATION_STEP + history.archived
