"""Official statistics beside a municipality's own figures: what their publisher does not show has a reason in
words and is never 0. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from apps import terms
from apps.boards import OfficialTable, Section
from apps.committee_view import View
from apps.sections.made import Made, column, rows
from apps.sheet import Cell, Sheet
from apps.terms import term
from apps.wording import number, say, share
from warehouse.published import Figure

SHOWN: Final = "value"
MARKERS: Final = ("suppressed", "not_applicable", "rounds_to_zero")


def official(view: View, section: Section) -> Made:
    """Two tables side by side, never one: each has its own causes and its own definition."""
    assert section.official
    count = column(view, section, section.metrics[0], view.choice.period)
    own = replace(rows(view, section, [(say("column_count"), count)]), title=own_title(view, section))
    sheets = (with_shares(own), with_shares(official_table(view, section.official)))
    return Made(section, largest(*sheets), "", sheets)


def newest(view: View, table: OfficialTable) -> dict[str, Figure]:
    """The table's figures of its newest year by row, empty where the municipality has no such table."""
    found = [
        figure
        for figure in view.official
        if figure.dimensions["table"] == table.table and figure.dimensions["dimension"] == table.dimension
    ]
    year = max((figure.dimensions["year"] for figure in found), default="")
    return {f.dimensions["characteristic"]: f for f in found if f.dimensions["year"] == year}


def official_table(view: View, table: OfficialTable) -> Sheet:
    """The newest year's table in the publisher's own order; its total last."""
    found = newest(view, table)
    named = [*table.rows, *sorted(found.keys() - table.rows.keys() - {table.total})]
    rows = [(table.rows.get(code, code), (_cell(found[code]),)) for code in named if code in found]
    rows.append((say("row_all"), (_cell(found.get(table.total)),)))
    year = next(iter(found.values())).dimensions["year"]
    return Sheet(table.caption.format(year=year), (table.heading, say("column_count")), tuple(rows))


def _cell(figure: Figure | None) -> Cell:
    """A number, or the publisher's marker in words."""
    if figure is not None and figure.state == SHOWN and figure.value is not None:
        return Cell(figure.value, SHOWN, number(figure.value))
    state = figure.state if figure is not None and figure.state in MARKERS else "missing"
    return Cell(None, state, say("official_" + state))


def own_title(view: View, section: Section) -> str:
    """What the municipality's own table beside it tells."""
    period = view.choice.period
    words = say("going_on", period=period.words) if view.is_going_on(period) else period.words
    title = view.contract(section.metrics[0]).title_sv
    by = term(terms.DIMENSIONS, section.by)
    return say("own_table", title=title, place=view.place.name, period=words, by=by)


def with_shares(sheet: Sheet) -> Sheet:
    """The table with each number's share of the last row's, which is all.

    Beside a preliminary number the share does not say so again.
    """
    total = sheet.rows[-1][1][0]
    rows = tuple((name, (found, _share(found, total))) for name, (found,) in sheet.rows)
    return replace(sheet, headings=(*sheet.headings, say("column_share")), rows=rows)


def _share(part: Cell, total: Cell) -> Cell:
    if part.value is None:
        return part
    if not total.value:
        return Cell(None, "missing", say("missing")) if total.value == 0 else total
    found = part.value / total.value
    return Cell(found, part.state, share(found), is_share=True)


def largest(own: Sheet, official: Sheet) -> str:
    """The largest share of each table, as a sentence; nothing where one of them has none."""
    found = [_largest(sheet) for sheet in (own, official)]
    return say("largest_beside", own=found[0], official=found[1]) if all(found) else ""


def _largest(sheet: Sheet) -> str:
    told = [row for row in sheet.rows[:-1] if row[0] != say("code_missing")]
    shares = [(cells[1].value, name, cells[1].words) for name, cells in told if cells[1].value]
    most = max((value for value, *_ in shares), default=0)
    names = [f"{name.lower()}, {words}" for value, name, words in shares if value == most]
    return names[0] if len(names) == 1 else ""
