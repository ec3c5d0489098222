"""What is known of a provider (aktör): registrations, frameworks, follow-ups, deficiencies. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from schemas import placements as p
from streams.folds.days import STILL, STILL_DAY, columns, day_number
from streams.history import Living


class ProviderRow(NamedTuple):
    """Columns of table `providers` after the key. told_at: when anything was last told of it, told__at: each
    time; scores are 0 where a parameter was not judged.
    """

    care_form: str
    located_in: str
    registered_at: int | None
    told_at: int | None
    told__at: list[int]
    frameworks__agreement: list[str]
    frameworks__tender_area: list[str]
    frameworks__from_on: list[int]
    frameworks__until_on: list[int]
    follow_ups__at: list[int]
    follow_ups__on: list[int]
    follow_ups__placement: list[str]
    follow_ups__plan_followed: list[int]
    follow_ups__difference_made: list[int]
    follow_ups__reporting: list[int]
    deficiencies__code: list[str]
    deficiencies__about: list[str]
    deficiencies__noted_at: list[int]
    deficiencies__noted_on: list[int]
    deficiencies__mended_at: list[int]
    deficiencies__mended_on: list[int]
    flaws: list[str]


class _Provider:
    """A provider while its facts are told in order."""

    __slots__ = ("about", "deficiencies", "flaws", "follow_ups", "frameworks", "registered_at", "told")

    def __init__(self) -> None:
        self.about: p.ProviderRegistered | None = None
        self.registered_at: int | None = None
        self.told: list[int] = []
        self.frameworks: list[tuple[str, str, int, int]] = []
        self.follow_ups: list[tuple[int, int, str, int, int, int]] = []
        self.deficiencies: dict[str, tuple[str, str, int, int, int, int]] = {}
        self.flaws: set[str] = set()


def _registered(it: _Provider, at: int, fact: p.ProviderRegistered) -> None:
    it.about = fact
    it.registered_at = at if it.registered_at is None else it.registered_at


def _framework(it: _Provider, at: int, fact: p.FrameworkRegistered) -> None:
    until = STILL_DAY if fact.until_on is None else day_number(fact.until_on) + 1
    it.frameworks.append((fact.agreement, fact.tender_area, day_number(fact.from_on), until))


def _followed_up(it: _Provider, at: int, fact: p.ProviderFollowedUp) -> None:
    scores = (fact.plan_followed or 0, fact.difference_made or 0, fact.reporting or 0)
    it.follow_ups.append((at, day_number(fact.on), fact.placement or "", *scores))


def _noted(it: _Provider, at: int, fact: p.DeficiencyNoted) -> None:
    it.deficiencies[fact.deficiency] = (
        fact.deficiency, fact.about, at, day_number(fact.on), STILL, STILL_DAY,
    )  # fmt: skip


def _mended(it: _Provider, at: int, fact: p.DeficiencyMended) -> None:
    noted = it.deficiencies.get(fact.deficiency)
    if noted is None:
        it.flaws.add("never_noted")
        return
    on = day_number(fact.on)
    if on < noted[3]:
        it.flaws.add("mended_before_noted")
    it.deficiencies[fact.deficiency] = (*noted[:4], at, max(on, noted[3]))


_STEPS: Final[dict[type, Callable[[_Provider, int, Any], None]]] = {
    p.ProviderRegistered: _registered,
    p.FrameworkRegistered: _framework,
    p.ProviderFollowedUp: _followed_up,
    p.DeficiencyNoted: _noted,
    p.DeficiencyMended: _mended,
}


def fold(facts: Sequence[Living]) -> ProviderRow:
    """The row of a provider from its living facts in order."""
    it = _Provider()
    for living in facts:
        it.flaws.update(living.flaws)
        it.told.append(living.occurred_at)
        _STEPS[type(living.fact)](it, living.occurred_at, living.fact)
    about = it.about
    return ProviderRow._make((
        about.care_form if about else "unknown",
        about.located_in or "" if about else "",
        it.registered_at,
        max(it.told, default=None),
        sorted(set(it.told)),
        *columns(it.frameworks, 4),
        *columns(it.follow_ups, 6),
        *columns(list(it.deficiencies.values()), 6),
        sorted(it.flaws),
    ))  # fmt: skip
