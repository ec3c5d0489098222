"""What a fact is called in its history, and its fields in words; titles of placements here. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work import assistance_facts, case_facts, device_facts
from apps.work.names import Names, Title, device, kronor
from schemas import placements as p
from schemas.envelope import Event, Fact

_TITLES: Final[dict[type[Fact], Title]] = {
    p.PlacementStarted: lambda f, n: say("t_started", cause=n.of("main_cause", f.main_cause).lower()),
    p.PlacementMoved: lambda f, n: say(
        "t_moved", provider=n.provider(f.to_provider), cause=n.of("cause", f.cause).lower()
    ),
    p.PlacementExtended: lambda f, n: say("t_extended", day=wording.day(f.planned_until_on)),
    p.PlacementEnded: lambda f, n: say("t_ended", reason=n.of("end_reason", f.reason).lower()),
    p.CustodyTransferConsidered: lambda f, n: say("t_custody_transfer"),
    p.PriceSet: lambda f, n: say("t_price", kr=kronor(f.daily_price_kr), day=wording.day(f.from_on)),
    p.DirectAwardJustified: lambda f, n: say("t_award", reason=term(terms.AWARD_REASONS, f.reason)),
    p.RequestSent: lambda f, n: say("t_request", provider=n.provider(f.provider)),
    p.ContractCreated: lambda f, n: say(
        "t_contract", type=term(terms.CONTRACT_TYPES, f.contract_type), until=_until(f)
    ),
    p.ContractSent: lambda f, n: say("t_sent"),
    p.ContractSigned: lambda f, n: say(
        "t_signed", party=term(terms.PARTIES, f.party), method=term(terms.SIGNING, f.method)
    ),
    p.ContractReminded: lambda f, n: say("t_reminded"),
    p.ContractEnded: lambda f, n: say("t_contract_ended", day=wording.day(f.on)),
    p.InvoiceReceived: lambda f, n: say(
        "t_invoice", first=wording.day(f.from_on), last=wording.day(f.last_on), kr=kronor(f.amount_kr)
    ),
    p.InvoiceReviewed: lambda f, n: say("t_reviewed", verdict=term(terms.VERDICTS, f.verdict)),
    p.InvoiceBooked: lambda f, n: say("t_booked", kr=kronor(f.amount_kr), day=wording.day(f.on)),
    **assistance_facts.TITLES,
    **device_facts.TITLES,
    **case_facts.TITLES,
}  # fmt: skip


def _until(fact: p.ContractCreated) -> str:
    return wording.day(fact.until_on) if fact.until_on else say("until_further_notice")


def title(event: Event, names: Names) -> str:
    """What happened, in a few words."""
    fact = event.data
    if isinstance(fact, p.RequestAnswered):
        who = names.provider(names.asked.get(event.subject))
        return say("t_answer", provider=who, answer=term(terms.ANSWERS, fact.answer))
    told = _TITLES.get(type(fact))
    return told(fact, names) if told else type(fact).TYPE


_TERMS: Final = {
    "sex": terms.SEXES,
    "contract_type": terms.CONTRACT_TYPES,
    "day_rule": terms.DAY_RULES,
    "party": terms.PARTIES,
    "required": terms.PARTIES,
    "method": terms.SIGNING,
    "answer": terms.ANSWERS,
    "verdict": terms.VERDICTS,
    "payer": terms.PAYERS,
    "regi": terms.REGI,
    "kind": terms.COST_KINDS,
    "how": terms.ALARM_CONTACTS,
}
_LISTED: Final = (
    "care_form", "target_group", "tender_area", "main_cause", "unit", "cause", "service", "about",
)  # fmt: skip


def shown(name: str, fact: type[Fact], old: Any, new: Any, names: Names) -> dict[str, str]:
    """A changed field as `what`, `old` and `new`. Who a person is, is never shown: only that it changed."""
    if name == "until_on" and fact in assistance_facts.HALF_OPEN:
        last = assistance_facts.through
        return {"what": say("f_through"), "old": last(old), "new": last(new)}
    what = say("f_" + name)
    if name in ("person", "handler"):
        return {"what": what, "old": say("f_one_" + name), "new": say("f_other_" + name)}
    return {"what": what, "old": _value(name, fact, old, names), "new": _value(name, fact, new, names)}


def _value(name: str, fact: type[Fact], value: Any, names: Names) -> str:
    if value is None or value == "unknown":
        return say("missing")
    if isinstance(value, bool):
        return say("yes" if value else "no")
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, (int, float)):
        return (
            kronor(value) if name.endswith("_kr") else wording.number(value, 0 if value == int(value) else 1)
        )
    if isinstance(value, tuple):
        return ", ".join(term(terms.PARTIES, part) for part in value)
    return _code(name, fact, value, names)


def _code(name: str, fact: type[Fact], code: str, names: Names) -> str:
    if own := case_facts.of_code(name, fact, code, names):
        return own
    if name.endswith("provider"):
        return names.provider(code)
    if name == "device":
        return device(code)
    if name in _TERMS:
        return term(_TERMS[name], code)
    if name == "reason":
        return (
            term(terms.AWARD_REASONS, code)
            if fact is p.DirectAwardJustified
            else names.of("end_reason", code)
        )
    return names.of(name, code) if name in _LISTED else code.replace("-", "–") if name == "age_band" else code
