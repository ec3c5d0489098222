"""The questions of the assistance view, each one click, and their answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from apps import wording
from apps.wording import say


@dataclass(frozen=True)
class Question:
    """code: in the address (`visa`). question: for the query, and the column of its count; lists: cases that
    are found by a query of their own.
    """

    code: str
    question: str
    lists: bool = False

    @property
    def name(self) -> str:
        """What it is called on screens."""
        return say("m_" + self.question)


QUESTIONS: Final = (
    Question("alla", "all"),
    Question("over", "over"),
    Question("under", "under"),
    Question("kandidat", "candidates"),
    Question("forlust", "loss"),
    Question("ytterfall", "outliers"),
    Question("halverad", "halved", lists=True),
    Question("avrakning", "overdue", lists=True),
)


def asked(code: str) -> Question:
    """The question of an address; every case where it names none."""
    return next((question for question in QUESTIONS if question.code == code), QUESTIONS[0])


def counted(row: Mapping[str, Any]) -> dict[str, Any]:
    """How many cases each question has, and the units and payers to choose among: of a row that has them."""
    counts = {each.question: row[f"n_{each.question}"] for each in QUESTIONS if not each.lists}
    return counts | {"units": row["all_units"], "payers": row["all_payers"]}


def answer(question: Question, counts: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    return say("m_answer_" + question.question, what=cases(int(counts[question.question])))


def cases(count: int) -> str:
    """`14 ärenden`, `1 ärende`, `Inget ärende`."""
    if count == 0:
        return say("no_case")
    return say("one_case") if count == 1 else say("many_cases", n=wording.number(count))
