"""What became of each offset, as runs of offsets: what `warehouse/reconcile.py` holds against the archive.

Told before the offsets are committed, so every committed offset is covered; a run that is told again changes
nothing. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from streams.lanes import Stretch
from warehouse.archive import Place, Told


def told(stretches: Sequence[Stretch], duplicates: Iterable[tuple[str, int, int]]) -> list[Told]:
    """Rows of table `offsets_told`: what was read, and what of it said nothing new, in any order."""
    seen = [
        Told(one.topic, one.partition, "seen", first, after)
        for one in stretches
        for first, after in runs(one.offsets)
    ]
    by_place: dict[Place, list[int]] = {}
    for topic, partition, offset in duplicates:
        by_place.setdefault((topic, partition), []).append(offset)
    return seen + [
        Told(*place, "duplicate", first, after)
        for place, offsets in by_place.items()
        for first, after in runs(sorted(offsets))
    ]


def runs(offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First offset and the one after the last, of each run of ascending offsets without a gap."""
    if offsets and offsets[-1] - offsets[0] + 1 == len(offsets):
        yield offsets[0], offsets[-1] + 1
        return
    first = last = -2
    for offset in offsets:
        if offset != last + 1:
            if last >= 0:
                yield first, last + 1
            first = offset
        last = offset
    if last >= 0:
        yield first, last + 1
