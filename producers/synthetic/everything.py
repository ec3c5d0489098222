"""All that Mittköping's systems tell, cases and placements together, in the order of recording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import merge

from producers.synthetic.generator import Town, timeline
from producers.synthetic.placement_generator import placement_timeline, placements_alive
from producers.synthetic.surroundings import alive
from schemas.envelope import Event


def everything(town: Town, since: datetime | None = None) -> Iterator[Event]:
    """Every event recorded after `since` (None: from the beginning), without end, by recorded time."""
    return merge(timeline(town, since), placement_timeline(town, since), key=lambda event: event.recordedtime)


def signs_of_life(until: datetime) -> tuple[Event, ...]:
    """Both systems live and have told everything before `until`."""
    return alive(until), placements_alive(until)
