"""The times of placements, assistance and reports, as the answer key of Mittköping reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from producers.synthetic.care.known import CareKey
from producers.synthetic.clock_days import end_of, end_of_quarter, in_months, of_months
from producers.synthetic.clock_known import Clocked, Of, clocked
from producers.synthetic.clock_moments import MINORS, Moment
from producers.synthetic.clock_rules import NEW, Rule, Time, never
from producers.synthetic.placement_answer import PlacementKey
from producers.synthetic.placement_known import Known
from producers.synthetic.workdays import DAY, local_date, start_of
from schemas import assistance as a
from schemas import placements as p
from schemas.cases import CaseClosed
from schemas.envelope import Event
from schemas.reporting import ReportDelivered

_ASSISTANCE: Final = date(2011, 1, 1)
_TWO_YEARS: Final = date(2022, 7, 1)
CUSTODY: Final = Rule("LC9", (date(2003, 7, 1), _TWO_YEARS, NEW), never, never, in_months(24))
CUSTODY_FIRST: Final = CUSTODY._replace(last=in_months(36))
CUSTODY_AGAIN: Final = CUSTODY._replace(last=in_months(12))
GRANTED: Final = Rule("LC17", (_ASSISTANCE,), never, never, of_months(6))
SETTLED: Final = Rule("LC18", (_ASSISTANCE,), never, never, in_months(2))
REPORTED: Final = Rule("LC7", (date(2006, 7, 1), NEW), never, never, end_of_quarter)
STATISTICS: Final = Rule("LC21", (date(2025, 7, 1), date(2027, 8, 1)), never, never, in_months(1))


def _begin(rule: Rule, at: datetime) -> Time | None:
    wording = rule.wording(at)
    return Time(rule, Moment(at, "", CaseClosed()), wording) if wording else None


def placement_clocks(key: PlacementKey) -> list[Clocked]:
    """How long a child has been in one foster home before moving custody there is considered."""
    return [
        clocked(time, _of_placement(it), it.about.unit or "")
        for it in key.placements
        for time in _custody(key, it)
    ]


def _of_placement(it: Known) -> Of:
    about = it.about
    return Of(it.subject, it.here[-1].care_form, about.law, about.sex, about.age_band)


def _custody(key: PlacementKey, it: Known) -> Iterator[Time]:
    if it.about.age_band not in MINORS:
        return
    considered = [v.at for _, v in key.living[it.subject] if isinstance(v.fact, p.CustodyTransferConsidered)]
    left = [here.at for here in it.here[1:]] + [it.end]
    for here, until in zip(it.here, left, strict=True):
        if here.care_form == "foster_home":
            there = [at for at in considered if here.at < at and (until is None or at < until)]
            yield from _one_home(here.at, until, there)


def _one_home(since: datetime, until: datetime | None, considered: list[datetime]) -> Iterator[Time]:
    for number, (begins, kept) in enumerate(zip([since, *considered], [*considered, None], strict=True)):
        first = CUSTODY_FIRST if local_date(begins) < _TWO_YEARS else CUSTODY
        time = _begin(CUSTODY_AGAIN if number else first, begins)
        if time:
            time.stopped = kept
            time.ended = until if kept is None else None
            yield time


def assistance_clocks(key: CareKey) -> list[Clocked]:
    """Periods that the social insurance pays for, and the final account of each."""
    found: list[Clocked] = []
    for subject, facts in key.entities["assistance"].items():
        decided = [told.fact for told in facts if isinstance(told.fact, a.AssistanceDecided)]
        settled = {t.fact.until_on: t.at for t in reversed(facts) if isinstance(t.fact, a.AllowanceSettled)}
        for fact in decided:
            of = Of(subject, "personal_assistance", "SFB", fact.sex, fact.age_band)
            for time in _of_period(fact, settled.get(fact.until_on)):
                found.append(clocked(time, of, fact.unit))
    return found


def _of_period(fact: a.AssistanceDecided, settled: datetime | None) -> Iterator[Time]:
    if fact.payer != "social_insurance":
        return
    granted = _begin(GRANTED, start_of(fact.from_on))
    account = _begin(SETTLED, end_of(fact.until_on - DAY))
    assert granted and account
    granted.stopped, account.stopped = end_of(fact.until_on - DAY), settled
    yield granted
    yield account


def report_clocks(told: Iterable[Event]) -> list[Clocked]:
    """Reports that were delivered: when each should have been."""
    found: list[Clocked] = []
    for event in told:
        fact = event.data
        if isinstance(fact, ReportDelivered):
            is_statistics = fact.report == "statistics"
            begins = end_of(fact.until_on - DAY) if is_statistics else start_of(fact.until_on)
            time = _begin(STATISTICS if is_statistics else REPORTED, begins)
            if time:
                time.about, time.stopped = fact.to, event.time
                found.append(clocked(time, Of(event.subject, fact.report, "SoL"), ""))
    return found
