"""What screens read: the published layer through one short cache, so that a hundred viewers make one query.

The last good answer is kept while the warehouse is away; its age then tells on every screen.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Protocol, TypeVar, cast

from apps import board_reading
from apps.boards import Board
from apps.choice import Choice, Period
from apps.screens import LOBBY, Screen, Tile, screen
from schemas.errors import HubError, Misconfigured
from schemas.municipality import Municipality, municipality
from schemas.settings import Settings
from warehouse import published
from warehouse.causes import Revision
from warehouse.governance import Governance
from warehouse.published import STATEMENTS, Figure

log = logging.getLogger(__name__)
DAYS: Final = 16
"""Days back that a wall reads: fourteen for the line, two for a source that is a day behind."""
MOST_KEPT: Final = 400
"""Answers that are kept: an address may ask for any day that ever was."""
T = TypeVar("T")


class Store(Protocol):
    """What this module needs of `warehouse.client.Warehouse`."""

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a SELECT as dicts, times aware in UTC."""
        ...

    def command(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """Run a statement that changes something."""
        ...


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The figures of one municipality as last read. The same object as long as nothing has changed."""

    figures: tuple[Figure, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """Codes of the units that have figures, in order."""
        return tuple(sorted({f.dimensions["unit"] for f in self.figures if f.dimensions.get("unit")}))

    def active(self, tile: Tile) -> set[str]:
        """Codes of the units that have a figure of the tile other than 0, known or hidden."""
        return {
            f.dimensions["unit"]
            for f in self.figures
            if f.metric == tile.metric and f.dimensions.get("unit")
            and tile.where.items() <= f.dimensions.items() and (f.value or f.state == "suppressed")
        }  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """A wall screen's sign of life: which screen and page, how old its figures, when it last changed page
    and last got one, and how often it should, in seconds.
    """

    screen: str
    page: str
    seen_at: datetime
    data_at: datetime | None
    rotated_at: datetime | None
    refreshed_at: datetime | None = None
    refresh_s: int = 0
    rotate_s: int = 0


class Published:
    """Reads the published layer, each answer at most once per `keep_s` seconds. Safe for many threads."""

    def __init__(
        self, connect: Callable[[], Store], *, keep_s: float = 4, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connect = connect
        self._keep_s = keep_s
        self._clock = clock
        self._store: Store | None = None
        self._kept: dict[Hashable, tuple[float, object]] = {}
        self._reading: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self.reached = True
        """Whether the warehouse answered when it was last asked."""

    def figures(self, code: str, wall: str = LOBBY) -> Snapshot:
        """A wall screen's figures of a municipality; empty until the warehouse has answered once."""
        asked = screen(wall)
        return self._cached(("figures", wall, code), lambda kept: self._read(asked, code, kept), Snapshot())

    def codes(self, wall: str = LOBBY) -> tuple[str, ...]:
        """Municipalities that have figures for the wall's audience; empty until the warehouse has answered
        once.
        """
        audience = screen(wall).audience
        return self._cached(
            ("codes", audience), lambda _: tuple(published.municipalities(self.store, audience)), ()
        )

    def municipalities(self, wall: str = LOBBY) -> tuple[Municipality, ...]:
        """Municipalities that have figures for the wall's audience."""
        return tuple(municipality(code) for code in self.codes(wall))

    def units(self, town: Municipality, wall: str = LOBBY) -> tuple[str, ...]:
        """Units to show: those that have figures, in the municipality's order, else the configured ones; of
        a wall that shows active units, those alone.
        """
        asked, found = screen(wall), self.figures(town.code, wall)
        if asked.units == "none":
            return ()
        if asked.units == "active":
            return tuple(sorted(found.active(asked.tiles[0]), key=_order(town)))
        return tuple(sorted(found.units, key=_order(town))) or tuple(town.units)

    def knows(self, town: Municipality, unit: str, wall: str = LOBBY) -> bool:
        """Whether there is such a page; "" is the whole municipality."""
        own = {"active": town.care_units, "none": {}}.get(screen(wall).units, town.units)
        return not unit or unit in own or unit in self.units(town, wall)

    def periods(self, code: str, board: Board) -> tuple[Period, ...]:
        """Periods that the page has figures of, of those that it offers; oldest first."""
        return self._cached(("periods", code, board.name), lambda _: self._read_periods(code, board), ())

    def board(self, code: str, board: Board, choice: Choice) -> tuple[Figure, ...]:
        """A committee page's figures: of its period, of the one compared with, and the totals of all."""
        return self._cached(
            ("board", code, board.name, choice.period, choice.compare, choice.shown_on),
            lambda _: board_reading.figures(
                self.store, code, board, choice, self._with_targets(code, board, choice)
            ),
            (),
        )

    def said(self, code: str, choice: Choice | None = None) -> Governance:
        """What a municipality's committee set, said and decided."""
        then = board_reading.known_at(code, choice) if choice else None
        return self._cached(
            ("said", code, then), lambda _: published.said(self.store, code, then), Governance()
        )

    def before(self, code: str, board: Board, choice: Choice) -> tuple[Figure, ...]:
        """A committee page's figures of its period as they were shown on the day when the committee last met,
        of what the page tells changes of; nothing before the first meeting.
        """
        met_on = self.said(code, choice).last_meeting(board_reading.today(code, choice))
        if met_on is None or not board.looks_back:
            return ()
        aimed = self._with_targets(code, board, choice)
        return self._cached(
            ("before", code, board.name, choice.period, met_on),
            lambda _: board_reading.before(self.store, code, board, choice, (met_on, aimed)),
            (),
        )

    def revised(
        self, code: str, board: Board, choice: Choice, since: datetime
    ) -> dict[tuple[str, str, date], list[Revision]]:
        """What has changed a committee page's figures of its period since an instant."""
        until = board_reading.known_at(code, choice)
        metrics = tuple(dict.fromkeys((*board.metrics, *self._with_targets(code, board, choice))))
        return self._cached(
            ("revised", code, board.name, choice.period, since, until),
            lambda _: board_reading.revised(self.store, code, choice, metrics, (since, until)),
            {},
        )

    def _with_targets(self, code: str, board: Board, choice: Choice) -> tuple[str, ...]:
        """Metrics that have a target, where the page shows them."""
        if not board.follows_targets:
            return ()
        return tuple(dict.fromkeys(target.metric for target in self.said(code, choice).targets))

    def official(self, code: str, board: Board, choice: Choice | None = None) -> tuple[Figure, ...]:
        """The official tables that a committee page shows beside own figures; of that municipality only."""
        then = board_reading.known_at(code, choice) if choice else None
        return self._cached(
            ("official", code, board.name, then),
            lambda _: tuple(
                figure
                for each in board.official
                for figure in published.official(self.store, code, each.table, each.dimension, then)
            ),
            (),
        )

    def _read_periods(self, code: str, board: Board) -> tuple[Period, ...]:
        asked = {"municipality": code, "metrics": list(board.metrics), "kinds": list(board.periods)}
        rows = self.store.rows(STATEMENTS["periods"], asked)
        return tuple(sorted(Period(row["period_on"], row["period"]) for row in rows))

    def with_boards(self) -> tuple[str, ...]:
        """Municipalities that have committee figures."""
        return self._cached("boards", lambda _: tuple(published.with_boards(self.store)), ())

    def seen(self, sign: Sign) -> None:
        """Write down a screen's sign of life. Raises HubError when the warehouse does not take it."""
        self.store.command(STATEMENTS["screen_seen"], vars(sign))

    @property
    def store(self) -> Store:
        """The connection, made on first use and kept."""
        with self._lock:
            if self._store is None:
                self._store = self._connect()
            return self._store

    def _read(self, wall: Screen, code: str, kept: Snapshot) -> Snapshot:
        """A closed import lies far back: without anything of late the whole series is read."""
        since = (datetime.now(UTC) - timedelta(days=DAYS)).date()
        found = published.shown(self.store, code, wall.metrics, audience=wall.audience, since=since)
        if any(f.historical for f in found):
            found = published.shown(self.store, code, wall.metrics, audience=wall.audience)
        fresh = tuple(found)
        return kept if fresh == kept.figures else Snapshot(fresh)

    def _cached(self, key: Hashable, read: Callable[[T], T], nothing: T) -> T:
        """The kept answer while it is fresh or somebody else is reading; else a new one."""
        read_at, kept = cast("tuple[float, T]", self._kept.get(key, (float("-inf"), nothing)))
        if self._clock() - read_at < self._keep_s:
            return kept
        with self._lock:
            reading = self._reading.setdefault(key, threading.Lock())
        if not reading.acquire(blocking=key not in self._kept):
            return kept
        try:
            return self._renewed(key, read, nothing)
        finally:
            reading.release()

    def _renewed(self, key: Hashable, read: Callable[[T], T], nothing: T) -> T:
        read_at, kept = cast("tuple[float, T]", self._kept.get(key, (float("-inf"), nothing)))
        if self._clock() - read_at < self._keep_s:
            return kept
        try:
            kept = read(kept)
            self.reached = True
        except HubError as error:
            self.reached = False
            log.warning("figures are not read, the last good ones stay: %s", error)
        self._kept.pop(key, None)
        self._kept[key] = (self._clock(), kept)
        for oldest in list(self._kept)[:-MOST_KEPT]:
            self._kept.pop(oldest, None)
        return kept


def _order(town: Municipality) -> Callable[[str], tuple[int, str]]:
    places = {unit: place for place, unit in enumerate(town.every_unit)}
    return lambda unit: (places.get(unit, len(places)), unit)


_installed: tuple[Published, Settings] | None = None


def install(source: Published, settings: Settings) -> None:
    """Called once by the server; Streamlit runs the page scripts in this process without arguments."""
    global _installed
    _installed = source, settings


def source() -> Published:
    """What the page scripts read from. Raises Misconfigured outside a running screens server."""
    return _both()[0]


def settings() -> Settings:
    """The settings that the server was started with."""
    return _both()[1]


def _both() -> tuple[Published, Settings]:
    if _installed is None:
        raise Misconfigured("screens are started with `python -m apps.server public`")
    return _installed
