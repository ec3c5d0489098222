"""What screens show of a metric: figures as written, which of them wait for the quarter hour, what changed.

Append-only: a run writes the keys that changed, its publication row last, so that half a run is never shown.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

import pyarrow as pa

from schemas.municipality import Municipality
from warehouse.client import Warehouse
from warehouse.compute import Slot
from warehouse.contracts import Contract
from warehouse.privacy import Cell, Key, protect_counts, protect_means
from warehouse.watermark import Watermark

log = logging.getLogger("kommunpuls.publisher")

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
     ("historical", pa.uint8()), ("coverage", pa.float64()), ("metric_version", pa.uint16()),
     ("epoch", pa.uint64())]
)  # fmt: skip


class Shown(NamedTuple):
    """A figure as it stands on screens. as_of is set where it is older than its run."""

    cell: Cell
    as_of: datetime | None


FigureKey = tuple[Slot, Key]
GONE: Final = Shown(Cell(None, 0, "not_applicable"), None)


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

    def publish(
        self, contract: Contract, figures: Mapping[FigureKey, Cell], quiet: frozenset[str], run: Run
    ) -> None:
        """Write what changed. A new holder writes every key, so that nothing older can be the newest."""
        first = contract.name not in self._shown
        before = self._before(contract) if first else self._shown[contract.name]
        opens = self._quarter_opens(contract, run.now, first)
        after = {
            key: _stands(cell, before.get(key), run.mark, opens)
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
            self._warehouse.insert_arrow("figures", self._figures(contract, changed, run))
        self._shown[contract.name] = after
        self.close(contract, run, [])

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
        }  # fmt: skip
        self._warehouse.insert_arrow("publications", pa.Table.from_pylist([row], schema=_PUBLICATIONS))
        if faults:
            log.error("%s of %s is held: %s", contract.name, self._place.code, ", ".join(faults))

    def _before(self, contract: Contract) -> dict[FigureKey, Shown]:
        """What screens show of the metric now; read when this publisher has just taken over."""
        rows = self._warehouse.rows(_SHOWN, {"municipality": self._place.code, "metric": contract.name})
        shown: dict[FigureKey, Shown] = {}
        for row in rows:
            by = tuple(row["grain"].split(",")) if row["grain"] else ()
            key = tuple(row["dimensions"][name] for name in by)
            cell = Cell(row["value"], row["n"] or 0, row["state"], row["lower"], row["upper"])
            shown[Slot(by, row["period"], row["period_on"]), key] = Shown(cell, row["as_of"])
        return shown

    def _figures(self, contract: Contract, changed: dict[FigureKey, Shown], run: Run) -> pa.Table:
        rows: list[dict[str, Any]] = []
        for (slot, key), (cell, as_of) in changed.items():
            rows.append({
                "run": run.number, "municipality": self._place.code, "metric": contract.name,
                "audience": contract.audience, "grain": ",".join(slot.by),
                "dimensions": list(zip(slot.by, key, strict=True)), "period": slot.period,
                "period_on": slot.on, "value": cell.value, "lower": cell.lower, "upper": cell.upper,
                "n": None if cell.state == "suppressed" else cell.n, "state": cell.state, "as_of": as_of,
                "epoch": run.epoch,
            })  # fmt: skip
        return pa.Table.from_pylist(rows, schema=_FIGURES)


def protected(
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


def _stands(cell: Cell, before: Shown | None, mark: Watermark, opens: bool) -> Shown:
    """A gated figure changes on the quarter hour only, and says how old it is."""
    if opens or before is None:
        return Shown(cell, mark.as_of)
    return before


_SHOWN: Final = """
SELECT f.grain AS grain, f.dimensions AS dimensions, f.period AS period, f.period_on AS period_on,
       argMax(tuple(f.value, f.lower, f.upper, f.n, f.state, f.as_of), f.run) AS newest,
       newest.1 AS value, newest.2 AS lower, newest.3 AS upper, newest.4 AS n, newest.5 AS state,
       newest.6 AS as_of
FROM figures AS f WHERE f.municipality = {municipality:String} AND f.metric = {metric:String}
GROUP BY grain, dimensions, period, period_on
"""
