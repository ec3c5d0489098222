"""Every clock of the law against its table of cases, in any order of arrival."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

from schemas.clocks import law
from tests.streams import clock_tables
from tests.streams.clock_tables import telling
from tests.streams.clock_tables.reading import SITUATIONS, Case, Table, table

LEAST = 20
TABLES: list[Table] = [
    import_module(f"{clock_tables.__name__}.{module.name}").TABLE
    for module in iter_modules(clock_tables.__path__)
    if module.name.startswith("lc")
]
CASES = [(each, case) for each in TABLES for case in each.cases]
IDS = [f"{each.clock}: {case.name}" for each, case in CASES]
tables = pytest.mark.parametrize("each", TABLES, ids=[each.clock for each in TABLES])


@pytest.mark.parametrize(("each", "case"), CASES, ids=IDS)
def test_a_clock_runs_as_its_table_says_whatever_arrives_first(each: Table, case: Case) -> None:
    for told in telling.orders(telling.events(each.kind, case.told)):
        assert telling.ran(each, case, told) == case.expected


def test_every_clock_of_the_law_has_a_table() -> None:
    assert sorted(each.clock for each in TABLES) == sorted({clock.id for clock in law()})


@tables
def test_a_table_has_twenty_cases_each_with_a_sentence_of_its_own(each: Table) -> None:
    assert len({case.name for case in each.cases}) == len(each.cases) >= LEAST


@tables
def test_a_table_has_every_situation_that_its_clock_can_be_in(each: Table) -> None:
    covered = {situation for case in each.cases for situation in case.situations}
    assert covered | set(each.cannot) == set(SITUATIONS)
    assert not covered & set(each.cannot)
    assert all(each.cannot.values())


@tables
def test_a_table_has_a_case_of_every_part_running_overdue_in_time_and_late(each: Table) -> None:
    told = [ran for case in each.cases for ran in case.expected]
    assert {ran.clock for ran in told} == {clock.code for clock in law() if clock.id == each.clock}
    assert {"running", "overdue", "in_time", "late"} <= {ran.state for ran in told}


@tables
def test_a_case_of_the_old_law_runs_by_an_older_entry_and_one_of_the_new_by_the_newest(each: Table) -> None:
    for case in each.cases:
        asked = case.situations & {"old_law", "new_law"}
        rows = telling.clock_rows(each.kind, telling.events(each.kind, case.told))
        for row in [row for row in rows if row.clock.rstrip("abcd") == each.clock][:1]:
            rules = sorted(clock.valid_from.isoformat() for clock in law() if clock.code == row.clock)
            if len(rules) > 1 and len(asked) == 1:
                assert (row.rule == rules[-1]) is ("new_law" in asked), case.name


@tables
def test_corrections_move_a_start_and_what_comes_too_late_is_a_flaw(each: Table) -> None:
    for case in each.cases:
        told = telling.events(each.kind, case.told)
        if "corrected_start" in case.situations:
            first = telling.ran(each, case, told[: len(case.told)])
            assert [ran[:3] for ran in first] != [ran[:3] for ran in case.expected], case.name
        is_late = "clock_extended_late" in telling.flaws(each.kind, told)
        assert is_late is ("extended_too_late" in case.situations), case.name


@pytest.mark.parametrize(
    "fault",
    [
        "a sentence in small letters\n    2026-03-02 08:00 report\n    at 2026-04-01: nothing",
        "A sentence (no_situation)\n    2026-03-02 08:00 report\n    at 2026-04-01: nothing",
        "A sentence\n    2026-03-02 08:00 report",
        "A sentence\n    2026-03-02 8:00 report\n    at 2026-04-01: nothing",
        "A sentence\n    at 2026-04-01: LC1 2026-03-02 08:00 to 2026-03-03 08:00 on_time",
    ],
)
def test_a_paragraph_that_is_written_wrong_is_refused(fault: str) -> None:
    with pytest.raises(ValueError, match=r"no such|cannot read"):
        table("LC1", {"report": CASES[0][1].told[0].fact}, fault, {})
