"""What a committee sets, says and decides about its figures: targets, notes, decisions, meetings.

A note's text is the one free text in any event: short, of plain letters and signs only, and looked at by the
identity gate (`schemas/codec.py`) before it is taken and again before it is shown.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from schemas.codes import (
    CommitteeRole,
    LocalCode,
    NotePeriod,
    NoteText,
    PeriodKind,
    TargetDirection,
    Unit,
    text,
)
from schemas.envelope import Fact

Metric = Annotated[LocalCode, Meta(description="Name of the metric (mått), as in the catalogue")]
PartCode = Annotated[
    str,
    text(
        r"^[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö&+_.-]{0,79}$",
        description="Code of the part of the dimension, e.g. LC3",
    ),
]
DecisionReference = Annotated[
    str,
    text(
        r"^[A-ZÅÄÖ]{2,8} [0-9]{4}-[0-9]{2}-[0-9]{2} § [0-9]{1,4}$",
        description="The committee's decision (beslut): its short name, the day and the paragraph",
    ),
]
_PART = Meta(description="Dimension that the figure is a part by, e.g. clock")
_UNIT = Meta(description="Unit that it is about; all when left out")


class TargetSet(Fact, frozen=True, kw_only=True):
    """Mål satt: what a metric should be at least or at most from this day on, by a decision, with an owner.

    The entity is a metric's part: a later target of the same is its history.
    """

    TYPE = "reference.target-set.v1"
    TOPIC = "reference"
    KIND = "target"
    EXAMPLES = (
        {
            "metric": "performed_to_granted_share", "value": 0.95, "direction": "at_least",
            "from_on": "2026-01-01", "owner": "director", "decision": "SN 2025-12-11 § 112",
            "dimension": "service", "code": "home_care",
        },
        {
            "metric": "assistance_cost", "value": 2_500_000.0, "direction": "at_most", "per": "month",
            "from_on": "2026-07-01", "owner": "unit_head", "decision": "SN 2026-06-18 § 71", "unit": "pa-syd",
        },
    )  # fmt: skip
    metric: Metric
    value: Annotated[
        float, Meta(ge=-1e12, le=1e12, description="The target, in the metric's unit; 0.95 is 95 %")
    ]
    direction: Annotated[
        TargetDirection, Meta(description="Whether the figure should be at least or at most that")
    ]
    from_on: Annotated[date, Meta(description="First local day that it holds for")]
    owner: Annotated[CommitteeRole, Meta(description="Role that answers for it (ägare)")]
    decision: DecisionReference
    unit: Annotated[Unit | None, _UNIT] = None
    dimension: Annotated[LocalCode | None, _PART] = None
    code: Annotated[PartCode | None, Meta(description="Which part of the dimension")] = None
    per: Annotated[
        PeriodKind | None, Meta(description="Kind of period that it is for; left out: every kind")
    ] = None


class NoteAdded(Fact, frozen=True, kw_only=True):
    """Tolkning tillagd: what somebody who knows says of a figure, under whose role, about which time."""

    TYPE = "reference.note-added.v1"
    TOPIC = "reference"
    KIND = "note"
    EXAMPLES = (
        {
            "metric": "performed_to_granted_share", "on": "2026-10-14", "author": "head_of_department",
            "text": "Två grupper slogs ihop i september. Besök utan stopptid är fler än vanligt.",
            "period": "month", "period_on": "2026-09-01",
        },
        {
            "metric": "placed_at_any_time", "on": "2026-10-14", "author": "coordinator",
            "text": "Nytt ramavtal gäller.",
        },
    )  # fmt: skip
    metric: Metric
    on: Annotated[date, Meta(description="Local day that it was written on")]
    author: Annotated[CommitteeRole, Meta(description="Role of the one who wrote it, never a name")]
    text: NoteText
    unit: Annotated[Unit | None, _UNIT] = None
    dimension: Annotated[LocalCode | None, _PART] = None
    code: Annotated[PartCode | None, Meta(description="Which part of the dimension")] = None
    period: Annotated[NotePeriod, Meta(description="Kind of period that it speaks of")] = "day"
    period_on: Annotated[
        date | None, Meta(description="First day of that period; left out: the day it was written on")
    ] = None


class DecisionRecorded(Fact, frozen=True, kw_only=True):
    """Nämndbeslut antecknat: a decision of the committee, and which metric in which version it rests on.

    The entity is the decision; one that rests on several metrics is told once for each.
    """

    TYPE = "reference.decision-recorded.v1"
    TOPIC = "reference"
    KIND = "decision"
    EXAMPLES = (
        {
            "decision": "SN 2026-03-12 § 45", "on": "2026-03-12", "metric": "contract_coverage",
            "metric_version": 1,
        },
        {"decision": "SN 2026-03-12 § 46", "on": "2026-03-12"},
    )  # fmt: skip
    decision: DecisionReference
    on: Annotated[date, Meta(description="Local day of the decision")]
    metric: Annotated[LocalCode | None, Meta(description="Metric that it rests on, as in the catalogue")] = (
        None
    )
    metric_version: (
        Annotated[int, Meta(ge=1, le=60_000, description="Version of the metric that it rests on")] | None
    ) = None


class MeetingHeld(Fact, frozen=True):
    """Sammanträde hållet: the committee met on this day."""

    TYPE = "reference.meeting-held.v1"
    TOPIC = "reference"
    KIND = "meeting"
    EXAMPLES = ({"on": "2026-03-12"},)
    on: Annotated[date, Meta(description="Local day of the meeting")]


EVENTS: tuple[type[Fact], ...] = (TargetSet, NoteAdded, DecisionRecorded, MeetingHeld)
