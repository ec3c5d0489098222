"""What each step of the model says (a fact) and what it does to the case (an effect).

The effect is the generator's own word for the outcome: the answer key reads effects, never a fact; the hub
reads facts, never an effect. So the two can disagree, and a test can see it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple, cast

from schemas import cases as c
from schemas.codes import CloseReason, DecisionOutcome, PlanKind, PreliminaryOutcome, ServiceReason
from schemas.envelope import Fact


class Effect(NamedTuple):
    """What a step does to a case. Empty means: leaves as it is. `mark` names the step for handling times."""

    opens: str = ""
    enters: str = ""
    closes: str = ""
    unit: str = ""
    assigns: bool = False
    mark: str = ""


Say = Callable[[Random, date], Fact]


class Doing(NamedTuple):
    """A step of the model: what it tells the hub and what it does."""

    say: Say
    effect: Effect


def _fixed(fact: Fact, effect: Effect | None = None) -> Doing:
    return Doing(lambda rng, day: fact, effect or Effect())


def _preliminary(outcome: PreliminaryOutcome, closes: str = "") -> Doing:
    return _fixed(c.PreliminaryAssessed(outcome=outcome), Effect(closes=closes))


def _closing(reason: CloseReason) -> Doing:
    return _fixed(c.CaseClosed(reason=reason), Effect(closes=reason))


def _decision(outcome: DecisionOutcome, follows: bool) -> Doing:
    effect = Effect(enters="service" if follows else "decision", mark="decided")
    return Doing(lambda rng, day: c.Decided(outcome=outcome, service_follows=follows,
                 service_type=rng.choice(SERVICES) if follows else None), effect)  # fmt: skip


def _service(fact: type[Fact], reasons: tuple[ServiceReason, ...], enters: str) -> Doing:
    return Doing(lambda rng, day: fact(reason=rng.choice(reasons)), Effect(enters=enters))


def _plan(fact: type[Fact]) -> Doing:
    return Doing(lambda rng, day: fact(kind=rng.choice(PLANS)), Effect())


def _extend(rng: Random, day: date) -> Fact:
    return c.InvestigationExtended(until_on=day + timedelta(days=rng.randrange(55, 100)))


SERVICES: Final = (
    "contact_family",
    "open_care",
    "home_help",
    "economic_support",
    "residential_care",
    "day_activity",
)
PLANS: Final[tuple[PlanKind, ...]] = ("care_plan", "implementation_plan", "other")

STEPS: Final[dict[str, Doing]] = {
    "assess_safety": Doing(
        lambda rng, day: c.SafetyAssessed(protection_needed=rng.random() < 0.12), Effect()
    ),
    "investigate": _preliminary("investigate"),
    "no_investigation": _preliminary("no_investigation", closes="no_investigation"),
    "join": _preliminary("joined", closes="joined"),
    "open_investigation": _fixed(
        c.InvestigationOpened(), Effect(enters="investigation", mark="investigation_opened")
    ),
    "extend": Doing(_extend, Effect(enters="investigation")),
    "close_investigation": _fixed(
        c.InvestigationClosed(), Effect(enters="decision", mark="investigation_closed")
    ),
    "grant": _decision("granted", True),
    "grant_partly": _decision("partly_granted", True),
    "grant_only": _decision("granted", False),
    "refuse": _decision("refused", False),
    "start_service": _fixed(c.ServiceStarted(), Effect(enters="service")),
    "shelter": _fixed(c.ServiceStarted(service_type="emergency_foster_home"), Effect(enters="service")),
    "interrupt": _service(c.ServiceInterrupted, ("own_wish", "provider", "other"), "service"),
    "end_service": _service(
        c.ServiceEnded, ("goal_reached", "goal_reached", "own_wish", "moved"), "follow_up"
    ),
    "follow_up": _fixed(c.FollowedUp()),
    "consider": _fixed(c.Considered()),
    "make_plan": _plan(c.PlanMade),
    "revise_plan": _plan(c.PlanRevised),
    "close_no_service": _closing("no_service"),
    "close_done": _closing("service_done"),
    "close_handed_over": _closing("handed_over"),
    "close_withdrawn": _closing("withdrawn"),
    "close_moved": _closing("moved"),
    "close_deceased": _closing("deceased"),
    "close_other": _closing("other"),
}

OPENING: Final[dict[str, type[c.Opening]]] = {
    "report": c.ReportReceived,
    "application": c.ApplicationReceived,
    "own_initiative": c.CaseRegistered,
}


def opening_effect(kind: str, unit: str) -> Effect:
    """A case comes in: stage intake (aktualisering), no handler."""
    return Effect(opens=kind, unit=unit, mark="applied" if kind == "application" else "")


def assigned(handler: str) -> tuple[Fact, Effect]:
    """A handler takes the case."""
    return c.CaseAssigned(handler=handler), Effect(assigns=True)


def transferred(unit: str, to: str) -> tuple[Fact, Effect]:
    """The case goes from one unit to another."""
    return c.CaseTransferred(to_unit=to, from_unit=unit), Effect(unit=to)


def reopened(unit: str | None) -> tuple[Fact, Effect]:
    """The case comes back, to the unit that is told or the one it was closed in."""
    return c.CaseReopened(unit=unit), Effect(opens="reopened", unit=unit or "")


def other_reason(fact: Fact) -> tuple[Fact, Effect]:
    """A closing with another reason than the one told."""
    told = cast(c.CaseClosed, fact).reason
    reason: CloseReason = "other" if told != "other" else "no_service"
    return c.CaseClosed(reason=reason), Effect(closes=reason)
