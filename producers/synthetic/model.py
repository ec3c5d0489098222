"""Mittköping in tables: `case_types.toml` (what comes in), `paths.toml` (what may follow on what), chances.

All of it is invented.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final, NamedTuple

SOURCE: Final = "mittkoping"
CODE: Final = "9999"
DAYS_SHOWN: Final = 731  # two years before the first fill
GROWTH_PER_YEAR: Final = 0.03
REFERENCE_YEAR: Final = 2026.0


class CaseType(NamedTuple):
    """A kind of matter. per_year: at size 1; lookback: days within which every such case has ended."""

    code: str
    unit: str
    law: str
    per_year: float
    channels: dict[str, float]
    path: str
    season: str
    ages: dict[str, float]
    lookback: int = 600


class Way(NamedTuple):
    """One way on from a node: its weight, what happens, after how many days (median), and the next node."""

    weight: float
    step: str
    days: float
    to: str


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _case_types(section: str) -> tuple[CaseType, ...]:
    return tuple(
        CaseType(**{"code": code} | values | {"channels": _TYPES["channels"][values["channels"]],
                                              "ages": _TYPES["ages"][values["ages"]]})
        for code, values in _TYPES[section].items()
    )  # fmt: skip


def _paths() -> dict[str, dict[str, tuple[Way, ...]]]:
    """Path → node → ways; what a path `uses` comes first, so that it can be replaced."""
    found: dict[str, dict[str, tuple[Way, ...]]] = {}
    for name, nodes in _table("paths.toml").items():
        found[name] = {node: ways for used in nodes.pop("uses", ()) for node, ways in found[used].items()}
        found[name] |= {node: tuple(map(_way, texts)) for node, texts in nodes.items()}
    return found


def _way(text: str) -> Way:
    weight, step, days, to = text.split()
    return Way(float(weight), step, float(days), "" if to == "end" else to)


_TYPES: Final = _table("case_types.toml")
TYPES: Final = _case_types("case_types")
ON_CALL: Final = _case_types("on_call")
SEASONS: Final[dict[str, list[float]]] = _TYPES["seasons"]
PATHS: Final = _paths()

# A demo must move also on a Sunday night: from the first fill on, so many short on-call contacts an hour come
# on top outside office hours, whatever the size. They belong to the same units and end within the hour.
TRICKLE_PER_HOUR: Final = 8
TRICKLE: Final = tuple(kind._replace(path="desk") for kind in ON_CALL)

# Inflow by weekday, Monday first; days that offices are shut count as Sundays.
WEEK: Final = (1.55, 1.4, 1.3, 1.25, 1.1, 0.22, 0.18)
SPREAD: Final = 0.6  # sigma of the lognormal durations

ASSIGNED_DAYS: Final = {"on_call": 0.004, "desk": 0.004}  # others: a day or so
ASSIGNED_AFTER: Final = 0.9
CHANCES: Final = {
    "assigned": 0.97, "assigned_late": 0.06, "reassigned": 0.07, "transferred": 0.03, "reopened": 0.05,
    "late": 0.04, "corrected": 0.012,
}  # fmt: skip
# What goes wrong with a whole case on purpose; at most one of them per case.
ODDITIES: Final = {
    "void": 0.004, "closed_by_mistake": 0.004, "closed_before_opened": 0.002, "opening_missing": 0.003,
    "event_after_close": 0.003, "conflicting_versions": 0.002,
}  # fmt: skip

NEIGHBOURS: Final = {
    "barn-unga": ("vuxen", "lss"),
    "vuxen": ("barn-unga", "forsorjningsstod"),
    "forsorjningsstod": ("vuxen",),
    "bistand-aldre": ("lss",),
    "lss": ("bistand-aldre", "barn-unga"),
}
FTE: Final = {
    "barn-unga": 26.5,
    "vuxen": 15.0,
    "forsorjningsstod": 31.75,
    "bistand-aldre": 23.5,
    "lss": 11.25,
}
FTE_SUMMER: Final = 0.72  # of it in July
POPULATION: Final = 96_348
POPULATION_SHARES: Final = {
    "0-6": 0.081, "7-12": 0.075, "13-17": 0.061, "18-20": 0.034, "21-29": 0.112, "30-64": 0.441,
    "65-79": 0.143, "80+": 0.053,
}  # fmt: skip
