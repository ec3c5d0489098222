"""Placements whose every answer can be counted by hand (municipality 9985), as of 22 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from schemas import placements as p
from schemas.envelope import Actor, Event
from tests.placing import PLACES, ended, noon, priced, pseudonym, started, tell

TODAY: Final = date(2026, 11, 22)
AT: Final = noon("2026-11-22")
COORDINATOR: Final = Actor(role="coordinator", pseudonym=pseudonym("actor", "one"))
RESIDENTIAL: Final[dict[str, Any]] = {
    "care_form": "residential_care_home",
    "target_group": "youth",
    "unit": "barn-unga",
}


def contract(
    name: str, from_on: str, until_on: str | None, *, signed: str = "", sent: str = "", provider: str = "B112"
) -> list[Event]:
    """A contract about the placement of that name up to its first dash."""
    placement = pseudonym("placement", name.split("-")[0])
    made = p.ContractCreated(
        placement=placement, provider=provider, contract_type="new_admission",
        from_on=date.fromisoformat(from_on), until_on=date.fromisoformat(until_on) if until_on else None,
    )  # fmt: skip
    told = [tell(name, made, from_on, actor=COORDINATOR)]
    if sent or signed:
        told.append(tell(name, p.ContractSent(), sent or from_on))
    for party in ("municipality", "provider") if signed else ():
        told.append(tell(name, p.ContractSigned(party=party), signed, what=f"signed {party}"))
    return told


def line(name: str, days: float, daily: float, **said: Any) -> Event:
    """An invoice for October about the placement of that name up to its first dash."""
    placement = pseudonym("placement", name.split("-")[0])
    fact = p.InvoiceReceived(
        placement=placement, provider=said.pop("provider", "B112"), from_on=date(2026, 10, 1),
        last_on=date(2026, 10, 31), days=days, daily_price_kr=daily, amount_kr=days * daily,
    )  # fmt: skip
    return tell(name, fact, "2026-11-05", **said)


def home(name: str, on: str, provider: str, daily_kr: float | None = None, **said: Any) -> list[Event]:
    """A placement that begins, at a price where there is one."""
    begins = tell(name, started(on, provider, **said), on, actor=COORDINATOR)
    return [begins] if daily_kr is None else [begins, tell(name, priced(on, daily_kr), on)]


def award(name: str, on: str, reason: str) -> Event:
    """Why it is outside the framework."""
    fact = p.DirectAwardJustified(on=date.fromisoformat(on), reason=reason)  # type: ignore[arg-type]
    return tell(name, fact, on)


def placements() -> list[Event]:
    """Nine that go on and one that has ended, each with what makes it the answer to a question."""
    inside: dict[str, Any] = {"framework": "ra-2024-07"}
    girl: dict[str, Any] = (
        RESIDENTIAL | inside | {"sex": "woman", "age_band": "13-17", "main_cause": "neglect"}
    )
    boy = RESIDENTIAL | {"sex": "man", "age_band": "13-17", "main_cause": "substance_use"}
    young = {"sex": "man", "age_band": "18-20", "main_cause": "crime", "care_form": "supported_housing",
             "target_group": "youth", "unit": "barn-unga"}  # fmt: skip
    safe = inside | {"sex": "woman", "age_band": "30-64", "main_cause": "violence", "unit": "vuxen",
                     "care_form": "protected_housing", "target_group": "adults"}  # fmt: skip
    foster: dict[str, Any] = {"care_form": "foster_home", "target_group": "children", "unit": "barn-unga"}
    twice: dict[str, Any] = foster | inside | {"person": pseudonym("person", "x")}
    corrected: dict[str, Any] = {
        "recordedtime": noon("2026-03-09"),
        "reason": "wrong_code",
        "actor": COORDINATOR,
    }
    return [
        *home("signed", "2026-03-02", "B112", **girl),
        tell("signed", priced("2026-03-02", 6400, 50), "2026-03-02", actor=COORDINATOR),
        tell("signed", priced("2026-03-02", 6450, 50), "2026-03-02", **corrected),
        *contract("signed-1", "2026-03-02", "2027-06-30", signed="2026-03-04"),
        *home("late", "2026-11-02", "B087", 3210, **young),
        award("late", "2026-11-02", "full"),
        *contract("late-1", "2026-11-02", "2027-11-01", sent="2026-11-06", provider="B087"),
        *home("safe", "2026-06-01", "S1", 4100, **safe),
        *contract("safe-1", "2026-06-01", "2026-12-04", signed="2026-06-02", provider="S1"),
        *home("over", "2026-01-05", "B113", 7800, **boy),
        award("over", "2026-01-05", "care_needs"),
        *contract("over-1", "2026-01-05", "2026-11-18", signed="2026-01-07", provider="B113"),
        *home("bare", "2026-10-01", "B112", 6450, **inside, **RESIDENTIAL),
        *home("month", "2026-09-10", "F1", **foster, **inside),
        *contract("month-1", "2026-09-10", "2027-01-15", signed="2026-10-20", provider="F1"),
        *home("quarter", "2026-09-10", "F1", **foster),
        *contract("quarter-1", "2026-09-10", "2027-02-18", sent="2026-09-11", provider="F1"),
        *home("still", "2026-09-10", "F1", **twice),
        *contract("still-1", "2026-09-10", None, signed="2026-09-12", provider="F1"),
        *home("again", "2026-09-11", "F1", **twice),
        *contract("again-1", "2026-09-11", None, signed="2026-09-12", provider="F1"),
        *home("gone", "2026-02-01", "B112", 6000, **RESIDENTIAL),
        tell("gone", ended("2026-05-01"), "2026-05-01"),
    ]


def provider(code: str, care_form: str, located_in: str) -> Event:
    """It is registered."""
    fact = p.ProviderRegistered(on=date(2024, 5, 6), care_form=care_form, located_in=located_in)
    return tell(code, fact, "2024-05-06")


def around() -> list[Event]:
    """Providers with deficiencies, and invoice lines: right, a day too many, a wrong price, settled."""
    october = {"signed-i1": (31, 6450.0), "over-i1": (33, 7800.0), "bare-i1": (31, 6550.0)}
    strange = {"gone-i1": (3, 100.0), "nobody-i1": (10, 1000.0)}
    noted = {"d-1": ("2026-06-01", "staffing"), "d-2": ("2026-05-01", "premises")}
    return [
        provider("B112", "residential_care_home", "0484"),
        provider("B113", "residential_care_home", "0580"),
        provider("S1", "protected_housing", "0581"),
        *(tell("B113", p.DeficiencyNoted(on=date.fromisoformat(on), deficiency=code, about=about), on)
          for code, (on, about) in noted.items()),
        tell("B113", p.DeficiencyMended(on=date(2026, 7, 1), deficiency="d-2"), "2026-07-01"),
        *(line(name, days, daily) for name, (days, daily) in (october | strange).items()),
        line("safe-i1", 31, 4200.0, provider="S1"),
        tell("safe-i1", p.InvoiceReviewed(verdict="credited", credited_kr=3100.0), "2026-11-10"),
    ]  # fmt: skip


def town() -> list[Event]:
    """All of it."""
    return placements() + around()


__all__ = ["AT", "PLACES", "TODAY", "town"]
