"""Invented home care whose every hour can be counted by hand: March 2026 and the nights when clocks change
(9941), the persons of a trial of rehabilitation (9942), who comes to the door (9943), and visits that were
told late, withdrawn and corrected (9946).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from msgspec.structs import replace

from schemas.envelope import Event
from tests.caring import (
    cancelled,
    clock,
    grant_ended,
    granted,
    planned,
    reported,
    scheduled,
    unit_price,
    visit,
    who,
    worked,
)
from tests.placing import pseudonym

CARED, REHAB, FACES, BELATED = "9941", "9942", "9943", "9946"
ANN: Final = who("ann", "woman", "80+") | {"regi": "in_house"}
BO: Final = who("bo", "man", "65-79")
SOUTH: Final = {"unit": "south", "regi": "contracted"}
DAN: Final = who("dan", "man", "30-64") | {
    "unit": "assist", "service": "personal_assistance", "regi": "in_house",
}  # fmt: skip


def cared(code: str = CARED) -> list[Event]:
    """A woman and a man with home care, a man with assistance, one whom nobody names, and two providers that
    only tell hours of a period.
    """
    return [*_visits(code), *_nights(code), *_planned(code), *_granted(code), *_reported(code), *_staff(code),
            *_prices(code)]  # fmt: skip


def _visits(code: str) -> list[Event]:
    """Visits over each other, with two, with breaks, and time that is not with the person."""
    two = {"staff_count": 2, "net_minutes": 45.0}
    shift = DAN | {"net_minutes": 450.0}
    return [
        visit("v1", code, "2026-03-02 08:00", "2026-03-02 09:00", **ANN),
        visit("v2", code, "2026-03-02 08:30", "2026-03-02 09:30", **ANN),
        visit("v3", code, "2026-03-03 10:00", "2026-03-03 11:00", **ANN, **two, recorded="2026-03-07"),
        visit("trip", code, "2026-03-02 09:30", "2026-03-02 10:00", kind="transport", **ANN),
        visit("v7", code, "2026-03-10 12:00", "2026-03-10 13:00", **BO, **SOUTH),
        visit("v8", code, "2026-03-10 12:30", "2026-03-10 13:00", **BO, regi="in_house", purpose="meal"),
        visit("d1", code, "2026-03-05 08:00", "2026-03-05 16:00", **shift),
        visit("d2", code, "2026-03-05 08:00", "2026-03-05 16:00", **shift),
        visit("nobody", code, "2026-03-06 08:00", "2026-03-06 08:30", channel="video"),
        visit("endless", code, "2026-03-07 08:00", None, **ANN),
        visit("backwards", code, "2026-03-07 12:00", "2026-03-07 11:00", **ANN),
    ]


def _nights(code: str) -> list[Event]:
    """Over midnight at both ends of the month, and on the nights of 23 and 25 hours."""
    return [
        visit("v5", code, "2026-02-28 23:00", "2026-03-01 01:00", **BO, **SOUTH),
        visit("v4", code, "2026-03-28 22:00", "2026-03-29 06:00", **ANN),
        visit("v6", code, "2026-03-31 23:00", "2026-04-01 02:00", **BO, **SOUTH),
        visit("v9", code, "2026-10-24 22:00", "2026-10-25 06:00", **ANN),
        visit("twice", code, "2026-10-25 02:30", clock("2026-10-25 02:30", fold=1), **BO, **SOUTH),
    ]


def _planned(code: str) -> list[Event]:
    """Of three that were planned and not cancelled one has a start and a stop."""
    bo, south = {"person": BO["person"]}, SOUTH
    return [
        planned("v1", code, "2026-03-02 08:00", "2026-03-02 09:00", person=ANN["person"]),
        planned("endless", code, "2026-03-07 08:00", "2026-03-07 08:30", person=ANN["person"]),
        planned("never", code, "2026-03-08 09:00", "2026-03-08 09:30", **bo, **south),
        planned("hospital", code, "2026-03-09 09:00", "2026-03-09 09:30", **bo, **south),
        cancelled("hospital", code, "2026-03-09"),
    ]


def _granted(code: str) -> list[Event]:
    """Ann 2 and then 3 hours a day, Bo 31 a month from the 11th, Dan 5 a day until the 11th; tasks of health
    care, an alarm, and a grant of which nobody told the act.
    """
    alarm = {"service": "safety_alarm", **who("gus", "man", "80+")}
    return [
        granted("ann", code, 14, "week", "2026-02-16", **ANN),
        granted("ann", code, 21, "week", "2026-03-16", **ANN),
        granted("bo", code, 31, "month", "2026-03-11", **BO, **SOUTH),
        granted("dan", code, 5, "day", "2026-01-01", law="LSS", **DAN),
        grant_ended("dan", code, "2026-03-11"),
        granted("eve", code, 10, "day", "2026-01-01", law="HSL", **who("eve") | {"service": "health_care"}),
        granted("fay", code, 1, "day", "2026-03-01", law="other", until_on="2026-04-01", **who("fay")),
        granted("gus", code, 0, "month", "2026-03-01", **alarm),
    ]


def _reported(code: str) -> list[Event]:
    """A provider's March, and a report that is cut by the end of the month."""
    return [
        reported("march", code, "2026-03-01", "2026-04-01", 100, double_hours=10, persons=30),
        reported("across", code, "2026-03-16", "2026-04-16", 62, unit="across"),
    ]


