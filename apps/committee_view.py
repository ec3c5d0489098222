"""A committee page as HTML and tables, from published figures and the reader's choice. Pure.

Sentences are fixed templates filled with data. Hidden, missing, zero and preliminary read differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from html import escape
from typing import Final, NamedTuple

from apps import terms, wording
from apps.boards import COUNTS, Board, Section, grain_of
from apps.choice import Choice, Period
from apps.page import value_of
from apps.sheet import Cell, Sheet, cell
from apps.terms import term
from apps.wording import say
from schemas.municipality import Municipality
from warehouse.contracts import Contract
from warehouse.published import NOW_ON, Figure

LISTED: Final = {"reason": "end_reason"}
"""Dimensions whose codes stand under another name in the municipality's settings."""
Key = tuple[str, frozenset[tuple[str, str]], str, object]


class Made(NamedTuple):
    """A section ready to be shown: question, answer in a sentence, chart as HTML, and its tables."""

    section: Section
    answer: str
    chart: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class View:
    """All that a page is made from."""

    board: Board
    place: Municipality
    choice: Choice
    figures: tuple[Figure, ...]
    contracts: Mapping[str, Contract]
    now: datetime

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

    def keys(self, metric: str, dimension: str) -> list[str]:
        """Codes of a dimension in the municipality's order, then others that have figures; unknown last."""
        listed = self.place.names(dimension) or self.place.names(LISTED.get(dimension, ""))
        own = [*listed, *(code for code in terms.ORDERS.get(dimension, ()) if code not in listed)]
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


def sections(view: View) -> list[Made]:
    """Every section of the page, in order."""
    return [_FORMS[section.form](view, section) for section in view.board.sections]


def _finding(view: View, section: Section) -> Made:
    period = view.choice.period
    cards = [(metric, view.find(metric, period)) for metric in section.metrics]
    sheet = Sheet(
        section.question,
        ("", say("column_count")),
        tuple((_card_words(view, m), (cell(f, view.contract(m)),)) for m, f in cards),
    )
    body = "".join(
        f'<div class="big"><b>{escape(cell(f, view.contract(m)).words)}</b>'
        f"<span>{escape(_card_words(view, m))}</span></div>"
        for m, f in cards
    )
    return Made(section, _cause_words(view), f'<div class="three">{body}</div>', (sheet,))


def heading(view: View) -> str:
    """The page's finding as one sentence: how many at any time in the period, and against when."""
    if not any(section.form == "finding" for section in view.board.sections):
        return f"{view.board.title}, {view.choice.period.words}"
    found = value_of(view.find("at_any_time", view.choice.period))
    who = say("who_" + view.choice.show)
    if found is None:
        return say("finding_none", who=who, period=view.choice.period.words)
    text = say("finding", n=wording.number(found), who=who, period=view.choice.period.words)
    return text + _against(view, found)


def _against(view: View, found: float) -> str:
    against = view.choice.against
    before = value_of(view.find("at_any_time", against))
    if against is None or before is None:
        return ""
    apart = round(found - before)
    key = "finding_same" if apart == 0 else "finding_more" if apart > 0 else "finding_fewer"
    return say(key, n=wording.number(abs(apart)), against=against.words)


def _card_words(view: View, metric: str) -> str:
    last = min(view.choice.period.until, view.now.astimezone(view.place.zone).date() + timedelta(days=1))
    return say(
        "card_" + metric, on=wording.day(last - timedelta(days=1)), show=say("who_" + view.choice.show)
    )


def _cause_words(view: View) -> str:
    """Which main cause is the largest; nothing where it is hidden or nobody is placed."""
    found = [(value_of(view.find("at_any_time", view.choice.period, main_cause=code)) or 0, code)
             for code in view.keys("at_any_time", "main_cause") if code != "unknown"]  # fmt: skip
    most, code = max(found, default=(0, ""))
    if not most or len([1 for value, _ in found if value == most]) > 1:
        return ""
    return say("cause_largest", cause=view.label("main_cause", code), n=wording.number(most))


