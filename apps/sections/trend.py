"""Totals over all periods of the chosen kind, as lines, sentences and a table. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from apps.boards import Section
from apps.choice import Period
from apps.committee_view import View
from apps.sections.goals import NO_TARGET, goal_head, goal_points
from apps.sections.made import Made, heading_of
from apps.sheet import Cell, Sheet, cell
from apps.wording import say

Points = list[tuple[Period, Cell]]


def trend(view: View, section: Section) -> Made:
    """The lines' sentences and table, with the targets of their periods; the page draws them."""
    told, wanted = lines(view, section), goals(view, section)
    found = [dict(points) for points in told]
    held = {metric: dict(points) for metric, points in wanted.items()}
    missing = Cell(None, "missing", say("missing"))
    rows = tuple(
        (period.short, (*(each.get(period, missing) for each in found),
                        *(each.get(period, NO_TARGET[0]) for each in held.values())))
        for period in sorted({period for points in told for period, _ in points})
    )  # fmt: skip
    titles = [heading_of(view, metric) for metric in section.metrics]
    several = len(section.metrics) > 1
    titles += [goal_head(view.contract(metric), named=several) for metric in held]
    sheet = Sheet(section.question, (say("period"), *titles), rows)
    return Made(section, words(view, section.metrics, told), "", (sheet,))


def goals(view: View, section: Section) -> dict[str, Points]:
    """By metric: its target in each period of its line; none for a metric without."""
    told = zip(section.metrics, lines(view, section), strict=True)
    found = {metric: goal_points(view, metric, points) for metric, points in told}
    return {metric: points for metric, points in found.items() if points}


def lines(view: View, section: Section) -> list[Points]:
    """Each metric's figures, from the first period that there is anything of any of them."""
    told = [series(view, metric) for metric in section.metrics]
    there = [period for points in told for period, found in points if found.state != "missing"]
    return [[pair for pair in points if pair[0] >= min(there)] if there else [] for points in told]


def series(view: View, metric: str) -> Points:
    """The metric's total over every period of the chosen kind that is over, oldest first."""
    kind, name, where = view.choice.period.kind, view.name_of(metric), view.where(metric)
    own = (f for f in view.figures if f.metric == name and f.dimensions == where and f.period == kind)
    found = sorted(own, key=lambda f: f.period_on)
    told = [(Period(f.period_on, kind), cell(f, view.contract(metric))) for f in found]
    return [(period, found) for period, found in told if not view.is_going_on(period)]


def words(view: View, metrics: Sequence[str], told: Sequence[Points]) -> str:
    """Where each line begins and ends; of one alone where it is highest too."""
    if len(metrics) == 1:
        return _of_one(told[0]) or say("trend_none")
    sentences = [
        _of_several(view.contract(metric).title_sv, points)
        for metric, points in zip(metrics, told, strict=True)
    ]
    return " ".join(filter(None, sentences)) or say("trend_none")


def _known(told: Points) -> Points:
    return [(period, found) for period, found in told if found.value is not None]


def _ends(told: Points) -> dict[str, str]:
    (since, first), (until, last) = told[0], told[-1]
    return {"first": first.words, "since": since.at, "last": last.words, "until": until.at}


def _of_one(told: Points) -> str:
    known = _known(told)
    if len(known) < 2:
        return ""
    when, most = max(known, key=lambda pair: pair[1].value or 0)
    return say("trend_words", **_ends(known), most=most.words, when=when.at)


def _of_several(title: str, told: Points) -> str:
    known = _known(told)
    return say("trend_of", title=title, **_ends(known)) if len(known) > 1 else ""
