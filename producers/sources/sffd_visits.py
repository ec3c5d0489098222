"""Unit responses of the San Francisco Fire Department (DataSF nuek-vuh3, ODC-PDDL 1.0) as visits: one row per
unit and call. A visit lasts from the arrival until the unit is available, the way to a hospital included.

A unit that never arrived is a visit that did not take place: the source tells no planned end, so there is no
plan beside it. Three units took somebody to a hospital and have no arrival; they are refused, not cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from producers.rows import Row
from producers.source import Said
from producers.times import Moment
from schemas.codes import Regi
from schemas.hours import VisitCancelled, VisitPerformed

TIME = "%m/%d/%Y %I:%M:%S %p"
ZONE = "America/Los_Angeles"
MODE = "historical"
DOMAIN = "hours"
TOPIC = "hours"
COLUMNS = (
    "RowID", "Unit Type", "Call Type", "Call Type Group", "Battalion", "Response DtTm", "On Scene DtTm",
    "Transport DtTm", "Available DtTm",
)  # fmt: skip

PRIVATE: Final = "PRIVATE"  # an ambulance of a company


def events(row: Row) -> Iterator[Said]:
    """The visit, or that it did not take place."""
    came = row["On Scene DtTm"] or row["Transport DtTm"]
    yield _performed(row) if came else _cancelled(row)


def _performed(row: Row) -> Said:
    """The visit from its arrival; without an end where none is told."""
    start = row.time("On Scene DtTm")
    stop = row.time("Available DtTm") if row["Available DtTm"] else None
    fact = VisitPerformed(
        start_at=start.utc, stop_at=stop.utc if stop else None, unit=row.unit("Battalion"),
        service=row.code("Call Type Group"), purpose=row.code("Call Type"), regi=_regi(row),
        channel="on_site",
    )  # fmt: skip
    return Said(fact, key=row["RowID"], at=_both(start, stop))


def _cancelled(row: Row) -> Said:
    """Called off before the unit left, or on its way."""
    reason = "on-the-way" if row["Response DtTm"] else "before-leaving"
    return Said(VisitCancelled(reason=reason), key=row["RowID"], at=row.time("Available DtTm"))


def _both(start: Moment, stop: Moment | None) -> Moment:
    """When the visit began; ambiguous where either local time occurs twice that night."""
    return Moment(start.utc, start.ambiguous or (stop is not None and stop.ambiguous))


def _regi(row: Row) -> Regi:
    return "contracted" if row["Unit Type"] == PRIVATE else "in_house"
