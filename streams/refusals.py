"""Refused events as lines of the worker's log: where they lie and why, never what they hold. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from warehouse.archive import Refusal

MOST: Final = 20
_FIELD: Final = 80


def lines(refused: Sequence[Refusal], most: int = MOST) -> Iterator[str]:
    """A line for each of the first `most` events, then one that counts the rest by reason."""
    for one in islice(refused, most):
        where = f"{one.topic}/{one.partition}/{one.offset}"
        field = f" at {one.field[:_FIELD]!a}" if one.field else ""
        yield f"refused {where}: {one.reason}{field}"
    rest = Counter(one.reason for one in refused[most:])
    if rest:
        told = ", ".join(f"{reason} {count}" for reason, count in rest.most_common())
        yield f"refused {rest.total()} more of this batch: {told}"
