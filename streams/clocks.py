"""The clock engine: a history and the clocks of the law in, one row per clock that started out. Pure.

Times are microseconds since 1970 UTC; a last day is kept as its last microsecond, so that what is done at or
before it is in time. What state a clock is in depends on when one asks: `state` says it, and in the warehouse
the view `case_clocks`. Law: `streams/clocks.toml`; rules for days and months: domain 7.9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
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
_CLOSING: Final = 9  # rank of what closes a matter: what was before it belongs to an earlier one
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


class _Role(NamedTuple):
    """What an event does to the clock of an entry."""

    code: str
    does: int
    mark: Mark
    clock: Clock


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
    """A clock while the history is told. born: which fact stopped the one before and started this one."""

    __slots__ = (
        "about", "born", "clock", "due", "ended", "extended", "law", "month", "pair", "reason", "shifted",
        "started", "stopped", "stopped_by",
    )  # fmt: skip

    def __init__(self, told: Told, last: tuple[int, int], due: int) -> None:
        self.clock, self.pair, self.about, self.reason = told.clock, told.pair, told.about, ""
        self.started, (self.law, self.shifted), self.due = told.at, last, due
        self.extended = self.stopped = self.ended = STILL
        self.month: date | None = None
        self.born = self.stopped_by = -1  # which fact of the history

    @property
    def runs(self) -> bool:
        return self.stopped == STILL and self.ended == STILL

    def goes_on_with(self, month: date) -> bool:
        """Whether the month is the same as the last one told, or the next in a row."""
        if self.month is None or self.ended != STILL:
            return False
        return self.month <= month <= next_month(self.month)


class Engine:
    """The clocks of one municipality. shifts: whether a last day that is no working day moves on."""

    def __init__(self, clocks: Sequence[Clock], tz: ZoneInfo, shifts: bool = False) -> None:
        self._tz, self._shifts = tz, shifts
        self._entries: dict[str, list[Clock]] = defaultdict(list)
        self._starts: dict[type[Fact], list[_Role]] = defaultdict(list)
        self._others: dict[type[Fact], list[_Role]] = defaultdict(list)
        for clock in clocks:
            self._entries[clock.code].append(clock)
            for does, mark in _roles(clock):
                roles = self._starts if does == _START else self._others
                roles[mark.fact].append(_Role(clock.code, does, mark, clock))
        self._asked = {field for clock in clocks for mark in clock.marks for field in mark.where}
        self._asked |= {field for clock in clocks for field in (clock.pairs, clock.about) if field}
        self._fields: dict[type[Fact], tuple[str, ...]] = {}

    def run(self, facts: Sequence[Living]) -> tuple[list[ClockRow], set[str]]:
        """Every clock that the history started, by start and code, without units; and the flaws."""
        rows: list[ClockRow] = []
        flaws: set[str] = set()
        by_clock: dict[str, list[Told]] = defaultdict(list)
        for code, told in self._told(facts, self._starts):
            if told.clock.holds_on(day_of(told.at, self._tz)) and _has_limit(told):
                by_clock[code].append(told)
        if by_clock:  # most clocks never start, and what else would happen to them is nobody's business
            for code, told in self._told(facts, self._others, by_clock):
                by_clock[code].append(told)
        for each in by_clock.values():
            rows += map(_row, self._runs(sorted(each, key=_in_order), flaws))
        return sorted(rows, key=lambda row: (row.started_at, row.clock)), flaws

    def _told(
        self, facts: Sequence[Living], roles: Mapping[type[Fact], list[_Role]], only: Container[str] = ()
    ) -> Iterator[tuple[str, Told]]:
        """What the history does in these roles, of all clocks or only those; with the clock's code."""
        said: dict[str, Any] = {}
        for order, living in enumerate(facts):
            fact = living.fact
            for field in self._fields_of(type(fact)):
                value = getattr(fact, field)
                if value not in UNTOLD:
                    said[field] = value
            for code, does, mark, clock in roles.get(type(fact), ()):
                if (only and code not in only) or (mark.where and not _matches(mark, fact, said)):
                    continue
                at = self._at(mark, living)
                if at is not None:
                    yield code, _as_told(at, order, does, clock, fact, said)

    def _fields_of(self, kind: type[Fact]) -> tuple[str, ...]:
        fields = self._fields.get(kind)
        if fields is None:
            fields = tuple(field for field in kind.__struct_fields__ if field in self._asked)
            self._fields[kind] = fields
        return fields

    def _at(self, mark: Mark, living: Living) -> int | None:
        """When a mark counts: a local day from its first instant on, or the last instant before it."""
        if not mark.at:
            return living.occurred_at
        said = getattr(living.fact, mark.at)
        if isinstance(said, datetime):
            return micros(said)
        return None if said is None else first_instant(said, self._tz) - mark.day_before

    def _runs(self, told: list[Told], flaws: set[str]) -> list[_Run]:
        """The runs of one clock, all its entries together, so that each start runs by one law only."""
        runs: list[_Run] = []
        loose: list[Told] = []
        open_: dict[int, set[str]] = {_INSIDE: set(), _OUTSIDE: set()}
        for each in told:
            if not runs and (each.does == _END or (each.fact.RANK == _CLOSING and each.does != _START)):
                loose.clear()
            if each.does == _START:
                if _counts(each, open_):
                    self._start(each, runs)
            elif each.does >= _INSIDE:
                _stretch(each, open_)
            elif each.does == _STOP and not runs:
                if each.fact.RANK != _CLOSING:
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
        running = [run for run in runs if run.runs]
        newest = running[-1] if running else None
        running = [run for run in running if run.clock is each.clock and run.born != each.order]
        if each.does == _END:
            for run in running:
                run.ended = each.at
        elif each.does == _STOP:
            self._stop(each, running, runs)
        elif each.does == _DELAY:
            for run in running:
                run.reason = getattr(each.fact, "reason", "")
        elif running and running[-1] is newest and not self._extend(each, newest):
            flaws.add("clock_extended_late")

    def _start(self, each: Told, runs: list[_Run]) -> None:
        clock = each.clock
        running = [run for run in runs if run.runs]
        if clock.unbroken:
            month = getattr(each.fact, clock.unbroken)
            in_a_row = [run for run in runs if run.goes_on_with(month)]
            if in_a_row:
                in_a_row[-1].month = month
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
            last = micros(getattr(fact, limit.field))
            return last, last
        if limit.hours:
            last = at + limit.hours * _HOUR
            return last, last
        return last_of(limit, day_of(at, self._tz), self._tz)

    def _stop(self, each: Told, running: list[_Run], runs: list[_Run]) -> None:
        clock = each.clock
        if clock.pairs and each.pair is not None:
            running = [run for run in running if run.pair in (each.pair, None)]
        if clock.oldest:  # one, by whichever law it runs: the entries are in the order of their days
            running = [] if any(run.stopped_by == each.order for run in runs) else running[:1]
        for run in running:
            run.stopped, run.stopped_by = each.at, each.order
            if clock.repeats:
                self._repeat(each, runs)

    def _repeat(self, each: Told, runs: list[_Run]) -> None:
        """It starts again, by the law of that day."""
        day = day_of(each.at, self._tz)
        for clock in self._entries[each.clock.code]:
            if clock.holds_on(day):
                runs.append(self._new(each._replace(clock=clock), clock.next or clock.limit))
                runs[-1].born = each.order

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


def _has_limit(start: Told) -> bool:
    """Whether there is a last day: a start that should tell it in a field may not."""
    field = start.clock.limit.field
    return not field or getattr(start.fact, field, None) is not None


def _in_order(told: Told) -> tuple[int, int, int]:
    return told[:3]


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
    """A stop before the first start, of the same thing and since the matter was closed: unless another stop
    came later, nobody knows how it went.
    """
    if not runs or runs[0].stopped != STILL or runs[0].clock.repeats or runs[0].clock.again:
        return
    first = runs[0]
    of_it = [each for each in loose if None in (each.pair, first.pair) or each.pair == first.pair]
    if {first.about, "unknown"} & {each.about for each in of_it}:
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
