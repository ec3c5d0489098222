"""Who has home care in Mittköping, from when, how much was decided and by which unit. Nothing is told here.

Each day of the calendar has dice of its own for those who come then.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import exp
from random import Random
from typing import Final, NamedTuple, cast

from producers.synthetic.care.model import CHANCES, CLIENTS, UNITS, WEEKS_A_MONTH
from producers.synthetic.care.telling import dice, secret
from producers.synthetic.generator import Town, poisson
from producers.synthetic.life import pick
from producers.synthetic.workdays import DAY
from schemas.codes import AgeBand, Channel, HoursPer, Sex
from schemas.workdays import workday_from

LONGEST: Final[int] = CLIENTS["longest_days"]
DECIDED_AHEAD: Final = 14  # days that a decision may lie before its first day


class Step(NamedTuple):
    """A decision: so many hours a day, week or month from a day on. scheduled_on: when staffing follows."""

    decided_on: date
    from_on: date
    hours: float
    per: HoursPer
    unit: str
    scheduled_on: date | None

    @property
    def hours_a_week(self) -> float:
        """The same in hours a week."""
        return self.hours * {"day": 7.0, "week": 1.0, "month": 1 / WEEKS_A_MONTH}[self.per]


class Client(NamedTuple):
    """Somebody invented who has home care on the days [from_on, until_on). temporary: decided so from the
    start. remote: how one visit a day is made, if not on site.
    """

    key: str
    person: str
    sex: Sex
    age_band: AgeBand
    from_on: date
    until_on: date
    end_reason: str
    temporary: bool
    steps: tuple[Step, ...]
    is_double: bool
    remote: Channel

    def step_on(self, day: date) -> Step:
        """The decision that holds on a day of theirs."""
        return [step for step in self.steps if step.from_on <= day][-1]


@lru_cache(maxsize=8)
def present(town: Town, day: date) -> tuple[Client, ...]:
    """Those who have home care on a day."""
    came = (arrivals(town, day - n * DAY) for n in range(LONGEST, -1, -1))
    return tuple(client for clients in came for client in clients if client.until_on > day)


@lru_cache(maxsize=2048)
def arrivals(town: Town, day: date) -> tuple[Client, ...]:
    """Those whose home care begins on a day."""
    rng = dice(town, "clients", day)
    return tuple(
        _client(town, dice(town, "client", day, number), f"{day}/{number}", day)
        for number in range(poisson(rng, town.size * CLIENTS["per_day"]))
    )


def _client(town: Town, rng: Random, name: str, day: date) -> Client:
    days = int(CLIENTS["stay_days"] * exp(0.9 * rng.gauss(0, 1)))
    temporary = rng.random() < CLIENTS["temporary"]
    days = rng.randrange(14, 85) if temporary else max(20, min(LONGEST - 1, days))
    sex: Sex = "woman" if rng.random() < CLIENTS["women"] else "man"
    return Client(
        secret(town, "grant", name), secret(town, "person", f"care/{name}"), sex,
        cast(AgeBand, pick(rng, CLIENTS["ages"])), day, day + timedelta(days=days),
        pick(rng, CLIENTS["ends"]), temporary, _steps(rng, day, days),
        rng.random() < CHANCES["double_staffed"], _remote(rng),
    )  # fmt: skip


def _remote(rng: Random) -> Channel:
    channels: tuple[Channel, ...] = ("video", "phone", "camera")
    return rng.choice(channels) if rng.random() < CHANCES["remote"] else "on_site"


def _steps(rng: Random, day: date, days: int) -> tuple[Step, ...]:
    per = cast(HoursPer, pick(rng, CLIENTS["per"]))
    a_week = CLIENTS["hours_a_week"] * exp(0.75 * rng.gauss(0, 1))
    unit = pick(rng, {code: it.share for code, it in UNITS.items()})
    steps = [Step(day - timedelta(days=rng.randrange(2, 12)), day, _rounded(a_week, per), per, unit, None)]
    after = rng.expovariate(CHANCES["changed"])
    while after < days - 10:
        decided = workday_from(day + timedelta(days=int(after)))
        first = decided + timedelta(days=rng.choice((0, 0, 1, 3, 7, 10)))
        a_week = min(60.0, a_week * exp(0.12 + 0.38 * rng.gauss(0, 1)))
        if rng.random() < CHANCES["other_unit"]:
            unit = pick(rng, {code: it.share for code, it in UNITS.items() if code != unit})
        if first > steps[-1].from_on and _rounded(a_week, per) != steps[-1].hours:
            scheduled = _scheduled(rng, decided)
            steps.append(Step(decided, first, _rounded(a_week, per), per, unit, scheduled))
        after += 5 + rng.expovariate(CHANCES["changed"])
    return tuple(step for step in steps if step.from_on < day + timedelta(days=days))


def _scheduled(rng: Random, decided: date) -> date:
    if rng.random() < CHANCES["schedule_late"]:
        return decided + timedelta(days=rng.randrange(15, 36))
    return decided + timedelta(days=rng.randrange(10))


def _rounded(a_week: float, per: HoursPer) -> float:
    """Hours as they are decided: in quarters, halves or whole hours."""
    if per == "month":
        return float(max(3, round(a_week * WEEKS_A_MONTH)))
    if per == "day":
        return max(0.25, round(a_week / 7 * 4) / 4)
    return max(0.75, round(a_week * 4) / 4)
