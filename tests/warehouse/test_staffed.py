"""The staffing view's rows over the real warehouse: counted by hand, and never of fewer than five persons."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

import pytest

from apps.work.staffing_questions import MEASURES
from apps.work.staffing_row import Staffed, hidden, judged, read
from tests.warehouse.staffed_town import CODE, TODAY, town
from tests.warehouse.town import fold
from warehouse import contracts
from warehouse.client import Warehouse
from warehouse.restricted import QUERIES

OCTOBER: Final = date(2026, 10, 1)
EVERYTHING: Final[dict[str, Any]] = {
    "municipality": CODE, "every_unit": 1, "units": [],
    "months": [date(2026, 9, 1), OCTOBER, date(2026, 11, 1)],
    "ends": [OCTOBER, date(2026, 11, 1), date(2026, 12, 1)], "today": TODAY, "zone": "Europe/Stockholm",
    "unit": "", "role": "", "hidden": [],
}  # fmt: skip
UNITS: Final = ("north", "mid", "east", "west", "south")
Line = tuple[str, str]


@pytest.fixture(scope="module")
def staffed(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse of the module's own that was told of the town."""
    fold(own_warehouse, town())
    return own_warehouse


def asked(store: Warehouse, own_units: Collection[str] = UNITS, **changed: Any) -> dict[Line, Staffed]:
    """October's rows as the page asks for them."""

    def rows(query: str, **more: Any) -> list[dict[str, Any]]:
        return store.rows(QUERIES[query].sql, EVERYTHING | changed | more)

    groups = judged(rows("staffing_groups"))
    dark = hidden(groups, own_units)
    own = {group: state for group, state in groups.items() if group[0] in own_units}
    found = read(
        own,
        rows("staffing_figures", hidden=dark),
        [*rows("staffing_beside", hidden=dark), *rows("staffing_double", hidden=dark)],
    )
    return {(one.unit, one.role): one for one in found if one.month == OCTOBER}


FIGURES: Final[dict[Line, dict[str, Any]]] = {
    ("north", "care_worker"): {
        "overtime_h": 7.5, "overtime_per_fte": 7.5 / (75 / 7), "sick_share": 65.2 / 532,
        "sick_short_share": 8 / 532, "sick_long_share": 53.2 / 532, "attendance_rate": 466.8 / 532,
        "external_h": 0, "external_share": 0, "qualified_share": None, "schedule_coverage": 1,
        "work_coverage": 1 / 7, "silent_days": 4, "temps": None, "lead_days": None, "double_share": None,
    },
    ("north", "nurse"): {
        "overtime_h": 4.5, "overtime_per_fte": 4.5 / 4, "sick_share": 0, "external_share": 0.25,
        "qualified_share": 20 / 30, "qualified_coverage": 0.75,
    },
    ("north", ""): {
        "overtime_h": 12, "overtime_per_fte": 12 / (75 / 7 + 4), "sick_share": 65.2 / 812, "external_h": 15,
        "external_share": 10 / 440, "qualified_share": 20 / 30, "qualified_coverage": 0.75, "temps": 5,
        "temp_share": 0.1, "temps_per_case": 6 / 6, "lead_days": 9, "double_share": 0.2,
        "known_coverage": 1, "fte_coverage": 1, "double_coverage": 1 / 6,
        "lead_coverage": 5 / 6,
    },
    ("east", ""): {
        "overtime_h": 3, "overtime_per_fte": 3 / 7, "known_coverage": 1, "fte_coverage": 0.5,
        "sick_share": 0, "external_h": 0, "external_share": None, "temps": 0,
        "temp_share": None, "temps_per_case": None, "lead_state": "value", "lead_days": None,
    },
    ("", ""): {"overtime_h": 15, "sick_share": 65.2 / (812 + 560 + 560), "temps": 5, "lead_days": 9},
}  # fmt: skip
"""FTE: four days at 12 and three at 9, of nurses 4; in the east 7 of care workers alone, half of all told.
Hours are told of one case of six. The sum is of north, mid and east."""


def test_every_figure_is_as_counted_by_hand(staffed: Warehouse) -> None:
    rows = asked(staffed)
    for line, figures in FIGURES.items():
        for name, value in figures.items():
            expected = pytest.approx(value) if isinstance(value, int | float) else value
            assert (line, name, getattr(rows[line], name)) == (line, name, expected)


