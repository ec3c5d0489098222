"""Invented devices whose every figure can be counted by hand: a few odd ones in the first quarter of 2026
(9955), those of the sources' arithmetic (9957, 9958), and one of each flaw between entities (9956).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from schemas import devices as d
from schemas.envelope import Event, Fact
from schemas.reference import UnitPriceSet
from tests.caring import cancelled, planned, visit
from tests.dispensing import device, due, installed, raised, tell
from tests.placing import pseudonym
from tests.placing import tell as tell_on

DISPENSED, FAULTY, HUNDRED, COUNTED = "9955", "9956", "9957", "9958"
Said = Iterator[tuple[str, Fact, datetime]]
TAKEN = d.DoseTaken()


def utc(month: int, day: int, hour: int = 11, minute: int = 0) -> datetime:
    """An instant of 2026; 11 is noon in Stockholm until the clocks change."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def dispensed(code: str = DISPENSED) -> list[Event]:
    """Five devices in homes, one of them twice, with their doses, alarms, visits, prices and rents."""
    told = [*_lives(), *_signs(), *_doses(), *_alarms()]
    events = [tell(name, fact, when, municipality=code) for name, fact, when in told]
    return [*events, *_visits(code), *_money(code)]


def _lives() -> Said:
    ann: dict[str, Any] = {"regi": "in_house", "sex": "woman", "age_band": "80+", "baseline_visits": 62.0}
    yield "a", installed("norr", "ann", **ann), utc(2, 1)
    bo: dict[str, Any] = {"regi": "contracted", "sex": "man", "age_band": "65-79", "baseline_visits": 31.0}
    yield "b", installed("norr", "bo", **bo), utc(3, 1)
    yield "c", installed("syd", "cy", **ann | {"regi": "contracted"}), utc(1, 11)
    yield "c", d.DeviceRemoved(reason="not_suitable"), utc(3, 21)
    yield "d", installed("syd", "di", regi="in_house", device_type="camera"), utc(3, 4)
    yield "e", installed("norr", baseline_visits=20.0), utc(2, 10)
    yield "e", d.DeviceRemoved(), utc(3, 6)
    fy: dict[str, Any] = {"regi": "in_house", "sex": "man", "age_band": "80+", "baseline_visits": 31.0}
    yield "e", installed("syd", "fy", **fy), utc(3, 10, 5)
    for name, month, day in (("a", 2, 15), ("a", 2, 24), ("c", 2, 23), ("c", 3, 12)):
        yield name, d.DeviceRefilled(), utc(month, day)


def _signs() -> Said:
    """As of 10 March, 20.00 UTC, b's last is exactly a day old; d has never given one, e has just come."""
    given = [("a", 9, 23), ("a", 10, 10), ("b", 9, 20), ("b", 11, 6), ("c", 10, 6), ("c", 10, 22)]
    for name, day, hour in given:
        on = date(2026, 3, day)
        yield f"{name} {on}", d.DeviceAlive(device=device(name), on=on), utc(3, day, hour)


def _doses() -> Said:
    late_evening = utc(3, 9, 22, 30)  # 23.30 in Stockholm: the window closes on the next day
    for name, of, when in (
        ("a1", "a", utc(3, 9, 7)), ("a2", "a", late_evening), ("a4", "a", utc(3, 31, 21, 30)),
        ("a3", "a", utc(3, 31, 22, 30)), ("b1", "b", utc(3, 9, 7)), ("b2", "b", utc(3, 10, 7)),
        ("x1", "", utc(3, 10, 7)), ("e1", "e", utc(3, 8, 7)),
    ):  # fmt: skip
        yield name, due(when, of), when
    for name, when in (("c1", utc(3, 10, 7)), ("c2", utc(3, 10, 19, 30))):
        yield name, due(when, "c", "syd"), when
    taken = {
        "a1": utc(3, 9, 7, 30), "a2": utc(3, 9, 23), "a3": utc(3, 31, 22, 40), "a4": utc(3, 31, 21, 40),
        "c2": utc(3, 10, 19, 45), "x1": utc(3, 10, 7, 5), "e1": utc(3, 8, 7, 5), "b1": utc(3, 9, 8, 30),
        "nobody's": utc(3, 9),
    }  # fmt: skip
    for name, when in taken.items():
        yield name, TAKEN, when
    yield "b2", d.DoseMissed(reason="refused"), utc(3, 10, 8)


