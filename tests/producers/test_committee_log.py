"""The committee secretary's sheet: which facts its rows become, and what is refused where."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from producers.run import Refused
from schemas.envelope import Event
from schemas.governance import DecisionRecorded, MeetingHeld, NoteAdded, TargetSet
from tests.producers.making import DATA, events, run

SHEET = DATA / "committee_log_invented.csv"
HEAD = "Datum;Slag;Mått;Enhet;Del;Period;Värde;Riktning;Ägare;Beslut;Version;Text;Utgår"


def made(tmp_path: Path, *rows: str, head: str = HEAD) -> tuple[list[Event], list[Refused]]:
    file = tmp_path / "nämnd.csv"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return run("committee_log", file, "9999")


def test_every_row_of_the_sheet_becomes_a_fact() -> None:
    told = {event.subject.split("/", 1)[1]: event.data for event in events("committee_log", SHEET, "9999")}
    owned: dict[str, Any] = {"owner": "director", "decision": "SN 2025-12-11 § 112"}
    coverage = TargetSet(metric="contract_coverage", value=0.9, direction="at_least",
                         from_on=date(2026, 1, 1), **owned)  # fmt: skip
    assert told["target/contract_coverage"] == coverage
    assert told["target/performed_to_granted_share.service-home_care"] == TargetSet(
        metric="performed_to_granted_share", value=0.895, direction="at_least", from_on=date(2025, 12, 11),
        dimension="service", code="home_care", **owned,
    )  # fmt: skip
    assert told["target/assistance_cost.assistans-ost.month"] == TargetSet(
        metric="assistance_cost", value=2_500_000, direction="at_most", from_on=date(2025, 12, 11),
        unit="assistans-ost", per="month", owner="unit_head", decision="SN 2025-12-11 § 113",
    )  # fmt: skip
    assert told["meeting/2026-03-12"] == MeetingHeld(on=date(2026, 3, 12))
    assert told["decision/sn-2026-03-12-45"] == DecisionRecorded(
        decision="SN 2026-03-12 § 45", on=date(2026, 3, 12), metric="contract_coverage", metric_version=1
    )
    assert told["decision/sn-2026-03-12-46"] == DecisionRecorded(
        decision="SN 2026-03-12 § 46", on=date(2026, 3, 12)
    )
    note = told["note/2026-03-13.head_of_department.contract_coverage"]
    assert note == NoteAdded(
        metric="contract_coverage", on=date(2026, 3, 13), author="head_of_department", period="quarter",
        period_on=date(2026, 1, 1), text="Två avtal väntar på underskrift. De räknas som saknade.",
    )  # fmt: skip
    assert len(told) == 8


def test_two_notes_of_a_day_stay_two_and_a_mended_one_keeps_its_id(tmp_path: Path) -> None:
    rows = [f"2026-03-13;tolkning;care_days;;;2026-02;;;ekonom;;;{text};" for text in ("Ett.", "Två.")]
    told, _ = made(tmp_path, *rows)
    assert [event.subject.rsplit(".", 1)[-1] for event in told] == ["care_days", "2"]
    mended, _ = made(tmp_path, rows[0].replace("Ett.", "Ett, rättat."), rows[1])
    assert [event.id for event in mended] == [event.id for event in told]
    assert [event.data.text for event in mended] == ["Ett, rättat.", "Två."]


def test_a_later_target_of_the_same_is_told_beside_the_first(tmp_path: Path) -> None:
    rows = [f"{day};mål;care_days;;;;{value};högst;ekonom;SN {day} § 5;;;"
            for day, value in (("2025-12-11", 900), ("2026-06-18", 800))]  # fmt: skip
    told, _ = made(tmp_path, *rows)
    assert len({event.subject for event in told}) == 1
    assert len({event.id for event in told}) == 2


def test_a_row_that_is_struck_out_is_taken_back(tmp_path: Path) -> None:
    row = "2026-03-13;tolkning;care_days;;;;;;ekonom;;;Ett."
    (first,), (struck,) = made(tmp_path, row + ";")[0], made(tmp_path, row + ";x")[0]
    assert (first.retracted, struck.retracted, struck.reason) == (False, True, "registered_by_mistake")
    assert first.id == struck.id


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("2026-03-13;tolkning;care_days;;;;;;ekonom;;;Hon är 121212-1212.;", "Text", "identity"),
        ("2026-03-13;tolkning;care_days;;;;;;ekonom;;;Skriv till a.b@kommun.se;", "Text", "identity"),
        ("2026-03-13;tolkning;care_days;;;;;;ekonom;;;Ring 070-123 45 67.;", "Text", "identity"),
        ("2026-03-13;tolkning;care_days;;;;;;Anna Berg;;;Ett.;", "Ägare", "bad_value"),
        ("2026-03-13;tolkning;care_days;;;;;;ekonom;;;;", "Text", "bad_value"),
        ("2026-03-13;tolkning;;;;;;;ekonom;;;Ett.;", "Mått", "bad_value"),
        ("2026-03-13;tolkning;care_days;;;i mars;;;ekonom;;;Ett.;", "Period", "bad_value"),
        ("2026-03-13;mål;care_days;;;;mycket;högst;ekonom;SN 2026-03-12 § 5;;;", "Värde", "bad_value"),
        ("2026-03-13;mål;care_days;;;;9;ungefär;ekonom;SN 2026-03-12 § 5;;;", "Riktning", "bad_value"),
        ("2026-03-13;mål;care_days;;;;9;högst;ekonom;§ 5;;;", "Beslut", "bad_value"),
        ("2026-03-13;mål;care_days;;norr;;9;högst;ekonom;SN 2026-03-12 § 5;;;", "Del", "bad_value"),
        ("2026-03-12;beslut;care_days;;;;;;;SN 2026-03-12 § 5;1,5;;", "Version", "bad_value"),
        ("2026-03-13;fika;care_days;;;;;;ekonom;;;Ett.;", "Slag", "bad_value"),
        ("2199-03-13;beslut;;;;;;;;SN 2199-03-13 § 5;;;", "Datum", "bad_value"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_named_and_never_quoted(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    told, refused = made(tmp_path, row)
    assert told == []
    assert [(each.line, each.column, each.reason) for each in refused] == [(2, column, reason)]
    assert not any(secret in f"{refused}" for secret in ("1212", "Anna", "a.b@", "070"))


def test_every_fault_of_a_day_is_told_at_once_and_other_days_are_sent(tmp_path: Path) -> None:
    told, refused = made(
        tmp_path, "2026-03-13;mål;care_days;;;;;;ekonom;;;;", "2026-03-13;fika;;;;;;;;;;;",
        "2026-03-12;sammanträde;;;;;;;;;;;",
    )  # fmt: skip
    assert [type(event.data) for event in told] == [MeetingHeld]
    assert [(each.line, each.column) for each in refused] == [(2, "Värde"), (3, "Slag")]


def test_a_meeting_that_is_planned_has_not_been_held(tmp_path: Path) -> None:
    told, refused = made(tmp_path, "2199-03-12;sammanträde", head="Datum;Slag")
    assert (told, refused) == ([], [])


def test_a_name_of_the_municipality_may_stand_for_its_code(tmp_path: Path) -> None:
    row = "2026-03-13;mål;visit_coverage;;insats=Hemtjänst;;95 %;minst;socialchef;SN 2026-03-12 § 5;;;"
    (told,), _ = made(tmp_path, row)
    assert (told.data.dimension, told.data.code, told.data.value) == ("service", "home_care", 0.95)
