"""Faults that people make in a list of placements, each in one cell. Made to be planted, and to be found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any, Final, NamedTuple

Spoil = Callable[[Random, dict[str, Any]], Any]  # dice and the row's plain values give the spoilt cell


class Faulty(NamedTuple):
    """One kind of fault. twin: the same number in two rows, each of which is faulty."""

    kind: str
    column: str
    spoil: Spoil
    twin: bool = False


def _one_of(*texts: Any) -> Spoil:
    return lambda rng, cells: rng.choice(texts)


def _before_start(rng: Random, cells: dict[str, Any]) -> date:
    start: date = cells["Inskriven"]
    return start - timedelta(days=rng.randrange(1, 300))


def _to_come(rng: Random, cells: dict[str, Any]) -> date:
    return date(2068, 1, 1) + timedelta(days=rng.randrange(300))


def _wrong_digit(rng: Random, cells: dict[str, Any]) -> str:
    """The person's number with its last digit another."""
    number: str = cells["Personnummer"]
    return number[:-1] + str((int(number[-1]) + rng.randrange(1, 10)) % 10)


def _unborn(rng: Random, cells: dict[str, Any]) -> str:
    """The number of somebody who was born after the enrolment."""
    born: date = cells["Inskriven"] + timedelta(days=rng.randrange(1, 20))
    nine = f"{born:%y%m%d}239"
    total = sum(sum(divmod(int(digit) * (2 - n % 2), 10)) for n, digit in enumerate(nine))
    return f"{born:%Y%m%d}-239{-total % 10}"


FAULTS: Final = (
    Faulty(
        "day_unreadable",
        "Inskriven",
        _one_of("våren 2026", "31/2 2026", "2026-13-02", "206-03-02"),
    ),
    Faulty("end_unreadable", "Utskriven", _one_of("juni", "2026-02-30", "v. 12")),
    Faulty("end_before_start", "Utskriven", _before_start),
    Faulty("start_to_come", "Inskriven", _to_come),
    Faulty("start_missing", "Inskriven", _one_of(None, "?", " ")),
    Faulty("price_text", "Dygnspris", _one_of("enligt avtal", "3 500–4 000", "6 450 kr/mån", "1.284,5.0")),
    Faulty("price_negative", "Dygnspris", _one_of(-6_450, "-347,70")),
    Faulty("price_in_thousands", "Dygnspris", _one_of(6.45, "6,45", "3,2")),
    Faulty("price_of_a_month", "Dygnspris", _one_of(195_000, "195 000 kr")),
    Faulty("care_form_unknown", "Vårdform", _one_of("Villa", "Familjhem och HVB", "SiS-hem")),
    Faulty("cause_unknown", "Huvudorsak", _one_of("Missbuk", "bråkig", "Omsorgsvikt 2")),
    Faulty("number_missing", "Ärende", _one_of(None, "-")),
    Faulty("number_of_a_person", "Ärende", lambda rng, cells: cells["Personnummer"]),
    Faulty("number_twice", "Ärende", _one_of(None), twin=True),
    Faulty("provider_missing", "Aktör", _one_of(None, "saknas")),
    Faulty("check_digit", "Personnummer", _wrong_digit),
    Faulty("person_unreadable", "Personnummer", _one_of("20100230-2391", "2010-01", "TF 201001", "hemlig")),
    Faulty("person_unborn", "Personnummer", _unborn),
    Faulty("sex_unknown", "Kön", _one_of("N", "Kvnna", "?!")),
    Faulty("framework_unknown", "Ramavtal", _one_of("kanske", "se avtal")),
    Faulty("reason_unknown", "Skäl utanför", _one_of("chefen sa det", "Fult")),
    Faulty("signed_without_day", "Påskrivet", _one_of("ja", "klart")),
    Faulty("sent_to_come", "Avtal skickat", _to_come),
    Faulty("contract_ends_before", "Avtal t.o.m.", _before_start),
    Faulty("end_reason_unknown", "Avslutsorsak", _one_of("bara slut", "Planen fullföld")),
)
"""Every kind, in the order in which they are planted."""
