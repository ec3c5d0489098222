"""Ten years of a large municipality's cases for the committee's pages N1 and N6: made, plausible and in the
order of their lives. Every clock of a child's report, of an application and of a decision starts in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from schemas import cases as c
from schemas.codec import make
from schemas.envelope import Event, Fact, event_id
from schemas.municipality import municipality
from tests.placing import pseudonym

_CHILDREN: Final = ("0-6", "7-12", "13-17")
_SERVICES: Final = ("contact_family", "foster_home", "home_care", "companion_service")
_MEDIANS: Final = {"assessed": 9, "opened": 1, "investigated": 80, "decided": 10, "started": 40, "ended": 120}
"""Days from what was before; drawn from an exponential of this mean."""


def told(code: str, cases: int, first: datetime, now: datetime) -> Iterator[Event]:
    """Events of so many cases that come in from `first` on; nothing happens after now."""
    draw, units = Random(11), tuple(municipality(code).units)
    span = now - first
    for number in range(cases):
        start = first + span * draw.random()
        person = pseudonym("person", str(number * 3 // 4))
        key = f"{code}/case/{pseudonym('case', str(number))}"
        for step, (fact, at) in enumerate(_life(draw, units, person, start)):
            if at < now:
                yield make(
                    fact, id=event_id(key, type(fact).__name__, step), source="bench", subject=key, time=at,
                    recordedtime=at, kommunkod=code, sequence=step,
                )  # fmt: skip


def _life(
    draw: Random, units: tuple[str, ...], person: str, start: datetime
) -> Iterator[tuple[Fact, datetime]]:
    sex, unit = ("woman" if draw.random() < 0.5 else "man"), draw.choice(units)
    if draw.random() < 0.4:
        yield c.ReportReceived(unit=unit, law="SoL", person=person, sex=sex, age_band=draw.choice(_CHILDREN),  # type: ignore[arg-type]
                               case_type="child_protection"), start  # fmt: skip
        yield c.SafetyAssessed(protection_needed=False), start + timedelta(hours=draw.expovariate(1 / 8))
        at = _later(draw, start, "assessed")
        if draw.random() < 0.6:
            yield c.PreliminaryAssessed(outcome="no_investigation"), at
            return
        yield c.PreliminaryAssessed(outcome="investigate"), at
    else:
        yield c.ApplicationReceived(unit=unit, law="SoL", person=person, sex=sex, age_band="30-64",  # type: ignore[arg-type]
                                    case_type="home_care"), start  # fmt: skip
        at = start
    yield from _handled(draw, units, at)


def _handled(draw: Random, units: tuple[str, ...], at: datetime) -> Iterator[tuple[Fact, datetime]]:
    """From the investigation on."""
    at = _later(draw, at, "opened")
    yield c.InvestigationOpened(), at
    if draw.random() < 0.05:
        yield c.CaseTransferred(to_unit=draw.choice(units)), at + timedelta(days=2)
    at = _later(draw, at, "investigated")
    yield c.InvestigationClosed(), at
    at = _later(draw, at, "decided")
    if draw.random() < 0.4:
        yield c.Decided(outcome="refused"), at
    else:
        yield c.Decided(outcome="granted", service_follows=True, service_type=draw.choice(_SERVICES)), at
        at = _later(draw, at, "started")
        yield c.ServiceStarted(), at
        at = _later(draw, at, "ended")
        yield c.ServiceEnded(reason="goal_reached"), at
    yield c.CaseClosed(reason="service_done"), at + timedelta(days=3)


def _later(draw: Random, at: datetime, step: str) -> datetime:
    return at + timedelta(days=draw.expovariate(1 / _MEDIANS[step]), minutes=1)