def _rows(view: View, section: Section, columns: Sequence[tuple[str, Callable[[str], Cell]]]) -> Sheet:
    """A table with a row per code of the section's dimension, and a row for all."""
    (by,) = grain_of(section, view.choice.split)[:1]
    codes = view.keys(section.metrics[0], by)
    rows = [(view.label(by, code), tuple(make(code) for _, make in columns)) for code in codes]
    rows.append((say("row_all"), tuple(make("") for _, make in columns)))
    title = f"{section.question} {term(terms.DIMENSIONS, by).capitalize()}"
    return Sheet(
        title, (term(terms.DIMENSIONS, by).capitalize(), *(name for name, _ in columns)), tuple(rows)
    )


def _column(view: View, section: Section, metric: str, period: Period | None) -> Callable[[str], Cell]:
    (by,) = grain_of(section, view.choice.split)[:1]

    def make(code: str) -> Cell:
        found = view.find(metric, period, **({by: code} if code else {}))
        return cell(found, view.contract(metric), section.none)

    return make


def _bars(view: View, section: Section) -> Made:
    metric, against = section.metrics[0], view.choice.against
    columns = [(view.choice.period.short, _column(view, section, metric, view.choice.period))]
    if against:
        columns.append((against.short, _column(view, section, metric, against)))
    sheet = _rows(view, section, columns)
    return Made(section, "", bars(sheet), (sheet,))


def bars(sheet: Sheet) -> str:
    """Lying bars of a table's first column with a thin one for the second; words where there is no number."""
    listed = sheet.rows[:-1]
    top = max((c.value or 0 for _, cells in listed for c in cells), default=0) or 1
    items = "".join(f"<li>{_bar(name, cells, top)}</li>" for name, cells in listed)
    names = sheet.headings[1:]
    key = "".join(
        f'<span><i class="{"then" if n else "now"}"></i>{escape(x)}</span>' for n, x in enumerate(names)
    )
    return f'<ol class="bars">{items}</ol><p class="key">{key}</p>' if listed else _nothing()


def _bar(name: str, cells: Sequence[Cell], top: float) -> str:
    now, then = cells[0], cells[1] if len(cells) > 1 else None
    wide = f'<i class="now" style="--w:{(now.value or 0) / top:.4f}"></i>' if now.value else ""
    thin = f'<i class="then" style="--w:{(then.value or 0) / top:.4f}"></i>' if then and then.value else ""
    look = "" if now.value is not None else ' class="words"'
    return (
        f'<span class="name">{escape(name)}</span><span class="lie">'
        f"<span>{wide}<b{look}>{escape(now.words)}</b></span>{thin}</span>"
    )


def _nothing() -> str:
    return f'<p class="none">{escape(say("missing_say"))}</p>'


def _columns(view: View, section: Section) -> Made:
    columns = [
        (_heading(view, metric), _column(view, section, metric, view.choice.period))
        for metric in section.metrics
    ]
    against = view.choice.against
    if len(section.metrics) == 1 and against:
        columns.append((against.short, _column(view, section, section.metrics[0], against)))
    sheet = _rows(view, section, columns)
    return Made(section, _total_words(view, section), "", (sheet,))


def _heading(view: View, metric: str) -> str:
    contract = view.contract(metric)
    return f"{contract.title_sv}, {contract.unit}" if contract.unit != "%" else contract.title_sv


def _total_words(view: View, section: Section) -> str:
    """The total of a section with one metric, as a sentence."""
    if len(section.metrics) > 1:
        return ""
    contract = view.contract(section.metrics[0])
    found = cell(view.find(section.metrics[0], view.choice.period), contract, section.none)
    return say("total_is", title=contract.title_sv, words=found.words, period=view.choice.period.words)


def _three(view: View, section: Section) -> Made:
    columns = [(say("head_" + metric), _column(view, section, metric, view.choice.period))
               for metric in section.metrics]  # fmt: skip
    return Made(section, "", "", (_rows(view, section, columns),))


