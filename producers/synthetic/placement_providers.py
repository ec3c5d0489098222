"""Mittköping's 400 invented providers (B001 …), how often each is chosen, their framework agreements and
deficiencies. Each day has dice of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from math import exp
from operator import attrgetter
from random import Random
from typing import Final, NamedTuple

from producers.synthetic import model
from producers.synthetic.placement_model import (
    CAPACITY,
    DEFICIENCIES,
    FRAMEWORK,
    PLACES,
    POPULAR,
    PROVIDERS,
    TENDER_AREAS,
)
from producers.synthetic.placement_telling import Book, Telling, mark
from producers.synthetic.workdays import at_second, office_time
from schemas import placements as p
from schemas.reference import CapacitySet

_ROUND: Final = int(FRAMEWORK["round_years"])
_FIRST_YEAR: Final = 2019
_NIGHT: Final = timedelta(hours=6)
NOTED_DAYS: Final = 420  # a deficiency is mended within so many days or never


class Provider(NamedTuple):
    """An invented provider. looked_over: every how many days its data are looked over again."""

    code: str
    care_form: str
    tender_area: str
    located_in: str
    looked_over: int


class Agreement(NamedTuple):
    """A framework agreement for one tender area. until_on: its last day."""

    code: str
    tender_area: str
    from_on: date
    until_on: date


def _area(care_form: str, number: int) -> str:
    areas = {"supported_housing": "supported", "protected_housing": "protected"}
    if care_form == "residential_care_home":
        return "hvb_adults" if number % 2 else "hvb_children"
    return areas.get(care_form, "foster_care")


@cache
def providers(seed: int) -> tuple[Provider, ...]:
    """All of them, in order of their codes."""
    rng = Random(f"{seed}/providers")
    forms = [form for form, count in PROVIDERS.items() for _ in range(count)]
    return tuple(
        Provider(f"B{n:03}", form, _area(form, n), rng.choice(PLACES), rng.randrange(40, 260))
        for n, form in enumerate(forms, 1)
    )


@cache
def agreement_on(tender_area: str, day: date) -> Agreement:
    """The agreement that holds on a day: a new one every third year, on 1 July."""
    offset = TENDER_AREAS.index(tender_area) % _ROUND
    year = day.year - (day < date(day.year, 7, 1))
    first = year - (year - _FIRST_YEAR - offset) % _ROUND
    code = f"ra-{tender_area}-{first}"
    return Agreement(code, tender_area, date(first, 7, 1), date(first + _ROUND, 6, 30))


@cache
def is_member(seed: int, provider: str, agreement: str) -> bool:
    """Whether the provider is in the framework agreement."""
    return Random(f"{seed}/{agreement}/{provider}").random() < FRAMEWORK["member"]


@cache
def at_hand(seed: int, care_form: str, agreement: Agreement, inside: bool) -> tuple[str, ...]:
    """Codes of providers that give a form of care for a tender area, inside or outside its framework."""
    return tuple(
        one.code
        for one in providers(seed)
        if (one.care_form, one.tender_area) == (care_form, agreement.tender_area)
        and is_member(seed, one.code, agreement.code) is inside
    )


@cache
def popularity(seed: int) -> dict[str, float]:
    """How often each provider is chosen: of those of one form of care and area the first few take most."""
    found: dict[str, float] = {}
    rng = Random(f"{seed}/popularity")
    kind = attrgetter("care_form", "tender_area")
    for _, alike in groupby(sorted(providers(seed), key=kind), key=kind):
        codes = [one.code for one in alike]
        rng.shuffle(codes)
        found |= {code: max(rank, POPULAR["alike"]) ** -POPULAR["fall"] for rank, code in enumerate(codes, 1)}
    return found


def chosen(rng: Random, seed: int, codes: Sequence[str]) -> str:
    """One of these providers, the popular ones more often."""
    weights = popularity(seed)
    return rng.choices(codes, [weights[code] for code in codes])[0]


def subject_of(code: str) -> str:
    """A provider's entity key."""
    return f"{model.CODE}/provider/{code}"


