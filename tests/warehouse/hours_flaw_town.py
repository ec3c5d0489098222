"""Hours that do not fit what is told around them: one of each kind of flaw between entities (9944), and
beside it what lies on the right side of the same line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from schemas import assistance as a
from schemas import staffing as s
from schemas.envelope import Event
from tests.caring import clock, grant_ended, granted, reported, visit, who
from tests.placing import pseudonym, tell

ODD = "9944"


def of(kind: str, name: str) -> str:
    """The key of an entity of the town."""
    return f"{ODD}/{kind}/{name if kind == 'staff_day' else pseudonym(kind, name)}"


def case(name: str) -> str:
    return pseudonym("assistance", name)


def flawed_hours() -> list[Event]:
    """Everything told of the town."""
    return [
        *_overlapping(),
        *_after_death(),
        *_unknown_cases(),
        *_over_granted(),
        *_over_decided(),
        *_doubled(),
    ]


FLAWED = {
    ("visit", "at two places", "overlapping_visits"),
    ("visit", "within a long one", "overlapping_visits"),
    ("visit", "over midnight too", "overlapping_visits"),
    ("visit", "after death", "hours_after_death"),
    ("visit", "after midnight", "hours_after_death"),
    ("hours_report", "after death", "hours_after_death"),
    ("hours_report", "after death", "reported_twice"),
    ("hours_report", "visited too", "reported_and_visited"),
    ("hours_report", "of all", "reported_and_visited"),
    ("grant", "another of ann", "hours_after_death"),
    ("visit", "of nobody's case", "unknown_assistance"),
    ("hours_report", "of nobody's case", "unknown_assistance"),
    ("account_month", "of nobody's case", "unknown_assistance"),
    ("staff_day", "north.care_worker.20260302", "unknown_assistance"),
    ("assistance", "never decided", "never_decided"),
    ("visit", "of a case never decided", "unknown_assistance"),
    ("grant", "two hours", "performed_over_granted"),
    ("grant", "reported over", "performed_over_granted"),
    ("assistance", "too much", "performed_over_granted"),
}
"""Kind, name and flaw of all that does not add up."""


def _overlapping() -> Iterator[Event]:
    """Two visits of one member of staff at once; those of two members with one person are no flaw."""
    eve, fred = pseudonym("staff", "eve"), pseudonym("staff", "fred")
    yield visit("first", ODD, "2026-03-02 08:00", "2026-03-02 10:00", staff=(eve,), **who("p1"))
    yield visit("at two places", ODD, "2026-03-02 08:30", "2026-03-02 08:45", staff=(eve,), **who("p2"))
    yield visit("within a long one", ODD, "2026-03-02 09:59", "2026-03-02 10:30", staff=(eve,), **who("p3"))
    yield visit("right after", ODD, "2026-03-02 10:30", "2026-03-02 11:00", staff=(eve,), **who("p4"))
    yield visit("with eve", ODD, "2026-03-02 08:00", "2026-03-02 10:00", staff=(fred,), **who("p1"))
    yield visit("over midnight", ODD, "2026-03-03 23:30", "2026-03-04 01:30", staff=(fred,), **who("p5"))
    yield visit("over midnight too", ODD, "2026-03-04 01:10", "2026-03-04 02:00", staff=(fred,), **who("p6"))


def _after_death() -> Iterator[Event]:
    """Ann's hours ended on 1 April because she died; Bo's because he moved."""
    for name, reason in (("ann", "deceased"), ("bo", "moved")):
        yield granted(f"of {name}", ODD, 10, "week", "2026-01-01", **who(name))
        yield granted(f"another of {name}", ODD, 1, "week", "2026-01-01", **who(name))
        yield grant_ended(f"of {name}", ODD, "2026-04-01", reason)
    yield visit("after death", ODD, "2026-04-01 08:00", "2026-04-01 09:00", **who("ann"))
    yield visit("after midnight", ODD, "2026-04-01 00:20", "2026-04-01 00:40", **who("ann"))
    yield visit("before death", ODD, "2026-03-31 08:00", "2026-03-31 09:00", **who("ann"))
    yield visit("after the move", ODD, "2026-04-01 08:00", "2026-04-01 09:00", **who("bo"))
    yield reported("after death", ODD, "2026-03-15", "2026-04-15", 1, **who("ann"))
    yield reported("until death", ODD, "2026-03-15", "2026-04-01", 1, **who("ann"))


def _doubled() -> Iterator[Event]:
    """A month that is reported though its visits are told of, of one person and of a unit; the next month."""
    private: dict[str, Any] = {"unit": "visited", **who("kim")}
    yield visit("kim's", ODD, "2026-03-31 08:00", "2026-03-31 09:00", **private)
    yield reported("visited too", ODD, "2026-03-01", "2026-04-01", 1, **private)
    yield reported("of all", ODD, "2026-03-01", "2026-04-01", 1, unit="visited")
    yield reported("the month after", ODD, "2026-04-01", "2026-05-01", 1, **private)
    wrong = visit("taken back", ODD, "2026-04-02 08:00", "2026-04-02 09:00", **private)
    yield wrong
    later = clock("2026-04-03 08:00")
    yield replace(wrong, retracted=True, recordedtime=later, reason="registered_by_mistake")


def decided(name: str, hours: float) -> Event:
    """Hours of a case for March and April."""
    first, until = date(2026, 3, 1), date(2026, 5, 1)
    fact = a.AssistanceDecided(from_on=first, until_on=until, hours=hours, unit="assistance")
    return tell(name, fact, first.isoformat(), municipality=ODD)


def _unknown_cases() -> Iterator[Event]:
    """Hours, money and temps of a case that nobody decided, beside one that was."""
    yield decided("known", 100)
    yield tell("never decided", a.AssistanceRateSet(from_on=date(2026, 1, 1), rate_kr=300), "2026-01-01",
               municipality=ODD)  # fmt: skip
    for name, key in (("of nobody's case", "nobody's"), ("of a known case", "known")):
        about: dict[str, Any] = {"assistance": case(key)}
        yield visit(name, ODD, "2026-03-02 08:00", "2026-03-02 09:00", **about)
        yield reported(name, ODD, "2026-03-01", "2026-04-01", 1, **about)
        fact = a.RevenueBooked(month=date(2026, 3, 1), unit="assistance", amount_kr=1, **about)
        yield tell(name, fact, "2026-03-31", municipality=ODD)
    yield visit("of a case never decided", ODD, "2026-03-02 08:00", "2026-03-02 09:00",
                assistance=case("never decided"))  # fmt: skip
    for number, key in ((2, "nobody's"), (3, "known")):
        day = date(2026, 3, number)
        temp = s.TempEngaged(unit="north", on=day, hours=7, temp=pseudonym("temp", "t"), assistance=case(key))
        yield tell(f"north.care_worker.{day:%Y%m%d}", temp, day.isoformat(), municipality=ODD)


def _over_granted() -> Iterator[Event]:
    """Two hours a month are granted: 2 h 7 min are performed of one grant, 2 h 6 min of the other; and three
    at once are one hour. What a provider reports of a month counts, what it reports across two does not.
    """
    for name, stop in (("two hours", "10:07"), ("five per cent", "10:06")):
        yield granted(name, ODD, 2, "month", "2026-01-01", **who(name))
        yield visit(f"of {name}", ODD, "2026-03-05 08:00", f"2026-03-05 {stop}", **who(name))
    yield granted("at once", ODD, 2, "month", "2026-01-01", **who("at once"))
    for number in range(3):
        yield visit(f"at once {number}", ODD, "2026-03-05 08:00", "2026-03-05 09:00", **who("at once"))
    for name, until in (("reported over", "2026-04-01"), ("across", "2026-04-02")):
        yield granted(name, ODD, 2, "month", "2026-01-01", **who(name))
        yield visit(f"of {name}", ODD, "2026-03-05 08:00", "2026-03-05 09:00", **who(name))
        yield reported(name, ODD, "2026-03-01", until, 2, **who(name))


def _over_decided() -> Iterator[Event]:
    """Four hours are decided for March and April: five and four are performed."""
    for name, hours in (("too much", 3), ("enough", 2)):
        yield decided(name, 4)
        yield visit(
            f"march of {name}",
            ODD,
            "2026-03-06 08:00",
            f"2026-03-06 {8 + hours:02d}:00",
            assistance=case(name),
        )
        yield visit(f"april of {name}", ODD, "2026-04-06 08:00", "2026-04-06 10:00", assistance=case(name))
