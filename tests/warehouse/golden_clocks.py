"""What the legal clocks of `clock_town.py` must come out as, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from tests.warehouse.clock_town import TIMED
from tests.warehouse.golden import DAY_8, Golden
from tests.warehouse.golden_tables import Q1, of, tables

Q3: Final = (date(2026, 7, 1), date(2026, 10, 1))
Rows = dict[str, dict[str, Any]]


def share(part: int, whole: int) -> tuple[float, int]:
    return part / whole, whole


SHARES: Rows = {
    "": {"": share(11, 19)},
    "clock": {"LC1": share(5, 6), "LC2": share(4, 6), "LC3": share(0, 1), "LC4": share(2, 3),
              "LC6a": share(0, 1), "LC6b": share(0, 1), "LC6c": share(0, 1)},
    "unit": {"a": share(8, 11), "b": share(3, 8)},
    "sex": {"woman": share(6, 7), "man": share(3, 9), "unknown": share(2, 3)},
    "clock unit": {"LC1 a": share(4, 4), "LC1 b": share(1, 2), "LC2 a": share(3, 3), "LC2 b": share(1, 3),
                   "LC3 a": share(0, 1), "LC4 a": share(1, 1), "LC4 b": share(1, 2), "LC6a a": share(0, 1),
                   "LC6b b": share(0, 1), "LC6c a": share(0, 1)},
}  # fmt: skip
DUE: Rows = {
    "": {"": 19},
    "outcome": {"in_time": 11, "in_time_extended": 0, "late": 6, "overdue": 2},
    "clock": {"LC1": 6, "LC2": 6, "LC3": 1, "LC4": 3, "LC6a": 1, "LC6b": 1, "LC6c": 1},
    "unit": {"a": 11, "b": 8},
    "sex": {"woman": 7, "man": 9, "unknown": 3},
    "unit outcome": {"a in_time": 8, "a in_time_extended": 0, "a late": 3, "a overdue": 0,
                     "b in_time": 3, "b in_time_extended": 0, "b late": 3, "b overdue": 2},
}  # fmt: skip
EXTENDED: Rows = {  # an investigation that was extended in time, and a decision within half a year
    "": {"": 2},
    "clock outcome": {"LC3 in_time": 0, "LC3 in_time_extended": 1, "LC3 late": 0, "LC3 overdue": 0,
                      "LC16a in_time": 1, "LC16a in_time_extended": 0, "LC16a late": 0, "LC16a overdue": 0},
}  # fmt: skip
NONE: Final = dict.fromkeys(("LC1", "LC2", "LC3", "LC4", "LC6a", "LC6b", "LC6c", "LC16a", "LC20"), 0)
LAST_30: Rows = {
    "": {"": share(7, 12)},
    "clock": {"LC1": share(4, 5), "LC2": share(2, 3), "LC4": share(1, 2), "LC6b": share(0, 1),
              "LC6c": share(0, 1)},
}  # fmt: skip
UNEXECUTED: Rows = {
    "": {"": 2},
    "service_type": {"contact_person": 1, "home_care": 1},
    "sex": {"woman": 1, "man": 1},
    "law": {"LSS": 1, "SoL": 1},
    "unit": {"a": 1, "b": 1},
    "waiting": {"never_started": 1, "interrupted": 1},
    "reason": {"no_capacity": 1, "unknown": 1},
    "law waiting": {"LSS never_started": 1, "SoL interrupted": 1},
}
DAYS: Rows = {  # since 20 November and 30 November
    "": {"": (105, 2)},
    "statistic": {"median": (105, 2), "p90": (109, 2)},
    "law": {"LSS": (110, 1), "SoL": (100, 1)},
    "waiting": {"never_started": (110, 1), "interrupted": (100, 1)},
    "service_type": {"contact_person": (110, 1), "home_care": (100, 1)},
    "sex": {"woman": (110, 1), "man": (100, 1)},
    "service_type sex": {"contact_person woman": (110, 1), "home_care man": (100, 1)},
}
GOLDEN: tuple[Golden, ...] = (
    *tables("share_in_time", Q1, SHARES, TIMED),
    # of a quarter that goes on, what falls due today or later is not due
    of("share_in_time", Q1, "", {"": share(9, 16)}, TIMED, today=date(2026, 3, 10)),
    of("share_in_time", Q3, "", {"": share(2, 2)}, TIMED),  # nothing of the one that ended with time left
    *tables("clocks_due", Q1, DUE, TIMED),
    *tables("clocks_due", Q3, EXTENDED, TIMED),
    *tables("share_in_time_30_days", DAY_8, LAST_30, TIMED),
    of("clocks_overdue", DAY_8, "", {"": 4}, TIMED),
    of("clocks_overdue", DAY_8, "clock", NONE | {"LC1": 1, "LC4": 1, "LC6b": 1, "LC6c": 1}, TIMED),
    of("clocks_overdue_by_unit", DAY_8, "", {"": 4}, TIMED),
    of("clocks_overdue_by_unit", DAY_8, "unit", {"a": 1, "b": 3}, TIMED),
    of("clocks_due_soon", DAY_8, "", {"": 2}, TIMED),
    of("clocks_due_soon", DAY_8, "clock", NONE | {"LC2": 2}, TIMED),
    of("clocks_due_soon", DAY_8, "within", {"today": 1, "7_days": 2}, TIMED),
    *tables("unexecuted_decisions", DAY_8, UNEXECUTED, TIMED),
    *tables("unexecuted_days", DAY_8, DAYS, TIMED),
)
