"""Real placements, moves, tables and population of others: file → Kafka → worker → warehouse → figures.

The numbers are those of the data's READMEs, or counted here from the rows by plain Python.
"""

from __future__ import annotations

import csv
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from apps.figures import Question, answer
from producers.rows import slug
from tests.integration.spine import Spine, spine
from tests.producers.making import DATA
from tests.producers.test_england_cla import BY_AUTHORITY, STARTED, WHOLE, read
from tests.producers.test_real_data import MIMIC, MOVES, MOVES_2019, NZ, STAYS, here

pytestmark = [pytest.mark.broker, pytest.mark.slow]
CARE_DAYS = {"ew-emer": 753, "urgent": 373, "observation-admit": 367, "direct-emer": 141, "elective": 103,
             "surgical-same-day-admission": 96, "eu-observation": 26, "direct-observation": 10,
             "ambulatory-observation": 5}  # fmt: skip
STATES = dict(zip("czxk", ("suppressed", "not_applicable", "missing", "rounds_to_zero"), strict=True))


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, warehouse_address: str) -> Iterator[Spine]:
    with spine(tmp_path_factory.mktemp("spine"), warehouse_address, f"test_{uuid.uuid4().hex[:12]}") as made:
        yield made


@pytest.fixture(scope="module")
def extracts(hub: Spine) -> Spine:
    """The hub when it has been told the parts that lie in the repository, each twice."""
    for _ in range(2):
        for source, name, code in (
            ("mimic_stays", "mimic_stays_extract.csv", "9903"),
            ("nz_moves", "nz_moves_extract.csv", "9904"),
            ("population_scb", "population_scb_extract.csv", ""),
            ("england_cla", f"england_cla/{STARTED}", "9905"),
        ):
            assert hub.send(source, DATA / name, code).exit_code == 0
    return hub


def asked(hub: Spine, metric: str, code: str, **more: Any) -> list[dict[str, Any]]:
    return answer(hub.warehouse, Question(metric, code, **more), datetime.now(UTC))


def value(hub: Spine, metric: str, code: str, **more: Any) -> Any:
    (row,) = asked(hub, metric, code, **more)
    return row["value"]


def by(hub: Spine, metric: str, dimension: str, code: str, **more: Any) -> dict[str, Any]:
    rows = asked(hub, metric, code, by=(dimension,), **more)
    return {row[dimension]: row["value"] for row in rows}


