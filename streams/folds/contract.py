"""The life of a contract about one placement: created, sent, signed by each party, reminded, ended. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from schemas import placements as p
from streams.folds.days import STILL_DAY, columns, day_number
from streams.history import Living


class ContractRow(NamedTuple):
    """Columns of table `contracts` after the key. signed_at: when the last party that must sign did.

    until_on: the day after the last one that it covers.
    """

    placement: str
    provider: str
    contract_type: str
    day_rule: str
    created_at: int | None
    sent_at: int | None
    signed_at: int | None
    from_on: int | None
    until_on: int | None
    ended_at: int | None
    end_reason: str
    daily_kr: float | None
    required: list[str]
    signatures__at: list[int]
    signatures__party: list[str]
    signatures__method: list[str]
    reminders__at: list[int]
    flaws: list[str]


class _Contract:
    """A contract while its facts are told in order."""

    __slots__ = (
        "about", "created_at", "ended", "ended_at", "flaws", "reminders", "sent_at", "signatures",
    )  # fmt: skip

    def __init__(self) -> None:
        self.about: p.ContractCreated | None = None
        self.created_at: int | None = None
        self.sent_at: int | None = None
        self.ended_at: int | None = None
        self.ended: p.ContractEnded | None = None
        self.signatures: dict[str, tuple[int, str, str]] = {}
        self.reminders: list[tuple[int]] = []
        self.flaws: set[str] = set()


def _created(it: _Contract, at: int, fact: p.ContractCreated) -> None:
    if it.about is not None:
        it.flaws.add("started_twice")
        return
    it.about, it.created_at = fact, at


def _sent(it: _Contract, at: int, fact: p.ContractSent) -> None:
    if it.sent_at is None:
        it.sent_at = at


def _signed(it: _Contract, at: int, fact: p.ContractSigned) -> None:
    it.signatures.setdefault(fact.party, (at, fact.party, fact.method))


def _reminded(it: _Contract, at: int, fact: p.ContractReminded) -> None:
    it.reminders.append((at,))


def _ended(it: _Contract, at: int, fact: p.ContractEnded) -> None:
    it.ended_at, it.ended = at, fact


_STEPS: Final[dict[type, Callable[[_Contract, int, Any], None]]] = {
    p.ContractCreated: _created,
    p.ContractSent: _sent,
    p.ContractSigned: _signed,
    p.ContractReminded: _reminded,
    p.ContractEnded: _ended,
}


def fold(facts: Sequence[Living]) -> ContractRow:
    """The row of a contract from its living facts in order."""
    it = _Contract()
    for living in facts:
        it.flaws.update(living.flaws)
        _STEPS[type(living.fact)](it, living.occurred_at, living.fact)
    if facts:
        _judge(it)
    return _row(it)


def _judge(it: _Contract) -> None:
    about = it.about
    if about is None:
        it.flaws.add("never_created")
        return
    if it.signatures and it.sent_at is None:
        it.flaws.add("never_sent")
    if it.sent_at is not None and any(at < it.sent_at for at, *_ in it.signatures.values()):
        it.flaws.add("signed_before_sent")
    if it.signatures.keys() - set(about.required):
        it.flaws.add("signed_by_other")
    if about.until_on is not None and about.until_on < about.from_on:
        it.flaws.add("ended_before_start_day")
    if it.ended is not None and it.ended.on < about.from_on:
        it.flaws.add("ended_before_start_day")


def _row(it: _Contract) -> ContractRow:
    about = it.about
    required = list(dict.fromkeys(about.required)) if about else []
    return ContractRow._make((
        about.placement if about else "",
        about.provider if about else "unknown",
        about.contract_type if about else "unknown",
        about.day_rule if about else "start_in_end_out",
        it.created_at,
        it.sent_at,
        _complete_at(it, required),
        day_number(about.from_on) if about else None,
        _until(it),
        it.ended_at,
        it.ended.reason if it.ended else "",
        about.daily_price_kr if about else None,
        required,
        *columns(sorted(it.signatures.values()), 3),
        *columns(it.reminders, 1),
        sorted(it.flaws),
    ))  # fmt: skip


def _complete_at(it: _Contract, required: Sequence[str]) -> int | None:
    """When every party that must sign had signed; None while one has not."""
    if not required or not all(party in it.signatures for party in required):
        return None
    return max(it.signatures[party][0] for party in required)


def _until(it: _Contract) -> int | None:
    """The day after the last one covered: as agreed, or earlier where it was ended."""
    if it.about is None:
        return None
    days = [day_number(day) + 1 for day in (it.about.until_on, it.ended.on if it.ended else None) if day]
    return min(days, default=STILL_DAY)
