"""Publishes what the committee set, said and decided: the public screens read the published layer alone.

Append-only, as figures are: an item is written where it changed. A note passes the identity gate once more;
one that it stops now, since the gate has learnt, is withheld from every screen and raises an alarm.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa

from schemas.identity import find_identity_in_prose
from warehouse.alarms import set_alarm
from warehouse.client import Warehouse
from warehouse.published import run_number

BEAT_S: Final = 60
ALARM: Final = "note_withheld."
Key = tuple[str, str, str]
"""Municipality, kind, item."""
Item = dict[str, Any]
_SAID: Final = (
    "state", "metric", "metric_version", "unit", "dimension", "code", "period", "period_on", "on_day",
    "value", "direction", "role", "decision", "text",
)  # fmt: skip
_NO_DAY: Final = date(1970, 1, 1)
_NOTHING: Final = dict.fromkeys(_SAID, "") | {
    "state": "gone", "metric_version": 0, "period_on": _NO_DAY, "on_day": _NO_DAY, "value": None,
}  # fmt: skip
_SCHEMA: Final = pa.schema(
    [("run", pa.uint64()), ("municipality", pa.string()), ("kind", pa.string()), ("item", pa.string()),
     ("state", pa.string()), ("metric", pa.string()), ("metric_version", pa.uint16()), ("unit", pa.string()),
     ("dimension", pa.string()), ("code", pa.string()), ("period", pa.string()), ("period_on", pa.date32()),
     ("on_day", pa.date32()), ("value", pa.float64()), ("direction", pa.string()), ("role", pa.string()),
     ("decision", pa.string()), ("text", pa.string()), ("known_at", pa.timestamp("us", tz="UTC")),
     ("epoch", pa.uint64())]
)  # fmt: skip


class Governed:
    """Publishes once a minute what has changed; reads back what is shown when a publisher takes over."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._epoch = 0
        self._beat = 0
        self._shown: dict[Key, Item] = {}

    def publish(self, epoch: int, now: datetime) -> int:
        """How many items were written."""
        beat = int(now.timestamp()) // BEAT_S
        if (epoch, beat) == (self._epoch, self._beat):
            return 0
        if epoch != self._epoch:
            self._shown = self._read(_SHOWN)
        self._epoch, self._beat = epoch, beat
        told = {key: _judged(key, item) for key, item in self._read(_TOLD).items()}
        gone = {key: _NOTHING for key in self._shown.keys() - told.keys() if self._shown[key] != _NOTHING}
        changed = {key: item for key, item in (told | gone).items() if self._shown.get(key) != item}
        if changed:
            self._write(changed, epoch, now)
            self._alarm(changed, told, now)
        self._shown = self._shown | changed
        return len(changed)

    def _read(self, sql: str) -> dict[Key, Item]:
        rows = self._warehouse.rows(sql)
        return {(row["municipality"], row["kind"], row["item"]): {n: row[n] for n in _SAID} for row in rows}

    def _write(self, changed: Mapping[Key, Item], epoch: int, now: datetime) -> None:
        common = {"run": run_number(now), "known_at": now, "epoch": epoch}
        rows = [
            {"municipality": code, "kind": kind, "item": item} | said | common
            for (code, kind, item), said in changed.items()
        ]
        self._warehouse.insert_arrow("governance", pa.Table.from_pylist(rows, schema=_SCHEMA))

    def _alarm(self, changed: Mapping[Key, Item], told: Mapping[Key, Item], now: datetime) -> None:
        for code in sorted({code for code, kind, _ in changed if kind == "note"}):
            many = sum(said["state"] == "withheld" for (own, _, _), said in told.items() if own == code)
            text = (
                f"{many} av tolkningarna i {code} visas inte: de innehåller en identitetsuppgift."
                " Ta bort den i källan.",
                f"{many} notes of {code} are not shown: they hold an identity. Remove it at the source.",
            )
            set_alarm(self._warehouse, ALARM + code, bool(many), text, now)


def _judged(key: Key, item: Item) -> Item:
    """The item as it may be shown: of a note that holds an identity nothing but that there is one."""
    if key[1] == "note" and find_identity_in_prose(item["text"]):
        return _NOTHING | {"state": "withheld"}
    return item


_TOLD: Final = "SELECT * FROM governance_told"
_SHOWN: Final = """
SELECT municipality, kind, item, newest.1 AS state, newest.2 AS metric, newest.3 AS metric_version,
       newest.4 AS unit, newest.5 AS dimension, newest.6 AS code, newest.7 AS period, newest.8 AS period_on,
       newest.9 AS on_day, newest.10 AS value, newest.11 AS direction, newest.12 AS role,
       newest.13 AS decision, newest.14 AS text
FROM
(
    SELECT municipality, kind, item,
           argMax(tuple(state, metric, metric_version, unit, dimension, code, period, period_on, on_day,
                        value, direction, role, decision, text), run) AS newest
    FROM governance
    GROUP BY municipality, kind, item
)
"""
