"""The sections of a committee page: question, answer in a sentence, chart as HTML, and tables. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import Final, NamedTuple

from apps import terms, wording
from apps.boards import Section, grain_of
from apps.choice import Period
from apps.committee_official import largest, newest, official_table, own_title, with_shares
from apps.committee_view import View, total_words
from apps.page import value_of
from apps.sheet import Cell, Sheet, cell
from apps.terms import term
from apps.wording import say
from warehouse.contracts import Contract
from warehouse.published import Figure


class Made(NamedTuple):
    """A section ready to be shown: question, answer in a sentence, chart as HTML, and its tables."""

    section: Section
    answer: str
    chart: str
    sheets: tuple[Sheet, ...]


def sections(view: View) -> list[Made]:
    """Every section of the page, in order; without an official table no comparison with one."""
    wanted = [each for each in view.board.sections if each.official is None or newest(view, each.official)]
    return [_FORMS[section.form](view, section) for section in wanted]


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


def _card_words(view: View, metric: str) -> str:
    last = min(view.choice.period.until, view.now.astimezone(view.place.zone).date() + timedelta(days=1))
    return say(f"card_{metric}_{view.choice.show}", on=wording.day(last - timedelta(days=1)))


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
    listed = [(code, tuple(make(code) for _, make in columns)) for code in codes]
    rows = [(view.label(by, code), cells) for code, cells in listed if not _says_nothing(code, cells)]
    rows.append((say("row_all"), tuple(make("") for _, make in columns)))
    names = (_dimension(by), *(name for name, _ in columns))
    return Sheet(section.question, names, tuple(rows))


def _says_nothing(code: str, cells: Sequence[Cell]) -> bool:
    """Whether a row of what is not known has nothing to tell."""
    return code == "unknown" and all(found.state == "missing" for found in cells)


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
    answer = total_words(view, section.metrics[0], section.none) if len(section.metrics) == 1 else ""
    return Made(section, answer, "", (sheet,))


def _heading(view: View, metric: str) -> str:
    contract = view.contract(metric)
    said = contract.measure == "share" or contract.unit in contract.title_sv.lower()
    return contract.title_sv if said else f"{contract.title_sv}, {contract.unit}"


def _three(view: View, section: Section) -> Made:
    columns = [(say("head_" + metric), _column(view, section, metric, view.choice.period))
               for metric in section.metrics]  # fmt: skip
    return Made(section, "", "", (_rows(view, section, columns),))


def _cross(view: View, section: Section) -> Made:
    by, across = grain_of(section, view.choice.split)
    metric, period = section.metrics[0], view.period_of(section)
    heads = view.keys(metric, across) or _heads(view, by, across)
    with_n = by == "provider"  # a mean of somebody's work never stands without the number behind it

    def cells(code: str) -> tuple[Cell, ...]:
        own = {by: code} if code else {}
        found = [
            view.find(metric, period, **own, **({across: head} if head else {})) for head in [*heads, ""]
        ]
        shown = [cell(figure, view.contract(metric), section.none) for figure in found]
        return (*shown, *([_number(found[-1])] if with_n else []))

    rows = [(view.label(by, code), cells(code)) for code in view.keys(metric, by)]
    shown, words = _enough(view, section, by, rows)
    shown.append((say("row_all"), cells("")))
    names = (_dimension(by), *(view.label(across, head) for head in heads), say("row_all"),
             *([say("head_n")] if with_n else []))  # fmt: skip
    return Made(section, words, "", (Sheet(section.question, names, tuple(shown)),))


def _number(found: Figure | None) -> Cell:
    """How many stand behind a figure that is shown."""
    if found is None or value_of(found) is None:
        return Cell(None, "missing", "–")
    return Cell(found.n, "value", wording.number(found.n or 0))


Rows = list[tuple[str, tuple[Cell, ...]]]


def _dimension(name: str) -> str:
    return wording.capital(term(terms.DIMENSIONS, name))


def _heads(view: View, by: str, across: str) -> list[str]:
    """Columns of a table whose second dimension is never shown alone."""
    found = {f.dimensions[across] for f in view.figures if f.dimensions.keys() == {by, across}}
    order = list(terms.ORDERS.get(across, ()))
    return sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code))


def _enough(view: View, section: Section, by: str, rows: Rows) -> tuple[Rows, str]:
    """Of providers those with a figure; how many have too few behind them to be shown is said."""
    if by != "provider":
        return rows, ""
    shown = [row for row in rows if any(found.value is not None for found in row[1])]
    few = len(rows) - len(shown)
    words = "" if not few else say("too_few", n=few) if shown else say("too_few_all")
    year = say("of_year", year=view.choice.period.first.year) if section.over else ""
    return shown, f"{year} {words}".strip()


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


PARTS: Final = ("quality", "price")
"""What an index is made of; it never stands without them."""


def _interval(view: View, section: Section) -> Made:
    """Index, its parts, number behind it and spread, side by side: none of them alone."""
    (by,) = grain_of(section, view.choice.split)
    metric, period = section.metrics[0], view.period_of(section)
    contract = view.contract(metric)

    def cells(code: str) -> tuple[Cell, ...]:
        index = view.find(metric, period, **{by: code})
        parts = [cell(view.find(metric, period, **{by: code}, part=part), contract) for part in PARTS]
        value, *spread = _spread(index, contract)
        return (value, *parts, *spread)

    rows: Rows = [(view.label(by, code), cells(code)) for code in view.keys(metric, by)]
    shown, words = _enough(view, section, by, rows)
    heads = (say("head_low"), say("head_high"), say("head_n"))
    names = (_dimension(by), contract.title_sv, *(view.label("part", part) for part in PARTS), *heads)
    return Made(section, words, "", (Sheet(section.question, names, tuple(shown)),))


def _spread(found: Figure | None, contract: Contract) -> tuple[Cell, ...]:
    value = cell(found, contract)
    if found is None or value.value is None:
        return (value, *[Cell(None, "missing", "–")] * 3)
    ends = [Cell(end, "value", wording.number(end, contract.decimals), contract.decimals) if end is not None
            else Cell(None, "missing", say("missing")) for end in (found.lower, found.upper)]  # fmt: skip
    return (value, *ends, _number(found))


def series(view: View, metric: str) -> list[tuple[Period, Cell]]:
    """The metric's total over every period of the chosen kind that is over, oldest first."""
    kind = view.choice.period.kind
    found = sorted(
        (
            f
            for f in view.figures
            if f.metric == view.name_of(metric) and not f.dimensions and f.period == kind
        ),
        key=lambda f: f.period_on,
    )
    told = [(Period(f.period_on, kind), cell(f, view.contract(metric))) for f in found]
    return [(period, found) for period, found in told if not view.is_going_on(period)]


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


def _official(view: View, section: Section) -> Made:
    """Two tables side by side, never one: each has its own causes and its own definition."""
    assert section.official
    count = _column(view, section, section.metrics[0], view.period_of(section))
    own = replace(_rows(view, section, [(say("column_count"), count)]), title=own_title(view, section))
    sheets = (with_shares(own), with_shares(official_table(view, section.official)))
    return Made(section, largest(*sheets), "", sheets)


_FORMS: Final[dict[str, Callable[[View, Section], Made]]] = {
    "finding": _finding,
    "bars": _bars,
    "three": _three,
    "cross": _cross,
    "columns": _columns,
    "facts": _facts,
    "interval": _interval,
    "trend": _trend,
    "official": _official,
}
