"""How tests tell of personal assistance, and the worked example of the six-month report (domain 7.3, T8).

Every figure of the example is computed by hand below: the warehouse's question and the screen must equal it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from schemas import assistance as a
from schemas import hours as h
from schemas.calendar import later_period
from schemas.envelope import Event, Fact
from schemas.reference import HourlyRateSet
from tests.caring import cancelled, clock, planned, reported, visit
from tests.placing import pseudonym, tell

EXAMPLE: Final = "9974"
TODAY: Final = date(2026, 11, 22)
Line = tuple[type[a.AccountFact], dict[str, Any]]
"""What is said in a line of an account."""


class Case(NamedTuple):
    """An assistance case of a municipality, as its facts are told."""

    name: str
    code: str
    unit: str = "east"
    regi: str = "in_house"

    @property
    def secret(self) -> str:
        return pseudonym("assistance", self.name)

    def decided(self, from_on: str, until_on: str, hours: float, **said: Any) -> Event:
        """A decision; told on its first day unless `on` says otherwise."""
        on = said.pop("on", from_on)
        about = {
            "unit": self.unit,
            "regi": self.regi,
            "payer": "social_insurance",
            "person": pseudonym("person", self.name),
        }
        fact = a.AssistanceDecided(from_on=date.fromisoformat(from_on), until_on=date.fromisoformat(until_on),
                                   hours=hours, **(about | said))  # fmt: skip
        return tell(self.name, fact, on, municipality=self.code, what=f"decided {from_on}")

    def told(self, fact: Fact, on: str) -> Event:
        """Another fact of the case: its end, its rate, its schedule."""
        return tell(self.name, fact, on, municipality=self.code)

    def reported(self, month: str, hours: float, double: float = 0.0) -> Event:
        """Hours of a calendar month, known as a whole."""
        first = date.fromisoformat(f"{month}-01")
        days = str(first), str(later_period("month", first))
        return reported(f"{self.name} {month}", self.code, *days, hours, double_hours=double, **self._about)

    @property
    def _about(self) -> dict[str, Any]:
        """What each of its shifts and reports says."""
        return {"unit": self.unit, "regi": self.regi, "service": "personal_assistance",
                "assistance": self.secret}  # fmt: skip

    def shift(self, start: str, stop: str | None, **said: Any) -> Event:
        """A performed shift, by the clock on the wall."""
        return visit(f"{self.name} {start}", self.code, start, stop, **(self._about | said))

    def planned(self, start: str, stop: str) -> Event:
        """The plan of the shift that begins then."""
        return planned(f"{self.name} {start}", self.code, start, stop, **self._about)

    def cancelled(self, start: str) -> Event:
        """That the shift that was to begin then does not take place."""
        return cancelled(f"{self.name} {start}", self.code, start[:10])

    def double(self, start: str, stop: str, shift: str = "") -> Event:
        """For this part of a shift there were two. shift: when it begins, if not then."""
        fact = h.VisitDoubleStaffed(start_at=clock(start), stop_at=clock(stop))
        return tell(f"{self.name} {shift or start}", fact, start[:10], municipality=self.code)

    def money(self, month: str, *lines: Line, on: str = "") -> list[Event]:
        """Lines of the account of a month, told on its first day unless said otherwise."""
        return account(self.code, self.unit, month, *lines, case=self, on=on)


def account(
    code: str, unit: str, month: str, *lines: Line, case: Case | None = None, on: str = ""
) -> list[Event]:
    """Lines of a month's account of a case, or of a whole unit."""
    about: dict[str, Any] = {
        "month": date.fromisoformat(f"{month}-01"), "unit": unit, "regi": case.regi if case else "in_house",
        "assistance": case.secret if case else None,
    }  # fmt: skip
    name, day = f"{case.name if case else unit} {month}", on or f"{month}-01"
    return [
        tell(name, kind(**about, **said), day, municipality=code, what=f"{number}")
        for number, (kind, said) in enumerate(lines)
    ]


def claimed(hours: float, kr: float) -> Line:
    return a.AllowanceClaimed, {"hours": hours, "amount_kr": kr}


def paid(kr: float) -> Line:
    return a.AllowancePaid, {"amount_kr": kr}


def cost(kr: float) -> Line:
    return a.CostBooked, {"amount_kr": kr}


def overhead(kr: float) -> Line:
    return a.CostBooked, {"amount_kr": kr, "kind": "overhead"}


def revenue(kr: float) -> Line:
    return a.RevenueBooked, {"amount_kr": kr}


def rate(code: str, from_on: str, kr: float, on: str = "") -> Event:
    """What an hour of assistance gives from a day on; told on that day unless said otherwise."""
    fact = HourlyRateSet(from_on=date.fromisoformat(from_on), rate_kr=kr)
    return tell("assistance", fact, on or from_on, municipality=code, what=f"rate {from_on}")


