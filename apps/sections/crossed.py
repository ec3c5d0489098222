"""Tables by two dimensions, and an index with its parts: no figure of a provider stands alone. Pure."""

from __future__ import annotations

from typing import Final

from apps import terms, wording
from apps.boards import Section, grain_of
from apps.committee_view import View
from apps.page import value_of
from apps.sections.made import Made, Rows, by_of, dimension
from apps.sheet import Cell, Sheet, cell
from apps.wording import say
from warehouse.contracts import Contract
from warehouse.published import Figure

PARTS: Final = ("quality", "price")
"""What an index is made of; it never stands without them."""


def cross(view: View, section: Section) -> Made:
    """A row per code of one dimension, a column per code of the other."""
    by, across = grain_of(section, view.choice.split)
    metric, period = section.metrics[0], view.choice.period
    heads = view.keys(metric, across) or _heads(view, metric, by, across)
    with_n = by == "provider"  # a mean of somebody's work never stands without the number behind it

    def cells(code: str) -> tuple[Cell, ...]:
        own = {by: code} if code else {}
        found = [
            view.find(metric, period, **own, **({across: head} if head else {})) for head in [*heads, ""]
        ]
        shown = [cell(figure, view.contract(metric), section.none) for figure in found]
        return (*shown, *([_number(found[-1])] if with_n else []))

    told = [(view.label(by, code), cells(code)) for code in view.keys(metric, by)]
    shown, words = _enough(by, told)
    shown.append((say("row_all"), cells("")))
    names = (dimension(by), *(view.label(across, head) for head in heads), say("row_all"),
             *([say("head_n")] if with_n else []))  # fmt: skip
    return Made(section, words, "", (Sheet(section.question, names, tuple(shown)),))


def _number(found: Figure | None) -> Cell:
    """How many stand behind a figure that is shown."""
    if found is None or value_of(found) is None:
        return Cell(None, "missing", "–")
    return Cell(found.n, "value", wording.number(found.n or 0))


def _heads(view: View, metric: str, by: str, across: str) -> list[str]:
    """Columns of a table whose second dimension is never shown alone."""
    found = {code for _, code in view.codes(metric, by, across)}
    order = list(terms.ORDERS.get(across, ()))
    return sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code))


def _enough(by: str, told: Rows) -> tuple[Rows, str]:
    """Of providers those with a figure; how many have too few behind them to be shown is said."""
    if by != "provider":
        return told, ""
    shown = [row for row in told if any(found.value is not None for found in row[1])]
    few = len(told) - len(shown)
    return shown, "" if not few else say("too_few", n=few) if shown else say("too_few_all")


def interval(view: View, section: Section) -> Made:
    """Index, its parts, number behind it and spread, side by side: none of them alone."""
    by = by_of(view, section)
    metric, period = section.metrics[0], view.choice.period
    contract = view.contract(metric)

    def cells(code: str) -> tuple[Cell, ...]:
        index = view.find(metric, period, **{by: code})
        parts = [cell(view.find(metric, period, **{by: code}, part=part), contract) for part in PARTS]
        value, *spread = _spread(index, contract)
        return (value, *parts, *spread)

    told: Rows = [(view.label(by, code), cells(code)) for code in view.keys(metric, by)]
    shown, words = _enough(by, told)
    heads = (say("head_low"), say("head_high"), say("head_n"))
    names = (dimension(by), contract.title_sv, *(view.label("part", part) for part in PARTS), *heads)
    return Made(section, words, "", (Sheet(section.question, names, tuple(shown)),))


def _spread(found: Figure | None, contract: Contract) -> tuple[Cell, ...]:
    value = cell(found, contract)
    if found is None or value.value is None:
        return (value, *[Cell(None, "missing", "–")] * 3)
    ends = [Cell(end, "value", wording.number(end, contract.decimals), contract.decimals) if end is not None
            else Cell(None, "missing", say("missing")) for end in (found.lower, found.upper)]  # fmt: skip
    return (value, *ends, _number(found))
