from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from producers.rows import slug
from producers.sources.england_cla import LAYOUTS
from schemas.envelope import Event
from tests.producers.making import DATA, SHARED, events, run

FOLDER = DATA / "england_cla"
WHOLE = SHARED / "placements_england_cla"
STARTED = "national_cla_started_to_be_looked_after.csv"
BY_AUTHORITY = "la_cla_who_started_to_be_looked_after_2018_2022.csv"
NOT_SHOWN = {"c": "suppressed", "z": "not_applicable", "x": "not_available", "k": "rounds_to_zero"}
EXTRACTS = sorted(FOLDER.glob("*.csv"))


def read(file: Path) -> list[dict[str, str]]:
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def cells(file: Path) -> list[tuple[Any, ...]]:
    """Year, area, texts of the row that tell what it counts, and value and status of each of its cells."""
    found: list[tuple[Any, ...]] = []
    for row in read(file):
        area = row.get("new_la_code") or row.get("region_code") or row["country_code"]
        for column in ("number", "percentage", "percent"):
            if column in row:
                text = row[column]
                shown = (None, NOT_SHOWN[text]) if text in NOT_SHOWN else (float(text), "value")
                found.append((int(row["time_period"]), area, column != "number", *shown))
    return found


def told(made: list[Event]) -> list[tuple[Any, ...]]:
    facts = [event.data for event in made]
    return [(fact.year, fact.area, fact.unit == "percent", fact.value, fact.status) for fact in facts]


def one(made: list[Event], **told: Any) -> Any:
    """The one fact that says all this."""
    found = [e.data for e in made if all(getattr(e.data, name) == value for name, value in told.items())]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("file", EXTRACTS, ids=lambda file: file.stem)
def test_every_cell_arrives_as_its_value_or_its_marker(file: Path) -> None:
    made = events("england_cla", file, "9905")
    assert told(made) == cells(file)
    assert len({event.subject for event in made}) == len({event.id for event in made}) == len(made)


def test_every_marker_is_in_the_extracts_and_none_becomes_zero() -> None:
    facts = [event.data for file in EXTRACTS for event in events("england_cla", file, "9905")]
    assert {fact.status for fact in facts} == {"value", *NOT_SHOWN.values()}
    assert {fact.value for fact in facts if fact.status != "value"} == {None}
    assert all(fact.value is not None for fact in facts if fact.status == "value")


def test_a_figure_says_what_it_counts() -> None:
    made = events("england_cla", FOLDER / STARTED, "9905")
    found = one(made, year=2024, characteristic="n1-abuse-or-neglect", unit="count")
    (row,) = [r for r in read(FOLDER / STARTED)
              if r["time_period"] == "2024" and r["characteristic"] == "N1. Abuse or neglect"]  # fmt: skip
    assert (found.table, found.dimension, found.level) == ("started", "category-of-need", "nation")
    assert found.value == float(row["number"])
    assert {event.data.sex for event in made if event.data.dimension == "gender"} == {"woman", "man", None}


def test_an_authority_is_known_by_its_own_code_and_two_of_one_name_are_two() -> None:
    made = events("england_cla", FOLDER / BY_AUTHORITY, "9905")
    by_level = Counter(event.data.level for event in made)
    assert by_level.keys() == {"nation", "region", "municipality"}
    dorset = {row["new_la_code"] for row in read(FOLDER / BY_AUTHORITY) if row["la_name"] == "Dorset"}
    assert dorset == {"E06000059", "E10000009"} <= {event.data.area for event in made}


def test_a_mean_duration_is_in_days_and_the_days_of_a_span_are_none() -> None:
    made = events("england_cla", FOLDER / next(f.name for f in EXTRACTS if "duration" in f.name), "9905")
    units = {event.data.characteristic: event.data.unit for event in made if event.data.unit != "percent"}
    assert (units["average-duration-days"], units["1-to-7-days"]) == ("days", "count")
    assert {event.data.split for event in made} == {"all-placements", "residential-schools"}


def test_a_table_that_is_cut_two_ways_tells_both() -> None:
    made = events("england_cla", FOLDER / next(f.name for f in EXTRACTS if "reason" in f.name), "9905")
    found = one(made, dimension="gender", characteristic="female", split="allegation-s47", unit="count")
    assert (found.table, found.split_by, found.sex) == ("change_reasons", "reason_for_change", "woman")


def test_a_file_whose_name_says_no_table_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text((FOLDER / STARTED).read_text(encoding="utf-8"), encoding="utf-8")
    made, refused = run("england_cla", path, "9905")
    assert made == [] and {one.reason for one in refused} == {"mapping"}
    assert STARTED.removesuffix(".csv") in refused[0].en


@pytest.mark.parametrize("cell", ["", "u", ":", "1.2.3"])
def test_a_cell_that_is_neither_number_nor_known_marker_is_refused(cell: str, tmp_path: Path) -> None:
    path = tmp_path / STARTED
    line = f"2024,Reporting year,National,E92000001,England,Gender,Male,{cell},50"
    heading = (FOLDER / STARTED).read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{heading}\n{line}\n", encoding="utf-8")
    made, refused = run("england_cla", path, "9905")
    assert (made, [(one.reason, one.column) for one in refused]) == ([], [("bad_value", "number")])


@pytest.mark.slow
def test_every_cell_of_all_ten_tables_arrives_as_its_value_or_its_marker() -> None:
    files = sorted(WHOLE.glob("*.csv*"))
    if not files:
        pytest.skip(f"NOT CHECKED against the real data: {WHOLE} is missing")
    assert {file.name.split(".")[0] for file in files} == LAYOUTS.keys()
    subjects: set[str] = set()
    count = 0
    for file in files:
        made = events("england_cla", file, "9905")
        assert told(made) == cells(file), file.name
        subjects |= {event.subject for event in made}
        count += len(made)
    assert len(subjects) == count == 113_545


def test_the_texts_of_a_row_become_codes() -> None:
    made = events("england_cla", FOLDER / STARTED, "9905")
    wanted = {(slug(row["cla_group"]), slug(row["characteristic"])) for row in read(FOLDER / STARTED)}
    assert {(event.data.dimension, event.data.characteristic) for event in made} == wanted
