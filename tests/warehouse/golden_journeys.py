"""What the journeys of `journey_town.py` must come out as, counted by hand (B15, B16)."""

from __future__ import annotations

from typing import Any

from tests.warehouse.golden import DAY_8, Golden
from tests.warehouse.golden_clocks import share
from tests.warehouse.golden_tables import Q1, tables
from tests.warehouse.journey_town import FAMILY, RETURNS

Rows = dict[str, dict[str, Any]]

CONCURRENT: Rows = {
    "": {"": 2},
    "investigations": {"3": 1, "2": 1},
    "sex": {"woman": 1, "man": 1, "unknown": 0},
}
CONCURRENT_SHARE: Rows = {
    "": {"": share(2, 4)},
    "sex": {"woman": share(1, 2), "man": share(1, 1), "unknown": share(0, 1)},
}
HANDOVERS: Rows = {
    "": {"": (2 / 4, 4)},
    "sex": {"woman": (2 / 2, 2), "man": (0, 1), "unknown": (0, 1)},
}
NOT_RETURNED: Rows = {  # five closings of four persons; one was reopened, and one came in the year after
    "": {"": (3 / 5, 4)},
    "young": {"13_20": (2 / 4, 3), "others": (1 / 1, 1)},
    "sex": {"woman": (2 / 4, 3), "man": (1 / 1, 1)},
    "ending": {"stayed": (3 / 5, 4), "moved": (1, 1), "deceased": (1, 1)},
}
GAPS: Rows = {  # fifteen days is a gap, fourteen is none
    "": {"": (1 / 3, 3)},
    "service_type": {"home_care": (1 / 2, 2), "contact_person": (0, 1)},
    "sex": {"woman": (1 / 2, 2), "man": (0, 1)},
}
GAP_DAYS: Rows = {
    "": {"": (14, 3)},
    "statistic": {"median": (14, 3), "p90": (14.8, 3)},
    "service_type": {"home_care": (7.5, 2), "contact_person": (14, 1)},
}
CONSIDERED: Rows = {
    "": {"": share(1, 3)},
    "clock": {"LC8": share(1, 2), "LC15c": share(0, 1)},
    "unit": {"a": share(1, 2), "b": share(0, 1)},
    "sex": {"woman": share(1, 1), "man": share(0, 1), "unknown": share(0, 1)},
}
GOLDEN: tuple[Golden, ...] = (
    *tables("concurrent_investigations", DAY_8, CONCURRENT, FAMILY),
    *tables("concurrent_investigations_share", DAY_8, CONCURRENT_SHARE, FAMILY),
    *tables("unit_handovers", Q1, HANDOVERS, FAMILY),
    *tables("not_returned_share", DAY_8, NOT_RETURNED, RETURNS),
    *tables("service_gap_share", Q1, GAPS, RETURNS),
    *tables("service_gap_days", Q1, GAP_DAYS, RETURNS),
    *tables("considered_on_time_share", Q1, CONSIDERED, RETURNS),
)