def test_small_groups_and_their_company_give_no_figure(staffed: Warehouse) -> None:
    rows = asked(staffed)
    assert {line: row.state for line, row in rows.items()} == {
        ("north", ""): "value", ("north", "care_worker"): "value", ("north", "nurse"): "value",
        ("mid", ""): "value", ("mid", "care_worker"): "beside", ("mid", "nurse"): "beside",
        ("east", ""): "value", ("east", "care_worker"): "beside", ("east", "nurse"): "few",
        ("west", ""): "beside", ("west", "care_worker"): "beside",
        ("south", ""): "few", ("south", "care_worker"): "few",
        ("", ""): "value", ("", "care_worker"): "value", ("", "nurse"): "value",
    }  # fmt: skip
    assert rows["south", ""] == Staffed("south", "", OCTOBER, "few", "few", "few")
    assert rows["", ""].overtime_h == 15  # the hundred hours of the south are not in it


def test_what_is_hidden_does_not_leave_the_warehouse_and_not_depend_on_who_asks(staffed: Warehouse) -> None:
    dark = ["2026-10-01/south/", "2026-10-01/south/care_worker"]
    figures = staffed.rows(QUERIES["staffing_figures"].sql, EVERYTHING | {"hidden": dark})
    assert "south" not in {row["unit"] for row in figures}
    own = asked(staffed, ("west", "east"), every_unit=0, units=["west", "east"])
    assert {line[0] for line in own} == {"west", "east", ""}
    assert own["west", ""].state == "beside"
    assert own["", ""].overtime_h == 3  # of the east alone


def test_a_unit_and_a_role_can_be_asked_for(staffed: Warehouse) -> None:
    figures = staffed.rows(QUERIES["staffing_figures"].sql, EVERYTHING | {"unit": "north", "role": "nurse"})
    assert {(row["unit"], row["role"]) for row in figures} == {("north", "nurse"), ("", "nurse")}
    [known] = staffed.rows(QUERIES["staffing_choices"].sql, EVERYTHING)
    assert (known["roles"], known["first_on"], known["is_told"]) == (["care_worker", "nurse"], OCTOBER, 1)


METRICS: Final[dict[str, tuple[str, ...]]] = {
    "overtime_hours": ("overtime_h",), "overtime_per_fte": ("overtime_per_fte",),
    "sick_absence_share": ("sick_share", "sick_short_share", "sick_long_share"),
    "attendance_rate": ("attendance_rate",), "external_staff_hours": ("external_h",),
    "external_staff_share": ("external_share",), "qualified_time_share": ("qualified_share",),
    "temp_hours_share": ("temp_share",), "temps_per_case_month": ("temps_per_case",),
    "double_staffing_share": ("double_share",), "schedule_lead_time": ("lead_days",),
}  # fmt: skip
"""Of each metric the columns that must say the same: whole, of short and of long spells."""


@pytest.mark.parametrize("name", METRICS)
def test_the_view_says_what_the_metric_says(staffed: Warehouse, name: str) -> None:
    """Of the north in October; the lead time in the twelve months until then."""
    contract, columns = contracts.load()[name], METRICS[name]
    since = date(2025, 11, 1) if name == "schedule_lead_time" else OCTOBER
    by = ["unit", "spell"] if len(columns) > 1 else ["unit"]
    found = asked(staffed)["north", ""]
    asked_for = {"since": [since], "until": [date(2026, 11, 1)], "today": TODAY, "zone": "Europe/Stockholm"}
    rows = staffed.rows(contract.sql, asked_for | {"municipality": CODE, "by": by})
    values = {row.get("spell", ""): row["value"] for row in rows if row["unit"] == "north"}
    told = dict(zip(("", "short", "long"), (getattr(found, column) for column in columns), strict=False))
    if len(columns) > 1:
        assert sum(values.values()) == pytest.approx(told.pop(""))
    assert {part: values[part] for part in told} == pytest.approx(told)
    (known,) = {round(row["coverage"], 9) for row in rows if row["unit"] == "north"}
    for measure in (one for one in MEASURES if one.column in columns and one.coverage):
        assert getattr(found, measure.coverage) == pytest.approx(known), measure.column
