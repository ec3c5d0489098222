"""Lengths of times that may lie over each other, for the answer key: each hour once, or only those of two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from producers.synthetic.care.telling import HOUR

Times = tuple[datetime, datetime]


def clip(times: Iterable[Times], limits: Times) -> list[Times]:
    """The parts of the times that lie within limits."""
    cut = ((max(start, limits[0]), min(stop, limits[1])) for start, stop in times)
    return [(start, stop) for start, stop in cut if start < stop]


def length(times: Iterable[Times]) -> float:
    """Hours that the times cover together: what lies over each other counts once."""
    total, covered = timedelta(), None
    for start, stop in sorted(times):
        first = start if covered is None or start > covered else covered
        total += max(timedelta(), stop - first)
        covered = stop if covered is None else max(covered, stop)
    return total / HOUR


def length_of_two(times: Iterable[Times]) -> float:
    """Hours in which at least two of the times go on."""
    steps = sorted(step for start, stop in times for step in ((start, 1), (stop, -1)))
    total, going_on, since = timedelta(), 0, datetime.min
    for at, step in steps:
        if going_on > 1:
            total += at - since
        going_on, since = going_on + step, at
    return total / HOUR
