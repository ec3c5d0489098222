"""`./puls figures`: a metric's values at any instant or period, as computed now, as screens show them, or
showed them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from schemas.calendar import PERIODS, end_of_day, from_local, local_day, midnight
from schemas.errors import BadEvent, Misconfigured
from schemas.municipality import Municipality, municipality
from schemas.settings import Settings
from warehouse.causes import STEP, Sum
from warehouse.client import Warehouse, connect
from warehouse.contracts import Contract, contract
from warehouse.explained import Explained, explained
from warehouse.figures import EVER, Row, as_things_stand, at_instants, in_period, over_spans
from warehouse.movement import movements, settled_after, shown_series
from warehouse.published import Figure, revisions, shown

MOST_COLUMNS: Final = 8


@dataclass(frozen=True)
class Question:
    """What is asked: metric, municipality, dimensions; an instant or a period; computed, published, or
    known then. period: a kind, of published figures; those are told that begin in [since, until). explain:
    beside what was known then also what is shown now, and why it is another.
    """

    metric: str
    municipality: str
    by: tuple[str, ...] = ()
    at: str = ""
    since: str = ""
    until: str = ""
    published: bool = False
    known_at: str = ""
    period: str = ""
    explain: bool = False

    @property
    def dimensions(self) -> tuple[str, ...]:
        """`--by unit --by stage` and `--by unit,stage` ask the same."""
        return tuple(name.strip() for part in self.by for name in part.split(",") if name.strip())


def show(settings: Settings, question: Question, as_json: bool) -> None:
    """Print the answer: a JSON list of {dimensions…, value, n, state}, or a table for a person."""
    answers = answer(connect(settings), question, datetime.now(UTC))
    if as_json:
        print(json.dumps(answers, ensure_ascii=False, indent=1))
        return
    _print(contract(question.metric), answers)


def show_movement(settings: Settings, metric: str, code: str, as_json: bool) -> None:
    """Print how far the metric's figures moved after they were first shown complete, and what that says of
    how long they are preliminary.
    """
    rows = movement(connect(settings), metric, code)
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    _print(contract(metric), rows)


def movement(warehouse: Warehouse, metric: str, code: str) -> list[dict[str, Any]]:
    """By kind of period and days after it was first shown complete. settled_after_days: what its limit should
    be by that, None while nothing was followed for long enough; preliminary_days: what it is.
    """
    asked, place = contract(metric), municipality(code)
    if not asked.publish:
        raise Misconfigured(f"{asked.name} is not published: there is nothing to follow")
    series = shown_series(warehouse, asked, place)
    settled, limit = settled_after(series), place.preliminary_days.get(asked.name, 0)
    return [
        each._asdict() | {"settled_after_days": settled[each.period], "preliminary_days": limit}
        for each in movements(series)
    ]


def answer(warehouse: Warehouse, question: Question, now: datetime) -> list[dict[str, Any]]:
    """Rows of the answer; without dimensions exactly one. Misconfigured for an unknown metric, dimension
    or time.
    """
    asked, place = contract(question.metric), municipality(question.municipality)
    if question.explain and not question.known_at:
        raise Misconfigured("--explain tells what has changed since --known-at: give that too")
    if question.published or question.known_at:
        return _published(warehouse, asked, place, question)
    if question.period:
        raise Misconfigured(
            "--period asks for what is published: add --published, or give --since and --until"
        )
    if asked.kind == "instant":
        if question.since or question.until:
            raise Misconfigured(f"{asked.name} is a figure at an instant: give --at, not --since or --until")
        if asked.timeless and not question.at:
            rows = as_things_stand(warehouse, asked, place.code, question.dimensions)
        else:
            instant = _instant(question.at, place) if question.at else now
            rows = at_instants(warehouse, asked, place.code, [instant], question.dimensions)
    else:
        if question.at:
            raise Misconfigured(f"{asked.name} is a figure over a period: give --since and --until, not --at")
        span = (
            _instant(question.since, place) if question.since else EVER[0],
            _instant(question.until, place) if question.until else EVER[1],
        )
        if span[0] >= span[1]:
            raise Misconfigured("--since must lie before --until")
        rows = _over(warehouse, asked, place, span, question.dimensions, now)
    rows = [_of_enough(row, asked) for row in rows]
    return [_computed(row) for row in sorted(rows, key=lambda row: tuple(row.dimensions.values()))]


def _over(
    warehouse: Warehouse,
    asked: Contract,
    place: Municipality,
    span: tuple[datetime, datetime],
    by: tuple[str, ...],
    now: datetime,
) -> list[Row]:
    """Over the period; a metric of whole days takes those that the instants lie in."""
    if asked.kind == "period":
        return in_period(warehouse, asked, place.code, span, by)
    first, until = (local_day(instant, place.zone) for instant in span)
    return over_spans(warehouse, asked, place.code, [(first, until)], local_day(now, place.zone), by)


def _of_enough(row: Row, asked: Contract) -> Row:
    """The row, without its number where fewer stand behind it than the metric itself demands (T11)."""
    return row._replace(value=None, mark="suppressed") if 0 < row.n < asked.least else row


def _computed(row: Row) -> dict[str, Any]:
    interval = {} if row.lower is None else {"lower": row.lower, "upper": row.upper}
    return {**row.dimensions, "value": _number(row.value), "n": row.n, "state": row.state} | interval


def _published(
    warehouse: Warehouse, asked: Contract, place: Municipality, question: Question
) -> list[dict[str, Any]]:
    if question.at:
        raise Misconfigured(
            "--at asks what is computed, not what is shown: give --known-at for what screens showed then,"
            " or --since and --until for the days that they show"
        )
    known_at = _known(question.known_at, place) if question.known_at else None
    grain = set(question.dimensions)
    days = _days(question, place)
    figures = shown(warehouse, place.code, [asked.name], audience=asked.audience, known_at=known_at)
    asked_for = [figure for figure in figures if figure.dimensions.keys() == grain]
    found = _of_period(asked_for, question.period, days)
    if not found:
        _refuse_unpublished(asked, grain, question.period, days)
    if question.explain and known_at:
        return _explained(warehouse, asked, place, found, known_at)
    return [_told(figure) for figure in found]


def _explained(
    warehouse: Warehouse, asked: Contract, place: Municipality, found: list[Figure], known_at: datetime
) -> list[dict[str, Any]]:
    now = {
        (figure.period, figure.period_on, frozenset(figure.dimensions.items())): figure
        for figure in shown(warehouse, place.code, [asked.name], audience=asked.audience)
    }
    about = {(asked.name, figure.period, figure.period_on) for figure in found}
    revised = revisions(warehouse, place.code, asked.audience, about, (known_at, None))
    rows = []
    for then in found:
        today = now.get((then.period, then.period_on, frozenset(then.dimensions.items())))
        between = revised.get((asked.name, then.period, then.period_on), [])
        rows.append(_told(then) | _since(today, explained(then, today, between, place.zone)))
    return rows


def _since(today: Figure | None, found: Explained) -> dict[str, Any]:
    """What stands there now, and why it is another."""
    return {
        "value_now": _number(today.value) if today else None, "state_now": today.state if today else "gone",
        "why": found.why, "corrections": _count(found.corrections), "late": _count(found.late),
    }  # fmt: skip


def _count(events: Sum) -> int | str:
    """How many events, to the nearest five of each run; few of them are no number."""
    few = f"<{STEP}" if events.few == 1 else "few"
    return f">{events.known}" if events.known and events.few else few if events.few else events.known


def _refuse_unpublished(asked: Contract, grain: set[str], period: str, days: Span) -> None:
    """Misconfigured where no run can ever show it, so that an empty answer means: not yet."""
    unknown = grain - set(asked.dimensions)
    if unknown:
        raise Misconfigured(
            f"{asked.name} has no dimension {', '.join(sorted(unknown))};"
            f" it has {', '.join(asked.dimensions) or 'none'}"
        )
    if not asked.publish:
        raise Misconfigured(f"{asked.name} is not published; leave --published out to have it computed")
    if grain not in [set(one.by) for one in asked.publish]:
        grains = dict.fromkeys(" and ".join(one.by) for one in asked.publish if one.by)
        raise Misconfigured(
            f"{asked.name} is not published by {' and '.join(sorted(grain)) or 'nothing'};"
            f" it is by {', '.join(grains) or 'nothing'}"
        )
    kinds = dict.fromkeys(one.period for one in asked.publish if set(one.by) == grain)
    wanted = (period,) if period else ("day",) if days else ("now", "day")
    if kinds.keys().isdisjoint(wanted):
        others = ", ".join(kind for kind in (*PERIODS, "day") if kind in kinds)
        what = f"give --period {others}" if others else "leave --period, --since and --until out"
        raise Misconfigured(f"{asked.name} is not published by {' or '.join(wanted)}; {what}")


def _told(figure: Figure) -> dict[str, Any]:
    first = {} if figure.period == "now" else {figure.period: figure.period_on.isoformat()}
    return {
        **figure.dimensions, **first, "value": _number(figure.value), "n": figure.n,
        "state": "held" if figure.held else figure.state, "lower": figure.lower, "upper": figure.upper,
        "as_of": figure.as_of.isoformat(), "known_at": figure.known_at.isoformat(),
        "version": figure.metric_version,
    }  # fmt: skip


def _of_period(figures: list[Figure], period: str, days: Span) -> list[Figure]:
    """Those of the asked kind of period, else days, that begin in the asked days; without these the newest,
    where no kind is asked for either the figures of now, if the metric has any.
    """
    of_kind = [figure for figure in figures if figure.period == (period or "day")]
    if days is not None:
        return [figure for figure in of_kind if days[0] <= figure.period_on < days[1]]
    now = [figure for figure in figures if figure.period == "now" and not period]
    newest = max((figure.period_on for figure in of_kind), default=None)
    return now or [figure for figure in of_kind if figure.period_on == newest]


Span = tuple[date, date] | None


def _days(question: Question, place: Municipality) -> Span:
    if not (question.since or question.until):
        return None
    since = _instant(question.since, place) if question.since else EVER[0]
    until = _instant(question.until, place) if question.until else EVER[1]
    if since >= until:
        raise Misconfigured("--since must lie before --until")
    return since.astimezone(place.zone).date(), until.astimezone(place.zone).date()


def _instant(text: str, place: Municipality) -> datetime:
    """An instant with offset, or a local day or time in the municipality's zone. Misconfigured also for one
    that the store cannot hold: what is open for ever would look closed then.
    """
    try:
        instant = _read(text, place)
    except OverflowError:
        instant = None
    except ValueError as error:
        raise Misconfigured(f"{text!r} is no time: write 2026-11-22 or 2026-11-22T16:05+01:00") from error
    except BadEvent as error:
        raise Misconfigured(
            f"{text!r} does not exist in {place.time_zone}, where clocks go forward then:"
            " write another time, or one with its offset"
        ) from error
    if instant is None or not EVER[0] <= instant <= EVER[1]:
        raise Misconfigured(f"{text!r} is out of range: the hub holds the years 1900 to 2298")
    return instant


def _known(text: str, place: Municipality) -> datetime:
    """The instant of what was shown; of a day alone its last one, as the committee's pages take it."""
    instant = _instant(text, place)
    return end_of_day(local_day(instant, place.zone), place.zone) if len(text) == len(_DAY) else instant


