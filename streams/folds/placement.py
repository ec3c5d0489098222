"""The life of an external placement. Pure: facts in order in, one row out, never an error.

Care days, prices and stays are counted in local calendar days. A span is a stretch of days with one provider,
form of care and price; spans are contiguous and half-open, under the rule "start day in, end day out".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from schemas import placements as p
from schemas.envelope import Fact
from streams.folds.days import DAY_MICROS, STILL, STILL_DAY, columns, day_number
from streams.history import Living

UNKNOWN: Final = "unknown"
LEAST_KR: Final = 100
MOST_KR: Final = 50_000
"""Of a day: what is cheaper is told in thousands, what is dearer is a month's."""


class PlacementRow(NamedTuple):
    """Columns of table `placements` after the key; `__` stands for the dot of an array. Days are counted
    since 1970.
    """

    person: str
    sex: str
    age_band: str
    law: str
    unit: str
    care_form: str
    target_group: str
    tender_area: str
    main_cause: str
    provider: str
    framework: str
    award_reason: str
    started_at: int | None
    ended_at: int | None
    start_on: int | None
    end_on: int | None
    planned_until_on: int | None
    end_reason: str
    extensions: int
    stays__from: list[int]
    stays__until: list[int]
    stays__provider: list[str]
    stays__care_form: list[str]
    moves__at: list[int]
    moves__on: list[int]
    moves__from_provider: list[str]
    moves__to_provider: list[str]
    moves__cause: list[str]
    moves__planned: list[str]
    spans__from_on: list[int]
    spans__until_on: list[int]
    spans__provider: list[str]
    spans__care_form: list[str]
    spans__daily_kr: list[float | None]
    spans__extra_kr: list[float | None]
    flaws: list[str]
    events: int


class _Price(NamedTuple):
    from_on: int
    daily_kr: float
    extra_kr: float


class _Stay(NamedTuple):
    at: int
    on: int
    provider: str
    care_form: str


class _Placement:
    """A placement while its facts are told in order."""

    __slots__ = (
        "about", "award_reason", "end_on", "end_reason", "ended_at", "extensions", "flaws", "moves",
        "planned_until_on", "prices", "started_at", "stays",
    )  # fmt: skip

    def __init__(self) -> None:
        self.about: p.PlacementStarted | None = None
        self.started_at: int | None = None
        self.ended_at: int | None = None
        self.end_on: int | None = None
        self.end_reason = ""
        self.award_reason = ""
        self.planned_until_on: int | None = None
        self.extensions = 0
        self.stays: list[_Stay] = []
        self.moves: list[tuple[int, int, str, str, str, str]] = []
        self.prices: list[_Price] = []
        self.flaws: set[str] = set()

    def see_day(self, at: int, on: date) -> int:
        """The day's number; flawed where no zone on earth has that day at that instant."""
        day = day_number(on)
        if not -1 <= day - at // DAY_MICROS <= 1:
            self.flaws.add("day_not_of_time")
        return day


def _started(it: _Placement, at: int, fact: p.PlacementStarted) -> None:
    if it.about is not None:
        it.flaws.add("started_twice")
        return
    if it.moves:
        it.flaws.add("moved_before_start")
    it.about, it.started_at = fact, at
    it.planned_until_on = day_number(fact.planned_until_on) if fact.planned_until_on else None
    it.stays = [_Stay(at, it.see_day(at, fact.on), fact.provider, fact.care_form)]


def _moved(it: _Placement, at: int, fact: p.PlacementMoved) -> None:
    here = it.stays[-1] if it.stays else None
    left = fact.from_provider or (here.provider if here else UNKNOWN)
    if here and fact.from_provider and fact.from_provider != here.provider:
        it.flaws.add("moved_from_other_provider")
    on = it.see_day(at, fact.on)
    planned = UNKNOWN if fact.planned is None else "yes" if fact.planned else "no"
    it.moves.append((at, on, left, fact.to_provider, fact.cause, planned))
    if here:
        care_form = fact.care_form or here.care_form
        it.stays.append(_Stay(at, max(on, here.on), fact.to_provider, care_form))


def _extended(it: _Placement, at: int, fact: p.PlacementExtended) -> None:
    until = day_number(fact.planned_until_on)
    if it.planned_until_on is not None and until < it.planned_until_on:
        it.flaws.add("extended_backwards")
    it.planned_until_on = until
    it.extensions += 1


def _ended(it: _Placement, at: int, fact: p.PlacementEnded) -> None:
    it.ended_at, it.end_on, it.end_reason = at, it.see_day(at, fact.on), fact.reason


def _priced(it: _Placement, at: int, fact: p.PriceSet) -> None:
    if fact.daily_price_kr == 0:
        it.flaws.add("price_zero")
    elif not LEAST_KR <= fact.daily_price_kr <= MOST_KR:
        it.flaws.add("price_unlikely")
    it.prices.append(_Price(day_number(fact.from_on), fact.daily_price_kr, fact.extra_kr))


def _justified(it: _Placement, at: int, fact: p.DirectAwardJustified) -> None:
    it.award_reason = fact.reason