def provider_day(seed: int, size: float, start: date, day: date) -> list[Telling]:
    """What is told about providers on a local day of a town that begins on `start`; deficiencies whole."""
    if day < start - timedelta(days=NOTED_DAYS):
        return []
    book = Book(seed, Random(f"{seed}/{day}/providers"))
    if day >= start:
        for one in providers(seed):
            _registered(book, one, start, day)
        for agreement in _agreements(start, day):
            _framework(book, seed, agreement, day)
        _capacity(book, size, start, day)
    _deficiencies(book, seed, day)
    return book.tellings


def _registered(book: Book, one: Provider, start: date, day: date) -> None:
    number = int(one.code[1:])
    if day == start or (day.toordinal() + 7 * number) % one.looked_over == 0:
        on = day if day > start else day - timedelta(days=number % 90)
        at = datetime.combine(on, datetime.min.time()) + _NIGHT + timedelta(minutes=number)
        fact = p.ProviderRegistered(on=on, care_form=one.care_form, located_in=one.located_in)
        _as_told(book.tell(subject_of(one.code), day.isoformat(), at, fact, floor=str(day)), day)


def _agreements(start: date, day: date) -> list[Agreement]:
    """Those that hold on the first day are told then, later ones a month before they begin."""
    month_on = day + timedelta(days=30)
    coming = [it for area in TENDER_AREAS if (it := agreement_on(area, month_on)).from_on == month_on]
    return coming if day > start else [agreement_on(area, day) for area in TENDER_AREAS] + coming


def _framework(book: Book, seed: int, it: Agreement, day: date) -> None:
    for one in providers(seed):
        if one.tender_area == it.tender_area and is_member(seed, one.code, it.code):
            minutes = timedelta(minutes=int(one.code[1:]))
            at = at_second(it.from_on - timedelta(days=30), 8 * 3600) + minutes
            fact = p.FrameworkRegistered(
                agreement=it.code, tender_area=it.tender_area, from_on=it.from_on, until_on=it.until_on
            )
            _as_told(book.tell(subject_of(one.code), it.code, at, fact, floor=it.code), day)


def _as_told(telling: Telling, day: date) -> None:
    """Recorded on the day that it is told, where it happened earlier."""
    (version,) = telling.versions
    first = version.at + max(timedelta(), timedelta(days=(day - version.at.date()).days))
    telling.versions[:] = [version._replace(recorded=max(version.at, first))]


def _capacity(book: Book, size: float, start: date, day: date) -> None:
    if day == start or (day.month, day.day) == (1, 1):
        per_year = round(size * CAPACITY["per_year"] * 1.02 ** (day.year - 2025), 1)
        fact = CapacitySet(service_type=CAPACITY["service_type"], per_year=per_year, from_on=day)
        at = at_second(day, 6 * 3600)
        subject = f"{model.CODE}/capacity/{fact.service_type}"
        _as_told(book.tell(subject, day.isoformat(), at, fact), day)


def _deficiencies(book: Book, seed: int, day: date) -> None:
    rng = Random(f"{seed}/{day}/deficiencies")
    for number in range(_noted(rng)):
        one = rng.choice(providers(seed))
        name = f"d-{day:%Y%m%d}-{number}"
        at = office_time(rng, at_second(day, 0), at_second(day, 0))
        noted = p.DeficiencyNoted(on=at.date(), deficiency=name, about=rng.choice(DEFICIENCIES["about"]))
        never_noted = rng.random() < 0.01
        if not never_noted:
            book.tell(subject_of(one.code), name, at, noted, floor=name)
        if never_noted or rng.random() < DEFICIENCIES["mended"]:
            _mended(book, rng, one.code, name, at, never_noted)


def _mended(book: Book, rng: Random, code: str, name: str, noted: datetime, never_noted: bool) -> None:
    days = min(NOTED_DAYS - 60.0, DEFICIENCIES["days"] * exp(0.7 * rng.gauss(0, 1)))
    at = office_time(rng, noted + timedelta(days=days), noted)
    backwards = not never_noted and rng.random() < 0.02
    on = noted.date() - timedelta(days=3) if backwards else at.date()
    told = book.tell(subject_of(code), name, at, p.DeficiencyMended(on=on, deficiency=name), floor=name)
    mark(told, "never_noted" if never_noted else "mended_before_noted" if backwards else "")


def _noted(rng: Random) -> int:
    return sum(rng.random() < DEFICIENCIES["per_year"] / 365.25 / 3 for _ in range(3))


def everybody(seed: int) -> Iterator[str]:
    """Codes of all providers."""
    return (one.code for one in providers(seed))