def _staff(code: str) -> list[Event]:
    """A day of the north with all that its time was used for; two of the south of which nobody told."""
    day = {"direct": 30, "transport": 5, "staff": 3, "documentation": 2}
    return [
        *(worked("north", code, "2026-03-02", use, hours, regi="in_house") for use, hours in day.items()),
        scheduled("north", code, "2026-03-02", 44, 12, regi="in_house"),
        worked("south", code, "2026-03-02", "unknown", 20, regi="contracted"),
        worked("south", code, "2026-03-10", "unknown", 10, regi="contracted"),
    ]


def _prices(code: str) -> list[Event]:
    """By the hour, the visit and the month; one changes in the month, one holds whatever the regi."""
    return [
        unit_price("home_care", code, "2026-01-01", 400, regi="in_house"),
        unit_price("home_care", code, "2026-03-03", 500, regi="in_house"),
        unit_price("home_care", code, "2026-01-01", 300, regi="contracted"),
        unit_price("home_care", code, "2026-01-01", 20, per="visit", regi="contracted"),
        unit_price("personal_assistance", code, "2026-01-01", 350),
        unit_price("safety_alarm", code, "2026-01-01", 250, per="month"),
    ]


def rehab(code: str = REHAB) -> list[Event]:
    """Hours a month before and after: 26 and 10 of one aged 65 to 79, 36 and 21 of one over 80 (domain 6,
    X7); in between nine others.
    """
    younger, older = who("una", "woman", "65-79"), who("vic", "man", "80+")
    told: list[tuple[str, dict[str, Any], str, str, float]] = [
        ("u1", younger, "2026-01-01", "2026-02-01", 26), ("u2", younger, "2026-07-01", "2026-08-01", 10),
        ("v1", older, "2026-01-01", "2026-02-01", 36), ("v2", older, "2026-07-01", "2026-08-01", 21),
    ]  # fmt: skip
    events = [reported(name, code, since, until, hours, **of) for name, of, since, until, hours in told]
    for number in range(9):  # one of them costs ten times as much
        of = who(f"p{number}", age_band="65-79")
        hours = 10 if number else 100
        events.append(reported(f"p{number}", code, "2026-02-01", "2026-03-01", hours, **of))
    return [*events, unit_price("home_care", code, "2026-01-01", 100)]


