"""Placements that do not fit what is told around them: one of each kind of flaw between entities (9973), and
beside it what lies on the right side of the same line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from schemas import placements as p
from schemas.envelope import Event, Fact
from tests.placing import ended, priced, pseudonym, started, tell

FLAWED = "9973"
STAYS = {  # name: person, first day, day of the end ("" while it lasts)
    "first": ("ann", "2026-01-01", "2026-02-01"),
    "overlapping": ("ann", "2026-01-31", "2026-03-01"),
    "same day": ("ann", "2026-03-01", "2026-04-01"),
    "gap": ("bo", "2026-01-01", "2026-03-01"),
    "too short": ("di", "2026-01-01", "2026-03-01"),
    "runs on": ("ed", "2026-01-01", ""),
}
CONTRACTS = {  # name: placement, first and last day
    "whole": ("first", "2026-01-01", "2026-02-01"),
    "before the gap": ("gap", "2026-01-01", "2026-01-31"),
    "after the gap": ("gap", "2026-02-03", "2026-02-28"),
    "ends early": ("too short", "2026-01-01", "2026-02-27"),
    "ran out": ("runs on", "2026-01-01", "2026-02-15"),
    "after the end": ("first", "2026-02-02", "2026-03-10"),
    "before the start": ("same day", "2026-02-01", "2026-02-28"),
    "of the same day": ("same day", "2026-03-01", "2026-03-31"),
    "for nobody": ("nowhere", "2026-01-01", "2026-02-01"),
}
LINES = {  # name: placement, first and last day
    "until the end": ("first", "2026-01-01", "2026-02-01"),
    "too long": ("first", "2026-01-01", "2026-02-02"),
    "too early": ("gap", "2025-12-31", "2026-01-31"),
    "for nobody": ("nowhere", "2026-01-01", "2026-01-31"),
}


def flawed(code: str = FLAWED) -> list[Event]:
    """Everything told of the town."""
    told = [*_stays(), *_paper()]
    return [tell(name, fact, on, municipality=code) for name, fact, on in told]


def _stays() -> Iterator[tuple[str, Fact, str]]:
    for name, (person, first, end) in STAYS.items():
        yield name, started(first, person=pseudonym("person", person)), first
        yield name, priced(first, 1000), first
        if end:
            yield name, ended(end), end


def _paper() -> Iterator[tuple[str, Fact, str]]:
    about: dict[str, Any] = {"provider": "B112"}
    for name, (placement, first, last) in CONTRACTS.items():
        yield name, p.ContractCreated(
            placement=pseudonym("placement", placement), contract_type="new_admission",
            from_on=date.fromisoformat(first), until_on=date.fromisoformat(last), **about,
        ), first  # fmt: skip
    for name, (placement, first, last) in LINES.items():
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days
        yield name, p.InvoiceReceived(
            placement=pseudonym("placement", placement), from_on=date.fromisoformat(first),
            last_on=date.fromisoformat(last), days=days, daily_price_kr=1000, amount_kr=1000 * days, **about,
        ), last  # fmt: skip
    yield "B112", p.ProviderFollowedUp(
        on=date(2026, 1, 20), placement=pseudonym("placement", "nowhere"), reporting=3
    ), "2026-01-20"  # fmt: skip
