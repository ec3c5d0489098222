"""A committee page as HTML and tables, from published figures and the reader's choice. Pure.

Sentences are fixed templates filled with data. Hidden, missing, zero and preliminary read differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from apps import terms, wording
from apps.boards import COUNTS, Board, Section
from apps.choice import Choice, Period
from apps.page import value_of
from apps.sheet import cell
from apps.wording import say
from apps.words import WORDS
from schemas.municipality import Municipality
from warehouse.causes import Revision
from warehouse.contracts import Contract
from warehouse.governance import Governance, Target
from warehouse.published import NOW_ON, Figure

LISTED: Final = {"reason": "end_reason"}
"""Dimensions whose codes stand under another name in the municipality's settings."""
NOTHING_SAID: Final = Governance()
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
    said: Governance = NOTHING_SAID
    """What the committee set, said and decided."""
    before: tuple[Figure, ...] = ()
    """Figures of the period as they were shown when the committee last met."""
    revised: Mapping[tuple[str, str, date], Sequence[Revision]] = field(default_factory=dict)
    """What has changed figures since then: by metric, kind and first day of the period."""

    @cached_property
    def by_key(self) -> dict[Key, Figure]:
        """Figures by metric, dimensions, kind and first day of the period."""
        return _by_key(self.figures)

    @cached_property
    def by_key_before(self) -> dict[Key, Figure]:
        """The same of the figures that were shown when the committee last met."""
        return _by_key(self.before)

    def name_of(self, metric: str) -> str:
        """The metric's own name; counts follow what the reader wants to see."""
        return COUNTS[metric][self.choice.show] if metric in COUNTS else metric

    def contract(self, metric: str) -> Contract:
        """The contract of a section's metric."""
        return self.contracts[self.name_of(metric)]

    def where(self, metric: str) -> dict[str, str]:
        """What all figures of a metric are of on this page."""
        return self.board.where_of(self.contract(metric))

    def codes(self, metric: str, *dimensions: str) -> list[tuple[str, ...]]:
        """The codes that there are figures of, in these dimensions."""
        name, where = self.name_of(metric), self.where(metric)
        wanted = {*dimensions, *where}
        return [
            tuple(f.dimensions[dimension] for dimension in dimensions)
            for f in self.figures
            if f.metric == name and f.dimensions.keys() == wanted and where.items() <= f.dimensions.items()
        ]

    @cached_property
    def units(self) -> frozenset[str]:
        """Units that have anything of what the page is about; others need no excuse for having no row."""
        own = {name for name in self.board.metrics if not self.board.where or self.where(name)}
        told = (f for f in self.figures if f.metric in own and (f.value or f.state == "suppressed"))
        return frozenset(
            f.dimensions["unit"]
            for f in told
            if "unit" in f.dimensions and self.where(f.metric).items() <= f.dimensions.items()
        )

    def find(self, metric: str, period: Period | None, **dimensions: str) -> Figure | None:
        """The figure of a period, None where no run has published it."""
        return self.by_key.get(self._key(metric, period, dimensions)) if period else None

    def find_before(self, metric: str, period: Period, **dimensions: str) -> Figure | None:
        """The figure of a period as it was shown when the committee last met, None where it was not."""
        return self.by_key_before.get(self._key(metric, period, dimensions))

    def _key(self, metric: str, period: Period, dimensions: Mapping[str, str]) -> Key:
        wanted = frozenset({**self.where(metric), **dimensions}.items())
        return self.name_of(metric), wanted, period.kind, period.first

    def target(self, metric: str, period: Period, **dimensions: str) -> Target | None:
        """The target of a figure that holds on the period's last day, today while it goes on."""
        wanted = self.where(metric) | dimensions
        return self.said.target(self.name_of(metric), wanted, period.kind, self.last_day(period))

    def last_day(self, period: Period) -> date:
        """The last day of a period, today while it goes on."""
        return min(period.until - timedelta(days=1), max(self.today, period.first))

    @cached_property
    def met_on(self) -> date | None:
        """The day when the committee last met."""
        return self.said.last_meeting(self.today)

    def of(self, section: Section) -> View:
        """The page as a section sees it: what it is about, over the chosen period or kind of period."""
        if not section.over and section.where is None:
            return self
        period = self.choice.period.within(section.over, self.today) if section.over else self.choice.period
        choice = replace(self.choice, period=period)
        return replace(self, board=self.board.of(section), choice=choice)

    @property
    def today(self) -> date:
        """The municipality's own day now."""
        return self.now.astimezone(self.place.zone).date()

    def is_going_on(self, period: Period) -> bool:
        """Whether it is not over yet."""
        return period.until > self.today

    def keys(self, metric: str, dimension: str) -> list[str]:
        """Codes of a dimension in the municipality's order, then others that have figures; unknown last."""
        listed = self.place.names(dimension) or self.place.names(LISTED.get(dimension, ""))
        closed = (code for code in terms.ORDERS.get(dimension, ()) if code not in listed)
        own = [code for code in (*listed, *closed) if code != "unknown"]
        found = {code for (code,) in self.codes(metric, dimension)}
        rest = sorted(found - set(own) - {"unknown"})
        return [*[code for code in own if code in found], *rest, *(["unknown"] if "unknown" in found else [])]

    def label(self, dimension: str, code: str) -> str:
        """What a code is called on screens."""
        if code == "unknown":
            return terms.UNKNOWN.get(dimension) or say("code_missing")
        named = self.place.names(dimension) or self.place.names(LISTED.get(dimension, ""))
        return named[code] if code in named else terms.code_of(dimension, code)

    @cached_property
    def as_of(self) -> datetime | None:
        """How old the page's oldest figure of the period is."""
        own = [f.told_until for f in self.figures if f.period_on in (self.choice.period.first, NOW_ON)]
        return min(own, default=None)


