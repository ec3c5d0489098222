"""How the answer key of Mittköping counts the law's times: its own reading of `domain 9`, in plain Python.

A rule says when a time begins to run, what is then to be done, by when, and what makes it moot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from producers.synthetic.clock_days import LastDay, end_of, ends
from producers.synthetic.clock_moments import Moment
from producers.synthetic.workdays import local_date

Test = Callable[[Moment], bool]
Story = Sequence[Moment]
OLD: Final = date(2002, 1, 1)
NEW: Final = date(2025, 7, 1)
STOPPED_BEFORE: Final = "clock_stopped_before_start"
EXTENDED_LATE: Final = "clock_extended_late"


def never(moment: Moment) -> bool:
    """Nothing does it."""
    return False


def anywhere(story: Story, number: int) -> bool:
    """It may begin at any moment."""
    return True


class Rule(NamedTuple):
    """One time that the law, or the municipality, sets.

    since: days from which each wording of it holds. last: the last day, or how long by the hour. every: each
    beginning is counted, also while one runs. again: it begins anew when it is kept. before: what is to be
    done may have been done earlier, for something else. may_begin: whether it may at that moment.
    of_service: it is about one kind of service, and keeps why that one waits.
    """

    clock: str
    since: tuple[date, ...]
    begins: Test
    done: Test
    last: LastDay | timedelta
    moot: Test = never
    extended: Test = never
    extended_since: date = date.min
    every: bool = False
    again: bool = False
    before: bool = False
    may_begin: Callable[[Story, int], bool] = anywhere
    of_service: bool = False

    def wording(self, at: datetime) -> date | None:
        """From when the wording holds that is in force."""
        day = local_date(at)
        return max((first for first in self.since if first <= day), default=None)


class Time:
    """One time that began to run. None: has not happened."""

    def __init__(self, rule: Rule, moment: Moment, wording: date) -> None:
        """It begins at a moment."""
        self.clock, self.wording, self.started = rule.clock, wording, moment.at
        if isinstance(rule.last, timedelta):
            self.law = self.shifted = moment.at + rule.last
        else:
            self.law, self.shifted = ends(rule.last, moment.at)
        self.due = self.law
        self.about = moment.service if rule.of_service else ""
        self.reason = ""
        self.extended: datetime | None = None
        self.stopped: datetime | None = None
        self.ended: datetime | None = None

    @property
    def runs(self) -> bool:
        """Neither kept nor moot."""
        return self.stopped is None and self.ended is None

    def extend(self, moment: Moment) -> bool:
        """Whether the decision came in time; then the last day is moved on."""
        if moment.at > self.due:
            return False
        if (until := end_of(moment.until_on)) > self.due:
            self.due = until
            self.extended = self.extended or moment.at
        return True


def times(rule: Rule, story: Story) -> tuple[list[Time], set[str]]:
    """Every time of a rule in a case, and what was odd."""
    found: list[Time] = []
    if not any(map(rule.begins, story)):
        return found, set()
    flaws: set[str] = set()
    done_before: set[str] = set()
    for number, moment in enumerate(story):
        running = [time for time in found if time.runs]
        if rule.moot(moment):
            for time in running:
                time.ended = moment.at
            running = []
        if not found:
            done_before = _before(rule, moment, done_before)
        kept = _keep(rule, moment, running)
        flaws |= _beside(rule, moment, [time for time in running if time.runs])
        wording = rule.wording(moment.at)
        if wording and kept and rule.again:
            found.append(Time(rule, moment, wording))
        goes_on = any(time.runs for time in found) and not rule.every
        if wording and not goes_on and rule.begins(moment) and rule.may_begin(story, number):
            found.append(Time(rule, moment, wording))
    return found, flaws | _doubtful(rule, found, done_before)


def _before(rule: Rule, moment: Moment, known: set[str]) -> set[str]:
    """What was done before any time of the rule began, since the case was closed."""
    if rule.moot(moment) or moment.closed:
        return set()
    return known | {moment.service if rule.of_service else ""} if rule.done(moment) else known


def _keep(rule: Rule, moment: Moment, running: Sequence[Time]) -> bool:
    """Whether a time was kept. Of decisions the oldest one of that kind."""
    if not rule.done(moment):
        return False
    if rule.of_service and rule.every:
        kind = moment.own_service
        running = [time for time in running if kind in (None, time.about)][:1]
    for time in running:
        time.stopped = moment.at
    return bool(running)


def _beside(rule: Rule, moment: Moment, running: Sequence[Time]) -> set[str]:
    if rule.of_service and moment.did("tell_delay"):
        for time in running:
            time.reason = getattr(moment.fact, "reason", "")
    if rule.extended(moment):
        movable = [time for time in running if time.wording >= rule.extended_since]
        if movable and not movable[-1].extend(moment):
            return {EXTENDED_LATE}
    return set()


def _doubtful(rule: Rule, found: Sequence[Time], done_before: set[str]) -> set[str]:
    """Where it was done before it began, and not since, nobody knows how it went."""
    if rule.again or rule.before or not found or found[0].stopped is not None:
        return set()
    if not done_before & {found[0].about, "unknown"}:
        return set()
    found[0].ended = found[0].started
    return {STOPPED_BEFORE}
