"""Decisions that were not carried out in time, by quarter (SoL 34 kap., LSS 28 f–h §§; clocks LC6a–d).

What the law asks for is rows of decisions, never of persons: who a decision is about stays in the warehouse.
A decision belongs to a quarter when it was overdue at some moment of it; what the clocks say is in
`streams/clocks.toml`, so that this module counts no time itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from schemas.calendar import local_day
from schemas.clocks import law
from schemas.codes import ReportTo
from warehouse.disclosure import protect_tables
from warehouse.lines import Grain, Release
from warehouse.privacy import Cell, Key
from warehouse.quarters import Quarter
from warehouse.shown import UNITS, key_of

REPORT: Final = "unexecuted_decisions"
RECEIVERS: Final[tuple[ReportTo, ...]] = ("ivo", "auditors", "council")
STARTS: Final = ("LC6a", "LC6c")
"""Clocks of decisions that were never carried out; the others are of services that were interrupted."""
CLOCKS: Final = (*STARTS, "LC6b", "LC6d")
SEXES: Final = ("woman", "man", "unknown")
_TICK: Final = timedelta(microseconds=1)

_KEY: Final = key_of("splitByChar('/', p.entity)[3]")
_OWN: Final = f"""
    FROM case_clocks AS p
    WHERE p.municipality = {{municipality:String}} AND {UNITS} AND p.clock IN {CLOCKS}"""

DECISIONS: Final = f"""
SELECT p.entity AS entity, {_KEY} AS key, p.clock AS clock, p.rule AS rule, p.unit AS unit, p.about AS about,
       p.reason AS reason, p.sex AS sex, p.started_at AS started_at, p.due_at AS due_at,
       least(p.stopped_at, {{until:DateTime64(6)}}) AS stopped_at,
       least(p.ended_at, {{until:DateTime64(6)}}) AS ended_at
{_OWN} AND p.due_at < {{until:DateTime64(6)}} - INTERVAL 1 MICROSECOND
  AND least(p.stopped_at, p.ended_at) >= {{since:DateTime64(6)}}
  AND least(p.stopped_at, p.ended_at) > p.due_at
ORDER BY started_at, key, clock, about"""
"""Decisions that were overdue at some moment of the quarter, no other: who reads them is told by the log.
`until` stands for what had not happened by then.
"""

HISTORY: Final = f"""
SELECT entity, toString(id) AS fact, recorded_at, body FROM events FINAL
WHERE topic = 'cases' AND municipality = {{municipality:String}}
  AND entity IN (SELECT p.entity {_OWN} AND length({{key:String}}) = 12 AND {_KEY} = {{key:String}})
ORDER BY recorded_at, entity, fact"""
"""Every version of every fact about one decision's case, as it came."""

DELIVERIES: Final = f"""
SELECT `to`, until_on, delivered_at FROM reports FINAL
WHERE void = 0 AND municipality = {{municipality:String}} AND report = '{REPORT}' AND delivered_at IS NOT NULL
ORDER BY until_on, `to`"""
"""Which quarters' reports were delivered to whom and when."""


Outcome = Literal["waiting", "carried_out", "ended"]


@dataclass(frozen=True)
class Decision:
    """One decision of a quarter. number: its place in the report, the only name it has there; key: of the
    case in addresses of the work views, in no report.

    started_on: day of the decision, or of the interruption; over_on: when it was carried out or ended, None
    while it waits; days: since started_on, until then or the quarter's last day. was_overdue: it was overdue
    at the end of the quarter before, so that it stood in that report.
    """

    number: int
    key: str
    statute: str
    section: str
    service: str
    sex: str
    is_interrupted: bool
    started_on: date
    days: int
    reason: str
    was_overdue: bool
    outcome: Outcome
    over_on: date | None = None


def decisions(rows: Sequence[Mapping[str, Any]], asked: Quarter, zone: ZoneInfo) -> tuple[Decision, ...]:
    """The quarter's decisions of rows as DECISIONS gives them, in the order of their numbers: nothing that
    is not in the report orders them, but for equal ones.
    """
    since, until = asked.span(zone)
    found = [_read(row, asked, zone) for row in rows if _was_overdue(row, since, until)]
    return tuple(replace(one, number=number) for number, one in enumerate(sorted(found, key=_order), 1))


def _order(one: Decision) -> tuple[object, ...]:
    told = (one.statute, one.section, one.started_on, one.service, one.sex, one.is_interrupted, one.reason)
    return (*told, one.was_overdue, one.over_on or date.max, one.outcome, one.key)


def _over_at(row: Mapping[str, Any]) -> datetime:
    over: datetime = min(row["stopped_at"], row["ended_at"])
    return over


def _was_overdue(row: Mapping[str, Any], since: datetime, until: datetime) -> bool:
    """Whether it was overdue at some moment of the quarter, whose last one is the tick before `until`."""
    over = _over_at(row)
    return bool(row["due_at"] < until - _TICK and since <= over and row["due_at"] < over)


def _read(row: Mapping[str, Any], asked: Quarter, zone: ZoneInfo) -> Decision:
    since, until = asked.span(zone)
    statute, section = _law_of(row["clock"], row["rule"])
    outcome: Outcome = "carried_out" if row["stopped_at"] <= row["ended_at"] else "ended"
    over = _over_at(row)
    over_on = None if over >= until else local_day(over, zone)
    started_on = local_day(row["started_at"], zone)
    return Decision(
        0, row["key"], statute, section, row["about"] or "unknown", row["sex"] or "unknown",
        row["clock"] not in STARTS, started_on, ((over_on or asked.last) - started_on).days, row["reason"],
        row["due_at"] < since - _TICK, outcome if over_on else "waiting", over_on,
    )  # fmt: skip


