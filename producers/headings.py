"""The heading row of a table: which row it is, and where each column stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, Final

from producers.aliases import Aliases, renamed
from schemas.errors import BadEvent

Record = tuple[
    int, Sequence[Any] | BadEvent
]  # row's number in the file, and its cells or why it cannot be read
LOOK: Final = 30  # rows in which the heading is looked for
NO_ALIASES: Final[Aliases] = MappingProxyType({})


def columns(names: Iterable[Any]) -> dict[str, int]:
    """Heading to positions. Two columns of one name are refused: which one was meant cannot be known."""
    index: dict[str, int] = {}
    for position, name in enumerate(names):
        text = str(name).strip() if name is not None else ""
        if text in index and text:
            raise BadEvent(
                "missing_column", text, "Två kolumner har samma namn.", "Two columns have the same name."
            )
        if text:
            index[text] = position
    if not index:
        raise BadEvent("no_rows", "", "Filen har ingen rubrikrad.", "The file has no heading row.")
    return index


def heading(
    records: Iterator[tuple[int, list[Any]]], wanted: Sequence[str], aliases: Aliases = NO_ALIASES
) -> tuple[list[Any], Iterator[Any]]:
    """Heading and the records after it: the first row with all wanted columns, else the first with text.

    Headings that `aliases` know have their column's own name.
    """
    looked = list(islice(records, LOOK))
    filled = [n for n, (_, cells) in enumerate(looked) if is_filled(cells)]
    if not filled:
        raise BadEvent(
            "no_rows", "", "Filen är tom. Exportera den igen.", "The file is empty. Export it again."
        )
    at = next((n for n in filled if set(wanted) <= set(renamed(looked[n][1], aliases))), filled[0])
    return renamed(looked[at][1], aliases), chain(looked[at + 1 :], records)


def is_filled(cells: Sequence[Any] | BadEvent) -> bool:
    """Whether anything stands in the row."""
    return not isinstance(cells, BadEvent) and any(cell not in (None, "") for cell in cells)
