"""Peer: a Faust agent with a Table, as its documentation shows, memory store, rows written in batches."""

from __future__ import annotations

import os
import sys
from typing import Any

import faust

from tests.bench.work import TOPIC, Rows, entity_of, read_settings

EVERY = 10_000


def make_app(expected: int) -> faust.App:
    """The app; it ends its process when it has seen so many events."""
    settings = read_settings()
    rows = Rows(settings, expected)
    app = faust.App(
        settings.database, broker=f"kafka://{settings.kafka}", datadir=settings.home / "run", store="memory://",
        web_enabled=False, topic_partitions=settings.kafka_partitions, topic_disable_leader=True,
        value_serializer="raw", key_serializer="raw", consumer_auto_offset_reset="earliest",
    )  # fmt: skip
    topic = app.topic(TOPIC, key_type=bytes, value_type=bytes)
    histories = app.Table("histories", key_type=bytes, value_type=bytes, default=bytes)

    touched: set[bytes] = set()

    def write() -> None:
        rows.write({entity.decode(): histories[entity].splitlines() for entity in touched})
        touched.clear()

    @app.agent(topic)
    async def keep(stream: Any) -> None:
        async for raw in stream:
            rows.see()
            entity = entity_of(raw).encode()
            histories[entity] = histories[entity] + raw + b"\n"
            touched.add(entity)
            if rows.complete or rows.seen % EVERY == 0:
                write()
            if rows.complete:
                rows.tell()
                os._exit(0)

    return app


if __name__ == "__main__":
    made = make_app(int(sys.argv[1]))
    sys.argv = [sys.argv[0], "worker", "--without-web", "--loglevel", "warn"]
    made.main()