def _alarms() -> Said:
    yield "1", raised("b"), utc(3, 10, 8, 10)
    yield "1", d.AlarmAcknowledged(), utc(3, 10, 8, 15)
    yield "1", d.AlarmHandled(how="phone"), utc(3, 10, 8, 30)
    yield "2", raised("c", "syd"), utc(3, 10, 8, 20)
    yield "2", d.AlarmHandled(how="home_visit"), utc(3, 10, 9, 20)
    yield "3", raised("a", about="battery"), utc(3, 10, 19)
    yield "3", d.AlarmAcknowledged(), utc(3, 10, 19, 10)
    yield "4", raised("b"), utc(3, 10, 19, 50)
    yield "5", raised("c", "syd"), utc(3, 9, 12)
    yield "5", d.AlarmHandled(how="phone"), utc(3, 9, 11, 59)
    yield "6", raised("", "syd", person=pseudonym("person", "gö")), utc(3, 9, 12)
    yield "6", d.AlarmHandled(), utc(3, 9, 12, 10)
    yield "7", d.AlarmAcknowledged(), utc(3, 9, 12)
    yield "8", raised("a"), utc(3, 31, 22, 30)
    yield "8", d.AlarmHandled(how="phone"), utc(3, 31, 22, 40)


def _visits(code: str) -> Iterator[Event]:
    """Medication visits to four persons, before, in and after a device's time; other contacts of two."""
    old: dict[str, Any] = {"sex": "woman", "age_band": "80+", "unit": "norr", "regi": "in_house"}
    hy, ann = ({"person": pseudonym("person", name), **old} for name in ("hy", "ann"))
    medicine: dict[str, Any] = {"purpose": "medication", "service": "home_health_care", "regi": "contracted"}
    south: dict[str, Any] = {"unit": "syd", **medicine}
    bo, cy, di = (pseudonym("person", name) for name in ("bo", "cy", "di"))
    yield visit("first", code, "2026-01-01 08:00", "2026-01-01 08:30", **hy)
    yield visit("before", code, "2026-01-20 08:00", "2026-01-20 08:15", **ann | medicine)
    yield visit("one", code, "2026-03-03 08:00", "2026-03-03 08:15", **ann | medicine)
    yield visit("no stop", code, "2026-03-05 08:00", None, unit="norr", person=bo, **medicine)
    yield visit("last", code, "2026-03-21 08:00", "2026-03-21 08:15", person=cy, **south)
    yield visit("other", code, "2026-03-06 08:00", "2026-03-06 08:15", person=di, **south)
    yield visit("care", code, "2026-03-04 08:00", "2026-03-04 08:15", channel="video", **ann)
    yield visit("night", code, "2026-03-07 23:00", "2026-03-07 23:05", channel="camera", **hy)
    yield visit("somehow", code, "2026-03-08 08:00", "2026-03-08 08:15", channel="unknown", **hy)
    yield visit("on the road", code, "2026-03-09 08:00", "2026-03-09 08:15", kind="transport", **hy)
    yield visit("april", code, "2026-04-02 08:00", "2026-04-02 08:15", person=bo, **medicine)
    yield planned("not made", code, "2026-03-10 08:00", "2026-03-10 08:15", **medicine)
    yield cancelled("not made", code, "2026-03-10")


def _money(code: str) -> Iterator[Event]:
    for regi, price, first in (("unknown", 100, "2026-01-01"), ("unknown", 110, "2026-03-01"),
                               ("contracted", 200, "2026-02-01")):  # fmt: skip
        yield priced(code, price, first, regi)
    for unit, regi, month, kr in (("norr", "in_house", 2, 1000), ("norr", "in_house", 3, 1500),
                                  ("norr", "in_house", 3, 500), ("syd", "contracted", 3, 700),
                                  ("norr", "contracted", 3, 300)):  # fmt: skip
        yield rented(code, unit, date(2026, month, 1), kr, regi=regi)


