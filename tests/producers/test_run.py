from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from producers.pseudonym import Pseudonymiser
from producers.rows import Row, Table
from producers.run import Context, Made, Refused, Run
from producers.said import Passed
from producers.share import Order, Share, outcomes
from producers.source import Source, load
from schemas.codec import content_hash
from schemas.envelope import Event
from tests.producers.making import KEY, events, run

SOURCE = """
from producers.source import Said
from schemas.cases import CaseAssigned, CaseClosed, ReportReceived

def events(row):
    person = row["Person"] or None
    yield Said(ReportReceived(unit=row.unit("Enhet"), person=person), key=row["Nr"], at=row.time("Inkom"))
    if row["Avslutad"]:
        yield Said(CaseClosed(), key=row["Nr"], at=row.time("Avslutad"), sequence=1)
"""
HEADING = "Nr;Enhet;Person;Inkom;Avslutad\n"
ROWS = ("17;Vård;19121212-1212;2026-03-02 08:00;2026-03-09 09:30\n", "18;Vuxen;;2026-03-03 08:00;\n")
NUMBER = "19121212-1212"  # the tax agency's own example


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return written(tmp_path / "mine.py", SOURCE)


def written(path: Path, text: str, mtime: str = "2026-04-01T12:00+02:00") -> Path:
    path.write_text(text, encoding="utf-8")
    stamp = datetime.fromisoformat(mtime).timestamp()
    os.utime(path, (stamp, stamp))
    return path


def file(folder: Path, *rows: str, mtime: str = "2026-04-01T12:00+02:00") -> Path:
    return written(folder / "fil.csv", HEADING + "".join(rows), mtime)


def by_id(found: list[Event]) -> dict[str, Event]:
    assert len({event.id for event in found}) == len(found)
    return {event.id: event for event in found}


def _told_by(source: Source) -> list[Any]:
    """What a run of the source makes of a row of sums."""
    table = Table("fil.csv", {"Nr": 0, "Enhet": 1})
    context = Context(lambda code: KEY, datetime.now(UTC), datetime.now(UTC), "0780")
    return [*Run(source, table, context).of([Row(table, 2, ["1", "Summa"])])]


def refusal(mine: Path, folder: Path, *rows: str) -> Refused:
    """The one refusal that these rows make."""
    _, refused = run(mine, file(folder, *rows), "0780")
    assert len(refused) == 1
    return refused[0]


def test_an_event_wears_its_envelope(mine: Path, tmp_path: Path) -> None:
    opened, closed, _ = events(mine, file(tmp_path, *ROWS), "0780")
    assert opened.subject == closed.subject == f"0780/case/{KEY.of('case', '17')}"
    assert (opened.source, opened.kommunkod, opened.historical) == ("mine", "0780", False)
    assert opened.time == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert opened.recordedtime == datetime(2026, 4, 1, 10, tzinfo=UTC)
    assert opened.data.person == KEY.of("person", NUMBER)


def test_the_same_file_twice_makes_the_same_bytes(mine: Path, tmp_path: Path) -> None:
    path = file(tmp_path, *ROWS)
    assert events(mine, path, "0780") == events(mine, path, "0780")


def test_a_later_export_without_changes_has_the_same_ids_and_contents(mine: Path, tmp_path: Path) -> None:
    before = by_id(events(mine, file(tmp_path, *ROWS), "0780"))
    after = by_id(events(mine, file(tmp_path, *reversed(ROWS), mtime="2026-04-08T12:00+02:00"), "0780"))
    assert before.keys() == after.keys()
    assert all(content_hash(before[key]) == content_hash(after[key]) for key in before)


