"""Codes that people write as text: the code itself, its name or a known synonym; else a guess is told."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from producers.aliases import NEAR, plain
from producers.rows import slug
from schemas.errors import BadEvent
from schemas.identity import find_identity

Synonyms = Mapping[str, tuple[str, ...]]  # code to what it is called, its proper name first
LISTED: Final = 12  # names that a refusal lists
GUESSED: Final = 0.6  # how alike a text must be to a name before it is guessed


def choose(text: str, names: Mapping[str, str], synonyms: Synonyms, *, is_open: bool = False) -> str:
    """The code that a text means. `names`: code to name as the municipality has them; empty: the synonyms'.

    is_open: as long as the municipality has no names, another text (but no slip) becomes a code. BadEvent
    `bad_value` with the allowed names and the nearest one, which is never the refused text; `identity` for a
    text that would tell one.
    """
    allowed = names or {code: others[0] for code, others in synonyms.items()}
    meant = meanings(allowed, synonyms)
    if found := meant.get(plain(text)):
        return found
    if is_open and not names and not get_close_matches(plain(text), meant, n=1, cutoff=NEAR):
        return _own_code(text)
    raise _refusal(text, allowed, meant)


def meanings(allowed: Mapping[str, str], synonyms: Synonyms) -> dict[str, str]:
    """Every text, as it is compared, that means an allowed code."""
    found = {plain(other): code for code in allowed for other in synonyms.get(code, ())}
    found |= {plain(name): code for code, name in allowed.items()}
    return found | {plain(code): code for code in allowed}


def _own_code(text: str) -> str:
    code = slug(text)
    if find_identity(text) or find_identity(code):
        raise BadEvent("identity", "", "Cellen ser ut att hålla en persons nummer eller adress. Ta bort den.",
                       "The cell seems to hold a person's number or address. Remove it.")  # fmt: skip
    if not code:
        raise BadEvent(
            "bad_value", "", "Cellen har ingen bokstav eller siffra.", "The cell has no letter or digit."
        )
    return code


def _refusal(text: str, allowed: Mapping[str, str], meant: Mapping[str, str]) -> BadEvent:
    names = list(allowed.values())
    listed = ", ".join(names[:LISTED]) + (f" … ({len(names)})" if len(names) > LISTED else "")
    near = get_close_matches(plain(text), meant, n=1, cutoff=GUESSED)
    guess = allowed[meant[near[0]]] if near else ""
    sv = f"Texten finns inte i listan: {listed}. " + (f"Menade du {guess}?" if guess else "Skriv en av dem.")
    en = f"The text is not in the list: {listed}. " + (f"Did you mean {guess}?" if guess else "Write one.")
    return BadEvent("bad_value", "", sv, en)
