"""The expectations over real case tables: they hold on good data, each fails on a planted fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from expectations.cases import suites
from expectations.judge import judge
from expectations.report import page
from expectations.run import main
from schemas import cases as c
from schemas.envelope import Event
from schemas.municipality import municipality
from schemas.settings import Settings
from tests.expectations.planting import NOW, all_of, judged
from tests.telling import at, tell
from tests.warehouse.town import fold
from warehouse.client import Warehouse

GOOD = "9901"
SPELLS = ("from", "until", "opened_at", "unit", "stage", "handler_known")
FAULTS = {  # how a row of `cases` is made wrong, by the expectation that must see it
    "spells_end_after_they_begin": "`spells.from` AS `spells.until`",
    "spells_do_not_overlap": ", ".join(
        f"arrayConcat(`spells.{name}`, `spells.{name}`) AS `spells.{name}`" for name in SPELLS
    ),
    "closed_not_before_opened": "opened_at - INTERVAL 1 SECOND AS closed_at",
    "built_on_events": "bitShiftLeft(toUInt64(2), 40) AS version",
    "built_on_all_events": "version - 1 + bitShiftLeft(toUInt64(1), 40) AS version",
    "one_row_per_case": "'9998' AS municipality",
    "codes_are_known": "'hemlig' AS law",
    "units_are_known": "arrayMap(unit -> 'hemlig', `openings.unit`) AS `openings.unit`",
    "few_cases_have_flaws": "['ambiguous_time'] AS flaws",
    "balance_equals_archive": ", ".join(f"[] AS `spells.{name}`" for name in SPELLS),
}
MUNICIPALITIES = {name: str(9980 + place) for place, name in enumerate(FAULTS)} | {"units_are_known": "9999"}


@pytest.fixture(scope="module")
def hub(own_warehouse: Warehouse) -> Warehouse:
    """Good cases in every municipality; all but one then get a row with a fault."""
    codes = [GOOD, "9979", *MUNICIPALITIES.values()]
    fold(own_warehouse, [event for code in codes for event in good(code)])
    for name, fault in FAULTS.items():
        own_warehouse.command(
            f"INSERT INTO cases SELECT * REPLACE ({_newer(fault)}) FROM (SELECT * FROM cases FINAL"
            " WHERE municipality = {code:String} AND closed_at IS NULL)",
            {"code": MUNICIPALITIES[name]},
        )
    own_warehouse.command("INSERT INTO events SELECT * REPLACE (concat(entity, 'x') AS entity) FROM events"
                      " WHERE municipality = '9979'")  # fmt: skip
    return own_warehouse


def _newer(fault: str) -> str:
    return fault if "AS version" in fault else f"{fault}, version + bitShiftLeft(toUInt64(1), 40) AS version"


def good(code: str) -> list[Event]:
    """A closed case and an open one."""
    unit = next(iter(municipality(code).units), "a")
    facts = [("one", c.ReportReceived(unit=unit), 0), ("one", c.CaseAssigned(c.EXAMPLE_PERSON), 1),
             ("one", c.CaseClosed(), 1), ("two", c.ReportReceived(unit=unit), 2)]  # fmt: skip
    return [tell(case, fact, at(day), municipality=code) for case, fact, day in facts]


def test_good_data_meets_every_expectation(hub: Warehouse) -> None:
    found = {one.expectation: one for one in judge(hub, GOOD, NOW, patience_s=0)}
    assert [one for one in found.values() if not one.holds or one.broken] == []
    assert found["spells_do_not_overlap"].checked == 2


@pytest.mark.parametrize("name", FAULTS)
def test_an_expectation_sees_a_planted_fault(hub: Warehouse, name: str) -> None:
    one = judged(hub, MUNICIPALITIES[name], suites, name)
    assert (one.holds, one.broken) == (False, 1)
    assert one.fails_the_run is (name not in {"units_are_known", "few_cases_have_flaws"})


def test_a_case_in_the_archive_without_a_row_is_seen(hub: Warehouse) -> None:
    assert not judged(hub, "9979", suites, "every_case_told_has_a_row").holds


def test_every_expectation_has_a_planted_fault_and_a_sentence_of_its_own() -> None:
    expected = [one.meta or {} for suite in suites(municipality(GOOD), NOW) for one in suite.expectations]
    assert {one["name"] for one in expected} == FAULTS.keys() | {"every_case_told_has_a_row"}
    assert all(one["sentence"].endswith(".") for one in expected)
    assert len({one["sentence"] for one in expected}) == len(expected)


def test_the_page_is_swedish_needs_no_other_host_and_holds_counts_only(hub: Warehouse) -> None:
    well = all_of(hub, GOOD, suites)
    found = [*all_of(hub, "9999", suites), *well]
    text = page(found, NOW)
    assert '<html lang="sv">' in text
    assert f"<h1>1 av {len(found)} kontroller håller inte</h1>" in text
    assert "påhittade uppgifter" in text
    assert not re.search(r"https?:|//|<script|<link|<img|@import|url\(", text)
    assert "hemlig" not in text + repr(found)
    assert "Alla 11 kontroller håller" in page(well, NOW)
    assert "Inga ärenden att kontrollera" in page([], NOW)


def test_the_command_keeps_its_results_and_fails_on_a_critical_fault_only(
    hub: Warehouse, own_tables: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name in ("home", "warehouse", "database"):
        monkeypatch.setenv(f"PULS_{name.upper()}", str(getattr(own_tables, name)))
    monkeypatch.setattr("expectations.judge.PATIENCE_S", 0)
    assert main(["--municipality", GOOD, "--html", str(tmp_path / "report.html")]) == 0
    assert main(["--municipality", "9999"]) == 0  # a warning is told, no more
    assert "warns  9999 units_are_known: 1 of 2" in capsys.readouterr().out
    assert main(["--municipality", MUNICIPALITIES["codes_are_known"]]) == 1
    assert "FAILS" in capsys.readouterr().out
    assert (tmp_path / "report.html").read_text().startswith("<!doctype html>")
    kept = hub.rows("SELECT municipality, count() AS n, countIf(NOT holds) AS broken FROM quality_results"
                    " GROUP BY municipality ORDER BY municipality")  # fmt: skip
    assert [(row["n"], row["broken"] > 0) for row in kept] == [(11, False), (11, True), (11, True)]


def test_the_command_says_in_one_line_what_is_wrong_with_its_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PULS_NONSENSE", "1")
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("expectations: PULS_NONSENSE is not a setting")
