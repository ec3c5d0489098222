from __future__ import annotations

import pytest

from apps.access.login import ROLES
from apps.access.table import FILE, Table, read, table
from schemas.errors import Misconfigured
from warehouse.restricted import QUERIES, Restricted, faults

TEXT = FILE.read_text(encoding="utf-8")


def test_every_role_has_a_purpose_and_every_page_a_reader() -> None:
    assert set(table().purposes) == set(ROLES)
    assert all(table().purposes.values())
    assert all(page.roles for page in table().pages.values())
    assert all(query.scopes for query in table().queries.values())


def test_no_role_opens_every_page() -> None:
    for role in ROLES:
        assert any(table().opens([role], page) is None for page in table().pages)


def test_the_engineer_and_the_politician_open_nothing_restricted() -> None:
    for page in table().pages.values():
        if page.class_ == "restricted":
            assert not {"engineer", "politician"} & set(page.roles), page.name


def test_what_the_table_does_not_know_is_refused() -> None:
    assert table().opens(ROLES, "no_such_page") is None
    assert table().asks(ROLES, "lasningar", "no_such_query") is None
    assert table().asks(ROLES, "start", "audit_rows") is None
    assert table().asks([], "lasningar", "audit_rows") is None
    assert Table({}, {}, {}).opens(ROLES, "start") is None


def test_of_several_roles_the_first_that_may_is_the_one_that_acts() -> None:
    assert table().opens(["coordinator", "data_protection"], "lasningar") == "data_protection"
    assert table().asks(["coordinator", "data_protection"], "lasningar", "audit_rows") == (
        "data_protection", "municipality",
    )  # fmt: skip


def test_a_pages_own_purpose_holds_until_another_is_chosen() -> None:
    assert table().purpose("unit_head", page="bemanning") == "staffing"
    assert table().purpose("unit_head", page="larm") == "device_alarms"
    assert table().purpose("unit_head", page="placeringar") == "placement_follow_up"
    assert table().purpose("unit_head", "complaint", "bemanning") == "complaint"
    assert table().purpose("economist", "staffing", "bemanning") == "invoice_review"  # none of the role's


@pytest.mark.parametrize(
    ("found", "instead", "words"),
    [
        ('["engineer"]', '["enginer"]', "'enginer' is no role"),
        ('class = "technical"', 'class = "secret"', "'secret' is none of public"),
        ('"municipality"}', '"all"}', "'all' is none of units"),
        ('pages = ["lasningar"]', 'pages = ["teknik"]', "'teknik' is no restricted page"),
        ("[queries.audit_rows]", "[queries.audit_lines]", "audit_rows is not in the table"),
        ("[queries.audit_rows]", "[queries.audit_lines]", "audit_lines.* is not in warehouse"),
        ('purposes = ["planning"]', 'reasons = ["planning"]', "must have exactly purposes"),
        ('purposes = ["planning"]', 'purposes = ["curiosity"]', "'curiosity' is none of placement"),
        ('purpose = "staffing"', 'purpose = "curiosity"', "'curiosity' is none of placement"),
        ('purpose = "staffing"', "purpose = 7", "must have exactly path"),
        ("[pages.start]", "[screens.start]", "unknown part screens"),
        ("[pages.start]", "[pages.start", "table.toml"),
    ],
)
def test_a_fault_in_the_table_is_named(found: str, instead: str, words: str) -> None:
    assert found in TEXT
    with pytest.raises(Misconfigured, match=words):
        read(TEXT.replace(found, instead), QUERIES)


def test_every_restricted_query_is_limited_by_its_text() -> None:
    assert faults(QUERIES) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM placements WHERE ({every_unit:UInt8} = 1 OR has({units:Array(String)}, unit))",
        "SELECT * FROM placements WHERE municipality = {municipality:String}",
        "SELECT 1 FROM places WHERE municipality = {municipality:String} AND has({units:Array(String)}, a)",
    ],
)
def test_a_query_that_is_not_limited_is_seen(sql: str) -> None:
    assert len(faults({"loose": Restricted(sql)})) == 1
