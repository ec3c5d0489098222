"""How visits of home care get told: planned the day before, performed with start and stop, sometimes late
and sometimes wrongly (`oddities`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from msgspec.structs import replace

from producers.synthetic.care.clients import Client, present
from producers.synthetic.care.model import CHANCES, MENDED, ODDITIES, UNITS, begins
from producers.synthetic.care.telling import HOUR, MINUTE, Told, clock, dice, recorded, secret, subject
from producers.synthetic.care.visits import Visit, visits_of
from producers.synthetic.generator import Town
from producers.synthetic.life import pick
from producers.synthetic.workdays import DAY
from schemas import hours as h
from schemas.codes import CorrectionReason

MORNING_FILE: Final = "utforare-a"  # tells yesterday's visits each morning, without breaks
_ODD: Final = sum(ODDITIES.values())
DEAD_VISITED: Final = 0.2  # of those who died: a visit is registered the day after


class _Teller(NamedTuple):
    town: Town
    client: Client
    rng: Random
    day: date


def visits_day(town: Town, day: date) -> Iterator[Told]:
    """The plan that is made on a local day for the next one, and what then becomes of it."""
    tomorrow = day + DAY
    if tomorrow < begins(town, "visits"):
        return
    for client in present(town, tomorrow):
        teller = _Teller(town, client, dice(town, "told", client.key, day), day)
        for visit in visits_of(town, client, tomorrow):
            yield from _visit(teller, visit)
    for client in present(town, day):
        if client.until_on == tomorrow:
            yield from _after_death(town, client, tomorrow)


def _visit(it: _Teller, visit: Visit) -> Iterator[Told]:
    yield from _planned(it, visit)
    if visit.cancelled and visit.planned:
        yield _cancelled(it, visit.key, visit.planned[0], visit.cancelled)
    if visit.times:
        odd = pick(it.rng, ODDITIES) if it.rng.random() < _ODD else ""
        yield from _performed(it, visit, odd)


def _planned(it: _Teller, visit: Visit) -> Iterator[Told]:
    if visit.planned is None:
        return
    start, stop = visit.planned
    fact = h.VisitPlanned(
        start_at=start, stop_at=stop, unit=visit.unit, purpose=visit.purpose, regi=UNITS[visit.unit].regi,
        channel=visit.channel, staff_count=visit.staff_count, person=it.client.person,
    )  # fmt: skip
    at = clock(it.day, it.rng.uniform(14 * 60, 16.5 * 60))
    told = Told(subject("visit", visit.key), "", at, at, fact)
    if it.rng.random() < CHANCES["changed_plan"]:
        moved = timedelta(minutes=it.rng.choice((-45, -30, 30, 60)))
        yield told._replace(fact=replace(fact, start_at=start + moved, stop_at=stop + moved))
        told = told._replace(recorded=at + HOUR * it.rng.uniform(1, 8), reason="changed_at_source")
    yield told


def _cancelled(it: _Teller, key: str, start: datetime, reason: str) -> Told:
    at = max(clock(it.day, 17 * 60), start - timedelta(seconds=it.rng.randrange(600, 20_000)))
    return Told(subject("visit", key), "", at, at + MINUTE, h.VisitCancelled(reason=reason))


def _performed(it: _Teller, visit: Visit, odd: str) -> Iterator[Told]:
    """What was performed, and the fault that was planted with it."""
    assert visit.times
    right = _right(it, visit, visit.key, visit.times)
    if odd in MENDED:
        yield from _impossible(it, right, odd)
        return
    if it.rng.random() < CHANCES["stop_corrected"]:
        assert isinstance(right.fact, h.VisitPerformed) and right.fact.stop_at
        early = right.fact.start_at + (right.fact.stop_at - right.fact.start_at) * 0.4
        yield right._replace(fact=replace(right.fact, stop_at=early, net_minutes=None))
        right = _mended(it, right, "wrong_time")
    if odd == "net_over_gross" and visit.unit == MORNING_FILE:
        right = _too_much(right)
    yield right._replace(flaw=odd if odd == "performed_after_cancelled" else right.flaw)
    yield from _beside(it, visit, right, odd)
    if visit.staff_count == 1 and it.rng.random() < CHANCES["doubled_part"]:
        start, stop = visit.times
        part = h.VisitDoubleStaffed(
            start_at=start + (stop - start) * 0.2, stop_at=start + (stop - start) * 0.7
        )
        yield Told(right.subject, "", right.at, right.recorded, part)


def _right(it: _Teller, visit: Visit, key: str, times: tuple[datetime, datetime]) -> Told:
    start, stop = times
    is_file = visit.unit == MORNING_FILE
    net = round((stop - start).total_seconds() / 60 * 0.97, 1) if is_file else None
    service = "home_care" if is_file or visit.planned is None else None  # left out: as planned
    fact = h.VisitPerformed(
        start_at=start, stop_at=stop, unit=visit.unit, service=service, purpose=visit.purpose,
        kind=visit.kind, regi=UNITS[visit.unit].regi, channel=visit.channel, staff_count=visit.staff_count,
        staff=visit.staff[: visit.staff_count], net_minutes=net, person=it.client.person, sex=it.client.sex,
        age_band=it.client.age_band,
    )  # fmt: skip
    told = recorded(it.rng, stop)
    if is_file:
        told = max(told, clock(it.day + 2 * DAY, 5 * 60 + 10 * it.rng.random()))
    return Told(subject("visit", key), "", stop, told, fact)


def _too_much(right: Told) -> Told:
    """More minutes without breaks than the visit was long."""
    fact = right.fact
    assert isinstance(fact, h.VisitPerformed) and fact.net_minutes
    return right._replace(fact=replace(fact, net_minutes=2 * fact.net_minutes + 3), flaw="net_over_gross")


def _mended(it: _Teller, right: Told, reason: CorrectionReason) -> Told:
    return right._replace(recorded=right.recorded + HOUR * it.rng.uniform(4, 76), reason=reason)


def _impossible(it: _Teller, right: Told, odd: str) -> Iterator[Told]:
    """No end, an end before the start, or one a day late; mended after days or never."""
    fact = right.fact
    assert isinstance(fact, h.VisitPerformed) and fact.stop_at
    stops = {
        "stop_missing": None,
        "stopped_before_started": fact.start_at - timedelta(minutes=it.rng.randrange(5, 50)),
        "visit_over_24_hours": fact.stop_at + timedelta(hours=26),
    }
    at = stops[odd] or right.at
    wrong = replace(fact, stop_at=stops[odd], net_minutes=None)
    first = max(right.recorded, at + MINUTE)
    yield right._replace(at=at, recorded=first, fact=wrong, flaw=odd, counts=False)
    if it.rng.random() < MENDED[odd]:
        yield _mended(it, right._replace(recorded=first), "wrong_time")


def _beside(it: _Teller, visit: Visit, right: Told, odd: str) -> Iterator[Told]:
    """What is told beside a visit that went as it should."""
    assert visit.times
    start, stop = visit.times
    if odd == "double_staffed_outside":
        part = h.VisitDoubleStaffed(start_at=stop - MINUTE, stop_at=stop + 10 * MINUTE)
        yield Told(right.subject, "outside", right.at, right.recorded, part, flaw=odd)
    elif odd == "performed_after_cancelled":
        yield _cancelled(it, visit.key, start, "declined")
    elif odd == "never_performed_or_planned":
        other = secret(it.town, "visit", f"{visit.key}/never")
        yield _cancelled(it, other, start, "away")._replace(flaw=odd, counts=False)
    elif odd == "overlapping_visits":
        times = start + (stop - start) * 0.5, stop + 4 * MINUTE
        yield _right(it, visit, secret(it.town, "visit", f"{visit.key}/over"), times)
    elif odd == "registered_twice":
        twice = _right(it, visit, secret(it.town, "visit", f"{visit.key}/twice"), visit.times)
        yield twice
        yield _mended(it, twice, "registered_twice")._replace(retracted=True)


def _after_death(town: Town, client: Client, day: date) -> Iterator[Told]:
    rng = dice(town, "after death", client.key)
    if client.end_reason == "deceased" and not client.temporary and rng.random() < DEAD_VISITED:
        teller = _Teller(town, client, rng, day - DAY)
        for visit in visits_of(town, client, day):
            if visit.times and visit.kind == "direct":
                yield _right(teller, visit, visit.key, visit.times)
                return
