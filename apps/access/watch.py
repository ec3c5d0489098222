"""When a page that asks the same again by itself must write in the audit log, and when it has said all.

A row per refresh would bury what people did under what a timer did. The log still names everybody who was
given out: a refresh that gives out somebody new, or answers another question, is a row of its own. Pure but
for its clock; one per page and session.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from warehouse.audit import Entry

AGAIN_S: Final = 600
"""A view that stands open says so again after as long."""
MOVING: Final = frozenset({"at"})
"""Parameters that are another at each refresh of the same question."""


@dataclass
class _Told:
    at: float
    about: set[str] = field(default_factory=set)


class Watch:
    """What one view has told the log, by question."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[str, _Told] = {}

    def must_tell(self, entry: Entry, about: Collection[str]) -> bool:
        """Whether this read is not covered by the row before. about: entities of every row given out."""
        told = self._told.get(_question(entry))
        return told is None or self._clock() - told.at >= AGAIN_S or not told.about.issuperset(about)

    def has_told(self, entry: Entry, about: Collection[str]) -> None:
        """The row is written: who was given out is told until the view says so again."""
        now, before = self._clock(), self._told.get(_question(entry))
        if before is None or now - before.at >= AGAIN_S:
            self._told = {_question(entry): _Told(now, set(about))} | self._others(entry)
        else:
            before.about |= set(about)

    def _others(self, entry: Entry) -> dict[str, _Told]:
        """What still covers reads of other questions."""
        now, own = self._clock(), _question(entry)
        return {name: told for name, told in self._told.items() if name != own and now - told.at < AGAIN_S}


def _question(entry: Entry) -> str:
    """Everything that a read is told to be, but for what moves by itself and what came out."""
    asked = {name: value for name, value in entry.filters.items() if name not in MOVING}
    who = [entry.role, entry.actor, entry.page, entry.query, entry.municipality, entry.purpose]
    return json.dumps([who, asked], sort_keys=True, default=str)
