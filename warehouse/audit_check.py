"""Whether the audit log is as it was written: the first broken row of each chain, by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from warehouse.audit import HASH, Store, row_hash

Row = Mapping[str, Any]
_SPAN: Final = (
    "chain IN (SELECT chain FROM audit WHERE at >= {since:DateTime64(6)} AND at < {until:DateTime64(6)})"
)
_COUNT: Final = f"SELECT count() AS rows, uniqExact(chain) AS chains FROM audit WHERE {_SPAN}"
_BROKEN: Final = f"""
SELECT chain, place, number FROM
(
    SELECT chain, number, previous, hash, {HASH} AS right,
           lagInFrame(hash, 1, '') OVER w AS before, row_number() OVER w AS place
    FROM audit WHERE {_SPAN}
    WINDOW w AS (PARTITION BY chain ORDER BY number, hash ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
WHERE number != place OR previous != before OR hash != right
ORDER BY chain, place LIMIT 1 BY chain"""
_OPENED: Final = f"SELECT act, filters FROM audit WHERE act = 'opened' AND {_SPAN}"
_NAMED: Final = """
SELECT chain, groupArrayIf((number, hash), has({numbers:Array(UInt64)}, number)) AS ends, count() AS rows
FROM audit WHERE has({chains:Array(String)}, chain) GROUP BY chain"""


@dataclass(frozen=True)
class Broken:
    """The first row of a chain that is not as it was written. number: its place in the chain."""

    chain: str
    number: int
    why: Literal["changed", "missing", "doubled"]


@dataclass(frozen=True)
class Verdict:
    """What a check found. rows, chains: how many were looked at."""

    rows: int
    chains: int
    broken: tuple[Broken, ...]


def check(store: Store, since: datetime, until: datetime) -> Verdict:
    """Every chain that was written to in the span, first row to last, as the warehouse computes it."""
    span = {"since": since, "until": until}
    broken = {row["chain"]: _fault(row) for row in store.rows(_BROKEN, span)}
    named = _ends(store.rows(_OPENED, span))
    asked = {"chains": sorted({name for name, _, _ in named}), "numbers": sorted({n for _, n, _ in named})}
    there = {row["chain"]: row for row in store.rows(_NAMED, asked)} if named else {}
    for name, number, hash_ in named:
        found = there.get(name, {"ends": [], "rows": 0})
        if name not in broken and (number, hash_) not in found["ends"]:
            broken[name] = Broken(name, min(number, found["rows"] + 1), "missing")
    count = store.rows(_COUNT, span)[0]
    return Verdict(count["rows"], count["chains"], _in_order(broken.values()))


def _fault(row: Row) -> Broken:
    if row["number"] == row["place"]:
        return Broken(row["chain"], row["place"], "changed")
    return Broken(row["chain"], row["place"], "missing" if row["number"] > row["place"] else "doubled")


def _in_order(faults: Iterable[Broken]) -> tuple[Broken, ...]:
    return tuple(sorted(faults, key=lambda fault: (fault.chain, fault.number)))


def verify(rows: Iterable[Row]) -> list[Broken]:
    """The same from the rows themselves, [] when all is as written: what `check` is held to. Pure.

    rows: all of them, in any order.
    """
    chains: dict[str, list[Row]] = {}
    for row in rows:
        chains.setdefault(row["chain"], []).append(row)
    found = {name: _first_broken(name, chain) for name, chain in chains.items()}
    broken = {name: fault for name, fault in found.items() if fault}
    for name, number, hash_ in _ends(row for chain in chains.values() for row in chain):
        told = chains.get(name, [])
        if name not in broken and not any(row["number"] == number and row["hash"] == hash_ for row in told):
            broken[name] = Broken(name, min(number, len(told) + 1), "missing")
    return list(_in_order(broken.values()))


def _first_broken(name: str, chain: list[Row]) -> Broken | None:
    previous = ""
    for place, row in enumerate(sorted(chain, key=lambda row: (row["number"], row["hash"])), start=1):
        if row["number"] != place or row["previous"] != previous or row["hash"] != row_hash(row):
            return _fault({**row, "place": place})
        previous = row["hash"]
    return None


def _ends(rows: Iterable[Row]) -> list[tuple[str, int, str]]:
    """(chain, number, hash) of the newest rows of earlier chains that chains' first rows name."""
    found: list[tuple[str, int, str]] = []
    for row in rows:
        if row["act"] == "opened":
            try:
                heads = json.loads(row["filters"])["heads"].items()
                found += [(name, int(number), str(hash_)) for name, (number, hash_) in heads]
            except (ValueError, KeyError, AttributeError, TypeError):
                continue  # the row's own hash does not hold either
    return found
