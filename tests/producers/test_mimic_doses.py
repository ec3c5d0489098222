from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from producers.produce import alive
from producers.run import Made, Refused
from producers.said import Passed
from producers.share import Order, outcomes
from producers.source import load
from schemas.codec import content_hash
from schemas.devices import DoseDue, DoseMissed, DoseTaken
from schemas.envelope import Event
from schemas.reference import ProducerAlive
from tests.producers.making import DATA, KEY, events

EXTRACT = DATA / "mimic_doses_extract.csv"
AT = "2180-05-07 08:00:00"


def told(folder: Path, *codes: str, at: str = AT) -> list[Event]:
    """Events of rows of one person at one moment."""
    path = folder / "doses.csv"
    path.write_text("subject_id,time,code\n" + "".join(f"1,{at},{code}\n" for code in codes), "utf-8")
    return events("mimic_doses", path, "9903")


def everything(file: Path) -> tuple[list[Event], Counter[str]]:
    """Events of a file in which no row is refused, and its rows that are no dose, by why."""
    order = Order("mimic_doses", file, municipality="9903")
    found = list(outcomes(order, load("mimic_doses"), lambda code: KEY, []))
    assert not any(isinstance(one, Refused) for one in found)
    made = [one.event for one in found if isinstance(one, Made)]
    return made, Counter(one.why for one in found if isinstance(one, Passed))


def doses(made: list[Event]) -> dict[str, list[Event]]:
    """The facts of each dose."""
    found: dict[str, list[Event]] = {}
    for event in made:
        found.setdefault(event.subject, []).append(event)
    return found


def outcome(made: list[Event]) -> Counter[str]:
    """How many doses have which outcome, in the words of the source."""
    late: dict[bool | None, str] = {False: "Administered", True: "Delayed Administered"}
    missed = {"not-given": "Not Given", "hold-dose": "Hold Dose"}
    facts = [event.data for event in made]
    return Counter(
        [late[fact.late] for fact in facts if isinstance(fact, DoseTaken)]
        + [missed[fact.reason] for fact in facts if isinstance(fact, DoseMissed)]
    )


def in_the_file() -> list[dict[str, str]]:
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_dose_is_due_once_and_has_one_outcome() -> None:
    made = events("mimic_doses", EXTRACT, "9903")
    for facts in doses(made).values():
        assert [type(event.data) for event in facts] in ([DoseDue, DoseTaken], [DoseDue, DoseMissed])
    assert len({event.id for event in made}) == len(made)


def test_outcomes_are_those_counted_from_the_rows() -> None:
    codes = [row["code"].split("//") for row in in_the_file()]
    given = Counter(code[2] for code in codes if code[0] == "MEDICATION")
    counted = outcome(events("mimic_doses", EXTRACT, "9903"))
    assert counted == {name: given[name] for name in counted}
    assert set(counted) == {"Administered", "Delayed Administered", "Not Given", "Hold Dose"}


def test_every_row_that_is_no_dose_is_counted_by_why() -> None:
    made, why = everything(EXTRACT)
    assert why == {"infusion": 175, "prescription": 168, "flush": 30, "check": 28, "not-due-by-scale": 4,
                   "outcome-unknown": 2}  # fmt: skip
    assert why.total() + len(doses(made)) == len(in_the_file())


