"""Computes a metric now, from entity rows: for engineers, tests and the publisher. Screens never come
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import isnan
from typing import Any, Final, NamedTuple

from schemas.calendar import midnight
from schemas.errors import Misconfigured
from schemas.municipality import municipality
from warehouse.client import Warehouse
from warehouse.contracts import Contract
from warehouse.told import told

EVER: Final = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2299, 1, 1, tzinfo=UTC))
COVERED_DECIMALS: Final = 4
"""More would make a figure new at each run while nothing that anybody reads has changed."""
_INSTANT: Final = "%Y-%m-%d %H:%M:%S.%f"


class Row(NamedTuple):
    """One computed figure. dimensions in the order asked; value None is missing; at is None for a period
    metric; mark is the state where it is none of these two, as for a snapshot. since: first day of a span.
    lower, upper: an interval, coverage: how much of what it should be made from was known, 0..1, top: the
    share of the value that its largest subject stands for, where the metric has them.
    """

    dimensions: dict[str, str]
    value: float | None
    n: int
    at: datetime | None
    mark: str = ""
    since: date | None = None
    lower: float | None = None
    upper: float | None = None
    coverage: float | None = None
    top: float | None = None

    @property
    def state(self) -> str:
        """Zero is a value, None is missing."""
        return self.mark or ("missing" if self.value is None else "value")


def at_instants(
    warehouse: Warehouse, contract: Contract, code: str, instants: Sequence[datetime], by: Sequence[str] = ()
) -> list[Row]:
    """Rows of an instant metric, one set per instant. Without `by` there is exactly one row per instant.

    An instant before anything was told is missing, and so is a municipality that has told nothing.
    Misconfigured for a metric whose rows keep no times.
    """
    if contract.timeless:
        raise Misconfigured(
            f"{contract.name} tells how things stand now, of no other instant: leave --at out"
        )
    rows = _rows(warehouse, contract, code, by, {"at": [text_of(instant) for instant in instants]})
    if by:
        return rows
    found = {row.at: row for row in rows}
    totals = [found.get(at.astimezone(UTC), Row({}, contract.empty, 0, at)) for at in instants]
    return _without_false_zeros(warehouse, contract, code, list(zip(totals, instants, strict=True)))


def as_things_stand(warehouse: Warehouse, contract: Contract, code: str, by: Sequence[str] = ()) -> list[Row]:
    """Rows of a timeless metric: of everything folded so far. Without `by` there is exactly one row."""
    rows = _rows(warehouse, contract, code, by, {})
    if by:
        return rows
    total = rows[0] if rows else Row({}, contract.empty, 0, None)
    return _without_false_zeros(warehouse, contract, code, [(total, EVER[1])])


def in_period(
    warehouse: Warehouse,
    contract: Contract,
    code: str,
    span: tuple[datetime, datetime],
    by: Sequence[str] = (),
) -> list[Row]:
    """Rows of a period metric over [since, until). Without `by` there is exactly one row; a period that ends
    before anything was told is missing.
    """
    rows = _rows(warehouse, contract, code, by, {"since": text_of(span[0]), "until": text_of(span[1])})
    if by:
        return rows
    total = rows[0] if rows else Row({}, contract.empty, 0, None)
    return _without_false_zeros(warehouse, contract, code, [(total, last_of(span[1]))])


def over_spans(
    warehouse: Warehouse,
    contract: Contract,
    code: str,
    spans: Sequence[tuple[date, date]],
    today: date,
    by: Sequence[str] = (),
) -> list[Row]:
    """Rows of a span metric over whole local days [first, until), one set per span, each with its `since`.

    What still goes on is counted up to but not including `today`. Without `by` there is exactly one row per
    span. No two spans may begin on the same day.
    """
    asked = {
        "since": [first.isoformat() for first, _ in spans],
        "until": [until.isoformat() for _, until in spans],
        "today": today.isoformat(),
    }
    rows = _rows(warehouse, contract, code, by, asked)
    if by:
        return rows
    found = {row.since: row for row in rows}
    zone = municipality(code).zone
    totals = [
        (found.get(first, Row({}, contract.empty, 0, None, "", first)), last_of(midnight(until, zone)))
        for first, until in spans
    ]
    return _without_false_zeros(warehouse, contract, code, totals)


def last_of(until: datetime) -> datetime:
    """The last instant of a period that ends there."""
    return until - timedelta(microseconds=1)


def _without_false_zeros(
    warehouse: Warehouse, contract: Contract, code: str, totals: list[tuple[Row, datetime]]
) -> list[Row]:
    """Totals at instants; a count of nothing is zero only where something had been told."""
    if contract.empty is None or all(row.value for row, _ in totals):
        return [row for row, _ in totals]
    first = told(warehouse, code, contract)
    return [row if row.value else _unless_told(row, first.unanswered(contract, at)) for row, at in totals]


def _unless_told(row: Row, state: str) -> Row:
    return row if state == "value" else Row({}, None, 0, row.at, state, row.since)


def _rows(
    warehouse: Warehouse, contract: Contract, code: str, by: Sequence[str], times: dict[str, Any]
) -> list[Row]:
    unknown = set(by) - set(contract.dimensions)
    if unknown:
        raise Misconfigured(
            f"{contract.name} has no dimension {', '.join(sorted(unknown))};"
            f" it has {', '.join(contract.dimensions) or 'none'}"
        )
    place = municipality(code)
    asked = {"municipality": code, "zone": place.time_zone, "by": list(by)} | times
    own = {"gap_days": place.gap_days, "meetings": place.meetings}
    asked |= {name: value for name, value in own.items() if f"{{{name}:" in contract.sql}
    return [_row(row, by, contract) for row in warehouse.rows(contract.sql, asked)]


def _row(row: dict[str, Any], by: Sequence[str], contract: Contract) -> Row:
    """A row that says how much it covers, and covers too little, is preliminary, with its value or bounds."""
    value, coverage = row["value"], row.get("coverage")
    mark = "" if row.get("state", "value") == "value" else row["state"]
    is_told = value is not None or contract.bounds_only
    if not mark and is_told and coverage is not None and coverage < contract.min_coverage:
        mark, value = "preliminary", None if contract.bounds_only else value
    return Row(
        {name: row[name] for name in by},
        None if value is None else float(value),
        int(row["n"]),
        row.get("at"),
        mark,
        row.get("since"),
        row.get("lower"),
        row.get("upper"),
        None if coverage is None or isnan(coverage) else round(coverage, COVERED_DECIMALS),
        row.get("top"),
    )


def text_of(instant: datetime) -> str:
    """An instant as a bound parameter: UTC, with microseconds."""
    return instant.astimezone(UTC).strftime(_INSTANT)
