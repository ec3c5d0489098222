"""Identities in every spelling that people and programs find, made of dice: they are nobody's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final
from urllib.parse import quote

BROAD: Final = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MARKS: Final = ("-", "+", " ", "\u00a0", "\u2013", "\u2212", "\u2010", "_", ".", "/", " - ", "")
Spelling = Callable[[str], str]
AS_IT_IS: Final[tuple[Spelling, ...]] = (
    lambda text: text,
    lambda text: text.translate(BROAD),
    lambda text: text.translate(ARABIC),
    lambda text: quote(text, safe=""),
    lambda text: quote(quote(text, safe=""), safe=""),
    lambda text: "\u200b".join((text[:3], text[3:])),
)
AROUND: Final = (
    "{}", "pnr{}", "{}x", "_{}_", "unit-{}", "(pnr {})", "{}.xlsx", "uttag_{}_ny.csv", "a{}b",
    "https://intra.example/akt?pnr={}&flik=2", "https://intra.example/{}/akt", "/srv/in/{}.csv",
    "2026-03-02 08:00:00 INFO sparade {} på 12 ms", "Felregistrerad, avser {}.", "Å{}Ö", "id={};", "{},2026",
)  # fmt: skip


def luhn(nine: str) -> str:
    """The check digit of nine digits."""
    doubled = [int(d) * (2, 1)[n % 2] for n, d in enumerate(nine)]
    return str(-sum(sum(map(int, str(d))) for d in doubled) % 10)


def number(dice: Random, shift: int = 0) -> str:
    """A personal identity number, or with shift 60 a coordination number, in one spelling of very many."""
    day = date(1900, 1, 1) + timedelta(dice.randrange(46_000))
    six = f"{day:%y%m}{day.day + shift:02}"
    nine = f"{six}{dice.randrange(1000):03}"
    tail = nine[6:] + luhn(nine)
    century = str(day.year)[:2] if dice.random() < 0.5 else ""
    between = dice.choice(("", "", "", "-", " ")) if century else ""
    whole = between.join((century + six[:2], six[2:4], six[4:]))
    return whole + dice.choice(MARKS) + tail


def email(dice: Random) -> str:
    """An address; also one that hides its sign."""
    name = dice.choice(("anna.berg", "a", "åsa", "e_k-2", "anna+lss"))
    home = dice.choice(("example.se", "kommun.example.se", "växjö.example", "x-y.example.com"))
    return name + dice.choice(("@", "@", "@", " @ ", "(at)", "[at]")) + home


def telephone(dice: Random) -> str:
    """A mobile's or a desk's number, with or without the country."""
    mark = dice.choice(("-", " ", "/", "_", "\u2013", ".", "\u00a0"))
    if dice.random() < 0.6:
        rest = f"{dice.randrange(10**7):07}"
        parts = dice.choice(([rest], [rest[:3], rest[3:5], rest[5:]], [rest[:3], rest[3:]]))
        area = "7" + dice.choice("02369")
        start = dice.choice(("0", "+46", "0046", "+46 (0)", "+46 "))
        joined = dice.choice((" ", "-", "", "_")).join(parts)
        return start + area + dice.choice((mark, "")) + joined
    rest = f"{dice.randrange(10**5, 10**6)}"
    return dice.choice((f"08-{rest}", f"(08) {rest}", f"0470/{rest[:5]}", f"+46 8 {rest}", f"+47 {rest}12"))


KINDS: Final[dict[str, Callable[[Random], str]]] = {
    "personal": number,
    "coordination": lambda dice: number(dice, 60),
    "email": email,
    "telephone": telephone,
}


def variants(seed: int, count: int) -> list[str]:
    """So many different planted texts, each kind as often, every spelling and surrounding among them."""
    dice, found = Random(seed), dict[str, None]()
    makers = list(KINDS.values())
    while len(found) < count:
        spelt = dice.choice(AS_IT_IS)(makers[len(found) % len(makers)](dice))
        found[dice.choice(AROUND).format(spelt)] = None
    return list(found)
