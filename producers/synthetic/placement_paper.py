"""What a placement's papers tell: requests, the placement itself with its prices, contracts, follow-ups."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from math import exp
from random import Random
from typing import cast

import msgspec

from producers.synthetic import model
from producers.synthetic.life import pick
from producers.synthetic.placement_contracts import tell_contracts
from producers.synthetic.placement_custody import custody_considered
from producers.synthetic.placement_desk import HOUR, MINUTE, Desk
from producers.synthetic.placement_invoices import tell_invoices
from producers.synthetic.placement_life import Placement, as_odd
from producers.synthetic.placement_model import (
    ANSWERS,
    CAUSES,
    FOLLOW_UP_DAYS,
)
from producers.synthetic.placement_providers import agreement_on, at_hand, subject_of
from producers.synthetic.placement_telling import Book, Mend, Telling, at_once, mark, mend, take_back, within
from producers.synthetic.workdays import DAY, office_time
from schemas import placements as p
from schemas.codes import AgeBand, Answer, DirectAwardReason, Law, Sex


def tell(desk: Desk, placement: Placement) -> list[Telling]:
    """Everything that will ever be recorded about a placement, oddities included."""
    book, placement = Book(desk.seed, desk.rng), as_odd(placement)
    tell_requests(desk, book, placement)
    tell_placement(desk, book, placement)
    contracts = tell_contracts(desk, book, placement)
    if placement.oddity in ("void", "void_with_contract_left"):
        return _void(desk, book, placement, contracts)
    if placement.oddity != "ended_before_started":
        tell_follow_ups(desk, book, placement)
        tell_invoices(desk.rng, desk.seed, book, placement)
    return book.tellings


def _void(desk: Desk, book: Book, it: Placement, contracts: list[Telling]) -> list[Telling]:
    """Registered by mistake: what was told in the first days is taken back at one moment."""
    early = book.tellings[0].versions[0].at + (it.start - it.asked) + 6 * DAY
    kept = [telling for telling in book.tellings if telling.versions[-1].at <= early]
    undone = max(v.recorded for telling in kept for v in telling.versions) + HOUR * (
        2 + desk.rng.randrange(90)
    )
    left = {telling.subject for telling in contracts} if it.oddity == "void_with_contract_left" else set()
    for telling in kept:
        if telling.subject not in left:
            take_back(telling, undone)
    return kept


def tell_requests(desk: Desk, book: Book, it: Placement) -> None:
    """Several providers are asked within an hour; the one that the person comes to has offered a place."""
    rng, profile = desk.rng, it.who.profile
    agreement = agreement_on(profile.tender_area, it.start_on)
    others = at_hand(desk.seed, profile.care_form, agreement, True)
    asked = [it.stays[0].provider, *rng.sample(others, pick(rng, {0: 25, 1: 25, 2: 25, 3: 15, 5: 10}))]
    for number, provider in enumerate(dict.fromkeys(asked)):
        subject = desk.name("request", it, number)
        sent = it.asked + MINUTE * (number * 7)
        fact = p.RequestSent(provider=provider, placement=it.key, tender_area=profile.tender_area,
                             care_form=profile.care_form)  # fmt: skip
        book.tell(subject, "0", sent, fact)
        answer = "offered" if number == 0 else _answer(rng, it)
        if answer != "none":
            _answered(desk, book, it, subject, sent, cast(Answer, answer), number)


def _answer(rng: Random, it: Placement) -> str:
    """Where the placement went outside the framework, no provider inside it had offered a place."""
    return pick(rng, {k: w for k, w in ANSWERS.items() if it.framework or k != "offered"})


def _answered(
    desk: Desk, book: Book, it: Placement, subject: str, sent: datetime, answer: Answer, number: int
) -> None:
    at = min(sent + HOUR * (26 * exp(0.9 * desk.rng.gauss(0, 1))), it.start - HOUR)
    odd = it.oddity == "answered_before_sent" and number == 0
    told = book.tell(subject, "0", sent - 5 * HOUR if odd else at, p.RequestAnswered(answer=answer))
    mark(told, "answered_before_sent" if odd else "")


def tell_placement(desk: Desk, book: Book, it: Placement) -> None:
    """Enrolment, prices, moves, extensions and the end, in the order in which they happened."""
    subject = f"{model.CODE}/placement/{it.key}"
    started = book.tell(subject, "0", it.start, _started(it))
    within(started, 4 * MINUTE)
    _enrolled_wrong(desk, it, started)
    for number, (at, fact, flaw) in enumerate(sorted(_course(it), key=lambda told: told[0])):
        told = book.tell(subject, f"{number}", at, fact)
        if at < it.start + HOUR:
            at_once(told, started)
        mark(told, flaw, counts=flaw != "event_after_end")
        if it.oddity == "end_taken_back" and isinstance(fact, p.PlacementEnded) and at < it.end:
            take_back(told, told.versions[-1].recorded + HOUR * (3 + desk.rng.randrange(40)))
        if (
            isinstance(fact, p.PriceSet)
            and at > it.start + DAY
            and not it.oddity
            and desk.kept("price_corrected")
        ):
            wrong = msgspec.structs.replace(fact, daily_price_kr=fact.daily_price_kr + 100)
            mend(desk.rng, told, Mend(wrong, "wrong_code"))


def _started(it: Placement) -> p.PlacementStarted:
    who, profile = it.who, it.who.profile
    return p.PlacementStarted(
        on=it.start_on, provider=it.stays[0].provider, care_form=profile.care_form,
        target_group=profile.target_group, tender_area=profile.tender_area, main_cause=it.cause,
        unit=profile.unit, law=cast(Law, it.law), person=who.person, sex=cast(Sex, who.sex),
        age_band=cast(AgeBand, who.age_band), framework=it.framework, planned_until_on=it.plans[0][1],
    )  # fmt: skip


def _enrolled_wrong(desk: Desk, it: Placement, started: Telling) -> None:
    """A few are enrolled with the wrong cause or day; one correction of the cause gives no reason."""
    (right,) = started.versions
    fact = cast(p.PlacementStarted, right.fact)
    other = pick(desk.rng, {c: w for c, w in CAUSES[it.who.profile.causes].items() if c != it.cause})
    if it.oddity == "price_missing":
        mark(started, it.oddity)
    elif it.oddity == "cause_changed_without_reason":
        mend(desk.rng, started, Mend(msgspec.structs.replace(fact, main_cause=other), None))
        mark(started, "cause_changed_without_reason", cause=other)
    elif not it.oddity and desk.kept("cause_corrected"):
        mend(desk.rng, started, Mend(msgspec.structs.replace(fact, main_cause=other), "wrong_code"))
    elif not it.oddity and desk.kept("start_corrected"):
        late = it.start + DAY * (1 + desk.rng.randrange(2))
        mend(desk.rng, started, Mend(msgspec.structs.replace(fact, on=late.date()), "wrong_time", late))


Told = tuple[datetime, p.PlacementFact, str]


def _course(it: Placement) -> list[Told]:
    """(when, what, planted flaw) after the enrolment."""
    told: list[Told] = [*_priced(it), *_ended(it)]
    if it.award_reason not in ("", "unknown"):
        reason = cast(DirectAwardReason, it.award_reason)
        told.append((it.start + 3 * MINUTE, p.DirectAwardJustified(on=it.start_on, reason=reason), ""))
    for before, stay in pairwise(it.stays):
        form = stay.care_form if stay.care_form != before.care_form else None
        move = p.PlacementMoved(on=stay.at.date(), to_provider=stay.provider, from_provider=before.provider,
                                care_form=form, cause=stay.cause, planned=stay.cause == "plan")  # fmt: skip
        told.append((stay.at, move, ""))
    told += [
        (at, p.PlacementExtended(on=at.date(), planned_until_on=until), "") for at, until in it.plans[1:]
    ]
    return told + custody_considered(it) + _beside(it)


def _priced(it: Placement) -> list[Told]:
    if it.oddity == "price_missing":
        return []
    last = max(price.decided for price in it.prices)
    return [
        (
            price.decided + MINUTE,
            p.PriceSet(from_on=price.from_on, daily_price_kr=price.kr, extra_kr=price.extra_kr),
            it.oddity if it.oddity.startswith("price") and price.decided == last else "",
        )
        for price in it.prices
    ]


def _ended(it: Placement) -> list[Told]:
    if it.oddity == "ended_before_started":
        before = it.start - 3 * DAY
        return [(before, p.PlacementEnded(on=before.date(), reason=it.end_reason), it.oddity)]
    fact = p.PlacementEnded(on=it.end_on) if it.end_reason == "unknown" else p.PlacementEnded(
        on=it.end_on, reason=it.end_reason)  # fmt: skip
    return [(it.end, fact, "")]


def _beside(it: Placement) -> list[Told]:
    """What should not have been told at all."""
    if it.oddity == "event_after_end":
        late = it.end + 4 * DAY
        return [
            (late, p.PlacementExtended(on=late.date(), planned_until_on=late.date() + 30 * DAY), it.oddity)
        ]
    if it.oddity == "extended_backwards":
        at = it.start + (it.end - it.start) * 0.05
        return [
            (at, p.PlacementExtended(on=at.date(), planned_until_on=it.plans[0][1] - 10 * DAY), it.oddity)
        ]
    return []


def tell_follow_ups(desk: Desk, book: Book, it: Placement) -> None:
    """Half-yearly: of adults mostly on time, of children and youth behind."""
    group = "follow_up_adults" if it.who.profile.target_group == "adults" else "follow_up_children"
    number, due = 1, it.start + timedelta(days=FOLLOW_UP_DAYS)
    while due < it.end:
        on_time, done = desk.kept(group), desk.kept("follow_up_late")
        days = -20 * desk.rng.random() if on_time else 8 + desk.rng.expovariate(1 / 35)
        at = office_time(desk.rng, due + timedelta(days=min(days, 110.0)) - 4 * DAY, it.start)
        if on_time or done:
            _followed_up(desk, book, it, at, number)
        number, due = number + 1, due + timedelta(days=FOLLOW_UP_DAYS)


def _followed_up(desk: Desk, book: Book, it: Placement, at: datetime, number: int) -> None:
    provider = ([stay for stay in it.stays if stay.at <= at] or it.stays[:1])[-1].provider
    rng = Random(f"{desk.seed}/quality/{provider}")
    mean = rng.uniform(2.6, 4.6)
    scores = [min(5, max(1, round(desk.rng.gauss(mean, 0.8)))) for _ in range(3)]
    fact = p.ProviderFollowedUp(
        on=at.date(), placement=it.key, plan_followed=scores[0], difference_made=scores[1],
        reporting=scores[2] if desk.rng.random() < 0.85 else None,
    )  # fmt: skip
    name = f"follow-up/{it.key}/{number}"
    book.tell(subject_of(provider), name, at, fact, floor=name)