@pytest.mark.parametrize(
    "change",
    [("2026-03-02 08:00", "2026-03-02 08:01"), ("2026-03-09 09:30", "2026-03-10 09:30"), ("Vård", "Bistånd"),
     ("19121212-1212", "")],
)  # fmt: skip
def test_a_changed_cell_is_exactly_one_correction(
    change: tuple[str, str], mine: Path, tmp_path: Path
) -> None:
    before = by_id(events(mine, file(tmp_path, *ROWS), "0780"))
    changed = [row.replace(*change) for row in ROWS]
    after = by_id(events(mine, file(tmp_path, *changed, mtime="2026-04-08T12:00+02:00"), "0780"))
    assert before.keys() == after.keys()
    other = [key for key in before if content_hash(before[key]) != content_hash(after[key])]
    assert len(other) == 1
    assert after[other[0]].recordedtime > before[other[0]].recordedtime


def test_the_same_number_in_two_municipalities_is_two_cases(mine: Path, tmp_path: Path) -> None:
    path = file(tmp_path, *ROWS)
    assert not by_id(events(mine, path, "0780")).keys() & by_id(events(mine, path, "0180")).keys()


def test_an_identity_in_a_field_is_refused_with_its_column_and_without_its_value(
    mine: Path, tmp_path: Path
) -> None:
    refused = refusal(mine, tmp_path, ROWS[1], "19;19121212-1212;;2026-03-02 08:00;\n")
    assert (refused.reason, refused.line, refused.column) == ("identity", 3, "Enhet")
    assert "1212" not in str(refused)


def test_a_code_that_is_not_allowed_is_refused_with_its_column(mine: Path, tmp_path: Path) -> None:
    refused = refusal(mine, tmp_path, f"19;{'Vård' * 11};;2026-03-02 08:00;\n")
    assert (refused.reason, refused.line, refused.column) == ("bad_value", 2, "Enhet")
    assert refused.sv and refused.en


@pytest.mark.parametrize(
    ("row", "reason", "column"),
    [
        ("19;Vård;;i går;\n", "bad_time", "Inkom"),
        ("19;Vård;;;\n", "bad_time", "Inkom"),
        ("19;Vård;;2026-03-29 02:30;\n", "nonexistent_time", "Inkom"),
        ("19;Vård;;2026-03-02 08:00;2026-13-01\n", "bad_time", "Avslutad"),
        (";Vård;;2026-03-02 08:00;\n", "wrong_key", ""),
        ("19;Vård;;2226-03-02 08:00;\n", "future_time", "Inkom"),
        ("19;Vård;;1826-03-02 08:00;\n", "bad_time", "Inkom"),
    ],
)
def test_what_the_hub_would_refuse_is_refused_here(
    row: str, reason: str, column: str, mine: Path, tmp_path: Path
) -> None:
    refused = refusal(mine, tmp_path, row)
    assert (refused.reason, refused.column, refused.line) == (reason, column, 2)


def test_a_refused_row_sends_nothing_and_the_others_all(mine: Path, tmp_path: Path) -> None:
    made, refused = run(mine, file(tmp_path, "19;Vård;;2026-03-02 08:00;i går\n", *ROWS), "0780")
    assert (len(made), len(refused)) == (3, 1)


def test_a_time_that_occurs_twice_is_sent_with_its_flaw(mine: Path, tmp_path: Path) -> None:
    opened = events(mine, file(tmp_path, "19;Vård;;2025-10-26 02:30;\n"), "0780")[0]
    assert opened.flaws == ("ambiguous_time",)


def test_a_file_from_the_future_is_refused(mine: Path, tmp_path: Path) -> None:
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    _, refused = run(mine, file(tmp_path, ROWS[1], mtime=later), "0780")
    assert [one.reason for one in refused] == ["clock"]


def test_recorded_at_overrides_the_files_own_time(mine: Path, tmp_path: Path) -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    order = Order(str(mine), file(tmp_path, ROWS[1]), municipality="0780", recorded_at=at)
    (made,) = outcomes(order, load(str(mine)), lambda code: KEY, [])
    assert isinstance(made, Made) and made.event.recordedtime == at


