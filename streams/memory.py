"""What a worker keeps in memory: histories of entities seen lately, and which entities the archive has
never seen.

Both only save questions to the archive; the outcome is the same without them. Bounded by
`PULS_HISTORY_CACHE`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from rbloom import Bloom

from streams.history import History

_FALSE_ALARMS = 0.01
_ROOM = 1_000_000


class Memory:
    """Histories by entity key, least lately used leave first when they hold more than `limit` versions in
    all.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._versions = 0
        self._histories: OrderedDict[str, History] = OrderedDict()
        self._known: list[Bloom] = []
        self._room = 0

    def get(self, entity: str) -> History | None:
        """The entity's history if it is here."""
        history = self._histories.get(entity)
        if history is not None:
            self._histories.move_to_end(entity)
        return history

    def put(self, entity: str, history: History) -> None:
        """Keep a history that has just been read or begun."""
        self._histories[entity] = history
        self._versions += len(history.versions)

    def grown(self, versions: int) -> None:
        """Histories that are here have grown by so many versions."""
        self._versions += versions

    def trim(self, limit: int | None = None) -> None:
        """Let the least lately used go until the rest fits; call it between batches."""
        while self._versions > (self._limit if limit is None else limit) and self._histories:
            _, history = self._histories.popitem(last=False)
            self._versions -= len(history.versions)

    def forget(self, entities: Iterable[str]) -> None:
        """Drop histories that may hold what never reached the archive."""
        for entity in entities:
            history = self._histories.pop(entity, None)
            self._versions -= len(history.versions) if history else 0

    def clear(self) -> None:
        """Drop everything: the worker's partitions have changed."""
        self._histories.clear()
        self._versions = 0
        self._known = []
        self._room = 0

    def learn(self, entities: list[str]) -> None:
        """These entities are in the archive, or will be when the batch is written."""
        if not entities:
            return
        if self._room < len(entities):
            self._room = max(_ROOM, len(entities))
            self._known.append(Bloom(self._room, _FALSE_ALARMS))
        self._known[-1].update(entities)
        self._room -= len(entities)

    def may_be_archived(self, entity: str) -> bool:
        """False only when the archive certainly holds nothing of the entity."""
        return any(entity in bloom for bloom in self._known)
