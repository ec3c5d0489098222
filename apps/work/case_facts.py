"""What facts of a case are called in its history, and their codes in words. Pure."""

from __future__ import annotations

from typing import Any, Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work.names import Names, Title
from schemas import cases as c
from schemas import duties as d
from schemas.envelope import Fact


def _plain(word: str) -> Title:
    return lambda fact, names: say(word)


def _until(word: str) -> Title:
    return lambda fact, names: say(word, day=wording.day(fact.until_on))


def _decided(fact: c.Decided, names: Names) -> str:
    outcome = term(terms.DECISIONS, fact.outcome)
    if not fact.service_type:
        return say("tc_decided", outcome=outcome)
    service = names.of("service_type", fact.service_type).lower()
    return say("tc_decided_service", outcome=outcome, service=service)


def _started(fact: c.ServiceStarted, names: Names) -> str:
    if not fact.service_type:
        return say("tc_started")
    return say("tc_started_service", service=names.of("service_type", fact.service_type).lower())


TITLES: Final[dict[type[Fact], Title]] = {
    c.ReportReceived: _plain("tc_report"),
    c.ApplicationReceived: _plain("tc_application"),
    c.CaseRegistered: _plain("tc_registered"),
    c.SafetyAssessed: _plain("tc_safety"),
    c.PreliminaryAssessed: _plain("tc_assessed"),
    c.InvestigationOpened: _plain("tc_investigation"),
    c.InvestigationExtended: _until("tc_extended"),
    c.InvestigationClosed: _plain("tc_investigated"),
    c.Decided: _decided,
    c.ServiceStarted: _started,
    c.ServiceInterrupted: _plain("tc_interrupted"),
    c.ServiceEnded: _plain("tc_ended"),
    c.FollowedUp: _plain("tc_followed"),
    c.Considered: _plain("tc_considered"),
    c.PlanMade: _plain("tc_plan"),
    c.PlanRevised: _plain("tc_revised"),
    c.CaseAssigned: _plain("tc_assigned"),
    c.CaseTransferred: lambda f, n: say("tc_transferred", unit=n.town.unit_name(f.to_unit)),
    c.CaseClosed: _plain("tc_closed"),
    c.CaseReopened: _plain("tc_reopened"),
    d.AssessmentExtended: _until("tc_assessment_extended"),
    d.ReporterInformed: _plain("tc_informed"),
    d.ExecutionDelayed: lambda f, n: say("tc_delayed", reason=term(terms.DELAYS, f.reason)),
    d.DecisionRequested: _plain("tc_requested"),
    d.CustodyDecided: _plain("tc_custody"),
    d.CustodySubmitted: _plain("tc_submitted"),
    d.CourtTried: _plain("tc_tried"),
    d.CareApplied: _plain("tc_applied"),
    d.ApplicationTimeExtended: _until("tc_application_extended"),
    d.CustodyEnded: _plain("tc_custody_ended"),
    d.FollowUpEnded: _plain("tc_follow_up_ended"),
    d.SupportGranted: lambda f, n: say("tc_support", month=wording.month(f.month)),
    d.ActivityDutySet: _plain("tc_duty"),
    d.CaseDisposed: _plain("tc_disposed"),
}

_CODES: Final[dict[tuple[type[Fact], str], dict[str, str]]] = {
    (c.Decided, "outcome"): terms.DECISIONS,
    (c.PreliminaryAssessed, "outcome"): terms.ASSESSMENTS,
    (c.ServiceInterrupted, "reason"): terms.SERVICE_REASONS,
    (c.ServiceEnded, "reason"): terms.SERVICE_REASONS,
    (c.CaseClosed, "reason"): terms.CLOSINGS,
    (d.ExecutionDelayed, "reason"): terms.DELAYS,
    (c.PlanMade, "kind"): terms.PLANS,
    (c.PlanRevised, "kind"): terms.PLANS,
}


def of_code(name: str, fact: type[Fact], code: Any, names: Names) -> str:
    """A code of a case's fact in words; "" where it is no such code."""
    if (fact, name) in _CODES:
        return term(_CODES[fact, name], code)
    if issubclass(fact, c.CaseFact) and name in ("unit", "to_unit", "from_unit", "service_type"):
        return names.of(name.rpartition("_")[2] if name.endswith("unit") else name, code)
    return ""
