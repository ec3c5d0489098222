from __future__ import annotations

import csv
from pathlib import Path

import pytest

from schemas.envelope import Event
from schemas.reference import PopulationSet
from tests.producers.making import DATA, SHARED, events

EXTRACT = DATA / "population_scb_extract.csv"
WHOLE = SHARED / "sweden_reference" / "population_scb_2001_2021.csv"


def persons(made: list[Event]) -> dict[tuple[str, int, str], int]:
    """Persons by municipality, year and band ("" is all)."""
    facts = [(event.kommunkod, event.data) for event in made if isinstance(event.data, PopulationSet)]
    return {(code, fact.year, fact.age_band or ""): fact.persons for code, fact in facts}


def counted(file: Path) -> dict[tuple[str, int, str], int]:
    """The same from the rows, without the source."""
    found: dict[tuple[str, int, str], int] = {}
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            code, year = row["municipality_code"], int(row["population_date"][:4])
            found[code, year, ""] = int(row["population"])
            for column, band in (("share0_19", "0-19"), ("share75_", "75+")):
                exact = float(row[column]) * int(row["population"])
                assert abs(exact - round(exact)) < 1e-6
                found[code, year, band] = round(exact)
    return found


def test_persons_are_those_of_the_rows() -> None:
    found = persons(events("population_scb", EXTRACT, ""))
    assert found == counted(EXTRACT)
    assert len(found) == 29 * 3
    assert (found["0114", 2001, ""], found["0114", 2001, "0-19"]) == (37_524, 9_647)


def test_each_figure_is_an_entity_of_its_own_in_its_municipality() -> None:
    made = events("population_scb", EXTRACT, "")
    assert "0114/population/2001.0-19" in {event.subject for event in made}
    assert len({event.subject for event in made}) == len(made)
    assert {f"{event.time:%m-%d %H:%M}" for event in made} == {"12-30 23:00"}  # 31 December begins in Sweden


@pytest.mark.slow
def test_the_whole_file_comes_out_exactly() -> None:
    if not WHOLE.exists():
        pytest.skip(f"NOT CHECKED against the real data: {WHOLE} is missing")
    found = persons(events("population_scb", WHOLE, ""))
    assert found == counted(WHOLE)
    assert len({code for code, _, _ in found}) == 290
