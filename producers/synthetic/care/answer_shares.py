"""The answer key's part for what stands in relation to something: performed to granted, client time to worked
time, staff that a client meets; and the hours of today.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import mean
from typing import Final

from producers.synthetic.care.answer_hours import (
    By,
    VisitKnown,
    client_hours,
    client_hours_between,
    granted,
    grants,
    hours_a_day,
    visits,
)
from producers.synthetic.care.answer_staff import share_of_each, used, worked
from producers.synthetic.care.known import CareKey, Cell, Span, cell_of, counted, each_day, summed
from producers.synthetic.care.model import HOURS_SOURCE
from producers.synthetic.workdays import DAY, ZONE, local_date, start_of
from schemas import hours as h
from schemas.calendar import later_period

FORTNIGHT: Final = 14 * DAY
TWO_A_DAY: Final = 28  # visits in a fortnight
LATE: Final = timedelta(days=3)
LATE_MONTH: Final = timedelta(days=10)
TICK: Final = timedelta(microseconds=1)
OLD: Final = ("65-79", "80+")
REMOTE: Final = ("phone", "video", "camera")


def performed_to_granted(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Client hours of those who have hours granted, by the granted ones, until yesterday (T3)."""
    days = span[0], min(span[1], key.today)
    places = tuple(name for name in by if name in ("unit", "regi"))
    whose = ("person", "service", *places)
    allowed = {cell: hours for cell, hours in granted(key, days, whose).items() if hours > 0}
    done = client_hours(key, days, whose)
    about = _about(key)
    above: defaultdict[Cell, float] = defaultdict(float)
    below: defaultdict[Cell, float] = defaultdict(float)
    for cell, hours in allowed.items():
        said = dict(zip(whose, cell, strict=True)) | about[cell[0]]
        group = tuple(said[name] for name in by)
        above[group] += done.get(cell, 0.0)
        below[group] += hours
    return {group: above[group] / hours for group, hours in below.items() if above[group]}


def _about(key: CareKey) -> dict[str, dict[str, str]]:
    """Sex and age of those with grants."""
    return {
        str(decision.person): {"sex": decision.sex, "age_band": decision.age_band}
        for grant in grants(key)
        for decision in grant.decisions
    }


def granted_today(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, float]:
    """Granted hours of the whole local day that an instant ends."""
    day = local_date(at - TICK)
    return summed(
        (cell_of(decision, by), hours_a_day(decision, day))
        for grant in grants(key)
        if (decision := grant.on(day))
    )


def granted_accounted(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, float]:
    """The same, with those that were ended by a decision in the last seven days."""
    day = local_date(at - TICK)
    ended = summed(
        (cell_of(decision, by), hours_a_day(decision, day))
        for grant in grants(key)
        if grant.ended_on and grant.ended_on <= day < grant.ended_on + 7 * DAY
        and (decision := grant.on(grant.ended_on - DAY))
    )  # fmt: skip
    return summed((*granted_today(key, at, by).items(), *ended.items()))


def performed_today(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, float]:
    """Client hours from midnight until an instant, of visits whose end is told."""
    return client_hours_between(key, (start_of(local_date(at - TICK)), at), by)


def visits_performed(key: CareKey, span: Span, by: By = ()) -> dict[Cell, int]:
    """Visits with clients on the day that they began, also those without an end."""
    return counted(visit.cell(by) for visit in _begun(key, span))


def visits_without_stop(key: CareKey, span: Span, by: By = ()) -> dict[Cell, int]:
    """Those of them, until yesterday, whose end nobody has told."""
    until_yesterday = span[0], min(span[1], key.today)
    return counted(
        visit.cell(by)
        for visit in _begun(key, until_yesterday)
        if visit.performed and visit.performed.stop_at is None
    )


