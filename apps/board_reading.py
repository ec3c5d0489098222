"""What a committee page reads of the published layer: its figures, and those that were shown at a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from apps.boards import Board
from apps.choice import Choice, Kind
from schemas.calendar import end_of_day, midnight
from schemas.municipality import municipality
from warehouse import published
from warehouse.causes import Revision
from warehouse.published import Figure, Reader

OVER: Final[tuple[Kind, ...]] = ("week", "month", "year")
"""Kinds of period that some sections of a committee page are shown over, whatever is chosen."""
KINDS: Final[tuple[Kind, ...]] = ("month", "quarter", "year")


def today(code: str, choice: Choice | None = None) -> date:
    """The municipality's own day now, or the day as of which the page is shown."""
    shown_on = choice.shown_on if choice else None
    return shown_on or datetime.now(municipality(code).zone).date()


def known_at(code: str, choice: Choice) -> datetime | None:
    """The instant as of which the page is shown: the end of its day; None for what is shown now."""
    return end_of_day(choice.shown_on, municipality(code).zone) if choice.shown_on else None


def figures(
    store: Reader, code: str, board: Board, choice: Choice, aimed: Sequence[str]
) -> tuple[Figure, ...]:
    """Figures of the page's period, of the one compared with, and the totals of all. aimed: metrics that have
    a target, where the page shows them: of each kind of period, for a target may be for another.
    """
    on = [period.first for period in (choice.period, choice.against) if period]
    metrics, whole = tuple(dict.fromkeys((*board.metrics, *aimed))), ("", *board.where)
    then, day = known_at(code, choice), today(code, choice)
    found = published.of_periods(store, code, metrics, choice.period.kind, on, whole=whole, known_at=then)
    for kind in OVER:
        other = choice.period.within(kind, day)
        if other != choice.period and board.over(kind):
            on = [each.first for each in (other, other.before(choice.compare)) if each]
            found += published.of_periods(store, code, board.over(kind), kind, on, whole=whole, known_at=then)
    for kind in KINDS if aimed else ():
        if kind != choice.period.kind:
            on = [choice.period.within(kind, day).first]
            found += published.of_periods(store, code, aimed, kind, on, whole=(), known_at=then)
    return tuple(found)


def before(
    store: Reader, code: str, board: Board, choice: Choice, met: tuple[date, Sequence[str]]
) -> tuple[Figure, ...]:
    """Figures of the page's period as they were shown when the day of a meeting began. met: that day, and
    metrics that have a target, where the page shows them.
    """
    met_on, aimed = met
    metrics = tuple(dict.fromkeys((*board.since_meeting, *aimed)))
    began = midnight(met_on, municipality(code).zone)
    kind, on = choice.period.kind, [choice.period.first]
    return tuple(published.of_periods(store, code, metrics, kind, on, whole=(), known_at=began))


def revised(
    store: Reader,
    code: str,
    choice: Choice,
    metrics: Sequence[str],
    between: tuple[datetime, datetime | None],
) -> dict[tuple[str, str, date], list[Revision]]:
    """What changed the committee's figures of the page's period after an instant, until another or now."""
    about = {(metric, choice.period.kind, choice.period.first) for metric in metrics}
    return published.revisions(store, code, "committee", about, between)
