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


def sections(view: View) -> list[Made]:
    """Every section of the page, in order; without an official table no comparison with one."""
    wanted = [each for each in view.board.sections if each.official is None or newest(view, each.official)]
    return [FORMS[section.form](view, section) for section in wanted]
