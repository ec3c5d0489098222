from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from producers.rows import slug
from schemas.placements import PlacementMoved
from tests.producers.making import DATA, events, run

EXTRACT = DATA / "nz_moves_extract.csv"


def test_each_row_is_one_move_of_its_own() -> None:
    made = events("nz_moves", EXTRACT, "9904")
    assert len(made) == len({event.id for event in made}) == len({event.subject for event in made}) == 50


def test_moves_by_cause_are_those_counted_from_the_rows() -> None:
    with EXTRACT.open(encoding="utf-8") as file:
        rows = Counter((slug(row["Reason"]), row["Transfer Date"][-2:]) for row in csv.DictReader(file))
    made = events("nz_moves", EXTRACT, "9904")
    assert Counter((event.data.cause, f"{event.data.on:%y}") for event in made) == rows


def test_a_move_says_from_where_to_where_why_and_on_which_day() -> None:
    first = events("nz_moves", EXTRACT, "9904")[0]
    assert first.data == PlacementMoved(
        on=date(2018, 7, 2), from_provider="SHCF", to_provider="Auckland", cause="placement-management"
    )
    assert f"{first.time.astimezone(ZoneInfo('Pacific/Auckland')):%Y-%m-%d %H:%M}" == "2018-07-02 00:00"


def test_four_equal_rows_are_four_moves_and_again_the_same_four() -> None:
    made = [event for event in events("nz_moves", EXTRACT, "9904") if event.data.on == date(2019, 1, 11)]
    assert [event.data for event in made] == [made[0].data] * 4
    assert len({event.subject for event in made}) == 4
    again = [event for event in events("nz_moves", EXTRACT, "9904") if event.data.on == date(2019, 1, 11)]
    assert again == made


def test_a_move_within_one_institution_is_told_as_it_is() -> None:
    facts = [event.data for event in events("nz_moves", EXTRACT, "9904")]
    assert sum(fact.from_provider == fact.to_provider for fact in facts) == 3


def test_a_row_without_date_is_refused_with_its_column(tmp_path: Path) -> None:
    path = tmp_path / "moves.csv"
    path.write_text("From,To,Reason,Transfer Date\nA,B,Judicial,\nA,B,Judicial,2-Jul-18\n", encoding="utf-8")
    made, refused = run("nz_moves", path, "9904")
    assert len(made) == 1
    assert [(one.line, one.column, one.reason) for one in refused] == [(2, "Transfer Date", "bad_time")]
