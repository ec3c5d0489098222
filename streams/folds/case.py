"""The life of a case, by the table in `domain/17_case_life.md`. Pure: facts in order in, one row out, never
an error.

What makes no sense becomes a named flaw on the row. Times are microseconds since 1970 UTC; spells are
half-open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from schemas import cases as c
from schemas import duties
from schemas.envelope import Fact
from streams.folds.days import STILL, columns
from streams.history import Living, micros

UNKNOWN: Final = "unknown"
_KINDS: Final[dict[type, str]] = {
    c.ReportReceived: "report",
    c.ApplicationReceived: "application",
    c.CaseRegistered: "own_initiative",
}
FINANCIAL_SUPPORT: Final = "financial_support"
_VERDICTS: Final = {None: "", True: "in_time", False: "late"}


class Spell(NamedTuple):
    """A stretch of an open case in one unit and stage, with or without a known handler."""

    start: int
    until: int
    opened_at: int
    unit: str
    stage: str
    handler_known: int


class CaseRow(NamedTuple):
    """The columns of table `cases` after municipality, entity, version and void; `__` stands for the dot
    of an array.
    """

    case_type: str
    law: str
    sex: str
    age_band: str
    person: str
    opened_at: int | None
    closed_at: int | None
    target_at: int | None
    handler_seen: int
    reopenings: int
    openings__at: list[int]
    openings__kind: list[str]
    openings__unit: list[str]
    closings__at: list[int]
    closings__reason: list[str]
    closings__unit: list[str]
    closings__opened_at: list[int]
    closings__verdict: list[str]
    spells__from: list[int]
    spells__until: list[int]
    spells__opened_at: list[int]
    spells__unit: list[str]
    spells__stage: list[str]
    spells__handler_known: list[int]
    transfers__at: list[int]
    transfers__from_unit: list[str]
    transfers__to_unit: list[str]
    handlings__variant: list[str]
    handlings__from: list[int]
    handlings__until: list[int]
    handlings__unit: list[str]
    services__from: list[int]
    services__until: list[int]
    services__type: list[str]
    services__reason: list[str]
    flaws: list[str]
    events: int


class _Case:
    """A case while its facts are told in order."""

    __slots__ = (
        "about", "applied_at", "closings", "contact_at", "flaws", "handler_known", "handler_seen",
        "handlings", "investigated_at", "opened_at", "openings", "reopenings", "service_type", "services",
        "since", "spells", "stage", "transfers", "unit",
    )  # fmt: skip

    def __init__(self) -> None:
        self.about: c.Opening | None = None
        self.unit, self.stage, self.handler_known = UNKNOWN, "intake", False
        self.opened_at: int | None = None
        self.since = 0
        self.applied_at: int | None = None
        self.contact_at: int | None = None
        self.investigated_at: int | None = None
        self.handler_seen = False
        self.reopenings = 0
        self.openings: list[tuple[int, str, str]] = []
        self.closings: list[tuple[int, str, str, int, str]] = []
        self.spells: list[Spell] = []
        self.transfers: list[tuple[int, str, str]] = []
        self.handlings: list[tuple[str, int, int, str]] = []
        self.service_type = UNKNOWN
        self.services: list[tuple[int, int, str, str]] = []
        self.flaws: set[str] = set()

    def open(self, at: int, kind: str, unit: str, stage: str = "intake") -> None:
        """The case is open from here on."""
        self.opened_at = self.since = self.contact_at = at
        self.unit, self.stage, self.handler_known = unit, stage, False
        self.openings.append((at, kind, unit))

    def close(self, at: int, reason: str, verdict: str = "") -> None:
        """The case is closed from here on; its last spell ends. verdict: the source's own, if it has one."""
        assert self.opened_at is not None
        self._end_spell(at)
        self.closings.append((at, reason, self.unit, self.opened_at, verdict))
        self.handlings.append(("lead_time", self.opened_at, at, self.unit))
        self.opened_at = self.applied_at = self.contact_at = self.investigated_at = None

    def turn(
        self, at: int, unit: str | None = None, stage: str | None = None, handler: bool | None = None
    ) -> None:
        """A new spell begins if unit, stage or known handler changes."""
        new = (unit or self.unit, stage or self.stage, self.handler_known if handler is None else handler)
        if new != (self.unit, self.stage, self.handler_known):
            self._end_spell(at)
            self.since = at
            self.unit, self.stage, self.handler_known = new

    def _end_spell(self, at: int) -> None:
        if at > self.since:
            assert self.opened_at is not None
            self.spells.append(
                Spell(self.since, at, self.opened_at, self.unit, self.stage, int(self.handler_known))
            )

    def handled(self, variant: str, since: int | None, at: int) -> None:
        """A handling of that variant ended now, if it had begun."""
        if since is not None:
            self.handlings.append((variant, since, at, self.unit))


def _opening(case: _Case, at: int, fact: c.Opening) -> None:
    case.about = case.about or fact
    if case.opened_at is None:
        case.open(at, _KINDS[type(fact)], fact.unit)
    else:
        case.flaws.add("opened_twice")
    if type(fact) is c.ApplicationReceived and case.applied_at is None:
        case.applied_at = at


def _reopened(case: _Case, at: int, fact: c.CaseReopened) -> None:
    case.reopenings += 1
    if case.opened_at is not None:
        case.flaws.add("reopened_while_open")
        return
    if not case.openings:
        case.flaws.add("opened_implicitly")
    case.open(at, "reopened", fact.unit or case.unit)


def _investigation_opened(case: _Case, at: int, fact: c.InvestigationOpened) -> None:
    if case.opened_at is None:
        case.open(at, "own_initiative", fact.unit or case.unit, "investigation")
    case.turn(at, stage="investigation")
    case.investigated_at = at


