"""What is done within a time where somebody is in care: custody before courts, considerations, follow-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple, cast

from producers.synthetic.course import MINORS, NEW_LAW, PLACED, Course, Happened, day_of
from producers.synthetic.workdays import DAY, local_date
from schemas import cases as c
from schemas import duties as d
from schemas.codes import Law

STARTS: Final = ("start_service", "shelter")
_HALF_A_YEAR: Final = 181


class Court(NamedTuple):
    """Within how many days a custody is told to the court, tried by it, and care is applied for: from, to,
    and to when where it is late. tried: the court says within how many days; 0 where the law does not.
    """

    submitted: tuple[float, float, float]
    tried: tuple[float, float]
    applied: tuple[float, float, float]


COURTS: Final = {
    "LVU": Court((0.2, 5, 10), (3, 7), (13, 25, 37)),
    "LVM": Court((0.05, 0.8, 4), (1, 4.5), (2, 5, 10)),
    "2024:79": Court((0.3, 5, 10), (3, 8), (18, 38, 50)),
}


def custody(course: Course) -> Iterator[Happened]:
    """Taken into care at once; the court is told and tries it, then care is applied for or it ends."""
    law = course.kind.law
    if law not in COURTS or not (law == "2024:79" or course.chance("custody")):
        return
    first = course.told[0].at
    last = course.end_after(first)
    for each in _custody(course, COURTS[law], course.days_later(first, 0, 3)):
        if each.at >= last:
            return
        yield each


def _custody(course: Course, court: Court, at: datetime) -> Iterator[Happened]:
    yield Happened(at, "take_into_custody", d.CustodyDecided(law=cast(Law, course.kind.law)))
    submitted = _within(course, at, court.submitted)
    yield Happened(submitted, "submit_custody", d.CustodySubmitted())
    tried = course.days_later(submitted, *court.tried)
    stands = course.chance("custody_stands")
    yield Happened(tried, "try_custody", d.CourtTried(stands=stands))
    if not stands:
        yield Happened(tried + timedelta(minutes=5), "end_custody", d.CustodyEnded())
        return
    yield from _applied(course, court, at, tried)


def _applied(course: Course, court: Court, at: datetime, tried: datetime) -> Iterator[Happened]:
    applied = max(_within(course, at, court.applied), course.days_later(tried, 0, 1))
    if course.kind.law == "LVU" and course.chance("time_extended"):
        extended = max(course.days_later(at, 12, 24), course.days_later(tried, 0, 1))
        until = local_date(at) + timedelta(days=28 + course.dice.randrange(7, 22))
        yield Happened(extended, "extend_application", d.ApplicationTimeExtended(until_on=until))
        applied = course.days_later(extended, 4, 16)
    yield Happened(applied, "apply_for_care", d.CareApplied())
    if course.kind.law != "2024:79":
        yield Happened(course.days_later(applied, 10, 40), "end_custody", d.CustodyEnded())


def _within(course: Course, at: datetime, days: tuple[float, float, float]) -> datetime:
    first, last, too_late = days
    late = course.chance("custody_late")
    return course.days_later(at, *((last + 3, too_late) if late else (first, last)))


def considered(course: Course) -> Iterator[Happened]:
    """The committee considers every half-year whether a child needs the care; sometimes late or never."""
    if course.kind.code not in PLACED or course.opening.age_band not in MINORS:
        return
    if course.kind.law == "2024:79":
        yield from _considered(course, course.told[0].at + 4 * DAY, course.end_after(course.told[0].at))
        return
    for start in course.all(*STARTS):
        yield from _considered(course, start.at, course.end_after(start.at, "end_service", *STARTS))


def _considered(course: Course, at: datetime, until: datetime) -> Iterator[Happened]:
    while not course.chance("considered_never"):
        late = course.chance("considered_late")
        days = (_HALF_A_YEAR + 4, 215) if late else (140, _HALF_A_YEAR - 4)
        at = course.days_later(at, *days)
        if at >= until:
            return
        yield Happened(at, "consider", c.Considered())


def follow_up_ended(course: Course) -> Iterator[Happened]:
    """After care, within half a year."""
    if course.kind.code not in PLACED or course.opening.age_band not in MINORS:
        return
    for ended in course.all("end_service"):
        at = course.days_later(ended.at, 40, 172)
        until = course.end_after(ended.at, *STARTS)
        if day_of(ended) >= NEW_LAW and course.chance("follow_up_ended") and at < until:
            yield Happened(at, "end_follow_up", d.FollowUpEnded())