def example() -> Iterator[Event]:
    """One case and its half-year from July to December 2026, told of until 21 November.

    Granted 1,840 hours for 184 days, 10 a day; an hour gives 347.70 kr. October's last night goes on for six
    hours in November, and the shift of 21 November for six in 22 November, which is not over. On 2 November
    there were two for five hours.
    """
    one = Case("one", EXAMPLE)
    yield rate(EXAMPLE, "2026-01-01", 347.70)
    yield one.decided("2026-07-01", "2027-01-01", 1840, sex="man", age_band="30-64")
    yield one.reported("2026-07", 300, 10)
    yield one.reported("2026-08", 340)
    yield one.reported("2026-09", 250)
    yield one.reported("2026-10", 308)
    yield one.shift("2026-10-31 22:00", "2026-11-01 06:00")
    for day in range(1, 21):
        yield one.shift(f"2026-11-{day:02} 09:00", f"2026-11-{day:02} 18:00")
    yield one.double("2026-11-02 09:00", "2026-11-02 14:00")
    yield one.shift("2026-11-21 20:00", "2026-11-22 06:00")
    yield from one.money("2026-07", cost(115_000), claimed(310, 107_787), paid(100_000), paid(7_787))
    yield from one.money("2026-08", cost(100_000), cost(20_000), claimed(310, 107_787), paid(105_000))
    yield from one.money("2026-09", cost(98_000), claimed(280, 97_356))
    yield from one.money("2026-10", cost(112_000))


class Month(NamedTuple):
    """A month of the example: hours, kronor; None where nobody has told."""

    granted_h: float
    performed_h: float | None
    double_h: float | None
    remaining_h: float | None
    expected_kr: float | None
    claimed_kr: float | None
    paid_kr: float | None
    status: str
    cost_kr: float | None
    result_kr: float | None


JULY = Month(
    10 * 31,
    300 + 10,
    10,
    1840 - 310,
    310 * 347.7,
    107_787,
    100_000 + 7_787,
    "paid",
    115_000,
    107_787 - 115_000,
)
# performed to date 650, granted to date 620: 30 of August's hours are not paid for yet
AUGUST = Month(
    10 * 31, 340, 0, 1840 - 650, (620 - 310) * 347.7, 107_787, 105_000, "paid", 120_000, 107_787 - 120_000
)
# to date 900 of 920: September's 250 and the 30 of August
SEPTEMBER = Month(
    10 * 30, 250, 0, 1840 - 900, (250 + 30) * 347.7, 97_356, None, "claimed", 98_000, 97_356 - 98_000
)
# to date 1,210 of 1,230; 308 of the report and the two hours before midnight
OCTOBER = Month(
    10 * 31, 308 + 2, 0, 1840 - 1210, 310 * 347.7, None, None, "expected", 112_000, 107_787 - 112_000
)
# until the 21st 1,405 of 1,440: six hours of the night, twenty shifts of nine, five with two, four
NOVEMBER = Month(10 * 30, 6 + 20 * 9 + 5 + 4, 5, 1840 - 1405, 195 * 347.7, None, None, "expected", None, None)
DECEMBER = Month(10 * 31, None, None, None, None, None, None, "", None, None)
MONTHS: Final = (JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER)

FORECAST_H: Final = 1405 / 144 * 184  # 144 of 184 days are over; 1,795.3 of 1,840
FORECAST_KR: Final = FORECAST_H * 347.7  # all of it is within what is granted
COST_KR: Final = 115_000 + 120_000 + 98_000 + 112_000  # of July to October
HOUR_COSTS_KR: Final = COST_KR / (310 + 340 + 250 + 310)  # 367.77
PERIOD: Final[dict[str, float]] = {
    "granted_h": 1840, "granted_to_date_h": 1440, "performed_h": 1405, "double_h": 15, "remaining_h": 435,
    "share": 1405 / 1440, "coverage": 1, "expected_kr": 1405 * 347.7, "claimed_kr": 312_930,
    "paid_kr": 212_787, "cost_kr": COST_KR, "result_kr": 1210 * 347.7 - COST_KR, "result_months": 4,
    "hour_costs_kr": HOUR_COSTS_KR, "rate_kr": 347.7, "most_kr": 347.7 * 1.12, "is_candidate": 1,
    "forecast_h": FORECAST_H, "forecast_revenue_kr": FORECAST_KR,
    "forecast_cost_kr": HOUR_COSTS_KR * FORECAST_H,
    "forecast_result_kr": FORECAST_KR - HOUR_COSTS_KR * FORECAST_H,
}  # fmt: skip
"""The whole period of the example, as it stands on 22 November."""
