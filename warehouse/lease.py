"""Which publisher may write: one per hub's warehouse, fenced by a growing epoch."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from warehouse.client import Warehouse
from warehouse.figures import text_of

NAME: Final = "publisher"
BEAT: Final = timedelta(seconds=10)
SILENCE: Final = timedelta(seconds=40)


class Lease:
    """The publisher's lease. `holder` names the hub: its own restarted publisher takes over without
    waiting.
    """

    def __init__(self, warehouse: Warehouse, holder: str) -> None:
        self._warehouse = warehouse
        self._holder = holder
        self._seen_at: datetime | None = None
        self._has_held = False
        self.epoch = 0

    def hold(self, now: datetime) -> bool:
        """True while this process may publish. A new epoch (self.epoch changes) means that nothing
        remembered holds.
        """
        newest = self._newest()
        if newest is None or (self.epoch != newest[0] and self._may_take(newest, now)):
            self._write((newest[0] if newest else 0) + 1, now)
            return True
        if newest[:2] != (self.epoch, self._holder):  # another took it, perhaps with the same number
            self.epoch = 0
            return False
        if self._seen_at is None or now - self._seen_at > BEAT:
            self._write(self.epoch, now)
        return True

    def _may_take(self, newest: tuple[int, str, datetime], now: datetime) -> bool:
        _, holder, seen_at = newest
        return (holder == self._holder and not self._has_held) or now - seen_at > SILENCE

    def _newest(self) -> tuple[int, str, datetime] | None:
        rows = self._warehouse.rows(
            "SELECT epoch, holder, seen_at FROM leases FINAL WHERE name = {name:String}"
            " ORDER BY epoch DESC LIMIT 1",
            {"name": NAME},
        )
        return (rows[0]["epoch"], rows[0]["holder"], rows[0]["seen_at"]) if rows else None

    def _write(self, epoch: int, now: datetime) -> None:
        self._warehouse.command(
            "INSERT INTO leases (name, epoch, holder, seen_at) VALUES "
            "({name:String}, {epoch:UInt64}, {holder:String}, {now:String})",
            {
                "name": NAME,
                "epoch": epoch,
                "holder": self._holder,
                "now": text_of(now),
            },
        )
        self.epoch, self._seen_at, self._has_held = epoch, now, True
