"""What each metric of requests, follow-ups and providers must say of the town in `contract_town.py`, and
which flaws there are in `flaw_town.py`; counted by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.warehouse.contract_town import CONTRACTED
from tests.warehouse.flaw_town import FLAWED
from tests.warehouse.golden import Days, Golden
from tests.warehouse.golden_contracts import FOSTER, HOME, NOON, ROOM, said
from tests.warehouse.golden_tables import Q1, of

YEAR: Days = (date(2026, 1, 1), date(2027, 1, 1))  # told on 22 November
HIDDEN = None
PAID = 5000, (90 * 3000 + 31 * 1000) / 121  # kronor a day to B201 and to B203, of 121 days
DEAR, CHEAP = PAID[0] / (sum(PAID) / 2), PAID[1] / (sum(PAID) / 2)
GOOD, BAD = 4 / 3, 2 / 3  # scores of 4 and 2 beside the median, 3

FOLLOWED: dict[str, dict[str, dict[str, Any]]] = {
    "follow_up_rate": {  # due: one (done), three, four, five (done, done) and six; four's second is to come
        "": {"": (3 / 6, 6)},
        "grown": {"children_and_youth": (1 / 3, 3), "adults": (2 / 3, 3)},
        "target_group": {"youth": (1 / 3, 3), "adults": (2 / 3, 3)},
        "care_form": {HOME: (3 / 4, 4), ROOM: (0, 1), FOSTER: (0, 1)},  # none is done: zero, not nothing
    },
}
SPANS: dict[str, dict[str, dict[str, Any]]] = {
    "requests_per_placement": {
        "": {"": (5 / 4, 4)},
        "care_form": {HOME: (3 / 2, 2), ROOM: (1, 1), FOSTER: (1, 1)},
        "tender_area": {"hvb": (3 / 2, 2), "supported": (1, 1), "foster": (1, 1)},
    },
    "hours_to_answer": {  # 24, 48, 72 and 24
        "": {"": (36, 4)},
        "provider": {"B201": (24, 1), "B202": (72, 1), "B203": (36, 2)},
        "care_form": {HOME: (36, 2), ROOM: (72, 1), FOSTER: (24, 1)},
        "tender_area": {"hvb": (36, 2), "supported": (72, 1), "foster": (24, 1)},
    },
    "answer_rate": {
        "": {"": (4 / 5, 5)},
        "provider": {"B201": (1 / 2, 2), "B202": (1, 1), "B203": (1, 2)},
        "care_form": {HOME: (2 / 3, 3), ROOM: (1, 1), FOSTER: (1, 1)},
        "tender_area": {"hvb": (2 / 3, 3), "supported": (1, 1), "foster": (1, 1)},
    },
    "provider_scores": {  # 4, 4, 3, 5 and 4; 5; 2, 2, 2, 3 and 1
        "": {"": (35 / 11, 11)},
        "provider": {"B201": (4, 5), "B202": (HIDDEN, 1), "B203": (2, 5)},
        "target_group": {"youth": (HIDDEN, 2), "adults": (14 / 5, 5), "unknown": (HIDDEN, 4)},
        "parameter": {"plan_followed": (32 / 10, 10), "difference_made": (35 / 11, 11), "reporting": (3, 10)},
    },
    "placement_index": {
        "": {"": ((GOOD / DEAR + BAD / CHEAP) / 2, 10)},
        "provider": {"B201": (GOOD / DEAR, 5), "B202": (HIDDEN, 1), "B203": (BAD / CHEAP, 5)},
        "care_form": {HOME: ((GOOD / DEAR + BAD / CHEAP) / 2, 10), ROOM: (HIDDEN, 0)},
        "part": {"index": ((GOOD / DEAR + BAD / CHEAP) / 2, 10), "quality": (1, 10), "price": (1, 10)},
        "provider part": {
            "B201 index": (GOOD / DEAR, 5), "B201 quality": (GOOD, 5), "B201 price": (DEAR, 5),
            "B202 index": (HIDDEN, 1), "B202 quality": (HIDDEN, 1), "B202 price": (HIDDEN, 1),
            "B203 index": (BAD / CHEAP, 5), "B203 quality": (BAD, 5), "B203 price": (CHEAP, 5),
        },
    },
}  # fmt: skip
INSTANTS: dict[str, dict[str, dict[str, Any]]] = {
    "active_providers": {
        "": {"": 3},
        "care_form": {HOME: 2, ROOM: 1},
        "provider_municipality": {"0484": 1, "0480": 2},
    },
    "fresh_provider_data": {  # of B205 nothing since October
        "": {"": (3 / 4, 4)},
        "care_form": {HOME: (1, 2), ROOM: (1 / 2, 2)},
        "provider_municipality": {"0484": (1, 1), "0480": (1, 2), "unknown": (0, 1)},
        "tender_area": {"hvb": (1, 1), "unknown": (2 / 3, 3)},  # B205's agreement has ended
    },
    "open_deficiencies": {"": {"": 2}, "provider": {"B201": 1, "B203": 1}, "care_form": {HOME: 2}},
    "deficiency_days": {
        "": {"": (19.5, 2)},
        "provider": {"B201": (30, 1), "B203": (9, 1)},
        "care_form": {HOME: (19.5, 2)},
        "statistic": {"median": (19.5, 2), "mean": (19.5, 2), "p90": (27.9, 2)},
    },
}
FLAWS: dict[str, dict[str, Any]] = {
    "": {"": 10},
    "flaw": {"overlapping_placements": 1, "day_outside_contract": 2, "contract_outside_placement": 2,
             "invoice_outside_placement": 2, "unknown_placement": 3},
    "kind": {"placement": 3, "contract": 3, "invoice": 3, "provider": 1},
}  # fmt: skip

GOLDEN: tuple[Golden, ...] = (
    *said(FOLLOWED, YEAR),
    *said(SPANS, Q1),
    *said(INSTANTS, NOON),
    of("follow_up_rate", Q1, "", {"": (None, 0)}, CONTRACTED),  # nothing is due in the first quarter
    *(of("flawed_placements", NOON, by, rows, FLAWED) for by, rows in FLAWS.items()),
)
