"""The load: a made-up town's case events as real event JSON, the same for the same seed.

Delivery follows the time of recording, as from a living source: cases come in over two years, live for
weeks, some facts are told late, some are corrected afterwards. Pure: numbers in, bytes out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from schemas import cases as c
from schemas.codec import encode, make
from schemas.envelope import Fact, event_id

CODE: Final = "9901"
EVENTS_PER_CASE: Final = 5
BEGAN: Final = datetime(2024, 1, 1, tzinfo=UTC)
SPAN_S: Final = 730 * 86_400
UNITS: Final = ("barn-unga", "vuxen", "bistand", "aldre", "lss", "mottagning")
TYPES: Final = ("child_protection", "financial_support", "home_care", "addiction", "housing")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

Draw = random.Random


@dataclass(frozen=True)
class Plan:
    """How big a load and how untidy. Shares are of all events."""

    events: int = 1_000_000
    late: float = 0.02
    corrected: float = 0.02
    seed: int = 9999

    @property
    def cases(self) -> int:
        """Cases that the events tell of."""
        return max(1, self.events // EVENTS_PER_CASE)


class Told(NamedTuple):
    """A fact with what varies in its envelope. Times are seconds after BEGAN; delivered when recorded."""

    recorded: int
    case: int
    step: int
    occurred: int
    fact: Fact
    reason: str | None = None


def pseudonym(what: str, number: int) -> str:
    """Looks like a real pseudonym, which no text compresses or shortens."""
    digest = sha256(f"{what}{number}".encode()).digest()
    return "k1." + "".join(_LETTERS[byte & 63] for byte in digest + digest[:11])


def subject(case: int) -> str:
    """Entity key of a case of this load."""
    return f"{CODE}/case/{pseudonym('case', case)}"


def _person(draw: Draw) -> dict[str, Any]:
    number = int(draw.random() * 1_000_000)
    return {
        "unit": draw.choice(UNITS),
        "case_type": draw.choice(TYPES),
        "law": "SoL",
        "person": pseudonym("person", number),
        "sex": "woman" if number % 2 else "man",
        "age_band": "30-64",
    }


def _handler(draw: Draw) -> c.CaseAssigned:
    return c.CaseAssigned(handler=_HANDLERS[int(draw.random() * len(_HANDLERS))])


_HANDLERS: Final = tuple(pseudonym("handler", number) for number in range(400))
_STEPS: Final[dict[str, Callable[[Draw], Fact]]] = {
    "report": lambda draw: c.ReportReceived(**_person(draw)),
    "application": lambda draw: c.ApplicationReceived(**_person(draw)),
    "assigned": _handler,
    "dropped": lambda draw: c.PreliminaryAssessed(outcome="no_investigation"),
    "taken_up": lambda draw: c.PreliminaryAssessed(outcome="investigate"),
    "investigation": lambda draw: c.InvestigationOpened(),
    "investigated": lambda draw: c.InvestigationClosed(),
    "granted": lambda draw: c.Decided(outcome="granted", service_follows=True, service_type="contact_family"),
    "refused": lambda draw: c.Decided(outcome="refused"),
    "service": lambda draw: c.ServiceStarted(),
    "ended": lambda draw: c.ServiceEnded(reason="goal_reached"),
    "transferred": lambda draw: c.CaseTransferred(to_unit=draw.choice(UNITS)),
    "closed": lambda draw: c.CaseClosed(reason="service_done"),
    "reopened": lambda draw: c.CaseReopened(),
}
# How cases go, with how many of a hundred go so: 5.1 facts on average, of which some cases miss the last
_LIVES: Final = (
    (30, "report assigned dropped"),
    (40, "application assigned investigation refused closed"),
    (15, "report taken_up assigned investigation granted service ended closed"),
    (10, "application assigned investigation transferred investigated refused closed"),
    (5, "report assigned closed reopened transferred closed"),
)


def _life(case: int, draw: Draw) -> Iterator[Told]:
    """The facts of one case in order; days to weeks lie between them."""
    occurred = int(draw.random() * SPAN_S)
    (steps,) = draw.choices([life for _, life in _LIVES], [weight for weight, _ in _LIVES])
    for step, name in enumerate(steps.split()):
        yield Told(occurred + 60 + int(draw.random() * 3_600), case, step, occurred, _STEPS[name](draw))
        occurred += 60 + int(draw.expovariate(1 / (12 * 86_400)))


def base(plan: Plan) -> list[Told]:
    """Exactly `plan.events` facts and corrections of `plan.cases` cases, in the order of delivery."""
    draw = random.Random(plan.seed)
    corrections = int(plan.events * plan.corrected)
    lives = [list(_life(case, draw)) for case in range(plan.cases)]
    _shorten(lives, plan.events - corrections)
    facts = [_perhaps_late(told, plan, draw) for life in lives for told in life]
    facts += [corrected(told, draw) for told in draw.sample(facts, corrections)]
    return sorted(facts, key=lambda told: (told.recorded, told.case, told.step))


def _shorten(lives: list[list[Told]], total: int) -> None:
    """Leave out last facts, case by case, until so many are left: those cases go on after the load ends."""
    over = sum(map(len, lives)) - total
    if over < 0:  # a very small load may come out short of its mean
        raise ValueError("too few facts: take more events")
    while over:
        for life in lives[:over]:
            if len(life) > 1:
                life.pop()
        over = sum(map(len, lives)) - total


def _perhaps_late(told: Told, plan: Plan, draw: Draw) -> Told:
    if draw.random() >= plan.late:
        return told
    return told._replace(recorded=told.recorded + int(draw.random() * 45 * 86_400))


def corrected(told: Told, draw: Draw) -> Told:
    """The same fact recorded again up to a month later, with another time."""
    recorded = told.recorded + 1 + int(draw.random() * 30 * 86_400)
    return told._replace(
        recorded=recorded, occurred=told.occurred - 1 - int(draw.random() * 7_200), reason="wrong_time"
    )


def resent(plan: Plan) -> list[Told]:
    """The whole load once more, as from a weekly export, and one correction per ten events of any case."""
    draw, facts = random.Random(plan.seed + 1), base(plan)
    again: list[Told] = []
    for number, told in enumerate(facts):
        again.append(told)
        if number % 10 == 9:
            changed = corrected(draw.choice(facts), draw)
            again.append(changed._replace(recorded=changed.recorded + 60 * 86_400))
    return again


def continued(plan: Plan) -> list[Told]:
    """Life goes on in cases that the archive holds: a fifth as many events, half new facts, half corrections.

    The cases come in any order: hardly any is met twice in a batch, nearly all are read from the archive.
    """
    draw, facts = random.Random(plan.seed + 2), base(plan)
    end = 820 * 86_400
    told = [corrected(fact, draw)._replace(recorded=end) for fact in draw.sample(facts, plan.events // 10)]
    for number in range(plan.events // 10):
        fact = c.PlanMade(kind="care_plan") if number % 2 else c.FollowedUp()
        told.append(Told(end, int(draw.random() * plan.cases), 20 + number % 2, end - 1_000, fact))
    draw.shuffle(told)
    return [one._replace(recorded=end + number // 20) for number, one in enumerate(told)]


def raw(told: Told) -> bytes:
    """The event as its source sends it."""
    key = subject(told.case)
    event = make(
        told.fact,
        id=event_id(key, type(told.fact).TYPE, told.step),
        source="bench",
        subject=key,
        time=BEGAN + timedelta(seconds=told.occurred),
        recordedtime=BEGAN + timedelta(seconds=told.recorded),
        kommunkod=CODE,
        sequence=told.step,
        reason=told.reason,
    )
    return encode(event)


def write(facts: Iterable[Told], file: Path) -> None:
    """Keep a load as JSON lines; the file appears when it is whole."""
    part = file.with_suffix(".part")
    with part.open("wb") as lines:
        for told in facts:
            lines.write(raw(told) + b"\n")
    part.rename(file)


LOADS: Final[dict[str, Callable[[Plan], list[Told]]]] = {
    "base": base,
    "resent": resent,
    "continued": continued,
    "live": lambda plan: [],  # a broker that holds nothing yet
}


def kept(plan: Plan, name: str, folder: Path) -> Path:
    """File of a load, made when it is not there yet."""
    file = folder / f"{name}.jsonl"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write(LOADS[name](plan), file)
    return file
