"""Tiles: one metric as semantic HTML in each of its states. Pure functions of published figures and the time.

Zero, missing, suppressed, hidden, preliminary, held, late and historical look different and read differently.
Nothing here computes a figure; sentences only compare figures that are already published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape
from typing import Final

from apps import charts, wording
from apps.charts import Bar, Point
from apps.page import Page, state, value_of
from apps.screens import Level, Tile
from apps.tile_parts import frame, instead, limit, notes, number, sentence
from apps.wording import Against, say
from warehouse.published import Figure

DAYS: Final = 14
LARGEST: Final = 5


def tile(page: Page, declared: Tile) -> str:
    """One tile of the page as HTML."""
    return _FORMS[declared.form](page, declared)


def _trend(page: Page, declared: Tile) -> str:
    figure = page.find(declared.metric, dimensions=page.dimensions(declared))
    on = page.data_on(declared.metric)
    label = declared.label + " " + (say("now") if on == page.today else wording.day(on))
    days = _days(page, declared, on)
    points = [*(_point(day, found) for day, found in days.items()), _point(on, figure)]
    line = charts.line(points, declared.label, _last(page, on), _no_line(page, list(days.values()), figure))
    return _hero(page, declared, label, figure, _trend_words(page, figure, on), line)


def _so_far(page: Page, declared: Tile) -> str:
    """The day so far; the line is of the whole days before, and today's dot rises beside it."""
    on = page.data_on(declared.metric)
    figure = page.find(declared.metric, dimensions=page.dimensions(declared))
    days = _days(page, declared, on)
    points = [_point(day, found) for day, found in days.items()]
    line = charts.line(
        points,
        declared.label,
        _last(page, on),
        _no_line(page, list(days.values()), figure),
        _point(on, figure),
    )
    value = value_of(figure)
    told = _untold(page, figure) if figure is None or value is None else _usual(figure, value, on)
    words = escape(wording.sentence(told))
    return _hero(page, declared, f"{declared.label} {_last(page, on)}", figure, words, line)


def _hero(page: Page, declared: Tile, label: str, figure: Figure | None, words: str, line: str) -> str:
    body = number(page, figure, declared) + sentence(words) + notes(page, figure)
    return frame("hero " + state(figure), label, body + line)


def _last(page: Page, on: date) -> str:
    return say("today") if on == page.today else wording.short_day(on)


def _days(page: Page, declared: Tile, on: date) -> dict[date, Figure | None]:
    """The days before, in order."""
    days = (on - timedelta(days=back) for back in range(DAYS - 1, 0, -1))
    return {day: page.find(declared.metric, "day", day, page.dimensions(declared)) for day in days}


def _no_line(page: Page, days: Sequence[Figure | None], now: Figure | None) -> str:
    """Why no line can be drawn: small days are hidden, or there are none (yet)."""
    hidden = [day for day in days if state(day) in ("suppressed", "hidden")]
    if hidden and any(value_of(day) is not None for day in days):
        return say("chart_some_hidden")
    if hidden:
        small = next((day for day in hidden if state(day) == "suppressed"), None)
        return say("chart_suppressed", limit=limit(small)) if small else say("chart_hidden" + _of_whom(page))
    return say("chart_none_history" if now and now.historical else "chart_none")


def _untold(page: Page, figure: Figure | None) -> str:
    """Why there is no number."""
    found = state(figure)
    return say(f"{found}_say{_of_whom(page) if found == 'hidden' else ''}")


def _of_whom(page: Page) -> str:
    """Before the public a hidden number protects another; before staff, a small group of persons."""
    return "_group" if page.screen.audience == "staff" else ""


def _point(on: date, figure: Figure | None) -> Point:
    value = value_of(figure)
    if figure is None or value is None:
        return Point(on, None)
    return Point(on, value, figure.lower, figure.upper)


def _trend_words(page: Page, figure: Figure | None, on: date) -> str:
    value = value_of(figure)
    if figure is None or value is None:
        return escape(wording.sentence(_untold(page, figure)))
    week_ago = value_of(page.find(figure.metric, "day", on - timedelta(days=7), figure.dimensions))
    # at midnight the day that has just ended has its own band
    usual = page.find(figure.metric, "day", on, figure.dimensions) or figure
    against = Against(week_ago, usual.lower, usual.upper)
    change, band = wording.trend(value, against, on, historical=figure.historical)
    if not change:
        return escape(wording.sentence(band or _no_band(figure)))
    return f"<b>{escape(wording.capital(change))}</b>" + (f", {escape(band)}." if band else ".")


def _day(page: Page, declared: Tile) -> str:
    on, dimensions = page.data_on(declared.metric), page.dimensions(declared)
    figure = page.find(declared.metric, "day", on, dimensions) or page.find(
        declared.metric, dimensions=dimensions
    )
    value = value_of(figure)
    usual = "" if figure is None or value is None else _usual(figure, value, on)
    return _small(page, declared, f"{declared.label} {_last(page, on)}", figure, usual)


def _usual(figure: Figure, value: float, on: date) -> str:
    if figure.lower is None or figure.upper is None:
        return _no_band(figure)
    return wording.usual(value, figure.lower, figure.upper, on)


def _no_band(figure: Figure) -> str:
    """A closed import gets no comparison later."""
    return say("no_band_history" if figure.historical else "no_band")


def _now(page: Page, declared: Tile) -> str:
    figure = page.find(declared.metric, dimensions=page.dimensions(declared))
    return _small(page, declared, declared.label, figure, "")