def test_a_dose_is_due_when_it_was_given_and_late_where_the_source_says_so(tmp_path: Path) -> None:
    due, taken = told(tmp_path, "MEDICATION//Aspirin//Delayed Administered")
    at = datetime(2180, 5, 7, 8, tzinfo=UTC)
    assert due.data == DoseDue(due_at=at, unit="hospital", window_minutes=0.0, device=KEY.of("device", "1"))
    assert (taken.data, taken.time, taken.historical) == (DoseTaken(late=True), at, True)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("MEDICATION//Insulin//Not Given per Sliding Scale", "not-due-by-scale"),
        ("MEDICATION//Sodium Chloride 0.9%  Flush//Not Flushed", "flush"),
        ("MEDICATION//Heparin//Administered Bolus from IV Drip", "infusion"),
        ("MEDICATION//Heparin//Started in Other Location", "infusion"),
        ("MEDICATION//Heparin//Rate Change", "infusion"),
        ("INFUSION_START//226452", "infusion"),
        ("INFUSION_END//226452", "infusion"),
        ("MEDICATION//Lidocaine 5% Patch//Removed Existing / Applied New", "patch"),
        ("MEDICATION//Insulin//Delayed Confirmed", "check"),
        ("MEDICATION//Aspirin//Partial Administered", "given-in-part"),
        ("MEDICATION//Aspirin//Administered in Other Location", "given-elsewhere"),
        ("MEDICATION//Aspirin//Delayed ", "outcome-unknown"),
        ("MEDICATION//Aspirin//UNK", "outcome-unknown"),
        ("MEDICATION//START//Aspirin", "prescription"),
        ("MEDICATION//STOP//Not Given", "prescription"),
        ("LAB//Aspirin//Administered", "no-medication"),
        ("", "no-medication"),
    ],
)
def test_what_is_no_dose_says_why(code: str, why: str, tmp_path: Path) -> None:
    assert told(tmp_path, code) == []
    assert everything(tmp_path / "doses.csv") == ([], {why: 1})


def test_two_equal_rows_are_two_doses_and_again_the_same_two(tmp_path: Path) -> None:
    made, again = (told(tmp_path, *["MEDICATION//Aspirin//Administered"] * 2) for _ in range(2))
    assert len(doses(made)) == 2
    assert {event.id for event in again} == {event.id for event in made}


def test_the_order_of_rows_of_one_moment_decides_nothing(tmp_path: Path) -> None:
    codes = ["MEDICATION//Aspirin//Not Given", "MEDICATION//Aspirin//Administered",
             "MEDICATION//Heparin//Administered"]  # fmt: skip
    there, back = told(tmp_path, *codes), told(tmp_path, *reversed(codes))
    assert {event.id: event.data for event in there} == {event.id: event.data for event in back}
    assert len(doses(there)) == 3


def test_the_same_file_again_tells_nothing_new() -> None:
    assert events("mimic_doses", EXTRACT, "9903") == events("mimic_doses", EXTRACT, "9903")


@pytest.mark.parametrize(
    ("before", "after"), [("Administered", "Delayed Administered"), ("Not Given", "Hold Dose")]
)
def test_a_mended_outcome_is_one_correction(before: str, after: str, tmp_path: Path) -> None:
    due, told_first = told(tmp_path, f"MEDICATION//Aspirin//{before}")
    again, mended = told(tmp_path, f"MEDICATION//Aspirin//{after}")
    assert content_hash(due) == content_hash(again) and due.id == again.id
    assert told_first.id == mended.id and content_hash(told_first) != content_hash(mended)


def test_a_dose_that_turns_out_to_be_taken_is_the_same_dose(tmp_path: Path) -> None:
    """Both facts stay with it: its outcome is unknown and it has a flaw, until the first is taken back."""
    missed = told(tmp_path, "MEDICATION//Aspirin//Not Given")
    taken = told(tmp_path, "MEDICATION//Aspirin//Administered")
    assert doses(missed).keys() == doses(taken).keys()


def test_its_sign_of_life_is_a_closed_imports() -> None:
    until = datetime(2201, 12, 17, 18, tzinfo=UTC)
    made = alive(load("mimic_doses"), "9903", until, datetime(2026, 11, 22, tzinfo=UTC))
    assert made.event.data == ProducerAlive("devices", until, historical=True, max_age_s=900)


def test_no_number_of_a_person_and_no_drug_leaves_the_source() -> None:
    rows = in_the_file()
    secrets = {row["subject_id"] for row in rows} | {row["code"].split("//")[1] for row in rows
                                                     if row["code"].count("//") == 2}  # fmt: skip
    sent = "".join(str(event) for event in events("mimic_doses", EXTRACT, "9903"))
    assert len(secrets) > 20
    assert not any(secret in sent for secret in secrets if len(secret) > 3)
