"""Inhabitants by municipality and year, from Statistics Sweden's open data (CC0): all, aged 0-19, over 74.

The file tells shares of the whole, from which the persons come back exactly. Figures per inhabitant aged 0 to
20 take those of 0 to 19 where there is no better.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from producers.rows import Row
from producers.source import Said
from schemas.codes import PopulationBand
from schemas.reference import PopulationSet

MODE = "historical"
MUNICIPALITY_COLUMN = "municipality_code"
DOMAIN = "reference"
TOPIC = "reference"
COLUMNS = ("municipality_code", "population_date", "population", "share0_19", "share75_")

BANDS: Final[dict[str, PopulationBand]] = {"share0_19": "0-19", "share75_": "75+"}


def events(row: Row) -> Iterator[Said]:
    """All inhabitants, and those of each band that the row has a share of."""
    year, at = row.day("population_date").year, row.time("population_date")
    persons = row.number_in("population")
    yield Said(PopulationSet(year=year, persons=round(persons)), key=str(year), at=at)
    for column, band in BANDS.items():
        if row[column]:
            fact = PopulationSet(year=year, persons=round(persons * row.number_in(column)), age_band=band)
            yield Said(fact, key=f"{year}.{band.replace('+', '-')}", at=at)
