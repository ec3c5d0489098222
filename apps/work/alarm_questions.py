"""The questions of the alarms' work view, and their answers as sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from apps import wording
from apps.wording import say
from apps.work.alarm_row import MINUTE, age
from warehouse.alarmed import LIMIT_S

LIMIT_MIN: Final = LIMIT_S // MINUTE


@dataclass(frozen=True)
class Question:
    """code: in the address; question: in the query, and the column of its count."""

    code: str
    question: str

    @property
    def name(self) -> str:
        """What it is called on screens."""
        return say("l_" + self.question, minutes=LIMIT_MIN)


QUESTIONS: Final = (
    Question("oppna", "open"),
    Question("okvitterade", "unacknowledged"),
    Question("over", "over"),
    Question("kvitterade", "acknowledged"),
    Question("atgardade", "handled"),
)


def asked(code: str) -> Question:
    """The question of an address; what waits where it names none."""
    return next((question for question in QUESTIONS if question.code == code), QUESTIONS[0])


def answer(question: Question, counts: Mapping[str, Any]) -> str:
    """The answer as a sentence; of what waits, how long the oldest has."""
    count = int(counts[question.question])
    what = say(("no_alarm", "one_alarm")[count]) if count < 2 else say("many_alarms", n=wording.number(count))
    told = say("la_" + question.question, what=what, minutes=LIMIT_MIN)
    if not count or question.question not in ("open", "over"):
        return told
    word = "one" if count == 1 else question.question
    return say("la_longest_" + word, told=told, what=what, age=age(counts["longest_s"]))
