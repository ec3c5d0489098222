"""Unknown numbers, what is known of their sums, and the limits that each sum sets by itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, inf
from typing import Final, NamedTuple

NEAR: Final = 1e-6
_SWEEPS: Final = 20


class Row(NamedTuple):
    """Σ terms = total (or ≥). One that is not sure is an assumption, dropped where it cannot hold."""

    terms: Mapping[int, float]
    total: float
    sure: bool = True
    at_least: bool = False


class System(NamedTuple):
    """Unknown numbers with bounds, and what is known of their sums. whole: all are whole numbers."""

    low: Sequence[float]
    high: Sequence[float]
    rows: Sequence[Row]
    whole: bool = True


def narrowed(system: System) -> tuple[list[float], list[float]] | None:
    """The limits that each sum sets to its unknowns, over and over; None where they contradict each other."""
    low, high = list(system.low), list(system.high)
    of: dict[int, list[int]] = {}
    for number, row in enumerate(system.rows):
        for at in row.terms:
            of.setdefault(at, []).append(number)
    waiting = dict.fromkeys(range(len(system.rows)))
    for _ in range(_SWEEPS * len(system.rows)):
        if not waiting:
            break
        number = next(iter(waiting))
        del waiting[number]
        for at, least, most in _tighter(system.rows[number], low, high, system.whole):
            low[at], high[at] = least, most
            if least > most + NEAR:
                return None
            waiting |= dict.fromkeys(of[at])
    return low, high


def _tighter(
    row: Row, low: Sequence[float], high: Sequence[float], whole: bool
) -> list[tuple[int, float, float]]:
    """The row's unknowns that it limits further, with their new limits."""
    ends = {at: sorted((factor * low[at], factor * high[at])) for at, factor in row.terms.items()}
    least, most = sum(end[0] for end in ends.values()), sum(end[1] for end in ends.values())
    found = []
    for at, factor in row.terms.items():
        down = row.total - most + ends[at][1]
        up = inf if row.at_least else row.total - least + ends[at][0]
        bottom, top = sorted((down / factor, up / factor))
        bottom, top = max(bottom, low[at]), min(top, high[at])
        if whole:
            bottom, top = float(ceil(bottom - NEAR)), float(floor(top + NEAR))
        if bottom > low[at] + NEAR or top < high[at] - NEAR:
            found.append((at, bottom, top))
    return found
