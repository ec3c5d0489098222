"""Whether the audit log is as it was written: the first broken row of each chain, by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from warehouse.audit import COLUMNS, Store, row_hash

Row = Mapping[str, Any]
_WHOLE_CHAINS: Final = (
    f"SELECT {COLUMNS} FROM audit WHERE chain IN (SELECT chain FROM audit "
    "WHERE at >= {since:DateTime64(6)} AND at < {until:DateTime64(6)}) ORDER BY chain, number, hash"
)
_NAMED: Final = "SELECT chain, number, hash FROM audit WHERE has({chains:Array(String)}, chain)"


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
    """Every chain that was written to in the span, from its first row to its last."""
    rows = store.rows(_WHOLE_CHAINS, {"since": since, "until": until})
    chains = {row["chain"] for row in rows}
    named = sorted({name for name, _ in _named(rows)} - chains)
    earlier = store.rows(_NAMED, {"chains": named}) if named else []
    return Verdict(len(rows), len(chains), tuple(verify(rows, earlier)))


def verify(rows: Iterable[Row], earlier: Iterable[Row] = ()) -> list[Broken]:
    """The first broken row of each chain that has one; [] when all is as written. Pure.

    rows: of whole chains, in any order; earlier: chain, number and hash of chains that those only name.
    """
    chains, before = _chains(rows), _chains(earlier)
    found = {name: _first_broken(name, chain) for name, chain in chains.items()}
    broken = {name: fault for name, fault in found.items() if fault}
    for chain in chains.values():
        for name, (number, hash_) in _named(chain):
            told = chains.get(name) or before.get(name) or []
            if name not in broken and not _holds(told, number, hash_):
                broken[name] = Broken(name, min(number, len(told) + 1), "missing")
    return sorted(broken.values(), key=lambda fault: (fault.chain, fault.number))


def _chains(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["chain"], []).append(row)
    return found


def _first_broken(name: str, chain: list[Row]) -> Broken | None:
    previous = ""
    for number, row in enumerate(sorted(chain, key=lambda row: row["number"]), start=1):
        if row["number"] != number:
            return Broken(name, number, "missing" if row["number"] > number else "doubled")
        if row["previous"] != previous or row["hash"] != row_hash(row):
            return Broken(name, number, "changed")
        previous = row["hash"]
    return None


def _named(chain: Sequence[Row]) -> Iterable[tuple[str, tuple[int, str]]]:
    """The newest rows of earlier chains that this chain's first row names; nothing where it names none."""
    for row in chain:
        if row["act"] == "opened":
            try:
                yield from json.loads(row["filters"])["heads"].items()
            except (ValueError, KeyError, AttributeError):
                continue


def _holds(chain: Sequence[Row], number: int, hash_: str) -> bool:
    return any(row["number"] == number and row["hash"] == hash_ for row in chain)