def _unchanged(it: _Placement, at: int, fact: Fact) -> None:
    """Nothing that the row tells changes, but a clock."""


_STEPS: Final[dict[type, Callable[[_Placement, int, Any], None]]] = {
    p.CustodyTransferConsidered: _unchanged,
    p.PlacementStarted: _started,
    p.PlacementMoved: _moved,
    p.PlacementExtended: _extended,
    p.PlacementEnded: _ended,
    p.PriceSet: _priced,
    p.DirectAwardJustified: _justified,
}
_AT_ANY_TIME: Final = (p.PriceSet, p.DirectAwardJustified)
"""What may be told before the placement starts or after it has ended."""


def fold(facts: Sequence[Living]) -> PlacementRow:
    """The row of a placement from its living facts in order. An empty history gives an empty row (void)."""
    it = _Placement()
    for living in facts:
        it.flaws.update(living.flaws)
        _tell(it, living.occurred_at, living.fact)
    _judge(it)
    return _row(it, len(facts))


def _tell(it: _Placement, at: int, fact: Fact) -> None:
    if it.ended_at is not None and not isinstance(fact, _AT_ANY_TIME):
        it.flaws.add("event_after_end" if it.about else "ended_before_started")
        if it.about:
            return
    _STEPS[type(fact)](it, at, fact)


def _judge(it: _Placement) -> None:
    """Flaws that only the whole history tells."""
    if it.about is None:
        if it.ended_at is not None or it.prices or it.extensions or it.award_reason:
            it.flaws.add("never_started")  # a move alone is a flow of people whom nobody names
        return
    if it.end_on is not None and it.end_on < it.stays[0].on:
        it.flaws.add("ended_before_started")
    _judge_prices(it)


def _judge_prices(it: _Placement) -> None:
    told = [price.from_on for price in it.prices]
    if told != sorted(told):
        it.flaws.add("price_set_backwards")
    if not told or min(told) > it.stays[0].on:
        it.flaws.add("price_missing")


def _row(it: _Placement, events: int) -> PlacementRow:
    about = it.about
    impossible = "ended_before_started" in it.flaws
    if impossible:
        it.stays = []
    last = it.stays[-1] if it.stays else None
    start_on = it.stays[0].on if it.stays else None
    return PlacementRow._make((
        about.person or "" if about else "",
        about.sex if about else UNKNOWN,
        about.age_band if about else UNKNOWN,
        about.law if about else "other",
        about.unit or UNKNOWN if about else UNKNOWN,
        last.care_form if last else about.care_form if about else UNKNOWN,
        about.target_group if about else UNKNOWN,
        about.tender_area if about else UNKNOWN,
        about.main_cause if about else UNKNOWN,
        last.provider if last else about.provider if about else UNKNOWN,
        about.framework or "" if about else "",
        it.award_reason,
        None if impossible else it.started_at,
        None if impossible or not about else it.ended_at,
        start_on,
        it.end_on if it.stays else None,
        it.planned_until_on,
        it.end_reason,
        it.extensions,
        *columns(_stays(it), 4),
        *columns(it.moves, 6),
        *columns(_spans(it), 6),
        sorted(it.flaws),
        events,
    ))  # fmt: skip


def _stays(it: _Placement) -> list[tuple[int, int, str, str]]:
    """(from, until, provider, form of care), half-open instants."""
    ends = [*(stay.at for stay in it.stays[1:]), STILL if it.ended_at is None else it.ended_at]
    return [(s.at, end, s.provider, s.care_form) for s, end in zip(it.stays, ends, strict=False)]


def _spans(it: _Placement) -> list[tuple[int, int, str, str, float | None, float | None]]:
    """Days cut wherever stay or price changes. A placement that ends on its first day has one empty span; so
    has a price that begins on the day of the end, which is a care day where the last day counts.
    """
    if not it.stays:
        return []
    first, end = it.stays[0].on, STILL_DAY if it.end_on is None else it.end_on
    steps = sorted(it.prices, key=lambda price: price.from_on)  # of one day the last told counts: stable
    marks = {stay.on for stay in it.stays} | {price.from_on for price in steps}
    starts = sorted({first} | {day for day in marks if first < day < end} | _on_last_day(it, steps))
    return [
        (start, until, *_there(it.stays, start), *_price_on(steps, start))
        for start, until in zip(starts, [*starts[1:], end], strict=True)
    ]


def _on_last_day(it: _Placement, steps: Sequence[_Price]) -> set[int]:
    """The day of the end where a price begins on it."""
    return {price.from_on for price in steps if price.from_on == it.end_on}


def _there(stays: Sequence[_Stay], day: int) -> tuple[str, str]:
    """Provider and form of care on a day: of several stays that begin on it, the last."""
    stay = [stay for stay in stays if stay.on <= day][-1]
    return stay.provider, stay.care_form


def _price_on(steps: Sequence[_Price], day: int) -> tuple[float | None, float | None]:
    valid = [price for price in steps if price.from_on <= day]
    return (valid[-1].daily_kr, valid[-1].extra_kr) if valid else (None, None)
