"""Targets beside figures: what it should be, whether it is, and all targets of a page in one table. Pure.

A figure is compared as it is shown: 95,0 % reaches a target of at least 95 %.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from apps import terms, wording
from apps.boards import Section
from apps.choice import Period
from apps.committee_view import View, unit_of
from apps.page import value_of
from apps.sections.made import Columns, by_of, rows_of
from apps.sheet import Cell, Sheet, text_cell
from apps.terms import term
from apps.wording import say
from warehouse.contracts import Contract
from warehouse.governance import Target
from warehouse.published import Figure

NO_TARGET: Final = Cell(None, "no_target", "–"), text_cell("–")
DECIMALS_OF_SHARE: Final = 3
"""A share is shown in per cent with one decimal."""


def goal_columns(view: View, section: Section, metrics: Sequence[str]) -> Columns:
    """Two columns for each metric that has a target on a row of its own: the target, and whether it is
    reached. One of all alone stands under its table, see `with_goals`.
    """
    by, period = by_of(view, section), view.choice.period
    parts = [code for code in rows_of(view, section) if code]
    told: Columns = []
    for metric in metrics:
        if any(view.target(metric, period, **{by: code}) for code in parts):
            contract, named = view.contract(metric), len(metrics) > 1
            heads = goal_head(contract, named=named), goal_head(contract, "column_reached", named=named)
            told += zip(heads, _makers(view, metric, by), strict=True)
    return told


def with_goals(view: View, sheet: Sheet, metrics: Mapping[str, str], columns: Columns) -> Sheet:
    """The table, and under it two rows where a metric's total has a target and its rows have none.

    metrics: by heading, those that have a column; columns: that tell of targets already.
    """
    told = {head for head, _ in columns}
    cells = {
        head: goal_cells(view, metric, {})
        for head, metric in metrics.items()
        if goal_head(view.contract(metric), named=True) not in told and say("column_goal") not in told
    }
    if not sheet.rows or all(found == NO_TARGET for found in cells.values()):
        return sheet
    pairs = [cells.get(head, NO_TARGET) for head in sheet.headings[1:]]
    goals, reached = zip(*pairs, strict=True)
    under = ((say("row_goal"), goals), (say("row_reached"), reached))
    return replace(sheet, rows=(*sheet.rows, *under))


class GoalRows(NamedTuple):
    """The two columns where rows are metrics: headings, none where no metric has a target, and cells."""

    heads: tuple[str, ...]
    cells: Callable[[str], tuple[Cell, ...]]


def goal_rows(view: View, metrics: Sequence[str]) -> GoalRows:
    """The target of each metric's total, and whether it is reached."""
    if not any(view.target(metric, view.choice.period) for metric in metrics):
        return GoalRows((), lambda metric: ())
    return GoalRows((say("column_goal"), say("column_reached")), lambda metric: goal_cells(view, metric, {}))


def goal_head(contract: Contract, key: str = "column_goal", *, named: bool) -> str:
    """What a column is called; named: where several metrics have one."""
    return say(key + "_of", title=contract.title_sv.lower()) if named else say(key)


def _makers(view: View, metric: str, by: str) -> tuple[Callable[[str], Cell], Callable[[str], Cell]]:
    def goal(code: str) -> Cell:
        return goal_cells(view, metric, {by: code} if code else {})[0]

    def reached(code: str) -> Cell:
        return goal_cells(view, metric, {by: code} if code else {})[1]

    return goal, reached


def goal_cells(view: View, metric: str, row: Mapping[str, str]) -> tuple[Cell, Cell]:
    """The target of a figure of the chosen period, and whether it is reached."""
    period = view.choice.period
    target = view.target(metric, period, **row)
    if target is None:
        return NO_TARGET
    contract = view.contract(metric)
    figure = view.find(metric, period, **row)
    words = outcome(figure, target, contract)
    if view.is_going_on(period) and judged(figure, target, contract) != "unknown":
        words = say("goal_so_far", words=words)
    return goal_cell(target, contract), text_cell(words)


def goal_cell(target: Target, contract: Contract) -> Cell:
    """The target as a number, with whether it is the least or the most in words."""
    words = say(target.direction, value=_number(target, contract))
    return Cell(target.value, target.direction, words, contract.decimals, contract.measure == "share")


def goal_words(target: Target, contract: Contract) -> str:
    """`minst 95,0 %`, `högst 2 500 000 kr per månad`."""
    value = f"{_number(target, contract)} {unit_of(contract)}".strip()
    per = say("per_" + target.per) if target.per else ""
    return f"{say(target.direction, value=value)} {per}".strip()


def _number(target: Target, contract: Contract) -> str:
    is_share = contract.measure == "share"
    return wording.share(target.value) if is_share else wording.number(target.value, contract.decimals)


def outcome(figure: Figure | None, target: Target, contract: Contract) -> str:
    """Whether the figure reaches its target, in words."""
    words = say("goal_" + judged(figure, target, contract))
    is_sure = figure is None or figure.state != "preliminary" or value_of(figure) is None
    return words if is_sure else say("goal_preliminary", words=words)


def judged(figure: Figure | None, target: Target, contract: Contract) -> str:
    """`reached`, `missed`, or `unknown` where the figure is hidden or not there."""
    value = value_of(figure)
    if value is None:
        return "unknown"
    decimals = DECIMALS_OF_SHARE if contract.measure == "share" else contract.decimals
    apart = round(value, decimals) - round(target.value, decimals)
    return "reached" if (apart >= 0 if target.direction == "at_least" else apart <= 0) else "missed"


def history_words(view: View, metric: str) -> list[str]:
    """Every target of a metric in a sentence, the newest first, those of its parts by name."""
    contract = view.contract(metric)
    return [
        say("goal_history", of=_of(view, target), goal=goal_words(target, contract),
            since=wording.day(target.from_on), decision=target.decision,
            owner=term(terms.COMMITTEE_ROLES, target.owner))
        for target in view.said.history(view.name_of(metric))
    ]  # fmt: skip


def _of(view: View, target: Target) -> str:
    part = part_words(view, target.dimensions)
    return f" ({part})" if part else ""


def part_words(view: View, dimensions: Mapping[str, str]) -> str:
    """What a figure is of, "" for all: `Norra gruppen, hemtjänst`; what the page is about goes unsaid."""
    said = [(name, code) for name, code in dimensions.items() if view.board.where.get(name) != code]
    return ", ".join(view.label(name, code) for name, code in said)


def title_of(view: View, metric: str, dimensions: Mapping[str, str]) -> str:
    """A metric's title and what part it is of; its code where nobody knows the metric."""
    contract, part = view.contracts.get(metric), part_words(view, dimensions)
    title = contract.title_sv if contract else metric
    return f"{title}, {part}" if part else title


def goal_points(view: View, metric: str, points: Sequence[tuple[Period, Cell]]) -> list[tuple[Period, Cell]]:
    """The target of each period of a line that has one."""
    told = [(period, view.target(metric, period)) for period, _ in points]
    return [(period, goal_cell(target, view.contract(metric))) for period, target in told if target]


def with_unit(found: Cell, contract: Contract) -> Cell:
    """The cell of a table whose rows have different units."""
    unit = unit_of(contract)
    return found._replace(words=f"{found.words} {unit}") if found.value is not None and unit else found
