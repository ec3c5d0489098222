"""How an invented placement truly goes: who, why, where, from when until when, at what price. No fact is told
here; `placement_paper.py` and its neighbours do that. Times are naive local time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from math import exp
from random import Random
from typing import NamedTuple

from producers.synthetic.life import pick, pseudonym
from producers.synthetic.placement_model import (
    AWARD_REASONS,
    CAUSES,
    CHANCES,
    DAY_RULES,
    ENDS,
    LONG_DAYS,
    LONGEST_DAYS,
    LONGEST_YEARS,
    MOVE_CAUSES,
    ODDITIES,
    PRICE_GROWTH,
    PRICE_YEAR,
    PROFILES,
    SPREAD,
    WEIGHTS,
    Profile,
)
from producers.synthetic.placement_providers import agreement_on, at_hand, chosen
from producers.synthetic.workdays import DAY, at_second, office_time

LONGEST_TOGETHER = 760  # days of all placements of one person
Person = Callable[[Random, date], str]


class Stay(NamedTuple):
    """With one provider from a time on. cause: why the person came there, '' at enrolment."""

    at: datetime
    provider: str
    care_form: str
    cause: str = ""


class Price(NamedTuple):
    """A daily price from a day on. decided: when."""

    decided: datetime
    from_on: date
    kr: float
    extra_kr: float


class Who(NamedTuple):
    """Somebody invented who is placed."""

    person: str
    profile: Profile
    sex: str
    age_band: str


class Placement(NamedTuple):
    """One placement as it truly was. plans: when it was decided, and the planned last day."""

    key: str
    who: Who
    law: str
    cause: str
    day_rule: str
    framework: str | None
    award_reason: str
    asked: datetime
    start: datetime
    end: datetime
    end_reason: str
    stays: tuple[Stay, ...]
    prices: tuple[Price, ...]
    plans: tuple[tuple[datetime, date], ...]
    oddity: str

    @property
    def start_on(self) -> date:
        """The day of enrolment."""
        return self.start.date()

    @property
    def end_on(self) -> date:
        """The day of discharge."""
        return self.end.date()


def placements_of(rng: Random, seed: int, name: str, day: date, person: Person) -> list[Placement]:
    """The placements of one person whose first providers are asked on that day, in order."""
    profile = PROFILES[pick(rng, WEIGHTS)]
    who = Who(
        person(rng, day), profile, "woman" if rng.random() < profile.women else "man", pick(rng, profile.ages)
    )
    asked = office_time(rng, at_second(day, 0), at_second(day, 0))
    lot = _Lot(rng, seed, name, asked + timedelta(days=LONGEST_TOGETHER))
    found = [lot.placement(0, who, asked)]
    while len(found) < 3 and (again := _again(rng, found[-1])) and again < lot.last - 90 * DAY:
        found.append(lot.placement(len(found), who, again))
    return found


def long_placement(rng: Random, seed: int, name: str, day: date, person: str) -> Placement:
    """A child or young person comes to a foster home to stay for years."""
    profile = PROFILES[rng.choice(("child_foster", "child_foster", "youth_foster"))]._replace(days=LONG_DAYS)
    sex, ages = "woman" if rng.random() < profile.women else "man", profile.ages
    who = Who(person, profile, sex, pick(rng, ages))
    asked = office_time(rng, at_second(day, 0), at_second(day, 0))
    lot = _Lot(rng, seed, name, asked + timedelta(days=LONGEST_YEARS + 60), LONGEST_YEARS)
    return lot.placement(0, who, asked)


def _again(rng: Random, before: Placement) -> datetime | None:
    """When providers are asked for a next placement of the same person; within this one for an overlap."""
    if before.oddity == "overlapping":
        return office_time(rng, before.start + (before.end - before.start) * 0.4, before.start)
    if before.end_reason == "relocated" or rng.random() < CHANCES["placed_again"]:
        return office_time(rng, before.end + timedelta(days=rng.randrange(200)), before.end)
    return None


class _Lot(NamedTuple):
    """What the placements of one person are drawn from. last: when the last one must have ended; longest: in
    days, of one.
    """

    rng: Random
    seed: int
    name: str
    last: datetime
    longest: float = LONGEST_DAYS

    def placement(self, number: int, who: Who, asked: datetime) -> Placement:
        """Draw one placement."""
        rng, profile = self.rng, who.profile
        start = office_time(rng, asked + timedelta(days=1 + rng.expovariate(1 / 5)), asked + DAY)
        end = self._end(profile, start)
        agreement = agreement_on(profile.tender_area, start.date())
        inside = rng.random() < CHANCES["inside_framework"]
        choice = at_hand(self.seed, profile.care_form, agreement, inside)
        award = "" if inside else pick(rng, AWARD_REASONS)
        stays = self._stays(profile, start, end, chosen(rng, self.seed, choice))
        return Placement(
            pseudonym(self.seed, "placement", f"{self.name}/{number}"), who, pick(rng, profile.laws),
            pick(rng, CAUSES[profile.causes]), pick(rng, DAY_RULES), agreement.code if inside else None,
            award, asked, start, end, pick(rng, ENDS[profile.target_group]), stays,
            self._prices(profile, stays, end), self._plans(profile, start, end), _oddity(rng),
        )  # fmt: skip

    def _end(self, profile: Profile, start: datetime) -> datetime:
        days = min(self.longest, max(5.0, profile.days * exp(SPREAD * self.rng.gauss(0, 1))))
        return office_time(self.rng, min(start + timedelta(days=days), self.last), start + 3 * DAY)

    def _stays(self, profile: Profile, start: datetime, end: datetime, first: str) -> tuple[Stay, ...]:
        stays = [Stay(start, first, profile.care_form)]
        while self.rng.random() < CHANCES["moved"]:
            at = office_time(self.rng, stays[-1].at + timedelta(days=12 + self.rng.expovariate(1 / 90)),
                             stays[-1].at)  # fmt: skip
            if at > end - 12 * DAY:
                break
            agreement = agreement_on(profile.tender_area, start.date())
            cause = pick(self.rng, MOVE_CAUSES)
            form = _next_form(stays[-1].care_form, cause)
            others = at_hand(self.seed, form, agreement, self.rng.random() < 0.7)
            there = [code for code in others if code != stays[-1].provider]
            to = chosen(self.rng, self.seed, there)
            stays.append(Stay(at, to, form, cause))
        return tuple(stays)

    def _prices(self, profile: Profile, stays: tuple[Stay, ...], end: datetime) -> tuple[Price, ...]:
        """One per stay, indexed each New Year, and a few that are changed in between."""
        rng, found = self.rng, list[Price]()
        extra = float(rng.randrange(40, 400, 20)) if rng.random() < CHANCES["extra_charged"] else 0.0
        for stay, until in zip(stays, [*(s.at for s in stays[1:]), end], strict=True):
            kr = _price(rng, profile, stay.at.date())
            found.append(Price(stay.at, stay.at.date(), kr, extra))
            for at in self._changes(stay.at, until):
                kr = round(kr * (1 + PRICE_GROWTH) if at.day == 1 else kr * rng.uniform(0.93, 1.12), 0)
                decided = office_time(rng, at - timedelta(days=rng.randrange(8, 16)), stay.at)
                found.append(Price(decided, max(at.date(), stay.at.date() + DAY), kr, extra))
        return tuple(sorted(found, key=lambda price: (price.from_on, price.decided)))

    def _changes(self, since: datetime, until: datetime) -> list[datetime]:
        years = [datetime(year, 1, 1) for year in range(since.year + 1, until.year + 1)]
        if self.rng.random() < CHANCES["price_changed"] and until - since > 60 * DAY:
            at = since + (until - since) * self.rng.uniform(0.3, 0.8)
            if at.month not in (12, 1):  # else it might be told after the next New Year's price
                years.append(at_second(at.date() if at.day > 1 else at.date() + DAY, 0))
        return sorted(at for at in years if since + 20 * DAY < at < until)

    def _plans(self, profile: Profile, start: datetime, end: datetime) -> tuple[tuple[datetime, date], ...]:
        """The first plan is made at enrolment; where an extension is forgotten, none follows."""
        found = [(start, start.date() + timedelta(days=profile.plan_days))]
        while found[-1][1] < end.date() and self.rng.random() > CHANCES["extension_forgotten"]:
            decided = at_second(found[-1][1] - timedelta(days=self.rng.randrange(4, 22)), 13 * 3600)
            at = office_time(self.rng, decided, found[-1][0])
            if at >= end - DAY:
                break
            found.append((at, found[-1][1] + timedelta(days=profile.plan_days)))
        return tuple(found)


def _next_form(care_form: str, cause: str) -> str:
    """From an emergency foster home one moves to a foster home, where it goes by the plan."""
    return "foster_home" if care_form == "emergency_foster_home" and cause == "plan" else care_form


def _price(rng: Random, profile: Profile, day: date) -> float:
    """The price that a provider asks for on a day, in whole tens of kronor; a few in odd öre."""
    year = day.year + (day.month - 1) / 12
    asked: float = profile.price_kr * exp(0.16 * rng.gauss(0, 1)) * (1 + PRICE_GROWTH) ** (year - PRICE_YEAR)
    return round(asked / 10) * 10.0 + (0.5 if rng.random() < 0.03 else 0.0)


def _oddity(rng: Random) -> str:
    return pick(rng, ODDITIES) if rng.random() < sum(ODDITIES.values()) else ""


def price_on(prices: tuple[Price, ...], day: date) -> Price:
    """The price that truly holds on a day, from the first day on."""
    return [price for price in prices if price.from_on <= day][-1]


def as_odd(it: Placement) -> Placement:
    """The placement as its oddity wants it: cut to its beginning, or with other prices."""
    first = it.prices[0]
    if it.oddity == "ended_before_started":
        return it._replace(stays=it.stays[:1], prices=it.prices[:1], plans=it.plans[:1])
    if it.oddity == "price_zero":
        return it._replace(stays=it.stays[:1], prices=(first._replace(kr=0.0),))
    if it.oddity == "price_set_backwards":
        return it._replace(stays=it.stays[:1], prices=_set_backwards(it, first))
    return it


def _set_backwards(it: Placement, first: Price) -> tuple[Price, ...]:
    """A price from a later day on, told early, and another from a day before that one, told after it."""
    told = max(it.start + 4 * DAY, it.start + (it.end - it.start) * 0.4)
    days = (told.date() - it.start_on).days
    later = Price(it.start + DAY, told.date(), round(first.kr * 1.05), first.extra_kr)
    back = Price(told, it.start_on + DAY * (days // 2), round(first.kr * 0.97), first.extra_kr)
    return first, back, later
