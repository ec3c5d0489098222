"""The answer key's part for what stands in relation to something: performed to granted, client time to worked
time, staff that a client meets, cost of a client; and the hours of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import mean, median
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
from producers.synthetic.care.answer_staff import used, worked
from producers.synthetic.care.known import CareKey, Cell, Span, counted, each_day, summed
from producers.synthetic.workdays import DAY, ZONE, local_date, start_of
from schemas import hours as h
from schemas.calendar import later_period
from schemas.reference import UnitPriceSet

FORTNIGHT: Final = 14 * DAY
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
        (tuple(str(getattr(decision, name)) for name in by), hours_a_day(decision, day))
        for grant in grants(key)
        if (decision := grant.on(day))
    )


def granted_accounted(key: CareKey, at: datetime) -> float:
    """The same, with those that were ended by a decision in the last seven days."""
    day = local_date(at - TICK)
    ended = sum(
        hours_a_day(decision, day)
        for grant in grants(key)
        if grant.ended_on and grant.ended_on <= day < grant.ended_on + 7 * DAY
        and (decision := grant.on(grant.ended_on - DAY))
    )  # fmt: skip
    return granted_today(key, at)[()] + ended


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
    """Share of the contacts that were at a distance (D9m)."""
    found: defaultdict[Cell, list[bool]] = defaultdict(list)
    for visit in _begun(key, span):
        found[visit.cell(by)].append(visit.text("channel") in REMOTE)
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
    """The rest of the worked time, by worked time (T5)."""
    return _of_worked(key, span, by, "indirect", "transport", "staff", "documentation")


def _of_worked(key: CareKey, span: Span, by: By, *uses: str) -> dict[Cell, float]:
    whole = worked(key, span, by)
    return {cell: hours / whole[cell] for cell, hours in used(key, span, *uses, by=by).items()}


def staff_continuity(key: CareKey, span: Span) -> float | None:
    """How many members of staff a client meets in 14 days, in the mean (T15)."""
    met: list[int] = []
    first = span[0]
    while first + FORTNIGHT <= min(span[1], key.today):
        met += _met(key, (first, first + FORTNIGHT))
        first += FORTNIGHT
    return mean(met) if met else None


def _met(key: CareKey, fortnight: Span) -> list[int]:
    by_client: defaultdict[str, list[h.VisitPerformed]] = defaultdict(list)
    for visit in _begun(key, fortnight):
        told = visit.performed
        if (told and told.age_band in OLD and visit.times and visit.text("service") == "home_care"
                and visit.text("channel") == "on_site" and visit.text("purpose") not in ("alarm", "meal")
                and 7 <= told.start_at.astimezone(ZONE).hour < 22):  # fmt: skip
            by_client[visit.who].append(told)
    return [
        len({who for visit in those for who in visit.staff})
        for those in by_client.values()
        if len(those) >= 28
    ]


def hours_per_person_month(key: CareKey, months: Span) -> float | None:
    """Client hours of home care by person-months, of the whole months of a span that are over (T6)."""
    over, month = [], months[0]
    while (until := later_period("month", month)) <= min(months[1], key.today):
        over.append(_person_months(key, (month, until)))
        month = until
    return sum(hours for hours, _ in over) / sum(persons for _, persons in over) if over else None


def _person_months(key: CareKey, span: Span) -> tuple[float, int]:
    """Client hours of home care in a month, and how many had any granted or performed."""
    done = client_hours(key, span, ("service", "person"))
    hours = {person: many for (service, person), many in done.items() if service == "home_care"}
    there = {visit.text("person") for visit in _begun(key, span) if visit.text("service") == "home_care"}
    there |= {str(decision.person) for grant in grants(key) for day in each_day(span)
              if (decision := grant.on(day))}  # fmt: skip
    return sum(hours.values()), len(there | hours.keys())


def cost_per_client(key: CareKey, span: Span) -> float:
    """The median of what the hours of each client cost in whole months (T14)."""
    prices = {
        (str(fact.service), str(fact.regi)): fact.price_kr
        for _, fact in key.of(UnitPriceSet)
        if fact.per == "hour"
    }
    cost: defaultdict[str, float] = defaultdict(float)
    for (person, service, regi), many in client_hours(key, span, ("person", "service", "regi")).items():
        cost[person] += many * prices.get((service, regi), 0.0)
    return median(kr for kr in cost.values() if kr > 0)
