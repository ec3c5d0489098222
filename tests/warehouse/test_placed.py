"""Each question of domain 4.2, rows 1.6–1.12, answered right over the real warehouse."""

from __future__ import annotations

from typing import Any

import pytest

from apps.access.table import table
from tests.placing import PLACES, pseudonym
from tests.warehouse.placed_town import AT, TODAY, town
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.restricted import QUERIES

Rows = list[dict[str, Any]]
EVERYTHING: dict[str, Any] = {
    "municipality": PLACES, "every_unit": 1, "units": [], "at": AT, "today": TODAY,
    "zone": "Europe/Stockholm", "care_form": "", "target_group": "", "provider": "", "place": "",
    "search": "", "question": "all", "days": -1, "reason": "",
}  # fmt: skip
NAMES = {pseudonym("placement", name): name for name in (
    "signed", "late", "safe", "over", "bare", "month", "quarter", "still", "again", "gone",
)}  # fmt: skip


@pytest.fixture(scope="module")
def placed(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse of the module's own that was told of the town."""
    fold(own_warehouse, town())
    return own_warehouse


def asked(store: Warehouse, query: str = "placements_placed", **changed: Any) -> Rows:
    return store.rows(QUERIES[query].sql, EVERYTHING | changed)


def found(store: Warehouse, **changed: Any) -> set[str]:
    return {NAMES[row["placement"]] for row in asked(store, **changed)}


def row(store: Warehouse, name: str) -> dict[str, Any]:
    return next(row for row in asked(store) if NAMES[row["placement"]] == name)


ANSWERS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "all": ({}, {"signed", "late", "safe", "over", "bare", "month", "quarter", "still", "again"}),
    "missing": ({"question": "missing"}, {"bare"}),
    "waiting": ({"question": "waiting"}, {"late", "quarter"}),
    "waiting_7": ({"question": "waiting", "days": 7}, {"late", "quarter"}),
    "waiting_14": ({"question": "waiting", "days": 14}, {"late", "quarter"}),
    "waiting_30": ({"question": "waiting", "days": 30}, {"quarter"}),
    "expiring_30": ({"question": "expiring", "days": 30}, {"safe"}),
    "expiring_60": ({"question": "expiring", "days": 60}, {"safe", "month"}),
    "expiring_90": ({"question": "expiring", "days": 90}, {"safe", "month", "quarter"}),
    "after_end": ({"question": "after_end"}, {"over"}),
    "outside": ({"question": "outside"}, {"late", "over", "quarter"}),
    "outside_full": ({"question": "outside", "reason": "full"}, {"late"}),
    "outside_care_needs": ({"question": "outside", "reason": "care_needs"}, {"over"}),
    "outside_other": ({"question": "outside", "reason": "other"}, set()),
    "outside_missing": ({"question": "outside", "reason": "missing"}, {"quarter"}),
    "invoice": ({"question": "invoice"}, {"over", "bare"}),
}  # fmt: skip


def test_every_question_gives_its_rows_and_the_tile_counts_them(placed: Warehouse) -> None:
    [counts] = asked(placed, "placement_counts")
    for column, (question, names) in ANSWERS.items():
        assert (column, found(placed, **question)) == (column, names)
        assert (column, counts[column]) == (column, len(names))
    assert counts["persons"] == 8  # of nine placements two are one person's


def test_a_row_says_where_how_and_at_what_price(placed: Warehouse) -> None:
    one = row(placed, "signed")
    assert (one["provider"], one["located_in"], one["care_form"]) == ("B112", "0484", "residential_care_home")
    assert (one["daily_kr"], one["extra_kr"], one["framework"], one["papers"]) == (
        6450, 50, "ra-2024-07", "signed",
    )  # fmt: skip
    assert row(placed, "month")["daily_kr"] is None  # a price that is missing is not zero
    assert row(placed, "late")["waits_days"] == 16


def test_protected_housing_tells_neither_provider_nor_place(placed: Warehouse) -> None:
    safe = row(placed, "safe")
    assert (safe["provider"], safe["located_in"], safe["is_hidden"]) == ("", "", 1)
    assert found(placed, provider="S1") == set()
    assert found(placed, place="0581") == set()
    [counts] = asked(placed, "placement_counts")
    assert "S1" not in counts["providers"]
    [provider] = [one for one in asked(placed, "provider_deficiencies") if one["provider"] == "S1"]
    assert provider["located_in"] == ""


def test_filters_narrow_rows_and_counts_alike(placed: Warehouse) -> None:
    for filters in ({"care_form": "foster_home"}, {"target_group": "youth"}, {"provider": "B112"},
                    {"place": "0580"}, {"search": row(placed, "bare")["key"][:6]}):  # fmt: skip
        [counts] = asked(placed, "placement_counts", **filters)
        assert counts["all"] == len(found(placed, **filters)) > 0
        assert len(counts["care_forms"]) == 4  # what can be chosen stays
    assert found(placed, place="0580") == {"over"}


def test_a_unit_head_finds_the_own_units_alone(placed: Warehouse) -> None:
    adults = {"every_unit": 0, "units": ["vuxen"]}
    assert found(placed, **adults) == {"safe"}
    [counts] = asked(placed, "placement_counts", **adults)
    assert (counts["all"], counts["providers"]) == (1, [])
    key = row(placed, "signed")["key"]
    assert asked(placed, "placement_history", key=key, **adults) == []


def test_before_a_contract_was_signed_it_waited(placed: Warehouse) -> None:
    early = {"at": AT.replace(month=10, day=1), "today": TODAY.replace(month=10, day=1)}
    assert "month" in found(placed, question="waiting", **early)
    assert "late" not in found(placed, **early)


def test_open_deficiencies_stand_first_and_mended_ones_do_not(placed: Warehouse) -> None:
    first, *rest = asked(placed, "provider_deficiencies")
    assert (first["provider"], [about for about, *_ in first["lacking"]]) == ("B113", ["staffing"])
    assert all(not one["lacking"] for one in rest)


def test_the_history_holds_every_version_of_placement_contract_and_invoice(placed: Warehouse) -> None:
    rows = asked(placed, "placement_history", key=row(placed, "signed")["key"])
    kinds = [one["entity"].split("/")[1] for one in rows]
    assert (kinds.count("placement"), kinds.count("contract"), kinds.count("invoice")) == (3, 4, 1)
    assert asked(placed, "placement_history", key="") == []
    assert asked(placed, "placement_history", key=row(placed, "signed")["key"][:6]) == []


def test_every_query_is_in_the_table_of_access() -> None:
    for name in ("placement_counts", "placements_placed", "placement_history", "provider_deficiencies"):
        assert table().asks(["coordinator"], "placeringar", name)
        assert table().asks(["economist"], "placeringar", name) is None
