"""The answer key to the times that the law sets in Mittköping: when each began, its last day, how it went,
what that comes to. Plain Python over what the generator knows; it shares no code with the hub's clocks.

Days are local (Europe/Stockholm); periods are half-open. Share in time is counted of last days in a period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from producers.synthetic.answer_case import CaseAnswer
from producers.synthetic.clock_known import Cell, Clocked, Of, clocked
from producers.synthetic.clock_law import RULES
from producers.synthetic.clock_moments import moments_of
from producers.synthetic.clock_others import report_clocks
from producers.synthetic.clock_rules import times
from producers.synthetic.clock_support import support_times
from producers.synthetic.generator import Life, Town, lives_by_day
from producers.synthetic.surroundings import surroundings
from producers.synthetic.workdays import local_date, start_of
from schemas.envelope import Event

Span = tuple[date, date]
By = Sequence[str]
NOT_CARRIED_OUT = {"LC6a": ("SoL", "never_started"), "LC6b": ("SoL", "interrupted"),
                   "LC6c": ("LSS", "never_started"), "LC6d": ("LSS", "interrupted")}  # fmt: skip


class ClockKey:
    """Every time of a town's cases and reports as known at `until`.

    `by` names dimensions; a cell is one text per name: clock, unit, sex, age_band, outcome, within; of
    decisions not carried out also service_type, law, waiting, reason.
    """

    def __init__(self, town: Town, until: datetime) -> None:
        """Read the whole town once; questions are then answered from lists."""
        self.until = until
        self.cases: list[Clocked] = []
        self.flaws: Counter[str] = Counter()
        """Cases with each flaw that their times have."""
        told: list[Event] = []
        for day, lives in lives_by_day(town, start_of(town.start)):
            if start_of(day) > until:
                break
            told += [e for e in surroundings(town.seed, town.start, day) if e.recordedtime <= until]
            for life in lives:
                self._add(life)
        self.reports = report_clocks(told)

    def _add(self, life: Life) -> None:
        case = CaseAnswer(life.steps, self.until)
        if "closed_before_opened" in case.flaws:
            return
        story = moments_of(life.steps, self.until)
        about = case.about
        of = Of(life.subject, about.case_type, about.law, about.sex, about.age_band)
        flaws: set[str] = set()
        for found, odd in (*(times(rule, story) for rule in RULES), support_times(story)):
            self.cases += [clocked(time, of, case.stays) for time in found]
            flaws |= odd
        self.flaws.update(flaws)

    def only(self, *clocks: str) -> ClockKey:
        """The same of some times alone."""
        key = ClockKey.__new__(ClockKey)
        key.__dict__ |= self.__dict__ | {"cases": [it for it in self.cases if it.clock in clocks]}
        return key

    def due(self, span: Span, by: By = (), today: date | None = None) -> dict[Cell, int]:
        """Times whose last day lies in the period and has passed, but those that became moot before it."""
        return _count(_cell(it, by) for it in self._due(span, today))

    def in_time(self, span: Span, by: By = (), today: date | None = None) -> dict[Cell, float]:
        """Share of them that were kept in time, lawfully extended ones included."""
        kept = Counter(_cell(it, by) for it in self._due(span, today) if it.verdict.startswith("in_time"))
        return {cell: kept[cell] / count for cell, count in self.due(span, by, today).items()}

    def _due(self, span: Span, today: date | None) -> Iterator[Clocked]:
        before = today or local_date(self.until)
        for it in self.cases:
            day = local_date(it.due)
            if span[0] <= day < span[1] and day < before and it.verdict != "ended":
                yield it

    def in_time_since(self, since: datetime, until: datetime, by: By = ()) -> dict[Cell, float]:
        """Share of those that ran out in [since, until) and were kept in time, as far as is known now."""
        ran_out = [it for it in self.cases if since <= it.due < until and it.verdict != "ended"]
        kept = Counter(_cell(it, by) for it in ran_out if it.verdict.startswith("in_time"))
        return {cell: kept[cell] / count for cell, count in _count(_cell(it, by) for it in ran_out).items()}

    def overdue(self, at: datetime, by: By = ("clock",)) -> dict[Cell, int]:
        """Times that have run out without what the law asks for."""
        return _count(_cell(it, by) for it in self.cases if it.is_overdue(at))

    def due_soon(self, at: datetime, by: By = (), days: int = 7) -> dict[Cell, int]:
        """Times that run out today or within so many days. within: today counts in both."""
        left = ((it, it.days_left(at)) for it in self.cases)
        found = [(it, days_left) for it, days_left in left if days_left is not None and days_left <= days]
        if "within" not in by:
            return _count(_cell(it, by) for it, _ in found)
        each = [(it, "7_days") for it, _ in found] + [(it, "today") for it, left in found if not left]
        return _count(_cell(it, by, within=within) for it, within in each)

    def not_carried_out(self, at: datetime, by: By = ("service_type",)) -> dict[Cell, int]:
        """Favourable decisions that wait longer than the law allows, or wait again after an interruption."""
        return _count(_waiting_cell(it, by) for it in self._waiting(at))

    def _waiting(self, at: datetime) -> list[Clocked]:
        """Those that wait in the last moment before an instant: midnight ends the day before."""
        last = at - timedelta(microseconds=1)
        return [it for it in self.cases if it.clock in NOT_CARRIED_OUT and it.is_overdue(last)]

    def days_waited(self, at: datetime, by: By = ()) -> dict[Cell, list[int]]:
        """Local days that each of them has waited, in rising order."""
        found: dict[Cell, list[int]] = {}
        last = local_date(at - timedelta(microseconds=1))
        for it in sorted(self._waiting(at), key=lambda it: it.started, reverse=True):
            days = (last - local_date(it.started)).days
            found.setdefault(_waiting_cell(it, by), []).append(days)
        return found


def clock_key(seed: int, until: datetime, size: float = 1.0, anchor: datetime | None = None) -> ClockKey:
    """The key to `history` with the same arguments: what was recorded up to `until`."""
    return ClockKey(Town(seed, size, anchor or until), until)


def _cell(it: Clocked, by: By, **said: str) -> Cell:
    said |= {"outcome": it.verdict, "case_type": it.matter, "law": it.act}
    return tuple(said[name] if name in said else getattr(it, name) for name in by)


def _waiting_cell(it: Clocked, by: By) -> Cell:
    law, waiting = NOT_CARRIED_OUT[it.clock]
    said = {"service_type": it.about, "law": law, "waiting": waiting, "reason": it.reason or "unknown"}
    return tuple(said[name] if name in said else getattr(it, name) for name in by)


def _count(cells: Iterable[Cell]) -> dict[Cell, int]:
    return dict(Counter(cells))
