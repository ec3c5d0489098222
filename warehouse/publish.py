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
from typing import Any, Final, NamedTuple

import pyarrow as pa

from schemas import settings
from schemas.calendar import local_day, midnight
from schemas.errors import HubError, Unavailable
from schemas.municipality import Municipality, municipality
from warehouse.alarms import end_alarm, raise_alarm
from warehouse.checks import failed
from warehouse.client import Warehouse, connect
from warehouse.compute import Computer, Slot
from warehouse.contracts import Contract, load
from warehouse.lease import Lease
from warehouse.privacy import Cell, Key, protect_counts, protect_means
from warehouse.published import NOW_ON, run_number
from warehouse.watermark import Watermark, watermarks

log = logging.getLogger("kommunpuls.publisher")

TICK_S: Final = 2.0
QUARTER_S: Final = 900
_INSTANT: Final = pa.timestamp("us", tz="UTC")
_FIGURES: Final = pa.schema(
    [("run", pa.uint64()), ("municipality", pa.string()), ("metric", pa.string()), ("audience", pa.string()),
     ("grain", pa.string()), ("dimensions", pa.map_(pa.string(), pa.string())), ("period", pa.string()),
     ("period_on", pa.date32()), ("value", pa.float64()), ("lower", pa.float64()), ("upper", pa.float64()),
     ("n", pa.uint64()), ("state", pa.string()), ("as_of", _INSTANT), ("epoch", pa.uint64())]
)  # fmt: skip
_PUBLICATIONS: Final = pa.schema(
    [("run", pa.uint64()), ("municipality", pa.string()), ("metric", pa.string()), ("audience", pa.string()),
     ("state", pa.string()), ("reason", pa.string()), ("known_at", _INSTANT), ("as_of", _INSTANT),
     ("historical", pa.uint8()), ("coverage", pa.float64()), ("metric_version", pa.uint16()), ("epoch", pa.uint64())]
)  # fmt: skip


class Shown(NamedTuple):
    """A figure as it stands on screens. as_of is set where it is older than its run."""

    cell: Cell
    as_of: datetime | None


FigureKey = tuple[Slot, Key]
GONE: Final = Shown(Cell(None, 0, "not_applicable"), None)


