"""Contracts about a placement: for the enrolment, each move and each extension; from made to ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import exp
from random import Random
from typing import NamedTuple, cast

from producers.synthetic.placement_desk import HOUR, Desk
from producers.synthetic.placement_life import Placement
from producers.synthetic.placement_model import EARLY_DAYS
from producers.synthetic.placement_telling import Book, Telling, mark
from producers.synthetic.workdays import DAY, office_time
from schemas import placements as p
from schemas.codes import ContractType, DayRule, Party


class Deal(NamedTuple):
    """One contract to be: when it is made, with whom, which days it covers, its price. number: 0 is first."""

    number: int
    at: datetime
    kind: ContractType
    provider: str
    from_on: date
    until_on: date
    kr: float


def tell_contracts(desk: Desk, book: Book, it: Placement) -> list[Telling]:
    """A contract for the enrolment, for each move and each extension; some are missing."""
    before = len(book.tellings)
    early = it.start_on < desk.start + timedelta(days=EARLY_DAYS)
    lacking = desk.kept("early_without_contract" if early else "without_contract")
    for deal in _deals(it):
        missing = lacking and deal.at.date() < desk.start + timedelta(days=EARLY_DAYS + 60)
        forgotten = deal.kind == "extension" and desk.kept("extension_without_contract")
        if not missing and not forgotten:
            _contract(desk, book, it, deal)
    return book.tellings[before:]


def _deals(it: Placement) -> list[Deal]:
    """What contracts there should be. One ends the day before the next with another provider begins."""
    acts = [(stay.at, stay) for stay in it.stays] + [(at, None) for at, _ in it.plans[1:]]
    found: list[Deal] = []
    for at, stay in sorted(acts, key=lambda act: act[0]):
        planned = [until for decided, until in it.plans if decided <= at]
        here = [stay for stay in it.stays if stay.at <= at][-1]
        kind: ContractType = "extension" if stay is None else "relocation" if found else "new_admission"
        from_on = planned[-2] + DAY if stay is None else at.date()
        until = max(planned[-1], from_on + 14 * DAY)
        kr = [price.kr for price in it.prices if price.from_on <= from_on][-1]
        found.append(Deal(len(found), at, kind, here.provider, from_on, until, kr))
    return found


def _contract(desk: Desk, book: Book, it: Placement, deal: Deal) -> None:
    rng, subject = desk.rng, desk.name("contract", it, deal.number)
    required: tuple[Party, ...] = ("municipality", "provider")
    if it.who.profile.target_group != "adults" and desk.kept("guardian_signs"):
        required = (*required, "guardian")
    made = office_time(rng, deal.at + HOUR * (20 + 60 * rng.random()), deal.at)
    fact = p.ContractCreated(
        placement=it.key, provider=deal.provider, contract_type=deal.kind, from_on=deal.from_on,
        until_on=deal.until_on, day_rule=cast(DayRule, it.day_rule), required=required,
        daily_price_kr=deal.kr,
    )  # fmt: skip
    book.tell(subject, "0", made, fact)
    sent = office_time(rng, made + HOUR * (1 + 30 * rng.random()), made)
    odd = it.oddity if deal.number == 0 else ""
    if odd != "never_sent":
        book.tell(subject, "0", sent, p.ContractSent())
    _signatures(desk, book, subject, sent, required, odd)
    _contract_ended(desk, book, it, deal, subject, made)


def _signatures(
    desk: Desk, book: Book, subject: str, sent: datetime, required: tuple[Party, ...], odd: str
) -> None:
    """About half come late, a few never; one that waits is reminded of every other week."""
    rng = desk.rng
    days = min(140.0, (26 if desk.kept("signed_late") else 3.5) * exp(0.5 * rng.gauss(0, 1)))
    signed = office_time(rng, sent + timedelta(days=days), sent)
    never = desk.kept("never_signed") and not odd
    signatures = _signing(rng, sent, signed, required[1:] if not never else required[2:], odd)
    reminders = [(sent + 14 * DAY * n, f"{n}", None) for n in (1, 2, 3)]
    told = [(at, f"{party}", party) for at, party in signatures]
    until = sent + 365 * DAY if never else signed
    for at, what, party in sorted([*told, *(r for r in reminders if r[0] < until)], key=lambda act: act[0]):
        if party is None:
            book.tell(subject, what, at, p.ContractReminded())
        else:
            _signed(desk, book, subject, at, party, odd)


def _signing(
    rng: Random, sent: datetime, signed: datetime, others: tuple[Party, ...], odd: str
) -> list[tuple[datetime, Party]]:
    """The municipality signs soon, the others when they do; a party that must not sign may be among them."""
    first = sent - 2 * HOUR if odd == "signed_before_sent" else sent + HOUR * (1 + 40 * rng.random())
    found: list[tuple[datetime, Party]] = [(first, "municipality")]
    found += [(signed - HOUR * n, party) for n, party in enumerate(others)]
    return [*found, (signed + HOUR, "client")] if odd == "signed_by_other" else found


def _signed(desk: Desk, book: Book, subject: str, at: datetime, party: Party, odd: str) -> None:
    fact = p.ContractSigned(party=party, method="digital" if desk.kept("digital") else "paper")
    told = book.tell(subject, party, at, fact)
    planted = {
        "never_sent": "municipality",
        "signed_before_sent": "municipality",
        "signed_by_other": "client",
    }
    mark(told, odd if planted.get(odd) == party else "")


def _contract_ended(desk: Desk, book: Book, it: Placement, deal: Deal, subject: str, made: datetime) -> None:
    """Ended when the person moves on or the placement ends before the contract does."""
    moves = [stay for stay in it.stays[1:] if stay.at > deal.at]
    at = moves[0].at if moves else it.end
    last = at.date() - DAY if moves else at.date()
    if last < deal.until_on and last >= deal.from_on:
        reason = "relocated" if moves else "placement_ended"
        book.tell(
            subject, "0", office_time(desk.rng, at, max(at, made)), p.ContractEnded(on=last, reason=reason)
        )