@cache
def _law_of(clock: str, rule: str) -> tuple[str, str]:
    """Act and section of an entry in `streams/clocks.toml`."""
    entry = next(one for one in law() if one.code == clock and one.valid_from.isoformat() == rule)
    return entry.statute, entry.section


BANDS: Final = ("0-180", "181-365", "366-730", "731")
"""Days passed, by their first and last; the last one is open."""


def band(days: int) -> str:
    """The band that so many days lie in."""
    return next((name for name in BANDS[:-1] if days <= int(name.partition("-")[2])), BANDS[-1])


Counted = Mapping[Grain, Mapping[Key, Cell]]
GROUPS: Final = ("law", "service_type", "days")
"""What the council's numbers are divided by, besides sex."""
PUBLISHED: Final = """
SELECT grain, dimensions, newest.1 AS value, newest.2 AS n, newest.3 AS state, newest.4 AS upper
FROM
(
    SELECT f.grain AS grain, f.dimensions AS dimensions,
           argMax(tuple(f.value, f.n, f.state, f.upper), f.run) AS newest
    FROM figures AS f
    WHERE f.municipality = {municipality:String} AND f.metric = 'unexecuted_decisions'
      AND f.audience = 'committee' AND f.period = 'quarter' AND f.period_on = {on:Date32}
      AND f.run <= (SELECT max(p.run) FROM publications AS p
                    WHERE p.municipality = {municipality:String} AND p.metric = 'unexecuted_decisions'
                      AND p.audience = 'committee' AND p.state = 'published')
    GROUP BY grain, dimensions
)
WHERE state != 'not_applicable'"""
"""What the committee's page shows of the quarter, which the council's numbers may not contradict."""


def published(rows: Sequence[Mapping[str, Any]]) -> list[Release]:
    """Rows as PUBLISHED gives them, as one release of the tables that the council's numbers share with it."""
    tables: dict[Grain, dict[Key, Cell]] = {}
    for row in rows:
        grain = tuple(row["grain"].split(",")) if row["grain"] else ()
        if grain in SHARED:
            hidden = row["state"] == "suppressed"
            cell = Cell(None if hidden else row["value"], row["n"] or 0, row["state"], None, row["upper"])
            tables.setdefault(grain, {})[tuple(row["dimensions"][name] for name in grain)] = cell
    return [Release(tables)] if tables else []


SHARED: Final[tuple[Grain, ...]] = ((), ("sex",), ("law",), ("service_type",), ("service_type", "sex"))
"""Grains that the committee's page shows too, of the same decisions."""


def counted(found: Sequence[Decision], small: int, before: Sequence[Release] = ()) -> Counted:
    """What the council is given: how many decisions wait at the quarter's end, by act, by service and by days
    passed, each by sex, with small counts and what would tell them hidden in all tables together.

    before: what the committee's page shows of the same, so that two maskings never tell what each hides.
    """
    waiting = [one for one in found if one.outcome == "waiting"]
    tables: dict[Grain, dict[Key, Cell]] = {
        (): {(): _count(len(waiting))},
        ("sex",): {(sex,): _count(sum(one.sex == sex for one in waiting)) for sex in SEXES},
    }
    codes: dict[str, Sequence[str]] = {
        "law": LAWS,
        "service_type": sorted({one.service for one in waiting}),
        "days": BANDS,
    }
    for name in GROUPS:
        of = _OF[name]
        tables[name,] = {(code,): _count(sum(of(one) == code for one in waiting)) for code in codes[name]}
        tables[name, "sex"] = {
            (code, sex): _count(sum(of(one) == code and one.sex == sex for one in waiting))
            for code in codes[name]
            for sex in SEXES
        }
    release = protect_tables(tables, small, before).tables
    return {
        grain: {key: release.get(grain, {}).get(key, _HIDDEN) for key in tables[grain]} for grain in tables
    }


LAWS: Final = ("SoL", "LSS")
_HIDDEN: Final = Cell(None, 0, "suppressed")
_OF: Final[Mapping[str, Callable[[Decision], str]]] = {
    "law": lambda one: one.statute.partition(" ")[0],
    "service_type": lambda one: one.service,
    "days": lambda one: band(one.days),
}


def _count(value: int) -> Cell:
    return Cell(float(value), value)


class Delivery(NamedTuple):
    """How a quarter's report to one receiver stands. delivered_at: None until it is told."""

    to: ReportTo
    due: date
    delivered_at: datetime | None

    def is_late(self, today: date, zone: ZoneInfo) -> bool:
        """Whether it was delivered after the last day, or is not delivered although that has passed."""
        return (local_day(self.delivered_at, zone) if self.delivered_at else today) > self.due


def deliveries(rows: Sequence[Mapping[str, Any]], asked: Quarter) -> tuple[Delivery, ...]:
    """How the quarter's report to each receiver stands, of rows as DELIVERIES gives them."""
    at = {row["to"]: row["delivered_at"] for row in rows if row["until_on"] == asked.until}
    return tuple(Delivery(to, asked.due, at.get(to)) for to in RECEIVERS)
