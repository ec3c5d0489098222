"""A committee page as HTML and tables, from published figures and the reader's choice. Pure.

Sentences are fixed templates filled with data. Hidden, missing, zero and preliminary read differently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from apps import terms, wording
from apps.boards import COUNTS, Board, Section
from apps.choice import Choice, Period
from apps.page import value_of
from apps.sheet import cell
from apps.wording import say
from schemas.municipality import Municipality
from warehouse.contracts import Contract
from warehouse.published import NOW_ON, Figure

LISTED: Final = {"reason": "end_reason"}
"""Dimensions whose codes stand under another name in the municipality's settings."""
Key = tuple[str, frozenset[tuple[str, str]], str, object]


@dataclass(frozen=True)
class View:
    """All that a page is made from."""

    board: Board
    place: Municipality
    choice: Choice
    figures: tuple[Figure, ...]
    contracts: Mapping[str, Contract]
    now: datetime
    official: tuple[Figure, ...] = ()
    """Of the official tables that the page shows beside its own figures; of every year."""

    @cached_property
    def by_key(self) -> dict[Key, Figure]:
        """Figures by metric, dimensions, kind and first day of the period."""
        return {(f.metric, frozenset(f.dimensions.items()), f.period, f.period_on): f for f in self.figures}

    def name_of(self, metric: str) -> str:
        """The metric's own name; counts follow what the reader wants to see."""
        return COUNTS[metric][self.choice.show] if metric in COUNTS else metric

    def contract(self, metric: str) -> Contract:
        """The contract of a section's metric."""
        return self.contracts[self.name_of(metric)]

    def find(self, metric: str, period: Period | None, **dimensions: str) -> Figure | None:
        """The figure of a period, None where no run has published it."""
        if period is None:
            return None
        wanted = frozenset(dimensions.items())
        return self.by_key.get((self.name_of(metric), wanted, period.kind, period.first))

    def period_of(self, section: Section) -> Period:
        """What a section shows: the chosen period, or the year that it lies in."""
        if section.over != "year":
            return self.choice.period
        return Period(date(self.choice.period.first.year, 1, 1), "year")

    def is_going_on(self, period: Period) -> bool:
        """Whether it is not over yet."""
        return period.until > self.now.astimezone(self.place.zone).date()

    def keys(self, metric: str, dimension: str) -> list[str]:
        """Codes of a dimension in the municipality's order, then others that have figures; unknown last."""
        listed = self.place.names(dimension) or self.place.names(LISTED.get(dimension, ""))
        closed = (code for code in terms.ORDERS.get(dimension, ()) if code not in listed)
        own = [code for code in (*listed, *closed) if code != "unknown"]
        found = {
            f.dimensions[dimension]
            for f in self.figures
            if f.metric == self.name_of(metric) and f.dimensions.keys() == {dimension}
        }
        rest = sorted(found - set(own) - {"unknown"})
        return [*[code for code in own if code in found], *rest, *(["unknown"] if "unknown" in found else [])]

    def label(self, dimension: str, code: str) -> str:
        """What a code is called on screens."""
        if code == "unknown":
            return say("code_missing")
        named = self.place.names(dimension) or self.place.names(LISTED.get(dimension, ""))
        return named[code] if code in named else terms.code_of(dimension, code)

    @cached_property
    def as_of(self) -> datetime | None:
        """How old the page's oldest figure of the period is."""
        own = [f.told_until for f in self.figures if f.period_on in (self.choice.period.first, NOW_ON)]
        return min(own, default=None)


def heading(view: View) -> str:
    """The page's finding as one sentence: how many at any time in the period, and against when."""
    if view.board.finding:
        return total_words(view, view.board.finding, "").rstrip(".")
    found = value_of(view.find("at_any_time", view.choice.period))
    if found is None:
        return say("finding_none", who=say("who_" + view.choice.show), period=view.choice.period.words)
    text = say("finding_" + view.choice.show, n=wording.number(found), period=view.choice.period.words)
    return text + _against(view, found)


def _against(view: View, found: float) -> str:
    against = view.choice.against
    before = value_of(view.find("at_any_time", against))
    if against is None or before is None:
        return ""
    apart = round(found - before)
    key = "finding_same" if apart == 0 else "finding_more" if apart > 0 else "finding_fewer"
    return say(key, n=wording.number(abs(apart)), against=say("against_" + view.choice.compare))


def total_words(view: View, metric: str, none: str) -> str:
    """The total of a metric as a sentence."""
    contract = view.contract(metric)
    found = cell(view.find(metric, view.choice.period), contract, none)
    return say("total_is", title=contract.title_sv, words=found.words, period=view.choice.period.words)
