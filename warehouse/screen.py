"""What screens show of a metric: figures as written, which of them wait for the quarter hour, what changed.

Append-only: a run writes the keys that changed, its publication row last, so that half a run is never shown.
Once more changes were written than there are keys, a run writes every key: readers begin with it, and what
they read does not grow with the years.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import pyarrow as pa

from schemas.calendar import local_day
from schemas.municipality import Municipality
from warehouse.causes import Change
from warehouse.client import Warehouse
from warehouse.compute import Slot
from warehouse.contracts import Contract
from warehouse.hiding import BALANCE, FigureKey
from warehouse.privacy import Cell
from warehouse.published import NOW_ON
from warehouse.revised import After, Before, Revised
from warehouse.watermark import Watermark

log = logging.getLogger("kommunpuls.publisher")

QUARTER_S: Final = 900
FEW_ROWS: Final = 500
"""So many changes are as quick to read as one."""
_INSTANT: Final = pa.timestamp("us", tz="UTC")
_FIGURES: Final = pa.schema(
    [("run", pa.uint64()), ("municipality", pa.string()), ("metric", pa.string()), ("audience", pa.string()),
     ("grain", pa.string()), ("dimensions", pa.map_(pa.string(), pa.string())), ("period", pa.string()),
     ("period_on", pa.date32()), ("value", pa.float64()), ("lower", pa.float64()), ("upper", pa.float64()),
     ("n", pa.uint64()), ("state", pa.string()), ("coverage", pa.float64()), ("as_of", _INSTANT),
     ("epoch", pa.uint64())]
)  # fmt: skip
_PUBLICATIONS: Final = pa.schema(
    [("run", pa.uint64()), ("municipality", pa.string()), ("metric", pa.string()), ("audience", pa.string()),
     ("state", pa.string()), ("reason", pa.string()), ("known_at", _INSTANT), ("as_of", _INSTANT),
     ("historical", pa.uint8()), ("coverage", pa.float64()), ("metric_version", pa.uint16()),
     ("epoch", pa.uint64()), ("whole_run", pa.uint64())]
)  # fmt: skip


class Shown(NamedTuple):
    """A figure as it stands on screens. as_of is set where it is older than its run."""

    cell: Cell
    as_of: datetime | None


Figures = Mapping[FigureKey, Shown]
GONE: Final = Shown(Cell(None, 0, "not_applicable"), None)


class Whole(NamedTuple):
    """The last run that wrote every key, and how many rows were written since."""

    run: int
    rows: int


class Run(NamedTuple):
    """One run over one metric: its number, when it is shown from, the world it tells of, and who wrote it."""

    number: int
    now: datetime
    mark: Watermark
    epoch: int


class Screen:
    """What is shown of one municipality, metric by metric; read back when a publisher takes over."""

    def __init__(self, warehouse: Warehouse, place: Municipality) -> None:
        self._warehouse = warehouse
        self._place = place
        self._shown: dict[str, dict[FigureKey, Shown]] = {}
        self._quarter: dict[str, int] = {}
        self._last: dict[str, Before] = {}
        self._revised = Revised(warehouse, place)
        self._waiting: set[str] = set()
        self._whole: dict[str, Whole] = {}

    def publish(
        self,
        contract: Contract,
        figures: Mapping[FigureKey, Cell],
        quiet: frozenset[str],
        run: Run,
        still: Mapping[FigureKey, datetime] | None = None,
    ) -> None:
        """Write what changed. A new holder writes every key, so that nothing older can be the newest.

        still: figures that stand still, and as of when they are.
        """
        first = contract.name not in self._shown
        before = self._before(contract.name) if first else self._shown[contract.name]
        opens = self._quarter_opens(contract, run.now, first)
        today = local_day(run.mark.as_of, self._place.zone)
        last = self._last.get(contract.name)
        gate = _Gate(quiet, opens, run.mark.as_of, last.as_of if last else None, today)
        after = {key: gate.stands(key, cell, before.get(key)) for key, cell in figures.items()}
        after |= {key: Shown(figures[key], as_of) for key, as_of in (still or {}).items()}
        gone = _gone(before, after, {slot for slot, _ in figures})
        stands = {key: shown for key, shown in before.items() if key not in gone and shown != GONE} | after
        changed = {key: shown for key, shown in (after | gone).items() if before.get(key) != shown}
        self._write(contract, stands, changed, run)
        if last is not None:
            changes = {key: _change(before.get(key), shown) for key, shown in changed.items()}
            self._revised.write(contract, changes, last, After(run.number, run.now, run.epoch))
        self._shown[contract.name] = stands
        self._last[contract.name] = Before(run.now, run.mark.as_of, contract.version)
        self._note_waiting(contract, any(after[key].cell != cell for key, cell in figures.items()))
        self.close(contract, run, [])

    def _write(self, contract: Contract, stands: Figures, changed: Figures, run: Run) -> None:
        """The changes; or every key, when this publisher takes over or as many changes were written."""
        whole = self._whole.get(contract.name)
        rows = len(changed) + (whole.rows if whole else 0)
        if whole is None or rows > max(FEW_ROWS, len(stands)):
            changed, whole, rows = stands, Whole(run.number, 0), 0
        if changed:
            self._warehouse.insert_arrow("figures", self._figures(contract, changed, run))
        self._whole[contract.name] = whole._replace(rows=rows)

    def is_due(self, contract: Contract, now: datetime) -> bool:
        """Whether a figure waits for a quarter hour that has begun."""
        begun = int(now.timestamp()) // QUARTER_S != self._quarter.get(contract.name)
        return contract.name in self._waiting and begun

    def _note_waiting(self, contract: Contract, waits: bool) -> None:
        (self._waiting.add if waits else self._waiting.discard)(contract.name)

    def _quarter_opens(self, contract: Contract, now: datetime, first: bool) -> bool:
        """Whether a new quarter has begun since figures that wait were last let through."""
        quarter = int(now.timestamp()) // QUARTER_S
        last = self._quarter.setdefault(contract.name, quarter)
        self._quarter[contract.name] = quarter
        return quarter != last and not first

    def close(self, contract: Contract, run: Run, faults: list[str]) -> None:
        """The publication row: from here on the run is shown, or the metric is held for these faults."""
        row = {
            "run": run.number, "municipality": self._place.code, "metric": contract.name,
            "audience": contract.audience, "state": "held" if faults else "published",
            "reason": ", ".join(faults), "known_at": run.now, "as_of": run.mark.as_of,
            "historical": int(run.mark.historical), "coverage": None,
            "metric_version": contract.version, "epoch": run.epoch,
            "whole_run": self._whole[contract.name].run if contract.name in self._whole else 0,
        }  # fmt: skip
        self._warehouse.insert_arrow("publications", pa.Table.from_pylist([row], schema=_PUBLICATIONS))
        if faults:
            log.error("%s of %s is held: %s", contract.name, self._place.code, ", ".join(faults))

    def hidden_units(self) -> set[str]:
        """Units whose caseload balance of now is hidden."""
        by_unit = Slot(("unit",), "now", NOW_ON)
        return {
            key[0]
            for (slot, key), cell in self.cells_of(BALANCE).items()
            if slot == by_unit and cell.state == "suppressed"
        }

    def cells_of(self, metric: str) -> dict[FigureKey, Cell]:
        """What is shown of a metric; {} where it never was."""
        shown = self._shown.get(metric)
        return {key: cell for key, (cell, _) in (self._before(metric) if shown is None else shown).items()}

    def _before(self, metric: str) -> dict[FigureKey, Shown]:
        """What screens show of the metric now; read when this publisher has just taken over."""
        rows = self._warehouse.rows(_SHOWN, {"municipality": self._place.code, "metric": metric})
        shown: dict[FigureKey, Shown] = {}
        for row in rows:
            by = tuple(row["grain"].split(",")) if row["grain"] else ()
            key = tuple(row["dimensions"][name] for name in by)
            ends = row["lower"], row["upper"]
            cell = Cell(row["value"], row["n"] or 0, row["state"], *ends, coverage=row["coverage"])
            shown[Slot(by, row["period"], row["period_on"]), key] = Shown(cell, row["as_of"])
            self._last[metric] = Before(row["known_at"], row["told_until"], row["version"])
        return shown

    def _figures(self, contract: Contract, changed: Figures, run: Run) -> pa.Table:
        rows: list[dict[str, Any]] = []
        for (slot, key), (cell, as_of) in changed.items():
            rows.append({
                "run": run.number, "municipality": self._place.code, "metric": contract.name,
                "audience": contract.audience, "grain": ",".join(slot.by),
                "dimensions": list(zip(slot.by, key, strict=True)), "period": slot.period,
                "period_on": slot.on, "value": cell.value, "lower": cell.lower, "upper": cell.upper,
                "n": None if cell.state == "suppressed" else cell.n, "state": cell.state,
                "coverage": cell.coverage, "as_of": as_of, "epoch": run.epoch,
            })  # fmt: skip
        return pa.Table.from_pylist(rows, schema=_FIGURES)


def _change(before: Shown | None, after: Shown) -> Change:
    return Change(before.cell if before else None, after.cell)


def _gone(before: Figures, after: Figures, computed: Collection[Slot]) -> dict[FigureKey, Shown]:
    """Figures that stood and have no value any more; a period that was not computed stands as it was."""
    return {
        key: GONE
        for key, shown in before.items()
        if key not in after and shown != GONE and (key[0].period == "now" or key[0] in computed)
    }


class _Gate(NamedTuple):
    """Lets figures through: at once, or on the quarter hour for quiet units and totals over them.

    as_of: the world of this run; before: of the run before, None when there was none; today: its local day.
    """

    quiet: frozenset[str]
    opens: bool
    as_of: datetime
    before: datetime | None
    today: date

    def stands(self, key: FigureKey, cell: Cell, shown: Shown | None) -> Shown:
        """What is shown of the figure after this run. One that waits says how old it is."""
        if shown is not None and shown.cell == cell and self._is_past(key):
            return shown
        if not self._holds_back(key):
            return Shown(cell, None)
        if self.opens or shown is None:
            return Shown(cell, self.as_of)
        return shown if shown.as_of else shown._replace(as_of=self.before)

    def _is_past(self, key: FigureKey) -> bool:
        """A day that is over has no age that grows."""
        return key[0].period == "day" and key[0].on < self.today

    def _holds_back(self, key: FigureKey) -> bool:
        slot, values = key
        return values[slot.by.index("unit")] in self.quiet if "unit" in slot.by else bool(self.quiet)


_SHOWN: Final = """
WITH
(
    SELECT (max(run), argMax(whole_run, run), argMax(as_of, run), argMax(known_at, run),
            argMax(metric_version, run))
    FROM publications
    WHERE municipality = {municipality:String} AND metric = {metric:String} AND state = 'published'
) AS last
SELECT f.grain AS grain, f.dimensions AS dimensions, f.period AS period, f.period_on AS period_on,
       argMax(tuple(f.value, f.lower, f.upper, f.n, f.state, f.as_of, f.coverage), f.run) AS newest,
       newest.1 AS value, newest.2 AS lower, newest.3 AS upper, newest.4 AS n, newest.5 AS state,
       newest.6 AS as_of, newest.7 AS coverage, last.3 AS told_until, last.4 AS known_at, last.5 AS version
FROM figures AS f
WHERE f.municipality = {municipality:String} AND f.metric = {metric:String}
  AND f.run BETWEEN last.2 AND last.1
GROUP BY grain, dimensions, period, period_on
"""
