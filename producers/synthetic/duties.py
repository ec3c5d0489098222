"""What is done in a case because the law counts time to it, beside the case's own path, with dice of its own:
the paths stay as they are, and a case is told in the same way whatever is done beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from msgspec.structs import replace

from producers.synthetic.course import CHANCES, PLACED, Course, Happened, course_of
from producers.synthetic.duties_of_care import considered, custody, follow_up_ended
from producers.synthetic.duties_of_cases import (
    assessment_extended,
    decision_requested,
    delayed,
    met,
    opened_at_once,
    reporter_informed,
    supported,
    young_assessed,
)
from producers.synthetic.life import Act, pick
from producers.synthetic.model import CaseType
from producers.synthetic.registering import SECOND, Step, Version, when_recorded
from schemas import cases as c
from schemas.codes import AgeBand, Sex

_DUTIES: Final[tuple[Callable[[Course], Iterator[Happened]], ...]] = (
    young_assessed, opened_at_once, assessment_extended, reporter_informed, delayed, decision_requested,
    supported, met, custody, considered, follow_up_ended,
)  # fmt: skip
ASKED_FROM: Final = date(2026, 1, 1)  # reports: the law says it of those assessed from 15 January on
_QUIET: Final = ("on_call", "desk")  # contacts that end within the hour
_TAIL: Final = timedelta(days=60)  # before the end of the time that every case has ended in


class Who(NamedTuple):
    """Somebody invented whom several cases concern."""

    person: str
    sex: Sex
    age_band: AgeBand


def retold(dice: Random, kind: CaseType, acts: Sequence[Act], who: Who | None = None) -> list[Act]:
    """The acts with whom they concern, what is granted in care, and whether who reported wants to be told."""
    told = list(acts)
    first = told[0].fact
    if isinstance(first, c.ReportReceived) and kind.path not in _QUIET and told[0].at.date() >= ASKED_FROM:
        first = replace(first, reporter_asks=dice.random() < CHANCES["reporter_asks"])
    if who and isinstance(first, c.Opening):
        first = replace(first, person=who.person, sex=who.sex, age_band=who.age_band)
    told[0] = told[0]._replace(fact=first)
    for number, act in enumerate(told):
        if kind.code in PLACED and isinstance(act.fact, c.Decided) and act.fact.service_follows:
            service = pick(dice, PLACED[kind.code])
            told[number] = act._replace(fact=replace(act.fact, service_type=service))
    return told


def beside(dice: Random, kind: CaseType, steps: Sequence[Step]) -> list[Step]:
    """What is done beside the path of a case, as steps with one version each."""
    course = None if kind.path in _QUIET else course_of(dice, kind, steps)
    if course is None:
        return []
    last = course.told[0].at + timedelta(days=kind.lookback) - _TAIL
    taken = {version.at for step in steps for version in step.versions}
    born = steps[0].versions[0].recorded
    found: list[Step] = []
    for each in sorted(_done(course), key=lambda it: it.at):
        at = each.at
        while at in taken:
            at += SECOND
        taken.add(at)
        if at < last:
            version = Version(at, max(when_recorded(dice, at), born), each.fact, each.effect)
            found.append(Step(each.step, [version]))
    return found


def _done(course: Course) -> Iterator[Happened]:
    for duty in _DUTIES:
        yield from duty(course)
