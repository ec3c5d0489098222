"""Municipalities under publication: which metric is due where, and one metric computed, checked and written.

`Places` is held by one thread and remembers nothing that the warehouse does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from schemas.calendar import local_day, midnight
from schemas.municipality import Municipality, municipality
from schemas.registry import EVENTS
from warehouse.alarms import set_alarm, since
from warehouse.checks import failed
from warehouse.client import Warehouse
from warehouse.committee import Committee
from warehouse.compute import Computer, Slot
from warehouse.contracts import Contract
from warehouse.figures import text_of
from warehouse.hiding import protected
from warehouse.privacy import Cell, Key
from warehouse.published import run_number
from warehouse.screen import Run, Screen
from warehouse.watch import jumped, words
from warehouse.watermark import Watermark, mark_of, watermarks

LOOK_BACK: Final = timedelta(seconds=30)
WEEK: Final = timedelta(days=7)
TOPIC_OF: Final = {fact.KIND: fact.TOPIC for fact in EVENTS}
"""The topic that tells of each kind of entity."""


class Place:
    """One municipality under publication: what is computed, what is shown, and its beats."""

    def __init__(self, warehouse: Warehouse, settings: Municipality) -> None:
        self._warehouse = warehouse
        self.settings = settings
        self.computer = Computer(warehouse, settings)
        self.screen = Screen(warehouse, settings)
        self.committee = Committee(warehouse, settings)
        self.last_run: dict[str, float] = {}
        self.last_as_of: dict[str, datetime] = {}
        self.dirty: set[str] = set()

    def is_due(self, contract: Contract, mark: Watermark, now: datetime) -> bool:
        """On its beat, and only if something was touched, time has moved on, or a figure has waited
        enough.
        """
        last = self.last_run.get(contract.name)
        if last is None:
            return True
        if int(last) // contract.beat_s == int(now.timestamp()) // contract.beat_s:
            return False
        if contract.name in self.dirty or self.last_as_of[contract.name] != mark.as_of:
            return True
        if contract.clock == "wall" and not mark.historical:
            return True
        return self.screen.is_due(contract, now)

    def quiet_units(self, mark: Watermark) -> set[str]:
        """Units with few movements today; none of a closed import, whose single events nobody can see
        arrive.
        """
        if mark.historical:
            return set()
        since = midnight(local_day(mark.as_of, self.settings.zone), self.settings.zone)
        rows = self._warehouse.rows(_MOVEMENTS, {"municipality": self.settings.code, "since": text_of(since)})
        moved = {row["unit"]: row["movements"] for row in rows}
        units = set(self.settings.units) | moved.keys()
        return {unit for unit in units if moved.get(unit, 0) < self.settings.quiet_movements}

    def publish(self, contract: Contract, run: Run, quiet: set[str]) -> None:
        """Compute, check and show one metric, or hold it. quiet: units that wait for the quarter hour."""
        tables = self.computer.tables(contract, run.now if contract.clock == "wall" else run.mark.as_of)
        faults = self._check(contract, tables, run)
        if faults:
            self.screen.close(contract, run, faults)
        else:
            self._show(contract, tables, run, quiet)
        self.last_run[contract.name] = run.now.timestamp()
        self.last_as_of[contract.name] = run.mark.as_of
        self.dirty.discard(contract.name)

    def _show(
        self, contract: Contract, tables: Mapping[Slot, Mapping[Key, Cell]], run: Run, quiet: set[str]
    ) -> None:
        if contract.audience == "committee":
            figures, still = self.committee.protect(contract, tables, run.mark.as_of)
            self.screen.publish(contract, figures, frozenset(), run, still)
            return
        gated = frozenset(quiet) if contract.audience == "public" else frozenset[str]()
        group = self.screen.cells_of(contract.group) if contract.group else None
        figures = protected(contract, tables, self.settings, self.screen.hidden_units(), group)
        self.screen.publish(contract, figures, gated, run)

    def _check(self, contract: Contract, tables: Mapping[Slot, Mapping[Key, Cell]], run: Run) -> list[str]:
        """Names of the stop checks that fail; a warn check raises or ends its alarm. A closed import cannot
        jump any more, and its last day may well be zero.
        """
        cells = [cell for table in tables.values() for cell in table.values()]
        totals = _totals(tables)
        broken = failed(contract, cells, totals, self._highest(contract, run))
        for check in contract.checks:
            if check.grade == "warn":
                closed = run.mark.historical and check.rule == "never_zero"
                self._alarm(check.rule, check in broken and not closed, contract, run.now, check.limit)
        if any(publication.band for publication in contract.publish):
            today = local_day(run.mark.as_of, self.settings.zone)
            jump = not run.mark.historical and jumped(contract, tables, today)
            self._alarm("jump", jump, contract, run.now)
        return [check.rule for check in broken if check.grade == "stop"]

    def _highest(self, contract: Contract, run: Run) -> float | None:
        """The highest total of now that was shown in the last week, where a check asks for it."""
        if all(check.rule != "drop" for check in contract.checks):
            return None
        since = run_number(run.now - WEEK)
        asked = {"municipality": self.settings.code, "metric": contract.name, "since": since}
        (row,) = self._warehouse.rows(_HIGHEST, asked)
        return None if row["value"] is None else float(row["value"])

    def _alarm(self, rule: str, on: bool, contract: Contract, now: datetime, limit: float = 0) -> None:
        text = since(words(rule, contract, self.settings, limit), now, self.settings.zone)
        set_alarm(self._warehouse, f"{rule}.{contract.name}.{self.settings.code}", on, text, now)


def _totals(tables: Mapping[Slot, Mapping[Key, Cell]]) -> list[Cell]:
    """The totals of now; where the municipality's is not published, the sum of its parts, if all are told."""
    now = {slot: table for slot, table in tables.items() if slot.period == "now"}
    if not now:
        return []
    slot = min(now, key=lambda slot: len(slot.by))
    cells = list(now[slot].values())
    if not slot.by:
        return cells
    values = [cell.value for cell in cells if cell.value is not None]
    return [Cell(sum(values), 0)] if len(values) == len(cells) else []


