"""Random lives of cases against plain Python: any order, any repetition, the same clocks; and LC2 and LC3
told again from the law, without the engine.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import hypothesis.strategies as st
from hypothesis import given, settings

from schemas import cases as c
from schemas import duties as d
from schemas.envelope import Fact
from streams.clocks import State, state
from tests.streams.clock_tables import telling
from tests.streams.clock_tables.reading import Line
from tests.streams.clocking import instant, local

FIRST: Final = datetime(2025, 6, 16, 8)  # before the new act; no hour of what follows is missing
HOURS: Final = 24 * 230
CLOSINGS: Final = ("closed", "moved")
WORDS: Final[dict[str, Fact]] = {
    "registered": c.CaseRegistered(unit="barn-unga", law="SoL", age_band="7-12"),
    "report": c.ReportReceived(unit="barn-unga", law="SoL", age_band="7-12", reporter_asks=True),
    "report_young": c.ReportReceived(unit="unga", law="SoL", age_band="30-64"),
    "assessed": c.PreliminaryAssessed(outcome="investigate"),
    "opened": c.InvestigationOpened(),
    "ended": c.InvestigationClosed(),
    "closed": c.CaseClosed(reason="no_service"),
    "moved": c.CaseClosed(reason="moved"),
    "reopened": c.CaseReopened(),
}
OTHERS: Final[dict[str, Fact]] = {
    "granted": c.Decided(outcome="granted", service_follows=True, service_type="foster_home"),
    "started": c.ServiceStarted(),
    "emergency": c.ServiceStarted(service_type="emergency_foster_home"),
    "service_ended": c.ServiceEnded(),
    "broken_off": c.ServiceInterrupted(),
    "considered": c.Considered(),
    "custody": d.CustodyDecided(law="LVU"),
    "submitted": d.CustodySubmitted(),
    "informed": d.ReporterInformed(),
    "support": d.SupportGranted(month=date(2026, 10, 1)),
    "disposed": d.CaseDisposed(),
}
Story = list[tuple[datetime, str]]
hours = st.integers(1, HOURS)


@dataclass
class Ran:
    """A clock as the law has it; None: has not happened."""

    started: datetime
    due: date
    stopped: datetime | None = None
    ended: datetime | None = None

    @property
    def over(self) -> datetime:
        return min(self.stopped or datetime.max, self.ended or datetime.max)

    def state(self, now: datetime) -> str:
        if self.over > now:
            return "overdue" if now.date() > self.due else "running"
        if self.over.date() > self.due:
            return "late"
        return "ended" if self.ended == self.over else "in_time"


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A case that is registered first, then anything, each at an hour of its own, soon after the one before
    or later. `extended_30` moves a last day to 30 days after it.
    """
    often = ["report", "opened", "extended_5", "extended_30", "extended_200"]
    words = st.sampled_from([*often, *often, *WORDS])
    gaps = st.integers(1, 24 * 5) | st.sampled_from([24 * 14, 24 * 15]) | st.integers(1, 24 * 60)
    hour, story = 0, [(FIRST, "registered")]
    for gap, word in draw(st.lists(st.tuples(gaps, words), max_size=14)):
        hour += gap
        if hour <= HOURS:
            story.append((FIRST + timedelta(hours=hour), word))
    return story


def until(at: datetime, word: str) -> date | None:
    """The new last day of an extension."""
    name, _, days = word.partition("_")
    return at.date() + timedelta(days=int(days)) if name == "extended" else None


def told(story: Story, extension: type[d.AssessmentExtended | c.InvestigationExtended]) -> list[Line]:
    """The story as facts; what extends it is an extension of this kind."""
    lines = []
    for at, word in story:
        day, when = until(at, word), at.strftime("%Y-%m-%d %H:%M")
        fact = extension(until_on=day) if day else WORDS[word]
        lines.append(Line(when, fact, when, fact))
    return lines


def first_after(story: Story, at: datetime, words: Sequence[str]) -> datetime | None:
    return next((when for when, word in story if when > at and word in words), None)


def unknown_if_stopped_before(found: list[Ran], story: Story, stops: Sequence[str]) -> list[Ran]:
    """A first clock that never stopped, while its stop was told before it since the last closing."""
    if found and found[0].stopped is None:
        before = [word for at, word in story if at < found[0].started]
        closed = max((place + 1 for place, word in enumerate(before) if word in CLOSINGS), default=0)
        if set(stops) & set(before[closed:]):
            found[0].ended = found[0].started
    return found


