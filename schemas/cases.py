"""Everything that can happen to a case (ärende), one Struct per event type. The rules are in
`streams/folds/case.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from schemas.codes import (
    AgeBand,
    CloseReason,
    DecisionOutcome,
    Law,
    LocalCode,
    PlanKind,
    PreliminaryOutcome,
    Pseudonym,
    ServiceReason,
    Sex,
    Unit,
)
from schemas.envelope import Fact, Instant

EXAMPLE_PERSON = "k1.vR1mH3yKqJm7p0m2T0jOe0bq1mJb5lWk9pXv3cYd8Qs"

CaseUnit = Annotated[Unit | None, Meta(description="Unit that did it, where the source tells")]


class CaseFact(Fact, frozen=True):
    """Common to everything that happens to a case."""

    TOPIC: ClassVar[str] = "cases"
    KIND: ClassVar[str] = "case"
    SECRET_KEY: ClassVar[bool] = True


class Opening(CaseFact, frozen=True, kw_only=True):
    """What is known about a case when it comes in. Opens the case if it is not open; stage intake
    (aktualisering).
    """

    RANK: ClassVar[int] = 0
    unit: Unit
    case_type: Annotated[LocalCode, Meta(description="Kind of matter (ärendetyp)")] = "unknown"
    law: Annotated[Law, Meta(description="Act that the matter falls under (lagrum)")] = "other"
    person: Annotated[Pseudonym | None, Meta(description="Whom it concerns")] = None
    sex: Annotated[Sex, Meta(description="Legal sex (kön)")] = "unknown"
    age_band: Annotated[AgeBand, Meta(description="Age in whole years when the case came in")] = "unknown"
    target_at: Annotated[Instant | None, Meta(description="The unit's own target for closing, if any")] = None


class ReportReceived(Opening, frozen=True):
    """Anmälan inkommen: a report of concern has come in."""

    TYPE = "case.report-received.v1"
    EXAMPLES = (
        {
            "unit": "barn-unga",
            "case_type": "child_protection",
            "law": "SoL",
            "sex": "woman",
            "age_band": "7-12",
            "reporter_asks": True,
        },
        {"unit": "PWDx"},
    )
    reporter_asks: Annotated[
        bool, Meta(description="Who reported by duty wants to be told of the outcome (SoL 19:6)")
    ] = False


class ApplicationReceived(Opening, frozen=True):
    """Ansökan inkommen: the person has applied."""

    TYPE = "case.application-received.v1"
    EXAMPLES = (
        {"unit": "bistand", "case_type": "financial_support", "law": "SoL", "person": EXAMPLE_PERSON},
    )


class CaseRegistered(Opening, frozen=True):
    """Ärende aktualiserat på eget initiativ: the unit itself took up the matter."""

    TYPE = "case.registered.v1"
    EXAMPLES = ({"unit": "vuxen", "law": "LVM", "target_at": "2026-12-01T00:00:00+01:00"},)


class SafetyAssessed(CaseFact, frozen=True):
    """Skyddsbedömning gjord: whether immediate protection is needed."""

    TYPE = "case.safety-assessed.v1"
    EXAMPLES = ({"protection_needed": False},)
    protection_needed: Annotated[bool, Meta(description="Immediate protection is needed")]
    unit: CaseUnit = None


class PreliminaryAssessed(CaseFact, frozen=True):
    """Förhandsbedömning beslutad: inleda, inte inleda, or an investigation is already going on."""

    TYPE = "case.preliminary-assessed.v1"
    EXAMPLES = ({"outcome": "investigate"}, {"outcome": "no_investigation"}, {"outcome": "joined"})
    outcome: Annotated[PreliminaryOutcome, Meta(description="What was decided")]
    unit: CaseUnit = None


class InvestigationOpened(CaseFact, frozen=True):
    """Utredning inledd."""

    TYPE = "case.investigation-opened.v1"
    EXAMPLES = ({}, {"unit": "barn-unga"})
    unit: CaseUnit = None


class InvestigationExtended(CaseFact, frozen=True):
    """Utredning förlängd, with its new last day."""

    TYPE = "case.investigation-extended.v1"
    EXAMPLES = ({"until_on": "2027-03-01"},)
    until_on: Annotated[date, Meta(description="New last day of the investigation")]
    unit: CaseUnit = None


class InvestigationClosed(CaseFact, frozen=True):
    """Utredning avslutad; the matter waits for a decision."""

    TYPE = "case.investigation-closed.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class Decided(CaseFact, frozen=True):
    """Beslut fattat: bifall, delavslag or avslag."""

    TYPE = "case.decided.v1"
    EXAMPLES = (
        {"outcome": "granted", "service_follows": True, "service_type": "contact_family"},
        {"outcome": "refused"},
    )
    outcome: Annotated[DecisionOutcome, Meta(description="Granted, partly granted or refused")]
    service_follows: Annotated[bool, Meta(description="A service is to be carried out")] = False
    service_type: Annotated[LocalCode | None, Meta(description="Kind of service (insatstyp)")] = None
    unit: CaseUnit = None


class ServiceStarted(CaseFact, frozen=True):
    """Insats verkställd: the service is being carried out."""

    TYPE = "case.service-started.v1"
    EXAMPLES = ({}, {"service_type": "foster_home"})
    unit: CaseUnit = None
    service_type: Annotated[
        LocalCode | None, Meta(description="Kind of service (insatstyp); left out: of the last decision")
    ] = None


class ServiceInterrupted(CaseFact, frozen=True):
    """Insats avbruten."""

    TYPE = "case.service-interrupted.v1"
    EXAMPLES = ({"reason": "own_wish"},)
    reason: Annotated[ServiceReason, Meta(description="Why it was interrupted")] = "other"
    unit: CaseUnit = None


class ServiceEnded(CaseFact, frozen=True):
    """Insats avslutad."""

    TYPE = "case.service-ended.v1"
    EXAMPLES = ({"reason": "goal_reached"},)
    reason: Annotated[ServiceReason, Meta(description="Why it ended")] = "other"
    unit: CaseUnit = None


class FollowedUp(CaseFact, frozen=True):
    """Uppföljning gjord."""

    TYPE = "case.followed-up.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class Considered(CaseFact, frozen=True):
    """Övervägande gjort."""

    TYPE = "case.considered.v1"
    EXAMPLES = ({},)
    unit: CaseUnit = None


class PlanMade(CaseFact, frozen=True):
    """Plan upprättad."""

    TYPE = "case.plan-made.v1"
    EXAMPLES = ({"kind": "care_plan"},)
    kind: Annotated[PlanKind, Meta(description="Which plan")] = "other"
    unit: CaseUnit = None


class PlanRevised(CaseFact, frozen=True):
    """Plan reviderad."""

    TYPE = "case.plan-revised.v1"
    EXAMPLES = ({"kind": "implementation_plan"},)
    kind: Annotated[PlanKind, Meta(description="Which plan")] = "other"
    unit: CaseUnit = None


class CaseAssigned(CaseFact, frozen=True):
    """Ärende tilldelat: a handler is known from here on."""

    TYPE = "case.assigned.v1"
    EXAMPLES = ({"handler": EXAMPLE_PERSON},)
    handler: Annotated[Pseudonym, Meta(description="Who handles it; never shown by person")]
    unit: CaseUnit = None


class CaseTransferred(CaseFact, frozen=True):
    """Ärende överfört between two units: neither inflow nor outflow, listed apart."""

    TYPE = "case.transferred.v1"
    EXAMPLES = ({"from_unit": "vuxen", "to_unit": "barn-unga"}, {"to_unit": "vuxen"})
    to_unit: Unit
    from_unit: Unit | None = None


class CaseClosed(CaseFact, frozen=True):
    """Ärende avslutat, with its reason."""

    TYPE = "case.closed.v1"
    RANK = 9
    EXAMPLES = ({"reason": "service_done"}, {"reason": "no_service", "unit": "vuxen"})
    reason: Annotated[CloseReason, Meta(description="Why it was closed")] = "other"
    unit: CaseUnit = None


class CaseReopened(CaseFact, frozen=True):
    """Ärende återaktualiserat: counts as inflow of its own kind."""

    TYPE = "case.reopened.v1"
    EXAMPLES = ({}, {"unit": "vuxen"})
    unit: CaseUnit = None


class BalanceObserved(Fact, frozen=True):
    """Balans, ögonblicksbild: the only thing some systems can tell. The entity is a unit day, never a
    case.
    """

    TYPE = "case.balance-observed.v1"
    TOPIC = "cases"
    KIND = "unit_day"
    EXAMPLES = ({"unit": "hemtjanst", "on": "2026-11-22", "open_cases": 41},)
    unit: Unit
    on: Annotated[date, Meta(description="Local calendar day")]
    open_cases: Annotated[int, Meta(ge=0, description="Open cases when it was observed")]


EVENTS: tuple[type[Fact], ...] = (
    ReportReceived,
    ApplicationReceived,
    CaseRegistered,
    SafetyAssessed,
    PreliminaryAssessed,
    InvestigationOpened,
    InvestigationExtended,
    InvestigationClosed,
    Decided,
    ServiceStarted,
    ServiceInterrupted,
    ServiceEnded,
    FollowedUp,
    Considered,
    PlanMade,
    PlanRevised,
    CaseAssigned,
    CaseTransferred,
    CaseClosed,
    CaseReopened,
    BalanceObserved,
)
