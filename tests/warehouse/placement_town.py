"""Invented placements whose every figure can be counted by hand: a few odd ones in the first quarter of 2026
(9971), the politician's "13 or 50" (9961), and a team that works before placements (9962).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from schemas import cases as c
from schemas import placements as p
from schemas.envelope import Event
from schemas.reference import CapacitySet, PopulationSet
from tests.placing import ended, priced, pseudonym, started, tell

PLACED, CRIME, TEAM = "9971", "9961", "9962"


def placed(code: str = PLACED) -> list[Event]:
    """A girl in two homes at once, a boy who moves, a woman for no whole day, one whom nobody names, and two
    at the edges of the quarter.
    """
    ann = _who("ann", "woman", "13-17", "youth", "a", "LVU", "ra-1")
    bo = _who("bo", "man", "7-12", "children", "b", "SoL", None)
    di = _who("di", "woman", "30-64", "adults", "a", "SoL", None)
    fy = _who("fy", "man", "18-20", "youth", "a", "LVU", "ra-1")
    hvb = {"care_form": "residential_care_home", "tender_area": "hvb"}
    foster = {"care_form": "foster_home", "tender_area": "foster", "main_cause": "neglect"}
    told: list[tuple[str, p.PlacementFact, str]] = [
        ("ann", started("2026-01-10", main_cause="crime", **hvb, **ann), "2026-01-10"),
        ("ann", priced("2026-01-10", 5000), "2026-01-10"),
        ("ann", priced("2026-02-01", 6000, 100), "2026-02-01"),
        ("ann", ended("2026-02-10"), "2026-02-10"),
        ("again", started("2026-02-01", "B114", care_form="supported_housing", tender_area="supported",
                          main_cause="mental_health", **ann), "2026-02-01"),
        ("again", priced("2026-02-01", 2000), "2026-02-01"),
        ("again", p.PlacementEnded(on=date(2026, 3, 31)), "2026-03-31"),
        ("bo", started("2025-12-01", "B113", **foster, **bo), "2025-12-01"),
        ("bo", p.DirectAwardJustified(on=date(2025, 12, 1), reason="full"), "2025-12-02"),
        ("bo", priced("2026-01-31", 1000), "2026-01-31"),
        ("bo", p.PlacementMoved(on=date(2026, 3, 1), to_provider="B112", care_form=hvb["care_form"],
                                cause="breakdown", planned=False), "2026-03-01"),
        ("di", started("2026-02-05", "B115", care_form="protected_housing", tender_area="protected",
                       main_cause="violence", **di), "2026-02-05"),
        ("di", p.DirectAwardJustified(on=date(2026, 2, 5), reason="care_needs"), "2026-02-06"),
        ("di", ended("2026-02-05", "moved_home"), "2026-02-05"),
        ("ed", started("2026-03-20", "B116"), "2026-03-20"),
        ("ed", priced("2026-03-20", 3000), "2026-03-20"),
        ("fy", started("2025-10-01", main_cause="crime", **hvb, **fy), "2025-10-01"),
        ("fy", priced("2025-10-01", 4000), "2025-10-01"),
        ("fy", ended("2026-01-01", "moved_home"), "2026-01-01"),
        ("late", started("2026-04-01", "B113", **foster, **bo), "2026-04-01"),
    ]  # fmt: skip
    say = partial(tell, municipality=code)
    return [*(say(name, fact, on) for name, fact, on in told), *_contracts(code), *_providers(code),
            *_bills(code), *_inhabitants(code)]  # fmt: skip


def _who(
    name: str, sex: str, age_band: str, group: str, unit: str, law: str, framework: str | None
) -> dict[str, Any]:
    return {"person": pseudonym("person", name), "sex": sex, "age_band": age_band, "target_group": group,
            "unit": unit, "law": law, "framework": framework}  # fmt: skip


def _contracts(code: str) -> list[Event]:
    """Day rules other than the usual one: both days for ann, the last one only for ed."""
    rules = {"ann": ("both_in", "B112", "2026-01-10"), "ed": ("start_out_end_in", "B116", "2026-03-20")}
    return [
        tell(f"contract of {name}", p.ContractCreated(
            placement=pseudonym("placement", name), provider=provider, contract_type="new_admission",
            from_on=date.fromisoformat(on), day_rule=rule,  # type: ignore[arg-type]
        ), on, municipality=code)
        for name, (rule, provider, on) in rules.items()
    ]  # fmt: skip


def _providers(code: str) -> list[Event]:
    """Where two of the providers lie; of the others nobody told."""
    lies = {"B112": "0484", "B113": "0480"}
    return [
        tell(
            name, p.ProviderRegistered(on=date(2025, 1, 1), located_in=where), "2025-01-01", municipality=code
        )
        for name, where in lies.items()
    ]


def _bills(code: str) -> list[Event]:
    """Five lines: a right one, one with two days too many that were given back, one over the turn of the year
    and booked late, one of a placement that nobody told of, and one that ends before it begins.
    """
    lines = [
        ("1", "ann", "B112", "2026-01-10", "2026-01-31", 22, 5000.0, 110_000.0),
        ("2", "ann", "B112", "2026-02-01", "2026-02-12", 12, 6000.0, 72_000.0),
        ("3", "bo", "B113", "2025-12-17", "2026-01-15", 30, 1000.0, 30_000.0),
        ("4", "ghost", "B117", "2026-03-01", "2026-03-10", 10, 500.0, 5_000.0),
        ("5", "again", "B114", "2026-03-05", "2026-03-01", 0, 0.0, 700.0),
    ]
    received = [
        (number, p.InvoiceReceived(
            placement=pseudonym("placement", name), provider=provider, from_on=date.fromisoformat(first),
            last_on=date.fromisoformat(last), days=days, daily_price_kr=price, amount_kr=kr), "2026-03-12")
        for number, name, provider, first, last, days, price, kr in lines
    ]  # fmt: skip
    afterwards: list[tuple[str, p.InvoiceFact, str]] = [
        ("1", p.InvoiceReviewed(verdict="accepted"), "2026-03-13"),
        ("1", p.InvoiceBooked(on=date(2026, 3, 14), amount_kr=110_000), "2026-03-14"),
        ("2", p.InvoiceReviewed(verdict="credited", credited_kr=12_000), "2026-03-13"),
        ("2", p.InvoiceBooked(on=date(2026, 3, 31), amount_kr=60_000), "2026-03-31"),
        ("3", p.InvoiceBooked(on=date(2026, 4, 1), amount_kr=30_000), "2026-04-01"),
    ]
    return [tell(number, fact, on, municipality=code) for number, fact, on in [*received, *afterwards]]


def _inhabitants(code: str) -> list[Event]:
    """Those aged 0 to 20 at two turns of a year."""
    told = [(2024, "woman", 300), (2024, "man", 700), (2025, "woman", 400), (2025, "man", 500)]
    return [
        tell(f"{year}.{sex}", PopulationSet(year=year, persons=persons, age_band="0-20", sex=sex),  # type: ignore[arg-type]
             f"{year}-12-31", municipality=code)
        for year, sex, persons in told
    ]  # fmt: skip


def crime(code: str = CRIME) -> list[Event]:
    """50 persons placed for crime at some time of 2025: 43 from before, of whom 37 leave, and 7 new ones. 13
    are left. Others are placed for neglect.
    """
    events = []
    for number in range(70):
        name, cause = f"p{number}", "crime" if number < 50 else "neglect"
        since = "2025-05-05" if number < 7 else "2024-08-19"
        fact = started(since, main_cause=cause, sex="man", age_band="18-20", person=pseudonym("person", name))
        events.append(tell(name, fact, since, municipality=code))
        if 13 <= number < 50:
            events.append(tell(name, ended("2025-10-10"), "2025-10-10", municipality=code))
    return events


def team(code: str = TEAM) -> list[Event]:
    """Eighty youths who had the team's help, twenty places a year for five years; fifteen were placed in the
    year after. More at the edges: nobody named, ended too lately, and before placements were told of.
    """
    events = [
        tell(
            "first",
            started("2024-01-01", person=pseudonym("person", "first")),
            "2024-01-01",
            municipality=code,
        )
    ]
    for number in range(80):
        began = date(2020, 1, 1) + timedelta(days=22 * number)
        events += _helped(code, f"y{number}", began, date(2025, 2, 3), pseudonym("person", f"y{number}"))
    days = {0: 0, 1: 364, 2: 365, 3: -1} | dict.fromkeys(range(4, 17), 30)  # y2 too late, y3 before
    for number, after in days.items():
        on = str(date(2025, 2, 3) + timedelta(days=after))
        fact = started(on, person=pseudonym("person", f"y{number}"))
        events.append(tell(f"of y{number}", fact, on, municipality=code))
    events += _helped(code, "nobody", date(2024, 3, 1), date(2024, 6, 1), None, "talks")
    events += _helped(
        code, "early", date(2023, 2, 1), date(2023, 6, 1), pseudonym("person", "early"), "talks"
    )
    events += _helped(code, "late", date(2025, 2, 1), date(2025, 12, 1), pseudonym("person", "late"), "talks")
    return [*events, tell("family_team", CapacitySet("family_team", 20, date(2020, 1, 1)), "2020-01-01",
                          municipality=code)]  # fmt: skip


def _helped(
    code: str, name: str, began: date, ended: date, person: str | None, service: str = "family_team"
) -> list[Event]:
    facts = [
        (
            c.ApplicationReceived(unit="a", person=person, sex="woman", age_band="13-17"),
            began - timedelta(days=9),
        ),
        (c.Decided("granted", service_follows=True, service_type=service), began - timedelta(days=2)),
        (c.ServiceStarted(), began),
        (c.ServiceEnded("goal_reached"), ended),
    ]
    return [tell(name, fact, str(on), municipality=code) for fact, on in facts]