_DAY: Final = "2026-11-22"


def _read(text: str, place: Municipality) -> datetime:
    if len(text) == len(_DAY):
        return midnight(date.fromisoformat(text), place.zone)
    told = datetime.fromisoformat(text)
    return from_local(told, place.zone)[0] if told.tzinfo is None else told.astimezone(UTC)


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point; nothing is rounded."""
    return int(value) if value is not None and value.is_integer() else value


_TITLES: Final = {"value": "value", "n": "n", "state": "state"}


def _print(asked: Contract, answers: Sequence[dict[str, Any]]) -> None:
    """A table; answers of many parts stand below each other, where a table would cut every word."""
    title = f"{asked.title_sv} ({asked.unit})"
    if answers and len(answers[0]) > MOST_COLUMNS:
        print(title)
        for row in answers:
            print("\n".join(lines(row)), end="\n\n")
        print(asked.definition)
        return
    table = Table(title=title, caption=asked.definition)
    for name in answers[0] if answers else _TITLES:
        table.add_column(name)
    for row in answers:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console().print(table)


def lines(row: Mapping[str, Any]) -> list[str]:
    """An answer for a person, part by part. Pure."""
    wide = max(map(len, row))
    return [f"{name:<{wide}}  {'' if value is None else value}".rstrip() for name, value in row.items()]
