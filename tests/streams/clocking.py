"""Histories and the clocks that they start, in local Swedish times that one can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from schemas.clocks import Clock, law
from schemas.envelope import Fact
from streams.clocks import ClockRow, Engine, state
from streams.deadlines import day_of
from streams.folds.days import STILL
from streams.history import Living, micros

SWEDEN: Final = ZoneInfo("Europe/Stockholm")
Told = tuple[str, Fact]


class Ran(NamedTuple):
    """A clock as a test expects it: code, local start and last day (with the minute where it is a matter of
    hours), and its state at the instant that was asked for.
    """

    clock: str
    started: str
    due: str
    state: str


def instant(local: str, fold: int = 0) -> int:
    """`2026-10-25 02:30` in Sweden, the first one where it occurs twice; a day alone is its midnight."""
    return micros(datetime.fromisoformat(local).replace(tzinfo=SWEDEN, fold=fold))


def living(told: Sequence[Told]) -> list[Living]:
    """Facts as a fold reads them: sorted by time, what happened at once in the order told."""
    facts = [Living(instant(when), fact, ()) for when, fact in told]
    return sorted(facts, key=lambda each: (each.occurred_at, each.fact.RANK))


def rows(told: Sequence[Told], clocks: Sequence[Clock] = (), shifts: bool = False) -> list[ClockRow]:
    """Every clock of the history, of the law if no others are given."""
    return Engine(clocks or law(), SWEDEN, shifts).run(living(told))[0]


def ran(clock: str, told: Sequence[Told], now: str, shifts: bool = False) -> list[Ran]:
    """The clocks of one code (`LC6`: of all its parts), and their state at `now`."""
    found = [row for row in rows(told, shifts=shifts) if row.clock.rstrip("abcd") == clock]
    return [as_ran(row, instant(now)) for row in found]


def flaws(told: Sequence[Told]) -> set[str]:
    """The flaws that clocks find in the history."""
    return Engine(law(), SWEDEN).run(living(told))[1]


def as_ran(row: ClockRow, now: int) -> Ran:
    """A row as a test expects it: an hour is told only where the last moment is not a day's."""
    is_day = day_of(row.due_at + 1, SWEDEN) != day_of(row.due_at, SWEDEN)
    due = "" if row.due_at == STILL else local(row.due_at)[: 10 if is_day else 16]
    return Ran(row.clock, local(row.started_at)[:16], due, state(row, now))


def local(at: int) -> str:
    """An instant in Swedish local time."""
    return datetime.fromtimestamp(at / 1_000_000, SWEDEN).strftime("%Y-%m-%d %H:%M:%S")
