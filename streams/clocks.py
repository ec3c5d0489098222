"""The clock engine: a history and the clocks of the law in, one row per clock that started out. Pure.

Times are microseconds since 1970 UTC; a last day is kept as its last microsecond, so that what is done at or
before it is in time. What state a clock is in depends on when one asks: `state` says it, and in the warehouse
the view `case_clocks`. Law: `streams/clocks.toml`; rules for days and months: domain 7.9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from schemas.calendar import next_month
from schemas.clocks import Clock, Limit, Mark
from schemas.envelope import Fact
from schemas.workdays import workday_from
from streams.deadlines import day_of, first_instant, last_instant, last_of
from streams.folds.days import STILL
from streams.history import Living, micros

State = Literal["running", "extended", "overdue", "in_time", "in_time_extended", "late", "ended"]
UNTOLD: Final = (None, "unknown")
_HOUR: Final = 3_600_000_000
# What a fact does to a clock, in the order that it does it.
_END, _STOP, _EXTEND, _DELAY, _START = 0, 1, 2, 3, 5
_INSIDE, _OUTSIDE = 6, 8  # what opens a stretch; one more: what closes it


class ClockRow(NamedTuple):
    """One clock that started. STILL stands for what has not happened.

    law_at: last instant by the law; shifted_at: the same where a last day moves to a working day; due_at: the
    one that counts, of the two that the municipality chose, and later where it was lawfully extended. unit:
    who had the matter when it stopped, ended or fell due, whatever came first.
    """

    clock: str
    rule: str
    unit: str
    about: str
    reason: str
    started_at: int
    law_at: int
    shifted_at: int
    due_at: int
    extended_at: int
    stopped_at: int
    ended_at: int


class Told(NamedTuple):
    """A fact that does something to a clock, and what it says of it."""

    at: int
    order: int
    does: int
    clock: Clock
    pair: object
    about: str
    fact: Fact


class _Run:
    """A clock while the history is told."""

    __slots__ = (
        "about", "clock", "due", "ended", "extended", "law", "month", "pair", "reason", "shifted",
        "started", "stopped",
    )  # fmt: skip

    def __init__(self, told: Told, last: tuple[int, int], due: int) -> None:
        self.clock, self.pair, self.about, self.reason = told.clock, told.pair, told.about, ""
        self.started, (self.law, self.shifted), self.due = told.at, last, due
        self.extended = self.stopped = self.ended = STILL
        self.month: date | None = None

    @property
    def runs(self) -> bool:
        return self.stopped == STILL and self.ended == STILL


class Engine:
    """The clocks of one municipality. shifts: whether a last day that is no working day moves on."""

    def __init__(self, clocks: Sequence[Clock], tz: ZoneInfo, shifts: bool = False) -> None:
        self._tz, self._shifts = tz, shifts
        self._roles: dict[type[Fact], list[tuple[int, Mark, Clock]]] = defaultdict(list)
        for clock in clocks:
            for does, mark in _roles(clock):
                self._roles[mark.fact].append((does, mark, clock))
        self._asked = {f for c in clocks for m in c.marks for f in m.where} | {"unit"}
        self._asked |= {f for clock in clocks for f in (clock.pairs, clock.about) if f}
        self._fields: dict[type[Fact], tuple[str, ...]] = {}

    def run(self, facts: Sequence[Living]) -> tuple[list[ClockRow], set[str]]:
        """Every clock that the history started, by start and code, without units; and the flaws."""
        rows: list[ClockRow] = []
        flaws: set[str] = set()
        for told in self._told(facts).values():
            if any(each.does == _START for each in told):
                for run in self._runs(sorted(told, key=lambda each: each[:3]), flaws):
                    rows.append(_row(run))
        return sorted(rows, key=lambda row: (row.started_at, row.clock)), flaws

    def _told(self, facts: Sequence[Living]) -> dict[str, list[Told]]:
        """By clock, what the history does to it."""
        found: dict[str, list[Told]] = defaultdict(list)
        said: dict[str, Any] = {}
        for index, living in enumerate(facts):
            fact = living.fact
            for field in self._fields_of(type(fact)):
                value = getattr(fact, field)
                if value not in UNTOLD:
                    said[field] = value
            for does, mark, clock in self._roles.get(type(fact), ()):
                if mark.where and not _matches(mark, fact, said):
                    continue
                at = self._at(mark, living)
                if at is not None:
                    found[clock.code].append(_as_told(at, index, does, clock, fact, said))
        return found

    def _fields_of(self, kind: type[Fact]) -> tuple[str, ...]:
        fields = self._fields.get(kind)
        if fields is None:
            fields = tuple(field for field in kind.__struct_fields__ if field in self._asked)
            self._fields[kind] = fields
        return fields

    def _at(self, mark: Mark, living: Living) -> int | None:
        """When a mark counts: a local day from its first instant on."""
        if not mark.at:
            return living.occurred_at
        said = getattr(living.fact, mark.at)
        if isinstance(said, datetime):
            return micros(said)
        return None if said is None else first_instant(said, self._tz)

    def _runs(self, told: list[Told], flaws: set[str]) -> list[_Run]:
        """The runs of one clock, all its entries together, so that each start runs by one law only."""
        runs: list[_Run] = []
        loose: list[Told] = []
        open_: dict[int, set[str]] = {_INSIDE: set(), _OUTSIDE: set()}
        for each in told:
            if each.does == _START:
                if _counts(each, open_):
                    self._start(each, runs)
            elif each.does >= _INSIDE:
                _stretch(each, open_)
            elif each.does == _STOP and not runs:
                loose.append(each)
            else:
                self._act(each, runs, flaws)
        _judge_loose(runs, loose, flaws)
        self._break_off(runs)
        return runs

    def _break_off(self, runs: list[_Run]) -> None:
        """A clock that needs month after month ends with the last one in a row that is told."""
        for run in runs:
            if run.month is not None and run.runs:
                run.ended = first_instant(next_month(run.month), self._tz)

    def _act(self, each: Told, runs: list[_Run], flaws: set[str]) -> None:
        running = [run for run in runs if run.runs and run.clock is each.clock]
        if each.does == _END:
            for run in running:
                run.ended = each.at
        elif each.does == _STOP:
            self._stop(each, running, runs)
        elif each.does == _DELAY:
            for run in running:
                run.reason = getattr(each.fact, "reason", "")
        elif running and not self._extend(each, running[-1]):
            flaws.add("clock_extended_late")

    def _start(self, each: Told, runs: list[_Run]) -> None:
        clock, day = each.clock, day_of(each.at, self._tz)
        if not clock.holds_on(day):
            return
        running = [run for run in runs if run.runs]
        if clock.unbroken:
            month = getattr(each.fact, clock.unbroken)
            if any(run.month is not None and run.month < month <= next_month(run.month) for run in running):
                running[-1].month = month
                return
            for run in running:
                run.ended = first_instant(next_month(run.month or month), self._tz)
        elif running and not clock.each:
            return
        runs.append(self._new(each, clock.limit))
        if clock.unbroken:
            runs[-1].month = getattr(each.fact, clock.unbroken)

    def _new(self, each: Told, limit: Limit) -> _Run:
        last = self._last(limit, each.at, each.fact)
        return _Run(each, last, last[1] if self._shifts else last[0])

    def _last(self, limit: Limit, at: int, fact: Fact) -> tuple[int, int]:
        """The last instant by the law, and with a last day that moves to a working day."""
        if limit.field:
            said = getattr(fact, limit.field, None)
            last = micros(said) if said is not None else STILL
            return last, last
        if limit.hours:
            last = at + limit.hours * _HOUR
            return last, last
        return last_of(limit, day_of(at, self._tz), self._tz)

    def _stop(self, each: Told, running: list[_Run], runs: list[_Run]) -> None:
        clock = each.clock
        if clock.pairs and each.pair is not None:
            running = [run for run in running if run.pair in (each.pair, None)]
        for run in running[:1] if clock.oldest else running:
            run.stopped = each.at
            if clock.repeats:
                runs.append(self._new(each, clock.next or clock.limit))

    def _extend(self, each: Told, run: _Run) -> bool:
        """Whether the extension was decided while there was time left, and moves the last day on."""
        day: date = getattr(each.fact, run.clock.until)
        due = last_instant(workday_from(day) if self._shifts else day, self._tz)
        if each.at > run.due:
            return False
        if due > run.due:
            run.due = due
            run.extended = min(run.extended, each.at)
        return True


def state(row: ClockRow, now: int) -> State:
    """What state a clock is in at an instant. One that ended with time left was never due."""
    stopped = row.stopped_at if row.stopped_at <= now else STILL
    ended = row.ended_at if row.ended_at <= now else STILL
    over = min(stopped, ended)
    if over == STILL:
        if now > row.due_at:
            return "overdue"
        return "extended" if row.extended_at <= now else "running"
    if over > row.due_at:
        return "late"
    if stopped > ended:
        return "ended"
    return "in_time_extended" if row.extended_at != STILL and stopped > row.law_at else "in_time"


def _roles(clock: Clock) -> list[tuple[int, Mark]]:
    """What each of its marks does. A stretch has what opens and what closes it."""
    roles = [(_START, mark) for mark in clock.start] + [(_STOP, mark) for mark in clock.stop]
    roles += [(_END, mark) for mark in clock.end] + [(_EXTEND, mark) for mark in clock.extend]
    roles += [(_DELAY, mark) for mark in clock.delayed]
    for pair, opens in ((clock.inside, _INSIDE), (clock.outside, _OUTSIDE)):
        if pair:
            roles += [(opens, mark) for mark in pair[0]] + [(opens + 1, mark) for mark in pair[1]]
    return roles


def _matches(mark: Mark, fact: Fact, said: Mapping[str, Any]) -> bool:
    for field, allowed in mark.where.items():
        value = getattr(fact, field, None)
        if (said.get(field) if value in UNTOLD else value) not in allowed:
            return False
    return True


def _as_told(at: int, index: int, does: int, clock: Clock, fact: Fact, said: Mapping[str, Any]) -> Told:
    pair: object = getattr(fact, clock.pairs, None) if clock.pairs else None
    about = ""
    if clock.about:
        own = getattr(fact, clock.about, None)
        about = str(said.get(clock.about, "unknown") if own in UNTOLD else own)
    return Told(at, index, does, clock, pair, about, fact)


def _judge_loose(runs: list[_Run], loose: list[Told], flaws: set[str]) -> None:
    """A stop before the first start: unless another stop came later, nobody knows how it went."""
    if loose and runs and runs[0].stopped == STILL and not (runs[0].clock.repeats or runs[0].clock.recurs):
        runs[0].ended = runs[0].started
        flaws.add("clock_stopped_before_start")


def _counts(start: Told, open_: Mapping[int, set[str]]) -> bool:
    """Whether a start lies where its clock may start."""
    is_inside = not start.clock.inside or bool(open_[_INSIDE])
    return is_inside and not (start.clock.outside and start.about in open_[_OUTSIDE])


def _stretch(each: Told, open_: Mapping[int, set[str]]) -> None:
    """A stretch begins or ends: of one kind where the event says which, else all."""
    which = open_[each.does & ~1]
    if not each.does & 1:
        which.add(each.about)
    elif each.clock.about and getattr(each.fact, each.clock.about, None) not in UNTOLD:
        which.discard(each.about)
    else:
        which.clear()


def _row(run: _Run) -> ClockRow:
    return ClockRow(
        run.clock.code, run.clock.valid_from.isoformat(), "unknown", run.about, run.reason, run.started,
        run.law, run.shifted, run.due, run.extended, run.stopped, run.ended,
    )  # fmt: skip
