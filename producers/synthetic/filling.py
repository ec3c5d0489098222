"""Fills an empty hub with Mittköping's history. May be repeated: the same town sends the same ids."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import takewhile
from typing import Final

from producers.publish import Publisher, ensure_topics
from producers.synthetic import anchor
from producers.synthetic.everything import everything, signs_of_life
from schemas.settings import Settings

Progress = Callable[[int, int], None]
EVENTS_EXPECTED: Final = 656_000  # of two years at size 1
_STRIDE: Final = 2_000
_COLLECT_EVERY: Final = 200_000


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Collect garbage seldom: the town is many small objects without cycles (a quarter faster, measured)."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_EVERY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def fill(settings: Settings, progress: Progress, *, size: float = 1.0, now: datetime | None = None) -> int:
    """Send everything recorded up to `now`, then signs of life; how many events were sent.

    `progress(done, total)`: total is an estimate until the last call. The first fill of a home decides which
    two years the town shows. Unavailable: run again. Misconfigured: the home holds another size.
    """
    now = (now or datetime.now(UTC)).replace(microsecond=0)
    kept = anchor.settle(settings.home, size, now)
    ensure_topics(settings)
    done = 0
    with _rare_collection(), Publisher(settings) as publisher:
        for event in takewhile(lambda event: event.recordedtime <= now, everything(kept.town)):
            publisher.send(event)
            done += 1
            if done % _STRIDE == 0:
                progress(done, max(done, int(EVENTS_EXPECTED * size)))
        publisher.flush()
        for sign in signs_of_life(now):
            publisher.send(sign)
            done += 1
    progress(done, done)
    anchor.write(settings.home, kept._replace(sent_until=now))
    return done
