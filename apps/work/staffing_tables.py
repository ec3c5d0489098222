"""The tables of the staffing view: the month by unit or role, and twelve months of one figure. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from apps import wording
from apps.wording import say
from apps.work import staffing_row
from apps.work.staffing_look import Line, View, name_of
from apps.work.staffing_questions import MEASURES, Measure
from apps.work.table import Column, ordered


def sorted_lines(view: View, columns: Sequence[Column[Line]]) -> list[Line]:
    """In the asked order; the sum of all comes last."""
    every = view.lines
    total = [line for line in every if not line[0]]
    return ordered([line for line in every if line[0]], columns, view.address["ordning"]) + total


def month_columns(view: View) -> tuple[Column[Line], ...]:
    """One column per figure, of the month."""
    return (_named(view), *(_of_month(view, measure) for measure in MEASURES))


def _of_month(view: View, measure: Measure) -> Column[Line]:
    name = measure.code.replace("-", "")
    return Column(
        name, "s_col_" + measure.column, lambda line: _cell(view, line, view.month, measure, date.max),
        lambda line: staffing_row.value(view.at(line, view.month), measure), is_number=True,
    )  # fmt: skip


def trend_columns(view: View) -> tuple[Column[Line], ...]:
    """Twelve months of one figure, and their shape."""
    shape = Column[Line](
        "tolv", "s_trend", lambda line: spark(view, line),
        lambda line: staffing_row.value(view.at(line, view.month), view.measure),
    )  # fmt: skip
    return (_named(view), shape, *(_month_column(view, month) for month in view.months))


def _month_column(view: View, month: date) -> Column[Line]:
    word = f"s_mon_{month.month}"
    return Column(
        say(word), word, lambda line: _cell(view, line, month, view.measure, view.running),
        lambda line: staffing_row.value(view.at(line, month), view.measure), is_number=True,
    )  # fmt: skip


def _named(view: View) -> Column[Line]:
    return Column("enhet", "s_unit", lambda line: _name(view, line), lambda line: name_of(view, line))


def _name(view: View, line: Line) -> str:
    words = escape(name_of(view, line))
    if not line[0] or view.address["enhet"]:
        return words
    return f'<a target="_self" href="{escape(view.address.link(enhet=line[0]))}">{words}</a>'


def _cell(view: View, line: Line, month: date, measure: Measure, running: date) -> str:
    """A figure or why there is none. running: first day of the month that goes on, unless said above."""
    row = view.at(line, month)
    words = escape(staffing_row.words(row, measure))
    if staffing_row.value(row, measure) is None:
        return f'<span class="quiet">{words}</span>'
    is_sure = row is None or not staffing_row.is_preliminary(row, measure, running)
    return words if is_sure else f"{words}<small>{say('s_preliminary')}</small>"


def spark(view: View, line: Line) -> str:
    """Twelve bars; a month without a figure is a gap, never a bar of nothing."""
    values = [staffing_row.value(view.at(line, month), view.measure) for month in view.months]
    known = [value for value in values if value is not None]
    if not known:
        return f'<span class="quiet">{say("s_state_none")}</span>'
    top = max(known) or 1
    bars = "".join(
        "<i class=gap></i>" if value is None else f'<i style="--h:{value / top:.3f}"></i>' for value in values
    )
    alt = say(
        "s_spark", name=view.measure.subject, first=wording.month(view.months[0]),
        last=wording.month(view.months[-1]), low=view.measure.words(min(known)),
        high=view.measure.words(max(known)),
    )  # fmt: skip
    return f'<span class="spark" role="img" aria-label="{escape(alt)}">{bars}</span>'
