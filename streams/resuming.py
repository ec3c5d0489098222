"""Where a worker begins in a partition: where the group committed, or earlier if the warehouse ends earlier.

A warehouse that was restored from a backup has not folded what the broker's group committed since; those
messages still lie in the topic for its retention, and are heard again. What is known already vanishes, so
that to begin too early is always right. A broker that was emptied starts low and is followed.
"""

from __future__ import annotations

from collections.abc import Mapping

from warehouse.archive import Place


def earlier(committed: Mapping[Place, int | None], folded: Mapping[Place, int]) -> dict[Place, int]:
    """Partitions to begin before what was committed, and where. committed: None where there is nothing yet.

    folded: the next offset to fold by table `positions`; a partition that it does not know is left alone.
    """
    return {
        place: folded[place]
        for place, offset in committed.items()
        if offset is not None and place in folded and folded[place] < offset
    }
