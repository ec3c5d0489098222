"""The publisher: computes finished figures, checks, protects and writes them. One process per hub, fenced
by a lease.

Public figures have a beat of their own: on the minute, and for a unit with few movements that day (and any
total it is part of) on the quarter hour, so that no visitor sees one report arrive.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from types import FrameType
from typing import Final

from schemas import logs, settings
from schemas.errors import HubError, Unavailable
from schemas.municipality import configured
from warehouse.alarms import end_old
from warehouse.client import Warehouse, connect
from warehouse.contracts import check_limits, load
from warehouse.governed import Governed
from warehouse.health import Health
from warehouse.lease import Lease
from warehouse.places import Places
from warehouse.silence import tell_silent

log = logging.getLogger("kommunpuls.publisher")

TICK_S: Final = 2.0
SLOW_BEAT_S: Final = 60
"""A metric with a longer beat than this may take long (it reads the whole archive): no other waits for it."""


class Publisher:
    """Ticks until its process ends. `tick` and `tick_slow` may run in two threads and share the lease
    only.
    """

    def __init__(self, warehouse: Warehouse, lease: Lease, metrics: Collection[str] = ()) -> None:
        """metrics: names of those to publish, and nothing else; every one that is for publication, and the
        hub's own health, if left out.
        """
        wanted = [load()[name] for name in metrics] or load().values()
        published = [contract for contract in wanted if contract.publish]
        self._warehouse = warehouse
        self._lease = lease
        self._governed = Governed(warehouse)
        self._health = None if metrics else Health(warehouse)
        self._quick = Places(warehouse, [each for each in published if each.beat_s <= SLOW_BEAT_S])
        self._slow = Places(warehouse, [each for each in published if each.beat_s > SLOW_BEAT_S])

    def tick(self, now: datetime) -> int:
        """Publish what is due. Returns how many runs, and items of the committee's, were written; 0 while
        another publisher holds the lease.
        """
        if not self._lease.hold(now):
            return 0
        tell_silent(self._warehouse, now)
        end_old(self._warehouse, now)
        if self._health:
            self._health.tell(now)
        said = self._governed.publish(self._lease.epoch, now)
        return said + self._quick.publish(self._lease.epoch, now)

    def tick_slow(self, now: datetime) -> int:
        """Publish one slow metric of one municipality, if one is due. The lease is `tick`'s to take."""
        epoch = self._lease.epoch
        return self._slow.publish_one(epoch, now) if epoch else 0


def main() -> None:
    """Run the publisher until SIGTERM. A fault in the settings is one line and exit code 1."""
    logs.begin()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, _end)
    try:
        config = settings.load(os.environ)
        check_limits(configured())
        warehouse = connect(config)
    except HubError as error:
        sys.exit(f"publisher: {error}")
    publisher = Publisher(warehouse, Lease(warehouse, f"{socket.gethostname()}:{config.home}"))
    slow = threading.Thread(target=_go_on, args=(publisher.tick_slow, lambda: True, 0), daemon=True)
    slow.start()
    _go_on(publisher.tick, slow.is_alive)
    sys.exit("publisher: the slow metrics' thread has died")


def _end(number: int, frame: FrameType | None) -> None:
    """End wherever the process stands: a run is shown only when its last row is written, so that half a run
    is as good as none, and a statement under way may take longer than anyone waits.
    """
    raise SystemExit(0)


def _go_on(tick: Callable[[datetime], int], wanted: Callable[[], bool], rest_s: float = TICK_S) -> None:
    """Tick for ever. rest_s: the pause after a tick that had work; one without always rests."""
    while wanted():
        worked = 0
        try:
            worked = tick(datetime.now(UTC))
        except Unavailable as error:
            log.warning("warehouse does not answer, trying again: %s", error)
        time.sleep(rest_s if worked else TICK_S)


if __name__ == "__main__":
    main()
