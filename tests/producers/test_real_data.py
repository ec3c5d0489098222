"""The whole sets of others against their READMEs. Skipped loudly where ../shared is missing.

Boston and the service desk are judged in `tests/integration/test_end_to_end.py`, after the whole way.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from schemas.devices import DoseDue
from schemas.hours import VisitCancelled
from schemas.placements import PlacementEnded, PlacementStarted
from tests.producers.making import SHARED, events, run
from tests.producers.test_mimic_doses import doses, everything, outcome
from tests.producers.test_sffd_visits import hours_of_starts, hours_within, lasting, performed

MIMIC = SHARED / "mimic_iv_demo_care" / "stay_events.csv.gz"
DOSES = SHARED / "mimic_iv_demo_care" / "medication_events.csv.gz"
SFFD = SHARED / "visits_sffd_2020" / "sffd_unit_responses_2020-04.csv.gz"
NZ = SHARED / "placement_moves_nz" / "nz_transfers_2018_2021.csv.gz"
STAYS = {"ew-emer": 104, "observation-admit": 45, "urgent": 38, "eu-observation": 30,
         "surgical-same-day-admission": 18, "direct-emer": 15, "elective": 13, "direct-observation": 7,
         "ambulatory-observation": 5}  # fmt: skip
MOVES = {"population-management": 8_835, "judicial": 6_848, "placement-review": 3_060,
         "accepted-for-programme": 3_050, "placement-management": 1_991, "release": 1_522,
         "personal-request": 1_290, "in-transit-multi-site-move": 830, "medical": 354}  # fmt: skip
HOURS = {
    7: (329.4958, 334.0817),
    10: (401.5161, 403.6228),
    16: (323.5442, 318.4306),
    20: (337.5756, 338.5650),
}
"""Hours of a day of April 2020: what falls inside it, and of the visits that began on it."""
MOVES_2019 = dict(zip(MOVES, (3_663, 2_710, 861, 1_142, 673, 476, 453, 6, 123), strict=True))


def here(file: Path) -> Path:
    if not file.exists():
        pytest.skip(f"NOT CHECKED against the real data: {file} is missing")
    return file


@pytest.mark.slow
def test_the_stays_come_out_as_their_readme_says() -> None:
    made = events("mimic_stays", here(MIMIC), "9903")
    starts = {event.subject: event for event in made if isinstance(event.data, PlacementStarted)}
    ends = {event.subject: event for event in made if isinstance(event.data, PlacementEnded)}
    assert (len(starts), len(ends)) == (275, 275)
    assert Counter(event.data.main_cause for event in starts.values()) == STAYS
    spans = [ends[subject].time - start.time for subject, start in starts.items()]
    assert round(sum(span.total_seconds() for span in spans) / 86_400, 4) == 1_890.7708
    assert round(median(span.total_seconds() for span in spans) / 86_400, 4) == 4.8528
    nights = [(ends[subject].data.on - start.data.on).days for subject, start in starts.items()]
    assert (sum(nights), sum(not night for night in nights)) == (1_874, 13)
    assert sum(night + 1 for night in nights) == 2_149
    first, last = min(event.time for event in made), max(event.time for event in made)
    assert (f"{first:%Y-%m-%d %H:%M}", f"{last:%Y-%m-%d %H:%M}") == ("2110-04-11 15:08", "2201-12-17 13:45")
    assert len({event.data.person for event in starts.values()}) == 100


@pytest.mark.slow
def test_the_moves_come_out_as_their_readme_says() -> None:
    made = events("nz_moves", here(NZ), "9904")
    assert len(made) == len({event.subject for event in made}) == 27_780
    assert Counter(event.data.cause for event in made) == MOVES
    assert Counter(event.data.cause for event in made if event.data.on.year == 2019) == MOVES_2019
    assert sum(event.data.from_provider == event.data.to_provider for event in made) == 3


@pytest.mark.slow
def test_the_visits_come_out_as_their_readme_says() -> None:
    made, refused = run("sffd_visits", here(SFFD), "9906")
    visits = performed(made)
    cancelled = [event for event in made if isinstance(event.data, VisitCancelled)]
    assert (len(visits), len(cancelled), len(refused)) == (8_694, 1_713, 3)
    assert len({event.subject for event in made}) == len(made) == 10_410 - 3
    assert {one.column for one in refused} == {"On Scene DtTm"}
    assert sum(visit.stop_at is None for visit in visits) == 2
    assert sum(visit.stop_at is not None and visit.stop_at < visit.start_at for visit in visits) == 1
    assert (len(lasting(visits)), round(hours_of_starts(visits), 4)) == (8_691, 4_891.4783)
    found = {
        day: (round(hours_within(visits, on), 4), round(hours_of_starts(visits, on), 4))
        for day, on in ((day, date(2020, 4, day)) for day in HOURS)
    }
    assert found == HOURS
    assert round(hours_of_starts(visits, date(2020, 4, 21)), 4) == 1.5667


@pytest.mark.slow
def test_the_doses_come_out_as_their_readme_says() -> None:
    made, why = everything(here(DOSES))
    assert outcome(made) == {
        "Administered": 23_105, "Not Given": 2_486, "Hold Dose": 187, "Delayed Administered": 185
    }  # fmt: skip
    assert len({event.id for event in made}) == len(made)
    due = Counter(event.subject for event in made if isinstance(event.data, DoseDue))
    assert due.keys() == doses(made).keys() and set(due.values()) == {1}
    assert len(due) + why.total() == 104_504
