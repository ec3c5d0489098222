"""The staffing view (O4) as HTML: questions with their figure, the month by unit, twelve months. Pure.

No figure is about a single member of staff; what a group of fewer than five would tell is said to be hidden.
"""

from __future__ import annotations

from datetime import date
from html import escape

from apps import wording
from apps.wording import say
from apps.work import filters, staffing_row
from apps.work.staffing_look import Line, View, months_before
from apps.work.staffing_questions import MEASURES, TILES, Measure
from apps.work.staffing_row import HIDDEN
from apps.work.staffing_tables import month_columns, sorted_lines, trend_columns
from apps.work.table import Column, table


def questions(view: View) -> str:
    """The questions, each a link with the figure of the month."""
    tiles = "".join(
        f"<li{' class=on' if view.measure in tile else ''}>{_way(tile[0], view, 'main')}"
        + (f"<p>{''.join(_way(one, view, 'narrow') for one in tile[1:])}</p>" if tile[1:] else "")
        + "</li>"
        for tile in TILES
    )
    return f'<nav class="desk questions eight" aria-label="{say("questions")}"><ul>{tiles}</ul></nav>'


def _way(measure: Measure, view: View, look: str) -> str:
    here = ' aria-current="page"' if measure == view.measure else ""
    link = escape(view.address.link(visa="" if measure == MEASURES[0] else measure.code))
    row = view.at(view.focus, view.month)
    quiet = "" if staffing_row.value(row, measure) is not None else ' class="quiet"'
    words = f"<b{quiet}>{escape(staffing_row.words(row, measure))}</b> <span>{escape(measure.name)}</span>"
    return f'<a class="{look}" target="_self" href="{link}"{here}>{words}</a>'


def choices(view: View) -> str:
    """The filters."""
    town, given = view.town, view.choices
    return filters.form(
        view.address,
        (
            filters.Choice("enhet", "s_unit", {code: town.unit_name(code) for code in given.units}),
            filters.Choice("roll", "s_role", {code: town.name_of("role", code) for code in given.roles}),
            filters.Choice(
                "manad",
                "s_month",
                {f"{m:%Y-%m}": wording.month(m) for m in given.months},
                none=say("s_last_month"),
            ),
        ),
        kept=("visa", "ordning", "kommun"),
        search=None,
    )


def result(view: View) -> str:
    """The answer, the month by unit or role, and twelve months of the figure that is asked for."""
    if not view.lines:
        return f'<div class="desk"><section class="rows"><h2>{say("s_nothing")}</h2></section></div>'
    title = "s_running_table" if view.is_running else "s_month_table"
    month = _table(view, month_columns(view), title, month=wording.month(view.month))
    name = view.measure.subject
    trend = _table(view, trend_columns(view), "s_trend_table", name=name)
    return (
        f'<div class="desk staffing"><section class="rows" aria-label="{say("staffing")}">'
        f"<h2>{escape(answer(view))}</h2><p class=meaning>{escape(view.measure.meaning)}</p>{trend}{month}"
        f'<p class="foot">{_key(view)}</p></section></div>'
    )


def _table(view: View, columns: tuple[Column[Line], ...], title: str, **values: str) -> str:
    caption = say(title, **values)
    html = table(sorted_lines(view, columns), columns, view.address, caption, lambda line: not line[0])
    return f"<h3>{escape(wording.capital(caption))}</h3>{html}"


def answer(view: View) -> str:
    """The figure of the month as a sentence, and how far it is from the month before."""
    measure, row = view.measure, view.at(view.focus, view.month)
    found, month = staffing_row.value(row, measure), wording.month(view.month)
    if found is None:
        state = staffing_row.state(row, measure)
        return say("s_none_" + state, subject=measure.subject, month=month)
    place = view.town.unit_name(view.focus[0]) if view.focus[0] else ""
    said = {"subject": measure.subject, "amount": measure.amount(found), "month": month}
    told = say("s_answer_of", place=place, **said) if place else say("s_answer", **said)
    if view.is_running:
        return say("s_so_far", told=told)  # less than a whole month is not less than the month before
    before = months_before(view.month, 1)
    return _compared(told, found, staffing_row.value(view.at(view.focus, before), measure), before, measure)


def _compared(told: str, found: float, earlier: float | None, before: date, measure: Measure) -> str:
    if earlier is None:
        return told
    month = wording.month(before)
    if measure.words(found) == measure.words(earlier):
        return say("s_same", told=told, month=month)
    apart = abs(found - earlier)
    amount = (
        say("s_points", n=wording.number(apart * 100, 1))
        if measure.shape == "share"
        else measure.amount(apart)
    )
    return say("s_more" if found > earlier else "s_less", told=told, amount=amount, month=month)


def _key(view: View) -> str:
    """What the marks in the tables mean, those that stand there; and what is never shown."""
    cells = [
        (view.at(line, m), measure)
        for line in view.lines
        for m, measure in [
            *((view.month, one) for one in MEASURES),
            *((m, view.measure) for m in view.months),
        ]
    ]
    states = {staffing_row.state(row, measure) for row, measure in cells}
    marks: list[str] = [state for state in HIDDEN if state in states]
    if any(row and staffing_row.is_preliminary(row, measure, view.running) for row, measure in cells):
        marks = ["preliminary", *marks]
    return " ".join([*(say("s_key_" + mark) for mark in marks), say("s_foot")])
