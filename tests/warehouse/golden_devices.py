"""What each metric of devices must say of the towns in `device_town.py`, counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.warehouse.device_town import COUNTED, DISPENSED, FAULTY, HUNDRED, utc
from tests.warehouse.golden import DAY_8, Days, Golden
from tests.warehouse.golden_tables import Q1, of, tables
from tests.warehouse.week_town import WEEKLY, week_of

Rows = dict[str, dict[str, Any]]
UNTOLD = None  # what cannot be told: nothing is known, or so little that only bounds are
HOME, CAMERA = "medicine_dispenser", "camera"

NOW: dict[str, Rows] = {  # 10 March, 21.00: a, b, c, d, and e for the second time, which came in the morning
    "active_devices": {
        "": {"": 5},
        "unit": {"norr": 2, "syd": 3},
        "device_type": {HOME: 4, CAMERA: 1},
        "regi": {"in_house": 3, "contracted": 2},
        "sex": {"woman": 2, "man": 2, "unknown": 1},
        "age_band": {"80+": 3, "65-79": 1, "unknown": 1},
    },
    "silent_devices": {  # b gave its last sign 24 hours ago, d never any
        "": {"": 2},
        "unit": {"norr": 1, "syd": 1},
        "device_type": {HOME: 1, CAMERA: 1},
        "regi": {"in_house": 1, "contracted": 1},
        "sex": {"man": 1, "unknown": 1},
        "age_band": {"65-79": 1, "unknown": 1},
    },
    "adherence_last_day": {  # a2 taken, b2 missed, x1 (of no device) taken; of c1 nothing is known
        "": {"": (UNTOLD, 4)},
        "unit": {"norr": (2 / 3, 3), "syd": (UNTOLD, 1)},
        "device_type": {HOME: (UNTOLD, 3), "unknown": (1, 1)},
        "regi": {"in_house": (1, 1), "contracted": (UNTOLD, 2), "unknown": (1, 1)},
        "sex": {"woman": (UNTOLD, 2), "man": (0, 1), "unknown": (1, 1)},
        "age_band": {"80+": (UNTOLD, 2), "65-79": (0, 1), "unknown": (1, 1)},
    },
    "doses_last_day": {
        "": {"": 4},
        "unit": {"norr": 3, "syd": 1},
        "outcome": {"taken": 2, "missed": 1, "unknown": 1},
    },
    "open_alarms": {  # the third, which somebody has taken on, and the fourth
        "": {"": 2},
        "unit": {"norr": 2},
        "device_type": {HOME: 2},
        "regi": {"in_house": 1, "contracted": 1},
        "about": {"battery": 1, "missed_dose": 1},
        "state": {"acknowledged": 1, "open": 1},
    },
    "open_alarms_over_limit": {  # the third, for an hour to the minute
        "": {"": 1},
        "unit": {"norr": 1},
        "device_type": {HOME: 1},
        "regi": {"in_house": 1},
        "about": {"battery": 1},
        "state": {"acknowledged": 1},
        "over_minutes": {"15": 1, "30": 1},
    },
    "oldest_open_alarm_minutes": {
        "": {"": (60, 2)},
        "unit": {"norr": (60, 2)},
        "about": {"battery": (60, 1), "missed_dose": (10, 1)},
        "state": {"acknowledged": (60, 1), "open": (10, 1)},
    },
    "refilled_on_time_share": {  # a 14 days ago, c 15; b and e have not been there for so long
        "": {"": (3 / 4, 4)},
        "unit": {"norr": (1, 2), "syd": (1 / 2, 2)},
        "device_type": {HOME: (3 / 4, 4)},
        "regi": {"in_house": (1, 2), "contracted": (1 / 2, 2)},
        "sex": {"woman": (1 / 2, 2), "man": (1, 2)},
        "age_band": {"80+": (2 / 3, 3), "65-79": (1, 1)},
    },
}
DOSES: dict[str, Rows] = {  # a1, a2, a4, c2, e1 and x1 taken, b1 late, b2 missed, c1 unknown; a3 is April's
    "adherence": {
        "": {"": (UNTOLD, 5)},
        "unit": {"norr": (5 / 7, 4), "syd": (UNTOLD, 1)},
        "device_type": {HOME: (UNTOLD, 3), "unknown": (1, 2)},  # e was in no home then
        "regi": {"in_house": (1, 1), "contracted": (UNTOLD, 2), "unknown": (1, 2)},
        "sex": {"woman": (UNTOLD, 2), "man": (0, 1), "unknown": (1, 2)},
        "age_band": {"80+": (UNTOLD, 2), "65-79": (0, 1), "unknown": (1, 2)},
    },
    "doses_due": {
        "": {"": (9, 5)},
        "unit": {"norr": (7, 4), "syd": (2, 1)},
        "device_type": {HOME: (7, 3), "unknown": (2, 2)},
        "regi": {"in_house": (3, 1), "contracted": (4, 2), "unknown": (2, 2)},
        "sex": {"woman": (5, 2), "man": (2, 1), "unknown": (2, 2)},
        "age_band": {"80+": (5, 2), "65-79": (2, 1), "unknown": (2, 2)},
        "outcome": {"taken": (6, 4), "late": (1, 1), "missed": (1, 1), "unknown": (1, 1)},
        "reason": {"not_missed": (8, 5), "refused": (1, 1)},
    },
    "alarms_per_1000_doses": {  # six alarms, five of them of dispensers
        "": {"": (6_000 / 9, 5)},
        "unit": {"norr": (3_000 / 7, 4), "syd": (3_000 / 2, 1)},
        "device_type": {HOME: (5_000 / 7, 3), "unknown": (1_000 / 2, 2)},
        "regi": {"in_house": (1_000 / 3, 1), "contracted": (4_000 / 4, 2), "unknown": (1_000 / 2, 2)},
    },
}
ANSWERED: dict[str, Rows] = {  # the first by phone after 20 minutes, the second by a visit after 60
    "alarm_response_minutes": {"": {"": (40, 2)}, "device_type": {HOME: (40, 2)}},
    "alarm_response_p90": {"": {"": (56, 2)}, "device_type": {HOME: (56, 2)}},
    "alarms_reached_in_time": {  # the first of four; the sixth reached nobody, the fifth is impossible
        "": {"": (1 / 4, 3)},
        "unit": {"norr": (1 / 3, 2), "syd": (0, 1)},
        "device_type": {HOME: (1 / 4, 3)},
        "regi": {"in_house": (0, 1), "contracted": (1 / 3, 2)},
        "about": {"missed_dose": (1 / 3, 2), "battery": (0, 1)},
        "channel": {"phone": (1, 1), "home_visit": (0, 1), "open": (0, 2)},
        "within_minutes": {"15": (0, 3), "30": (1 / 4, 3), "60": (2 / 4, 3)},
    },
}
for name, both in (("alarm_response_minutes", 40), ("alarm_response_p90", 56)):
    ANSWERED[name] |= {
        "unit": {"norr": (20, 1), "syd": (60, 1)},
        "regi": {"contracted": (both, 2)},
        "about": {"missed_dose": (both, 2)},
        "channel": {"phone": (20, 1), "home_visit": (60, 1)},
    }
MONEY: dict[str, Rows] = {
    # a 62 + 62, b 31, c 62 × 41/31 + 62, e 31 × 22/31 visits, less one each of a, b and c; d and the first
    # life of e cannot be told; 100 and 110 kr, contracted ones 200 from February (c's January has no price)
    "avoided_visits": {
        "": {"": (318, 6)},
        "unit": {"norr": (153, 3), "syd": (165, 3)},
        "device_type": {HOME: (318, 5), CAMERA: (UNTOLD, 1)},
        "regi": {"in_house": (145, 3), "contracted": (173, 2), "unknown": (UNTOLD, 1)},
    },
    "avoided_cost_gross": {
        "": {"": (41_530, 6)},
        "unit": {"norr": (18_910, 3), "syd": (22_620, 3)},
        "device_type": {HOME: (41_530, 5), CAMERA: (UNTOLD, 1)},
        "regi": {"in_house": (15_330, 3), "contracted": (26_200, 2), "unknown": (UNTOLD, 1)},
    },
    "device_rent": {
        "": {"": (4_000, 6)},
        "unit": {"norr": (3_300, 3), "syd": (700, 3)},
        "device_type": {HOME: (4_000, 5), CAMERA: (UNTOLD, 1)},
        "regi": {"in_house": (3_000, 3), "contracted": (1_000, 2), "unknown": (UNTOLD, 1)},
    },
    "avoided_cost_net": {
        "": {"": (37_530, 6)},
        "unit": {"norr": (15_610, 3), "syd": (21_920, 3)},
        "device_type": {HOME: (37_530, 5), CAMERA: (UNTOLD, 1)},
        "regi": {"in_house": (12_330, 3), "contracted": (25_200, 2), "unknown": (UNTOLD, 1)},
    },
}
OTHERS: dict[str, Rows] = {
    "device_endings": {  # c, and e for the first time, of which neither person nor reason is known
        "": {"": 2},
        "unit": {"norr": 1, "syd": 1},
        "device_type": {HOME: 2},
        "regi": {"contracted": 1, "unknown": 1},
        "sex": {"woman": 1, "unknown": 1},
        "age_band": {"80+": 1, "unknown": 1},
        "reason": {"not_suitable": 1, "unknown": 1},
    },
    "digital_contact_share": {  # one video, one camera, of eight that are known; the road is no contact
        "": {"": (2 / 8, 5)},
        "service": {"home_care": (2 / 3, 2), "home_health_care": (0, 4)},
        "unit": {"norr": (2 / 6, 3), "syd": (0, 2)},
        "regi": {"in_house": (2 / 3, 2), "contracted": (0, 4)},
        "sex": {"woman": (2 / 5, 2), "unknown": (0, 3)},
        "age_band": {"80+": (2 / 5, 2), "unknown": (0, 3)},
    },
}
FLAWS: Rows = {
    "": {"": 8},
    "flaw": {"refilled_after_removal": 1, "unknown_device": 3, "taken_and_missed": 1, "never_due": 1,
             "alive_after_removal": 2},
    "kind": {"device": 1, "device_day": 3, "dose": 3, "alarm": 1},
}  # fmt: skip
JULY: Days = (date(2026, 7, 1), date(2026, 8, 1))
MARCH: Days = (date(2026, 3, 1), date(2026, 4, 1))
APRIL: Days = (date(2026, 4, 1), date(2026, 5, 1))
MAY: Days = (date(2026, 5, 1), date(2026, 6, 1))


def total(metric: str, when: datetime | Days, value: float | None, n: int, code: str, **more: Any) -> Golden:
    return of(metric, when, "", {"": (value, n)}, code, **more)


GOLDEN: tuple[Golden, ...] = (
    *(golden for metric, rows in NOW.items() for golden in tables(metric, DAY_8, rows, DISPENSED)),
    *(
        golden
        for asked in (DOSES, ANSWERED, MONEY, OTHERS)
        for metric, rows in asked.items()
        for golden in tables(metric, Q1, rows, DISPENSED)
    ),
    *tables("flawed_devices", DAY_8, FLAWS, FAULTY),
    # a dose is counted when its window has closed: as of 10 March a1, b1 and e1, not yet a2
    total("adherence", MARCH, 2 / 3, 3, DISPENSED, today=date(2026, 3, 10)),
    total("doses_due", MARCH, 3, 3, DISPENSED, today=date(2026, 3, 10)),
    # 15 minutes after b1's window has closed nobody has taken it yet
    of("doses_last_day", utc(3, 9, 8, 15), "outcome", {"taken": 1, "unknown": 1}, DISPENSED),
    # ten of March's 31 days
    total("device_rent", MARCH, 3_000 * 10 / 31, 6, DISPENSED, today=date(2026, 3, 11)),
    total("avoided_visits", JULY, 8_000, 100, HUNDRED),  # X9
    total("avoided_cost_gross", JULY, 780_000, 100, HUNDRED),  # X10
    total("device_rent", JULY, 280_000, 100, HUNDRED),
    total("avoided_cost_net", JULY, 500_000, 100, HUNDRED),
    total("active_devices", DAY_8, 112, 112, COUNTED),  # B25
    total("silent_devices", DAY_8, 3, 3, COUNTED),
    total("adherence", MARCH, 496 / 500, 112, COUNTED),  # X11
    total("adherence", APRIL, 495 / 499, 112, COUNTED),
    total("adherence", MAY, UNTOLD, 112, COUNTED),
    total("adherence", week_of(2020, 13), 1 / 2, 2, WEEKLY),  # 167 hours
    total("adherence", week_of(2020, 14), 1, 1, WEEKLY),
    total("adherence", week_of(2020, 43), 1 / 2, 2, WEEKLY),  # 169 hours
    total("adherence", week_of(2020, 44), 1, 1, WEEKLY),
    total("adherence", week_of(2020, 53), 2 / 3, 3, WEEKLY),  # of two years
    total("adherence", week_of(2020, 53), 1 / 2, 2, WEEKLY, today=date(2021, 1, 2)),  # while it goes on
    total("adherence", week_of(2021, 1), 0, 1, WEEKLY),
)
