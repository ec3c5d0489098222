"""The difference between a figure as it was shown and as it is now, by what caused it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from warehouse.causes import Revision, Sum, end_of, total
from warehouse.published import Figure

Why = Literal["same", "not_then", "version", "mask", "going_on", "events", "other"]
"""going_on: the period was not over then; other: nothing was told of the period or the time before it."""
NOTHING: Final = Sum(0, 0)


class Explained(NamedTuple):
    """Why, and how many events were corrected and told late meanwhile."""

    why: Why
    corrections: Sum = NOTHING
    late: Sum = NOTHING


def explained(
    then: Figure | None, now: Figure | None, revisions: Sequence[Revision], zone: ZoneInfo
) -> Explained:
    """Of several causes the one that a reader must know first, with the counts of all runs in between."""
    if then is None:
        return Explained("not_then")
    if _seen(then) == _seen(now):
        return Explained("same")
    corrections = total(each.corrections for each in revisions)
    late = total(each.late for each in revisions)
    return Explained(_why(then, now, corrections.any or late.any, zone), corrections, late)


def _why(then: Figure, now: Figure | None, told: bool, zone: ZoneInfo) -> Why:
    if now is not None and now.metric_version != then.metric_version:
        return "version"
    if "suppressed" in (then.state, now.state if now else ""):
        return "mask"
    if then.period == "now" or end_of(then.period, then.period_on, zone) > then.told_until:
        return "going_on"
    return "events" if told else "other"


def _seen(figure: Figure | None) -> tuple[object, ...] | None:
    if figure is None:
        return None
    if figure.value is None:
        return figure.state, figure.lower, figure.upper
    return figure.state, figure.value
