from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from apps.access.login import Forbidden, LoggedOut, Role
from apps.access.reader import Asked, Reader
from apps.access.table import FILE, Table, read
from apps.access.watch import Watch
from schemas.errors import HubError
from tests.apps.access.people import BEGAN, desk, login
from warehouse.audit import ROWS
from warehouse.audit_check import verify
from warehouse.client import Warehouse
from warehouse.restricted import QUERIES, Restricted

PLACED = Restricted(
    "SELECT entity, unit FROM placed WHERE municipality = {municipality:String} "
    "AND ({every_unit:UInt8} = 1 OR has({units:Array(String)}, unit)) AND price > {least:Float64} "
    "ORDER BY entity",
    entity="entity",
)
TEXT = (
    FILE.read_text(encoding="utf-8")
    + '\n[queries.placed]\npages = ["placeringar"]\n'
    + 'scopes = {coordinator = "municipality", unit_head = "units"}\n'
)


@pytest.fixture(scope="module")
def given() -> Table:
    return read(TEXT, QUERIES | {"placed": PLACED})


@pytest.fixture
def store(warehouse: Warehouse) -> Warehouse:
    warehouse.command(
        "CREATE TABLE placed (municipality String, unit String, entity String, price Float64) "
        "ENGINE = MergeTree ORDER BY entity"
    )
    warehouse.command(
        "INSERT INTO placed VALUES ('9999', 'vuxen', 'a', 10), ('9999', 'barn-unga', 'b', 20), "
        "('9999', 'lss', 'c', 1), ('9998', 'vuxen', 'd', 10)"
    )
    return warehouse


def _reader(store: Warehouse, given: Table, role: Role, *units: str) -> Reader:
    return Reader("placeringar", login(role, *units, at=BEGAN), desk(store, given=given), store)


def _seen(reader: Reader, units: list[str] | None = None, municipality: str = "9999") -> list[str]:
    rows = reader.rows("placed", {"least": 5.0}, municipality=municipality, units=units)
    return [row["entity"] for row in rows]


def test_a_coordinator_sees_the_municipality_and_a_unit_head_the_own_units(
    store: Warehouse, given: Table
) -> None:
    assert _seen(_reader(store, given, "coordinator", "lss")) == ["a", "b"]
    assert _seen(_reader(store, given, "unit_head", "vuxen", "lss")) == ["a"]
    assert _seen(_reader(store, given, "unit_head")) == ["a", "b"]


def test_a_page_may_narrow_and_never_widen(store: Warehouse, given: Table) -> None:
    assert _seen(_reader(store, given, "coordinator"), ["barn-unga"]) == ["b"]
    assert _seen(_reader(store, given, "unit_head", "vuxen"), ["vuxen", "barn-unga"]) == ["a"]
    assert _seen(_reader(store, given, "unit_head", "vuxen"), ["barn-unga"]) == []
    assert _seen(_reader(store, given, "coordinator"), []) == []


def test_a_unit_head_without_units_sees_nothing(store: Warehouse, given: Table) -> None:
    nobody = replace(login("unit_head", at=BEGAN), units=())
    assert _seen(Reader("placeringar", nobody, desk(store, given=given), store)) == []


def test_queries_that_run_together_each_leave_their_row_in_the_order_asked(
    store: Warehouse, given: Table
) -> None:
    reader = _reader(store, given, "unit_head", "vuxen", "lss")
    dear, all_of_them = reader.together(
        [Asked("placed", {"least": 5.0}, "export"), Asked("placed", {"least": 0.0})], municipality="9999"
    )
    assert [row["entity"] for row in dear] == ["a"]
    assert [row["entity"] for row in all_of_them] == ["a", "c"]
    told = [(row["act"], row["row_count"], row["entities"]) for row in store.rows(ROWS)[-2:]]
    assert told == [("export", 1, ["a"]), ("read", 2, ["a", "c"])]
    assert verify(store.rows(ROWS)) == []
    with pytest.raises(Forbidden):
        reader.together([Asked("placed", {"least": 0.0}), Asked("invoice_lines", {})], municipality="9999")
    assert [row["act"] for row in store.rows(ROWS)][-1:] == ["refused"]


def test_each_read_leaves_a_row_that_says_what_was_given_out(store: Warehouse, given: Table) -> None:
    _seen(_reader(store, given, "unit_head", "vuxen", "lss"))
    row = store.rows(ROWS)[-1]
    assert (row["act"], row["role"], row["page"], row["query"]) == (
        "read", "unit_head", "placeringar", "placed",
    )  # fmt: skip
    assert json.loads(row["filters"]) == {"least": 5.0, "units": ["lss", "vuxen"]}
    assert (row["row_count"], row["entities"], row["purpose"]) == (1, ["a"], "placement_follow_up")
    assert row["actor"] == login("unit_head").actor
    assert verify(store.rows(ROWS)) == []