class _Due(NamedTuple):
    place: Place
    contract: Contract
    mark: Watermark

    @property
    def last_run(self) -> float:
        return self.place.last_run.get(self.contract.name, 0.0)


class Places:
    """Every municipality that has a watermark, over the contracts that are this thread's own."""

    def __init__(self, warehouse: Warehouse, contracts: Sequence[Contract]) -> None:
        self._warehouse = warehouse
        self._contracts = contracts
        self._epoch = 0
        self._written_at: datetime | None = None
        self._seen: set[tuple[Any, ...]] = set()
        self.places: dict[str, Place] = {}

    def publish(self, epoch: int, now: datetime) -> int:
        """Publish everything that is due; a municipality that is new waits until the others have had their
        beat.
        """
        due = self._due(epoch, now)
        due.sort(key=lambda each: each.last_run == 0.0)
        return self._publish(due, now)

    def publish_one(self, epoch: int, now: datetime) -> int:
        """Publish what has waited longest of what is due, and no more."""
        return self._publish(sorted(self._due(epoch, now), key=lambda each: each.last_run)[:1], now)

    def _due(self, epoch: int, now: datetime) -> list[_Due]:
        """What is due, in the contracts' order by municipality. A new epoch: nothing remembered holds."""
        if epoch != self._epoch:
            self._epoch, self.places = epoch, {}
        marks = watermarks(self._warehouse)
        for code in marks.keys() - self.places.keys():
            self.places[code] = Place(self._warehouse, municipality(code))
        self._see_touched()
        return [
            _Due(self.places[code], contract, mark)
            for code, topics in marks.items()
            for contract in self._contracts
            if (mark := mark_of(contract, topics)) and self.places[code].is_due(contract, mark, now)
        ]

    def _publish(self, due: Sequence[_Due], now: datetime) -> int:
        quiet: dict[str, set[str]] = {}
        for place, contract, mark in due:
            code = place.settings.code
            if contract.audience == "public" and code not in quiet:
                quiet[code] = place.quiet_units(mark)
            place.publish(contract, Run(run_number(now), now, mark, self._epoch), quiet.get(code, set()))
        return len(due)

    def _see_touched(self) -> None:
        """What batches touched since this last looked, by the store's own clock: a worker's may be wrong.
        Writes that are under way bear a time a little back, so it looks back that far and knows what it saw.
        """
        since = self._written_at or self._last_written()
        asked = {"since": text_of(since - LOOK_BACK)}
        found = {tuple(row.values()): row for row in self._warehouse.rows(_TOUCHED, asked)}
        for key in found.keys() - self._seen:
            self._touch(found[key])
        self._seen = set(found)
        self._written_at = max([since, *(row["written_at"] for row in found.values())])

    def _last_written(self) -> datetime:
        """Where to begin: what was touched before there was anything to remember matters to nobody."""
        (row,) = self._warehouse.rows("SELECT toDateTime64(max(written_at), 6, 'UTC') AS at FROM touched")
        found: datetime = row["at"]
        return found

    def _touch(self, row: dict[str, Any]) -> None:
        place = self.places.get(row["municipality"])
        if place is not None:
            reached = [each for each in self._contracts if TOPIC_OF[row["kind"]] in each.needs]
            place.computer.touched(local_day(row["from_at"], place.settings.zone), reached)
            place.dirty |= {contract.name for contract in reached}


_TOUCHED: Final = """
SELECT toDateTime64(written_at, 6, 'UTC') AS written_at, touched_at, municipality, kind, from_at FROM touched
WHERE written_at >= {since:DateTime64(6, 'UTC')}
"""

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

_HIGHEST: Final = """
WITH totals AS
(
    SELECT run, value FROM figures
    WHERE municipality = {municipality:String} AND metric = {metric:String} AND grain = '' AND period = 'now'
)
SELECT max(value) AS value FROM totals WHERE run >= (SELECT max(run) FROM totals WHERE run <= {since:UInt64})
"""
