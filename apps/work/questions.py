"""The questions that the placement coordinator answers in one click, and the parameters of each. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from apps import wording
from apps.wording import say
from apps.work.row import days

Prices = Sequence[float | None]
"""Kronor per day, without what is charged beside it; None where a price is missing."""


@dataclass(frozen=True)
class Question:
    """code: in the address. count: column of how many rows it has; word: its name in the catalogue."""

    code: str
    question: str
    count: str
    word: str
    days: int = -1
    reason: str = ""

    @property
    def name(self) -> str:
        """What it is called on screens."""
        return say(self.word, days=self.days)

    @property
    def parameters(self) -> dict[str, Any]:
        """What the query is told."""
        return {"question": self.question, "days": self.days, "reason": self.reason}


@dataclass(frozen=True)
class Tile:
    """A question, and narrower ones of the same kind."""

    main: Question
    narrower: tuple[Question, ...] = ()


def _waiting(days: int) -> Question:
    return Question(f"vantar-{days}", "waiting", f"waiting_{days}", "q_over", days)


def _expiring(days: int, word: str) -> Question:
    return Question(f"gar-ut-{days}", "expiring", f"expiring_{days}", word, days)


def _outside(code: str, reason: str) -> Question:
    return Question(f"utanfor-{code}", "outside", f"outside_{reason}", f"r_{reason}", reason=reason)


TILES: Final = (
    Tile(Question("alla", "all", "all", "q_all")),
    Tile(Question("saknas", "missing", "missing", "q_missing")),
    Tile(Question("vantar", "waiting", "waiting", "q_waiting"), tuple(map(_waiting, (7, 14, 30)))),
    Tile(_expiring(30, "q_expiring"), (_expiring(60, "q_within"), _expiring(90, "q_within"))),
    Tile(Question("efter-slut", "after_end", "after_end", "q_after_end")),
    Tile(
        Question("utanfor", "outside", "outside", "q_outside"),
        (_outside("fullt", "full"), _outside("behov", "care_needs"), _outside("annat", "other"),
         _outside("saknas", "missing")),
    ),
    Tile(Question("faktura", "invoice", "invoice", "q_invoice")),
)  # fmt: skip
BY_CODE: Final = {q.code: q for tile in TILES for q in (tile.main, *tile.narrower)}


def asked(code: str) -> Question:
    """The question of an address; everybody placed where it names none."""
    return BY_CODE.get(code, TILES[0].main)


def whole_name(question: Question) -> str:
    """Its name where its tile does not stand above it."""
    tile = next(tile for tile in TILES if question in (tile.main, *tile.narrower))
    names = [tile.main.name, question.name] if question in tile.narrower else [question.name]
    return ", ".join(names)


def placements(count: int) -> str:
    """`34 placeringar`, `1 placering`, `Ingen placering`."""
    if count == 0:
        return say("no_placement")
    return say("one_placement") if count == 1 else say("many_placements", n=wording.number(count))


def answer(question: Question, counts: Mapping[str, Any], longest_days: int, prices: Prices) -> str:
    """The answer as a sentence. longest_days: that a row has waited; prices: of the rows."""
    found = int(counts[question.count])
    told = say(_template(question), what=placements(found), days=question.days, reason=question.name)
    if not found or question.question not in ("waiting", "all"):
        return told
    if question.question == "waiting":
        return say("a_longest", told=told, days=days(longest_days))
    persons = counts["persons"]
    many = say("person") if persons == 1 else say("persons", n=wording.number(persons))
    return _priced(say("a_persons", told=told, persons=many), prices)


def _template(question: Question) -> str:
    if question.reason:
        return "a_outside_because"
    return (
        "a_waiting_over" if question.question == "waiting" and question.days > 0 else f"a_{question.question}"
    )


def _priced(told: str, prices: Prices) -> str:
    known = [price for price in prices if price is not None]
    if not known:
        return told
    told = say("a_daily", told=told, kr=wording.number(sum(known)))
    missing = len(prices) - len(known)
    return say("a_unpriced", told=told, n=wording.number(missing)) if missing else told