def _small(page: Page, declared: Tile, label: str, figure: Figure | None, usual: str) -> str:
    """Room for one line under the number: what is being checked matters more than what is usual."""
    if declared.whole and page.unit:
        label += ", " + say("in_whole")
    told, words = notes(page, figure, in_strip=True), ""
    if not (figure and figure.held):
        under = escape(_words_under(page, declared, figure, usual))
        words = sentence(under, is_marked=_is_over(page, declared, figure))
    return frame("small " + state(figure), label, number(page, figure, declared) + words + told)


def _words_under(page: Page, declared: Tile, figure: Figure | None, usual: str) -> str:
    value = value_of(figure)
    if figure is None or value is None:
        return _untold(page, figure)
    if value == 0 and declared.none:
        return declared.none
    if declared.shown_as == "share" and figure.lower is not None:
        is_sure = figure.lower == figure.upper
        return say("share_sure") if is_sure else _between(figure)
    return _also(page, declared, figure) or declared.say or usual


def _between(figure: Figure) -> str:
    low, high = figure.lower or 0, figure.upper or 0
    return say("share_between", low=wording.number(100 * low, 1), high=wording.share(high))


def _is_over(page: Page, declared: Tile, figure: Figure | None) -> bool:
    """Whether what the sentence tells of is over the tile's limit."""
    if declared.attention is None or figure is None or value_of(figure) is None:
        return False
    about = declared.also or declared.metric
    value = value_of(page.find(about, figure.period, figure.period_on, figure.dimensions))
    return value is not None and value > declared.attention


def _also(page: Page, declared: Tile, figure: Figure) -> str:
    """What another metric tells of the same, where it is known."""
    value = value_of(page.find(declared.also, figure.period, figure.period_on, figure.dimensions))
    if not declared.also or value is None:
        return ""
    return declared.also_say.format(n=wording.number(value), age=wording.duration(60 * value))


def _share(page: Page, declared: Tile) -> str:
    """A share of what has fallen due, with the word for how it goes and of how many it is."""
    figure = page.find(declared.metric, dimensions=page.dimensions(declared))
    value = value_of(figure)
    if figure is None or value is None:
        words = escape(wording.sentence(_untold(page, figure)))
        return frame(
            "hero " + state(figure), declared.label, number(page, figure, declared) + sentence(words)
        )
    level = _level(declared, value)
    of = declared.say.format(n=wording.number(figure.n or 0))
    told = f"<b>{escape(wording.capital(level.say))}</b>, {escape(of)}."
    body = number(page, figure, declared) + sentence(told, is_marked=level.attention) + notes(page, figure)
    return frame("hero share " + state(figure), declared.label, body + _parts(page, declared))


def _level(declared: Tile, value: float) -> Level:
    return next(level for level in declared.levels if value >= level.at_least)


def _parts(page: Page, declared: Tile) -> str:
    """The same share by a dimension as bars, the lowest first; each with its word."""
    found = [f for f in page.figures if f.metric == declared.metric and f.dimensions.keys() == {declared.by}]
    found = [f for f in found if state(f) != "missing"]
    found.sort(key=lambda f: (value_of(f) is None, value_of(f) or 0, f.dimensions[declared.by]))
    bars = [_share_bar(page, declared, f) for f in found[:LARGEST]]
    left = len(found) - LARGEST
    more = say("more_clocks" if left > 1 else "more_clocks_one", n=left) if left > 0 else ""
    return (
        charts.rows(bars, top=1.0)
        + (f'<p class="note">{escape(more)}</p>' if more else "")
        + _hidden_key(bars)
    )


def _share_bar(page: Page, declared: Tile, figure: Figure) -> Bar:
    label = page.municipality.name_of(declared.by, figure.dimensions[declared.by])
    value = value_of(figure)
    if value is None:
        return Bar(label, None, instead(figure))
    level = _level(declared, value)
    return Bar(label, value, f"{wording.share(value)}, {level.say}", level.attention)


def _units(page: Page, declared: Tile) -> str:
    found = [f for f in page.figures if f.metric == declared.metric and f.period == "now" and _only_unit(f)]
    found.sort(key=_largest_first)
    bars = [_bar(page.municipality.unit_name(f.dimensions["unit"]), f) for f in found[:LARGEST]]
    more = f", {say('more_units', n=len(found) - LARGEST)}" if len(found) > LARGEST else ""
    body = charts.rows(bars) if bars else sentence(escape(say("missing_say")))
    told = notes(page, next(iter(found), None), in_strip=True) + _hidden_key(bars)
    return frame("wide units", declared.label + more, body, told)


def _largest_first(figure: Figure) -> tuple[float, str]:
    value = value_of(figure)
    return (1.0 if value is None else -value, figure.dimensions["unit"])


def _only_unit(figure: Figure) -> bool:
    return figure.dimensions.keys() == {"unit"}


def _ages(page: Page, declared: Tile) -> str:
    figures = [
        page.find(declared.metric, dimensions=page.own | {"age_days": b.value}) for b in declared.bands
    ]
    pairs = zip(declared.bands, figures, strict=True)
    bars = [_bar(band.label, figure, attention=band.attention) for band, figure in pairs]
    told = notes(page, next(iter(figures), None), in_strip=True) + _hidden_key(bars)
    return frame("wide ages", declared.label, charts.columns(bars), told)


def _bar(label: str, figure: Figure | None, *, attention: bool = False) -> Bar:
    value = value_of(figure)
    return Bar(label, value, instead(figure) if value is None else wording.number(value), attention)


def _hidden_key(bars: Iterable[Bar]) -> str:
    hidden = any(bar.words == say("hidden") for bar in bars)
    return f'<p class="note">{escape(say("hidden_key"))}</p>' if hidden else ""


_FORMS: Final = {
    "trend": _trend, "days": _so_far, "day": _day, "now": _now, "units": _units, "ages": _ages,
    "share": _share,
}  # fmt: skip
