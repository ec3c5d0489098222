"""The screens as declared in `screens.toml`. Read once; a fault names every bad value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from schemas.errors import Misconfigured

FILE: Final = Path(__file__).with_name("screens.toml")
Form = Literal["trend", "day", "now", "units", "ages"]
On = Literal["unit", "total", "both"]


@dataclass(frozen=True)
class Band:
    """One bar of a tile with bars: the dimension's value and what it is called."""

    value: str
    label: str
    attention: bool = False


@dataclass(frozen=True)
class Tile:
    """One metric and how it is shown. say, one, none: the plain sentence in general, for 1 and for 0."""

    metric: str
    form: Form
    label: str
    unit: str = ""
    unit_one: str = ""
    say: str = ""
    none: str = ""
    on: On = "both"
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Screen:
    """One screen: tiles and limits in seconds; clock times are local to the municipality, as `21.00`."""

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
    proof: str = ""
    playlist: str = "total,units"
    tiles: tuple[Tile, ...] = field(default=())

    @property
    def metrics(self) -> tuple[str, ...]:
        """Every metric that the screen reads, once each."""
        named = [tile.metric for tile in self.tiles] + ([self.proof] if self.proof else [])
        return tuple(dict.fromkeys(named))


@cache
def screen(name: str) -> Screen:
    """The screen of that name. Raises Misconfigured when it is not declared or has a fault."""
    declared = read(FILE.read_text(encoding="utf-8"))
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
    tiles = tuple(_tile(name, index, tile, faults) for index, tile in enumerate(table.get("tiles", []), 1))
    values = table | {"name": name, "tiles": tuple(tile for tile in tiles if tile)}
    made: Screen | None = _made(Screen, f"[{name}]", values, faults)
    return made


def _tile(name: str, index: int, table: dict[str, Any], faults: list[str]) -> Tile | None:
    place = f"[{name}] tile {index}"
    for key, allowed in (("form", get_args(Form)), ("on", get_args(On))):
        if key in table and table[key] not in allowed:
            faults.append(f"{place}: {key} {table[key]!r} is none of {', '.join(allowed)}")
    bands = tuple(_made(Band, place, band, faults) for band in table.get("bands", []))
    made: Tile | None = _made(Tile, place, table | {"bands": bands}, faults)
    return made


def _made(kind: type[Any], place: str, values: dict[str, Any], faults: list[str]) -> Any:
    unknown = sorted(values.keys() - {f.name for f in fields(kind)})
    faults += [f"{place}: unknown key {key!r}" for key in unknown]
    try:
        return None if unknown else kind(**values)
    except TypeError as error:
        faults.append(f"{place}: {str(error).removeprefix(kind.__name__ + '.__init__() ')}")
        return None
