"""Reads how the hub feels (`warehouse/indicators/`), keeps each indicator's newest readings, and raises and
ends their alarms. Held by the publisher, which alone writes here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import isnan
from typing import Any, Final, NamedTuple

import pyarrow as pa

from schemas.identity import find_identity_in_prose
from warehouse import alarms
from warehouse.client import Warehouse
from warehouse.figures import text_of
from warehouse.indicators import Indicator, indicators

STALE_BEATS: Final = 3
_NONE: Final = "none"


class Reading(NamedTuple):
    """What an indicator tells of one part. value None: nothing is known; limit None: there is none. state:
    within, beyond, missing, or told where there is no limit.
    """

    indicator: str
    municipality: str
    part: str
    value: float | None
    limit: float | None
    state: str


def read(warehouse: Warehouse, indicator: Indicator, now: datetime) -> list[Reading]:
    """The indicator's readings at the instant, the whole first."""
    rows = warehouse.rows(indicator.sql, {"now": text_of(now)})
    told = _scanned(rows) if indicator.scans else rows
    found = [_reading(indicator, row) for row in told]
    return sorted(found, key=lambda each: (each.municipality, each.part))


def _scanned(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many texts of each place the identity gate stops, and of all of them."""
    stopped = Counter(row["part"] for row in rows if find_identity_in_prose(row["text"]))
    counts = {"": stopped.total(), **stopped}
    return [{"municipality": "", "part": part, "value": n, "most": None} for part, n in counts.items()]


def _reading(indicator: Indicator, row: dict[str, Any]) -> Reading:
    known = row["value"] is not None and not isnan(row["value"])
    value = float(row["value"]) if known else None
    limit = indicator.limit if row["most"] is None else float(row["most"])
    return Reading(
        indicator.name, row["municipality"], row["part"], value, limit, _state(indicator, value, limit)
    )


def _state(indicator: Indicator, value: float | None, limit: float | None) -> str:
    if value is None:
        return "missing"
    if indicator.rule == "told" or limit is None:
        return "told"
    holds = value <= limit if indicator.rule == "at_most" else value >= limit
    return "within" if holds else "beyond"


class Health:
    """Readings on their beats. Its alarms bear the indicator's name, the municipality and the part."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._last: dict[str, int] = {}

    def tell(self, now: datetime) -> None:
        """Read every indicator whose beat has come, keep its readings, raise and end its alarms."""
        for indicator in indicators().values():
            beat = int(now.timestamp()) // indicator.every_s
            if self._last.get(indicator.name) != beat:
                self._last[indicator.name] = beat
                readings = read(self._warehouse, indicator, now)
                keep(self._warehouse, indicator, readings, now)
                if indicator.alarms:
                    self._alarm(indicator, readings, now)

    def _alarm(self, indicator: Indicator, readings: Sequence[Reading], now: datetime) -> None:
        """On for each part beyond its limit, for the whole where no part is; off where it is within, or no
        longer there.
        """
        over = [each for each in readings if each.state == "beyond"]
        beyond = {alarm_name(each): each for each in [one for one in over if one.part] or over}
        on = alarms.on(self._warehouse, indicator.name + ".")
        for name in on - beyond.keys():
            alarms.clear_alarm(self._warehouse, name, now)
        for name in beyond.keys() - on:
            alarms.raise_alarm(self._warehouse, name, words(indicator, beyond[name]), now)


def alarm_name(reading: Reading) -> str:
    """Of a reading beyond its limit."""
    return ".".join((reading.indicator, reading.municipality or "hub", reading.part or "all"))


def words(indicator: Indicator, reading: Reading) -> alarms.Text:
    """The alarm's text: which indicator, of what, and its limit. The value moves; the view tells it."""
    of = " ".join(part for part in (reading.municipality, reading.part) if part)
    limit = f"{reading.limit:g}"
    of_sv, of_en = (f", {of}", f", {of}") if of else ("", "")
    bound_sv, bound_en = ("över", "above") if indicator.rule == "at_most" else ("under", "below")
    return (
        f"{indicator.title_sv}{of_sv}: {bound_sv} gränsen {limit.replace('.', ',')} {indicator.unit_sv}",
        f"{indicator.title_en}{of_en}: {bound_en} the limit of {limit} {indicator.unit_en}",
    )


def keep(warehouse: Warehouse, indicator: Indicator, readings: Sequence[Reading], now: datetime) -> None:
    """Write the readings down; the newest of each indicator are those that hold. That there are none is
    written too, or the last ones would stand.
    """
    told = readings or [Reading(indicator.name, "", "", None, None, _NONE)]
    rows = [each._asdict() | {"at": now} for each in told]
    warehouse.insert_arrow("health_readings", pa.Table.from_pylist(rows, schema=_SCHEMA))


def is_old(row: Mapping[str, Any], now: datetime) -> bool:
    """Whether a kept reading is older than three of its beats: the publisher that reads is not there."""
    return bool((now - row["at"]).total_seconds() > STALE_BEATS * row["every_s"])


_SCHEMA: Final = pa.schema(
    [("indicator", pa.string()), ("municipality", pa.string()), ("part", pa.string()),
     ("value", pa.float64()), ("limit", pa.float64()), ("state", pa.string()),
     ("at", pa.timestamp("us", "UTC"))]
)  # fmt: skip


def kept(warehouse: Warehouse) -> list[dict[str, Any]]:
    """The newest readings, each with its indicator's number, title, unit and what to do, worst first."""
    known = indicators()
    rows = [row for row in warehouse.rows(_NEWEST) if row["indicator"] in known and row["state"] != _NONE]
    told = [row | _about(known[row["indicator"]], row["state"]) for row in rows]
    return sorted(told, key=lambda row: (_ORDER[row["state"]], row["id"], row["indicator"], row["part"]))


def _about(indicator: Indicator, state: str) -> dict[str, Any]:
    to_do = (indicator.to_do_sv, indicator.to_do_en) if state == "beyond" else ("", "")
    return {name: getattr(indicator, name) for name in _TOLD} | {"to_do_sv": to_do[0], "to_do_en": to_do[1]}


_TOLD: Final = ("id", "title_sv", "title_en", "unit_sv", "unit_en", "decimals", "rule", "every_s")
_ORDER: Final = {"beyond": 0, "missing": 1, "within": 2, "told": 3}
_NEWEST: Final = """
SELECT h.indicator AS indicator, h.municipality AS municipality, h.part AS part, h.value AS value,
       h.limit AS limit, h.state AS state, h.at AS at
FROM (SELECT * FROM health_readings FINAL) AS h
WHERE (h.indicator, h.at) IN (SELECT r.indicator, max(r.at) FROM health_readings AS r GROUP BY r.indicator)
"""
