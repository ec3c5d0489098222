"""How much a producer may send in a minute: a bucket of requests and one of events for each token. Pure.

A full bucket may be emptied at once and fills again evenly, so that a nightly export is no offence.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Bucket:
    """What may still be taken at an instant (seconds of any clock that only goes forward)."""

    level: float
    at: float


class Rate:
    """At most so many a minute for each who asks."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._buckets: dict[str, Bucket] = {}

    def take(self, who: str, count: int, now: float) -> float:
        """Take so many, all or none: 0 when they were taken, else the seconds after which they can be."""
        bucket = self._buckets.setdefault(who, Bucket(self.per_minute, now))
        refilled = bucket.level + (now - bucket.at) * self.per_minute / 60
        bucket.level, bucket.at = min(float(self.per_minute), refilled), now
        if bucket.level < count:
            return (count - bucket.level) * 60 / self.per_minute
        bucket.level -= count
        return 0.0