def _cross(view: View, section: Section) -> Made:
    by, across = grain_of(section, view.choice.split)
    metric = section.metrics[0]
    heads = view.keys(metric, across) or sorted(
        {f.dimensions[across] for f in view.figures if f.dimensions.keys() == {by, across}}
    )

    def make(code: str, column: str) -> Cell:
        asked = ({by: code} if code else {}) | ({across: column} if column else {})
        return cell(view.find(metric, view.choice.period, **asked), view.contract(metric), section.none)

    rows = [(view.label(by, code), tuple(make(code, head) for head in [*heads, ""]))
            for code in view.keys(metric, by)]  # fmt: skip
    rows.append((say("row_all"), tuple(make("", head) for head in [*heads, ""])))
    title = f"{section.question} {view.contract(metric).title_sv}"
    names = (
        term(terms.DIMENSIONS, by).capitalize(),
        *(view.label(across, head) for head in heads),
        say("row_all"),
    )
    return Made(section, "", "", (Sheet(title, names, tuple(rows)),))


def _facts(view: View, section: Section) -> Made:
    periods = [view.choice.period, *([view.choice.against] if view.choice.against else [])]
    rows = tuple(
        (
            _heading(view, metric),
            tuple(cell(view.find(metric, period), view.contract(metric), section.none) for period in periods),
        )
        for metric in section.metrics
    )
    sheet = Sheet(section.question, ("", *(period.short for period in periods)), rows)
    return Made(section, "", "", (sheet,))


def _interval(view: View, section: Section) -> Made:
    """Value, number behind it and spread, side by side: none of them alone."""
    (by,) = grain_of(section, view.choice.split)
    metric = section.metrics[0]
    contract = view.contract(metric)
    rows = []
    for code in view.keys(metric, by):
        found = view.find(metric, view.choice.period, **{by: code})
        rows.append((view.label(by, code), _spread(found, contract)))
    names = (
        term(terms.DIMENSIONS, by).capitalize(),
        contract.title_sv,
        say("head_low"),
        say("head_high"),
        say("head_n"),
    )
    return Made(section, "", "", (Sheet(section.question, names, tuple(rows)),))


def _spread(found: Figure | None, contract: Contract) -> tuple[Cell, ...]:
    value = cell(found, contract)
    if found is None or value.value is None:
        return (value, *[Cell(None, "missing", "–")] * 3)
    ends = [Cell(end, "value", wording.number(end, contract.decimals), contract.decimals) if end is not None
            else Cell(None, "missing", say("missing")) for end in (found.lower, found.upper)]  # fmt: skip
    return (value, *ends, Cell(found.n, "value", wording.number(found.n or 0)))


def series(view: View, metric: str) -> list[tuple[Period, Cell]]:
    """The metric's total over every period of the chosen kind, oldest first."""
    kind = view.choice.period.kind
    found = sorted(
        (
            f
            for f in view.figures
            if f.metric == view.name_of(metric) and not f.dimensions and f.period == kind
        ),
        key=lambda f: f.period_on,
    )
    return [(Period(f.period_on, kind), cell(f, view.contract(metric))) for f in found]


def _trend(view: View, section: Section) -> Made:
    told = series(view, section.metrics[0])
    rows = tuple((period.short, (found,)) for period, found in told)
    sheet = Sheet(section.question, (say("period"), view.contract(section.metrics[0]).title_sv), rows)
    return Made(section, _trend_words(told), "", (sheet,))


def _trend_words(told: Iterable[tuple[Period, Cell]]) -> str:
    known = [(found.value, period) for period, found in told if found.value is not None]
    if len(known) < 2:
        return say("trend_none")
    (first, since), (last, until) = known[0], known[-1]
    most, when = max(known, key=lambda pair: pair[0] or 0)
    return say(
        "trend_words", first=wording.number(first or 0), since=since.words, last=wording.number(last or 0),
        until=until.words, most=wording.number(most or 0), when=when.words,
    )  # fmt: skip


_FORMS: Final[dict[str, Callable[[View, Section], Made]]] = {
    "finding": _finding,
    "bars": _bars,
    "three": _three,
    "cross": _cross,
    "columns": _columns,
    "facts": _facts,
    "interval": _interval,
    "trend": _trend,
}