def _by_key(figures: Iterable[Figure]) -> dict[Key, Figure]:
    return {(f.metric, frozenset(f.dimensions.items()), f.period, f.period_on): f for f in figures}


def heading(view: View) -> str:
    """The page's finding as one sentence: what its metric was in the period, and against when."""
    metric = view.board.finding
    if not metric:
        return _placed(view)
    return (
        _finding(view, metric) if f"finding_{metric}" in WORDS else total_words(view, metric, "").rstrip(".")
    )


def _placed(view: View) -> str:
    figure = view.find("at_any_time", view.choice.period)
    found = value_of(figure)
    if found is None:
        none = say("finding_none", who=say("who_" + view.choice.show), period=view.choice.period.words)
        return f"{none}: {_why_none(figure)}"
    text = say("finding_" + view.choice.show, n=wording.number(found), period=view.choice.period.words)
    before = value_of(view.find("at_any_time", view.choice.against))
    return text + (_against(view, "finding", round(found - before), 0) if before is not None else "")


def _finding(view: View, metric: str) -> str:
    """A share against another in percentage points; an amount by whether it is above or below zero."""
    figure, period = view.find(metric, view.choice.period), view.choice.period.words
    found = value_of(figure)
    if figure is None or found is None:
        return f"{say(f'finding_{metric}_none', period=period)}: {_why_none(figure)}"
    contract = view.contract(metric)
    key = f"finding_{metric}_below" if found < 0 else f"finding_{metric}"
    told = cell(replace(figure, value=abs(found), state="value"), contract).words
    text = say(key, value=told, period=period)
    before = value_of(view.find(metric, view.choice.against))
    if contract.measure == "share" and before is not None:
        text += _against(view, "points", round(found * 100, 1) - round(before * 100, 1), 1)
    return say("finding_preliminary", finding=text) if figure.state == "preliminary" else text


def _why_none(figure: Figure | None) -> str:
    """Why there is no number: nobody should take what is hidden for what is not known yet."""
    return say("why_none_" + (figure.state if figure else "not_yet"))


def _against(view: View, key: str, apart: float, decimals: int) -> str:
    found = round(apart, decimals)
    word = "same" if found == 0 else "more" if found > 0 else "fewer"
    against = say("against_" + view.choice.compare)
    return say(f"{key}_{word}", n=wording.number(abs(found), decimals), against=against)


def total_words(view: View, metric: str, none: str) -> str:
    """The total of a metric as a sentence."""
    contract = view.contract(metric)
    figure = view.find(metric, view.choice.period)
    found = cell(figure, contract, none)
    words = found.words
    if figure is not None and found.value is not None:
        bare = cell(replace(figure, state="value"), contract).words
        words = f"{bare} {unit_of(contract)}".strip() + words.removeprefix(bare)
    return say("total_is", title=contract.title_sv, words=words, at=view.choice.period.at)


def unit_of(contract: Contract) -> str:
    """A metric's unit, "" where its title or a percent sign says it."""
    said = contract.measure == "share" or contract.unit.partition("/")[0] in contract.title_sv.lower()
    return "" if said else contract.unit
