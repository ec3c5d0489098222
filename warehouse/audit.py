"""The audit log: every read of restricted data leaves a row, and rows cannot be changed or taken away unseen.

One chain per writing process and day, so that no writer waits for another: each row holds the hash of the row
before. The first row of a chain names the newest row of each chain before it, so that a missing end is seen
too (`audit_check.py`); only rows since the newest start of any chain could be cut off in silence.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal, Protocol

Act = Literal[
    "opened",
    "login",
    "logout",
    "read",
    "export",
    "refused",
    "retried",
    "dismissed",
    "resumed",
    "acknowledged",
]

_TYPES: Final = {
    "chain": "String", "number": "UInt64", "previous": "String", "hash": "String", "at": "DateTime64(6)",
    "act": "String", "role": "String", "actor": "String", "page": "String", "query": "String",
    "municipality": "String", "filters": "String", "row_count": "UInt64", "entities": "Array(String)",
    "purpose": "String",
}  # fmt: skip
COLUMNS: Final = ", ".join(_TYPES)
INSERT: Final = (
    f"INSERT INTO audit ({COLUMNS}) VALUES "
    f"({', '.join(f'{{{name}:{kind}}}' for name, kind in _TYPES.items())})"
)
"""The one statement by which the work views write; the warehouse lets them run this text and no other."""
HASH: Final = (
    "lower(hex(SHA256(arrayStringConcat(arrayMap(x -> concat(toString(length(x)), ':', x), ["
    + ", ".join(
        {
            "DateTime64(6)": f"toString(toUnixTimestamp64Micro({name}))", "UInt64": f"toString({name})",
            "Array(String)": (
                f"arrayStringConcat(arrayMap(e -> concat(toString(length(e)), ':', e), {name}))"
            ),
        }.get(kind, f"toString({name})")
        for name, kind in _TYPES.items()
        if name != "hash"
    )
    + "])))))"
)  # fmt: skip
"""`row_hash` in the warehouse's own words; a test holds them to each other."""
ROWS: Final = f"SELECT {COLUMNS} FROM audit ORDER BY chain, number, hash"
"""Every row, for who checks them."""
_HEADS: Final = (
    "SELECT a.chain AS chain, max(a.number) AS number, argMax(a.hash, a.number) AS hash FROM audit AS a "
    "GROUP BY chain ORDER BY max(a.at) DESC LIMIT 20"
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
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


class Log:
    """Appends to this process's chain; safe for many threads. Makes nothing before the first row."""

    def __init__(self, store: Callable[[], Store], *, clock: Callable[[], datetime] | None = None) -> None:
        self._store = store
        self._clock = clock or (lambda: datetime.now(UTC))
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._chain, self._number, self._previous = uuid.uuid4().hex, 0, ""
        self._on: date | None = None

    def append(self, entry: Entry) -> None:
        """Write the row. Raises HubError when it is not written: then nothing may be shown.

        A write that failed ends its chain, since nobody knows whether it came in; the next opens a new one.
        """
        with self._lock:
            try:
                self._open(self._clock().astimezone(UTC).date())
                self._write(entry)
            except BaseException:
                self._begin()
                raise

    def _open(self, today: date) -> None:
        """A new chain for a new day: none grows without end, and yesterday's end is named by today's."""
        if self._on != today:
            self._begin()
            self._write(Entry("opened", filters={"heads": self._heads()}))
            self._on = today

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
    """SHA-256 over every column but the hash itself, in hexadecimal: each column's length and text."""
    return sha256(b"".join(_told(row[name]) for name in _TYPES if name != "hash")).hexdigest()


def _told(value: Any) -> bytes:
    """Length, colon, text: no text can be taken for the end of another. Times in microseconds since 1970."""
    if isinstance(value, datetime):
        value = (value - _EPOCH) // timedelta(microseconds=1)
    text = b"".join(map(_told, value)) if isinstance(value, list | tuple) else str(value).encode()
    return b"%d:%b" % (len(text), text)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