def preliminary(story: Story) -> list[Ran]:
    """LC2: 14 days from each report of a child while no investigation goes on."""
    found = []
    for at, word in story:
        last = [w for when, w in story if when < at and w in ("opened", "ended", *CLOSINGS)][-1:]
        if word == "report" and last != ["opened"]:
            stopped, ended = (
                first_after(story, at, ("assessed", "opened")),
                first_after(story, at, ("moved",)),
            )
            is_stopped = (stopped or datetime.max) < (ended or datetime.max)
            run = Ran(at, at.date() + timedelta(days=14))
            run.stopped, run.ended = (stopped, None) if is_stopped else (None, ended)
            found.append(run)
        day = until(at, word)
        newest = [run for run in found if run.over > at][-1:]
        if day and newest and at.date() <= newest[0].due:
            newest[0].due = max(newest[0].due, day)
    return unknown_if_stopped_before(found, story, ("assessed", "opened"))


def investigation(story: Story) -> list[Ran]:
    """LC3: four months from the opening of an investigation of a child, one at a time."""
    found: list[Ran] = []
    is_child = True
    for at, word in story:
        is_child = {"registered": True, "report": True, "report_young": False}.get(word, is_child)
        going = next((run for run in found if run.over > at), None)
        day = until(at, word)
        if word == "opened" and is_child and going is None:
            found.append(Ran(at, four_months(at.date())))
        elif going and word in ("ended", "closed"):
            going.stopped = at
        elif going and word == "moved":
            going.ended = at
        elif going and day and at.date() <= going.due:
            going.due = max(going.due, day)
    return unknown_if_stopped_before(found, story, ("ended",))


def four_months(day: date) -> date:
    year, month = (day.year, day.month + 4) if day.month <= 8 else (day.year + 1, day.month - 8)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def found_by_engine(lines: list[Line], clock: str, now: datetime) -> list[tuple[str, str, str]]:
    rows = [row for row in telling.clock_rows("case", telling.events("case", lines)) if row.clock == clock]
    asked = instant(f"{now:%Y-%m-%d %H:%M}")
    return [(local(row.started_at)[:16], local(row.due_at)[:10], plain(state(row, asked))) for row in rows]


def plain(said: State) -> str:
    """The state without whether it is so by an extension, which the last day tells."""
    return {"extended": "running", "in_time_extended": "in_time"}.get(said, said)


def as_found(runs: list[Ran], now: datetime) -> list[tuple[str, str, str]]:
    return [(f"{run.started:%Y-%m-%d %H:%M}", run.due.isoformat(), run.state(now)) for run in runs]


@settings(max_examples=150, deadline=None)
@given(story=stories(), hour=hours)
def test_preliminary_assessments_are_as_plain_python_says(story: Story, hour: int) -> None:
    now = FIRST + timedelta(hours=hour, minutes=30)
    found = found_by_engine(told(story, d.AssessmentExtended), "LC2", now)
    assert found == as_found(preliminary(story), now)


@settings(max_examples=150, deadline=None)
@given(story=stories(), hour=hours)
def test_investigations_are_as_plain_python_says(story: Story, hour: int) -> None:
    now = FIRST + timedelta(hours=hour, minutes=30)
    found = found_by_engine(told(story, c.InvestigationExtended), "LC3", now)
    assert found == as_found(investigation(story), now)


@st.composite
def lives(draw: st.DrawFn) -> list[Line]:
    """Any facts of a case, some at the same instant, some corrected in time or content, some taken back."""
    words = {**WORDS, **OTHERS}
    lines = []
    for hour, word in draw(st.lists(st.tuples(hours, st.sampled_from(sorted(words))), max_size=9)):
        fact, when = words[word], f"{FIRST + timedelta(hours=hour):%Y-%m-%d %H:%M}"
        then = draw(st.sampled_from([when, f"{FIRST + timedelta(hours=draw(hours)):%Y-%m-%d %H:%M}"]))
        same = [other for other in words.values() if type(other) is type(fact)]
        lines.append(Line(when, fact, then, draw(st.sampled_from([fact, *same, None]))))
    return lines


@settings(deadline=None)
@given(lines=lives(), data=st.data())
def test_shuffled_and_doubled_delivery_gives_the_same_clocks(lines: list[Line], data: st.DataObject) -> None:
    events = telling.events("case", lines)
    twice = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
    again = data.draw(st.permutations([*events, *twice]))
    assert telling.clock_rows("case", again) == telling.clock_rows("case", events)
    assert telling.flaws("case", again) == telling.flaws("case", events)
