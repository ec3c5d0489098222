"""What the committee's metrics of cases must say of the town in `town.py`, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Final

from tests.warehouse.golden import DAY_8, Days, Golden, counted, total

MARCH: Final[Days] = (date(2026, 3, 1), date(2026, 4, 1))
WEEK: Final[Days] = (date(2026, 3, 2), date(2026, 3, 9))
TWO: Final = 7.5 + 22 / 24

FLOWS: Final = (
    Golden("cases_received", MARCH, {"": (6, 5)}),  # four came back: six cases opened, of five
    Golden("cases_received", WEEK, {"": (5, 4)}),
    Golden("cases_received", MARCH, {"a": (4, 4), "b": (2, 2)}, ("unit",)),
    Golden("cases_received", MARCH,
           {"report": (3, 3), "application": (1, 1), "own_initiative": (1, 1), "reopened": (1, 1)},
           ("kind",)),
    Golden("cases_received", MARCH, {"woman": (1, 1), "man": (1, 1), "unknown": (4, 3)}, ("sex",)),
    Golden("cases_received", MARCH, {"SoL": (2, 2), "LSS": (2, 1), "other": (2, 2)}, ("law",)),
    Golden("cases_closed", MARCH, {"": (3, 3)}),
    Golden("cases_closed", WEEK, {"": (2, 2)}),
    Golden("cases_closed", MARCH, {"a": (1, 1), "b": (2, 2)}, ("unit",)),
    Golden("cases_closed", MARCH, {"service_done": (1, 1), "no_service": (1, 1), "other": (1, 1)},
           ("reason",)),
    Golden("cases_closed", MARCH, {"woman": (1, 1), "unknown": (2, 2)}, ("sex",)),
    Golden("cases_closed", MARCH, {"SoL": (1, 1), "LSS": (1, 1), "other": (1, 1)}, ("law",)),
)  # fmt: skip
OPEN: Final = (
    total("cases_open", DAY_8, 4, 4),
    counted("cases_open", DAY_8, "unit", a=3, b=1),
    counted("cases_open", DAY_8, "stage", intake=2, investigation=1, service=1),
    counted("cases_open", DAY_8, "sex", woman=1, man=1, unknown=2),
    counted("cases_open", DAY_8, "law", SoL=2, LSS=1, other=1),
    Golden("cases_open_usual", (date(2026, 10, 1), date(2026, 11, 1)), {"": (3, 3)}),
    Golden("cases_open_usual", MARCH, {"": (None, 0)}),  # nothing was told before
    total("open_case_days", DAY_8, (2.5 + TWO) / 2, 4),
    Golden("open_case_days", DAY_8, {"a": (2.5, 3), "b": (TWO, 1)}, ("unit",)),
    Golden("open_case_days", DAY_8, {"woman": (8.5, 1), "man": (TWO, 1), "unknown": (2, 2)},
           ("sex",)),
    Golden("open_case_days", DAY_8,
           {"median": ((2.5 + TWO) / 2, 4), "p90": (TWO + 0.7 / 12, 4)}, ("statistic",)),
)  # fmt: skip
GOLDEN: Final = (*FLOWS, *OPEN)
