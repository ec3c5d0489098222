"""The work that the peers do, the same for all of them: check an event, keep a case's events, write its row.

They are given the hub's own decoder, fold and columns, so that what differs is the engine. They keep no
archive; a case's events are its state: one line each, as they came.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from schemas import settings as configuration
from schemas.codec import decode, decode_stored
from schemas.settings import Settings
from streams.folds import case
from streams.history import History, micros
from warehouse import archive
from warehouse.client import connect

TOPIC: Final = "cases"
RESULT: Final = "BENCH_RESULT"  # variable that names the file for the result
COLUMNS: Final = (
    "municipality", "entity", "version", "void", *(name.replace("__", ".") for name in case.CaseRow._fields)
)  # fmt: skip


def read_settings() -> Settings:
    """As every entry point."""
    return configuration.load(os.environ)


def entity_of(raw: bytes) -> str:
    """The case that an event belongs to, once it is known to be a good one."""
    return decode(raw).subject


def row_of(entity: str, raws: Iterable[bytes]) -> tuple[Any, ...]:
    """The case's row by the hub's own judgement and fold."""
    history = History([])
    for raw in raws:
        event = decode_stored(raw)
        history.hear(event, micros(event.recordedtime))
    living, _ = history.living()
    return (entity[:4], entity, (1 << 40) + history.archived, int(not living), *case.fold(living))


class Rows:
    """Writes case rows in batches, and knows when the last event was seen."""

    def __init__(self, settings: Settings, expected: int) -> None:
        self._warehouse = connect(settings)
        self._schema: pa.Schema = archive.entity_schema(self._warehouse, "cases", COLUMNS)
        self._expected = expected
        self.seen = 0
        self._began = 0.0

    def see(self) -> None:
        """One more event has come."""
        if not self.seen:
            self._began = time.monotonic()
        self.seen += 1

    def write(self, states: dict[str, Iterable[bytes]]) -> None:
        """Fold and write these cases, once each."""
        if states:
            rows = [row_of(entity, raws) for entity, raws in states.items()]
            archive.write_entities(self._warehouse, "cases", rows, self._schema)

    @property
    def complete(self) -> bool:
        """Whether every event of the load has been seen."""
        return self.seen >= self._expected

    def tell(self) -> None:
        """Say the result to the bench."""
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        seconds = time.monotonic() - self._began
        told = {"events": self.seen, "seconds": seconds, "peak_mb": peak_mb}
        Path(os.environ[RESULT]).write_text(json.dumps(told))
