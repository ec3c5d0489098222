"""Large figures side by side. Pure."""

from __future__ import annotations

from datetime import timedelta
from html import escape

from apps import wording
from apps.boards import Section
from apps.committee_view import View
from apps.page import value_of
from apps.sections.goals import goal_rows
from apps.sections.made import Made
from apps.sections.tables import facts
from apps.sheet import Cell, Sheet, cell
from apps.wording import say


def finding(view: View, section: Section) -> Made:
    """How many are placed: three answers to one question, each with its own words."""
    period = view.choice.period
    told = [(_counted(view, m), cell(view.find(m, period), view.contract(m))) for m in section.metrics]
    goals = goal_rows(view, section.metrics)
    rows = zip(section.metrics, told, strict=True)
    sheet = Sheet(
        section.question, ("", say("column_count"), *goals.heads),
        tuple((name, (found, *goals.cells(metric))) for metric, (name, found) in rows),
    )  # fmt: skip
    return Made(section, _largest_cause(view), drawn(told), (sheet,))


def cards(view: View, section: Section) -> Made:
    """Figures that answer one question together and are never added up; the table tells what they were."""
    (sheet,) = facts(view, section).sheets
    return Made(section, "", drawn([(name, cells[0]) for name, cells in sheet.rows]), (sheet,))


def drawn(told: list[tuple[str, Cell]]) -> str:
    """The figures with what each of them is."""
    body = "".join(
        f'<div class="big">{_large(found)}<span>{escape(name)}</span></div>' for name, found in told
    )
    return f'<div class="three" style="--n:{len(told)}">{body}</div>'


def _large(found: Cell) -> str:
    """The figure large, its state small beside it; what stands instead of a figure is no figure."""
    if found.value is None:
        return f'<b class="words">{escape(found.words)}</b>'
    mark = f" ({say('preliminary')})"
    state = f" <small>{say('preliminary')}</small>" if found.words.endswith(mark) else ""
    return f"<b>{escape(found.words.removesuffix(mark))}{state}</b>"


def _counted(view: View, metric: str) -> str:
    last = min(view.choice.period.until, view.today + timedelta(days=1))
    return say(f"card_{metric}_{view.choice.show}", on=wording.day(last - timedelta(days=1)))


def _largest_cause(view: View) -> str:
    """Which main cause is the largest; nothing where it is hidden or nobody is placed."""
    found = [(value_of(view.find("at_any_time", view.choice.period, main_cause=code)) or 0, code)
             for code in view.keys("at_any_time", "main_cause") if code != "unknown"]  # fmt: skip
    most, code = max(found, default=(0, ""))
    if not most or len([1 for value, _ in found if value == most]) > 1:
        return ""
    return say("cause_largest", cause=view.label("main_cause", code), n=wording.number(most))
