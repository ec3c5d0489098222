"""Which form makes which section. A new form is a function here and its name in `apps.boards.Form`. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from apps.boards import Section
from apps.committee_view import View
from apps.sections.bars import bars
from apps.sections.cards import cards, finding
from apps.sections.crossed import cross, interval
from apps.sections.made import Made
from apps.sections.official import newest, official
from apps.sections.tables import bounds, columns, facts, three
from apps.sections.trend import trend
from apps.wording import say

FORMS: Final[dict[str, Callable[[View, Section], Made]]] = {
    "finding": finding,
    "cards": cards,
    "bars": bars,
    "three": three,
    "cross": cross,
    "columns": columns,
    "facts": facts,
    "bounds": bounds,
    "interval": interval,
    "trend": trend,
    "official": official,
}

TELL_THEIR_PERIODS: Final = ("official", "trend")
"""Forms that say themselves what each of their figures is of."""


def sections(view: View) -> list[Made]:
    """Every section of the page, in order; without an official table no comparison with one."""
    wanted = [each for each in view.board.sections if each.official is None or newest(view, each.official)]
    return [_made(view, section) for section in wanted]


def _made(view: View, section: Section) -> Made:
    """One of another period than the reader's says so, if its tables do not."""
    own = view.of(section)
    made = FORMS[section.form](own, section)
    if own.choice.period == view.choice.period or section.form in TELL_THEIR_PERIODS:
        return made
    key = "of_period_so_far" if view.is_going_on(own.choice.period) else f"of_{section.over}"
    return made._replace(answer=f"{say(key, period=own.choice.period.words)} {made.answer}".strip())
