"""What the law counts time to in a case, besides its life (`schemas/cases.py`): custody, courts, follow-up,
those who are told, and what becomes of the file. The clocks are in `streams/clocks.toml`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from schemas.cases import CaseFact, CaseUnit
from schemas.codes import DelayReason, Law
from schemas.envelope import Fact


class AssessmentExtended(CaseFact, frozen=True):
    """Förhandsbedömning förlängd, for which there must be exceptional reasons (synnerliga skäl, SoL 20:2)."""

    TYPE = "case.assessment-extended.v1"
    EXAMPLES = ({"until_on": "2026-12-04"},)
    until_on: Annotated[date, Meta(description="New last day of the preliminary assessment")]
    unit: CaseUnit = None


class ReporterInformed(CaseFact, frozen=True):
    """Anmälare informerad: who reported by duty has been told whether an investigation was opened."""

    TYPE = "case.reporter-informed.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class ExecutionDelayed(CaseFact, frozen=True):
    """Verkställighet fördröjd: why a favourable decision has not been carried out yet."""

    TYPE = "case.execution-delayed.v1"
    EXAMPLES = ({"reason": "no_capacity"},)
    reason: Annotated[DelayReason, Meta(description="Why it waits")]
    unit: CaseUnit = None


class DecisionRequested(CaseFact, frozen=True):
    """Avgörande begärt: a party asks that a slow case be decided (FL 12 §)."""

    TYPE = "case.decision-requested.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class CustodyDecided(CaseFact, frozen=True):
    """Omhändertagande beslutat: at once, before a court has tried it (LVU, LVM, lag 2024:79)."""

    TYPE = "case.custody-decided.v1"
    EXAMPLES = ({"law": "LVU"}, {"law": "2024:79", "unit": "barn-unga"})
    law: Annotated[Law, Meta(description="Act that it is decided by")]
    unit: CaseUnit = None


class CustodySubmitted(CaseFact, frozen=True):
    """Omhändertagande underställt: the decision lies before the court."""

    TYPE = "case.custody-submitted.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class CourtTried(CaseFact, frozen=True):
    """Rätten har prövat: whether the immediate custody stands."""

    TYPE = "case.court-tried.v1"
    EXAMPLES = ({"stands": True},)
    stands: Annotated[bool, Meta(description="The court has confirmed the decision")]


class CareApplied(CaseFact, frozen=True):
    """Ansökan om vård: the committee has applied to the court for care."""

    TYPE = "case.care-applied.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class ApplicationTimeExtended(CaseFact, frozen=True):
    """Rätten har förlängt tiden for applying for care (LVU 8 §)."""

    TYPE = "case.application-time-extended.v1"
    EXAMPLES = ({"until_on": "2026-12-18"},)
    until_on: Annotated[date, Meta(description="New last day")]


class CustodyEnded(CaseFact, frozen=True):
    """Omhändertagande upphört, before or after the court tried it."""

    TYPE = "case.custody-ended.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class FollowUpEnded(CaseFact, frozen=True):
    """Uppföljning avslutad: the follow-up of a child after care has ended."""

    TYPE = "case.follow-up-ended.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class SupportGranted(CaseFact, frozen=True):
    """Försörjningsstöd beviljat for one month."""

    TYPE = "case.support-granted.v1"
    EXAMPLES = ({"month": "2026-10-01"},)
    month: Annotated[date, Meta(description="First local day of the month that it is for")]
    unit: CaseUnit = None


class ActivityDutySet(CaseFact, frozen=True):
    """Aktivitetskrav ställt, with an individual plan."""

    TYPE = "case.activity-duty-set.v1"
    EXAMPLES = ({"hours_per_week": 40}, {"hours_per_week": 30})
    hours_per_week: Annotated[float, Meta(ge=0, le=40, description="Hours a week, at most 40")]
    unit: CaseUnit = None


class CaseDisposed(CaseFact, frozen=True):
    """Ärende gallrat: its file has been disposed of."""

    TYPE = "case.disposed.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


EVENTS: tuple[type[Fact], ...] = (
    AssessmentExtended,
    ReporterInformed,
    ExecutionDelayed,
    DecisionRequested,
    CustodyDecided,
    CustodySubmitted,
    CourtTried,
    CareApplied,
    ApplicationTimeExtended,
    CustodyEnded,
    FollowUpEnded,
    SupportGranted,
    ActivityDutySet,
    CaseDisposed,
)
AFTERWARDS: frozenset[type[Fact]] = frozenset({ReporterInformed, FollowUpEnded, CaseDisposed})
"""What is done when a case may be closed already."""
