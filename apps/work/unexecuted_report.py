"""A quarter's report to one receiver: columns and rows, once, for the screen and every file. Pure.

A cell is a text, a whole number, a day or nothing; how it is written, `words` says, so that no two forms of
the report can tell different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work.row import named
from schemas.codes import ReportTo
from schemas.municipality import Municipality
from warehouse.lines import Release
from warehouse.privacy import Cell
from warehouse.quarters import Quarter
from warehouse.unexecuted import GROUPS, SEXES, Counted, Decision, counted

Value = str | int | date | None
Row = tuple[Value, ...]
NOTHING: Final = "–"
_ROWS: Final = ("number", "statute", "section", "service", "sex", "kind", "started", "days", "reason")
COLUMNS: Final[dict[ReportTo, tuple[str, ...]]] = {
    "ivo": (*_ROWS, "before", "done", "ended"),
    "auditors": (*_ROWS, "done", "ended"),
    "council": ("split", "group", *SEXES, "all"),
}
"""What each receiver is given, by the word of each column (`u_…`, its meaning `du_…`)."""
NUMBERS: Final = frozenset({"number", "days", *SEXES, "all"})


@dataclass(frozen=True)
class Basis:
    """What a report is made of: whose, which quarter, and until when it was told; None where nobody said."""

    town: Municipality
    quarter: Quarter
    told_at: datetime | None

    @property
    def share(self) -> float:
        """How much of the quarter has been told, 0..1."""
        since, until = self.quarter.span(self.town.zone)
        told = self.told_at or since
        return max(0.0, min(1.0, (told - since) / (until - since)))

    @property
    def words(self) -> tuple[str, ...]:
        """Until when, how much of the quarter, and whether it may still change."""
        if self.told_at is None:
            return (say("told_unknown"),)
        local = self.told_at.astimezone(self.town.zone)
        when = f"{wording.day(local.date())}, {wording.clock(self.told_at, self.town.zone)}"
        told = (say("u_told", when=when), say("u_basis", share=wording.share(self.share)))
        return told if self.share == 1 else (*told, say("u_preliminary"))


@dataclass(frozen=True)
class Report:
    """The report to one receiver. keys: of the cases behind the rows, for the work view alone."""

    to: ReportTo
    basis: Basis
    rows: tuple[Row, ...]
    keys: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return COLUMNS[self.to]

    @property
    def headings(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(say("u_" + name) for name in self.columns)

    @property
    def title(self) -> str:
        """`Ej verkställda beslut, till IVO`."""
        return say("u_title", receiver=say("u_to_" + self.to))

    @property
    def rule(self) -> str:
        """Which decisions it holds."""
        return say("u_rule_council" if self.to == "council" else "u_rule")


def report(to: ReportTo, found: Sequence[Decision], basis: Basis, before: Sequence[Release] = ()) -> Report:
    """The report of the quarter's decisions. before: what the committee's page shows of the same."""
    if to == "council":
        return Report(to, basis, tuple(_counts(counted(found, basis.town.small, before), basis.town)))
    rows = [_decision(one, basis.town) for one in found]
    chosen = [tuple(row[name] for name in COLUMNS[to]) for row in rows]
    return Report(to, basis, tuple(chosen), tuple(one.key for one in found))


def words(value: Value) -> str:
    """How a cell is written on the screen and on paper."""
    if value is None:
        return NOTHING
    return value.isoformat() if isinstance(value, date) else str(value)


def quarter_name(asked: Quarter) -> str:
    """`kvartal 3 2026`."""
    return say("u_quarter_name", number=asked.number, year=asked.year)


def span(asked: Quarter) -> str:
    """`1 juli–30 september 2026`."""
    last = asked.until - timedelta(days=1)
    return say("u_span", first=wording.day(asked.first).rsplit(" ", 1)[0], last=wording.day(last))


def _decision(one: Decision, town: Municipality) -> dict[str, Value]:
    return {
        "number": one.number,
        "statute": one.statute,
        "section": one.section,
        "service": named(town, "service_type", one.service),
        "sex": term(terms.SEXES, one.sex),
        "kind": say("u_interrupted" if one.is_interrupted else "u_never"),
        "started": one.started_on,
        "days": one.days,
        "reason": term(terms.DELAYS, one.reason) if one.reason else say("u_no_reason"),
        "before": say("yes" if one.was_overdue else "no"),
        "done": one.over_on if one.outcome == "carried_out" else None,
        "ended": one.over_on if one.outcome == "ended" else None,
    }


def _counts(tables: Counted, town: Municipality) -> list[Row]:
    by_sex = [tables["sex",][sex,] for sex in SEXES]
    rows = [(say("u_all_decisions"), None, *map(_count, by_sex), _count(tables[()][()]))]
    for name in GROUPS:
        for (code,) in tables[name,]:
            cells = [*(tables[name, "sex"][code, sex] for sex in SEXES), tables[name,][code,]]
            rows.append((say("u_by_" + name), _group(name, code, town), *map(_count, cells)))
    return rows


def _group(name: str, code: str, town: Municipality) -> str:
    return _band(code) if name == "days" else code if name == "law" else named(town, name, code)


def _band(code: str) -> str:
    first, _, last = code.partition("-")
    if not last:
        return say("u_band_last", first=first)
    return say("u_band", first=first, last=last) if first != "0" else say("u_band_first", last=last)


def _count(cell: Cell) -> Value:
    """A count, or why it is not shown."""
    if cell.value is not None:
        return round(cell.value)
    return say("suppressed", limit=round(cell.upper) + 1) if cell.upper is not None else say("hidden")