def faces(code: str = FACES) -> list[Event]:
    """Two who meet three and then two, and six; one with a visit too few, one too young, and visits that do
    not count.
    """
    hal = {"unit": "north", "regi": "in_house"} | who("hal", "woman", "80+")
    ivy = {"unit": "south", "regi": "contracted"} | who("ivy", "man", "65-79")
    joe = {"unit": "south", "regi": "contracted"} | who("joe", "man", "30-64")
    odd = {"purpose": "meal"}, {"purpose": "alarm"}, {"kind": "transport"}, {"channel": "phone"}
    events = [
        *_fortnight("hal", code, "2026-03-01", ("s1", "s2 s3"), hal),
        *_fortnight("hal", code, "2026-03-15", ("s1", "s4"), hal),
        *_fortnight("ivy", code, "2026-03-01", ("s1", "s2"), ivy)[1:],
        *_fortnight("ivy", code, "2026-03-15", ("s1 s2 s3", "s4 s5 s6"), ivy),
        *_fortnight("joe", code, "2026-03-01", ("s1", "s2"), joe),
    ]
    events += [
        visit(f"odd {n}", code, "2026-03-04 12:00", "2026-03-04 12:10", **hal, **said, staff=_staff_of("s9"))
        for n, said in enumerate(odd)
    ]
    return [
        *events,
        visit("night", code, "2026-03-04 22:00", "2026-03-04 22:10", **hal, staff=_staff_of("s8")),
    ]


def belated(code: str = BELATED) -> list[Event]:
    """Two of four visits in March recorded late; a late one is withdrawn, and of the last day of the month
    stands one that was told in time with a stop in April, and corrected a week later.
    """
    events = [
        visit("soon", code, "2026-03-02 10:00", "2026-03-02 11:00", **ANN),
        visit("late", code, "2026-03-03 10:00", "2026-03-03 11:00", **ANN, recorded="2026-03-07"),
        visit("late too", code, "2026-03-04 10:00", "2026-03-04 11:00", **ANN, recorded="2026-03-10"),
    ]
    twice = visit("twice", code, "2026-03-05 10:00", "2026-03-05 11:00", **ANN, recorded="2026-03-10")
    withdrawn = {"recordedtime": clock("2026-03-12 10:00"), "retracted": True, "reason": "registered_twice"}
    night = visit("night", code, "2026-03-31 10:00", "2026-03-31 11:00", **ANN)
    wrong = {"time": clock("2026-04-01 13:00"), "recordedtime": clock("2026-04-01 13:05")}
    right = {"recordedtime": clock("2026-04-08 10:00"), "reason": "wrong_time"}
    told = [*events, twice, replace(twice, **withdrawn), replace(night, **wrong), replace(night, **right)]
    return [*told, *_belated_reports(code)]


def _belated_reports(code: str) -> list[Event]:
    """Three of five reports of March came after ten days, one of them by a minute; one of the others was
    corrected a month later. One is of April.
    """
    due = ("2026-04-05 12:00", "2026-04-11 00:00", "2026-04-11 00:01", "2026-04-30 12:00", "2026-05-20 12:00")
    found = [
        replace(reported(f"{n}", code, "2026-03-01", "2026-04-01", 10), recordedtime=clock(when))
        for n, when in enumerate(due)
    ]
    april = replace(
        reported("april", code, "2026-04-01", "2026-05-01", 9), recordedtime=clock("2026-05-02 12:00")
    )
    mended = {"recordedtime": clock("2026-05-05 12:00"), "reason": "changed_at_source"}
    return [*found, replace(found[0], **mended), april]


def _fortnight(name: str, code: str, first: str, names: tuple[str, str], said: dict[str, Any]) -> list[Event]:
    """Two visits a day for fourteen days, mornings and evenings, where several take turns."""
    events = []
    for day in range(14):
        on = date.fromisoformat(first) + timedelta(days=day)
        for hour, turns in zip(("07:00", "21:59"), names, strict=True):
            of_turn = turns.split()[day % len(turns.split())]
            start, stop = f"{on} {hour}", f"{on} {hour[:2]}:59:30"
            events.append(visit(f"{name} {start}", code, start, stop, **said, staff=_staff_of(of_turn)))
    return events


def _staff_of(name: str) -> tuple[str, ...]:
    return (pseudonym("staff", name),)
