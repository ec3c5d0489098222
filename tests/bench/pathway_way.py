"""Peer: Pathway (Rust core; its licence limits production use, so it is measured and nothing more)."""

from __future__ import annotations

import os
import sys
from typing import Any

import pathway as pw  # type: ignore[import-not-found]

from tests.bench.work import TOPIC, Rows, entity_of, read_settings


def main(expected: int) -> None:
    """Group the events by case, write the cases that each of its small batches changed."""
    settings = read_settings()
    rows = Rows(settings, expected)
    changed: dict[str, tuple[bytes, ...]] = {}
    told_of: dict[
        str, int
    ] = {}  # events of each case in what was written: what is read may not be grouped yet

    @pw.udf(deterministic=True)  # type: ignore[untyped-decorator]
    def case_of(raw: bytes) -> str:
        rows.see()
        return entity_of(raw)

    def on_change(key: Any, row: dict[str, Any], time: int, is_addition: bool) -> None:
        if is_addition:
            changed[row["entity"]] = row["told"]

    def on_time_end(time: int) -> None:
        rows.write(dict(changed))
        told_of.update((entity, len(raws)) for entity, raws in changed.items())
        changed.clear()
        if rows.complete and sum(told_of.values()) >= expected:
            rows.tell()
            os._exit(0)

    consumer = {
        "bootstrap.servers": settings.kafka, "group.id": settings.database, "auto.offset.reset": "earliest",
    }  # fmt: skip
    events = pw.io.kafka.read(consumer, topic=TOPIC, format="raw", autocommit_duration_ms=1_000)
    told = events.select(entity=case_of(events.data), raw=events.data)
    cases = told.groupby(told.entity).reduce(told.entity, told=pw.reducers.tuple(told.raw))
    pw.io.subscribe(cases, on_change=on_change, on_time_end=on_time_end)
    pw.run(monitoring_level=pw.MonitoringLevel.NONE)


if __name__ == "__main__":
    main(int(sys.argv[1]))
