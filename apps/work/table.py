"""A dense table of a work view: columns that order by a link, pages of a hundred rows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Generic, TypeVar

from apps import wording
from apps.wording import say
from apps.work.address import Address

PAGE: Final = 100
T = TypeVar("T")
Order = tuple[bool, float | str]


@dataclass(frozen=True)
class Column(Generic[T]):
    """name: in the address; cell: HTML; order: what rows are ordered by, None where it is not known."""

    name: str
    word: str
    cell: Callable[[T], str]
    order: Callable[[T], float | str | None]
    is_number: bool = False


def ordered(rows: Sequence[T], columns: Sequence[Column[T]], wanted: str) -> list[T]:
    """Rows in the asked order; what is not known comes last either way."""
    column = next((c for c in columns if c.name == wanted.removeprefix("-")), None)
    if column is None:
        return list(rows)
    known = [row for row in rows if column.order(row) is not None]
    rest = [row for row in rows if column.order(row) is None]
    return sorted(known, key=lambda row: _key(column.order(row)), reverse=wanted.startswith("-")) + rest


def _key(value: float | str | None) -> tuple[bool, float, str]:
    return isinstance(value, str), 0.0 if isinstance(value, str) else float(value or 0), str(value).casefold()


def table(
    rows: Sequence[T],
    columns: Sequence[Column[T]],
    address: Address,
    caption: str,
    chosen: Callable[[T], bool],
) -> str:
    """The page of the table that the address asks for. The first column heads its row."""
    first = (address.number - 1) * PAGE
    lines = "".join(_line(row, columns, chosen(row)) for row in rows[first : first + PAGE])
    head = "".join(_head(column, address) for column in columns)
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>{pager(len(rows), address)}"
    )


def _line(row: T, columns: Sequence[Column[T]], is_chosen: bool) -> str:
    first, *rest = columns
    cells = "".join(f"<td{_look(column)}>{column.cell(row)}</td>" for column in rest)
    return f'<tr{" class=chosen" if is_chosen else ""}><th scope="row">{first.cell(row)}</th>{cells}</tr>'


def _head(column: Column[T], address: Address) -> str:
    now = address["ordning"]
    is_up, is_down = now == column.name, now == "-" + column.name
    sign = ' aria-sort="ascending"' if is_up else ' aria-sort="descending"' if is_down else ""
    link = escape(address.link(ordning="-" + column.name if is_up else column.name))
    mark = '<span aria-hidden="true">' + ("↑" if is_up else "↓" if is_down else "") + "</span>"
    way = f'<a target="_self" href="{link}">{say(column.word)}{mark}</a>'
    return f'<th scope="col"{_look(column)}{sign}>{way}</th>'


def _look(column: Column[T]) -> str:
    return ' class="num"' if column.is_number else ""


def pager(count: int, address: Address) -> str:
    """Which rows are shown and the way to the others, where there are more than a page of them."""
    first = (address.number - 1) * PAGE
    if count <= PAGE or first >= count:
        return ""
    last = min(count, first + PAGE)
    told = say(
        "shown_rows", first=wording.number(first + 1), last=wording.number(last), n=wording.number(count)
    )
    links = [(address.number - 1, "previous_rows")] if first else []
    links += [(address.number + 1, "next_rows")] if last < count else []
    ways = "".join(
        f' <a target="_self" href="{escape(address.link(sida=str(page)))}">{say(word, n=PAGE)}</a>'
        for page, word in links
    )
    return f'<p class="pager">{told}{ways}</p>'


def flag(look: str, words: str) -> str:
    """Words with the shape of their state; without a look the words alone."""
    return f'<span class="flag {look}">{escape(words)}</span>' if look else escape(words)
