from __future__ import annotations

from collections import Counter
from datetime import UTC, date
from pathlib import Path

from schemas.envelope import Event
from schemas.placements import PlacementEnded, PlacementMoved, PlacementStarted
from tests.producers.making import DATA, KEY, events

EXTRACT = DATA / "mimic_stays_extract.csv"
HEADING = "subject_id,time,code\n"


def history(number: str, made: list[Event] | None = None) -> list[Event]:
    """The events of one stay, in the order that the hub folds them."""
    subject = f"9903/placement/{KEY.of('placement', number)}"
    mine = [event for event in made or events("mimic_stays", EXTRACT, "9903") if event.subject == subject]
    return sorted(mine, key=lambda event: (event.time, event.sequence))


def told(folder: Path, *rows: str) -> list[Event]:
    """Events of rows of one person."""
    path = folder / "stays.csv"
    path.write_text(HEADING + "".join(f"1,{row}\n" for row in rows), encoding="utf-8")
    return events("mimic_stays", path, "9903")


def route(history: list[Event]) -> list[str]:
    """Where a stay begins, and where it moves to."""
    starts = [event.data.provider for event in history if isinstance(event.data, PlacementStarted)]
    return starts + [event.data.to_provider for event in history if isinstance(event.data, PlacementMoved)]


def test_every_stay_starts_and_ends_once() -> None:
    made = events("mimic_stays", EXTRACT, "9903")
    kinds = Counter(type(event.data) for event in made)
    assert kinds == {PlacementStarted: 17, PlacementEnded: 17, PlacementMoved: 18}
    assert len({event.subject for event in made}) == 17
    assert len({event.id for event in made}) == len(made)


def test_a_stay_says_who_where_why_and_from_which_day() -> None:
    first, last = history("10000032/1")
    assert first.data == PlacementStarted(
        on=date(2180, 5, 6), provider="Transplant", care_form="ward", main_cause="urgent", law="HSL",
        person=KEY.of("person", "10000032"), sex="woman", age_band="30-64",
    )  # fmt: skip
    assert (first.time.tzinfo, f"{first.time:%Y-%m-%d %H:%M}") == (UTC, "2180-05-06 22:23")
    assert last.data == PlacementEnded(on=date(2180, 5, 7), reason="home")


def test_a_persons_stays_share_the_person_and_nothing_else() -> None:
    made = events("mimic_stays", EXTRACT, "9903")
    starts = [event for event in made if isinstance(event.data, PlacementStarted)]
    assert len({event.data.person for event in starts}) == 5
    assert len({event.subject for event in starts}) == 17


def test_moves_follow_each_other_from_ward_to_ward() -> None:
    for subject in {event.subject for event in events("mimic_stays", EXTRACT, "9903")}:
        mine = [event for event in events("mimic_stays", EXTRACT, "9903") if event.subject == subject]
        places = route(sorted(mine, key=lambda event: event.time))
        moves = [event.data for event in mine if isinstance(event.data, PlacementMoved)]
        assert [move.from_provider for move in moves] == places[:-1]


def test_who_comes_for_surgery_begins_where_they_were_before_the_admission() -> None:
    assert route(history("10004457/3")) == ["CVICU", "Cardiac_Surgery", "Cardiac_Surgery"]


def test_a_ward_that_is_told_when_the_stay_ends_is_where_it_was() -> None:
    assert route(history("10020306/2")) == ["Emergency_Department_Observation"]


def test_intensive_care_is_a_form_of_care() -> None:
    forms = {event.data.provider: event.data.care_form for event in events("mimic_stays", EXTRACT, "9903")
             if isinstance(event.data, PlacementStarted)}  # fmt: skip
    assert (forms["MICU"], forms["CVICU"], forms["Medicine"]) == ("intensive_care", "intensive_care", "ward")


def test_the_emergency_department_before_a_stay_and_what_is_unknown_are_no_ward(tmp_path: Path) -> None:
    rows = (
        "2180-05-06 19:17:00,TRANSFER_TO//ED//Emergency Department",
        "2180-05-06 22:23:00,HOSPITAL_ADMISSION//EW EMER.//EMERGENCY ROOM",
        "2180-05-06 23:30:00,TRANSFER_TO//admit//Unknown",
        "2180-05-07 17:15:00,HOSPITAL_DISCHARGE//UNK",
        "2180-05-07 17:21:27,TRANSFER_TO//discharge//UNK",
    )
    first, last = history("1/1", told(tmp_path, *rows))
    assert (first.data.provider, first.data.sex, first.data.age_band) == ("unknown",) * 3
    assert last.data.reason == "unknown"


def test_a_stay_without_discharge_goes_on_and_one_without_admission_is_told_all_the_same(
    tmp_path: Path,
) -> None:
    open_stay = told(tmp_path, "2180-05-06 22:23:00,HOSPITAL_ADMISSION//URGENT//X")
    assert [type(event.data) for event in open_stay] == [PlacementStarted]
    lonely = told(tmp_path, "2180-05-06 22:23:00,HOSPITAL_DISCHARGE//HOME")
    assert [type(event.data) for event in lonely] == [PlacementEnded]


def test_no_number_of_a_person_leaves_the_source() -> None:
    numbers = {line.split(",")[0] for line in EXTRACT.read_text().splitlines()[1:]}
    sent = "".join(str(event) for event in events("mimic_stays", EXTRACT, "9903"))
    assert len(numbers) == 5
    assert not any(number in sent for number in numbers)