def test_a_page_that_asks_by_itself_leaves_a_row_when_it_gives_out_somebody_new(
    store: Warehouse, given: Table
) -> None:
    reader, watch = _reader(store, given, "coordinator"), Watch()

    def seen() -> int:
        return len(reader.watched("placed", {"least": 5.0}, watch, municipality="9999"))

    assert [seen() for _ in range(3)] == [2, 2, 2]
    assert [row["entities"] for row in store.rows(ROWS) if row["act"] == "read"] == [["a", "b"]]
    store.command("INSERT INTO placed VALUES ('9999', 'vuxen', 'e', 10)")
    assert [seen() for _ in range(2)] == [3, 3]
    assert [row["entities"] for row in store.rows(ROWS) if row["act"] == "read"][1:] == [["a", "b", "e"]]
    with pytest.raises(Forbidden):
        reader.watched("audit_rows", {}, watch, municipality="9999")
    assert store.rows(ROWS)[-1]["act"] == "refused"


def test_a_purpose_that_is_not_the_roles_own_is_not_taken(store: Warehouse, given: Table) -> None:
    who, own = login("coordinator", at=BEGAN), desk(store, given=given)
    own.sessions.choose(who, "access_control")
    Reader("placeringar", who, own, store).rows("placed", {"least": 0.0}, municipality="9999")
    assert store.rows(ROWS)[-1]["purpose"] == "placement_follow_up"


def test_an_export_and_a_purpose_are_told(store: Warehouse, given: Table) -> None:
    who, own = login("coordinator", at=BEGAN), desk(store, given=given)
    reader = Reader("placeringar", who, own, store)
    own.sessions.choose(who, "complaint")
    reader.rows("placed", {"least": 0.0}, municipality="9999", act="export")
    row = store.rows(ROWS)[-1]
    assert (row["act"], row["purpose"], row["row_count"]) == ("export", "complaint", 3)


@pytest.mark.parametrize(
    ("query", "municipality", "parameters"),
    [
        ("placed", "9998", {"least": 0.0}),
        ("placed", "", {"least": 0.0}),
        ("audit_rows", "9999", {}),
        ("no_such", "9999", {}),
        ("placed", "9999", {"least": 0.0, "every_unit": 1}),
        ("placed", "9999", {"least": 0.0, "units": ["lss"]}),
        ("placed", "9999", {"least": 0.0, "municipality": "9998"}),
    ],
)
def test_what_is_not_allowed_is_refused_and_leaves_a_row(
    store: Warehouse, given: Table, query: str, municipality: str, parameters: dict[str, object]
) -> None:
    with pytest.raises(Forbidden):
        _reader(store, given, "unit_head", "vuxen").rows(query, parameters, municipality=municipality)
    row = store.rows(ROWS)[-1]
    assert (row["act"], row["query"], row["row_count"]) == ("refused", query, 0)


def test_nobody_reads_from_a_page_that_is_not_theirs(store: Warehouse, given: Table) -> None:
    for role in ("economist", "politician", "engineer", "data_protection"):
        with pytest.raises(Forbidden):
            Reader("placeringar", login(role, at=BEGAN), desk(store, given=given), store)


def test_a_session_that_has_ended_reads_nothing(store: Warehouse, given: Table) -> None:
    reader = Reader("placeringar", login("coordinator", at=BEGAN), desk(store, BEGAN, given), store)
    late = desk(store, BEGAN + timedelta(hours=8), given)
    with pytest.raises(LoggedOut):
        Reader("placeringar", reader.login, late, store).rows("placed", {"least": 0}, municipality="9999")


def test_what_cannot_be_written_down_is_not_shown(store: Warehouse, given: Table) -> None:
    reader = _reader(store, given, "coordinator")
    assert _seen(reader) == ["a", "b"]
    store.command("RENAME TABLE audit TO audit_away")
    with pytest.raises(HubError):
        _seen(reader)


def test_whom_the_rows_are_about_is_told_while_they_are_few(store: Warehouse, given: Table) -> None:
    store.command("INSERT INTO placed SELECT '9999', 'vuxen', toString(number), 10 FROM numbers(20)")
    _seen(_reader(store, given, "coordinator"))
    row = store.rows(ROWS)[-1]
    assert (row["row_count"], row["entities"]) == (22, [])
