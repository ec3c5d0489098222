"""The life of an assistance case (personlig assistans): decisions of hours, rates, end; and the money of its
months. Pure.

A later decision replaces the earlier from its first day on; hours that were decided for a whole period are
then those of its days that still hold, in proportion. Law: SFB 51 kap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from schemas import assistance as a
from schemas.calendar import months_after
from streams.folds.days import columns, day_number
from streams.folds.decisions import (
    Decided,
    decision_day,
    filled,
    has_early_schedule,
    laid,
    overlap,
    shortened,
)
from streams.history import Living

MONTHS: Final = 6  # SFB 51:9, of what the social insurance pays
HOURS_A_DAY: Final = 24
_Said = tuple[float, int, int, int, str, str, str]  # hours, until_on, decided on and at, unit, regi, payer


class AssistanceRow(NamedTuple):
    """Columns of table `assistances` after the key. Periods are half-open and never lie over each other;
    decided_hours and decided_until_on are as decided, hours those of the days that still hold.
    """

    person: str
    sex: str
    age_band: str
    end_on: int | None
    end_reason: str
    periods__from_on: list[int]
    periods__until_on: list[int]
    periods__hours: list[float]
    periods__decided_hours: list[float]
    periods__decided_until_on: list[int]
    periods__decided_on: list[int]
    periods__decided_at: list[int]
    periods__unit: list[str]
    periods__regi: list[str]
    periods__payer: list[str]
    decisions__on: list[int]
    decisions__from_on: list[int]
    decisions__hours_a_day: list[float]
    schedules__on: list[int]
    rates__from_on: list[int]
    rates__rate_kr: list[float]
    flaws: list[str]


class _Case:
    """A case while its facts are told in order."""

    __slots__ = ("about", "decided", "decisions", "ended", "flaws", "rates", "schedules")

    def __init__(self) -> None:
        self.about: a.AssistanceDecided | None = None
        self.ended: a.AssistanceEnded | None = None
        self.decided: list[Decided[_Said]] = []
        self.decisions: list[tuple[int, int, float]] = []
        self.schedules: list[int] = []
        self.rates: dict[int, float] = {}
        self.flaws: set[str] = set()


def fold(facts: Sequence[Living]) -> AssistanceRow:
    """The row of an assistance case from its living facts in order. An empty history gives an empty row."""
    it = _Case()
    for living in facts:
        it.flaws.update(living.flaws)
        _tell(it, living)
    if facts:
        _judge(it)
    return _row(it)


def _tell(it: _Case, living: Living) -> None:
    fact = living.fact
    if isinstance(fact, a.AssistanceEnded):
        it.ended = fact
    elif isinstance(fact, a.AssistanceRateSet):
        it.rates[day_number(fact.from_on)] = fact.rate_kr  # often granted long after, for a time gone by
    elif isinstance(fact, a.AllowanceSettled):
        return  # a clock stops, often long after the end
    elif it.ended is not None and it.about is not None:
        it.flaws.add("event_after_end")
    elif isinstance(fact, a.AssistanceDecided):
        _decided(it, living.occurred_at, fact)
    elif isinstance(fact, a.AssistanceScheduleChanged):
        it.schedules.append(day_number(fact.on))


def _decided(it: _Case, at: int, fact: a.AssistanceDecided) -> None:
    it.about = fact = filled(fact, it.about, ("person", "sex", "age_band", "regi", "payer"))
    first, until = day_number(fact.from_on), day_number(fact.until_on)
    if until <= first:
        it.flaws.add("last_before_first")
        return
    if fact.payer != "municipality" and fact.until_on > months_after(fact.from_on, MONTHS):
        it.flaws.add("period_over_six_months")
    hours_a_day = fact.hours / (until - first)
    if hours_a_day > HOURS_A_DAY:
        it.flaws.add("hours_over_24_a_day")
    on = decision_day(at, fact.decided_on)
    said: _Said = (fact.hours, until, on, at, fact.unit, fact.regi, fact.payer)
    period = Decided(first, until, said)
    if any(overlap(one, period) and one.until_on > until for one in it.decided):
        it.flaws.add("overlapping_periods")  # the earlier goes on after the later: nobody decided what holds
    it.decided = laid(it.decided, period)
    it.decisions.append((on, first, hours_a_day))


def _judge(it: _Case) -> None:
    if it.about is None:
        it.flaws.add("never_decided")
    elif it.ended is not None and it.decided and day_number(it.ended.on) < it.decided[0].from_on:
        it.flaws.add("ended_before_start_day")
    if has_early_schedule(it.decisions, it.schedules):
        it.flaws.add("schedule_before_decision")


def _row(it: _Case) -> AssistanceRow:
    about, ended = it.about, it.ended
    kept = shortened(it.decided, day_number(ended.on)) if ended else it.decided
    return AssistanceRow._make((
        about.person or "" if about else "",
        about.sex if about else "unknown",
        about.age_band if about else "unknown",
        day_number(ended.on) if ended else None,
        ended.reason if ended else "",
        *columns([_period(one) for one in kept], 10),
        *columns(sorted(it.decisions), 3),
        sorted(it.schedules),
        *columns(sorted(it.rates.items()), 2),
        sorted(it.flaws),
    ))  # fmt: skip


def _period(one: Decided[_Said]) -> tuple[object, ...]:
    hours, decided_until, *rest = one.said
    share = (one.until_on - one.from_on) / (decided_until - one.from_on)
    return (one.from_on, one.until_on, hours * share, hours, decided_until, *rest)


class AccountMonthRow(NamedTuple):
    """Columns of table `account_months` after the key. What nobody told is missing, never zero.

    claimed_at: when it was claimed first.
    """

    assistance: str
    unit: str
    service: str
    regi: str
    month: int | None
    claimed_at: int | None
    claimed_h: float | None
    claimed_kr: float | None
    paid_kr: float | None
    cost_kr: float | None
    overhead_kr: float | None
    revenue_kr: float | None
    flaws: list[str]


def fold_month(facts: Sequence[Living]) -> AccountMonthRow:
    """The money of one month of a case or unit: payments and lines of the ledger are added up, of claims the
    last one told holds.
    """
    told = [fact for living in facts if isinstance(fact := living.fact, a.AccountFact)]
    last = told[-1] if told else None
    claims = [fact for fact in told if isinstance(fact, a.AllowanceClaimed)]
    claimed_at = [living.occurred_at for living in facts if isinstance(living.fact, a.AllowanceClaimed)]
    known = [fact.regi for fact in told if fact.regi != "unknown"]
    costs = [fact for fact in told if isinstance(fact, a.CostBooked)]
    return AccountMonthRow._make((
        last.assistance or "" if last else "",
        last.unit if last else "unknown",
        last.service if last else "unknown",
        known[-1] if known else "unknown",
        day_number(last.month.replace(day=1)) if last else None,
        min(claimed_at, default=None),
        claims[-1].hours if claims else None,
        claims[-1].amount_kr if claims else None,
        _sum([fact.amount_kr for fact in told if isinstance(fact, a.AllowancePaid)]),
        _sum([fact.amount_kr for fact in costs if fact.kind == "influenceable"]),
        _sum([fact.amount_kr for fact in costs if fact.kind == "overhead"]),
        _sum([fact.amount_kr for fact in told if isinstance(fact, a.RevenueBooked)]),
        sorted({flaw for living in facts for flaw in living.flaws} | _month_flaws(told, len(claims))),
    ))  # fmt: skip


def _sum(amounts: Sequence[float]) -> float | None:
    """The sum in whole öre, the same in any order; None where nothing was told."""
    return sum(round(amount * 100) for amount in amounts) / 100 if amounts else None


def _month_flaws(told: Sequence[a.AccountFact], claims: int) -> set[str]:
    flaws = {"told_twice"} if claims > 1 else set()
    if any(fact.month.day != 1 for fact in told):
        flaws.add("not_first_of_month")
    if len({(fact.month.replace(day=1), fact.unit, fact.assistance, fact.service) for fact in told}) > 1:
        flaws.add("several_in_one")
    return flaws
