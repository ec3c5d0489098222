"""Service requests of the City of Boston, one row per case; columns as in its portal's export of 2016."""

from __future__ import annotations

from collections.abc import Iterator

from producers.rows import Row
from producers.source import Said
from schemas.cases import CaseClosed, CaseRegistered, ReportReceived

TIME = "%m/%d/%Y %I:%M:%S %p"
ZONE = "America/New_York"
MODE = "historical"
COLUMNS = (
    "CASE_ENQUIRY_ID", "OPEN_DT", "TARGET_DT", "CLOSED_DT", "OnTime_Status", "TYPE", "Department", "Source",
)  # fmt: skip

OWN_INITIATIVE = ("Employee Generated", "City Worker App")


def events(row: Row) -> Iterator[Said]:
    """The case as it came in, and its closing where it has one."""
    opening = CaseRegistered if row["Source"] in OWN_INITIATIVE else ReportReceived
    fact = opening(
        unit=row.unit("Department"), case_type=row.code("TYPE"), target_at=row.deadline("TARGET_DT")
    )
    yield Said(fact, key=row["CASE_ENQUIRY_ID"], at=row.time("OPEN_DT"))
    if row["CLOSED_DT"]:
        closed = CaseClosed(source_in_time=_verdict(row))
        yield Said(closed, key=row["CASE_ENQUIRY_ID"], at=row.time("CLOSED_DT"), sequence=1)


def _verdict(row: Row) -> bool | None:
    """The city's own word on its deadline; of a case without one it says that it was in time, which says
    nothing.
    """
    said = row["OnTime_Status"] if row["TARGET_DT"] else ""
    return {"ONTIME": True, "OVERDUE": False}.get(said)
