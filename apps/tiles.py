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
from apps.screens import Tile
from apps.wording import Against, say
from warehouse.published import Figure

DAYS: Final = 14
LARGEST: Final = 5
APART_S: Final = 90
"""A figure whose age differs more than this from the page's says its own."""


def tile(page: Page, declared: Tile) -> str:
    """One tile of the page as HTML."""
    return _FORMS[declared.form](page, declared)


def _trend(page: Page, declared: Tile) -> str:
    figure = page.find(declared.metric)
    on = page.data_on(declared.metric)
    label = declared.label + " " + (say("now") if on == page.today else wording.day(on))
    last = say("today") if on == page.today else wording.short_day(on)
    days = _days(page, declared.metric, on)
    points = [*(_point(day, found) for day, found in days.items()), _point(on, figure)]
    body = _number(figure, declared) + _sentence(_trend_words(page, figure, on)) + _notes(page, figure)
    chart = charts.line(points, declared.label, last, _no_line(list(days.values()), figure))
    return _frame("hero " + state(figure), label, body + chart)


def _days(page: Page, metric: str, on: date) -> dict[date, Figure | None]:
    """The days before, in order."""
    days = (on - timedelta(days=back) for back in range(DAYS - 1, 0, -1))
    return {day: page.find(metric, "day", day) for day in days}


def _no_line(days: Sequence[Figure | None], now: Figure | None) -> str:
    """Why no line can be drawn: small days are hidden, or there are none (yet)."""
    hidden = [day for day in days if state(day) in ("suppressed", "hidden")]
    if hidden and any(value_of(day) is not None for day in days):
        return say("chart_some_hidden")
    if hidden:
        small = next((day for day in hidden if state(day) == "suppressed"), None)
        return say("chart_suppressed", limit=_limit(small)) if small else say("chart_hidden")
    return say("chart_none_history" if now and now.historical else "chart_none")


def _point(on: date, figure: Figure | None) -> Point:
    value = value_of(figure)
    if figure is None or value is None:
        return Point(on, None)
    return Point(on, value, figure.lower, figure.upper)


def _trend_words(page: Page, figure: Figure | None, on: date) -> str:
    value = value_of(figure)
    if figure is None or value is None:
        return escape(wording.sentence(say(state(figure) + "_say")))
    week_ago = value_of(page.find(figure.metric, "day", on - timedelta(days=7)))
    # at midnight the day that has just ended has its own band
    usual = page.find(figure.metric, "day", on) or figure
    against = Against(week_ago, usual.lower, usual.upper)
    change, band = wording.trend(value, against, on, historical=figure.historical)
    if not change:
        return escape(wording.sentence(band or _no_band(figure)))
    return f"<b>{escape(wording.capital(change))}</b>" + (f", {escape(band)}." if band else ".")


def _day(page: Page, declared: Tile) -> str:
    on = page.data_on(declared.metric)
    figure = page.find(declared.metric, "day", on)
    label = declared.label + " " + (say("today") if on == page.today else wording.short_day(on))
    value = value_of(figure)
    return _small(page, declared, label, figure, "" if figure is None else _usual(figure, value, on))


def _usual(figure: Figure, value: float | None, on: date) -> str:
    if value is None:
        return ""
    if figure.lower is None or figure.upper is None:
        return _no_band(figure)
    return wording.usual(value, figure.lower, figure.upper, on)


def _no_band(figure: Figure) -> str:
    """A closed import gets no comparison later."""
    return say("no_band_history" if figure.historical else "no_band")


def _now(page: Page, declared: Tile) -> str:
    return _small(page, declared, declared.label, page.find(declared.metric), "")


def _small(page: Page, declared: Tile, label: str, figure: Figure | None, usual: str) -> str:
    """Room for one line under the number: what is being checked matters more than what is usual."""
    notes = _notes(page, figure, in_strip=True)
    words = "" if figure and figure.held else _sentence(escape(_words_under(declared, figure, usual)))
    return _frame("small " + state(figure), label, _number(figure, declared) + words + notes)