class Place:
    """One municipality under publication: what is computed, what is shown, and its beats."""

    def __init__(self, warehouse: Warehouse, settings_of: Municipality) -> None:
        self.settings = settings_of
        self.computer = Computer(warehouse, settings_of)
        self.shown: dict[str, dict[FigureKey, Shown]] = {}
        self.last_run: dict[str, float] = {}
        self.last_as_of: dict[str, datetime] = {}
        self.last_quarter: dict[str, int] = {}
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
        return sum(self._publish_place(self._places[code], mark, now) for code, mark in marks.items())

    def _see_touched(self, now: datetime) -> None:
        rows = self._warehouse.rows(
            "SELECT municipality, min(from_at) AS from_at, max(touched_at) AS last FROM touched"
            " WHERE touched_at > {since:String} GROUP BY municipality",
            {"since": self._touched_at.strftime("%Y-%m-%d %H:%M:%S.%f")},
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
        rows = self._warehouse.rows(_MOVEMENTS, {"municipality": place.settings.code,
                                                 "since": since.strftime("%Y-%m-%d %H:%M:%S.%f")})  # fmt: skip
        moved = {row["unit"]: row["movements"] for row in rows}
        units = set(place.settings.units) | moved.keys()
        return {unit for unit in units if moved.get(unit, 0) < place.settings.quiet_movements}

    def _publish(
        self, place: Place, contract: Contract, mark: Watermark, now: datetime, quiet: set[str] | None
    ) -> None:
        tables = place.computer.tables(contract, mark.as_of)
        run = run_number(now)
        faults = self._check(place, contract, tables, now)
        if not faults:
            figures = _protected(contract, tables, place.settings)
            gated = frozenset(quiet or ()) if contract.audience == "public" else frozenset()
            self._write_figures(place, contract, figures, run, mark, gated, now)
        self._write_publication(place, contract, run, mark, now, faults)
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
        rows = self._warehouse.rows(
            "SELECT state FROM alarms WHERE name = {name:String} ORDER BY changed_at DESC LIMIT 1",
            {"name": name},
        )
        was_on = bool(rows) and rows[0]["state"] == "raised"
        if on and not was_on:
            raise_alarm(
                self._warehouse, name, (f"Se över {contract.title_sv}", f"Look at {contract.title_en}"), now
            )
        if was_on and not on:
            end_alarm(self._warehouse, name, (f"{contract.title_sv} är som vanligt", "Over"), now)

    def _write_figures(
        self, place: Place, contract: Contract, figures: dict[FigureKey, Cell], run: int, mark: Watermark,
        quiet: frozenset[str], now: datetime,
    ) -> None:  # fmt: skip
        first = contract.name not in place.shown
        before = self._shown_before(place, contract) if first else place.shown[contract.name]
        quarter = int(now.timestamp()) // QUARTER_S
        opens = place.last_quarter.get(contract.name) != quarter
        after = {
            key: _stands(key, cell, before.get(key), mark, (opens and not first) or key not in before)
            if _is_gated(key, quiet)
            else Shown(cell, None)
            for key, cell in figures.items()
        }
        gone = {
            key: GONE
            for key in before.keys() - after.keys()
            if before[key] != GONE and key[0].period == "now"
        }
        changed = {key: shown for key, shown in (after | gone).items() if first or before.get(key) != shown}
        if changed:
            self._warehouse.insert_arrow("figures", _figures(place, contract, changed, run, self._epoch))
        place.shown[contract.name] = after
        if opens and not first:
            place.last_quarter[contract.name] = quarter
        elif first:
            place.last_quarter.setdefault(contract.name, quarter)

    def _shown_before(self, place: Place, contract: Contract) -> dict[FigureKey, Shown]:
        """What screens show of the metric now; read when this publisher has just taken over."""
        rows = self._warehouse.rows(_SHOWN, {"municipality": place.settings.code, "metric": contract.name})
        shown: dict[FigureKey, Shown] = {}
        for row in rows:
            by = tuple(row["grain"].split(",")) if row["grain"] else ()
            key = tuple(row["dimensions"][name] for name in by)
            cell = Cell(row["value"], row["n"] or 0, row["state"], row["lower"], row["upper"])
            shown[Slot(by, row["period"], row["period_on"]), key] = Shown(cell, row["as_of"])
        return shown

    def _write_publication(
        self, place: Place, contract: Contract, run: int, mark: Watermark, now: datetime, faults: list[str]
    ) -> None:  # fmt: skip
        row = {
            "run": run, "municipality": place.settings.code, "metric": contract.name, "audience": contract.audience,
            "state": "held" if faults else "published", "reason": ", ".join(faults), "known_at": now,
            "as_of": mark.as_of, "historical": int(mark.historical), "coverage": None,
            "metric_version": contract.version, "epoch": self._epoch,
        }  # fmt: skip
        self._warehouse.insert_arrow("publications", pa.Table.from_pylist([row], schema=_PUBLICATIONS))
        if faults:
            log.error("%s of %s is held: %s", contract.name, place.settings.code, ", ".join(faults))


def _is_due(place: Place, contract: Contract, mark: Watermark, now: datetime) -> bool:
    """On its beat, and only if something was touched, time has moved on, or it was never published."""
    last = place.last_run.get(contract.name)
    if last is None:
        return True
    if int(last) // contract.beat_s == int(now.timestamp()) // contract.beat_s:
        return False
    return contract.name in place.dirty or place.last_as_of[contract.name] != mark.as_of


def _protected(
    contract: Contract, tables: Mapping[Slot, Mapping[Key, Cell]], place: Municipality
) -> dict[FigureKey, Cell]:
    """What may be shown: small numbers hidden in public figures; engineers' figures are technical counts."""
    found: dict[FigureKey, Cell] = {}
    for slot, table in tables.items():
        cells = dict(table)
        if contract.audience == "public":
            protect = protect_counts if contract.measure == "count" else protect_means
            cells = protect(table, place.small if contract.measure == "count" else place.rate_n)
        found |= {(slot, key): cell for key, cell in cells.items()}
    return found


def _is_gated(key: FigureKey, quiet: frozenset[str]) -> bool:
    """Whether the figure waits for the quarter hour: its unit is quiet, or it is a total over a quiet
    unit.
    """
    slot, values = key
    return values[slot.by.index("unit")] in quiet if "unit" in slot.by else bool(quiet)


def _stands(key: FigureKey, cell: Cell, before: Shown | None, mark: Watermark, opens: bool) -> Shown:
    """A gated figure changes on the quarter hour only, and says how old it is."""
    if opens or before is None:
        return Shown(cell, mark.as_of)
    return before


def _figures(
    place: Place, contract: Contract, changed: dict[FigureKey, Shown], run: int, epoch: int
) -> pa.Table:
    rows: list[dict[str, Any]] = []
    for (slot, key), (cell, as_of) in changed.items():
        rows.append({
            "run": run, "municipality": place.settings.code, "metric": contract.name, "audience": contract.audience,
            "grain": ",".join(slot.by), "dimensions": list(zip(slot.by, key, strict=True)), "period": slot.period,
            "period_on": slot.on, "value": cell.value, "lower": cell.lower, "upper": cell.upper,
            "n": None if cell.state == "suppressed" else cell.n, "state": cell.state, "as_of": as_of, "epoch": epoch,
        })  # fmt: skip
    return pa.Table.from_pylist(rows, schema=_FIGURES)


_MOVEMENTS: Final = """
SELECT unit, count() AS movements FROM
(
    SELECT unit FROM case_openings WHERE municipality = {municipality:String} AND at >= {since:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT unit FROM case_closings WHERE municipality = {municipality:String} AND at >= {since:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT arrayJoin([from_unit, to_unit]) AS unit FROM case_transfers
    WHERE municipality = {municipality:String} AND at >= {since:DateTime64(6, 'UTC')}
)
GROUP BY unit
"""

_SHOWN: Final = """
SELECT f.grain AS grain, f.dimensions AS dimensions, f.period AS period, f.period_on AS period_on,
       argMax(tuple(f.value, f.lower, f.upper, f.n, f.state, f.as_of), f.run) AS newest,
       newest.1 AS value, newest.2 AS lower, newest.3 AS upper, newest.4 AS n, newest.5 AS state, newest.6 AS as_of
FROM figures AS f WHERE f.municipality = {municipality:String} AND f.metric = {metric:String}
GROUP BY grain, dimensions, period, period_on
"""

assert NOW_ON.year == 1970


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
