"""Mittköping's committee: it meets on the third Thursday of each month but July, decides, sets targets in
December, and roles write notes. Told by a source of its own, endless, always the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import takewhile
from typing import Any, Final, NamedTuple

from producers.synthetic import model
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY, at_second, local_date, to_utc
from schemas.calendar import later_period, period_start
from schemas.codec import make
from schemas.codes import CommitteeRole, NotePeriod, TargetDirection
from schemas.envelope import Event, Fact, event_id
from schemas.governance import DecisionRecorded, MeetingHeld, NoteAdded, TargetSet
from schemas.workdays import is_workday

SOURCE: Final = "mittkoping-namnd"
_ENDS_S: Final = 16 * 3600
_NO_MEETING: Final = 7
_SETS_TARGETS: Final = 12


class Goal(NamedTuple):
    """A target of Mittköping: at first, and by how much it is raised or lowered each December."""

    metric: str
    direction: TargetDirection
    first: float
    step: float
    owner: CommitteeRole
    part: tuple[str, str] | None = None


class Remark(NamedTuple):
    """A note that is written in a month of every year, about the month or quarter before."""

    metric: str
    author: CommitteeRole
    period: NotePeriod
    text: str
    part: tuple[str, str] | None = None


HOME_CARE: Final = ("service", "home_care")
GOALS: Final = (
    Goal("contract_coverage", "at_least", 0.80, 0.05, "head_of_department"),
    Goal("inside_framework_share", "at_least", 0.70, 0.05, "economist"),
    Goal("follow_up_rate", "at_least", 0.75, 0.05, "unit_head"),
    Goal("performed_to_granted_share", "at_least", 0.85, 0.02, "director", HOME_CARE),
    Goal("staff_continuity", "at_most", 14.0, -1.0, "quality_developer"),
)
RESTS_ON: Final = ("", "contract_coverage", "performed_to_granted_share", "", "placement_cost")
"""What decisions rest on, in turn; "" is no metric."""
REMARKS: Final = {
    3: Remark("contract_coverage", "head_of_department", "month",
              "Flera avtal väntar på utförarens underskrift. De räknas som saknade tills de är påskrivna."),
    6: Remark("performed_to_granted_share", "unit_head", "month",
              "Många har semester i juli. Andelen brukar sjunka då och stiga igen i september.", HOME_CARE),
    9: Remark("placed_at_any_time", "coordinator", "month",
              "Fler förfrågningar får svar samma dag sedan samordningen samlades på ett ställe."),
    10: Remark("performed_to_granted_share", "quality_developer", "quarter",
               "Besök utan stopptid har blivit färre sedan telefonerna byttes ut i augusti.", HOME_CARE),
    11: Remark("avoided_cost_net", "economist", "month",
               "Nettot kan ändras när hyran för den senaste månaden har bokförts."),
}  # fmt: skip


def committee_history(
    seed: int, until: datetime, size: float = 1.0, anchor: datetime | None = None
) -> Iterator[Event]:
    """Every event recorded up to `until`, by recorded time. `anchor`: the first fill, by default `until`."""
    events = committee_timeline(Town(seed, size, anchor or until))
    return takewhile(lambda event: event.recordedtime <= until, events)


def committee_timeline(town: Town, since: datetime | None = None) -> Iterator[Event]:
    """Every event recorded after `since` (None: from the beginning), without end, by recorded time."""
    day = max(town.start, local_date(since)) if since else town.start
    while True:
        yield from (event for event in told_on(town, day) if since is None or event.recordedtime > since)
        day += DAY


def told_on(town: Town, day: date) -> list[Event]:
    """What the secretary writes down on a local day: what the meeting of that day did, and notes of the day
    after it.
    """
    if day == meeting_day(day):
        return [_event(f"meeting/{day}", MeetingHeld(on=day), day), *_decided(town, day)]
    if day - DAY == meeting_day(day) and day.month in REMARKS:
        return [_noted(day, REMARKS[day.month])]
    return []


def meeting_day(day: date) -> date | None:
    """The meeting of the day's month: its third Thursday, or the working day before; none in July."""
    if day.month == _NO_MEETING:
        return None
    first = day.replace(day=1)
    thursday = first + DAY * ((3 - first.weekday()) % 7 + 14)
    while not is_workday(thursday):
        thursday -= DAY
    return thursday


def _decided(town: Town, day: date) -> Iterator[Event]:
    """Two or three decisions, some of which rest on a metric; in December, and at first, the targets."""
    is_first = not _met_before(town, day)
    number = day.month * 9
    for place in range(2 + day.month % 2):
        metric = RESTS_ON[(day.month + place) % len(RESTS_ON)]
        reference = _reference(day, number + place)
        fact = DecisionRecorded(
            decision=reference, on=day, metric=metric or None, metric_version=1 if metric else None
        )
        yield _event(f"decision/{_slug(reference)}", fact, day)
    if is_first or day.month == _SETS_TARGETS:
        reference = _reference(day, number + 5)
        yield _event(f"decision/{_slug(reference)}", DecisionRecorded(decision=reference, on=day), day)
        from_on = day if is_first else date(day.year + 1, 1, 1)
        for goal in GOALS:
            yield _aimed(goal, reference, from_on, day, from_on.year - town.start.year)


def _met_before(town: Town, day: date) -> bool:
    """Whether a meeting that is told lies before the day."""
    months = (later_period("month", day.replace(day=1), -back) for back in (1, 2))
    return any(met is not None and met >= town.start for met in map(meeting_day, months))


def _aimed(goal: Goal, reference: str, from_on: date, day: date, years: int) -> Event:
    fact = TargetSet(
        metric=goal.metric, value=round(goal.first + goal.step * years, 3), direction=goal.direction,
        from_on=from_on, owner=goal.owner, decision=reference, **_part(goal.part),
    )  # fmt: skip
    key = ".".join((goal.metric, *(["-".join(goal.part)] if goal.part else [])))
    return _event(f"target/{key}", fact, day, from_on.isoformat())


def _noted(day: date, remark: Remark) -> Event:
    period = remark.period
    first = later_period(period, period_start(period, day), -1)
    fact = NoteAdded(
        metric=remark.metric, on=day, author=remark.author, text=remark.text, period=period, period_on=first,
        **_part(remark.part),
    )  # fmt: skip
    return _event(f"note/{day}.{remark.author}.{remark.metric}", fact, day)


def _part(part: tuple[str, str] | None) -> dict[str, Any]:
    return {"dimension": part[0], "code": part[1]} if part else {}


def _reference(day: date, paragraph: int) -> str:
    return f"SN {day} § {paragraph}"


def _slug(reference: str) -> str:
    return reference.lower().replace(" § ", "-").replace(" ", "-")


def _event(place: str, fact: Fact, day: date, what: str = "") -> Event:
    subject, at = f"{model.CODE}/{place}", to_utc(at_second(day, _ENDS_S))[0]
    return make(
        fact, id=event_id(subject, type(fact).__name__, what), source=SOURCE, subject=subject, time=at,
        recordedtime=at, kommunkod=model.CODE,
    )  # fmt: skip
