"""Tiles: one metric as semantic HTML in each of its states. Pure functions of published figures and the time.

Zero, missing, suppressed, preliminary, held, late and historical look different and read differently. Nothing here
computes a figure; sentences only compare figures that are already published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from html import escape
from typing import Final

from apps import charts, wording
from apps.charts import Bar, Point
from apps.screens import Screen, Tile
from apps.wording import Against, say
from schemas.municipality import Municipality
from warehouse.published import NOW_ON, Figure

DAYS: Final = 14
LARGEST: Final = 5
APART_S: Final = 90
"""A figure whose age differs more than this from the page's says its own."""

KNOWN: Final = ("value", "preliminary")
Key = tuple[str, tuple[tuple[str, str], ...], str, date]


@dataclass(frozen=True)
class Page:
    """What one page of a screen is made from. unit "" is the whole municipality; place: (index, count) in a playlist.

    limits: least coverage per metric, 0..1, below which the page says how much has come in.
    """

    municipality: Municipality
    unit: str
    figures: tuple[Figure, ...]
    now: datetime
    screen: Screen
    place: tuple[int, int] | None = None
    limits: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[Key, Figure]:
        """Figures by metric, dimensions, period and first day."""
        return {
            (f.metric, tuple(sorted(f.dimensions.items())), f.period, f.period_on): f for f in self.figures
        }

    @property
    def own(self) -> dict[str, str]:
        """The dimensions of the page's own figures."""
        return {"unit": self.unit} if self.unit else {}

    def find(
        self, metric: str, period: str = "now", on: date = NOW_ON, dimensions: dict[str, str] | None = None
    ) -> Figure | None:
        """The figure, None when no run has published it."""
        wanted = self.own if dimensions is None else dimensions
        return self.by_key.get((metric, tuple(sorted(wanted.items())), period, on))

    def newest(self, metric: str) -> Figure | None:
        """Any figure of the metric: all of one metric share run, age and version."""
        return next((f for f in self.figures if f.metric == metric), None)

    def data_on(self, metric: str) -> date:
        """The local day that the metric's figures of "today" speak of."""
        figure = self.newest(metric)
        return wording.last_day(figure.told_until if figure else self.now, self.municipality.zone)

    @cached_property
    def told(self) -> Figure | None:
        """A figure of the oldest run on the page. Held ones show their own age and do not make the page old."""
        own = [f for f in self.figures if f.metric in self.screen.metrics]
        going = [f for f in own if not f.held and not f.historical] or [f for f in own if not f.held] or own
        return min(going, key=lambda f: f.told_until, default=None)

    @cached_property
    def as_of(self) -> datetime | None:
        """What the page's strip says: the age of its dominant figure, else of its oldest run."""
        main = self.find(self.screen.tiles[0].metric)
        chosen = main if main and not main.held else self.told
        return chosen.as_of if chosen else None

    @property
    def today(self) -> date:
        """The municipality's own day now."""
        return self.now.astimezone(self.municipality.zone).date()

    def is_late(self, figure: Figure) -> bool:
        """Whether the figure's run is older than the screen's limit; a closed import never is."""
        age = (self.now - figure.told_until).total_seconds()
        return not figure.historical and age > self.screen.late_after_s


def state(figure: Figure | None) -> str:
    """What a figure is to a reader: missing, suppressed, hidden, zero, preliminary or value.

    suppressed is a small number; hidden is one that would give a small number away.
    """
    if figure and figure.state == "suppressed":
        return "hidden" if figure.upper is None else "suppressed"
    if figure is None or figure.state not in KNOWN or figure.value is None:
        return "missing"
    if figure.state == "preliminary":
        return "preliminary"
    return "zero" if figure.value == 0 else "value"


def value_of(figure: Figure | None) -> float | None:
    """The value where it may be shown, else None."""
    return figure.value if figure and state(figure) in ("value", "zero", "preliminary") else None


def tile(page: Page, declared: Tile) -> str:
    """One tile of the page as HTML."""
    return _FORMS[declared.form](page, declared)


def _trend(page: Page, declared: Tile) -> str:
    figure = page.find(declared.metric)
    on = page.data_on(declared.metric)
    points = [*_days(page, declared.metric, on), _point(on, figure)]
    label = declared.label + " " + (say("now") if on == page.today else wording.day(on))
    last = say("today") if on == page.today else wording.day_of_year(on)
    return _frame(
        "hero " + state(figure), label,
        _number(figure, declared) + _sentence(_trend_words(page, figure, on)) + _notes(page, figure)
        + charts.line(points, declared.label, last),
    )  # fmt: skip


def _days(page: Page, metric: str, on: date) -> list[Point]:
    days = (on - timedelta(days=back) for back in range(DAYS - 1, 0, -1))
    return [_point(day, page.find(metric, "day", day)) for day in days]


def _point(on: date, figure: Figure | None) -> Point:
    if figure is None:
        return Point(on, None)
    if value_of(figure) is None:
        return Point(on, None)
    return Point(on, figure.value, figure.lower, figure.upper)


