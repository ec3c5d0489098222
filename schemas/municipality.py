"""What one municipality decides: name, time zone, units, thresholds. Files in `schemas/municipalities/`,
read once.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from msgspec import structs

from schemas.calendar import zone
from schemas.clocks import Clock, law, read
from schemas.errors import Misconfigured

FOLDER = Path(__file__).parent / "municipalities"
Kind = Literal["real", "foreign", "invented"]
LISTS: Final = {
    "care_forms": "care_form",
    "target_groups": "target_group",
    "tender_areas": "tender_area",
    "main_causes": "main_cause",
    "end_reasons": "end_reason",
    "move_causes": "cause",
    "providers": "provider",
    "services": "service",
    "service_types": "service_type",
    "purposes": "purpose",
    "device_types": "device_type",
    "alarm_causes": "about",
    "staff_roles": "role",
}
"""Tables of codes that a municipality decides itself, and the dimension that each names."""
CARE_TOPICS: Final = frozenset({"hours", "devices"})


@dataclass(frozen=True)
class Municipality:
    """One municipality's settings. `units` maps code to name in the order of rotation; it may be empty.

    care_units: those that hours and devices are told by, which have no cases and no lobby page.
    codes: by name of a list in `LISTS`, code to Swedish name, in the order of tables and charts.
    weekend_shift: whether a last day that is no working day moves to the next one (lag 1930:173).
    clocks: service targets of its own (`schemas/clocks.py`).
    gap_days: more days than these between a person's services are a gap.
    preliminary_days: by metric, for how many days after its end a week, month, quarter or year is
    preliminary.
    """

    code: str
    name: str
    kind: Kind = "real"
    time_zone: str = "Europe/Stockholm"
    small: int = 5
    rate_n: int = 10
    quiet_movements: int = 5
    gap_days: int = 14
    units: dict[str, str] = field(default_factory=dict)
    care_units: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    weekend_shift: bool = False
    clocks: tuple[Clock, ...] = ()
    preliminary_days: dict[str, int] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that its days, weeks and months are counted in."""
        return zone(self.time_zone)

    def unit_name(self, code: str) -> str:
        """What the unit is called on screens; the code itself where the settings do not say."""
        return self.every_unit.get(code, code)

    @property
    def every_unit(self) -> dict[str, str]:
        """Code to name of all units, those of care last."""
        return self.units | self.care_units

    def units_of(self, topics: Collection[str]) -> dict[str, str]:
        """The units that every figure of these topics is told by, also where nothing was counted."""
        return self.units if CARE_TOPICS.isdisjoint(topics) else self.care_units

    def names(self, dimension: str) -> dict[str, str]:
        """Codes of a dimension and what they are called; {} where the municipality has no list of them."""
        if dimension == "clock":
            return self.clock_names
        return self.every_unit if dimension == "unit" else self.codes.get(dimension, {})

    @property
    def meetings(self) -> list[str]:
        """Codes of its own clocks that start again at each stop, as those of regular meetings do."""
        return [clock.code for clock in self.clocks if clock.repeats]

    @property
    def clock_names(self) -> dict[str, str]:
        """Code to name of the clocks that run here, the law's in its file's order and then its own."""
        of_law = () if self.kind == "foreign" else law()
        return {clock.code: clock.name for clock in (*of_law, *self.clocks)}

    def name_of(self, dimension: str, code: str) -> str:
        """What a code of a dimension is called on screens; the code itself where no list has it."""
        return self.names(dimension).get(code, code)


@cache
def municipality(code: str) -> Municipality:
    """Settings of a municipality: its file, else defaults for an official code or one of 9900–9999.

    Misconfigured for a code that no municipality has, or a file with a fault (every fault is named).
    """
    if not re.fullmatch(r"[0-9]{4}", code):
        raise Misconfigured(f"{code!r} is no municipality code: four digits, leading zero kept, e.g. 0780")
    path = FOLDER / f"{code}.toml"
    if path.exists():
        return _read(code, path)
    if code.startswith("99"):
        return Municipality(code, f"Kommun {code}", "invented")
    if code in official():
        return Municipality(code, official()[code])
    raise Misconfigured(f"No municipality has the code {code}")


def exists(code: str) -> bool:
    """Whether events of this municipality are accepted."""
    return code.startswith("99") or code in official()


@cache
def official() -> dict[str, str]:
    """Code to name of the 290 Swedish municipalities."""
    with (FOLDER / "official.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def configured() -> tuple[Municipality, ...]:
    """Every municipality that has a file of its own; read at start so that a fault in any is named then."""
    return tuple(municipality(path.stem) for path in sorted(FOLDER.glob("[0-9][0-9][0-9][0-9].toml")))


def _read(code: str, path: Path) -> Municipality:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(f"{path.name}: {error}") from error
    faults = list(_faults(code, values))
    if faults:
        raise Misconfigured(f"{path.name}: " + "; ".join(faults))
    clocks = tuple(structs.replace(each, own=True) for each in read(path.name, values.pop("clocks", [])))
    codes = {dimension: values.pop(table) for table, dimension in LISTS.items() if table in values}
    return Municipality(code, codes=codes, clocks=clocks, **values)


def _faults(code: str, values: dict[str, Any]) -> list[str]:
    known = {"name": str, "kind": str, "time_zone": str, "small": int, "rate_n": int, "quiet_movements": int,
             "gap_days": int, "weekend_shift": bool, "clocks": list, "units": dict, "care_units": dict,
             "words": dict, "preliminary_days": dict} | dict.fromkeys(LISTS, dict)  # fmt: skip
    faults = [f"unknown key {key!r}" for key in values.keys() - known.keys()]
    faults += [
        f"{k} must be {t.__name__}" for k, t in known.items() if k in values and not isinstance(values[k], t)
    ]
    faults += [] if "name" in values else ["name is missing"]
    kinds = ("foreign", "invented") if code.startswith("99") else ("real",)
    if values.get("kind", "real") not in kinds:
        faults.append(f"kind must be {' or '.join(kinds)} for code {code}")
    faults += _zone_faults(values.get("time_zone", "Europe/Stockholm"))
    for table in ("units", "care_units", *LISTS):
        listed = values.get(table, {})
        for key, name in listed.items() if isinstance(listed, dict) else ():
            if not isinstance(name, str):
                faults.append(f"{table}: {key} must be a name; other keys stand above [{table}]")
    limits = values.get("preliminary_days", {})
    for metric, days in limits.items() if isinstance(limits, dict) else ():
        if type(days) is not int or not 0 <= days <= 366:
            faults.append(f"preliminary_days: {metric} must be 0 to 366")
    if isinstance(values.get("small", 5), int) and values.get("small", 5) < 5:
        faults.append("small must be at least 5")
    if isinstance(values.get("gap_days", 0), int) and not 0 <= values.get("gap_days", 0) <= 366:
        faults.append("gap_days must be 0 to 366")
    return faults


def _zone_faults(name: object) -> Iterator[str]:
    try:
        zone(name if isinstance(name, str) else "Europe/Stockholm")
    except Misconfigured as error:
        yield f"time_zone: {error}"
