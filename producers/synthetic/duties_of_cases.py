"""What is done within a time in cases of every kind: safety, preliminary assessments, those who reported,
decisions that wait, slow cases, months of support, meetings.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, cast

from producers.synthetic import steps
from producers.synthetic.course import DELAYS, NEW_LAW, YOUNG, Course, Happened, day_of
from producers.synthetic.life import pick
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas import cases as c
from schemas import duties as d
from schemas.calendar import next_month
from schemas.codes import DelayReason

HOUR: Final = timedelta(hours=1)
PRELIMINARY: Final = ("investigate", "no_investigation", "join")
GRANTS: Final = ("grant", "grant_partly")
DECISIONS: Final = (*GRANTS, "grant_only", "refuse")
REPORTERS_FROM: Final = date(2026, 1, 15)
SUPPORT_FROM: Final = date(2026, 7, 1)  # SFS 2026:730 came into force
DUTY_FROM: Final = date(2026, 10, 1)  # the first month that counts
HALF_A_YEAR: Final = timedelta(days=184)
_MET_DAYS: Final = 42


def young_assessed(course: Course) -> Iterator[Happened]:
    """A report about a young adult to others than Barn och unga: safety is assessed there too."""
    first = course.told[0]
    if first.step != "report" or course.opening.age_band not in YOUNG or [*course.all("assess_safety")]:
        return
    at = first.at + timedelta(minutes=course.dice.uniform(20, 400))
    if course.chance("young_assessed") and at < course.end_after(first.at, *PRELIMINARY):
        yield Happened(at, "assess_safety", c.SafetyAssessed(protection_needed=course.dice.random() < 0.05))


def opened_at_once(course: Course) -> Iterator[Happened]:
    """An application that is decided without more: its investigation is opened, nearly always at once."""
    first = course.told[0]
    if first.step != "application" or course.kind.law != "SoL" or [*course.all("open_investigation")]:
        return
    hours = (0.1, 7) if course.chance("opened_at_once") else (48, 110)
    at = first.at + timedelta(hours=course.dice.uniform(*hours))
    if at < course.end_after(first.at, *DECISIONS):
        done = steps.STEPS["open_investigation"]
        yield Happened(at, "open_investigation", c.InvestigationOpened(), done.effect)


def assessment_extended(course: Course) -> Iterator[Happened]:
    """For exceptional reasons, mostly before the 14 days have run out."""
    first = course.told[0]
    assessed = course.after(first.at, *PRELIMINARY)
    if first.step != "report" or course.opening.age_band not in YOUNG or day_of(first) < NEW_LAW:
        return
    is_slow = assessed and assessed.at > first.at + 14 * DAY
    if not assessed or not is_slow or not course.chance("assessment_extended"):
        return
    late = course.chance("extended_too_late")
    at = course.days_later(first.at, 15.1, 16) if late else course.days_later(first.at, 8, 11)
    if at < assessed.at:
        until = day_of(first) + timedelta(days=14 + course.dice.randrange(4, 22))
        yield Happened(at, "extend_assessment", d.AssessmentExtended(until_on=until))


def reporter_informed(course: Course) -> Iterator[Happened]:
    """Within a week, if who reported by duty asks for it."""
    opening = course.opening
    assessed = course.after(course.told[0].at, *PRELIMINARY)
    if not isinstance(opening, c.ReportReceived) or not opening.reporter_asks or assessed is None:
        return
    if day_of(assessed) >= REPORTERS_FROM and course.chance("reporter_told"):
        days = (8, 13) if course.chance("reporter_told_late") else (0, 4)
        yield Happened(course.days_later(assessed.at, *days), "inform_reporter", d.ReporterInformed())


def delayed(course: Course) -> Iterator[Happened]:
    """Why a decision, or a service that was interrupted, has not been carried out for months."""
    for each in course.all(*GRANTS, "interrupt"):
        at, until = each.at, course.end_after(each.at, "start_service", "end_service")
        while until - at > timedelta(days=70) and course.chance("delay_told"):
            at = course.days_later(at, 55, 95)
            if at >= until:
                break
            reason = cast(DelayReason, pick(course.dice, DELAYS))
            yield Happened(at, "tell_delay", d.ExecutionDelayed(reason=reason))


def decision_requested(course: Course) -> Iterator[Happened]:
    """By a party who has waited for six months."""
    first = course.told[0]
    until = course.end_after(first.at, *DECISIONS)
    if first.step == "application" and until - first.at > HALF_A_YEAR + 3 * DAY:
        wanted = max(first.at + HALF_A_YEAR, until - course.dice.uniform(6, 50) * DAY)
        at = course.office(wanted, first.at)
        if at < until and course.chance("decision_requested"):
            yield Happened(at, "request_decision", d.DecisionRequested())


def supported(course: Course) -> Iterator[Happened]:
    """Months of financial support, told since the law counts them; activity is demanded after a while."""
    if course.kind.code != "financial_support":
        return
    for start in course.all("start_service"):
        until = course.end_after(start.at, "end_service", "interrupt")
        month = day_of(start).replace(day=1)
        while (at := _granted_at(course, month, start.at)) < until:
            if month >= SUPPORT_FROM:
                yield Happened(at, "grant_support", d.SupportGranted(month=month))
            month = next_month(month)
        yield from _duty_set(course, start.at, until)


def _granted_at(course: Course, month: date, start: datetime) -> datetime:
    """In the month before, or when the support began."""
    if month <= local_date(start):
        return start + timedelta(minutes=30)
    return course.office(start_of(month) - course.dice.uniform(4, 9) * DAY, start + HOUR)


def _duty_set(course: Course, start: datetime, until: datetime) -> Iterator[Happened]:
    first = max(start, start_of(DUTY_FROM))
    if until - first > 20 * DAY and course.chance("duty_set"):
        at = course.days_later(first, 12, 105)
        if at < until:
            hours = 30 if course.dice.random() < 0.2 else 40
            yield Happened(at, "set_duty", d.ActivityDutySet(hours_per_week=hours))


def met(course: Course) -> Iterator[Happened]:
    """Families with support are met every six weeks, as the municipality has set itself."""
    if course.kind.code != "family_support":
        return
    for start in course.all("start_service"):
        at, until = start.at, course.end_after(start.at, "end_service")
        while not course.chance("met_never"):
            late = course.chance("met_late")
            at = course.days_later(at, *((_MET_DAYS + 1, 58) if late else (28, _MET_DAYS - 3)))
            if at >= until:
                break
            yield Happened(at, "follow_up", c.FollowedUp())
