"""What the engineer view says of versions that a source told twice, with two contents."""

from __future__ import annotations

from apps.health import conflicts
from schemas import cases as c
from schemas.reference import FteSet
from tests.telling import at, tell
from tests.warehouse.town import about, fold
from warehouse.client import Warehouse


def test_conflicts_of_every_kind_are_shown_until_a_later_version_settles_them(warehouse: Warehouse) -> None:
    torn = [tell("one", c.ReportReceived(unit=unit), at(0)) for unit in ("a", "b")]
    staff = [about("a.caseworker", FteSet("a", fte, at(0).date()), at(0), "9999") for fte in (2.0, 3.0)]
    fold(warehouse, [*torn, *staff, tell("two", c.ReportReceived(unit="a"), at(0))])
    found = {(row["municipality"], row["kind"]): row["entities"] for row in conflicts(warehouse)}
    assert found == {("9999", "case"): 1, ("9999", "fte"): 1}
    fold(warehouse, [tell("one", c.ReportReceived(unit="c"), at(0), recorded=at(3))])
    assert [row["kind"] for row in conflicts(warehouse)] == ["fte"]
