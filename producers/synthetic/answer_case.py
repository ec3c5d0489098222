"""What one case comes to, read from the generator's own steps and effects: the answer key's word for it.

Shares no code with the hub's folds, and looks at no event: only `domain/17_case_life.md` is common.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from producers.synthetic.registering import Step, Version
from schemas import cases as c

UNKNOWN = "unknown"
FINANCIAL_SUPPORT = "financial_support"
AFTERWARDS = ("inform_reporter", "end_follow_up")
"""Steps that may be done when a case is closed already."""


class About(NamedTuple):
    """What holds for the whole case, from its opening."""

    law: str = "other"
    case_type: str = UNKNOWN
    sex: str = UNKNOWN
    age_band: str = UNKNOWN


class Stay(NamedTuple):
    """[since, until) in one unit and stage; until is None while it lasts. opened: when the case came in."""

    since: datetime
    until: datetime | None
    opened: datetime
    unit: str
    stage: str
    handler_known: bool
    about: About


class Move(NamedTuple):
    """A case came in, went out or changed unit. `what`: opening kind, closing reason or new unit."""

    at: datetime
    unit: str
    what: str
    about: About


class Handling(NamedTuple):
    """A handling time that ended: variant a, b or c of C7."""

    variant: str
    since: datetime
    until: datetime
    unit: str
    about: About


class CaseAnswer:
    """One case as known at an instant. void: every fact of it was taken back."""

    def __init__(self, steps: Iterable[Step], known_at: datetime) -> None:
        self.stays: list[Stay] = []
        self.inflow: list[Move] = []
        self.outflow: list[Move] = []
        self.transfers: list[Move] = []
        self.handlings: list[Handling] = []
        self.flaws: set[str] = set()
        known = [(step, version) for step in steps if (version := _known(step, known_at))]
        living = sorted(
            ((v.at, n, v, s) for n, (s, v) in enumerate(known) if not v.retracted), key=lambda x: x[:2]
        )
        self.told = bool(known)
        self.void = self.told and not living
        self.about = _about(version for _, _, version, _ in living)
        self._open = False
        self._unit, self._stage, self._handler = UNKNOWN, "", False
        self._opened = self._since = known_at
        self._started: dict[str, datetime] = {}
        for _, _, version, step in living:
            if self._open or step.name not in AFTERWARDS:
                self._live(version)
            self._note(version, step, known_at)
        if self._open:
            self._stays(None)
        if "closed_before_opened" in self.flaws:
            self._strike()

    def _note(self, version: Version, step: Step, known_at: datetime) -> None:
        if version.ambiguous:
            self.flaws.add("ambiguous_time")
        told = [v.recorded for v in step.versions if v.recorded <= known_at]
        if len(set(told)) < len(told):
            self.flaws.add("conflicting_versions")

    def _live(self, version: Version) -> None:
        effect, at = version.effect, version.at
        if not self._open:
            if not self._comes_in(version):
                return
        elif effect.unit and not effect.opens and effect.unit != self._unit:
            self.transfers.append(Move(at, self._unit, effect.unit, self.about))
        self._turn(
            at, effect.unit or self._unit, effect.enters or self._stage, self._handler or effect.assigns
        )
        self._time(effect.mark, at)
        if effect.closes:
            self._goes_out(at, effect.closes)

    def _comes_in(self, version: Version) -> bool:
        """Open the case if this step can: if it never was open, all but a closing; later what says so."""
        kind = version.effect.opens
        if not kind and self.inflow:
            self.flaws.add("event_after_close")
            return False
        if not kind and isinstance(version.fact, c.CaseClosed):
            self.flaws.add("closed_before_opened")
            return False
        if not kind:
            self.flaws.add("opened_implicitly")
        self._open, self._opened, self._since = True, version.at, version.at
        self._unit, self._stage, self._handler = version.effect.unit or self._unit, "intake", False
        self._started = {"contact": version.at}
        self.inflow.append(Move(version.at, self._unit, kind or "implicit", self.about))
        return True

    def _turn(self, at: datetime, unit: str, stage: str, handler: bool) -> None:
        if (unit, stage, handler) != (self._unit, self._stage, self._handler):
            self._stays(at)
            self._since, self._unit, self._stage, self._handler = at, unit, stage, handler

    def _stays(self, until: datetime | None) -> None:
        if until is None or until > self._since:
            stay = Stay(self._since, until, self._opened, self._unit, self._stage, self._handler, self.about)
            self.stays.append(stay)

    def _goes_out(self, at: datetime, reason: str) -> None:
        self._stays(at)
        self._open = False
        self.outflow.append(Move(at, self._unit, reason, self.about))

    def _time(self, mark: str, at: datetime) -> None:
        if mark in ("applied", "investigation_opened"):
            self._started[mark] = at
        elif mark == "investigation_closed":
            self._handled("b", "investigation_opened", at)
        elif mark == "decided":
            self._handled("a", "applied", at)
            if self.about.case_type == FINANCIAL_SUPPORT:
                self._handled("c", "contact", at)

    def _handled(self, variant: str, start: str, at: datetime) -> None:
        since = self._started.pop(start, None)
        if since is not None:
            self.handlings.append(Handling(variant, since, at, self._unit, self.about))

    def _strike(self) -> None:
        """A case that was closed before it was opened is in no figure."""
        for figures in (self.stays, self.inflow, self.outflow, self.transfers, self.handlings):
            figures.clear()


def _known(step: Step, known_at: datetime) -> Version | None:
    return next((version for version in reversed(step.versions) if version.recorded <= known_at), None)


def _about(living: Iterable[Version]) -> About:
    for version in living:
        if isinstance(fact := version.fact, c.Opening):
            return About(fact.law, fact.case_type, fact.sex, fact.age_band)
    return About()