def test_shares_make_every_event_once(mine: Path, tmp_path: Path) -> None:
    path = file(tmp_path, *(f"{n};Vård;;2026-03-02 08:00;\n" for n in range(2_100)))
    order = Order(str(mine), path, municipality="0780")
    parts = [outcomes(order, load(str(mine)), lambda code: KEY, [], Share(part, 3)) for part in range(3)]
    ids = [made.event.id for part in parts for made in part if isinstance(made, Made)]
    assert sorted(ids) == sorted(event.id for event in events(mine, path, "0780"))


STAFFED = """
from producers.source import Said
from schemas.hours import VisitPerformed
def events(row):
    at = row.time("Inkom")
    fact = VisitPerformed(start_at=at.utc, unit="norr", person="19121212-1212", staff=("17", "18"))
    yield Said(fact, row["Nr"], at)
"""


def test_everybody_who_came_is_a_pseudonym(tmp_path: Path) -> None:
    (event,) = events(written(tmp_path / "mine.py", STAFFED), file(tmp_path, ROWS[1]), "0780")
    assert event.data.staff == (KEY.of("staff", "17"), KEY.of("staff", "18"))
    assert event.data.person == KEY.of("person", NUMBER)


PASSED = """
from producers.source import Passed, Said
from schemas.cases import ReportReceived
def events(row):
    if row["Enhet"] == "Summa":
        yield Passed("sum")
    else:
        yield Said(ReportReceived(unit=row.unit("Enhet")), row["Nr"], row.time("Inkom"))
"""


def test_a_row_that_is_passed_over_makes_no_event_and_says_why(tmp_path: Path) -> None:
    source = written(tmp_path / "mine.py", PASSED)
    order = Order(str(source), file(tmp_path, ROWS[0], ";Summa;;;\n", ROWS[1]), municipality="0780")
    found = list(outcomes(order, load(str(source)), lambda code: KEY, []))
    assert [type(one) for one in found] == [Made, Passed, Made]
    assert found[1] == Passed("sum")


def test_of_a_list_that_is_told_whole_no_row_is_passed_over(tmp_path: Path) -> None:
    source = load(str(written(tmp_path / "mine.py", PASSED + 'LEDGER = "Nr"\n')))
    assert [refused.reason for refused in _told_by(source)] == ["mapping"]


BALANCE = """
from producers.source import Said
from schemas.cases import BalanceObserved
def events(row):
    unit, at = row.unit("Enhet"), row.time("Inkom")
    fact = BalanceObserved(unit=unit, on=at.utc.date(), open_cases=int(row.number_in("Nr")))
    yield Said(fact, key=f"{unit}.{at.utc:%Y%m%d}", at=at)
"""


def test_an_entity_that_is_no_case_keeps_its_plain_key_and_the_gate_looks_at_it(tmp_path: Path) -> None:
    source = written(tmp_path / "balances.py", BALANCE)
    path = file(tmp_path, "41;Vård;;2026-03-02 08:00;\n", "41;191212121212;;2026-03-02 08:00;\n")
    made, refused = run(source, path, "0780")
    assert [event.subject for event in made] == ["0780/unit_day/Vård.20260302"]
    assert [(one.reason, one.line) for one in refused] == [("identity", 3)]


ALARMS = """
from producers.source import Said
from schemas.cases import FollowedUp
IDENTITY = {identity}
def events(row):
    yield Said(FollowedUp(), key=row["Nr"], at=row.time("Inkom"))
"""


def test_two_equal_rows_without_identity_are_two_facts_and_again_the_same_two(tmp_path: Path) -> None:
    path = file(tmp_path, ROWS[1], ROWS[1], ROWS[0])
    source = written(tmp_path / "alarms.py", ALARMS.format(identity=False))
    first = events(source, path, "0780")
    assert len(by_id(first)) == 3
    assert events(source, path, "0780") == first


def test_two_equal_rows_with_identity_are_one_fact(tmp_path: Path) -> None:
    source = written(tmp_path / "alarms.py", ALARMS.format(identity=True))
    found = events(source, file(tmp_path, ROWS[1], ROWS[1]), "0780")
    assert len(found) == 2 and len({event.id for event in found}) == 1


