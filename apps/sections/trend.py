"""Totals over all periods of the chosen kind or the section's own, as lines, sentences, table. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from apps.boards import Section
from apps.choice import Period
from apps.committee_view import View
from apps.sections.made import Made, coverage, heading_of
from apps.sheet import Cell, Sheet, cell
from apps.wording import capital, say

Points = list[tuple[Period, Cell]]


def trend(view: View, section: Section) -> Made:
    """The lines' sentences and table; the page draws them."""
    told = lines(view, section)
    periods = sorted({period for points in told for period, _ in points})
    rows = tuple((period.short, _cells(view, section, told, period)) for period in periods)
    sheet = Sheet(section.question, (say("period"), *_headings(view, section)), rows)
    return Made(section, words(view, section.metrics, told), "", (sheet,))


def _headings(view: View, section: Section) -> list[str]:
    found = []
    for metric in section.metrics:
        found.append(heading_of(view, metric))
        found += [name for name, _ in coverage(view, section, metric, None)]
    return found


def _cells(view: View, section: Section, told: Sequence[Points], period: Period) -> tuple[Cell, ...]:
    """Each metric's figure of the period, with how much was known where the section asks for it."""
    missing = Cell(None, "missing", say("missing"))
    found = []
    for metric, points in zip(section.metrics, told, strict=True):
        found.append(dict(points).get(period, missing))
        found += [make("") for _, make in coverage(view, section, metric, period)]
    return tuple(found)


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
    """Where each line begins and ends; of one alone where it is highest too, and its newest bounds."""
    if len(metrics) == 1:
        return f"{_of_one(told[0]) or say('trend_none')} {_newest(told[0])}".strip()
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


def _newest(told: Points) -> str:
    """What is known of the newest period, where that is no figure but its bounds."""
    if not told or told[-1][1].bounds is None:
        return ""
    when, found = told[-1]
    return say("trend_newest", when=capital(when.at), words=found.words)


def _of_several(title: str, told: Points) -> str:
    known = _known(told)
    return say("trend_of", title=title, **_ends(known)) if len(known) > 1 else ""
