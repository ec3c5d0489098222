"""The life of a visit (besök) or a shift of personal assistance: planned, performed, cancelled. Pure.

Hours that are impossible (no end, an end before the start, more than a day) are in no sum: the row is not
`counted`, and its flaw says why. Instants are UTC, so a night when clocks change is as long as it truly was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from schemas import hours as h
from schemas.envelope import Fact
from streams.folds.days import DAY_MICROS, NO_DAY
from streams.history import Living, micros

SECOND: Final = 1_000_000
LONGEST: Final = DAY_MICROS * 25 // 24  # a visit may last 25 hours, on the night when clocks go back
ROUNDED_S: Final = 60  # a source may round net minutes up
FROM_PLAN: Final = 30 * DAY_MICROS  # a performance further from its plan is another visit's


class VisitRow(NamedTuple):
    """Columns of table `visits` after the key. Of plan and performance, what was performed is told; what it
    does not say is as planned.

    day: UTC day of the start. net_s: seconds per member of staff, never more than the visit is long.
    double_s: of them, when there were two or more.
    """

    day: int
    person: str
    sex: str
    age_band: str
    unit: str
    service: str
    purpose: str
    kind: str
    regi: str
    channel: str
    assistance: str
    plan_start_at: int | None
    plan_stop_at: int | None
    plan_staff: int
    start_at: int | None
    stop_at: int | None
    counted: int
    net_s: float
    double_s: float
    staff_count: int
    staff: list[str]
    cancelled: int
    cancel_reason: str
    flaws: list[str]


class _Visit:
    """A visit while its facts are told in order; of each type the last one told holds, but all of the times
    when there were two.
    """

    __slots__ = ("cancelled", "doubled", "flaws", "performed", "planned")

    def __init__(self) -> None:
        self.planned: h.VisitPlanned | None = None
        self.performed: h.VisitPerformed | None = None
        self.cancelled: h.VisitCancelled | None = None
        self.doubled: list[tuple[int, int]] = []
        self.flaws: set[str] = set()


def fold(facts: Sequence[Living]) -> VisitRow:
    """The row of a visit from its living facts in order. An empty history gives an empty row (void)."""
    it = _Visit()
    for living in facts:
        if living.flaws:
            it.flaws.update(living.flaws)
        _tell(it, living.fact)
    if facts:
        _judge(it)
    return _row(it)


def _tell(it: _Visit, fact: object) -> None:
    if isinstance(fact, h.VisitPerformed):
        if it.performed is not None:
            it.flaws.add("performed_twice")
        it.performed = fact
    elif isinstance(fact, h.VisitPlanned):
        it.planned = fact
    elif isinstance(fact, h.VisitCancelled):
        it.cancelled = fact
    elif isinstance(fact, h.VisitDoubleStaffed):
        it.doubled.append((micros(fact.start_at), micros(fact.stop_at)))


def _judge(it: _Visit) -> None:
    """Flaws that only the whole history tells."""
    done = it.performed
    if done is None and it.planned is None:
        it.flaws.add("never_performed_or_planned")
    if it.planned is not None and not _possible(it.planned.start_at, it.planned.stop_at):
        it.flaws.add("plan_impossible")
    if done is None:
        if it.doubled:
            it.flaws.add("double_staffed_outside")
        return
    if it.cancelled is not None:
        it.flaws.add("performed_after_cancelled")
    if it.planned is not None and abs(micros(done.start_at) - micros(it.planned.start_at)) > FROM_PLAN:
        it.flaws.add("performed_far_from_plan")
        it.planned = None
    if done.stop_at is None:
        it.flaws.add("stop_missing")
    elif (length := _length(done.start_at, done.stop_at)) <= 0:
        it.flaws.add("stopped_before_started" if length < 0 else "visit_without_length")
    elif _over_24_hours(done.start_at, done.stop_at):
        it.flaws.add("visit_over_24_hours")


def _length(start: datetime, stop: datetime) -> int:
    """Microseconds that truly passed, whatever the zones are."""
    return micros(stop) - micros(start)


def _possible(start: datetime, stop: datetime) -> bool:
    """Whether there can be hours between the two."""
    return 0 < _length(start, stop) <= LONGEST


def _over_24_hours(start: datetime, stop: datetime) -> bool:
    """Truly, and by the clock on the wall: eight to eight is 25 hours on the night when clocks go back, as
    the offsets tell where a source gives local ones.
    """
    by_the_wall = _length(start.replace(tzinfo=UTC), stop.replace(tzinfo=UTC))
    return min(_length(start, stop), by_the_wall) > DAY_MICROS


def _row(it: _Visit) -> VisitRow:
    plan, done = it.planned, it.performed
    told = done or plan
    start_at = micros(done.start_at) if done else None
    stop_at = micros(done.stop_at) if done and done.stop_at else None
    staff_count = _staff_count(it)
    counted, net_s, double_s = _seconds(it, staff_count)
    return VisitRow._make((
        day_of(0, told) if told else NO_DAY,
        (done.person if done else None) or (plan.person if plan else None) or "",
        done.sex if done else "unknown",
        done.age_band if done else "unknown",
        told.unit if told else "unknown",
        (done.service if done else None) or (plan.service if plan else "home_care"),
        (done.purpose if done else None) or (plan.purpose if plan else "care"),
        done.kind if done else "direct",
        _known(done.regi if done else None, plan.regi if plan else None, "unknown"),
        (done.channel if done else None) or (plan.channel if plan else "unknown"),
        (done.assistance if done else None) or (plan.assistance if plan else None) or "",
        micros(plan.start_at) if plan else None,
        _plan_stop(plan, it.flaws),
        plan.staff_count if plan else 0,
        start_at,
        stop_at,
        counted,
        net_s,
        double_s,
        staff_count,
        list(dict.fromkeys(done.staff)) if done else [],
        int(it.cancelled is not None and done is None),
        it.cancelled.reason if it.cancelled else "",
        sorted(it.flaws),
    ))  # fmt: skip


def day_of(at: int, fact: Fact) -> int:
    """The UTC day that a fact may put the visit's row on, whenever it was told."""
    if isinstance(fact, h.VisitPerformed | h.VisitPlanned):
        return micros(fact.start_at) // DAY_MICROS
    return NO_DAY