def digital_share(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Share of the contacts that were at a distance, of those that it is known of (D9m)."""
    found: defaultdict[Cell, list[bool]] = defaultdict(list)
    for visit in _begun(key, span):
        if (channel := visit.text("channel")) != "unknown":
            found[visit.cell(by)].append(channel in REMOTE)
    return {cell: sum(those) / len(those) for cell, those in found.items()}


def _begun(key: CareKey, span: Span) -> Iterator[VisitKnown]:
    for visit in visits(key):
        told = visit.performed
        if told and told.kind == "direct" and span[0] <= local_date(told.start_at) < span[1]:
            yield visit


def client_time(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Direct time with the clients by worked time (T4)."""
    return _of_worked(key, span, by, "direct")


def documentation(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Documentation by worked time (T5b)."""
    return _of_worked(key, span, by, "documentation")


def non_client_time(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """The rest of the worked time, by worked time; `by` may name what it was used for (T5)."""
    rest = used(key, span, "indirect", "transport", "staff", "documentation", by=by)
    return share_of_each(rest, by, "used_for", lambda kept: worked(key, span, kept))


def _of_worked(key: CareKey, span: Span, by: By, *uses: str) -> dict[Cell, float]:
    whole = worked(key, span, by)
    return {cell: hours / whole[cell] for cell, hours in used(key, span, *uses, by=by).items()}


def late_reported(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Share of the performed visits that were first recorded more than three days later (B29)."""
    found: defaultdict[Cell, list[bool]] = defaultdict(list)
    for told, _ in key.of(h.VisitPerformed):
        if span[0] <= local_date(told.at) < span[1]:
            found[tuple(HOURS_SOURCE for _ in by)].append(key.first_recorded(told) > told.at + LATE)
    return {cell: mean(those) for cell, those in found.items()}


def late_months(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Share of the reports of whole periods that were first recorded more than ten days later (B29)."""
    found: defaultdict[Cell, list[bool]] = defaultdict(list)
    for told, fact in key.of(h.HoursReported):
        if span[0] <= fact.until_on - DAY < span[1]:
            said = {"source": HOURS_SOURCE, "service": fact.service, "unit": fact.unit, "regi": fact.regi}
            found[tuple(said[name] for name in by)].append(
                key.first_recorded(told) > start_of(fact.until_on + LATE_MONTH)
            )
    return {cell: mean(those) for cell, those in found.items()}


def staff_continuity(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """How many members of staff a client meets in 14 days, in the mean (T15)."""
    met: defaultdict[Cell, list[int]] = defaultdict(list)
    first = span[0]
    while first + FORTNIGHT <= min(span[1], key.today):
        for cell, many in _met(key, (first, first + FORTNIGHT), by):
            met[cell].append(many)
        first += FORTNIGHT
    return {cell: mean(those) for cell, those in met.items()}


def _met(key: CareKey, fortnight: Span, by: By) -> Iterator[tuple[Cell, int]]:
    by_client: defaultdict[tuple[Cell, str], list[h.VisitPerformed]] = defaultdict(list)
    for visit in _begun(key, fortnight):
        told = visit.performed
        if (told and told.age_band in OLD and visit.times and visit.text("service") == "home_care"
                and visit.text("channel") in ("on_site", "unknown")
                and visit.text("purpose") not in ("alarm", "meal")
                and 7 <= told.start_at.astimezone(ZONE).hour < 22):  # fmt: skip
            by_client[visit.cell(by), visit.who].append(told)
    for (cell, _), visits_ in by_client.items():
        if len(visits_) >= TWO_A_DAY:
            yield cell, len({who for visit in visits_ for who in visit.staff})


def hours_per_person_month(key: CareKey, months: Span, by: By = ()) -> dict[Cell, float]:
    """Client hours of home care by person-months, of the whole months of a span that are over (T6)."""
    hours: defaultdict[Cell, float] = defaultdict(float)
    persons: Counter[Cell] = Counter()
    month = months[0]
    while (until := later_period("month", month)) <= min(months[1], key.today):
        of_month = _by_person(key, (month, until), by)
        persons.update(cell for cell, _ in of_month)
        for (cell, _), many in of_month.items():
            hours[cell] += many
        month = until
    return {cell: many / persons[cell] for cell, many in hours.items()}


def _by_person(key: CareKey, span: Span, by: By) -> dict[tuple[Cell, str], float]:
    """Client hours of home care in a month of everybody who had any granted or performed."""
    names = (*by, "service", "person")
    done = client_hours(key, span, names)
    there = {visit.cell(names): 0.0 for visit in _begun(key, span)}
    decided = {decision for grant in grants(key) for day in each_day(span) if (decision := grant.on(day))}
    there |= {cell_of(one, names): 0.0 for one in decided}
    return {(cell[:-2], cell[-1]): many for cell, many in (there | done).items() if cell[-2] == "home_care"}
