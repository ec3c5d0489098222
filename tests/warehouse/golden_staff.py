"""What each metric of staff must say of the town in `staff_town.py`, counted by hand.

n: persons on the schedule of the day that has most of them.
"""

from __future__ import annotations

from typing import Any, Final

from tests.warehouse.golden import Golden
from tests.warehouse.golden_tables import Q1, tables
from tests.warehouse.staff_town import STAFFED

ALL, A, B, WORKERS, NURSES = 10 + 4 + 6, 10 + 4, 6, 10 + 6, 4
NOBODY: Final = (None, 0)  # of unit c nobody tells how many there are
Rows = dict[str, tuple[float | None, int]]


def _tables(total: float, a: float, b: float, workers: float, nurses: float | None) -> dict[str, Rows]:
    return {
        "": {"": (total, ALL)},
        "unit": {"a": (a, A), "b": (b, B), "c": NOBODY},
        "role": {"care_worker": (workers, WORKERS), "nurse": (nurses, NURSES)},
    }


SAID: Final[dict[str, dict[str, Any]]] = {
    "overtime_hours": _tables(3 + 2, 3 + 2, 0, 3, 2),
    "sick_absence_share": _tables(18 / 232, 16 / 192, 2 / 40, 14 / 200, 4 / 32)
    | {"spell": {"short": (12 / 232, ALL), "long": (4 / 232, ALL), "unknown": (2 / 232, ALL)}},
    "attendance_rate": _tables(1 - 18 / 232, 1 - 16 / 192, 1 - 2 / 40, 1 - 14 / 200, 1 - 4 / 32),
    "external_staff_share": _tables(7 / 136, 7 / 100, 0, 7 / 106, 0),
    "external_staff_hours": _tables(7 + 4, 7 + 4, 0, 7 + 4, 0),
    "temp_hours_share": _tables(5 / 136, 5 / 100, 0, 5 / 106, 0),
    "qualified_time_share": {  # of nurses alone it is told; of five hours not even of them
        "": {"": (20 / 25, NURSES)},
        "unit": {"a": (20 / 25, NURSES)},
        "role": {"nurse": (20 / 25, NURSES)},
    },
    "overtime_per_fte": {  # how many nurses are in service is known from Tuesday only
        "": {"": (3 / 13, WORKERS)},
        "unit": {"a": (3 / 8, 10), "b": (0, B), "c": NOBODY},
        "role": {"care_worker": (3 / 13, WORKERS), "nurse": NOBODY},
    },
}
GOLDEN: Final[tuple[Golden, ...]] = tuple(
    golden for metric, rows in SAID.items() for golden in tables(metric, Q1, rows, STAFFED)
)
METRICS: Final = frozenset(SAID)
