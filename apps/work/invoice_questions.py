"""The questions of invoice control, each one click. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from apps import wording
from apps.wording import say
from apps.work.invoice_row import amount, off


@dataclass(frozen=True)
class Question:
    """code: in the address (`visa`). question: for the query, and the column of its count."""

    code: str
    question: str

    @property
    def name(self) -> str:
        """What it is called on screens."""
        return say("i_" + self.question)


QUESTIONS: Final = (
    Question("granska", "to_review"),
    Question("alla", "all"),
    Question("oppna", "open"),
    Question("ifragasatta", "disputed"),
    Question("krediterade", "credited"),
    Question("godkanda", "accepted"),
    Question("oberaknade", "not_computed"),
)


def asked(code: str) -> Question:
    """The question of an address; what is to be reviewed where it names none."""
    return next((question for question in QUESTIONS if question.code == code), QUESTIONS[0])


def answer(question: Question, counts: Mapping[str, Any]) -> str:
    """The answer as a sentence, with what the lines charge and how far that is from the computed."""
    count = int(counts[question.question])
    told = say("i_answer_" + question.question, what=_lines(count))
    if not count:
        return told
    charged = amount(counts["charged_kr"], 0)
    if not counts["compared"]:
        return say("i_sum", told=told, kr=charged)
    return say("i_sums", told=told, kr=charged, off=off(counts["off_kr"], 0))


def _lines(count: int) -> str:
    if count == 0:
        return say("no_line")
    return say("one_line") if count == 1 else say("many_lines", n=wording.number(count))