def priced(code: str, price: float, first: str, regi: str = "unknown") -> Event:
    """What a medication visit costs from a day on."""
    fact = UnitPriceSet(
        service="medication_visit", per="visit", price_kr=price, from_on=date.fromisoformat(first),
        regi=regi,  # type: ignore[arg-type]
    )  # fmt: skip
    return tell_on(f"medication_visit.visit.{regi}", fact, first, municipality=code)


def rented(code: str, unit: str, month: date, kr: float, **said: Any) -> Event:
    """A line of the ledger."""
    fact = d.RentBooked(month=month, unit=unit, amount_kr=kr, **said)
    return tell_on(f"{unit}.{month:%Y%m}", fact, f"{month:%Y-%m}-28", municipality=code, what=f"{kr} {said}")


def hundred(code: str = HUNDRED) -> list[Event]:
    """X9 and X10: a hundred devices instead of 8,000 visits in July, 780,000 kr, and a rent of 280,000 kr."""
    lives = [
        tell(f"{number}", installed("norr", f"{number}", baseline_visits=80.0), utc(6, 30), municipality=code)
        for number in range(100)
    ]
    seen = visit("first", code, "2026-06-30 08:00", "2026-06-30 08:30", person=pseudonym("person", "7"))
    return [*lives, seen, priced(code, 97.5, "2020-01-01"), rented(code, "norr", date(2026, 7, 1), 280_000)]


def counted(code: str = COUNTED) -> list[Event]:
    """B25 and X11: 112 devices, three of them silent; 500 doses in March, of which four are missed, and as
    many in April and May, when one and six of those that were taken are lost on the way.
    """
    events = []
    for number in range(112):
        name, now = f"{number}", utc(3, 10, 6 + number % 12)
        events.append(tell(name, installed("norr", name), utc(2, 1), municipality=code))
        if number >= 3:
            alive = d.DeviceAlive(device=device(name), on=now.date())
            events.append(tell(f"{name} today", alive, now, municipality=code))
    for month, lost in ((3, 0), (4, 1), (5, 6)):
        for number in range(500):
            events += _dose(code, utc(month, 1 + number // 20) + timedelta(minutes=number % 20), number, lost)
    return events


def _dose(code: str, when: datetime, number: int, lost: int) -> Iterator[Event]:
    name = f"{when:%m} {number}"
    yield tell(name, due(when, f"{number % 112}"), when, municipality=code)
    if number >= lost:
        fact = d.DoseMissed() if number >= 496 else TAKEN
        yield tell(name, fact, when + timedelta(minutes=5), municipality=code)


def faulty(code: str = FAULTY) -> list[Event]:
    """p has been removed, q was away in February, z is unknown; beside each what lies on the right side."""
    gone = d.DeviceRemoved()
    told: list[tuple[str, Fact, datetime]] = [
        ("p", installed(), utc(1, 1)), ("p", gone, utc(2, 1)), ("p", d.DeviceRefilled(), utc(2, 5)),
        ("q", installed(), utc(1, 1)), ("q", gone, utc(2, 1)), ("q", installed(), utc(3, 1)),
        ("dose", due(utc(1, 5), "p"), utc(1, 5)), ("dose z", due(utc(1, 5), "z"), utc(1, 5)),
        ("none", due(utc(1, 5)), utc(1, 5)), ("both", due(utc(1, 6), "p"), utc(1, 6)),
        ("both", TAKEN, utc(1, 6)), ("both", d.DoseMissed(), utc(1, 6, 12)), ("nobody's", TAKEN, utc(1, 6)),
        ("alarm", raised("p"), utc(1, 5)), ("alarm z", raised("z"), utc(1, 5)),
        ("no one", raised(), utc(1, 5)),
    ]  # fmt: skip
    alive = [("p", 1, 31), ("p", 2, 1), ("p", 2, 2), ("q", 1, 31), ("q", 2, 10), ("q", 3, 2), ("z", 1, 5)]
    for name, month, day in alive:
        sign = d.DeviceAlive(device=device(name), on=date(2026, month, day))
        told.append((f"{name} {month} {day}", sign, utc(month, day, 6)))
    return [tell(name, fact, when, municipality=code) for name, fact, when in told]