def _investigation_closed(case: _Case, at: int, fact: Fact) -> None:
    case.turn(at, stage="decision")
    case.handled("investigation", case.investigated_at, at)
    case.investigated_at = None


def _decided(case: _Case, at: int, fact: c.Decided) -> None:
    follows = fact.service_follows and fact.outcome != "refused"
    case.turn(at, stage="service" if follows else "decision")
    if follows:
        case.service_type = fact.service_type or UNKNOWN
    case.handled("application_to_decision", case.applied_at, at)
    if case.about is not None and case.about.case_type == FINANCIAL_SUPPORT:
        case.handled("first_contact_to_decision", case.contact_at, at)
    case.applied_at = case.contact_at = None


def _assigned(case: _Case, at: int, fact: Fact) -> None:
    case.handler_seen = True
    case.turn(at, handler=True)


def _transferred(case: _Case, at: int, fact: c.CaseTransferred) -> None:
    if fact.from_unit is not None and fact.from_unit != case.unit:
        case.flaws.add("transfer_from_other_unit")
    if fact.to_unit != case.unit:
        case.transfers.append((at, case.unit, fact.to_unit))
    case.turn(at, unit=fact.to_unit)


def _preliminary(case: _Case, at: int, fact: c.PreliminaryAssessed) -> None:
    if fact.outcome != "investigate":
        case.close(at, fact.outcome)


def _closed(case: _Case, at: int, fact: c.CaseClosed) -> None:
    case.close(at, fact.reason, _VERDICTS[fact.source_in_time])


def _service_started(case: _Case, at: int, fact: c.ServiceStarted) -> None:
    case.turn(at, stage="service")
    case.service_type = fact.service_type or case.service_type
    if not case.services or case.services[-1][1] != STILL:
        case.services.append((at, STILL, case.service_type, ""))


def _service_ended(case: _Case, at: int, fact: c.ServiceEnded) -> None:
    case.turn(at, stage="follow_up")
    if case.services and case.services[-1][1] == STILL:
        since, _, kind, _ = case.services[-1]
        case.services[-1] = (since, at, kind, fact.reason)


def _to(stage: str) -> Callable[[_Case, int, Any], None]:
    def turn(case: _Case, at: int, fact: Fact) -> None:
        case.turn(at, stage=stage)

    return turn


def _unchanged(case: _Case, at: int, fact: Fact) -> None:
    """Nothing that the row tells changes."""


_OPENERS: Final[dict[type, Callable[[_Case, int, Any], None]]] = {
    c.ReportReceived: _opening,
    c.ApplicationReceived: _opening,
    c.CaseRegistered: _opening,
    c.InvestigationOpened: _investigation_opened,
    c.CaseReopened: _reopened,
}
_STEPS: Final[dict[type, Callable[[_Case, int, Any], None]]] = {
    c.SafetyAssessed: _unchanged,
    c.PreliminaryAssessed: _preliminary,
    c.InvestigationExtended: _to("investigation"),
    c.InvestigationClosed: _investigation_closed,
    c.Decided: _decided,
    c.ServiceStarted: _service_started,
    c.ServiceInterrupted: _to("service"),
    c.ServiceEnded: _service_ended,
    c.FollowedUp: _unchanged,
    c.Considered: _unchanged,
    c.PlanMade: _unchanged,
    c.PlanRevised: _unchanged,
    c.CaseAssigned: _assigned,
    c.CaseTransferred: _transferred,
    c.CaseClosed: _closed,
    **dict.fromkeys(duties.EVENTS, _unchanged),
}


def fold(facts: Sequence[Living]) -> CaseRow:
    """The row of a case from its living facts in order. An empty history gives an empty row (void)."""
    case = _Case()
    for living in facts:
        case.flaws.update(living.flaws)
        _tell(case, living.occurred_at, living.fact)
    if case.opened_at is not None:
        case._end_spell(STILL)
    return _row(case, len(facts))


def _tell(case: _Case, at: int, fact: Fact) -> None:
    opener = _OPENERS.get(type(fact))
    if opener is not None:
        opener(case, at, fact)
        return
    if case.opened_at is None:
        if case.openings:
            if type(fact) not in duties.AFTERWARDS:
                case.flaws.add("event_after_close")
            return
        if type(fact) is c.CaseClosed:
            case.flaws.add("closed_before_opened")
            return
        case.flaws.add("opened_implicitly")
        case.open(at, "implicit", _unit_of(fact))
    _STEPS[type(fact)](case, at, fact)


def _unit_of(fact: Fact) -> str:
    if type(fact) is c.CaseTransferred:
        return fact.from_unit or UNKNOWN
    return getattr(fact, "unit", None) or UNKNOWN


def _row(case: _Case, events: int) -> CaseRow:
    about = case.about
    first = case.openings[0][0] if case.openings else None
    last = case.closings[-1][0] if case.closings and case.opened_at is None else None
    if "closed_before_opened" in case.flaws:
        case.openings, case.closings, case.spells, case.transfers, case.handlings = [], [], [], [], []
    return CaseRow._make(
        (
            about.case_type if about else UNKNOWN,
            about.law if about else "other",
            about.sex if about else UNKNOWN,
            about.age_band if about else UNKNOWN,
            about.person or "" if about else "",
            first,
            last,
            micros(about.target_at) if about and about.target_at else None,
            int(case.handler_seen),
            case.reopenings,
            *columns(case.openings, 3),
            *columns(case.closings, 5),
            *columns(case.spells, len(Spell._fields)),
            *columns(case.transfers, 3),
            *columns(case.handlings, 4),
            *columns(case.services, 4),
            sorted(case.flaws),
            events,
        )
    )
