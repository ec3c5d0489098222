"""Folds of what a committee sets, says and decides: targets, notes, decisions, meetings. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from schemas.governance import DecisionRecorded, MeetingHeld, NoteAdded, TargetSet
from streams.folds.days import day_number
from streams.history import Living
from warehouse.contracts import load

MOST_SHARE: Final = 5
"""More than five hundred per cent is no target of a share: somebody wrote 92 for 0.92."""


class TargetRow(NamedTuple):
    """Columns of table `targets` after the key: one part of one metric, and its targets over time."""

    metric: str
    unit: str
    dimension: str
    code: str
    per: str
    steps__from_on: list[int]
    steps__value: list[float]
    steps__direction: list[str]
    steps__owner: list[str]
    steps__decision: list[str]
    flaws: list[str]


class NoteRow(NamedTuple):
    """Columns of table `notes` after the key. period_on: first day of what it speaks of."""

    metric: str
    unit: str
    dimension: str
    code: str
    on_day: int | None
    author: str
    period: str
    period_on: int | None
    text: str
    flaws: list[str]


class DecisionRow(NamedTuple):
    """Columns of table `committee_decisions` after the key. Version 0: which one was not told."""

    decision: str
    on_day: int | None
    rests__metric: list[str]
    rests__version: list[int]
    flaws: list[str]


class MeetingRow(NamedTuple):
    """Columns of table `committee_meetings` after the key."""

    on_day: int | None
    flaws: list[str]


def fold_target(facts: Sequence[Living]) -> TargetRow:
    """The steps of a target, by the day they hold from; of one day the last told counts."""
    every = [fact for living in facts if isinstance(fact := living.fact, TargetSet)]
    told = {fact.from_on: fact for fact in every}
    steps = [told[day] for day in sorted(told)]
    about = _about(every[-1]) if every else ("", "", "", "")
    several = len({(*_about(fact), fact.per) for fact in every}) > 1
    return TargetRow(
        *about, (every[-1].per or "") if every else "",
        [day_number(fact.from_on) for fact in steps], [fact.value for fact in steps],
        [fact.direction for fact in steps], [fact.owner for fact in steps],
        [fact.decision for fact in steps], _flaws(facts, several, every),
    )  # fmt: skip


def fold_note(facts: Sequence[Living]) -> NoteRow:
    """A note; of several in one entity the last told."""
    every = [fact for living in facts if isinstance(fact := living.fact, NoteAdded)]
    if not every:
        return NoteRow("", "", "", "", None, "", "", None, "", [])
    fact = every[-1]
    return NoteRow(
        *_about(fact), day_number(fact.on), fact.author, fact.period, day_number(fact.period_on or fact.on),
        fact.text, _flaws(facts, len(every) > 1, every),
    )  # fmt: skip


def fold_decision(facts: Sequence[Living]) -> DecisionRow:
    """A decision and the metrics that it rests on, by name; of one metric the last version told."""
    every = [fact for living in facts if isinstance(fact := living.fact, DecisionRecorded)]
    rests = {fact.metric: fact.metric_version or 0 for fact in every if fact.metric}
    several = len({(fact.decision, fact.on) for fact in every}) > 1
    return DecisionRow(
        every[-1].decision if every else "", day_number(every[-1].on) if every else None,
        sorted(rests), [rests[metric] for metric in sorted(rests)], _flaws(facts, several),
    )  # fmt: skip


def fold_meeting(facts: Sequence[Living]) -> MeetingRow:
    """A meeting of the committee."""
    every = [fact for living in facts if isinstance(fact := living.fact, MeetingHeld)]
    several = len({fact.on for fact in every}) > 1
    return MeetingRow(day_number(every[-1].on) if every else None, _flaws(facts, several))


def _about(fact: TargetSet | NoteAdded) -> tuple[str, str, str, str]:
    """Metric, unit, dimension and its part: a pair of which half is missing says nothing."""
    pair = (fact.dimension, fact.code) if fact.dimension and fact.code else ("", "")
    return fact.metric, fact.unit or "", *pair


def _flaws(facts: Sequence[Living], several: bool, about: Sequence[TargetSet | NoteAdded] = ()) -> list[str]:
    flaws = {flaw for living in facts for flaw in living.flaws}
    if several:
        flaws.add("several_in_one")
    if any((fact.dimension is None) != (fact.code is None) for fact in about):
        flaws.add("dimension_without_code")
    if any(
        isinstance(fact, TargetSet) and abs(fact.value) > MOST_SHARE and _is_share(fact.metric)
        for fact in about
    ):
        flaws.add("percent_as_hundred")
    return sorted(flaws)


def _is_share(metric: str) -> bool:
    known = load().get(metric)
    return known is not None and known.measure == "share"
