"""Invoice control over the real warehouse: each line of `placed_town.py` beside what is computed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.placing import PLACES, pseudonym
from tests.warehouse.placed_town import AT, town
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.restricted import QUERIES

EVERYTHING: dict[str, Any] = {
    "municipality": PLACES, "every_unit": 1, "units": [], "at": AT, "zone": "Europe/Stockholm",
    "month": "", "provider": "", "search": "", "question": "all", "most": 1000,
}  # fmt: skip
NAMES = {f"{PLACES}/invoice/{pseudonym('invoice', name)}": name.removesuffix("-i1") for name in (
    "signed-i1", "over-i1", "bare-i1", "gone-i1", "nobody-i1", "safe-i1",
)}  # fmt: skip


@pytest.fixture(scope="module")
def invoiced(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse of the module's own that was told of the town."""
    fold(own_warehouse, town())
    return own_warehouse


def asked(store: Warehouse, query: str = "invoice_lines", **changed: Any) -> list[dict[str, Any]]:
    return store.rows(QUERIES[query].sql, EVERYTHING | changed)


def found(store: Warehouse, **changed: Any) -> dict[str, dict[str, Any]]:
    return {NAMES[row["entity"]]: row for row in asked(store, **changed)}


ANSWERS = {
    "all": set(NAMES.values()), "to_review": {"over", "bare", "gone"}, "credited": {"safe"},
    "open": {"signed", "over", "bare", "gone", "nobody"}, "disputed": set(), "accepted": set(),
    "not_computed": {"nobody"},
}  # fmt: skip


def test_every_question_gives_its_lines_and_the_tile_counts_them(invoiced: Warehouse) -> None:
    [counts] = asked(invoiced, "invoice_counts")
    for question, names in ANSWERS.items():
        assert (question, set(found(invoiced, question=question))) == (question, names)
        assert (question, counts[question]) == (question, len(names))
    assert counts["months"] == ["2026-11"]
    assert (counts["charged_kr"], counts["off_kr"], counts["compared"]) == (800900, 22100, 5)
    [first] = asked(invoiced, most=1)
    assert NAMES[first["entity"]] == "over"  # the largest deviation


def test_a_deviation_is_told_in_days_price_and_kronor(invoiced: Warehouse) -> None:
    lines = found(invoiced)
    off = {name: (row["days_off"], row["daily_kr_off"], row["kr_off"]) for name, row in lines.items()}
    assert off["signed"] == (0, 0, 0)
    assert off["over"] == (2, 0, 15600)
    assert off["bare"] == (0, 100, 3100)
    assert off["gone"] == (3, None, 300)  # no day of that placement is left to charge for
    assert off["nobody"] == (None, None, None)


def test_a_line_about_protected_housing_names_no_provider(invoiced: Warehouse) -> None:
    assert (found(invoiced)["safe"]["provider"], found(invoiced)["safe"]["is_hidden"]) == ("", 1)
    assert found(invoiced, provider="S1") == {}
    [counts] = asked(invoiced, "invoice_counts")
    assert "S1" not in counts["providers"]


def test_filters_narrow_lines_and_counts_alike(invoiced: Warehouse) -> None:
    for filters in ({"month": "2026-11"}, {"month": "2026-10"}, {"provider": "B112"},
                    {"search": found(invoiced)["over"]["placement_key"]}):  # fmt: skip
        [counts] = asked(invoiced, "invoice_counts", **filters)
        assert counts["all"] == len(found(invoiced, **filters))
    assert set(found(invoiced, search=found(invoiced)["over"]["placement_key"])) == {"over"}


def test_a_unit_head_sees_lines_of_the_own_units_and_none_of_nobody(invoiced: Warehouse) -> None:
    adults = {"every_unit": 0, "units": ["vuxen"]}
    assert set(found(invoiced, **adults)) == {"safe"}
    key = found(invoiced)["over"]["key"]
    assert asked(invoiced, "invoice_history", key=key, **adults) == []


def test_the_history_of_a_line_holds_what_came_and_what_was_said_of_it(invoiced: Warehouse) -> None:
    rows = asked(invoiced, "invoice_history", key=found(invoiced)["safe"]["key"])
    assert [bool(row["is_hidden"]) for row in rows] == [True, True]
    assert "invoice-received" in rows[0]["body"] and "credited" in rows[1]["body"]
    assert asked(invoiced, "invoice_history", key="") == []
