"""Two days of three units' staff (municipality 9934).

Ten care workers and four nurses of unit a, six care workers of b, and c, of which nobody tells how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from schemas import staffing as s
from schemas.envelope import Event
from schemas.reference import FteSet
from tests.placing import noon, pseudonym
from tests.staffing import scheduled, staff
from tests.warehouse.town import about

STAFFED = "9934"
MONDAY, TUESDAY = "2026-01-05", "2026-01-06"


def staffed(code: str = STAFFED) -> Iterator[Event]:
    """Everything told of the town."""
    yield from _care_workers(code)
    yield from _nurses(code)
    yield scheduled("b", MONDAY, 40, 6, code=code)
    yield staff("b", MONDAY, s.SickLeaveTaken, code=code, hours=2.0)
    yield staff("b", MONDAY, s.TimeWorked, code=code, hours=36.0, used_for="direct")
    yield staff("c", MONDAY, s.OvertimeWorked, code=code, hours=9.0)
    for unit, role, fte, on in (
        ("a", "care_worker", 8.0, 1),
        ("a", "nurse", 3.5, 6),
        ("b", "care_worker", 5.0, 1),
    ):
        fact = FteSet(unit, fte, date(2026, 1, on), role)
        yield about(f"{unit}.{role}", fact, noon("2026-01-02"), code)


def _care_workers(code: str) -> Iterator[Event]:
    said: dict[str, Any] = {"code": code}
    for day in (MONDAY, TUESDAY):
        yield scheduled("a", day, 80, 10, **said)
    yield staff("a", MONDAY, s.SickLeaveTaken, hours=8.0, spell="short", persons=1, **said)
    yield staff("a", TUESDAY, s.SickLeaveTaken, hours=4.0, spell="long", persons=1, **said)
    yield staff("a", MONDAY, s.OvertimeWorked, hours=3.0, **said)
    yield staff("a", MONDAY, s.TimeWorked, what="direct", hours=60.0, used_for="direct", **said)
    yield staff("a", MONDAY, s.TimeWorked, what="staff", hours=10.0, used_for="staff", **said)
    yield staff("a", MONDAY, s.ExternalStaffHired, hours=7.0, **said)
    yield staff("a", TUESDAY, s.ExternalStaffHired, hours=4.0, **said)  # of this day no worked time is told
    for temp in range(5):
        yield staff("a", MONDAY, s.TempEngaged, what=f"{temp}", hours=1.0, temp=pseudonym("temp", f"t{temp}"),
                    **said)  # fmt: skip


def _nurses(code: str) -> Iterator[Event]:
    said: dict[str, Any] = {"code": code, "role": "nurse"}
    yield scheduled("a", MONDAY, 32, 4, **said)
    yield staff("a", MONDAY, s.SickLeaveTaken, hours=4.0, spell="short", **said)
    yield staff("a", MONDAY, s.OvertimeWorked, hours=2.0, **said)
    for qualified, hours in ((True, 20.0), (False, 5.0), (None, 5.0)):
        yield staff("a", MONDAY, s.TimeWorked, what=f"{qualified}", hours=hours, used_for="direct",
                    qualified=qualified, **said)  # fmt: skip
