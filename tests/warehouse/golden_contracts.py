"""What each metric of contracts and invoices must say of the town in `contract_town.py`, counted by hand.

Domain 5: half of the placements without a contract (B4), two days and 150 kronor a day too much (B6).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.warehouse.contract_town import CONTRACTED
from tests.warehouse.golden import Days, Golden
from tests.warehouse.golden_tables import Q1, of

NOON = datetime(2026, 3, 10, 11, tzinfo=UTC)
NIGHT = datetime(2026, 3, 31, 22, tzinfo=UTC)  # midnight in Stockholm: the last day of March has ended
HOME, ROOM, FOSTER = "residential_care_home", "supported_housing", "foster_home"

INSTANTS: dict[str, dict[str, dict[str, Any]]] = {
    "contract_coverage": {  # one, two and six of six
        "": {"": (0.5, 6)},
        "care_form": {HOME: (1 / 3, 3), ROOM: (1 / 2, 2), FOSTER: (1, 1)},
        "target_group": {"youth": (2 / 3, 3), "adults": (1 / 3, 3)},
        "provider": {"B201": (0.5, 2), "B202": (0.5, 2), "B203": (0.5, 2)},
        "unit": {"a": (2 / 3, 3), "b": (1 / 3, 3)},
    },
    "unsigned_contracts": {  # since 44 days (never sent), 9 and 5
        "": {"": 3},
        "over_days": {"7": 2, "14": 1, "30": 1},
        "provider": {"B201": 1, "B202": 1, "B204": 1},
        "care_form": {HOME: 1, ROOM: 1, "unknown": 1},
        "target_group": {"youth": 1, "adults": 1, "unknown": 1},
        "contract_type": {"new_admission": 1, "extension": 1, "relocation": 1},
    },
    "oldest_unsigned_contract": {
        "": {"": (44, 3)},
        "provider": {"B201": (44, 1), "B202": (9, 1), "B204": (5, 1)},
        "care_form": {HOME: (44, 1), ROOM: (9, 1), "unknown": (5, 1)},
        "target_group": {"youth": (44, 1), "adults": (9, 1), "unknown": (5, 1)},
        "contract_type": {"new_admission": (44, 1), "extension": (9, 1), "relocation": (5, 1)},
    },
    "expiring_contracts": {  # in 21, 51 and 66 days; in 112 the longer one
        "": {"": 3},
        "within_days": {"30": 1, "60": 2, "90": 3},
        "provider": {"B201": 1, "B203": 1, "B204": 1},
        "care_form": {HOME: 1, FOSTER: 1, "unknown": 1},
        "target_group": {"youth": 2, "unknown": 1},
        "contract_type": {"new_admission": 1, "relocation": 2},
    },
    "running_after_contract_end": {  # five; of four a new one is made but not signed
        "": {"": 1},
        "care_form": {HOME: 1},
        "target_group": {"adults": 1},
        "provider": {"B203": 1},
        "unit": {"b": 1},
    },
}
SPANS: dict[str, dict[str, dict[str, Any]]] = {
    "contract_coverage_days": {  # 72 of 81, 45 of 47, 0 of 71, 31 of 90, 59 of 90 and 23 of 31
        "": {"": (230 / 410, 6)},
        "care_form": {HOME: (131 / 242, 3), ROOM: (76 / 137, 2), FOSTER: (23 / 31, 1)},
        "target_group": {"youth": (95 / 183, 3), "adults": (135 / 227, 3)},
        "provider": {"B201": (72 / 152, 2), "B202": (76 / 137, 2), "B203": (82 / 121, 2)},
        "unit": {"a": (95 / 183, 3), "b": (135 / 227, 3)},
    },
    "signed_contracts": {
        "": {"": 4},
        "contract_type": {"new_admission": 2, "extension": 1, "relocation": 1},
        "target_group": {"youth": 3, "adults": 1},
        "provider": {"B201": 2, "B202": 1, "B203": 1},
    },
    "digital_signature_share": {
        "": {"": (7 / 9, 9)},
        "contract_type": {"new_admission": (3 / 4, 4), "extension": (1, 3), "relocation": (1 / 2, 2)},
        "target_group": {"youth": (4 / 6, 6), "adults": (1, 3)},
        "provider": {"B201": (3 / 4, 4), "B202": (1, 3), "B203": (1 / 2, 2)},
    },
    "contract_lead_time": {  # 10, 6, 10 and 12 days
        "": {"": (10, 4)},
        "statistic": {"median": (10, 4), "mean": (9.5, 4), "p90": (11.4, 4)},
        "contract_type": {"new_admission": (8, 2), "extension": (10, 1), "relocation": (12, 1)},
        "target_group": {"youth": (10, 3), "adults": (6, 1)},
        "provider": {"B201": (10, 2), "B202": (6, 1), "B203": (12, 1)},
    },
    "invoice_deviation": {  # February of one: two days and 150 kronor a day; two's last day
        "": {"": (14_500 + 2_000, 5)},
        "deviation": {"days": (2 + 1, 5), "daily_kr": (150, 5), "kr": (16_500, 5), "lines": (2, 5)},
        "verdict": {"accepted": (0, 1), "open": (14_500, 3), "credited": (2_000, 1)},
        "provider": {"B201": (14_500, 3), "B202": (2_000, 2)},
    },
}  # fmt: skip


def said(told: dict[str, dict[str, dict[str, Any]]], when: datetime | Days) -> tuple[Golden, ...]:
    """Metric → dimensions → rows of the town, as golden cases."""
    return tuple(
        of(metric, when, by, rows, CONTRACTED) for metric, asked in told.items() for by, rows in asked.items()
    )


GOLDEN: tuple[Golden, ...] = (
    *said(INSTANTS, NOON),
    *said(SPANS, Q1),
    # six's contract and its last day end together: at midnight that day is still covered
    of("contract_coverage", NIGHT, "provider", {"B201": (1 / 2, 2), "B202": (0, 1), "B203": (1 / 2, 2)},
       CONTRACTED),
    of("running_after_contract_end", NIGHT, "", {"": 1}, CONTRACTED),
    of("invoice_deviation", Q1, "deviation verdict", {
        "days accepted": (0, 1), "days open": (2, 3), "days credited": (1, 1), "kr accepted": (0, 1),
        "kr open": (14_500, 3), "kr credited": (2_000, 1), "daily_kr accepted": (0, 1),
        "daily_kr open": (150, 3), "daily_kr credited": (0, 1), "lines accepted": (0, 1),
        "lines open": (1, 3), "lines credited": (1, 1),
    }, CONTRACTED),
)  # fmt: skip
