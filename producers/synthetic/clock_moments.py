"""A case as its clocks see it, for the answer key: each thing that is known to have happened, with what was
known of the case by then. Read from the generator's own steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from producers.synthetic.answer_case import UNKNOWN
from producers.synthetic.registering import Step, Version
from schemas import cases as c
from schemas import duties as d
from schemas.envelope import Fact

MINORS: Final = ("0-6", "7-12", "13-17")
YOUNG: Final = (*MINORS, "18-20")
PLACED_IN: Final = ("foster_home", "emergency_foster_home", "residential_care_home", "supported_housing")
PRELIMINARY: Final = ("investigate", "no_investigation", "join")
GRANTS: Final = ("grant", "grant_partly", "grant_only")
DECISIONS: Final = (*GRANTS, "refuse")
SERVICE: Final = ("start_service", "shelter")


class Moment(NamedTuple):
    """One thing that happened. law, age_band, case_type, service, asks: as last told by then."""

    at: datetime
    step: str
    fact: Fact
    law: str = UNKNOWN
    age_band: str = UNKNOWN
    case_type: str = UNKNOWN
    service: str = UNKNOWN
    asks: bool = False

    def did(self, *steps: str) -> bool:
        """Whether it is one of these steps."""
        return self.step in steps

    @property
    def closed(self) -> str:
        """Why the case was closed with it, "" if it was not closed by a decision of its own."""
        return self.fact.reason if isinstance(self.fact, c.CaseClosed) else ""

    @property
    def left(self) -> bool:
        """The person has moved away or died."""
        return self.closed in ("moved", "deceased")

    @property
    def grants(self) -> bool:
        """A service is to follow."""
        return isinstance(self.fact, c.Decided) and self.fact.service_follows and self.did(*GRANTS)

    @property
    def placed_minor(self) -> bool:
        """A child in care."""
        return self.service in PLACED_IN and self.age_band in MINORS

    @property
    def own_service(self) -> str | None:
        """The kind of service, where what happened says it itself."""
        return getattr(self.fact, "service_type", None)

    @property
    def until_on(self) -> date:
        """The new last day."""
        day = getattr(self.fact, "until_on", None)
        assert isinstance(day, date), self.step
        return day


def moments_of(steps: Sequence[Step], known_at: datetime) -> list[Moment]:
    """What is known to have happened, in order."""
    known = ((s.name, n, v) for n, s in enumerate(steps) if (v := _known(s.versions, known_at)))
    living = sorted((v.at, n, name, v) for name, n, v in known if not v.retracted)
    found: list[Moment] = []
    before = Moment(known_at, "", c.CaseClosed())
    for at, _, name, version in living:
        before = _with(before, Moment(at, name, version.fact))
        found.append(before)
    return found


def _known(versions: Iterable[Version], known_at: datetime) -> Version | None:
    told = [version for version in versions if version.recorded <= known_at]
    return told[-1] if told else None


def _with(before: Moment, now: Moment) -> Moment:
    """What happens now, with what was told of the case before."""
    now = now._replace(**{name: getattr(before, name) for name in _KEPT})
    fact = now.fact
    if isinstance(fact, c.Opening):
        now = now._replace(law=fact.law, age_band=fact.age_band, case_type=fact.case_type)
    if isinstance(fact, c.ReportReceived):
        now = now._replace(asks=fact.reporter_asks)
    if isinstance(fact, d.CustodyDecided):
        now = now._replace(law=fact.law)
    if isinstance(fact, c.Decided | c.ServiceStarted) and fact.service_type:
        now = now._replace(service=fact.service_type)
    return now


_KEPT: Final = ("law", "age_band", "case_type", "service", "asks")
