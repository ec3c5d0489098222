"""The columns of the staffing view's Excel file: every row and figure of the twelve months. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from apps import wording
from apps.wording import say
from apps.work import sheets, staffing_row
from apps.work.sheets import DAY, Field
from apps.work.staffing_look import View
from apps.work.staffing_questions import MEASURES, Measure
from apps.work.staffing_row import HIDDEN, Staffed

SHAPES: Final = {"share": "0.0%", "hours": "#,##0.00", "count": "#,##0", "mean": "0.00", "days": "0.0"}


def fields(view: View) -> tuple[Field[Staffed], ...]:
    """Columns in order."""
    town = view.town
    return (
        Field("s_unit", lambda one: town.unit_name(one.unit) if one.unit else say("s_all_shown"), "d_s_unit"),
        Field("s_role", lambda one: town.name_of("role", one.role) if one.role else say("s_whole_unit"),
              "d_s_role"),
        Field("s_month", lambda one: one.month, "d_s_month", DAY),
        *(_field(measure) for measure in MEASURES),
        Field("s_x_state", lambda one: _why(one, view), "d_s_state"),
    )  # fmt: skip


def _field(measure: Measure) -> Field[Staffed]:
    return Field(
        "s_x_" + measure.column, lambda one: staffing_row.value(one, measure), "s_say_" + measure.column,
        SHAPES[measure.shape],
    )  # fmt: skip


def _why(row: Staffed, view: View) -> str | None:
    if row.state in HIDDEN:
        return say("s_state_" + row.state)
    unsure = any(staffing_row.is_preliminary(row, measure, view.running) for measure in MEASURES)
    return say("s_preliminary") if unsure else None


def file(view: View, told: str) -> bytes:
    """The Excel file of the rows that are shown, all twelve months."""
    lines = set(view.lines)
    rows = [one for one in view.rows if (one.unit, one.role) in lines]
    about = [
        (say("x_town"), view.town.name),
        *((f"{say('filters')}: {say(word).lower()}", value) for word, value in view.chosen.items()),
        (say("x_rows"), wording.number(len(rows))),
        (say("x_day"), wording.day(view.open_day - timedelta(days=1))),
        (say("x_told"), told), ("", say("s_foot")),
    ]  # fmt: skip
    return sheets.workbook(say("staffing"), fields(view), rows, about)
