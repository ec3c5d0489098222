"""A unit's name as the file has it becomes its code: the same name always the same code, readable for people.

Blanks become `_`. Where that is no code yet, only å, ä and ö keep their accents and every run of characters
that a code may not hold becomes one `_`: "Vuxen/LSS" is Vuxen_LSS, "Bistånd, äldre" is Bistånd_äldre.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, get_args

from schemas.codes import Unit
from schemas.errors import BadEvent
from schemas.identity import find_identity

_PATTERN: Final = re.compile(get_args(Unit)[1].extra_json_schema["pattern"])
_REST: Final = re.compile(r"[^A-Za-z0-9ÅÄÖåäö&.-]+")  # what becomes `_`
REMEMBERED: Final = 10_000  # names of one file; many more are no units


@lru_cache(maxsize=REMEMBERED)
def unit_code(name: str) -> str:
    """The code of a unit's name. BadEvent `bad_value` where it gives none, `identity` where it holds one.

    The hub's identity gate sees the code only, in which a stroke or blank within a number is gone.
    """
    if any(find_identity(text) for text in (name, *(_REST.sub(mark, name) for mark in ("-", " ", "")))):
        raise BadEvent(
            "identity", "", "Cellen ser ut att hålla en persons nummer eller adress. Ta bort det i källan.",
            "The cell seems to hold a person's number or address. Remove it at the source.",
        )  # fmt: skip
    whole = unicodedata.normalize("NFC", name)
    code = whole.replace(" ", "_")
    if not _PATTERN.fullmatch(code):
        code = _REST.sub("_", "".join(map(_letter, whole))).lstrip("_&.-").rstrip("_")
    if not _PATTERN.fullmatch(code):
        sv = "En enhets kod har 1–40 tecken, varav minst en bokstav eller siffra."
        en = "A unit's code has 1–40 characters, one of them a letter or digit."
        raise BadEvent("bad_value", "", f"{sv} Ge en kortare i källans funktion.",
                       f"{en} Give a shorter one in the source's function.")  # fmt: skip
    return code


def _letter(character: str) -> str:
    """The letter without its accent, where codes do not know it: é is e, ü is u; å, ä and ö stay."""
    return character if character in "åäöÅÄÖ" else unicodedata.normalize("NFD", character)[0]


def rewritten(names: Mapping[str, str]) -> dict[str, str]:
    """Of all names and their codes those that a reader would not see at once: more changed than blanks."""
    return {name: code for name, code in names.items() if code != name.replace(" ", "_")}


def merged_units(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """A notice, Swedish and English, for each code that several names became: they count as one unit."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for name, code in sorted(names.items()):
        by_code[code].append(name)
    return [_notice(code, told) for code, told in by_code.items() if len(told) > 1]


def _notice(code: str, names: list[str]) -> tuple[str, str]:
    there = " | ".join(names)
    sv = f"Flera enhetsnamn får samma kod {code} och räknas som en enhet: {there}"
    en = f"Several unit names get the same code {code} and count as one unit: {there}"
    return (
        f"{sv}. Är de olika? Skilj dem åt i källans funktion.",
        f"{en}. Do they differ? Part them in the source.",
    )