def _known(told: str | None, planned: str | None, unknown: str) -> str:
    """What was told, where it is known; else what was planned."""
    return told if told and told != unknown else planned or unknown


def _plan_stop(plan: h.VisitPlanned | None, flaws: set[str]) -> int | None:
    """The planned end; the planned start where the plan is impossible, so that it has no hours."""
    if plan is None:
        return None
    return micros(plan.start_at if "plan_impossible" in flaws else plan.stop_at)


def _staff_count(it: _Visit) -> int:
    """Staff at the same time: as told, else as many as are named, else as planned."""
    done = it.performed
    if done is None:
        return it.planned.staff_count if it.planned else 0
    return done.staff_count or len(set(done.staff)) or (it.planned.staff_count if it.planned else 1)


def _seconds(it: _Visit, staff_count: int) -> tuple[int, float, float]:
    """Whether the hours count, net seconds per member of staff, and seconds of them with two or more."""
    done = it.performed
    if done is None or done.stop_at is None or not _possible(done.start_at, done.stop_at):
        return 0, 0.0, 0.0
    start_at, stop_at = micros(done.start_at), micros(done.stop_at)
    net_s = gross_s = (stop_at - start_at) / SECOND
    if done.net_minutes is not None:
        net_s = min(done.net_minutes * 60, gross_s)
        if done.net_minutes * 60 > gross_s + ROUNDED_S:
            it.flaws.add("net_over_gross")
    double_s = _double_s(it, start_at, stop_at)
    return 1, net_s, net_s if staff_count > 1 else min(double_s, net_s)


def _double_s(it: _Visit, start_at: int, stop_at: int) -> float:
    """Seconds of the visit within any of the times when there were two."""
    told, until = 0, start_at
    for begin, end in sorted(it.doubled):
        if begin < start_at or end > stop_at or end <= begin:
            it.flaws.add("double_staffed_outside")
        told += max(0, min(end, stop_at) - max(begin, until))
        until = max(until, min(end, stop_at))
    return told / SECOND
