"""The screens as declared in `screens.toml`. Read once; a fault names every bad value."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from schemas.errors import Misconfigured

FILE: Final = Path(__file__).with_name("screens.toml")
LOBBY: Final = "lobby"
NAME: Final = re.compile(r"[a-z]{2,20}")
TAKEN: Final = ("namnd",)
"""What no screen may be called, since another page has the address."""
Form = Literal["trend", "days", "day", "now", "units", "ages", "share"]
On = Literal["unit", "total", "both"]
ShownAs = Literal["number", "share"]
Units = Literal["all", "active", "none"]


@dataclass(frozen=True)
class Band:
    """One bar of a tile with bars: the dimension's value and what it is called."""

    value: str
    label: str
    attention: bool = False


@dataclass(frozen=True)
class Level:
    """What a share is called from so much on, and whether somebody should look."""

    at_least: float
    say: str
    attention: bool = False


@dataclass(frozen=True)
class Tile:
    """One metric and how it is shown. say, none: the plain sentence in general, and for 0.

    where: dimensions of its figure beside the page's unit. whole: the municipality's figure, on every page.
    of: metric of the whole that it is a part of, told by `{n}` in unit. also: metric that the sentence
    also_say tells of, as a number `{n}` or, of minutes, a duration `{age}`. attention: above this the
    sentence is marked: of also where there is one, else of the figure itself. by: the dimension of its bars.
    levels: what a share is called, highest first; the last one from 0.
    """

    metric: str
    form: Form
    label: str
    unit: str = ""
    unit_one: str = ""
    say: str = ""
    none: str = ""
    on: On = "both"
    shown_as: ShownAs = "number"
    where: dict[str, str] = field(default_factory=dict)
    whole: bool = False
    of: str = ""
    also: str = ""
    also_say: str = ""
    attention: float | None = None
    bands: tuple[Band, ...] = ()
    by: str = ""
    levels: tuple[Level, ...] = ()

    @property
    def metrics(self) -> tuple[str, ...]:
        """Every metric that the tile reads, its own first."""
        return tuple(name for name in (self.metric, self.of, self.also) if name)


@dataclass(frozen=True)
class Screen:
    """One screen: tiles and limits in seconds; clock times are local to the municipality, as `21.00`.

    title: what the page of the whole municipality is called. units: which have a page of their own, all that
    have figures, none, or those that are active: whose first tile has lately been anything but 0.
    """

    name: str
    audience: str
    refresh_s: int
    rotate_s: int
    late_after_s: int
    stale_after_s: int
    silent_after_s: int
    offline_after_s: int
    dim_from: str
    dim_until: str
    reload_at: str
    title: str = ""
    proof: str = ""
    playlist: str = "total,units"
    units: Units = "all"
    tiles: tuple[Tile, ...] = field(default=())

    @property
    def metrics(self) -> tuple[str, ...]:
        """Every metric that the screen reads, once each."""
        named = [name for tile in self.tiles for name in tile.metrics] + ([self.proof] if self.proof else [])
        return tuple(dict.fromkeys(named))


@cache
def screens() -> dict[str, Screen]:
    """Every screen by name, which is its word in the address. Raises Misconfigured that names every fault."""
    return read(FILE.read_text(encoding="utf-8"))


def screen(name: str) -> Screen:
    """The screen of that name. Raises Misconfigured when it is not declared."""
    declared = screens()
    if name not in declared:
        raise Misconfigured(f"{FILE.name}: no screen {name!r}; there are {', '.join(declared)}")
    return declared[name]


def read(text: str) -> dict[str, Screen]:
    """Screens of a TOML text by name."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{FILE.name}: {error}") from error
    faults: list[str] = []
    found = {name: _screen(name, table, faults) for name, table in tables.items()}
    if faults:
        raise Misconfigured(f"{FILE.name}: " + "; ".join(faults))
    return {name: screen for name, screen in found.items() if screen}


def _screen(name: str, table: dict[str, Any], faults: list[str]) -> Screen | None:
    if not NAME.fullmatch(name) or name in TAKEN:
        faults.append(f"[{name}] is no name of a screen: 2 to 20 letters a to z, not {', '.join(TAKEN)}")
    faults += _of_kinds(f"[{name}]", table, {"units": get_args(Units)})
    tiles = tuple(_tile(name, index, tile, faults) for index, tile in enumerate(table.get("tiles", []), 1))
    values = table | {"name": name, "tiles": tuple(tile for tile in tiles if tile)}
    made: Screen | None = _made(Screen, f"[{name}]", values, faults)
    return made


def _tile(name: str, index: int, table: dict[str, Any], faults: list[str]) -> Tile | None:
    place = f"[{name}] tile {index}"
    kinds = {"form": get_args(Form), "on": get_args(On), "shown_as": get_args(ShownAs)}
    faults += _of_kinds(place, table, kinds)
    bands = tuple(_made(Band, place, band, faults) for band in table.get("bands", []))
    levels = tuple(_made(Level, place, level, faults) for level in table.get("levels", []))
    if table.get("form") == "share" and (not levels or levels[-1].at_least != 0):
        faults.append(f"{place}: levels must end with one from 0")
    made: Tile | None = _made(Tile, place, table | {"bands": bands, "levels": levels}, faults)
    return made


def _of_kinds(place: str, table: dict[str, Any], kinds: dict[str, tuple[str, ...]]) -> list[str]:
    return [
        f"{place}: {key} {table[key]!r} is none of {', '.join(allowed)}"
        for key, allowed in kinds.items()
        if key in table and table[key] not in allowed
    ]


def _made(kind: type[Any], place: str, values: dict[str, Any], faults: list[str]) -> Any:
    unknown = sorted(values.keys() - {f.name for f in fields(kind)})
    faults += [f"{place}: unknown key {key!r}" for key in unknown]
    try:
        return None if unknown else kind(**values)
    except TypeError as error:
        faults.append(f"{place}: {str(error).removeprefix(kind.__name__ + '.__init__() ')}")
        return None
