"""Personal assistance in a few invented cases whose every figure can be counted by hand.

The first quarter of 2026 (municipality 9933), what should be looked at (9939), Ludvika's two years (9937),
fifty-two costs (9938) and shifts that lie over each other (9947).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from schemas import assistance as a
from schemas import hours as h
from schemas import staffing as s
from schemas.calendar import later_period
from schemas.envelope import Event
from tests.assisting import Case, account, claimed, cost, overhead, paid, rate, revenue
from tests.caring import granted
from tests.placing import pseudonym, tell
from tests.staffing import scheduled, staff

ASSISTED, WATCHED, LUDVIKA, HEAVY, HANDED = "9933", "9939", "9937", "9938", "9947"


def assisted() -> list[Event]:
    """Four cases of two units; an hour gives 300 kr."""
    return [rate(ASSISTED, "2025-01-01", 300), *_one(), *_two(), *_three_and_four(), *_temps()]


def _one() -> Iterator[Event]:
    """Ten hours a day; 300, 280 and 310 of them performed, twenty with two assistants."""
    one = Case("one", ASSISTED)
    yield one.decided("2026-01-01", "2026-07-01", 1810, sex="woman", age_band="30-64")
    yield one.reported("2026-01", 280, 20)
    yield one.reported("2026-02", 280)
    yield one.reported("2026-03", 310)
    yield from one.money("2026-01", cost(93_000), claimed(300, 90_000), paid(90_000), revenue(90_000))
    yield from one.money("2026-02", cost(84_000), claimed(280, 84_000), paid(80_000), revenue(80_000))
    yield from one.money("2026-03", cost(96_000), claimed(310, 93_000))
    yield from account(ASSISTED, "east", "2026-01", overhead(50_000))


def _two() -> Iterator[Event]:
    """Five hours a day; too many in January, and dear. From February an hour gives 330 kr."""
    two = Case("two", ASSISTED)
    yield two.decided("2026-01-01", "2026-07-01", 905, sex="man", age_band="65-79")
    yield two.told(a.AssistanceRateSet(from_on=date(2026, 2, 1), rate_kr=330.0), "2026-02-01")
    yield two.reported("2026-01", 200)
    yield two.reported("2026-02", 100)
    yield two.reported("2026-03", 155)
    yield from two.money("2026-01", cost(80_000), claimed(155, 46_500), revenue(46_000))
    yield from two.money("2026-02", cost(40_000))
    yield from two.money("2026-03", cost(44_000))


def _three_and_four() -> Iterator[Event]:
    """A contracted case of which nobody has told of March, and one that the municipality pays for.

    That one has four shifts in February, one of them without its end, and one in March that was cancelled.
    """
    three = Case("three", ASSISTED, "west", "contracted")
    yield three.decided("2026-01-01", "2026-07-01", 543, sex="woman", age_band="18-20")
    yield three.reported("2026-01", 90)
    yield three.reported("2026-02", 84)
    four = Case("four", ASSISTED, "west")
    yield four.decided("2026-01-01", "2026-07-01", 362, sex="man", age_band="30-64", payer="municipality")
    for day in ("02", "03", "04"):
        yield four.planned(f"2026-02-{day} 08:00", f"2026-02-{day} 22:00")
        yield four.shift(f"2026-02-{day} 08:00", f"2026-02-{day} 22:00")
    yield four.planned("2026-02-05 08:00", "2026-02-05 22:00")
    yield four.shift("2026-02-05 08:00", None)
    yield four.shift("2026-02-04 18:00", "2026-02-04 22:00")  # beside the first one
    yield four.planned("2026-03-31 08:00", "2026-03-31 22:00")
    yield four.cancelled("2026-03-31 08:00")
    yield from account(ASSISTED, "west", "2026-03", cost(10_000))  # nobody worked: half for each


def _temps() -> Iterator[Event]:
    """In January two temps with one and one of them with two; in February none."""
    engaged = (("05", "t1", "one"), ("06", "t1", "one"), ("06", "t2", "one"), ("06", "t1", "two"))
    said: dict[str, Any] = {"code": ASSISTED, "role": "assistant"}
    for number, (day, temp, case) in enumerate(engaged):
        of = Case(case, ASSISTED).secret
        yield staff("east", f"2026-01-{day}", s.TempEngaged, what=f"{number}", hours=6.0, assistance=of,
                    temp=pseudonym("temp", temp), **said)  # fmt: skip
    yield scheduled("east", "2026-02-10", 90, 12, **said)


def watched() -> Iterator[Event]:
    """On 10 March one case is refused by mistake and one mended by mistake; one account is settled late."""
    six = Case("six", WATCHED)
    yield six.decided("2025-08-01", "2026-02-01", 1840)
    yield six.decided("2026-02-01", "2026-08-01", 0, on="2026-02-20")
    seven = Case("seven", WATCHED, "west", "contracted")
    first = seven.decided("2026-01-01", "2026-07-01", 905)
    yield first
    yield replace(
        seven.decided("2026-01-01", "2026-07-01", 200), recordedtime=datetime(2026, 3, 5, tzinfo=UTC)
    )
    eight = Case("eight", WATCHED)
    yield eight.decided("2025-08-01", "2026-02-01", 1840)
    yield eight.decided("2026-02-01", "2026-08-01", 0, on="2026-02-20")
    yield eight.told(a.AssistanceEnded(on=date(2026, 3, 1)), "2026-03-01")
    nine = Case("nine", WATCHED, "west")  # six hours a day instead of ten, with a schedule after a fortnight
    yield nine.decided("2025-08-01", "2026-02-01", 1840)
    yield nine.decided("2026-02-01", "2026-08-01", 1086, on="2026-01-20")
    yield nine.told(a.AssistanceScheduleChanged(on=date(2026, 2, 3)), "2026-02-03")
    five = Case("five", WATCHED)
    yield five.decided("2026-01-01", "2026-03-01", 59)
    yield from five.money("2026-01", claimed(31, 9_300), on="2026-02-05")
    yield from five.money("2026-02", claimed(28, 8_400), on="2026-05-10")
    for name, decided, changed in (
        ("ten", "2026-02-01", "2026-02-05"),
        ("eleven", "2026-03-01", "2026-03-11"),
    ):
        yield granted(name, WATCHED, 10, "week", "2025-11-01", unit="north", regi="in_house")
        yield granted(name, WATCHED, 14, "week", decided, unit="north", regi="in_house")
        yield tell(
            name, h.GrantScheduleChanged(on=date.fromisoformat(changed)), changed, municipality=WATCHED
        )
    yield granted("twelve", WATCHED, 10, "week", "2025-11-01", unit="north", regi="in_house")
    yield granted("twelve", WATCHED, 14, "week", "2026-02-01", unit="north", regi="in_house",
                  decided_on=date(2026, 2, 10))  # fmt: skip
    for changed in ("2026-02-05", "2026-06-01"):  # the hours had begun, and nobody had decided them yet
        fact = h.GrantScheduleChanged(on=date.fromisoformat(changed))
        yield tell("twelve", fact, changed, municipality=WATCHED, what=changed)


def ludvika() -> Iterator[Event]:
    """The cost of an hour falls from 88 kr to 63 (domain 6, X13); the mean of the months is 90 and 65."""
    case = Case("one", LUDVIKA)
    for year, month in ((2010, 8), (2011, 2), (2011, 8), (2012, 2), (2012, 8)):
        first = date(year, month, 1)
        yield case.decided(str(first), str(later_period("month", first, 6)), 3_600)
    for number in range(26):
        first = later_period("month", date(2010, 8, 1), number)
        few = number % 2 == 0
        net = (40_000, 48_000) if number < 12 else (30_000, 33_000) if number > 13 else (35_000, 40_000)
        yield case.reported(f"{first:%Y-%m}", 400 if few else 600)
        yield from case.money(f"{first:%Y-%m}", cost(150_000 + net[0 if few else 1]), revenue(150_000))


def heavy() -> Iterator[Event]:
    """Fifty cases of a unit, five of them ten times as dear as the others, and two of another;
    50,000 kr of no case.
    """
    for number in range(50):
        yield from Case(f"a{number}", HEAVY, "a").money("2026-01", cost(100_000 if number < 5 else 10_000))
    for number in range(2):
        yield from Case(f"b{number}", HEAVY, "b", "contracted").money("2026-01", cost(50_000))
    yield from account(HEAVY, "a", "2026-01", cost(50_000))


def handed_over() -> list[Event]:
    """Twelve hours in two shifts, ten minutes of both and an hour of two; eight with two hours of three."""
    five, late = Case("five", HANDED), "2026-02-02 15:50"
    return [
        five.decided("2026-01-01", "2026-07-01", 362),
        five.shift("2026-02-02 08:00", "2026-02-02 16:00"),
        five.shift(late, "2026-02-02 20:00"),
        five.double("2026-02-02 17:00", "2026-02-02 18:00", late),
        five.shift("2026-02-03 08:00", "2026-02-03 16:00"),
        five.shift("2026-02-03 10:00", "2026-02-03 12:00"),
        five.double("2026-02-03 10:00", "2026-02-03 12:00"),
    ]
