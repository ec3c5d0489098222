"""Rows of an invented list of placements: what they hold, and the many ways in which people type it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any, Final

Cells = dict[str, Any]  # column to what stands in the cell

HEADINGS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "Barn": (
        ("Ärende", "Ärendenr"), ("Namn", "Namn"), ("Personnummer", "Personnr"), ("Kön", "Kön"),
        ("Inskriven", "Placerad\nfrån"), ("Utskriven", "Avslut"), ("Vårdform", "Vårdform"),
        ("Huvudorsak", "Huvudorsak"), ("Aktör", "Utförare"), ("Dygnspris", "Pris per dygn (kr)"),
        ("Ramavtal", "Ramavtal"), ("Skäl utanför", "Direktupphandling"), ("Avtal t.o.m.", "Avtal slut"),
        ("Avtal skickat", "Avtal skickat"), ("Påskrivet", "Påskrivet"), ("Handläggare", "Handl."),
        ("Enhet", "Enhet"), ("Avslutsorsak", "Avslutsorsak"), ("Anmärkning", "Anm."),
    ),
    "Ungdomar": (
        ("Namn", "Namn"), ("Personnummer", "Personnummer"), ("Ärende", "DIARIENR"), ("Aktör", "Boende"),
        ("Dygnspris", "Dygnskostnad"), ("Inskriven", "Inskrivningsdatum"), ("Utskriven", "Utskriven"),
        ("Vårdform", "Vårdfrom"), ("Huvudorsak", "Orsak"), ("Kön", "Kön"), ("Ramavtal", "Inom ramavtal"),
        ("Skäl utanför", "Skäl"), ("Avtal skickat", "Skickat"), ("Påskrivet", "Undertecknat"),
        ("Avtal t.o.m.", "Avtal t o m"), ("Enhet", "Enhet"), ("Handläggare", "Handläggare"),
        ("Avslutsorsak", "Orsak till avslut"), ("Anmärkning", "Övrigt"),
    ),
    "Vuxna": (
        ("Ärende", "Ärende"), ("Inskriven", "Inskriven"), ("Utskriven", "Avslutsdatum"), ("Aktör", "Aktör"),
        ("Personnummer", "Pnr"), ("Kön", "Kön"), ("Vårdform", "Vårdform"), ("Huvudorsak", "Huvudorsak"),
        ("Dygnspris", "Dygnspris"), ("Ramavtal", "Ramavtal"), ("Skäl utanför", "Skäl utanför"),
        ("Avtal t.o.m.", "Avtal t.o.m."), ("Avtal skickat", "Avtal skickat"), ("Påskrivet", "Påskrivet"),
        ("Enhet", "Enhet"), ("Avslutsorsak", "Avslutsorsak"), ("Namn", "Namn"), ("Anmärkning", "Anmärkning"),
    ),
}  # fmt: skip
AGES: Final = {"Barn": (0, 12), "Ungdomar": (13, 20), "Vuxna": (21, 85)}
FIRST_DAY: Final = date(2023, 1, 1)
LAST_DAY: Final = date(2026, 6, 30)
CARE_FORMS: Final = ("HVB", "HVB-hem", "Familjehem", "Fam.hem", "familjehem", "Stödboende", "stödb.",
                     "Jourhem", "Skyddat boende", "HVB hem")  # fmt: skip
CAUSES: Final = ("Omsorgssvikt", "Kriminalitet", "Missbruk", "Våld i nära relation", "Psykisk ohälsa", "krim",
                 "")  # fmt: skip
MONTHS: Final = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
                 "oktober", "november", "december")  # fmt: skip


def people(rng: Random, rows: int) -> list[Cells]:
    """So many placements that hold, as plain values by column, and their `sheet`."""
    names = [name for name in HEADINGS for _ in range(-(-rows // len(HEADINGS)))][:rows]
    return [_placement(rng, number, sheet) for number, sheet in enumerate(names)]


def _placement(rng: Random, number: int, sheet: str) -> Cells:
    """A placement that holds, as plain values."""
    start = FIRST_DAY + timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days - 60))
    length = timedelta(days=rng.randrange(20, 700))
    end = start + length if start + length < LAST_DAY and rng.random() < 0.8 else None
    person, sex = personal_number(rng, start, *AGES[sheet])
    inside = rng.random() < 0.7
    sent = start + timedelta(days=rng.randrange(0, 20)) if rng.random() < 0.7 else None
    return {
        "sheet": sheet, "Ärende": f"SN {start.year}-{number:05}", "Namn": f"Exempel {number}",
        "Personnummer": person, "Inskriven": start,
        "Kön": rng.choice(("Man", "M", "pojke") if sex else ("Kvinna", "K", "flicka")),
        "Utskriven": end, "Vårdform": rng.choice(CARE_FORMS), "Huvudorsak": rng.choice(CAUSES),
        "Aktör": rng.choice((f"B{rng.randrange(100, 500)}", "b 112", f"Hemmet Exempel {rng.randrange(40)}")),
        "Dygnspris": float(rng.randrange(500, 8_000)) + rng.choice((0, 0, 0, 0.7)),
        "Ramavtal": rng.choice(("Ja", "ja", "RA 2024-07")) if inside else "Nej",
        "Skäl utanför": None if inside else rng.choice(("Fullt", "För omfattande vårdbehov", "Annat")),
        "Avtal t.o.m.": rng.choice((start + length, "tills vidare")), "Avtal skickat": sent,
        "Påskrivet": sent + timedelta(days=rng.randrange(20)) if sent and rng.random() < 0.8 else None,
        "Handläggare": f"Handläggare {rng.randrange(30)}", "Enhet": rng.choice(("Barn och unga", "Vuxen")),
        "Avslutsorsak": rng.choice(("Planen fullföljd", "Enligt plan", None)) if end else None,
        "Anmärkning": rng.choice((None, None, "ring mamma")),
    }  # fmt: skip


def personal_number(rng: Random, on: date, youngest: int, oldest: int) -> tuple[str, bool]:
    """An invented number in one of its spellings, and whether it is a man's. `on`: the day of that age."""
    born = on - timedelta(days=int(365.25 * rng.uniform(youngest + 0.1, oldest + 0.9)))
    man = rng.random() < 0.5
    nine = f"{born:%y%m%d}{rng.choice((239, 981) if man else (238, 980))}"
    total = sum(sum(divmod(int(digit) * (2 - n % 2), 10)) for n, digit in enumerate(nine))
    ten = f"{nine}{-total % 10}"
    century = str(born.year)[:2]
    return rng.choice((f"{century}{ten}", f"{century}{ten[:6]}-{ten[6:]}", f"{ten[:6]}-{ten[6:]}", ten)), man


def typed(rng: Random, column: str, value: Any) -> Any:
    """A plain value as somebody may have typed it."""
    if isinstance(value, date):
        return rng.choice(_DAYS)(value)
    if column == "Dygnspris" and isinstance(value, float):
        return rng.choice(_PRICES)(value)
    return value


_DAYS: Final[tuple[Callable[[date], Any], ...]] = (
    lambda day: day,
    lambda day: day,
    date.isoformat,
    lambda day: f"{day.day}/{day.month} {day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: int(f"{day:%Y%m%d}"),
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: f" {day:%y%m%d} ",
)
_PRICES: Final[tuple[Callable[[float], Any], ...]] = (
    lambda price: price,
    lambda price: f"{price:.2f}".replace(".", ","),
    lambda price: f"{price:,.0f} kr".replace(",", " "),
    lambda price: f"{price:,.0f}".replace(",", "\u00a0"),
    lambda price: f"{price:.0f}:-",
)
