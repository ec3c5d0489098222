"""The audit log: every read of restricted data leaves a row, and rows cannot be changed or taken away unseen.

One chain per writing process, so that no writer waits for another: each row holds the hash of the row before.
The first row of a chain names the newest row of each chain before it, so that a missing end is seen as well;
only rows since the newest start of any process could be cut off in silence.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, Literal, Protocol

Act = Literal["opened", "login", "logout", "read", "export", "refused"]

_TYPES: Final = {
    "chain": "String", "number": "UInt64", "previous": "String", "hash": "String", "at": "DateTime64(6)",
    "act": "String", "role": "String", "actor": "String", "page": "String", "query": "String",
    "municipality": "String", "filters": "String", "row_count": "UInt64", "entities": "Array(String)",
    "purpose": "String",
}  # fmt: skip
INSERT: Final = (
    f"INSERT INTO audit ({', '.join(_TYPES)}) VALUES "
    f"({', '.join(f'{{{name}:{kind}}}' for name, kind in _TYPES.items())})"
)
"""The one statement by which the work views write; the warehouse lets them run this text and no other."""
ROWS: Final = f"SELECT {', '.join(_TYPES)} FROM audit ORDER BY chain, number, hash"
_HEADS: Final = (
    "SELECT a.chain AS chain, max(a.number) AS number, argMax(a.hash, a.number) AS hash FROM audit AS a "
    "GROUP BY chain ORDER BY max(a.at) DESC LIMIT 20"
)
MOST_ENTITIES: Final = 20


class Store(Protocol):
    """What this module needs of `warehouse.client.Warehouse`."""

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a SELECT as dicts, times aware in UTC."""
        ...

    def command(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """Run a statement that changes something."""
        ...


@dataclass(frozen=True)
class Entry:
    """What a row says. filters: what was asked for, never what came back; entities: keys, while few."""

    act: Act
    role: str = ""
    actor: str = ""
    page: str = ""
    query: str = ""
    municipality: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    row_count: int = 0
    entities: Sequence[str] = ()
    purpose: str = ""


@dataclass(frozen=True)
class Broken:
    """The first row of a chain that is not as it was written. number: its place in the chain."""

    chain: str
    number: int
    why: Literal["changed", "missing", "doubled"]


class Log:
    """Appends to this process's chain; safe for many threads. Makes nothing before the first row."""

    def __init__(self, store: Callable[[], Store], *, clock: Callable[[], datetime] | None = None) -> None:
        self._store = store
        self._clock = clock or (lambda: datetime.now(UTC))
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._chain, self._number, self._previous = uuid.uuid4().hex, 0, ""

    def append(self, entry: Entry) -> None:
        """Write the row. Raises HubError when it is not written: then nothing may be shown.

        A write that failed ends its chain, since nobody knows whether it came in; the next opens a new one.
        """
        with self._lock:
            try:
                if not self._number:
                    self._write(Entry("opened", filters={"heads": self._heads()}))
                self._write(entry)
            except BaseException:
                self._begin()
                raise

    def _heads(self) -> dict[str, list[Any]]:
        return {row["chain"]: [row["number"], row["hash"]] for row in self._store().rows(_HEADS)}

    def _write(self, entry: Entry) -> None:
        row = asdict(entry) | {
            "chain": self._chain, "number": self._number + 1, "previous": self._previous,
            "at": self._clock().astimezone(UTC), "filters": _as_json(entry.filters),
            "entities": list(entry.entities),
        }  # fmt: skip
        row["hash"] = row_hash(row)
        self._store().command(INSERT, row)
        self._number, self._previous = row["number"], row["hash"]


def row_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over every column but the hash itself, in hexadecimal."""
    told = [_plain(row[name]) for name in _TYPES if name != "hash"]
    return sha256(_as_json(told).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def verify(rows: Iterable[Mapping[str, Any]]) -> list[Broken]:
    """The first broken row of each chain that has one; [] when all is as written. Pure.

    rows: all of them, in any order.
    """
    chains: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        chains.setdefault(row["chain"], []).append(row)
    found = {name: _first_broken(name, chain) for name, chain in chains.items()}
    broken = {name: fault for name, fault in found.items() if fault}
    for chain in chains.values():
        for name, (number, hash_) in _named(chain):
            if name not in broken and not _holds(chains.get(name, ()), number, hash_):
                broken[name] = Broken(name, min(number, len(chains.get(name, ())) + 1), "missing")
    return sorted(broken.values(), key=lambda fault: (fault.chain, fault.number))


def _first_broken(name: str, chain: list[Mapping[str, Any]]) -> Broken | None:
    previous = ""
    for number, row in enumerate(sorted(chain, key=lambda row: row["number"]), start=1):
        if row["number"] != number:
            return Broken(name, number, "missing" if row["number"] > number else "doubled")
        if row["previous"] != previous or row["hash"] != row_hash(row):
            return Broken(name, number, "changed")
        previous = row["hash"]
    return None


def _named(chain: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, tuple[int, str]]]:
    """The newest rows of earlier chains that this chain's first row names; nothing where it names none."""
    for row in chain:
        if row["act"] == "opened":
            try:
                yield from json.loads(row["filters"])["heads"].items()
            except (ValueError, KeyError, AttributeError):
                continue


def _holds(chain: Sequence[Mapping[str, Any]], number: int, hash_: str) -> bool:
    return any(row["number"] == number and row["hash"] == hash_ for row in chain)
