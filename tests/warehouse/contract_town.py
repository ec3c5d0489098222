"""Contracts, invoices, requests and providers around six invented placements of 2026 (municipality 9972).

On 10 March all six go on and three have a signed contract; every figure can be counted by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, Literal

import msgspec

from schemas import placements as p
from schemas.codes import ContractType
from schemas.envelope import Event, Fact
from tests.placing import ended, priced, pseudonym, started, tell

CONTRACTED = "9972"
HOME, ROOM, FOSTER = "residential_care_home", "supported_housing", "foster_home"
Method = Literal["digital", "paper", "unknown"]
Told = tuple[str, Fact, str]


def contracted(code: str = CONTRACTED) -> list[Event]:
    """Everything told of the town."""
    told = [*_placements(), *_contracts(), *_invoices(), *_requests(), *_providers()]
    said: list[Event] = []
    for (name, kind), facts in groupby(sorted(told, key=_entity), key=_entity):
        said += [
            tell(name, fact, on, municipality=code, what=f"{kind} {number}")
            for number, (_, fact, on) in enumerate(facts)
        ]
    return said


def _entity(told: Told) -> tuple[str, str]:
    return told[0], told[1].KIND


def _placements() -> Iterator[Told]:
    young: dict[str, Any] = {"target_group": "youth", "unit": "a", "age_band": "13-17"}
    grown: dict[str, Any] = {"target_group": "adults", "unit": "b", "age_band": "30-64"}
    starts = {
        "one": ("2026-01-10", "B201", HOME, young, 5000), "two": ("2026-02-01", "B202", ROOM, grown, 2000),
        "three": ("2026-01-20", "B201", HOME, young, 0), "four": ("2025-06-01", "B202", ROOM, grown, 2500),
        "five": ("2025-11-01", "B203", HOME, grown, 3000), "six": ("2026-03-01", "B203", FOSTER, young, 1000),
    }  # fmt: skip
    for name, (on, provider, care_form, about, price) in starts.items():
        yield name, started(on, provider, care_form=care_form, **about), on
        if price:  # of three nobody told the price
            yield name, priced(on, price), on
    yield "two", ended("2026-03-20"), "2026-03-20"


def _contract(
    name: str, placement: str, provider: str, days: tuple[str, str], sent: str, *signed: tuple[str, Method],
    kind: ContractType = "new_admission", created: str = "",
) -> Iterator[Told]:  # fmt: skip
    """Of these days (last may be ""), sent ("" if not), signed by the municipality and by the provider."""
    first, last = days
    yield name, p.ContractCreated(
        placement=pseudonym("placement", placement), provider=provider, contract_type=kind,
        from_on=date.fromisoformat(first), until_on=date.fromisoformat(last) if last else None,
    ), created or sent  # fmt: skip
    if sent:
        yield name, p.ContractSent(), sent
    parties: tuple[Literal["municipality", "provider"], ...] = ("municipality", "provider")
    for party, (on, method) in zip(parties, signed, strict=False):
        yield name, p.ContractSigned(party=party, method=method), on


def _contracts() -> Iterator[Told]:
    yield from _contract("c1", "one", "B201", ("2026-01-10", "2026-04-30"), "2026-01-09",
                         ("2026-01-12", "digital"), ("2026-01-19", "paper"))  # fmt: skip
    yield from _contract("c1 longer", "one", "B201", ("2026-03-01", "2026-06-30"), "2026-02-10",
                         ("2026-02-20", "digital"), ("2026-02-20", "digital"), kind="extension")  # fmt: skip
    yield from _contract("c2", "two", "B202", ("2026-02-01", ""), "2026-01-28",
                         ("2026-02-03", "digital"), ("2026-02-03", "digital"))  # fmt: skip
    yield from _contract("c3", "three", "B201", ("2026-01-20", ""), "", created="2026-01-25")
    yield from _contract("c4", "four", "B202", ("2025-06-01", "2026-01-31"), "2025-05-25",
                         ("2025-06-01", "paper"), ("2025-06-01", "unknown"))  # fmt: skip
    yield from _contract("c4 longer", "four", "B202", ("2026-02-01", "2026-08-31"), "2026-03-01",
                         ("2026-03-02", "digital"), kind="extension", created="2026-02-20")  # fmt: skip
    yield from _contract("c5", "five", "B203", ("2025-11-01", "2026-02-28"), "2025-11-03",
                         ("2025-11-03", "paper"), ("2025-11-03", "paper"))  # fmt: skip
    yield from _contract("c6", "six", "B203", ("2026-03-01", "2026-03-31"), "2026-02-25",
                         ("2026-03-09", "digital"), ("2026-03-09", "unknown"), kind="relocation")  # fmt: skip
    yield from _contract("c0", "nowhere", "B204", ("2026-03-05", "2026-05-15"), "2026-03-05",
                         kind="relocation")  # fmt: skip


def _line(
    placement: str, provider: str, first: str, last: str, days: float, price: float
) -> p.InvoiceReceived:
    return p.InvoiceReceived(
        placement=pseudonym("placement", placement), provider=provider, from_on=date.fromisoformat(first),
        last_on=date.fromisoformat(last), days=days, daily_price_kr=price, amount_kr=days * price,
    )  # fmt: skip


def _invoices() -> Iterator[Told]:
    """Two days and 150 kronor a day too much, the last day of a stay, and what cannot be computed."""
    yield "i1", _line("one", "B201", "2026-01-10", "2026-01-31", 22, 5000), "2026-02-05"
    yield "i1", p.InvoiceReviewed(verdict="accepted"), "2026-02-06"
    yield "i2", _line("one", "B201", "2026-02-01", "2026-02-28", 30, 5150), "2026-03-05"
    yield "i3", _line("two", "B202", "2026-02-01", "2026-02-28", 28, 2000), "2026-03-06"
    yield "i4", _line("two", "B202", "2026-03-01", "2026-03-20", 20, 2000), "2026-03-28"
    yield "i4", p.InvoiceReviewed(verdict="credited", credited_kr=2000.0), "2026-03-30"
    yield "i5", _line("nowhere", "B204", "2026-03-05", "2026-03-08", 4, 9000), "2026-03-10"
    yield "i6", _line("three", "B201", "2026-02-01", "2026-02-28", 28, 4000), "2026-03-07"
    yield "i7", _line("one", "B201", "2026-03-01", "2026-03-31", 31, 5001), "2026-04-05"


def _requests() -> Iterator[Told]:
    asked = {
        "r1": ("one", "B201", HOME, "hvb", "2026-01-05"), "r2": ("one", "B203", HOME, "hvb", "2026-01-05"),
        "r3": ("three", "B201", HOME, "hvb", "2026-01-15"),
        "r4": ("sought", "B202", ROOM, "supported", "2026-02-10"),
        "r5": ("six", "B203", FOSTER, "foster", "2026-02-20"),
    }  # fmt: skip
    for name, (placement, provider, care_form, area, on) in asked.items():
        yield name, p.RequestSent(provider=provider, placement=pseudonym("placement", placement),
                                  care_form=care_form, tender_area=area), on  # fmt: skip
    yield "r1", p.RequestAnswered(answer="offered"), "2026-01-06"
    yield "r2", p.RequestAnswered(answer="full"), "2026-01-07"
    yield "r4", p.RequestAnswered(answer="declined"), "2026-02-13"
    yield "r5", p.RequestAnswered(answer="offered"), "2026-02-21"


def _providers() -> Iterator[Told]:
    """Three are rated, of B202 too little to be shown, of B205 nothing is heard; two have what to mend."""
    lie = {"B201": (HOME, "0484"), "B202": (ROOM, "0480"), "B203": (HOME, "0480"), "B205": (ROOM, None)}
    for provider, (care_form, place) in lie.items():
        yield provider, p.ProviderRegistered(
            on=date(2025, 10, 1), care_form=care_form, located_in=place
        ), "2025-10-01"  # fmt: skip
    framework = p.FrameworkRegistered(agreement="ra-1", tender_area="hvb", from_on=date(2025, 10, 1))
    yield "B201", framework, "2025-10-02"
    yield "B205", msgspec.structs.replace(framework, until_on=date(2026, 2, 28)), "2025-10-02"
    for provider, placement, on, scores in _FOLLOW_UPS:
        plan, difference, reporting = scores
        yield provider, p.ProviderFollowedUp(
            on=date.fromisoformat(on), placement=pseudonym("placement", placement) if placement else None,
            plan_followed=plan, difference_made=difference, reporting=reporting,
        ), on  # fmt: skip
    lacking = (("B201", "d1", "2026-02-01"), ("B201", "d2", "2026-02-08"), ("B203", "d1", "2026-03-01"))
    for provider, code, noted in lacking:
        yield provider, p.DeficiencyNoted(on=date.fromisoformat(noted), deficiency=code), noted
    yield "B201", p.DeficiencyMended(on=date(2026, 2, 20), deficiency="d1"), "2026-02-20"


_FOLLOW_UPS: tuple[tuple[str, str, str, tuple[int | None, int | None, int | None]], ...] = (
    ("B201", "three", "2026-01-15", (5, 4, 3)), ("B201", "three", "2026-01-20", (4, 4, 4)),
    ("B201", "", "2026-02-15", (3, 3, 3)), ("B201", "", "2026-03-01", (5, 5, 5)),
    ("B201", "", "2026-03-02", (None, 4, None)), ("B201", "", "2026-03-03", (None, None, None)),
    ("B202", "two", "2026-02-20", (5, 5, 5)), ("B202", "four", "2025-11-30", (5, 5, 5)),
    ("B203", "five", "2026-01-10", (2, 2, 2)), ("B203", "five", "2026-01-20", (2, 2, 2)),
    ("B203", "five", "2026-02-10", (2, 2, 2)), ("B203", "five", "2026-02-20", (3, 3, 3)),
    ("B203", "", "2026-03-05", (1, 1, 1)),
    # half a year after the start: on the very day, and the day after
    ("B201", "one", "2026-07-11", (4, 4, 4)), ("B203", "five", "2026-05-03", (2, 2, 2)),
)  # fmt: skip
