"""Ordinary strings of a municipality's systems: what the identity gate must let through. Made of dice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from schemas.codes import FLAWS, REASONS
from schemas.municipality import configured, official
from schemas.registry import BY_TYPE

_BASE64: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_PLACES: Final = ("Norr", "Söder", "Öst", "Väst", "Centrum", "Ånge", "Åmål", "Björkhöjden", "Hagalund")
_WORKS: Final = ("Hemtjänst", "Barn och unga", "Försörjningsstöd", "LSS", "Vuxen", "Bistånd äldre", "IFO",
                 "Familjerätt", "Mottagning", "Boendestöd", "Daglig verksamhet")  # fmt: skip
_CODES: Final = (
    *BY_TYPE, *FLAWS, *REASONS, *official(), *official().values(),
    *(name for place in configured() for names in (place.every_unit, *place.codes.values())
      for pair in names.items() for name in pair),
)  # fmt: skip


def _unit(dice: Random) -> str:
    name = f"{dice.choice(_WORKS)} {dice.choice(_PLACES)}"
    spelt = dice.choice(
        (str, str.upper, lambda text: text.replace(" ", "_"), lambda text: text.replace(" ", "-"))
    )
    return spelt(name) + dice.choice(("", "", f" {dice.randrange(1, 40)}", f"_{dice.randrange(1, 4000)}"))


def _code(dice: Random) -> str:
    made = (
        f"{dice.choice('BXHK')}{dice.randrange(10_000)}",
        f"ra-{dice.randrange(2010, 2030)}-{dice.randrange(100):02}",
        f"d-{dice.randrange(100_000)}", f"X-{''.join(dice.choices('abcdefghijklmnop', k=8))}",
        f"INC{dice.randrange(10**7):07}", f"group-{dice.randrange(100)}", f"KST{dice.randrange(10**6):06}",
        f"{dice.randrange(10**dice.randrange(1, 9))}", f"{dice.choice(_CODES)}",
    )  # fmt: skip
    return dice.choice(made)


def _day(dice: Random) -> str:
    at = datetime(2015, 1, 1) + timedelta(seconds=dice.randrange(500_000_000))
    form = dice.choice((
        "%Y-%m-%d", "%Y%m%d", "%y%m%d", "%d/%m %Y", "%Y-%m-%dT%H:%M:%S+01:00", "%Y-%m-%d %H:%M", "%Y%m%dT%H",
        "%Y-%m-%d kl. %H.%M", "%G-W%V", "%d-%m-%Y", "%Y%m%dT%H%M%SZ", "%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S.%fZ",
    ))  # fmt: skip
    return at.strftime(form)


def _pseudonym(dice: Random) -> str:
    return f"k{dice.randrange(1, 9)}.{''.join(dice.choices(_BASE64, k=43))}"


def _uuid(dice: Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=5))


def _hash(dice: Random) -> str:
    return f"{dice.getrandbits(128):032x}-{dice.randrange(1, 9)}"


def _case_number(dice: Random) -> str:
    """Twelve digits, as systems number their cases: year and running number, or a running number alone."""
    year, run = dice.randrange(2005, 2027), dice.randrange(1, 300_000)
    other = f"{dice.randrange(21, 100)}{run:010}"
    return dice.choice((f"{year}{run:08}", f"{101_000_000_000 + dice.randrange(10**9)}", other, f"{run:012}"))


def _key(dice: Random) -> str:
    on = date(2020, 1, 1) + timedelta(dice.randrange(2_500))
    unit, role = dice.choice(("north", "hemtjanst-norr")), dice.choice(("care_worker", "assistant", "nurse"))
    return f"{dice.choice(list(official()))}/staff_day/{unit}.{role}.{on:%Y%m%d}"


MAKERS: Final[tuple[Callable[[Random], str], ...]] = (
    _unit, _code, _day, _pseudonym, _uuid, _hash, _case_number, _key,
)  # fmt: skip


def ordinary(seed: int, count: int) -> list[str]:
    """So many ordinary strings, of each sort as many."""
    dice = Random(seed)
    return [MAKERS[number % len(MAKERS)](dice) for number in range(count)]


def _note(dice: Random) -> str:
    """What a note says of a figure: days, hours, sums and shares in words."""
    first = date(2026, 1, 1) + timedelta(dice.randrange(400))
    last = first + timedelta(dice.randrange(60))
    count = f"{dice.randrange(10 ** dice.randrange(1, 8)):,}".replace(",", " ")
    return dice.choice((
        f"Ökningen {first} – {last} beror på {count} ärenden i norr.", f"{first}: {count} av 7.",
        f"Mätt {first} kl. {dice.randrange(24):02}.{dice.randrange(60):02}, {count} kr.",
        f"Från {first:%d/%m %Y} till {last:%d/%m %Y}: {dice.randrange(100)},{dice.randrange(10)} %.",
        f"Vecka {dice.randrange(1, 53)} {first.year}: {count} timmar", f"Den {first} {count} besök",
        f"SN {first} § {dice.randrange(200)}: {count} kr",
    ))  # fmt: skip


def notes(seed: int, count: int) -> list[str]:
    """So many ordinary notes."""
    dice = Random(seed)
    return [_note(dice) for _ in range(count)]
