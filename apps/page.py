"""What one page of a screen is made from, and what its figures are to a reader. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Final

from apps import wording
from apps.screens import Screen, Tile
from schemas.municipality import Municipality
from warehouse.published import NOW_ON, Figure

Key = tuple[str, tuple[tuple[str, str], ...], str, date]
KNOWN: Final = ("value", "preliminary", "snapshot")


@dataclass(frozen=True)
class Page:
    """One page. unit "" is the whole municipality; place: (index, count) among the units.

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

    def dimensions(self, tile: Tile) -> dict[str, str]:
        """The dimensions of the tile's figure on this page."""
        return ({} if tile.whole else self.own) | tile.where

    def find(
        self, metric: str, period: str = "now", on: date = NOW_ON, dimensions: dict[str, str] | None = None
    ) -> Figure | None:
        """The figure, None when no run has published it. Without dimensions the page's own."""
        wanted = self.own if dimensions is None else dimensions
        return self.by_key.get((metric, tuple(sorted(wanted.items())), period, on))

    def data_on(self, metric: str) -> date:
        """The local day that the metric's figures of "today" speak of: all of one metric share a run."""
        figure = next((f for f in self.figures if f.metric == metric), None)
        return wording.last_day(figure.told_until if figure else self.now, self.municipality.zone)

    @property
    def today(self) -> date:
        """The municipality's own day now."""
        return self.now.astimezone(self.municipality.zone).date()

    @cached_property
    def told(self) -> Figure | None:
        """A figure of the oldest run. Held ones show their own age and do not make the page old, nor does the
        proof, which is computed on a slower beat.
        """
        shown = {tile.metric for tile in self.screen.tiles}
        own = [f for f in self.figures if f.metric in shown]
        going = [f for f in own if not f.held and not f.historical] or [f for f in own if not f.held] or own
        return min(going, key=lambda f: f.told_until, default=None)

    @cached_property
    def as_of(self) -> datetime | None:
        """What the page's strip says: the age of its dominant figure, else of its oldest run."""
        main = self.find(self.screen.tiles[0].metric)
        chosen = main if main and not main.held else self.told
        return chosen.as_of if chosen else None

    def is_late(self, figure: Figure) -> bool:
        """Whether the figure's run is older than the screen's limit; a closed import never is."""
        age = (self.now - figure.told_until).total_seconds()
        return not figure.historical and age > self.screen.late_after_s


def state(figure: Figure | None) -> str:
    """What a figure is to a reader: missing, suppressed, hidden, bounds, zero, preliminary or value.

    suppressed is a small number; hidden is one that would give a small number away; bounds is a share of
    which so much is unknown that only what it lies between is told.
    """
    if figure and figure.state == "suppressed":
        return "hidden" if figure.upper is None else "suppressed"
    if figure and figure.value is None and figure.state == "preliminary" and figure.lower is not None:
        return "bounds"
    if figure is None or figure.state not in KNOWN or figure.value is None:
        return "missing"
    if figure.state == "preliminary":
        return "preliminary"
    return "zero" if figure.value == 0 else "value"


def value_of(figure: Figure | None) -> float | None:
    """The value where it may be shown, else None."""
    return figure.value if figure and figure.state in KNOWN else None


def bounds_of(figure: Figure | None) -> tuple[float, float] | None:
    """Lower and upper bound where too little is known for a value to be told, else None."""
    if figure is None or figure.state != "preliminary" or figure.value is not None:
        return None
    return None if figure.lower is None or figure.upper is None else (figure.lower, figure.upper)
