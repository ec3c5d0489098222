"""How what truly happened gets into a case system: late, wrong at first, taken back. Acts in, versions out.

A correction never changes the order within a case, so that what is odd is odd on purpose (`ODDITIES`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Final, NamedTuple

import msgspec

from producers.synthetic import model, steps
from producers.synthetic.life import Act, pick
from producers.synthetic.steps import Effect
from producers.synthetic.workdays import office_time, to_utc
from schemas import cases as c
from schemas.codes import CorrectionReason
from schemas.envelope import Fact

HOUR: Final = timedelta(hours=1)
SECOND: Final = timedelta(seconds=1)
MISTAKE: Final = "closed_by_mistake"
_ODD: Final = sum(model.ODDITIES.values())


class Version(NamedTuple):
    """One version of a fact: when it happened, when it was recorded (UTC), what is told and what it does."""

    at: datetime
    recorded: datetime
    fact: Fact
    effect: Effect
    ambiguous: bool = False
    retracted: bool = False
    reason: CorrectionReason | None = None


class Step(NamedTuple):
    """One fact with all its versions, by recorded time; of two recorded at once the last one holds."""

    name: str
    versions: list[Version]


def register(rng: Random, acts: list[Act]) -> list[Step]:
    """Every version of every fact of a case, oddities included. The order of steps is that of the acts."""
    oddity = _oddity(rng)
    acts = _CHANGED[oddity](rng, acts) if oddity in _CHANGED else acts
    registered = _registered(rng, acts)
    if oddity == "void":
        return _void(rng, registered)
    if oddity == "conflicting_versions":
        _conflict(registered[-1])
    return registered


def _oddity(rng: Random) -> str:
    return pick(rng, model.ODDITIES) if rng.random() < _ODD else ""


def _registered(rng: Random, acts: list[Act]) -> list[Step]:
    """Versions by act. What opens, moves or closes is never recorded before what did so earlier (`floor`)."""
    found: list[Step] = []
    previous = floor = born = to_utc(acts[0].at)[0] - timedelta(days=1)
    for act in acts:
        at, ambiguous = to_utc(act.at)
        if act.at >= acts[0].at:
            at = max(at, previous + SECOND)
        structural = bool(act.effect.opens or act.effect.closes or act.effect.unit)
        recorded = max(when_recorded(rng, at), floor if structural else born)
        right = Version(at, recorded, act.fact, act.effect, ambiguous)
        versions = _versions(rng, act, right, previous)
        if structural:
            floor = max(floor, versions[-1].recorded)
        if not found:
            born = recorded
        found.append(Step(act.step, versions))
        previous = at
    return found


def when_recorded(rng: Random, at: datetime) -> datetime:
    """When something that happened at `at` is recorded: soon, or days late."""
    if rng.random() < model.CHANCES["late"]:
        return at + timedelta(seconds=int(86_400 * min(30.0, 1 + rng.expovariate(1 / 4))))
    return at + timedelta(seconds=int(rng.random() * rng.random() * 900))


def _versions(rng: Random, act: Act, right: Version, previous: datetime) -> list[Version]:
    if act.step == MISTAKE:
        undone = right.recorded + timedelta(hours=4 + rng.randrange(30))
        return [right, right._replace(recorded=undone, retracted=True, reason="registered_by_mistake")]
    if rng.random() > model.CHANCES["corrected"] or act.step == "transferred":
        return [right]
    wrong = _wrong(rng, act, right, previous)
    if (wrong.at, wrong.fact) == (right.at, right.fact):
        return [right]
    mended = right.recorded + timedelta(minutes=60 + int(rng.expovariate(1 / 3600)))
    return [wrong._replace(reason=None), right._replace(recorded=mended, reason=wrong.reason)]


def _wrong(rng: Random, act: Act, right: Version, previous: datetime) -> Version:
    """The first, wrong version; its `reason` is that of the correction to come."""
    fact = act.fact
    if isinstance(fact, c.Opening) and rng.random() < 0.7:
        return _wrong_opening(rng, fact, right)
    if isinstance(fact, c.CaseClosed) and rng.random() < 0.6:
        other, effect = steps.other_reason(fact)
        return right._replace(fact=other, effect=effect, reason="wrong_code")
    if isinstance(fact, c.Decided) and fact.service_follows:
        other = msgspec.structs.replace(fact, service_follows=False, service_type=None)
        return right._replace(
            fact=other, effect=right.effect._replace(enters="decision"), reason="wrong_code"
        )
    early = max(previous + SECOND, right.at - timedelta(seconds=60 + rng.randrange(40_000)))
    return right._replace(at=early, ambiguous=False, reason="wrong_time")


def _wrong_opening(rng: Random, fact: c.Opening, right: Version) -> Version:
    if rng.random() < 0.5:
        unit = rng.choice(model.NEIGHBOURS[fact.unit])
        return right._replace(
            fact=msgspec.structs.replace(fact, unit=unit),
            effect=right.effect._replace(unit=unit),
            reason="wrong_unit",
        )
    other = msgspec.structs.replace(fact, case_type="other", law="other")
    return right._replace(fact=other, reason="wrong_code")


def _void(rng: Random, registered: list[Step]) -> list[Step]:
    """A case that never was: registered, worked on a little, then every fact taken back at one moment."""
    kept = registered[: 1 + rng.randrange(3)]
    undone = max(v.recorded for step in kept for v in step.versions) + timedelta(hours=1 + rng.randrange(100))
    for step in kept:
        last = step.versions[-1]
        step.versions.append(last._replace(recorded=undone, retracted=True, reason="registered_by_mistake"))
    return kept


def _conflict(step: Step) -> None:
    """Two reasons for one closing, recorded in the same second; the caller finds out which one holds."""
    last = step.versions[-1]
    if isinstance(last.fact, c.CaseClosed):
        fact, effect = steps.other_reason(last.fact)
        step.versions.append(last._replace(fact=fact, effect=effect))


def _closed_before_opened(rng: Random, acts: list[Act]) -> list[Act]:
    doing = steps.STEPS["close_done"]
    before = acts[0].at - timedelta(hours=20 + rng.randrange(60))
    return [acts[0], Act(before, "close_done", doing.say(rng, before.date()), doing.effect)]


def _opening_missing(rng: Random, acts: list[Act]) -> list[Act]:
    """The opening was never told: the next event opens the case, where it can."""
    first, unit = acts[1], acts[0].effect.unit
    if first.effect.closes or first.step == "transferred":
        return acts
    opens = "own_initiative" if first.step == "open_investigation" else ""
    fact = msgspec.structs.replace(first.fact, unit=unit)
    return [first._replace(fact=fact, effect=first.effect._replace(opens=opens, unit=unit)), *acts[2:]]


def _event_after_close(rng: Random, acts: list[Act]) -> list[Act]:
    after = office_time(rng, acts[-1].at + timedelta(days=2 + rng.randrange(15)), acts[-1].at)
    doing = steps.STEPS["follow_up"]
    return [*acts, Act(after, "follow_up", doing.say(rng, after.date()), doing.effect)]


def _closed_by_mistake(rng: Random, acts: list[Act]) -> list[Act]:
    """Somebody closes the case while it waits, and takes it back within days."""
    doing = steps.STEPS["close_other"]
    for index, (before, after) in enumerate(pairwise(acts), 1):
        if not before.effect.closes and after.at - before.at > timedelta(days=8):
            at = office_time(rng, before.at + timedelta(days=1), before.at)
            return [*acts[:index], Act(at, MISTAKE, doing.say(rng, at.date()), doing.effect), *acts[index:]]
    return acts


_CHANGED: Final[dict[str, Callable[[Random, list[Act]], list[Act]]]] = {
    "closed_before_opened": _closed_before_opened,
    "opening_missing": _opening_missing,
    "event_after_close": _event_after_close,
    "closed_by_mistake": _closed_by_mistake,
}
