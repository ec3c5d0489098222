"""Computes a metric now, from entity rows: for engineers, tests and the publisher. Screens never come
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from schemas.errors import Misconfigured
from schemas.municipality import municipality
from warehouse.client import Warehouse
from warehouse.contracts import Contract

EVER: Final = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2299, 1, 1, tzinfo=UTC))
_INSTANT: Final = "%Y-%m-%d %H:%M:%S.%f"


class Row(NamedTuple):
    """One computed figure. dimensions in the order asked; value None is missing; at is None for a period
    metric; mark is the state where it is none of these two, as for a snapshot.
    """

    dimensions: dict[str, str]
    value: float | None
    n: int
    at: datetime | None
    mark: str = ""

    @property
    def state(self) -> str:
        """Zero is a value, None is missing."""
        return self.mark or ("missing" if self.value is None else "value")


def at_instants(
    warehouse: Warehouse, contract: Contract, code: str, instants: Sequence[datetime], by: Sequence[str] = ()
) -> list[Row]:
    """Rows of an instant metric, one set per instant. Without `by` there is exactly one row per instant."""
    rows = _rows(warehouse, contract, code, by, {"at": [text_of(instant) for instant in instants]})
    if by:
        return rows
    told = {row.at: row for row in rows}
    return [told.get(at.astimezone(UTC), Row({}, contract.empty, 0, at)) for at in instants]


def in_period(
    warehouse: Warehouse,
    contract: Contract,
    code: str,
    span: tuple[datetime, datetime],
    by: Sequence[str] = (),
) -> list[Row]:
    """Rows of a period metric over [since, until). Without `by` there is exactly one row."""
    rows = _rows(warehouse, contract, code, by, {"since": text_of(span[0]), "until": text_of(span[1])})
    return rows if by or rows else [Row({}, contract.empty, 0, None)]


def _rows(
    warehouse: Warehouse, contract: Contract, code: str, by: Sequence[str], times: dict[str, Any]
) -> list[Row]:
    unknown = set(by) - set(contract.dimensions)
    if unknown:
        raise Misconfigured(
            f"{contract.name} has no dimension {', '.join(sorted(unknown))};"
            f" it has {', '.join(contract.dimensions) or 'none'}"
        )
    asked = {"municipality": code, "zone": municipality(code).time_zone, "by": list(by)} | times
    return [_row(row, by) for row in warehouse.rows(contract.sql, asked)]


def _row(row: dict[str, Any], by: Sequence[str]) -> Row:
    value = row["value"]
    return Row(
        {name: row[name] for name in by},
        None if value is None else float(value),
        int(row["n"]),
        row.get("at"),
        "" if row.get("state", "value") == "value" else row["state"],
    )


def text_of(instant: datetime) -> str:
    """An instant as a bound parameter: UTC, with microseconds."""
    return instant.astimezone(UTC).strftime(_INSTANT)
