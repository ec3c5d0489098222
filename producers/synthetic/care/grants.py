"""What is told of grants of home care, and the hours that one provider reports per month instead of visits.

Those who have home care when telling begins are told of with that day as their first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import Final

from msgspec.structs import replace

from producers.synthetic.care.clients import DECIDED_AHEAD, Client, Step, arrivals, present
from producers.synthetic.care.model import CHANCES, MONTHLY_UNIT, UNITS, begins
from producers.synthetic.care.telling import HOUR, Told, clock, dice, recorded, secret, subject
from producers.synthetic.generator import Town
from producers.synthetic.workdays import DAY
from schemas import hours as h
from schemas.calendar import later_period

TYPED_WRONG: Final = 0.02  # a decision's hours, ten times too many until somebody sees it
NEVER_GRANTED: Final = 0.02  # of ends: told of a grant that nobody has told of


def grants_day(town: Town, day: date) -> Iterator[Told]:
    """What happens to grants on a local day, and on the first of a month the reports of the month before."""
    first = begins(town, "visits")
    if day < first:
        return
    coming = (arrivals(town, day + n * DAY) for n in range(1, DECIDED_AHEAD))
    for client in chain(present(town, day), *coming):
        for number, step in _told_steps(client, first):
            if max(step.decided_on, first) == day:
                yield from _granted(town, client, number, step)
            if step.scheduled_on == day and first < day < client.until_on:
                fact = h.GrantScheduleChanged(on=day)
                yield _told(dice(town, client.key, "schedule", number), client.key, str(number), day, fact)
    for client in present(town, day - DAY):
        if first < day == client.until_on:
            yield from _ended(town, client)
    if day.day == 1 and day > first:
        yield from _reports(town, later_period("month", day, -1), day)


def _told_steps(client: Client, first: date) -> list[tuple[int, Step]]:
    """Decisions that are told: the one that holds when telling begins, from that day on, and the later."""
    steps = list(enumerate(client.steps))
    before = [(number, step) for number, step in steps if step.from_on <= first][-1:]
    later = [(number, step) for number, step in steps if step.from_on > first]
    return [(number, step._replace(from_on=first)) for number, step in before] + later


def _granted(town: Town, client: Client, number: int, step: Step) -> Iterator[Told]:
    rng = dice(town, client.key, "granted", number)
    fact = h.HoursGranted(
        service="home_care", unit=step.unit, hours=step.hours, per=step.per, from_on=step.from_on,
        until_on=client.until_on if client.temporary else None, decided_on=step.decided_on,
        regi=UNITS[step.unit].regi, law="SoL", person=client.person, sex=client.sex, age_band=client.age_band,
    )  # fmt: skip
    day = max(step.decided_on, begins(town, "visits"))
    told = _told(rng, client.key, str(number), day, fact)
    if rng.random() < TYPED_WRONG and step.per != "day":
        yield told._replace(fact=replace(fact, hours=step.hours * 10))
        mended = told.recorded + timedelta(hours=3 + rng.randrange(90))
        told = told._replace(recorded=mended, reason="changed_at_source")
    yield told


def _ended(town: Town, client: Client) -> Iterator[Told]:
    if client.temporary:
        return
    rng = dice(town, client.key, "ended")
    fact = h.GrantEnded(on=client.until_on, reason=client.end_reason)
    yield _told(rng, client.key, "", client.until_on, fact)
    if rng.random() < NEVER_GRANTED:
        other = secret(town, "grant", f"nobody/{client.key}")
        yield _told(rng, other, "", client.until_on, fact)._replace(flaw="never_granted", counts=False)


def _told(rng: Random, key: str, what: str, day: date, fact: h.GrantFact) -> Told:
    at = clock(day, rng.triangular(8 * 60, 16.5 * 60))
    return Told(subject("grant", key), what, at, recorded(rng, at), fact)


def _reports(town: Town, month: date, until: date) -> Iterator[Told]:
    """Hours of the month by person, some days into the next one; of some none ever come."""
    days = [month + n * DAY for n in range((until - month).days)]
    clients = {client.key: client for day in days for client in present(town, day)}
    for client in clients.values():
        own = [day for day in days if client.from_on <= day < client.until_on]
        with_it = [day for day in own if client.step_on(day).unit == MONTHLY_UNIT]
        if with_it:
            yield from _report(town, client, month, with_it)


def _report(town: Town, client: Client, month: date, days: list[date]) -> Iterator[Told]:
    rng = dice(town, client.key, "report", month)
    if rng.random() < CHANCES["report_missing"]:
        return
    hours = sum(client.step_on(day).hours_a_week / 7 for day in days) * rng.uniform(0.75, 1.04)
    fact = h.HoursReported(
        from_on=days[0], until_on=days[-1] + DAY, hours=round(hours, 1), unit=MONTHLY_UNIT,
        regi=UNITS[MONTHLY_UNIT].regi, person=client.person, sex=client.sex, age_band=client.age_band,
        double_hours=round(hours * 0.3, 1) if client.is_double else 0.0,
    )  # fmt: skip
    at = clock(later_period("month", month), 60 * 24 * rng.uniform(4.3, 10.7))
    key = subject("hours_report", secret(town, "hours_report", f"{client.key}/{month}"))
    told = Told(key, "", at, at + HOUR, fact)
    if rng.random() < CHANCES["report_corrected"]:
        yield told._replace(fact=replace(fact, hours=round(hours * 60, 1)), flaw="hours_over_24_a_day")
        later = told.recorded + timedelta(days=1 + rng.randrange(12))
        told = told._replace(recorded=later, reason="changed_at_source")
    yield told
