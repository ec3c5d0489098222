"""One unit's or role's month of staffing: whether it is shown, what it says, how far to trust it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from apps.wording import say
from apps.work.staffing_questions import Measure
from warehouse.groups import State, states

WHOLE: Final = 0.99
"""Least coverage of a figure that is not preliminary."""
SILENT: Final = 5
"""Days in a row that nothing may be told of: a weekend with holidays around it."""
HIDDEN: Final = ("few", "beside", "unknown")


@dataclass(frozen=True)
class Staffed:
    """A unit's or a role's month. unit "" is all that are shown, role "" the whole unit. state, temps_state,
    lead_state: `value`, else why there is no figure.
    """

    unit: str
    role: str
    month: date
    state: str
    temps_state: str = "missing"
    lead_state: str = "missing"
    silent_days: int = 0
    schedule_coverage: float | None = None
    work_coverage: float | None = None
    qualified_coverage: float | None = None
    known_coverage: float | None = None
    fte_coverage: float | None = None
    double_coverage: float | None = None
    lead_coverage: float | None = None
    overtime_h: float | None = None
    overtime_per_fte: float | None = None
    sick_share: float | None = None
    sick_short_share: float | None = None
    sick_long_share: float | None = None
    attendance_rate: float | None = None
    external_h: float | None = None
    external_share: float | None = None
    temps: int | None = None
    temp_share: float | None = None
    temps_per_case: float | None = None
    lead_days: float | None = None
    qualified_share: float | None = None
    double_share: float | None = None


Row = Mapping[str, Any]
Group = tuple[str, str, date]
"""Unit, role and month."""
_FIGURES: Final = ("silent_days", *(f.name for f in fields(Staffed) if f.default is None))


def judged(sizes: Iterable[Row]) -> dict[Group, State]:
    """What may be shown of each group of the municipality, by the sizes of all."""
    months: defaultdict[date, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in sizes:
        months[row["month"]][row["unit"], row["role"]] = row["most_persons"]
    return {
        (unit, role, month): state
        for month, persons in months.items()
        for (unit, role), state in states(persons).items()
    }


def hidden(groups: Mapping[Group, State], units: Collection[str]) -> list[str]:
    """What the query is told not to give out, of these units."""
    return sorted(
        f"{month}/{unit}/{role}"
        for (unit, role, month), state in groups.items()
        if state != "value" and unit in units
    )


def read(groups: Mapping[Group, State], figures: Iterable[Row], beside: Iterable[Row]) -> list[Staffed]:
    """Rows of these groups and of what is shown of them together. beside: of whole units, in parts."""
    told = {(row["unit"], row["role"], row["month"]): row for row in figures}
    whole: dict[Group, Row] = {}
    for row in beside:
        group = (row["unit"], "", row["month"])
        whole[group] = {**whole.get(group, {}), **row}
    shown = {group: "value" for group in told if not group[0]} | {
        group: str(state) for group, state in groups.items()
    }
    return [
        _staffed(group, state, told.get(group, {}), whole.get(group, {})) for group, state in shown.items()
    ]


def _staffed(group: Group, state: str, told: Row, whole: Row) -> Staffed:
    if state != "value":
        return Staffed(*group, state, state, state)
    known = dict(told) | dict(whole)
    temps = "few" if known.get("few_temps") and known.get("temps") is None else "value"
    lead = "few" if known.get("changes") and known.get("lead_days") is None else "value"
    return Staffed(*group, state, temps, lead, **{name: known[name] for name in _FIGURES if name in known})


def value(row: Staffed | None, measure: Measure) -> float | None:
    """The figure, None where there is none to show."""
    return getattr(row, measure.column) if row and state(row, measure) == "value" else None


def state(row: Staffed | None, measure: Measure) -> str:
    """`value`, or why there is none: few, beside, unknown (hidden), missing, none (not meant for roles)."""
    if row is None:
        return "missing"
    if row.role and not measure.by_role:
        return "none"
    found: str = getattr(row, measure.state)
    return "missing" if found == "value" and getattr(row, measure.column) is None else found


def is_preliminary(row: Staffed, measure: Measure, running: date) -> bool:
    """Whether the month goes on, or too little is told of it. running: first day of the one that goes on."""
    told: float | None = getattr(row, measure.coverage) if measure.coverage else None
    return row.month >= running or row.silent_days > SILENT or (told is not None and told < WHOLE)


def words(row: Staffed | None, measure: Measure) -> str:
    """`6,1 %`; `dold`, `färre än 5`, `saknas`, a dash."""
    found = value(row, measure)
    return measure.words(found) if found is not None else say("s_state_" + state(row, measure))
