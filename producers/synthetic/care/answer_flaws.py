"""The answer key's part for flaws: those that were planted, and those that only several entities tell
together. `by` names flaw and kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from producers.synthetic.care.answer_assistance import By, cases_known
from producers.synthetic.care.answer_hours import client_hours, grants, hours_a_day, visits
from producers.synthetic.care.answer_money import BEGINNING, months
from producers.synthetic.care.known import CareKey, Cell, each_day, told_first
from producers.synthetic.care.model import begins
from producers.synthetic.care.telling import subject
from producers.synthetic.care.times import Times
from producers.synthetic.workdays import DAY, local_date
from schemas import hours as h
from schemas.calendar import later_period
from schemas.devices import EVENTS as DEVICE_EVENTS

Flaw = tuple[str, str]
"""Entity and flaw."""
OVER: Final = 1.05  # of the granted hours


def of_devices(key: CareKey, by: By) -> dict[Cell, int]:
    """Devices, doses and alarms with flaws."""
    return _counted((flaw for flaw in key.flaws if _is_of_devices(flaw)), by)


def of_hours(key: CareKey, by: By) -> dict[Cell, int]:
    """Grants, visits, reports, cases and staff with flaws."""
    planted = {flaw for flaw in key.flaws if not _is_of_devices(flaw)}
    return _counted(planted | set(_overlapping(key)) | set(_after_death(key)) | set(_over_granted(key)), by)


def _is_of_devices(flaw: Flaw) -> bool:
    return flaw[0].split("/")[1] in {kind.KIND for kind in DEVICE_EVENTS}


def _counted(flaws: Iterator[Flaw] | set[Flaw], by: By) -> dict[Cell, int]:
    entities: defaultdict[Cell, set[str]] = defaultdict(set)
    for entity, flaw in flaws:
        said = {"flaw": flaw, "kind": entity.split("/")[1]}
        entities[tuple(said[name] for name in by)].add(entity)
    return {cell: len(those) for cell, those in entities.items()}


def _overlapping(key: CareKey) -> Iterator[Flaw]:
    """Visits that begin while the same member of staff is in another."""
    of_staff: defaultdict[str, list[tuple[Times, str]]] = defaultdict(list)
    for visit in visits(key):
        if visit.performed and visit.times:
            for who in visit.performed.staff:
                of_staff[who].append((visit.times, visit.subject))
    for those in of_staff.values():
        (_, busy_until), _ = min(those)
        for (start, stop), entity in sorted(those)[1:]:
            if start < busy_until:
                yield entity, "overlapping_visits"
            busy_until = max(busy_until, stop)


def _after_death(key: CareKey) -> Iterator[Flaw]:
    """Visits and reports of days after the person had died."""
    died = {}
    for grant in key.entities["grant"].values():
        _, decided = told_first(grant, h.HoursGranted)
        _, ended = told_first(grant, h.GrantEnded)
        if decided and ended and ended.reason == "deceased":
            died[str(decided.person)] = ended.on
    for visit in visits(key):
        if visit.times and local_date(visit.times[0]) >= died.get(visit.text("person"), date.max):
            yield visit.subject, "hours_after_death"
    for told, report in key.of(h.HoursReported):
        if report.until_on - DAY >= died.get(str(report.person), date.max):
            yield told.subject, "hours_after_death"


def _over_granted(key: CareKey) -> Iterator[Flaw]:
    """Grants with more hours performed in a month, cases of assistance with more in a period."""
    month = begins(key.town, "visits")
    while month <= key.today:
        until = later_period("month", month)
        done = client_hours(key, (month, until), ("person", "service"))
        for grant in grants(key):
            days = [(day, decision) for day in each_day((month, until)) if (decision := grant.on(day))]
            hours = sum(hours_a_day(decision, day) for day, decision in days)
            if days and done.get((str(days[0][1].person), "home_care"), 0.0) > OVER * hours:
                yield grant.subject, "performed_over_granted"
        month = until
    for case in cases_known(key):
        for _, fact in case.decisions:
            of_period = [one for of, _, one in months(key, (BEGINNING, key.today))
                         if of == case.key and one.decision is fact]  # fmt: skip
            first, until = case.days_of(fact)
            hours = case.hours_on(first) * (until - first).days
            if sum(one.client or 0.0 for one in of_period) > OVER * hours:
                yield subject("assistance", case.key), "performed_over_granted"
