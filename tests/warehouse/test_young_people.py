"""How many young people a municipality has, whatever bands its population comes in."""

from __future__ import annotations

from typing import Any

from schemas.codes import PopulationBand, Sex
from schemas.reference import PopulationSet
from tests.telling import at
from tests.warehouse.town import about, fold
from warehouse.client import Warehouse

CODE = "9980"
OURS: tuple[PopulationBand, ...] = ("0-6", "7-12", "13-17", "18-20")


def young(warehouse: Warehouse, *told: tuple[PopulationBand | None, Sex | None, int]) -> dict[str, Any]:
    """Ages and persons by sex, when these bands of one year were told."""
    facts = [PopulationSet(year=2025, persons=n, age_band=band, sex=sex) for band, sex, n in told]
    fold(warehouse, [about(f"2025.{n}", fact, at(0), CODE) for n, fact in enumerate(facts)])
    rows = warehouse.rows("SELECT year, sex, ages, persons FROM young_people WHERE municipality = '9980'")
    return {row["sex"]: (row["ages"], row["persons"]) for row in rows if row["year"] == 2025}


def test_four_bands_add_up_to_those_aged_0_to_20(warehouse: Warehouse) -> None:
    told = [(band, None, 10 + n) for n, band in enumerate(OURS)]
    assert young(warehouse, *told, ("21-29", None, 99), (None, None, 500)) == {"": ("0-20", 46)}


def test_women_and_men_add_up_to_all(warehouse: Warehouse) -> None:
    sexes: tuple[Sex, ...] = ("woman", "man")
    told = [(band, sex, 10 + (sex == "man")) for band in OURS for sex in sexes]
    assert young(warehouse, *told) == {"": ("0-20", 84), "woman": ("0-20", 40), "man": ("0-20", 44)}


def test_what_statistics_sweden_tells_is_0_to_19_and_says_so(warehouse: Warehouse) -> None:
    told: list[tuple[PopulationBand | None, Sex | None, int]] = [
        (None, None, 500), ("0-19", None, 120), ("75+", None, 40)
    ]  # fmt: skip
    assert young(warehouse, *told) == {"": ("0-19", 120)}


def test_the_exact_ages_are_preferred(warehouse: Warehouse) -> None:
    told: list[tuple[PopulationBand | None, Sex | None, int]] = [("0-19", None, 120), ("0-20", None, 127)]
    assert young(warehouse, *told) == {"": ("0-20", 127)}


def test_bands_with_a_hole_are_no_answer(warehouse: Warehouse) -> None:
    assert young(warehouse, ("0-6", None, 10), ("7-12", None, 11), ("18-20", None, 12)) == {}


def test_one_sex_alone_is_not_all(warehouse: Warehouse) -> None:
    assert young(warehouse, ("0-20", "woman", 60)) == {"woman": ("0-20", 60)}
