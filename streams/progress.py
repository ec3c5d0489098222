"""How far a worker has come in each of its partitions: what table `positions` tells. Pure but for its own
memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from streams.history import micros
from streams.lanes import Stretch
from streams.limits import DeadLetterLimit
from warehouse.archive import Place, Position, Refusal

MARGIN: Final = timedelta(seconds=2)


class Progress:
    """Counts per partition. folded: the offset up to which everything is written and committed."""

    def __init__(self, limit: Callable[[], DeadLetterLimit] = DeadLetterLimit) -> None:
        self.folded: dict[Place, int] = {}
        self._told: dict[Place, int] = {}
        self._counts: defaultdict[Place, Counter[str]] = defaultdict(Counter)
        self._limits: defaultdict[Place, DeadLetterLimit] = defaultdict(limit)

    def keep(self, places: Iterable[Place]) -> None:
        """These partitions are the worker's now, and no others."""
        self.folded = {place: self.folded[place] for place in places if place in self.folded}

    def recall(self, told: Mapping[Place, int]) -> None:
        """Until when partitions had told everything before this worker had them: it is no less now."""
        for place, until in told.items():
            self._told[place] = max(until, self._told.get(place, 0))

    def forgive(self, place: Place) -> None:
        """What the partition gave before is no longer held against it."""
        self._limits.pop(place, None)

    def note(self, stretches: Sequence[Stretch], refused: Sequence[Refusal]) -> set[Place]:
        """Count a batch that is written. Returns the partitions that give too many bad messages."""
        bad = {(one.topic, one.partition, one.offset) for one in refused}
        return {(one.topic, one.partition) for one in stretches if self._note(one, bad)}

    def _note(self, stretch: Stretch, bad: set[tuple[str, int, int]]) -> bool:
        place = (stretch.topic, stretch.partition)
        self._told[place] = stretch.told_at[-1]
        are_bad = [(*place, offset) in bad for offset in stretch.offsets] if bad else []
        counts, limit = self._counts[place], self._limits[place]
        counts["refused"] += sum(are_bad)
        counts["accepted"] += len(stretch.offsets) - sum(are_bad)
        if not are_bad:
            limit.see_good(len(stretch.offsets))
        over = [limit.see(is_bad) for is_bad in are_bad]
        return any(over)

    def positions(self, ends: Mapping[Place, int | None], now: datetime) -> list[Position]:
        """Rows of table `positions`. ends: where each assigned partition ends, None where not yet known. A
        partition that is at its end has told everything until just now.
        """
        return [self._position(place, offset, ends.get(place), now) for place, offset in self.folded.items()]

    def _position(self, place: Place, offset: int, end: int | None, now: datetime) -> Position:
        at_end = end is not None and offset >= end
        told_until = micros(now - MARGIN) if at_end else self._told.get(place, 0)
        counts = self._counts[place]
        return Position(*place, offset, told_until, counts["accepted"], 0, counts["refused"])
