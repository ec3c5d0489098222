"""Children looked after in England (Department for Education, Open Government Licence v3.0): official tables,
one file each, as figures to compare with. Which table a file is, its name says.

What the tables mark as not shown is told as such and never as zero. Reporting years end on 31 March.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from producers.rows import Row, slug
from producers.source import Said
from schemas.codes import AreaLevel, ComparatorStatus, ComparatorUnit, Sex
from schemas.errors import BadEvent
from schemas.reference import ComparatorSet

MODE = "historical"
ZONE = "Europe/London"
DOMAIN = "reference"
TOPIC = "reference"
COLUMNS = ("time_period", "geographic_level", "country_code", "number")


class Layout(NamedTuple):
    """One table: its code and the columns that say what a row counts. Without a column `dimension` the
    characteristic's own name is it.
    """

    table: str
    dimension: str = "cla_group"
    characteristic: str = "characteristic"
    split: str = ""
    percent: str = "percentage"


LAYOUTS: Final = {
    "cla_time_series_1994_2024": Layout("time_series", "", "population_count", percent=""),
    "la_children_who_ceased_during_the_year": Layout("la_ceased"),
    "la_cla_who_started_to_be_looked_after_2018_2022": Layout("la_started"),
    "national_children_who_ceased_to_be_looked_after_during_the_year": Layout("ceased"),
    "national_cla_ceased_during_year_placements_care_periods": Layout(
        "ceased_periods", characteristic="periods_or_placements", split="age_on_ceasing"
    ),
    "national_cla_during_year_by_placement_type_and_locality_of_placement": Layout("locality"),
    "national_cla_on_31_march_by_characteristics": Layout("on_31_march"),
    "national_cla_started_to_be_looked_after": Layout("started"),
    "national_duration_of_placements_by_type_ceasing_during_the_year": Layout(
        "duration", "", "placement_duration", "placement_group"
    ),
    "national_reason_for_placement_change_during_year": Layout(
        "change_reasons", split="reason_for_change", percent="percent"
    ),
}
MARKERS: Final[dict[str, ComparatorStatus]] = {
    "c": "suppressed", "z": "not_applicable", "x": "not_available", "k": "rounds_to_zero",
}  # fmt: skip
LEVELS: Final[dict[str, tuple[AreaLevel, str]]] = {
    "National": ("nation", "country_code"),
    "Regional": ("region", "region_code"),
    "Local authority": ("municipality", "new_la_code"),
}
SEXES: Final[dict[str, Sex]] = {"female": "woman", "male": "man"}


def events(row: Row) -> Iterator[Said]:
    """The number of one row, and its share where the table has one."""
    layout = _layout(row)
    number: ComparatorUnit = "days" if row[layout.characteristic].endswith("(days)") else "count"
    yield _said(row, layout, "number", number)
    if layout.percent:
        yield _said(row, layout, layout.percent, "percent")


def _layout(row: Row) -> Layout:
    layout = LAYOUTS.get(row.file.split(".")[0])
    if layout is None:
        known = ", ".join(LAYOUTS)
        raise BadEvent("mapping", "", f"Filens namn säger inte vilken tabell den är. Kända: {known}",
                       f"The file's name does not say which table it is. Known: {known}")  # fmt: skip
    return layout


def _said(row: Row, layout: Layout, column: str, unit: ComparatorUnit) -> Said:
    status = MARKERS.get(row[column], "value")
    level, area = _area(row)
    characteristic = row.code(layout.characteristic)
    fact = ComparatorSet(
        publication="dfe-cla", table=layout.table, year=int(row.number_in("time_period")), area=area,
        level=level,
        dimension=row.code(layout.dimension) if layout.dimension else slug(layout.characteristic),
        characteristic=characteristic, split_by=slug(layout.split) or None,
        split=row.code(layout.split) if layout.split else None, sex=SEXES.get(characteristic), unit=unit,
        status=status, value=row.number_in(column) if status == "value" else None,
    )  # fmt: skip
    return Said(fact, key=_key(fact), at=datetime(fact.year, 3, 31, tzinfo=ZoneInfo(ZONE)))


def _area(row: Row) -> tuple[AreaLevel, str]:
    told = LEVELS.get(row["geographic_level"])
    if told is None:
        raise BadEvent("bad_value", "geographic_level", f"Cellen ska vara en av: {', '.join(LEVELS)}",
                       f"The cell must be one of: {', '.join(LEVELS)}")  # fmt: skip
    level, column = told
    return level, row[column]


def _key(fact: ComparatorSet) -> str:
    """Table, year and area for people, and a check sum of all that tells one figure from another."""
    parts = (fact.publication, fact.dimension, fact.characteristic, fact.split_by, fact.split, fact.unit)
    rest = blake2b("\x1f".join(part or "" for part in parts).encode(), digest_size=10).hexdigest()
    return f"{fact.table}.{fact.year}.{fact.area}.{rest}"
