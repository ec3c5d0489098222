"""A few invented placements whose every figure of the first quarter of 2026 can be counted by hand (9971)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from schemas import placements as p
from schemas.envelope import Event
from tests.placing import ended, priced, pseudonym, started, tell

PLACED = "9971"


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
    return [*(say(name, fact, on) for name, fact, on in told), *_contracts(code), *_providers(code)]


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