def _words_under(declared: Tile, figure: Figure | None, usual: str) -> str:
    value = value_of(figure)
    if value is None:
        return say(state(figure) + "_say")
    return declared.none if value == 0 and declared.none else declared.say or usual


def _units(page: Page, declared: Tile) -> str:
    found = [f for f in page.figures if f.metric == declared.metric and f.period == "now" and _only_unit(f)]
    found.sort(key=_largest_first)
    bars = [_bar(page.municipality.unit_name(f.dimensions["unit"]), f) for f in found[:LARGEST]]
    more = f", {say('more_units', n=len(found) - LARGEST)}" if len(found) > LARGEST else ""
    body = charts.rows(bars) if bars else _sentence(escape(say("missing_say")))
    notes = _notes(page, next(iter(found), None), in_strip=True) + _hidden_key(bars)
    return _frame("wide units", declared.label + more, body, notes)


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
    notes = _notes(page, next(iter(figures), None), in_strip=True) + _hidden_key(bars)
    return _frame("wide ages", declared.label, charts.columns(bars), notes)


def _bar(label: str, figure: Figure | None, *, attention: bool = False) -> Bar:
    value = value_of(figure)
    return Bar(label, value, _instead(figure) if value is None else wording.number(value), attention)


def _instead(figure: Figure | None) -> str:
    """What stands where a number would."""
    return say(state(figure), limit=_limit(figure))


def _limit(figure: Figure | None) -> int:
    """The number that a suppressed figure is known to be below."""
    return round(figure.upper) + 1 if figure and figure.upper is not None else 0


def _hidden_key(bars: Iterable[Bar]) -> str:
    hidden = any(bar.words == say("hidden") for bar in bars)
    return f'<p class="note">{escape(say("hidden_key"))}</p>' if hidden else ""


def _number(figure: Figure | None, declared: Tile) -> str:
    value = value_of(figure)
    if value is None:
        return f'<p class="n words">{escape(_instead(figure))}</p>'
    unit = declared.unit_one if value == 1 and declared.unit_one else declared.unit
    return f'<p class="n">{wording.number(value)}<span>{escape(unit)}</span></p>'


def _sentence(words: str) -> str:
    return f'<p class="say">{words}</p>' if words else ""


def _notes(page: Page, figure: Figure | None, *, in_strip: bool = False) -> str:
    """The words for preliminary, snapshot, held, historical, late and older than the page, all unlike.

    in_strip: leave out that it is historical where the page's strip says so of all that it shows.
    """
    if figure is None:
        return ""
    since = wording.when(figure.as_of, page.now, page.municipality.zone)
    notes = [("preliminary", say("preliminary"))] if state(figure) == "preliminary" else []
    if figure.state == "snapshot":
        notes.append(("snapshot", say("snapshot")))
    if figure.held:
        notes.append(("held", say("held") + ", " + say("held_since", when=since)))
    elif figure.historical:
        notes += [] if in_strip and page.told and page.told.historical else [("history", say("history"))]
    elif page.is_late(figure):
        notes.append(("late", say("since", when=since)))
    elif page.as_of and abs((page.as_of - figure.as_of).total_seconds()) > APART_S:
        notes.append(("older", say("since", when=since)))
    return "".join(f'<p class="note {look}">{escape(words)}</p>' for look, words in notes)


def _frame(look: str, label: str, body: str, notes: str = "") -> str:
    """Notes stand beside the label where there is room, so that bars keep their height."""
    head = f'<h2 class="label">{escape(label)}</h2>'
    if notes:
        head = f'<div class="head">{head}{notes}</div>'
    return f'<section class="tile {look}">{head}{body}</section>'


_FORMS: Final = {"trend": _trend, "day": _day, "now": _now, "units": _units, "ages": _ages}