def _trend_words(page: Page, figure: Figure | None, on: date) -> str:
    value = value_of(figure)
    if figure is None or value is None:
        return escape(say(state(figure) + "_say"))
    week_ago = value_of(page.find(figure.metric, "day", on - timedelta(days=7)))
    usual = (
        page.find(figure.metric, "day", on) or figure
    )  # at midnight the day that has just ended has its own band
    change, band = wording.trend(
        value, Against(week_ago, usual.lower, usual.upper), on, historical=figure.historical
    )
    if not change and not band:
        return escape(wording.capital(say("no_band")) + ".")
    if not change:
        return escape(wording.capital(band) + ".")
    return f"<b>{escape(wording.capital(change))}</b>" + (f", {escape(band)}." if band else ".")


def _day(page: Page, declared: Tile) -> str:
    on = page.data_on(declared.metric)
    figure = page.find(declared.metric, "day", on)
    label = declared.label + " " + (say("today") if on == page.today else wording.day_of_year(on))
    return _frame(
        "small " + state(figure), label,
        _number(figure, declared) + _sentence(escape(_day_words(declared, figure, on))) + _notes(page, figure),
    )  # fmt: skip


def _day_words(declared: Tile, figure: Figure | None, on: date) -> str:
    value = value_of(figure)
    if figure is None or value is None:
        return say(state(figure) + "_say")
    if value == 0 and declared.none:
        return declared.none
    return declared.say or wording.usual(value, figure.lower, figure.upper, on)


def _now(page: Page, declared: Tile) -> str:
    figure = page.find(declared.metric)
    value = value_of(figure)
    words = (
        say(state(figure) + "_say")
        if value is None
        else declared.none
        if value == 0 and declared.none
        else declared.say
    )
    return _frame(
        "small " + state(figure), declared.label,
        _number(figure, declared) + _sentence(escape(words)) + _notes(page, figure),
    )  # fmt: skip


def _units(page: Page, declared: Tile) -> str:
    found = [f for f in page.figures if f.metric == declared.metric and f.period == "now" and _only_unit(f)]
    found.sort(key=_largest_first)
    bars = [_bar(page.municipality.unit_name(f.dimensions["unit"]), f) for f in found[:LARGEST]]
    more = f", {say('more_units', n=len(found) - LARGEST)}" if len(found) > LARGEST else ""
    body = charts.rows(bars) if bars else _sentence(escape(say("missing_say")))
    return _frame("wide units", declared.label + more, body + _hidden_key(bars))


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
    alt = say("bars_alt", label=declared.label, parts=", ".join(f"{b.label}: {b.words}" for b in bars))
    body = f'<div role="group" aria-label="{escape(alt)}">{charts.columns(bars)}</div>'
    return _frame(
        "wide ages", declared.label, body + _hidden_key(bars) + _notes(page, figures[0] if figures else None)
    )


def _bar(label: str, figure: Figure | None, *, attention: bool = False) -> Bar:
    value = value_of(figure)
    words = wording.number(value) if value is not None else _words(figure)
    return Bar(label, value, words, attention)


def _words(figure: Figure | None) -> str:
    """What stands instead of a number."""
    limit = round(figure.upper) + 1 if figure and figure.upper is not None else 0
    return say(state(figure), limit=limit)


def _hidden_key(bars: Iterable[Bar]) -> str:
    hidden = any(bar.words == say("hidden") for bar in bars)
    return f'<p class="note">{escape(say("hidden_key"))}</p>' if hidden else ""


def _number(figure: Figure | None, declared: Tile) -> str:
    value = value_of(figure)
    if value is None:
        return f'<p class="n words">{escape(_words(figure))}</p>'
    unit = declared.unit_one if value == 1 and declared.unit_one else declared.unit
    return f'<p class="n">{wording.number(value)}<span>{escape(unit)}</span></p>'


def _sentence(words: str) -> str:
    return f'<p class="say">{words}</p>' if words else ""


def _notes(page: Page, figure: Figure | None) -> str:
    """The words for held, preliminary, late and historical, each with its own shape."""
    if figure is None:
        return ""
    zone = page.municipality.zone
    since = wording.when(figure.as_of, page.now, zone)
    notes: list[tuple[str, str]] = []
    if figure.state == "preliminary":
        notes.append(("preliminary", say("preliminary")))
    if figure.held:
        notes.append(("held", say("held") + ", " + say("held_since", when=since)))
    elif figure.historical:
        notes.append(("history", say("history", when=wording.day(wording.last_day(figure.as_of, zone)))))
    elif page.is_late(figure):
        notes.append(("late", say("since", when=since)))
    elif page.as_of and abs((page.as_of - figure.as_of).total_seconds()) > APART_S:
        notes.append(("older", say("since", when=since)))
    return "".join(f'<p class="note {look}">{escape(words)}</p>' for look, words in notes)


def _frame(look: str, label: str, body: str) -> str:
    return f'<section class="tile {look}"><h2 class="label">{escape(label)}</h2>{body}</section>'


_FORMS: Final = {"trend": _trend, "day": _day, "now": _now, "units": _units, "ages": _ages}
