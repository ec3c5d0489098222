"""What folds over decided periods share: a later decision replaces the earlier from its first day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Generic, NamedTuple, TypeVar

from msgspec.structs import replace

from schemas.envelope import Fact
from streams.folds.days import DAY_MICROS, day_number

Said = TypeVar("Said")
F = TypeVar("F", bound=Fact)
UNSAID: Final = (None, "unknown", "other")


class Decided(NamedTuple, Generic[Said]):
    """What was decided for the days [from_on, until_on), as day numbers."""

    from_on: int
    until_on: int
    said: Said


def laid(earlier: Sequence[Decided[Said]], later: Decided[Said]) -> list[Decided[Said]]:
    """The periods that hold once the later one is decided, in order of their days, none over another. What
    an earlier one said of days after the later's first day no longer holds, also where the later is shorter.
    """
    kept = [one for one in earlier if not overlap(one, later)]
    cut = [one._replace(until_on=later.from_on) for one in earlier
           if overlap(one, later) and one.from_on < later.from_on]  # fmt: skip
    return sorted([*kept, *cut, later], key=lambda one: one.from_on)


def overlap(one: Decided[Said], other: Decided[Said]) -> bool:
    """Whether the two periods share a day."""
    return one.from_on < other.until_on and other.from_on < one.until_on


def shortened(periods: Sequence[Decided[Said]], end_on: int) -> list[Decided[Said]]:
    """The periods that hold where all ends before the day `end_on`."""
    return [one._replace(until_on=min(one.until_on, end_on)) for one in periods if one.from_on < end_on]


def decision_day(at: int, decided_on: date | None) -> int:
    """The day of a decision: as told, else the UTC day of its time."""
    return at // DAY_MICROS if decided_on is None else day_number(decided_on)


def has_early_schedule(decisions: Sequence[tuple[float, ...]], schedules: Sequence[int]) -> bool:
    """Whether a schedule was changed while a decision's hours had begun and nobody had decided them yet."""
    return any(first <= day < on for on, first, *_ in decisions for day in schedules)


def filled(later: F, earlier: F | None, names: Sequence[str]) -> F:
    """The later decision; what it leaves out of these fields is as the earlier told."""
    unsaid = [name for name in names if earlier and getattr(later, name) in UNSAID]
    return replace(later, **{name: getattr(earlier, name) for name in unsaid}) if unsaid else later
