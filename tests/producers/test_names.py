"""Every code that a foreign source makes of its texts has a name in its municipality's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schemas.devices import DoseDue
from schemas.municipality import municipality
from schemas.placements import PlacementEnded, PlacementMoved, PlacementStarted
from tests.producers.making import DATA, SHARED, events, run
from tests.producers.test_sffd_visits import performed

TOTALS = {"total", "total-children", "all-placements"}
STAYS = (DATA / "mimic_stays_extract.csv", SHARED / "mimic_iv_demo_care" / "stay_events.csv.gz")
MOVES = (DATA / "nz_moves_extract.csv", SHARED / "placement_moves_nz" / "nz_transfers_2018_2021.csv.gz")
VISITS = (
    DATA / "sffd_visits_extract.csv",
    SHARED / "visits_sffd_2020" / "sffd_unit_responses_2020-04.csv.gz",
)
TABLES = (DATA / "england_cla", SHARED / "placements_england_cla")
OF_TABLES = {"category-of-need": "main_cause", "reason-episode-ceased": "end_reason",
             "placement_group": "care_form", "reason_for_change": "cause"}  # fmt: skip


def unnamed(code: str, **told: set[Any]) -> dict[str, set[Any]]:
    """Codes without a name, by dimension."""
    names = municipality(code).codes
    missing = {name: found - names.get(name, {}).keys() - {"unknown", None} for name, found in told.items()}
    return {name: codes for name, codes in missing.items() if codes}


def there(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"NOT CHECKED against the real data: {path} is missing")
    return path


@pytest.mark.parametrize("file", STAYS, ids=["extract", "whole"])
def test_every_cause_form_and_end_of_a_stay_has_a_name(file: Path) -> None:
    facts = [event.data for event in events("mimic_stays", there(file), "9903")]
    starts = [fact for fact in facts if isinstance(fact, PlacementStarted)]
    moves = [fact for fact in facts if isinstance(fact, PlacementMoved)]
    assert starts and unnamed(
        "9903", main_cause={fact.main_cause for fact in starts},
        care_form={fact.care_form for fact in starts} | {fact.care_form for fact in moves},
        end_reason={fact.reason for fact in facts if isinstance(fact, PlacementEnded)},
    ) == {}  # fmt: skip


@pytest.mark.parametrize("file", MOVES, ids=["extract", "whole"])
def test_every_cause_and_institution_of_a_move_has_a_name(file: Path) -> None:
    facts = [event.data for event in events("nz_moves", there(file), "9904")]
    provider = {fact.from_provider for fact in facts} | {fact.to_provider for fact in facts}
    assert facts and unnamed("9904", cause={fact.cause for fact in facts}, provider=provider) == {}


@pytest.mark.parametrize("file", VISITS, ids=["extract", "whole"])
def test_every_unit_service_and_purpose_of_a_visit_has_a_name(file: Path) -> None:
    visits = performed(run("sffd_visits", there(file), "9906")[0])
    service, purpose = {visit.service for visit in visits}, {visit.purpose for visit in visits}
    assert visits and unnamed("9906", service=service, purpose=purpose) == {}
    assert {visit.unit for visit in visits} <= municipality("9906").every_unit.keys()


def test_the_unit_of_doses_has_a_name() -> None:
    made = events("mimic_doses", DATA / "mimic_doses_extract.csv", "9903")
    units = {event.data.unit for event in made if isinstance(event.data, DoseDue)}
    assert units == municipality("9903").every_unit.keys()


@pytest.mark.parametrize("folder", TABLES, ids=["extract", "whole"])
def test_every_need_form_end_and_reason_of_the_tables_has_a_name(folder: Path) -> None:
    told: dict[str, set[str]] = {name: set() for name in OF_TABLES.values()}
    for file in sorted(there(folder).glob("national*.csv")):
        for fact in (event.data for event in events("england_cla", file, "9905")):
            if name := OF_TABLES.get(fact.dimension):
                told[name].add(fact.characteristic)
            if name := OF_TABLES.get(fact.split_by or ""):
                told[name].add(fact.split)
    assert all(told.values())
    assert unnamed("9905", **{name: codes - TOTALS for name, codes in told.items()}) == {}
