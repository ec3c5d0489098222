"""Lying bars of one metric, with a thin one for the period that it is compared with. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from apps.boards import Section
from apps.committee_view import View
from apps.sections.goals import goal_columns, with_goals
from apps.sections.made import Made, column, rows
from apps.sheet import Cell, Sheet
from apps.wording import say


def bars(view: View, section: Section) -> Made:
    """A bar per code; the row for all stands in the table alone."""
    metric, against = section.metrics[0], view.choice.against
    columns = [(view.choice.period.short, column(view, section, metric, view.choice.period))]
    if against:
        columns.append((against.short, column(view, section, metric, against)))
    drawing, goals = rows(view, section, columns), goal_columns(view, section, [metric])
    sheet = rows(view, section, [*columns, *goals])
    return Made(section, "", drawn(drawing), (with_goals(view, sheet, {columns[0][0]: metric}, goals),))


def drawn(sheet: Sheet) -> str:
    """Bars of a table's first column and thin ones of its second; words where there is no number."""
    listed = sheet.rows[:-1]
    top = max((c.value or 0 for _, cells in listed for c in cells), default=0) or 1
    items = "".join(f"<li>{_bar(name, cells, top)}</li>" for name, cells in listed)
    names = sheet.headings[1:]
    key = "".join(
        f'<span><i class="{"then" if n else "now"}"></i>{escape(x)}</span>' for n, x in enumerate(names)
    )
    return f'<ol class="bars">{items}</ol><p class="key">{key}</p>' if listed else _nothing()


def _bar(name: str, cells: Sequence[Cell], top: float) -> str:
    now, then = cells[0], cells[1] if len(cells) > 1 else None
    wide = f'<i class="now" style="--w:{(now.value or 0) / top:.4f}"></i>' if now.value else ""
    thin = f'<i class="then" style="--w:{(then.value or 0) / top:.4f}"></i>' if then and then.value else ""
    look = "" if now.value is not None else ' class="words"'
    return (
        f'<span class="name">{escape(name)}</span><span class="lie">'
        f"<span>{wide}<b{look}>{escape(now.words)}</b></span>{thin}</span>"
    )


def _nothing() -> str:
    return f'<p class="none">{escape(say("missing_say"))}</p>'
