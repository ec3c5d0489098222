"""Headings that people write in their own way: synonyms, abbreviations and slips find their column.

A source declares `ALIASES = {"Dygnspris": ("Dygnskostnad", "Pris per dygn"), …}`; order, case, line breaks,
stops and what stands in brackets do not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final, NamedTuple

from schemas.identity import find_identity

Aliases = Mapping[str, tuple[str, ...]]
NEAR: Final = 0.85  # how alike a heading with a slip must be to the right one
SHORTEST: Final = 5  # characters of a heading in which a slip is forgiven
_SWEDISH: Final = str.maketrans("åäöéü", "aaoeu")


class _Rank(NamedTuple):
    """How well a heading fits a column: its own name, the nth synonym, a slip. The least is best."""

    sort: int
    place: int


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """A heading or code name as it is compared: lower case, letters and digits only, nothing in brackets."""
    joined = re.sub(r"-\s*\n\s*|\u00ad", "", text.lower())
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"\([^)]*\)", "", joined).translate(_SWEDISH))


def renamed(names: Sequence[Any], aliases: Aliases) -> list[str]:
    """The headings, each that is known by its column's own name.

    Of several that fit one column the best takes it, and the others keep their own names; two that fit
    equally well both take it, which is refused later. Unknown headings that repeat are left blank.
    """
    texts = ["" if name is None else str(name).strip() for name in names]
    if not aliases:
        return texts
    fits = [_fit(text, aliases) for text in texts]
    best = {column: min(rank for name, rank in fits if name == column) for column, _ in fits if column}
    found = [
        column if column and rank == best[column] else text
        for text, (column, rank) in zip(texts, fits, strict=True)
    ]
    times = Counter(found)
    return [name if times[name] == 1 or name in aliases else "" for name in found]


def _fit(text: str, aliases: Aliases) -> tuple[str, _Rank]:
    """The column that a heading means, "" where it means none."""
    said = plain(text)
    known = _known(tuple(aliases.items()))
    if said in known:
        return known[said]
    near = get_close_matches(said, known, n=3, cutoff=NEAR) if len(said) >= SHORTEST else []
    columns = {known[name][0] for name in near}
    return (columns.pop(), _Rank(2, 0)) if len(columns) == 1 else ("", _Rank(9, 0))


def means(text: str, column: str, aliases: Aliases) -> bool:
    """Whether a text is one of a column's headings, without slips."""
    return plain(text) in {plain(name) for name in (column, *aliases.get(column, ()))}


@lru_cache(maxsize=64)
def _known(aliases: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[str, _Rank]]:
    found: dict[str, tuple[str, _Rank]] = {}
    for column, others in aliases:
        for place, name in enumerate(others):
            found.setdefault(plain(name), (column, _Rank(1, place)))
    return found | {plain(column): (column, _Rank(0, 0)) for column, _ in aliases}


def notices(names: Sequence[Any], found: Sequence[str], aliases: Aliases) -> list[tuple[str, str]]:
    """What the sender should know: headings read as another column, and those that are not read at all."""
    pairs = [(" ".join(str(name).split()), column) for name, column in zip(names, found, strict=True) if name]
    if any(find_identity(name) for name, _ in pairs):
        return []
    read = ", ".join(f"{n} → {c}" for n, c in pairs if c in aliases and plain(n) != plain(c))
    left = ", ".join(name for name, column in pairs if column not in aliases)
    told = [(f"Rubriker som lästs: {read}.", f"Headings as read: {read}.")] if read else []
    return told + (
        [(f"Kolumner som inte läses: {left}.", f"Columns that are not read: {left}.")] if left else []
    )