def days_in_the_file() -> tuple[int, int]:
    """Nights of the extract's stays, and how many stays there are, by plain Python."""
    starts: dict[str, list[date]] = {}
    ends: dict[str, list[date]] = {}
    with (DATA / "mimic_stays_extract.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            told = {"HOSPITAL_ADMISSION": starts, "HOSPITAL_DISCHARGE": ends}.get(row["code"].split("//")[0])
            if told is not None:
                told.setdefault(row["subject_id"], []).append(date.fromisoformat(row["time"][:10]))
    stays = [pair for one in starts for pair in zip(starts[one], ends[one], strict=True)]
    return sum((end - start).days for start, end in stays), len(stays)


def test_care_days_are_what_plain_python_counts_in_the_file(extracts: Spine) -> None:
    nights, stays = days_in_the_file()
    assert value(extracts, "care_days", "9903") == nights
    rules = {"start_in_end_out": nights, "both_in": nights + stays, "start_out_end_in": nights}
    assert by(extracts, "care_days", "day_rule", "9903") == rules


def test_moves_are_what_stands_in_the_file(extracts: Spine) -> None:
    with (DATA / "nz_moves_extract.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert value(extracts, "placement_moves", "9904") == len(rows) == 50
    causes = Counter(slug(row["Reason"]) for row in rows)
    assert by(extracts, "placement_moves", "cause", "9904") == causes


def test_the_young_of_a_municipality_are_those_of_its_last_year(extracts: Spine) -> None:
    asked_for = "SELECT year, ages, persons FROM young_people WHERE municipality = '0114' ORDER BY year"
    *_, last = extracts.warehouse.rows(asked_for)
    assert (last["year"], last["ages"], last["persons"]) == (2021, "0-19", round(0.2519866164784609 * 47_820))


@pytest.fixture(scope="module")
def stays(extracts: Spine) -> Spine:
    """The hub when it has been told all stays, over the part that it knows already."""
    assert extracts.send("mimic_stays", here(MIMIC), "9903").exit_code == 0
    return extracts


@pytest.fixture(scope="module")
def moves(extracts: Spine) -> Spine:
    assert extracts.send("nz_moves", here(NZ), "9904").exit_code == 0
    return extracts


def test_the_stays_are_counted_as_their_readme_says(stays: Spine) -> None:
    assert value(stays, "new_placements", "9903") == value(stays, "placement_ends", "9903") == 275
    assert by(stays, "new_placements", "main_cause", "9903") == STAYS
    assert by(stays, "placement_ends", "reason", "9903")["home-health-care"] == 76


def test_the_stays_have_the_care_days_of_their_readme(stays: Spine) -> None:
    assert value(stays, "care_days", "9903") == 1_874
    rules = by(stays, "care_days", "day_rule", "9903")
    assert (rules["start_in_end_out"], rules["both_in"]) == (1_874, 2_149)
    assert by(stays, "care_days", "main_cause", "9903") == CARE_DAYS


def test_the_stays_begin_and_end_when_their_readme_says(stays: Spine) -> None:
    (row,) = stays.warehouse.rows(
        "SELECT count() AS stays, countIf(start_on = end_on) AS without_a_day, min(started_at) AS first,"
        " max(ended_at) AS last, uniqExact(person) AS persons,"
        " sum(dateDiff('second', started_at, ended_at)) / 86400 AS days"
        " FROM placement_stays WHERE municipality = '9903'"
    )
    assert (row["stays"], row["without_a_day"], row["persons"]) == (275, 13, 100)
    assert (f"{row['first']:%Y-%m-%d %H:%M}", f"{row['last']:%Y-%m-%d %H:%M}") == (
        "2110-04-11 15:08", "2201-12-17 13:45"
    )  # fmt: skip
    assert round(row["days"], 4) == 1_890.7708


def test_no_stay_has_a_flaw_but_that_nobody_told_its_price(stays: Spine) -> None:
    rows = stays.warehouse.rows(
        "SELECT arrayJoin(flaws) AS flaw, count() AS n FROM placements FINAL"
        " WHERE municipality = '9903' AND void = 0 GROUP BY flaw"
    )
    assert {row["flaw"]: row["n"] for row in rows} == {"price_missing": 275}


def test_the_moves_are_counted_as_their_readme_says(moves: Spine) -> None:
    assert value(moves, "placement_moves", "9904") == 27_780
    assert by(moves, "placement_moves", "cause", "9904") == MOVES
    year = {"since": "2019-01-01", "until": "2020-01-01"}
    assert by(moves, "placement_moves", "cause", "9904", **year) == MOVES_2019
    assert sum(by(moves, "placement_moves", "from_provider", "9904").values()) == 27_780
    assert value(moves, "new_placements", "9904") == 0  # a move alone starts nothing


Shown = tuple[float | None, str]
CUT = ("year", "area", "dimension", "characteristic", "measured_in")


def in_the_file(file: Path) -> dict[tuple[str, ...], Shown]:
    """Value or state of each cell by year, area, dimension, characteristic and what it is measured in."""
    found: dict[tuple[str, ...], Shown] = {}
    for row in read(file):
        area = row.get("new_la_code") or row.get("region_code") or row["country_code"]
        told = (row["time_period"], area, slug(row["cla_group"]), slug(row["characteristic"]))
        for column, unit in (("number", "count"), ("percentage", "percent")):
            text = row[column]
            found[*told, unit] = (None, STATES[text]) if text in STATES else (float(text), "value")
    return found


def compared(hub: Spine, table: str, *cut: str) -> dict[tuple[str, ...], Shown]:
    """What the metric says of one table."""
    rows = asked(hub, "comparator", "9905", by=("table", *cut))
    return {
        tuple(row[name] for name in cut): (row["value"], row["state"])
        for row in rows
        if row["table"] == table
    }


@pytest.mark.parametrize(("name", "table"), [(STARTED, "started"), (f"{BY_AUTHORITY}.gz", "la_started")])
def test_every_cell_of_a_table_is_shown_as_its_value_or_its_state(
    extracts: Spine, name: str, table: str
) -> None:
    file = here(WHOLE / name)
    assert extracts.send("england_cla", file, "9905").exit_code == 0
    wanted = in_the_file(file)
    assert compared(extracts, table, *CUT) == wanted
    assert {state for _, state in wanted.values()} >= {
        "value",
        "suppressed",
        "not_applicable",
        "rounds_to_zero",
    }


def test_what_was_not_counted_in_a_year_is_missing_and_never_zero(extracts: Spine) -> None:
    file = here(WHOLE / "cla_time_series_1994_2024.csv")
    assert extracts.send("england_cla", file, "9905").exit_code == 0
    found = compared(extracts, "time_series", "year", "characteristic")
    assert Counter(found.values())[None, "missing"] == 10
    assert {year for (year, _), (_, state) in found.items() if state == "missing"} == {
        str(year) for year in range(1994, 2004)
    }
    assert found["2024", "children-looked-after-at-31-march"] == (83_630, "value")