MOVES = """
from producers.source import Said
from schemas.{room} import {fact}
IDENTITY = {identity}
def events(row):
    yield Said({fact}({told}), key=None, at=row.time("Inkom"))
"""
ALIKE = ("1;A;;2026-03-02 08:00;\n", "2;A;;2026-03-02 08:00;\n", "3;B;;2026-03-02 08:00;\n")


def moves(folder: Path, identity: bool = False) -> Path:
    told = 'on=row.day("Inkom"), to_provider=row.unit("Enhet")'
    text = MOVES.format(room="placements", fact="PlacementMoved", told=told, identity=identity)
    return written(folder / "moves.py", text)


def test_each_row_without_number_is_an_entity_of_its_own_and_again_the_same(tmp_path: Path) -> None:
    source = moves(tmp_path)
    first = events(source, file(tmp_path, *ALIKE), "0780")
    assert len({event.subject for event in first}) == len(by_id(first)) == 3
    assert events(source, file(tmp_path, *ALIKE), "0780") == first
    assert all(event.subject.startswith("0780/placement/ktest.") for event in first)


def test_rows_without_number_keep_their_keys_when_other_rows_come_between(tmp_path: Path) -> None:
    source = moves(tmp_path)
    first = events(source, file(tmp_path, *ALIKE), "0780")
    more = events(source, file(tmp_path, "4;C;;2026-03-01 08:00;\n", ALIKE[2], *ALIKE), "0780")
    assert {event.subject for event in first} < {event.subject for event in more}
    assert len({event.subject for event in more}) == 5


def test_a_row_without_number_keeps_a_plain_key_where_the_entity_is_no_secret(tmp_path: Path) -> None:
    told = 'year=2021, persons=int(row["Nr"])'
    text = MOVES.format(room="reference", fact="PopulationSet", told=told, identity=False)
    found = events(written(tmp_path / "people.py", text), file(tmp_path, ALIKE[0], ALIKE[0]), "0780")
    assert [event.subject[-2:] for event in found] == ["-1", "-2"]
    assert len({event.subject[:-2] for event in found}) == 1


def test_a_source_with_identity_may_not_leave_the_number_out(tmp_path: Path) -> None:
    _, refused = run(moves(tmp_path, identity=True), file(tmp_path, ALIKE[0]), "0780")
    assert [one.reason for one in refused] == ["mapping"] and "IDENTITY" in refused[0].en


def test_an_empty_number_is_refused_also_without_identity(tmp_path: Path) -> None:
    source = written(tmp_path / "alarms.py", ALARMS.format(identity=False))
    _, refused = run(source, file(tmp_path, ";A;;2026-03-02 08:00;\n"), "0780")
    assert [one.reason for one in refused] == ["wrong_key"]


def test_a_key_is_asked_for_only_where_something_is_hidden(tmp_path: Path) -> None:
    def no_key(code: str) -> Pseudonymiser:
        raise AssertionError(f"the key of {code} was asked for")

    source = written(tmp_path / "balances.py", BALANCE)
    order = Order(str(source), file(tmp_path, "41;Vård;;2026-03-02 08:00;\n"), municipality="0780")
    assert len(list(outcomes(order, load(str(source)), no_key, []))) == 1


def test_the_municipality_may_stand_in_the_row(tmp_path: Path) -> None:
    source = written(tmp_path / "mine.py", SOURCE + 'MUNICIPALITY_COLUMN = "Enhet"\n')
    path = file(
        tmp_path, "1;0780;;2026-03-02 08:00;\n", "2;0180;;2026-03-02 08:00;\n", "3;780;;2026-03-02 08:00;\n"
    )
    made, refused = run(source, path, "")
    assert [event.kommunkod for event in made] == ["0780", "0180"]
    assert [(one.reason, one.line, one.column) for one in refused] == [("unknown_municipality", 4, "Enhet")]


