"""What facts of an assistance case, its months and its reported hours are called in its history. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work.names import Names, Title, kronor
from schemas import assistance as a
from schemas.envelope import Event, Fact
from schemas.hours import HoursReported

HALF_OPEN: Final[tuple[type[Fact], ...]] = (a.AssistanceDecided, HoursReported)
"""Facts whose `until_on` is the day after the last."""


def hours(value: float) -> str:
    """`2 080`, `346,5`."""
    return wording.number(value, 0 if value == int(value) else 1)


def span(from_on: date, until_on: date) -> str:
    """`1 juli–31 december 2026`, `1–31 juli 2026` of half-open days."""
    last = until_on - timedelta(days=1)
    if (from_on.year, from_on.month) == (last.year, last.month):
        return f"{from_on.day}–{wording.day(last)}" if from_on < last else wording.day(last)
    if from_on.year != last.year:
        return f"{wording.day(from_on)}–{wording.day(last)}"
    first = wording.day(from_on).rsplit(" ", 1)[0]
    return f"{first}–{wording.day(last)}"


def through(until_on: date) -> str:
    """The last day before it."""
    return wording.day(until_on - timedelta(days=1))


def _decided(fact: a.AssistanceDecided, _: Names) -> str:
    return say("t_decided", hours=hours(fact.hours), span=span(fact.from_on, fact.until_on))


def _money(key: str) -> Title:
    return lambda f, n: say(key, month=wording.month(f.month), kr=kronor(f.amount_kr))


def _claimed(fact: a.AllowanceClaimed, _: Names) -> str:
    return say(
        "t_claimed", month=wording.month(fact.month), hours=hours(fact.hours), kr=kronor(fact.amount_kr)
    )


def _cost(fact: a.CostBooked, _: Names) -> str:
    what = wording.capital(term(terms.COST_KINDS, fact.kind))
    return say("t_cost", what=what, month=wording.month(fact.month), kr=kronor(fact.amount_kr))


def _reported(fact: HoursReported, _: Names) -> str:
    return say("t_reported", hours=hours(fact.hours), span=span(fact.from_on, fact.until_on))


TITLES: Final[dict[type[Fact], Title]] = {
    a.AssistanceDecided: _decided,
    a.AssistanceScheduleChanged: lambda f, n: say("t_schedule", day=wording.day(f.on)),
    a.AssistanceRateSet: lambda f, n: say("t_rate", kr=kronor(f.rate_kr), day=wording.day(f.from_on)),
    a.AssistanceEnded: lambda f, n: say("t_assistance_ended", day=wording.day(f.on)),
    a.AllowanceClaimed: _claimed,
    a.AllowanceSettled: lambda f, n: say("t_settled", day=through(f.until_on)),
    a.AllowancePaid: _money("t_paid"),
    a.CostBooked: _cost,
    a.RevenueBooked: _money("t_revenue"),
    HoursReported: _reported,
}


def lead(events: Sequence[Event], names: Names) -> str:
    """`Assistans Öst, 2 080 timmar 1 juli–31 december 2026`, by the newest decision; "" without one."""
    decided: list[Any] = [e for e in events if isinstance(e.data, a.AssistanceDecided) and not e.retracted]
    if not decided:
        return ""
    fact = max(decided, key=lambda event: (event.data.from_on, event.recordedtime)).data
    return say(
        "history_lead_case", unit=names.town.unit_name(fact.unit), hours=hours(fact.hours),
        span=span(fact.from_on, fact.until_on),
    )  # fmt: skip
