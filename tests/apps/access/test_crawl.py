"""Every role × page × restricted query, on a real warehouse: what is not in the table is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from apps.access.desk import Desk
from apps.access.login import ROLES, Forbidden, Role
from apps.access.reader import Reader
from apps.access.table import table
from tests.apps.access.people import BEGAN, desk, login
from warehouse.audit import ROWS
from warehouse.audit_check import verify
from warehouse.client import Warehouse
from warehouse.restricted import LIMITS, QUERIES, Restricted

PARAMETER: Final = re.compile(r"\{(\w+):([\w(), ']+)\}")
VALUES: Final[tuple[tuple[str, Any], ...]] = (
    ("Array", []), ("Nullable", None), ("String", ""), ("UInt", 1), ("Int", 1), ("Float", 0.0),
    ("Bool", True), ("DateTime", datetime(2026, 1, 1, tzinfo=UTC)), ("Date", date(2026, 1, 1)),
    ("Decimal", 0),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(own_warehouse: Warehouse) -> Warehouse:
    return own_warehouse


@pytest.fixture(scope="module")
def own(store: Warehouse) -> Desk:
    return desk(store, BEGAN)


def _some(query: Restricted) -> dict[str, Any]:
    """A value of the right type for each parameter that a page fills in."""
    told = {name: kind for name, kind in PARAMETER.findall(query.sql) if name not in LIMITS}
    some = {name: next(v for word, v in VALUES if kind.startswith(word)) for name, kind in told.items()}
    return {name: "Europe/Stockholm" if name == "zone" else value for name, value in some.items()}


@pytest.mark.parametrize("page", table().pages)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_runs_its_queries_and_no_other(
    store: Warehouse, own: Desk, role: Role, page: str
) -> None:
    who = login(role, "vuxen", at=BEGAN)
    if role not in table().pages[page].roles:
        with pytest.raises(Forbidden):
            Reader(page, who, own, store)
        return
    reader = Reader(page, who, own, store)
    for name, query in QUERIES.items():
        rule = table().queries[name]
        if page in rule.pages and role in rule.scopes:
            reader.rows(name, _some(query), municipality="9999")
            expected = "read"
        else:
            with pytest.raises(Forbidden):
                reader.rows(name, _some(query), municipality="9999")
            expected = "refused"
        last = store.rows("SELECT act, role, page, query FROM audit ORDER BY at DESC, number DESC LIMIT 1")[0]
        assert tuple(last.values()) == (expected, role, page, name)
        assert reader.may(name) == (expected == "read")


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_gives_out_another_municipality(store: Warehouse, own: Desk, name: str) -> None:
    for page in table().queries[name].pages:
        for role in table().queries[name].scopes:
            if role in table().pages[page].roles:
                with pytest.raises(Forbidden):
                    Reader(page, login(role, at=BEGAN), own, store).rows(
                        name, _some(QUERIES[name]), municipality="0780"
                    )


def test_all_of_it_stands_in_a_whole_log(store: Warehouse) -> None:
    assert verify(store.rows(ROWS)) == []