def test_the_column_of_the_sources_own_change_time_says_when_it_was_recorded(tmp_path: Path) -> None:
    source = written(tmp_path / "mine.py", SOURCE + 'RECORDED = "Avslutad"\n')
    assert {event.recordedtime for event in events(source, file(tmp_path, ROWS[0]), "0780")} == {
        datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
    }


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('    return [int(row["Enhet"])]\n', 'mine.py line 4, `return [int(row["Enhet"])]`: ValueError'),
        ("    yield 1\n", "Said"),
        ('    yield Passed(row["Enhet"])\n', "Passed"),
        ("    yield Passed(None)\n", "Passed"),
        ('    yield Said(ReportReceived(unit=3), row["Nr"], row.time("Inkom"))\n', "wrong type"),
        ('    yield Said(ReportReceived(unit="a"), row["Nr"], datetime(2026, 1, 1))\n', "without zone"),
        ('    yield Said(ReportReceived(unit=object()), row["Nr"], row.time("Inkom"))\n', "JSON"),
        (
            '    yield Said(ReportReceived(unit="a"), row["Nummer"], row.time("Inkom"))\n',
            "The column is missing",
        ),
        ('    yield Said(ReportReceived(unit="a"), 5, row.time("Inkom"))\n', "wrong kind of key"),
        ('    yield Said(ReportReceived(unit="a"), None, row.time("Inkom"))\n', "wrong kind of key"),
        ("    yield Said(ReportReceived(unit='a', person=5), '1', row.time('Inkom'))\n", "wrong type"),
        (
            '    yield Said(ReportReceived(unit="a"), "1", row.time("Inkom"), actor=("unit_head", 5))\n',
            "wrong kind of actor",
        ),
        (
            '    yield Said(ReportReceived(unit="a"), "1", row.time("Inkom"), actor="x")\n',
            "wrong kind of actor",
        ),
        ('    yield Said(ReportReceived(unit="a"), "1", row.time("Inkom"), sequence="x")\n', "wrong type"),
        ('    raise Exception(row["Enhet"])\n', 'line 4, `raise Exception(row["Enhet"])`: Exception'),
        ('    raise SystemExit(row["Enhet"])\n', 'line 4, `raise SystemExit(row["Enhet"])`: SystemExit'),
        ("    import sys; sys.exit(3)\n", "line 4, `import sys; sys.exit(3)`: SystemExit"),
        ('    open("/nowhere/units.csv")\n', 'line 4, `open("/nowhere/units.csv")`: FileNotFoundError'),
        ("    yield from iter(1, 2, 3)\n", "line 4, `yield from iter(1, 2, 3)`: TypeError"),
    ],
)
def test_a_mistake_in_the_mapping_is_told_without_the_rows_content(
    body: str, told: str, tmp_path: Path
) -> None:
    head = "from datetime import datetime; from producers.source import Passed, Said\n"
    body = "def events(row):\n" + body.replace("ReportReceived", "cases.ReportReceived")
    source = written(tmp_path / "mine.py", head + "from schemas import cases\n" + body)
    _, refused = run(source, file(tmp_path, ROWS[0]), "0780")
    assert [one.line for one in refused] == [2]
    assert told in refused[0].en
    assert "Vård" not in refused[0].en


def test_the_line_of_a_mistake_is_found_where_the_source_is_named_by_a_short_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "mine.py", 'def events(row):\n    return int(row["Enhet"])\n')
    monkeypatch.chdir(tmp_path)
    _, refused = run("mine.py", file(tmp_path, ROWS[0]), "0780")
    assert 'mine.py line 2, `return int(row["Enhet"])`: ValueError' in refused[0].en


def test_ctrl_c_in_the_sources_function_ends_the_run(tmp_path: Path) -> None:
    source = written(tmp_path / "mine.py", "def events(row):\n    raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        run(source, file(tmp_path, ROWS[0]), "0780")
