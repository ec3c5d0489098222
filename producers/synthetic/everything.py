"""All that Mittköping's systems tell: cases, placements, care, its committee, in the order of recording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import merge

from producers.synthetic.care.generator import care_alive, care_timeline
from producers.synthetic.committee import committee_timeline
from producers.synthetic.generator import Town, timeline
from producers.synthetic.placement_generator import placement_timeline, placements_alive
from producers.synthetic.surroundings import alive
from schemas.envelope import Event


def everything(town: Town, since: datetime | None = None) -> Iterator[Event]:
    """Every event recorded after `since` (None: from the beginning), without end, by recorded time."""
    told = (
        timeline(town, since),
        placement_timeline(town, since),
        care_timeline(town, since),
        committee_timeline(town, since),
    )
    return merge(*told, key=lambda event: event.recordedtime)


def signs_of_life(until: datetime) -> tuple[Event, ...]:
    """All systems live and have told everything before `until`."""
    return alive(until), placements_alive(until), *care_alive(until)
