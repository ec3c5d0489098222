"""The answer key's part for dispensers: in homes, silent, filled in time, removed; visits and kronor saved.

`by` names dimensions of the device's life (unit, device_type, regi, sex, age_band); a cell is one text per
name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from producers.synthetic.care.known import CareKey, Cell, Span, cell_of, counted, each_day, summed, told_first
from producers.synthetic.workdays import local_date
from schemas import devices as d
from schemas import hours as h
from schemas.calendar import later_period, period_start
from schemas.reference import UnitPriceSet

By = Sequence[str]
SILENT_AFTER: Final = timedelta(hours=24)
REFILL_DAYS: Final = 14


class Life(NamedTuple):
    """A device in a home, [since, until); until None: it goes on."""

    device: str
    about: d.DeviceInstalled
    since: datetime
    until: datetime | None
    end_reason: str
    refills: list[datetime]

    def goes_on(self, at: datetime) -> bool:
        """Whether it is installed at an instant."""
        return self.since <= at and (self.until is None or at < self.until)

    def is_on(self, day: date) -> bool:
        """Whether a day counts: that of the installation does, that of the removal does not."""
        return local_date(self.since) <= day and (self.until is None or day < local_date(self.until))

    def cell(self, by: By, **said: str) -> Cell:
        """The texts of the named dimensions."""
        return cell_of(self.about, by, **said)


@lru_cache(maxsize=2)
def lives(key: CareKey) -> list[Life]:
    """Every time that a device was in a home: in Mittköping each once."""
    found = []
    for subject, facts in key.entities["device"].items():
        refills = [told.at for told in facts if isinstance(told.fact, d.DeviceRefilled)]
        since, about = told_first(facts, d.DeviceInstalled)
        until, removed = told_first(facts, d.DeviceRemoved)
        if since and about:
            reason = removed.reason if removed else ""
            found.append(Life(subject.split("/")[2], about, since, until, reason, refills))
    return found


def homes_by_device(key: CareKey) -> dict[str, Life]:
    """The home of each device."""
    return {life.device: life for life in lives(key)}


def active(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Devices in a home at an instant (D1m)."""
    return counted(life.cell(by) for life in lives(key) if life.goes_on(at))


def silent(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, int]:
    """Of those, the ones that gave no sign of life in the 24 hours before, when they were there (D1m)."""
    since = at - SILENT_AFTER
    signs = {fact.device for told, fact in key.of(d.DeviceAlive) if since < told.at <= at}
    there = [life for life in lives(key) if life.goes_on(at) and life.since <= since]
    return counted(life.cell(by) for life in there if life.device not in signs)


def refilled_on_time(key: CareKey, at: datetime, by: By = ()) -> dict[Cell, float]:
    """Share of the devices in homes that were filled or installed at most 14 days before (D7m)."""
    found: dict[Cell, list[bool]] = {}
    for life in lives(key):
        if life.goes_on(at):
            last = max(life.since, *(filled for filled in life.refills if filled <= at), life.since)
            days = (local_date(at) - local_date(last)).days
            found.setdefault(life.cell(by), []).append(days <= REFILL_DAYS)
    return {cell: sum(those) / len(those) for cell, those in found.items()}


def ended(key: CareKey, span: Span, by: By = ("reason",)) -> dict[Cell, int]:
    """Devices that were removed in the span, by reason (D8m)."""
    return counted(
        life.cell(by, reason=life.end_reason)
        for life in lives(key)
        if life.until and span[0] <= local_date(life.until) < span[1]
    )


def avoided_visits(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Visits that were planned without the devices, less those made all the same, until yesterday (D5m)."""
    return summed((cell, visits) for cell, visits, _ in _avoided(key, span, by))


def avoided_gross(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """The same in kronor, by the price of a visit on its day (D6m)."""
    return summed((cell, visits * kr) for cell, visits, kr in _avoided(key, span, by))


def avoided_net(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Gross less rent, where any rent of the span is booked (D6m)."""
    paid = rent(key, span, by)
    return {cell: kr - paid[cell] for cell, kr in avoided_gross(key, span, by).items() if cell in paid}


def _avoided(key: CareKey, span: Span, by: By) -> Iterator[tuple[Cell, float, float]]:
    """Cell, visits and price of one, day by day and visit by visit."""
    days = [day for day in each_day(span) if day < key.today]
    of_month = {day: _days_of_month(day) for day in days}
    for life in lives(key):
        if life.about.baseline_visits is not None:
            a_month = life.about.baseline_visits
            for day in days:
                if life.is_on(day):
                    yield life.cell(by), a_month / of_month[day], price_kr(key, life.about.regi, day)
    for life, day in medication_visits(key):
        if span[0] <= day < min(span[1], key.today):
            yield life.cell(by), -1.0, price_kr(key, life.about.regi, day)


def medication_visits(key: CareKey) -> Iterator[tuple[Life, date]]:
    """Performed visits with medicine to homes that had a device then, with their days."""
    by_person = {life.about.person: life for life in lives(key)}
    for _, fact in key.of(h.VisitPerformed):
        life = by_person.get(fact.person)
        if life and fact.purpose == "medication" and life.goes_on(fact.start_at):
            yield life, local_date(fact.start_at)


def price_kr(key: CareKey, regi: str, day: date) -> float:
    """What a visit with medicine cost on a day."""
    told = [
        fact for _, fact in key.of(UnitPriceSet) if fact.service == "medication_visit" and fact.regi == regi
    ]
    return max((fact.from_on, fact.price_kr) for fact in told if fact.from_on <= day)[1]


def rent(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Booked rent, spread over the days of the month that it is for, until yesterday (D6m)."""
    found = summed(
        (cell_of(fact, by), fact.amount_kr / _days_of_month(fact.month))
        for _, fact in key.of(d.RentBooked)
        for day in each_day((fact.month, later_period("month", fact.month)))
        if span[0] <= day < min(span[1], key.today)
    )
    return {cell: kr for cell, kr in found.items() if kr}


def _days_of_month(day: date) -> int:
    month = period_start("month", day)
    return (later_period("month", month) - month).days
