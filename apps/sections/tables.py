"""Tables: metrics by a dimension, three answers side by side, and facts without a dimension. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from apps.boards import Section
from apps.committee_view import View, total_words
from apps.page import KNOWN
from apps.sections.goals import goal_columns, goal_rows, with_goals
from apps.sections.made import (
    NO_RATIO,
    RATIOS,
    Columns,
    Made,
    column,
    coverage,
    covered,
    heading_of,
    rows,
)
from apps.sheet import Cell, Sheet, cell
from apps.wording import percent, say


def columns(view: View, section: Section) -> Made:
    """A column per metric; where there is one, another for what it is compared with."""
    period, against = view.choice.period, view.choice.against
    told: Columns = []
    for metric in section.metrics:
        told.append((heading_of(view, metric), column(view, section, metric, period)))
        told += coverage(view, section, metric, period)
    if len(section.metrics) == 1 and against:
        told.append((against.short, column(view, section, section.metrics[0], against)))
    goals = goal_columns(view, section, section.metrics)
    sheet = rows(view, section, [*told, *goals])
    alone = len(section.metrics) == 1 and section.total
    answer = total_words(view, section.metrics[0], section.none) if alone else ""
    named = {heading_of(view, metric): metric for metric in section.metrics} if section.total else {}
    sheet = with_goals(view, sheet, named, goals)
    return Made(section, f"{answer} {_unusual(view, section)}".strip(), "", (sheet,))


def _unusual(view: View, section: Section) -> str:
    """Which shares lie outside their usual limits, each named with its number."""
    if section.usual is None:
        return ""
    low, high = section.usual
    metric = next(each for each in section.metrics if view.contract(each).measure == "share")
    make = column(view, section, metric, view.choice.period)
    named = [(view.label(section.by, code), make(code)) for code in view.keys(metric, section.by)]
    told = [*named, (say("row_all").lower(), make(""))]
    above = [f"{name} {found.words}" for name, found in told if (found.value or 0) > high]
    below = [f"{name} {found.words}" for name, found in told if found.value is not None and found.value < low]
    parts = (("above_usual", high, above), ("below_usual", low, below))
    said = [say(key, limit=percent(limit), names="; ".join(names)) for key, limit, names in parts if names]
    return " ".join(said)


def three(view: View, section: Section) -> Made:
    """Three answers to one question, a column each."""
    told = [(say("head_" + metric), column(view, section, metric, view.choice.period))
            for metric in section.metrics]  # fmt: skip
    goals = goal_columns(view, section, section.metrics)
    named = {say("head_" + metric): metric for metric in section.metrics}
    sheet = with_goals(view, rows(view, section, [*told, *goals]), named, goals)
    return Made(section, "", "", (sheet,))


def facts(view: View, section: Section) -> Made:
    """A row per metric; how much was known stands beside what is shown of the period itself."""
    period, against = view.choice.period, view.choice.against
    goals = goal_rows(view, section.metrics)
    names = ("", period.short, *_head(section.coverage, say("column_coverage")),
             *_head(against, against.short if against else ""), *goals.heads)  # fmt: skip
    told = tuple((heading_of(view, metric), (*_fact(view, section, metric), *goals.cells(metric)))
                 for metric in section.metrics)  # fmt: skip
    return Made(section, "", "", (Sheet(section.question, names, told),))


def _head(there: object, name: str) -> list[str]:
    return [name] if there else []


def _fact(view: View, section: Section, metric: str) -> tuple[Cell, ...]:
    found, contract = view.find(metric, view.choice.period), view.contract(metric)
    shown = [cell(found, contract, section.none)]
    if section.coverage:
        shown.append(covered(found, contract.covers) if contract.measure in RATIOS else NO_RATIO)
    if view.choice.against:
        shown.append(cell(view.find(metric, view.choice.against), contract, section.none))
    return tuple(shown)


def bounds(view: View, section: Section) -> Made:
    """A figure with what it is at least and at most while something is unknown, and figures beside it."""
    metric, *beside = section.metrics
    period, contract = view.choice.period, view.contract(metric)
    ends = [(say("head_" + end), _end(view, section, end)) for end in ("lower", "upper")]
    told = [(contract.title_sv, column(view, section, metric, period)), *ends]
    told += coverage(view, section, metric, period)
    told += [(heading_of(view, each), column(view, section, each, period)) for each in beside]
    goals = goal_columns(view, section, section.metrics)
    named = {contract.title_sv: metric, **{heading_of(view, each): each for each in beside}}
    sheet = with_goals(view, rows(view, section, [*told, *goals]), named, goals)
    return Made(section, total_words(view, metric, section.none), "", (sheet,))


def _end(view: View, section: Section, end: str) -> Callable[[str], Cell]:
    """Makes the cells of one bound; that of a hidden figure would tell it."""
    metric, contract = section.metrics[0], view.contract(section.metrics[0])

    def make(code: str) -> Cell:
        found = view.find(metric, view.choice.period, **({section.by: code} if code else {}))
        limit = getattr(found, end) if found and found.state in KNOWN else None
        if found is None or limit is None:
            return Cell(None, "missing", "–")
        return cell(replace(found, value=limit, state="value"), contract)

    return make
