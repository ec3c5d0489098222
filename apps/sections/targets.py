"""All targets in one table with their outcomes, and all that they ever were. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from apps import terms, wording
from apps.boards import Section
from apps.choice import Kind, Period
from apps.committee_view import View
from apps.sections.goals import goal_cell, goal_words, judged, outcome, title_of, with_unit
from apps.sections.made import Made
from apps.sheet import Cell, Sheet, cell, text_cell
from apps.terms import term
from apps.wording import say
from warehouse.governance import Target


def targets(view: View, section: Section) -> Made:
    """Every target that holds at the end of the period, with its outcome; the answer counts those reached."""
    heads = (say("head_metric"), say("column_goal"), view.choice.period.short, say("column_reached"),
             say("head_from"), say("head_owner"), say("head_decision"))  # fmt: skip
    held = _held(view)
    told = tuple((_title(view, each), _row(view, *each)) for each in held)
    return Made(section, _counted(view, held), "", (Sheet(section.question, heads, told),))


Held = tuple[Target, Period]
"""A target and the period that it is held against."""


def _held(view: View) -> list[Held]:
    """Of each part the target that holds for the chosen period, or for that of the kind that it is for."""
    parts = {target.about: target for target in view.said.targets if target.metric in view.contracts}
    found = []
    for about, target in parts.items():
        period = _period(view, target)
        last = view.last_day(period)
        steps = [t for t in view.said.targets if t.about == about and t.from_on <= last]
        found += [(steps[-1], period)] if steps else []
    return sorted(found, key=lambda each: _title(view, each))


def _period(view: View, target: Target) -> Period:
    """The chosen period; of a target for another kind, or a metric that is not shown by the chosen one, the
    year that it lies in or its last quarter or month.
    """
    chosen = view.choice.period
    shown = {publication.period for publication in view.contract(target.metric).publish}
    kinds: tuple[Kind, ...] = (chosen.kind, "quarter", "month", "year")
    wanted = (kind for kind in kinds if kind in shown and target.per in ("", kind))
    kind = next(wanted, chosen.kind)
    return chosen if kind == chosen.kind else chosen.within(kind, view.today)


def _title(view: View, held: Held) -> str:
    """The metric with its part; and the period, where it is not the chosen one."""
    target, period = held
    title = title_of(view, target.metric, target.dimensions)
    return title if period == view.choice.period else f"{title}, {period.short}"


def _row(view: View, target: Target, period: Period) -> tuple[Cell, ...]:
    contract = view.contract(target.metric)
    figure = view.find(target.metric, period, **target.dimensions)
    found = with_unit(cell(figure, contract), contract)
    goal = goal_cell(target, contract)._replace(words=goal_words(target, contract))
    reached = outcome(figure, target, contract)
    if view.is_going_on(period) and judged(figure, target, contract) != "unknown":
        reached = say("goal_so_far", words=reached)
    owner = wording.capital(term(terms.COMMITTEE_ROLES, target.owner))
    words = reached, wording.day(target.from_on), owner, target.decision
    return (goal, found, *map(text_cell, words))


def _counted(view: View, held: Sequence[Held]) -> str:
    found = [
        judged(view.find(target.metric, period, **target.dimensions), target, view.contract(target.metric))
        for target, period in held
    ]
    if not found:
        return say("goals_none")
    unknown = found.count("unknown")
    text = say("goals_counted", reached=found.count("reached"), all=len(found) - unknown)
    return f"{text} {say('goals_unknown', n=unknown)}" if unknown else text


def targets_sheet(view: View, metrics: Sequence[str]) -> Sheet | None:
    """The history of all targets of these metrics, for the downloads; None where there are none."""
    heads = (
        say("head_metric"),
        say("column_goal"),
        say("head_from"),
        say("head_owner"),
        say("head_decision"),
    )
    told = [
        (title_of(view, target.metric, target.dimensions), _past(view, target))
        for metric in dict.fromkeys(map(view.name_of, metrics))
        for target in view.said.history(metric)
    ]
    return Sheet(say("goals_title"), heads, tuple(told)) if told else None


def _past(view: View, target: Target) -> tuple[Cell, ...]:
    contract = view.contracts[target.metric]
    words = (wording.day(target.from_on), wording.capital(term(terms.COMMITTEE_ROLES, target.owner)),
             target.decision)  # fmt: skip
    goal = goal_cell(target, contract)._replace(words=goal_words(target, contract))
    return goal, *map(text_cell, words)
