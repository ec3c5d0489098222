"""Which groups of staff may be shown by unit and role, one month at a time. Pure.

A group of fewer than five persons is never shown, nor what it could be computed from: sums of all units and
of each role are known elsewhere, so what is hidden under a sum is always five persons or more, and no hidden
cell is the only unknown of a chain of sums. A unit's roles are shown all or none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Literal

LEAST: Final = 5
State = Literal["value", "few", "beside", "unknown"]
"""Shown, fewer than five, hidden for the sake of others, of a size that nobody told."""
Cell = tuple[str, str]
"""Unit and role; role "" is the whole unit."""


def states(persons: Mapping[Cell, int]) -> dict[Cell, State]:
    """What becomes of each group. persons: of every unit and role of the municipality, 0 where not known."""
    totals = {unit: size for (unit, role), size in persons.items() if not role}
    roles: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (unit, role), size in persons.items():
        if role:
            roles[unit][role] = size
    dark = _dark_units(totals)
    closed = _closed(roles, dark)
    return {
        (unit, role): _state(size, unit in (closed if role and len(roles[unit]) > 1 else dark))
        for (unit, role), size in persons.items()
    }


def _state(size: int, is_hidden: bool) -> State:
    if size == 0:
        return "unknown"
    return "few" if size < LEAST else "beside" if is_hidden else "value"


def _dark_units(totals: Mapping[str, int]) -> set[str]:
    """Units that are hidden: the few, and the next smallest where they are not five together."""
    dark = {unit for unit, size in totals.items() if size < LEAST}
    light = sorted((size, unit) for unit, size in totals.items() if unit not in dark)
    if dark and sum(totals[unit] for unit in dark) < LEAST and light:
        dark.add(light[0][1])
    return dark


def _closed(roles: Mapping[str, Mapping[str, int]], dark: set[str]) -> set[str]:
    """Units whose roles are not shown. Where company cannot be had, no unit's are."""
    split = {unit for unit, own in roles.items() if len(own) > 1}
    closed = dark | {unit for unit in split if min(roles[unit].values()) < LEAST}
    while (bare := _bare_role(roles, closed, dark)) is not None:
        more = sorted((roles[unit][bare], unit) for unit in split - closed if bare in roles[unit])
        if not more:
            return split | dark
        closed.add(more[0][1])
    return split | dark if _tells(roles, closed, dark) else closed


def _hidden(roles: Mapping[str, Mapping[str, int]], closed: set[str], dark: set[str]) -> list[Cell]:
    """Cells that neither stand on the screen nor equal their unit's total."""
    return [
        (unit, role) for unit in sorted(closed) for role in roles.get(unit, ())
        if unit in dark or len(roles[unit]) > 1
    ]  # fmt: skip


def _bare_role(roles: Mapping[str, Mapping[str, int]], closed: set[str], dark: set[str]) -> str | None:
    """A role whose sum tells of one hidden unit alone, or of fewer than five persons."""
    cells = _hidden(roles, closed, dark)
    units, sizes = Counter(role for _, role in cells), Counter[str]()
    for unit, role in cells:
        sizes[role] += roles[unit][role]
    return next((role for role in sorted(units) if units[role] < 2 or sizes[role] < LEAST), None)


def _tells(roles: Mapping[str, Mapping[str, int]], closed: set[str], dark: set[str]) -> bool:
    """Whether a chain of sums tells a small cell: then it is a bridge between what the sums are of.

    Sums are of a unit (hidden units have one together) and of a role; a cell is an edge between its two.
    """
    edges = [
        ("" if unit in dark else unit, role, roles[unit][role]) for unit, role in _hidden(roles, closed, dark)
    ]
    return any(
        size < LEAST and not _joined(edges[:number] + edges[number + 1 :], unit, role)
        for number, (unit, role, size) in enumerate(edges)
    )


def _joined(edges: Iterable[tuple[str, str, int]], unit: str, role: str) -> bool:
    """Whether a way leads from the unit's sum to the role's."""
    near: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for one, other, _ in edges:
        near["unit", one].add(("role", other))
        near["role", other].add(("unit", one))
    seen, waiting = set(), [("unit", unit)]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += near[here]
    return ("role", role) in seen
