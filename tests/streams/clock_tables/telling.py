"""What a case of a table tells, as events that are heard one by one, and the clocks of the entity's row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any, Final

from schemas.codec import make
from schemas.envelope import Event, Fact, event_id
from streams.clocked import COLUMNS
from streams.clocks import ClockRow
from streams.history import EPOCH, History, micros
from streams.kinds import BY_NAME
from streams.rows import fold_row
from tests.streams.clock_tables.reading import Case, Line, Table
from tests.streams.clocking import Ran, as_ran, instant

TOWN: Final = "0780"
_RECORDED: Final = datetime(2040, 1, 1, tzinfo=UTC)
_FEW: Final = 4  # facts of which every order is told


def events(kind: str, told: Sequence[Line]) -> list[Event]:
    """Every version of every fact: first as they were told first, then the corrected ones."""
    first = [_event(kind, place, each.when, each.fact, 0) for place, each in enumerate(told)]
    second = [_event(kind, place, each.then, each.corrected or each.fact, 1, each.corrected is None)
              for place, each in enumerate(told) if each.is_corrected]  # fmt: skip
    return first + second


def _event(kind: str, place: int, when: str, fact: Fact, version: int, gone: bool = False) -> Event:
    subject = f"{TOWN}/{kind}/k1.{'a':A<43}"
    at = instant(when.rstrip("b"), fold=int(when.endswith("b")))
    return make(
        fact, id=event_id(subject, type(fact).__name__, place), source="test", subject=subject,
        time=EPOCH + timedelta(microseconds=at), kommunkod=TOWN, retracted=gone,
        recordedtime=_RECORDED + timedelta(days=version, minutes=place),
    )  # fmt: skip


def orders(told: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Orders of arrival: all of them of few events, else as told, reversed, and from each one on; and each
    event twice.
    """
    if len(told) <= _FEW:
        yield from permutations(told)
    else:
        yield from (each for n in range(len(told)) for each in ([*told[n:], *told[:n]],))
        yield told[::-1]
    yield [*told[::-1], *told]


def row(kind: str, told: Sequence[Event]) -> tuple[Any, ...]:
    """The entity's row, by the way that every event goes."""
    history = History([])
    for each in told:
        history.hear(each, micros(each.recordedtime))
    return fold_row(BY_NAME[kind], f"{TOWN}/{kind}/k1.{'a':A<43}", history, 1)


def clock_rows(kind: str, told: Sequence[Event]) -> list[ClockRow]:
    """The clocks in the row's last columns."""
    columns = row(kind, told)[-len(COLUMNS) :]
    return [ClockRow(*each) for each in zip(*columns, strict=True)]


def flaws(kind: str, told: Sequence[Event]) -> set[str]:
    """The flaws of the row."""
    return set(row(kind, told)[BY_NAME[kind].columns.index("flaws")])


def ran(table: Table, case: Case, told: Sequence[Event]) -> tuple[Ran, ...]:
    """The clocks of the table's code, of all its parts, as the case expects them."""
    found = [each for each in clock_rows(table.kind, told) if each.clock.rstrip("abcd") == table.clock]
    return tuple(as_ran(each, instant(case.now)) for each in found)
