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
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from schemas import settings
from schemas.calendar import local_day, midnight
from schemas.errors import HubError, Unavailable
from schemas.municipality import Municipality, municipality
from warehouse.alarms import set_alarm
from warehouse.checks import failed
from warehouse.client import Warehouse, connect
from warehouse.compute import Computer, Slot
from warehouse.contracts import Contract, load
from warehouse.figures import text_of
from warehouse.lease import Lease
from warehouse.privacy import Cell, Key
from warehouse.published import run_number
from warehouse.screen import Run, Screen, protected
from warehouse.silence import tell_silent
from warehouse.watermark import Watermark, watermarks

log = logging.getLogger("kommunpuls.publisher")

TICK_S: Final = 2.0


class Place:
    """One municipality under publication: what is computed, what is shown, and its beats."""

    def __init__(self, warehouse: Warehouse, settings_of: Municipality) -> None:
        self.settings = settings_of
        self.computer = Computer(warehouse, settings_of)
        self.screen = Screen(warehouse, settings_of)
        self.last_run: dict[str, float] = {}
        self.last_as_of: dict[str, datetime] = {}
        self.dirty: set[str] = set()


class Publisher:
    """Ticks until told to stop; remembers nothing that the warehouse does not hold."""

    def __init__(self, warehouse: Warehouse, lease: Lease) -> None:
        self._warehouse = warehouse
        self._lease = lease
        self._epoch = 0
        self._places: dict[str, Place] = {}
        self._touched_at = datetime(1970, 1, 1, tzinfo=UTC)

    def tick(self, now: datetime) -> int:
        """Publish what is due. Returns how many runs were written; 0 while another publisher holds the
        lease.
        """
        if not self._lease.hold(now):
            return 0
        if self._lease.epoch != self._epoch:
            self._epoch, self._places = self._lease.epoch, {}
        marks = watermarks(self._warehouse)
        for code in marks:
            if code not in self._places:
                self._places[code] = Place(self._warehouse, municipality(code))
        self._see_touched(now)
        tell_silent(self._warehouse, now)
        return sum(self._publish_place(self._places[code], mark, now) for code, mark in marks.items())

    def _see_touched(self, now: datetime) -> None:
        rows = self._warehouse.rows(
            "SELECT municipality, min(from_at) AS from_at, max(touched_at) AS last FROM touched"
            " WHERE touched_at > {since:String} GROUP BY municipality",
            {"since": text_of(self._touched_at)},
        )
        for row in rows:
            place = self._places.get(row["municipality"])
            if place is not None:
                place.computer.touched(local_day(row["from_at"], place.settings.zone))
                place.dirty |= set(load())
        if self._epoch:
            # a batch may be written a little after its own clock reading: look back far enough to see it
            self._touched_at = max([self._touched_at, now - timedelta(seconds=30)])

    def _publish_place(self, place: Place, mark: Watermark, now: datetime) -> int:
        due = [
            contract
            for contract in load().values()
            if contract.publish and _is_due(place, contract, mark, now)
        ]
        quiet = self._quiet_units(place, mark) if any(c.audience == "public" for c in due) else set()
        for contract in due:
            self._publish(place, contract, mark, now, quiet)
        return len(due)

    def _quiet_units(self, place: Place, mark: Watermark) -> set[str] | None:
        """Units with few movements today; None for a closed import, whose single events nobody can see
        arrive.
        """
        if mark.historical:
            return None
        since = midnight(local_day(mark.as_of, place.settings.zone), place.settings.zone)
        rows = self._warehouse.rows(
            _MOVEMENTS, {"municipality": place.settings.code, "since": text_of(since)}
        )
        moved = {row["unit"]: row["movements"] for row in rows}
        units = set(place.settings.units) | moved.keys()
        return {unit for unit in units if moved.get(unit, 0) < place.settings.quiet_movements}

    def _publish(
        self, place: Place, contract: Contract, mark: Watermark, now: datetime, quiet: set[str] | None
    ) -> None:
        tables = place.computer.tables(contract, mark.as_of)
        run = Run(run_number(now), now, mark, self._epoch)
        faults = self._check(place, contract, tables, now)
        if faults:
            place.screen.close(contract, run, faults)
        else:
            gated = frozenset(quiet or ()) if contract.audience == "public" else frozenset()
            figures = protected(contract, tables, place.settings, place.screen.hidden_units())
            place.screen.publish(contract, figures, gated, run)
        place.last_run[contract.name] = now.timestamp()
        place.last_as_of[contract.name] = mark.as_of
        place.dirty.discard(contract.name)

    def _check(
        self, place: Place, contract: Contract, tables: Mapping[Slot, Mapping[Key, Cell]], now: datetime
    ) -> list[str]:
        """Names of the stop checks that fail; a warn check raises or ends its alarm."""
        cells = [cell for table in tables.values() for cell in table.values()]
        totals = [cell for slot, table in tables.items() if slot.period == "now" and not slot.by
                  for cell in table.values()]  # fmt: skip
        broken = failed(contract, cells, totals)
        for check in contract.checks:
            if check.grade == "warn":
                self._alarm(
                    f"{check.rule}.{contract.name}.{place.settings.code}", check in broken, contract, now
                )
        for cell in totals:
            outside = (
                cell.value is not None
                and cell.lower is not None
                and cell.upper is not None
                and not (cell.lower <= cell.value <= cell.upper)
            )
            self._alarm(f"jump.{contract.name}.{place.settings.code}", outside, contract, now)
        return [check.rule for check in broken if check.grade == "stop"]

    def _alarm(self, name: str, on: bool, contract: Contract, now: datetime) -> None:
        set_alarm(
            self._warehouse, name, on, (f"Se över {contract.title_sv}", f"Look at {contract.title_en}"), now
        )


def _is_due(place: Place, contract: Contract, mark: Watermark, now: datetime) -> bool:
    """On its beat, and only if something was touched, time has moved on, or a figure has waited enough."""
    last = place.last_run.get(contract.name)
    if last is None:
        return True
    if int(last) // contract.beat_s == int(now.timestamp()) // contract.beat_s:
        return False
    if contract.name in place.dirty or place.last_as_of[contract.name] != mark.as_of:
        return True
    return place.screen.is_due(contract, now)


_MOVEMENTS: Final = """
SELECT unit, count() AS movements FROM
(
    SELECT unit FROM case_openings
    WHERE municipality = {municipality:String} AND at >= {since:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT unit FROM case_closings
    WHERE municipality = {municipality:String} AND at >= {since:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT arrayJoin([from_unit, to_unit]) AS unit FROM case_transfers
    WHERE municipality = {municipality:String} AND at >= {since:DateTime64(6, 'UTC')}
)
GROUP BY unit
"""


def main() -> None:
    """Run the publisher until SIGTERM. A fault in the settings is one line and exit code 1."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    stopping: list[int] = []
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda number, _: stopping.append(number))
    try:
        config = settings.load(os.environ)
        load()
        warehouse = connect(config)
    except HubError as error:
        sys.exit(f"publisher: {error}")
    publisher = Publisher(warehouse, Lease(warehouse, f"{socket.gethostname()}:{config.home}"))
    while not stopping:
        _tick(publisher)
        time.sleep(TICK_S)


def _tick(publisher: Publisher) -> None:
    try:
        publisher.tick(datetime.now(UTC))
    except Unavailable as error:
        log.warning("warehouse does not answer, trying again: %s", error)


if __name__ == "__main__":
    main()
